"""The site as it is at one moment: each page is made when it is first asked for, and kept until the hub changes."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from hub.addresses import HOME, address_of, folder, in_language
from hub.diagnostics import Diagnostic
from hub.i18n import translator
from hub.loading import Loaded
from hub.naming import Naming
from hub.site import faults, sitemap
from hub.site.page import MadeFile, Page, Part, RenderedPage, Site
from hub.site.plan import Plan
from hub.site.render import render
from hub_mkdocs import bridge
from hub_mkdocs.host import Host
from hub_mkdocs.serving.pages import Pages

HTML = "text/html; charset=utf-8"
_FAULTY = "500 Internal Server Error"
_MAP = sitemap.NAME.removesuffix(".xml")


class Answer(NamedTuple):
    """What is sent for an address."""

    body: bytes
    type: str = HTML
    status: str = "200 OK"


class Moment:
    """The site at one moment.

    Args:
        host: lays pages out.
        loaded: the hub as it was read.
        plan: of its site.

    Attributes:
        checked: what the checks have found, by the file.
    """

    def __init__(self, host: Host, loaded: Loaded, plan: Plan) -> None:
        self.host, self.loaded, self.plan = host, loaded, plan
        self.checked: Mapping[str, Sequence[Diagnostic]] = {}
        self.pages = Pages(plan.parts(), lambda part: plan.pages(part).pages)
        # The host makes no map: that of the site is made when somebody asks for it, for it names all pages.
        self.site = replace(plan.layout(self.pages), sitemap=(MadeFile(sitemap.NAME, ""),))
        self._made: dict[str, Answer | None] = {}

    @property
    def whole(self) -> Site:
        """The site with the files of `docs/` that it may hold."""
        return replace(self.site, files=self.plan.files)

    def answer(self, address: str) -> Answer | None:
        """What stands at an address of the site; None where nothing does."""
        try:
            if not is_page(address):
                return self._file(address)
            if address not in self._made:
                self._made[address] = self._page(address)
            return self._made[address]
        except Exception as error:  # noqa: BLE001 - one page must not stop the others
            return self._stopped(address, f"{type(error).__name__}: {error}")

    def missing(self) -> Answer:
        """The page that stands for what does not exist."""
        return Answer(self.host.template("404.html", self.site), status="404 Not Found")

    def faulty(self, address: str, said: str, found: Sequence[Diagnostic] = ()) -> Answer:
        """A page that says why another one cannot be made."""
        page = faults.page(address, self._language(address), said, found)
        return Answer(self.host.page(page, self._rendered(page), self.site), status=_FAULTY)

    def found(self, checked: Mapping[str, Sequence[Diagnostic]]) -> None:
        """Take what the checks have found: the pages of texts that it concerns are made again."""
        paths = {path for path in {*self.checked, *checked} if self.checked.get(path) != checked.get(path)}
        self.checked = checked
        for address in [one for one in self._made if self._text_at(one) in paths]:
            del self._made[address]

    def _page(self, address: str) -> Answer | None:
        page = self.pages.get(address)
        if page:
            rendered = self._rendered(page)
            found = self._faults(self._text_at(address))
            if found:
                rendered = RenderedPage(faults.banner(found, page.lang) + rendered.html, rendered.toc)
            return Answer(self.host.page(page, rendered, self.site))
        path = self._text_at(address)
        if path:
            say = translator(self._language(address))
            error = self.plan.broken.get(path)
            said = say(faults.BROKEN).format(error=error) if error else say(faults.UNREADABLE)
            return self.faulty(address, said, self._faults(path))
        old = self._archive.get(address)
        if old:
            return Answer(bridge.bare(old, self.loaded.config).encode())
        new = self._redirects.get(address)
        return Answer(self.host.redirect(address, new, self.site)) if new is not None else None

    def _file(self, address: str) -> Answer | None:
        type_ = mimetypes.guess_type(address)[0] or "application/octet-stream"
        type_ += "; charset=utf-8" if type_.startswith("text/") else ""
        path = self.host.static(address, lambda: self.plan.files)
        if path and path.is_file():
            return Answer(path.read_bytes(), type_)
        if address in self.host.templates:
            return Answer(self.host.template(address, self.site), type_)
        made = next((file for file in self._made_files(address) if file.address == address), None)
        if made:
            return Answer(made.text.encode(), type_)
        new = self._redirects.get(address) if address.endswith(".html") else None
        return Answer(self.host.redirect(address, new, self.site)) if new is not None else None

    def _made_files(self, address: str) -> Iterator[MadeFile]:
        """Files that the hub makes and that may be asked for, page by page."""
        yield from self.plan.made
        if address.startswith(_MAP):
            yield from self.plan.sitemap(self.pages)
        for pages in (self.pages, self._archive):
            page = pages.get(address[: address.rfind("/") + 1])
            yield from page.files if page else ()

    def _stopped(self, address: str, error: str) -> Answer:
        lang = self._language(address)
        return self.faulty(address, translator(lang)(faults.BROKEN).format(error=error))

    def _rendered(self, page: Page) -> RenderedPage:
        return render(page, directory_urls=self.loaded.config.directory_urls)

    def _language(self, address: str) -> str:
        default, *others = self.loaded.config.languages
        return next((lang for lang in others if address.startswith(f"{lang}/")), default)

    def _faults(self, path: str) -> list[Diagnostic]:
        own = [one for one in self.loaded.report if one.location.path == path] if path else []
        return own + [one for one in self.checked.get(path, ()) if one not in own]

    def _text_at(self, address: str) -> str:
        """The file of the text whose page stands, or would stand, at an address."""
        for part in self.pages.claiming(address):
            if part.path and part.below == (address,):
                return part.path
        return self._others.get(address, "")

    @cached_property
    def _others(self) -> dict[str, str]:
        """Texts by their address that have no part of their own: those within a page of the hub, unreadable ones."""
        library, config = self.loaded.library, self.loaded.config
        found = {address_of(entry, library): entry.text.path for entry in library.of_kind("page")}
        naming, docs = Naming(library.kinds, config.languages), config.docs_dir
        for path in dict.fromkeys(one.location.path for one in self.loaded.report):
            whole = config.root / path
            if whole.suffix == ".md" and whole.is_relative_to(docs):
                uri = whole.relative_to(docs).as_posix()
                if library.at(uri) is None:
                    kind, entry_id, lang = naming.of(uri)
                    own = "" if kind.name == "page" and entry_id == HOME else f"{folder(kind.name, library)}{entry_id}/"
                    found.setdefault(in_language(own, lang, library), path)
        return found

    @cached_property
    def _archive(self) -> Pages:
        return Pages(self.plan.archive(self.pages, lambda: self._redirects), _made)

    @cached_property
    def _redirects(self) -> Mapping[str, str]:
        return self.plan.redirects(self.pages)


def _made(part: Part) -> Iterable[Page]:
    return part.make()


def is_page(address: str) -> bool:
    """Whether an address of the site is that of a page, and not of a file."""
    return not address or address.endswith("/")
