"""What readers may see of a library: consent holds for every page, list and search.

Neither the name of whoever has left the hub nor anybody's e-mail address is among it, nor a file that is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hub import emails
from hub.fields import Ref
from hub.i18n import Label
from hub.library import Library
from hub.model import Entry
from hub.once import once
from hub.retirement import retire
from hub.vocab import Vocabulary
from hub.walk import rewritten

_NAMING = frozenset({"status", "withdrawal", "aliases", "given_name", "family_name", "retired"})


def public(library: Library) -> Library:
    """The library as readers may see it: a person without recorded consent has a name, and work that others tell of."""
    return _without_addresses(retire(_with_consent(library)))


def _with_consent(library: Library) -> Library:
    # A consent that one language's file lacks is lacking: the other file may be older than the person's wish. So the
    # consent is taken away with the rest: whoever asks `shows_profile` of the other file must hear no as well.
    people = {entry.key[:2] for entry in library if not _shows(entry)[0]}
    private = {entry.key for entry in library if entry.key[:2] in people} if people else set()
    return replace(
        library,
        entries=tuple(_name_alone(entry) if entry.key in private else _without_photo(entry) for entry in library),
        references=tuple(reference for reference in library.references if reference.source not in private),
    )


@once
def _shows(entry: Entry) -> tuple[bool, bool]:
    """Whether the profile and the photo of a person may be shown."""
    return bool(getattr(entry, "shows_profile", True)), bool(getattr(entry, "shows_photo", True))


def _without_photo(entry: Entry) -> Entry:
    """The entry without a photo that the person's consent does not name."""
    return entry if _shows(entry)[1] else _no_photo(entry)


@once
def _no_photo(entry: Entry) -> Entry:
    return entry.model_copy(update={"photo": None})


@once
def _name_alone(entry: Entry) -> Entry:
    fields = type(entry).model_fields.items()
    nothing = {name: info.get_default() for name, info in fields if name not in _NAMING and not info.is_required()}
    return entry.model_copy(update=nothing).put_otherwise()


def _without_addresses(library: Library) -> Library:
    """The library without e-mail addresses, wherever somebody wrote one."""
    return replace(
        library,
        entries=tuple(without_address(entry) for entry in library),
        wanted={emails.without(name, library.default_language): keys for name, keys in library.wanted.items()},
        assets=frozenset(uri for uri in library.assets - library.refused if next(emails.find(uri), None) is None),
        vocabularies=_labels_without_addresses(library.vocabularies),
    )


def without_address(entry: Entry) -> Entry:
    """An entry, or one of its past revisions, without e-mail addresses."""
    return _written_otherwise(entry) if entry.text.may_hold_address else entry


@once
def _written_otherwise(entry: Entry) -> Entry:
    lang = str(entry.lang)

    def change(value: Any) -> Any:
        if isinstance(value, Ref):  # one that leads nowhere is shown as it was written
            return Ref(value.kind, emails.without(value.id, lang), value.anchor)
        return emails.without(value, lang) if type(value) is str else value

    return rewritten(entry, change).with_text(lambda text: emails.without(text, lang))


def _labels_without_addresses(vocabularies: Mapping[str, Vocabulary]) -> dict[str, Vocabulary]:
    found = dict(vocabularies)
    for name, vocabulary in vocabularies.items():
        said = {code: term.label for code, term in vocabulary.terms.items() if any(map(emails.may_hold, term.label))}
        labels = {code: Label(emails.without(one.fr, "fr"), emails.without(one.en, "en")) for code, one in said.items()}
        terms = {code: replace(vocabulary.terms[code], label=label) for code, label in labels.items()}
        if terms:
            found[name] = replace(vocabulary, terms={**vocabulary.terms, **terms})
    return found
