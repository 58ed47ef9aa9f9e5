"""Glossary terms in running text: which occur in it, and what hovering over them says."""

from __future__ import annotations

from functools import cached_property

from hub.addresses import address_of, href
from hub.i18n import translator
from hub.library import Library
from hub.markdown import Href
from hub.markdown.forms import Forms
from hub.model import Entry


class Glossary:
    """The forms of every term, matched against texts all at once. Made once for a library."""

    def __init__(self, library: Library) -> None:
        self.library = library

    @cached_property
    def forms(self) -> dict[str, Entry]:
        """Entries by form: acronyms as written, other forms in small letters. An ambiguous form is left out."""
        found: dict[str, dict[str, Entry]] = {}
        for entry in self.library:
            if entry.kind.index == "glossary" and entry.status != "withdrawn":
                for name in entry.names:
                    form = name if name.isupper() else name.casefold()
                    found.setdefault(form, {})[entry.id] = entry
        return {form: next(iter(entries.values())) for form, entries in found.items() if len(entries) == 1}

    def in_text(self, words: str, address: str, lang: str, *, directory_urls: bool, own: Entry) -> dict[str, Href]:
        """The terms that occur in a text, as links from the page at `address`.

        Args:
            words: the text without marks.
            address: of the page that shows it.
            lang: of the page.
            directory_urls: the form of addresses.
            own: the entry whose text it is; a term does not link to itself.
        """
        found = {}
        for form in sorted({one.form for one in self._sought.find(words)}):
            entry = self.forms[form]
            if (entry.kind.name, entry.id) == (own.kind.name, own.id):
                continue
            shown = self.library.get(entry.kind.name, entry.id, lang) or entry
            link = href(address, address_of(shown, self.library), directory_urls=directory_urls)
            said = getattr(shown, "definition", "") or ""
            title = f"{shown.title}{translator(lang)(': ')}{said}" if said and said != shown.title else shown.title
            found[form] = Href(link, title, "term")
        return found

    @cached_property
    def _sought(self) -> Forms:
        return Forms(self.forms)
