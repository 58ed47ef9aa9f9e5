"""Why a page was made again in a build, or was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hub.i18n import N_, Translate

if TYPE_CHECKING:  # whether anything has changed is found out without what makes a site
    from hub.site.observed import Question

_ASKED = {
    "get": N_("what is shown of the entry {of}"),
    "exact": N_("what is shown of the entry {of}"),
    "at": N_("what is shown of the entry {of}"),
    "translations": N_("the translations of {of}"),
    "text": N_("the text of {of}"),
    "surface": N_("the text of {of}"),
    "backlinks": N_("what refers to {of}"),
    "of_kind": N_("the list of {of}"),
    "cards": N_("the list of {of}"),
    "works": N_("the list of all entries"),
    "all": N_("the list of all entries"),
    "wiki": N_("where [[{of}]] leads"),
    "link": N_("where a link leads: {of}"),
    "anchor": N_("where a link leads: {of}"),
    "credits": N_("the work of {of}"),
    "listed": N_("whether there is a list of {of}"),
    "glossary": N_("the glossary"),
    "history": N_("the revisions of {of}"),
    "person": N_("whom Git means by {of}"),
    "wanted": N_("the pages that nobody has written yet"),
    "assets": N_("the images and documents of the hub"),
    "always": N_("more than is looked up: it is made in each build"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the pages of a part were made, or stay as they were.

    Attributes:
        is_kept: whether they stay.
        is_first: whether no earlier build that fits knows of any page.
        is_new: whether the part is new.
        is_by_host: whether the host makes all pages in each build, for another plugin works on them.
        changed: what was looked up and has another answer.
        files: files of it that do not stand in the earlier site as they were written.
    """

    is_kept: bool = False
    is_first: bool = False
    is_new: bool = False
    is_by_host: bool = False
    changed: Sequence[Question] = ()
    files: Sequence[str] = ()

    def said(self, say: Translate) -> list[str]:
        """The reason in words, a line each."""
        if self.is_kept:
            return [say(N_("It stays as it was: nothing that it shows has changed."))]
        if self.is_first:
            return [say(N_("It was made, as all pages were: software, options, menus or lists of words have changed."))]
        if self.is_new:
            return [say(N_("It was made: it is new."))]
        if self.is_by_host:
            return [say(N_("All pages are made in each build: another plugin works on them."))]
        if self.changed:
            what = dict.fromkeys(_in_words(one, say) for one in self.changed)
            return [say(N_("It was made again, for this has changed:")), *(f"  {one}" for one in what)]
        if self.files:
            said = say(N_("It was made again, for files of it were changed or taken away:"))
            return [said, *(f"  {one}" for one in self.files)]
        return [say(N_("It was made again: it has another translation, or the host writes it in each build."))]


def _in_words(question: Question, say: Translate) -> str:
    what, *of = question
    return say(_ASKED[what]).format(of=" ".join(of))
