"""The text of an entry for a page: its Markdown, and where everything in it leads from there."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from hub import emails
from hub.addresses import WANTED, folder, href
from hub.editor import ADDRESS, in_form
from hub.i18n import N_
from hub.markdown import Href, Links, Text
from hub.markdown.parser import slug
from hub.model import Entry
from hub.site.letters import address as letter_address
from hub.site.letters import letter_of
from hub.site.page import Shown
from hub.site.reader import Reader
from hub.site.terms import Glossary
from hub.site.words import language_name


def body(reader: Reader, glossary: Glossary | None, entry: Entry, address: str) -> dict[str, Any]:
    """The text of an entry and where its links lead, for the page at `address`; of a person without consent, none."""
    if not getattr(entry, "shows_profile", True):
        return {"text": Text(), "links": Links()}
    return {"text": entry.markdown, "links": _links(reader, glossary, entry, address)}


def edit_address(reader: Reader, entry: Entry) -> str:
    """The forge's page that edits the entry's file, where `repo_url` and `edit_uri` are set.

    Nothing where the file's name says what is shown to nobody: that of who has left, or an e-mail address.
    """
    config = reader.config
    if _is_hidden(entry) or not (config.repo_url and config.edit_uri):
        return ""
    uri = quote(entry.src_uri)
    if "{path}" in config.edit_uri:
        return config.repo_url + config.edit_uri.lstrip("/").format(path=uri)
    return f"{config.repo_url}{config.edit_uri.strip('/')}/{uri}"


def form_links(reader: Reader, entry: Entry) -> tuple[Shown, ...]:
    """Where the editor changes the entry and begins its translations, where there is an editor that knows its file."""
    if reader.config.editor is None or _is_hidden(entry):
        return ()
    found = in_form(entry, reader.config, tuple(reader.library.translations(entry)))
    if found is None:
        return ()
    edit = Shown(reader.say(N_("Change in the form")), ADDRESS + found.edit)
    translate = N_("Translate this page ({language})")
    return edit, *(
        Shown(reader.say(translate, language=language_name(lang, reader.lang)), ADDRESS + fragment)
        for lang, fragment in found.translate
    )


def _is_hidden(entry: Entry) -> bool:
    """Whether the name of the entry's file is shown to nobody."""
    return entry.pseudonym("") is not None or emails.may_hold(entry.src_uri)


def _links(reader: Reader, glossary: Glossary | None, entry: Entry, address: str) -> Links:
    directory_urls = reader.config.directory_urls
    links, wiki, images = {}, {}, {}
    for found in entry.outline.links:
        destination = reader.resolver.link(entry, found.target)
        if destination:
            outside = destination.is_outside
            links[found.target] = Href(found.href if outside else _to(reader, address, destination.address))
    for found in entry.outline.images:
        destination = reader.resolver.link(entry, found.target)
        if destination and destination.is_outside:
            links[found.target] = Href(found.href)
        elif destination and destination.entry is None:
            images[found.target] = href(address, destination.address, directory_urls=directory_urls)
    for found in entry.outline.wiki_links:
        destination = reader.resolver.wiki(found.target, reader.lang)
        if destination.entry and destination.entry.status != "withdrawn":
            wiki[found.target] = Href(_to(reader, address, destination.address), destination.entry.title)
        elif destination.wanted and entry.kind.welcomes_wanted:
            page = wanted_address(reader, slug(destination.wanted))
            wiki[found.target] = Href(
                f"{_to(reader, address, page)}#{slug(destination.wanted)}", destination.wanted, "wanted"
            )
    terms: dict[str, Href] = {}
    if glossary:
        terms = glossary.in_text(entry.outline.words, address, reader.lang, directory_urls=directory_urls, own=entry)
    return Links(links, wiki, images, terms)


def wanted_address(reader: Reader, name: str = "") -> str:
    """The page that lists what nobody has written yet, or the one where a name stands."""
    base = wanted_base(reader)
    return letter_address(reader, base, letter_of(name)) if name and reader.wants_many else reader.address(base)


def wanted_base(reader: Reader) -> str:
    """The address of that list without the language's folder: in that of the first kind that welcomes such links."""
    kind = next(kind.name for kind in reader.library.kinds.values() if kind.welcomes_wanted)
    return f"{folder(kind, reader.library)}{WANTED.in_(reader.library.default_language)}/"


def _to(reader: Reader, address: str, target: str) -> str:
    return href(address, target, directory_urls=reader.config.directory_urls)
