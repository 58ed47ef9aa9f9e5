"""Where in the editor a text is changed, and where its translation begins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from hub.config import Config
from hub.editor.collections import name_of
from hub.model import Entry
from hub.swhid import DIGITS

ADDRESS = "admin/"
"""The editor's page in the site."""
_NOT_IN_QUERY = frozenset("<>&\"'")
"""Decap writes these otherwise when it takes them from an address."""


@dataclass(frozen=True, slots=True)
class InForm:
    """Places in the editor, as what stands after the address of its page.

    Attributes:
        edit: the form of a text.
        translate: new forms, ready filled, by the languages that the text does not exist in.
    """

    edit: str
    translate: tuple[tuple[str, str], ...] = ()


def in_form(entry: Entry, config: Config, languages: Collection[str]) -> InForm | None:
    """The places of an entry in the editor; None where that does not know its file.

    Args:
        entry: any.
        config: the hub's.
        languages: those in which the entry exists.
    """
    default, lang = config.default_language, str(entry.lang)
    folder, _, name = entry.src_uri.rpartition("/")
    extension = ".md" if lang == default else f".{lang}.md"
    if folder != entry.kind.folder_in(default) or not name.endswith(extension):
        return None
    edit = f"#/collections/{name_of(entry.kind, lang, default)}/entries/{quote(name.removesuffix(extension))}"
    missing = [one for one in config.languages if one not in languages] if lang == default else []
    return InForm(edit, tuple((one, _translation(entry, one, default)) for one in missing))


def _translation(entry: Entry, lang: str, default: str) -> str:
    """A new form, with what is already known; the title waits to be translated."""
    title = "".join("’" if sign == "'" else sign for sign in entry.title)
    known = {"translation_of": entry.id, "source_hash": entry.text.hash[:DIGITS]}
    if not _NOT_IN_QUERY & {*title}:
        known["title"] = title
    # What is shown otherwise than it is written may hold what nobody is to see.
    for name, info in type(entry).model_fields.items() if entry.is_as_written else ():
        value = entry.text.front.data.get(name)
        if info.is_required() and name not in known and isinstance(value, str) and not _NOT_IN_QUERY & {*value}:
            known[name] = value
    query = urlencode(known, quote_via=quote)
    return f"#/collections/{name_of(entry.kind, lang, default)}/new?{query}"
