"""Pages from their plan to their files, on all cores: planned and rendered by some processes, laid out by others.

A page's layout says which translations it has, so no page can be finished before all are planned. What is planned waits
on the disk in between, and no process ever holds the whole site. What an earlier build made and would be made again as
it is, is neither planned nor written: its files stay in the new site.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from hub.packed import Packed
from hub.site.page import Page, Part, RenderedPage, Site
from hub.site.plan import Plan
from hub.site.render import render
from hub.workers import spread
from hub_mkdocs.asked import Answered, Teller
from hub_mkdocs.comparing import Comparing
from hub_mkdocs.contents import Contents
from hub_mkdocs.explaining import Reason
from hub_mkdocs.files import settled, write, write_files
from hub_mkdocs.record import Made, Record, Written, outside

_ALONE = 100
"""Parts, or pages, that one process makes sooner than several are started."""
_LOOKED_ALONE = 1000
"""Parts whose files one process looks at sooner than several are started."""
_TEXTS = 50
"""Texts whose pages a process makes before it takes others."""
_LIFE = 45
"""So many times that, and another process goes on: one copies the memory of what it looks at, in time all of it."""
_FEW = 10
"""The same of parts of the bare layout, which are many pages each."""
Put = Callable[[Page, RenderedPage], Sequence[str]]
"""Lays a page out and writes it; the addresses of its files."""


class Waiting(NamedTuple):
    """Where a rendered page waits: a file, and its place in it; and a hash of its content, where it is compared."""

    path: Path
    start: int
    length: int
    content: str = ""

    def read(self) -> tuple[Page, RenderedPage]:
        """The page, but for what went into its body."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            found: tuple[Page, RenderedPage] = pickle.loads(file.read(self.length))  # noqa: S301 - of our own making
        return found


class _Planned(NamedTuple):
    """What came of a part: its pages as the rest of the site needs them, and what is broken.

    Attributes:
        pages: each waits, or is the one that was made before.
        asked: the names of what was looked up.
        told: of that, what was not told before.
        broken: see `Plan.broken`.
    """

    pages: Sequence[tuple[Page, Waiting | Made]]
    asked: bytes
    told: Packed[Sequence[Answered]]
    broken: Mapping[str, str]


class _Written(NamedTuple):
    """What came of a part of the bare layout."""

    pages: Sequence[Made]
    asked: bytes
    told: Packed[Sequence[Answered]]
    broken: Mapping[str, str]


class Writing:
    """The pages of one build.

    Args:
        plan: of the site.
        folder: takes the rendered pages while they wait.
        earlier: what an earlier build made.
        site: where that stands.
        directory_urls: the form of addresses.
    """

    def __init__(self, plan: Plan, folder: Path, earlier: Record, site: Path, *, directory_urls: bool) -> None:
        self._plan, self._folder, self._earlier, self._old = plan, folder, earlier, site
        self._directory_urls = directory_urls
        self._kept: dict[str, Sequence[Made]] = {}
        self._comparing, self._teller = Comparing(plan.answers, earlier), Teller(plan.answers, ())
        self._asked: dict[str, bytes] = {}
        self._told: list[Packed[Sequence[Answered]]] = []
        self._made: dict[str, list[tuple[Page, Waiting | Made]]] = {}
        self._owners: dict[str, str] = {}
        self._is_large = False
        self._anew: set[str] = set()
        """Parts of which no page stays, whatever comes out."""
        self._reasons: dict[str, Reason] = {}
        self.site = self._planned()

    def waiting(self, address: str) -> Waiting | None:
        """Where a page waits, if it was made."""
        place = self._place(address)
        return place if isinstance(place, Waiting) else None

    def _place(self, address: str) -> Waiting | Made | None:
        made = self._made.get(self._owners.get(address, ""), ())
        return next((place for page, place in made if page.address == address), None)

    def reason(self, page: str) -> Reason | None:
        """Why a page was made or stays as it was, when all are written; None where there is no such page.

        Args:
            page: its address, or the path of the text that it shows.
        """
        name = self._owners.get(page) or next((one.name for one in self._plan.parts() if one.path == page), None)
        if name is None:
            return None
        if name not in self._made or isinstance(self._place(page), Made):
            return self._reasons.get(name) or Reason(is_kept=True)
        return self._reasons.get(name) or Reason()

    @property
    def kept(self) -> frozenset[str]:
        """The addresses of files that stay as they are."""
        parts = (*self._kept.values(), *self._bare_kept.values(), self._like_before)
        return frozenset(file.address for made in parts for one in made for file in one.files)

    @property
    def _like_before(self) -> Sequence[Made]:
        """Pages that came out as they were, of parts that were planned again."""
        all_made = ((name, one) for name, pages in self._made.items() for _, one in pages)
        return [one for name, one in all_made if isinstance(one, Made) and self._owners[one.page.address] == name]

    def write(self, site_dir: Path, put: Put, by_host: str) -> Mapping[str, Sequence[Made]]:
        """Write the pages; those of each part that the next build may go on from.

        Args:
            site_dir: the new site.
            put: writes one.
            by_host: the address of the page that the host has written.
        """
        owned: dict[str, Waiting] = {}
        files: dict[str, Sequence[Written]] = {one.page.address: one.files for one in self._like_before}
        for name, pages in self._made.items():
            for page, place in pages:
                if self._owners[page.address] == name and isinstance(place, Waiting):
                    owned.setdefault(page.address, place)
        beside = write(owned[by_host].read()[0].files, site_dir)
        files[by_host] = [settled(self._old, site_dir, one) for one in (f"{by_host}index.html", *beside)]

        def written(some: Sequence[str]) -> Iterator[tuple[str, list[Written]]]:
            for address in some:
                yield address, [settled(self._old, site_dir, one) for one in put(*owned[address].read())]

        files |= dict(spread([one for one in owned if one != by_host], written, alone=_ALONE))
        parts: dict[str, Sequence[Made]] = dict(self._kept)
        for name, pages in self._made.items():
            # A part that has lost an address to another is made each time: it may have it back.
            if all(self._owners[page.address] == name for page, _ in pages) and name in self._asked:
                parts[name] = [
                    Made(page, self._languages(page), files[page.address], place.content) for page, place in pages
                ]
        return parts

    def write_bare(self, site_dir: Path, html: Callable[[Page], str]) -> Mapping[str, Sequence[Made]]:
        """Write the pages in the bare layout; those of each part, as above.

        Args:
            site_dir: the new site.
            html: a whole page.
        """
        parts = {part.name: part for part in self.site.archive}
        found = dict(self._bare_kept)

        def written(some: Sequence[str]) -> Iterator[tuple[str, _Written]]:
            return ((name, self._bare(parts[name], site_dir, html)) for name in some)

        for name, came in spread([name for name in parts if name not in found], written, alone=_FEW):
            self._plan.broken |= came.broken
            self._told.append(came.told)
            if not came.broken:
                found[name], self._asked[name] = came.pages, came.asked
        self._owners |= {one.page.address: name for name, made in found.items() for one in made}
        return found

    @cached_property
    def _bare_kept(self) -> Mapping[str, Sequence[Made]]:
        """The parts of the bare layout that would be made as they are."""
        current = self._current(self.site.archive)
        # A page of the host's layout may have come to stand at the address of one.
        pages = self.site.pages
        return {name: made for name, made in current.items() if not any(one.page.address in pages for one in made)}

    def _bare(self, part: Part, site_dir: Path, html: Callable[[Page], str]) -> _Written:
        """Write the pages of a part of the bare layout; one that cannot be rendered costs itself."""
        broken = self._plan.broken
        before, pages = dict(broken), []
        with self._plan.asking() as asked:
            for page in part.make():
                try:
                    told = html(page)
                except Exception as error:  # noqa: BLE001 - whatever is wrong with an old text
                    broken[page.address] = f"{type(error).__name__}: {error}"
                    continue
                files = write_files(page, told, site_dir)
                written = [settled(self._old, site_dir, one) for one in files]
                pages.append(Made(_outside(page), (), written))
        new = {path: why for path, why in broken.items() if before.get(path) != why}
        names, answered = self._teller.tell(asked)
        return _Written(pages, names, Packed(answered), new)

    def _planned(self) -> Site:
        parts = {part.name: part for part in self._plan.parts()}
        self._is_large = len(parts) > _ALONE
        if self._is_large:
            self._plan.prepare()
        for name, made in self._current(parts.values()).items():
            # The host writes the home page, so it is made in each build.
            if all(one.page.address for one in made):
                self._kept[name] = made
        self._make([part for name, part in parts.items() if name not in self._kept])
        site = self._site(parts)
        # What has a translation that it had not, or has one no longer, is laid out again.
        old: dict[str, Sequence[Made]] = dict(self._kept)
        for name, pages in self._made.items():
            old[name] = [one for _, one in pages if isinstance(one, Made)]
        again = [name for name, some in old.items() if any(self._is_changed(one, name, site) for one in some)]
        if again:
            for name in again:
                self._kept.pop(name, None)
                self._anew.add(name)
            self._make([parts[name] for name in again])
            site = self._site(parts)
        return site

    def _site(self, parts: Iterable[str]) -> Site:
        pages: dict[str, Page] = {}
        self._owners = {}
        for name in parts:
            own = [one.page for one in self._kept[name]] if name in self._kept else [one for one, _ in self._made[name]]
            for page in own:
                if page.address not in pages:
                    pages[page.address], self._owners[page.address] = page, name
        return self._plan.site(pages)

    def _current(self, parts: Iterable[Part]) -> dict[str, Sequence[Made]]:
        """The pages of those parts that would be made as they are; why others would not is remembered."""
        earlier = self._earlier.parts
        names = [part.name for part in parts]
        known = [name for name in names if name in earlier]
        is_new = Reason(is_first=not earlier, is_new=True)
        self._reasons |= {name: is_new for name in names if name not in earlier}
        self._comparing.look(known)
        compared = dict(zip(known, spread(known, self._compared, alone=_LOOKED_ALONE), strict=True))
        self._reasons |= {name: reason for name, reason in compared.items() if reason}
        self._teller = Teller(self._plan.answers, self._comparing.same)
        return {name: earlier[name] for name, reason in compared.items() if reason is None}

    def _compared(self, names: Iterable[str]) -> Iterator[Reason | None]:
        """Why parts that an earlier build has made would come out otherwise; None for one that would not."""
        for name in names:
            changed, made = self._comparing.of(name), self._earlier.parts[name]
            files = [file.address for one in made for file in one.files if not file.stands_in(self._old)]
            yield Reason(changed=changed, files=files) if changed or files else None

    def _is_changed(self, made: Made, name: str, site: Site) -> bool:
        address = made.page.address
        languages = tuple(site.alternates(made.page, self._plan.languages))
        return self._owners[address] != name or languages != tuple(made.languages)

    def _languages(self, page: Page) -> tuple[str, ...]:
        return tuple(self.site.alternates(page, self._plan.languages))

    def _make(self, parts: Sequence[Part]) -> None:
        """Plan and render parts.

        The lists of a language are one process's, which makes the card of an entry for all of them. They are many
        pages, for which nobody should wait at the end; and the process holds all cards, so it begins with nothing else
        in its memory, ends with them, and stands beside no other that takes as much: not the one that makes the index
        of the search, and not that of another language.
        """
        listed: dict[str, list[Part]] = {}
        texts = [part for part in parts if part.path]
        for part in parts:
            if not part.path:
                listed.setdefault(part.lang, []).append(part)
        batches = [texts[at : at + _TEXTS] for at in range(0, len(texts), _TEXTS)]
        step = len(batches) // (len(listed) + 2)
        places = [step * number + number - 1 for number in range(1, len(listed) + 1)]
        for place, lists in zip(places, listed.values(), strict=True):
            batches.insert(place, lists)
        ends = {place - before for place in places for before in (0, 1, 2)}
        alone = 1 if len(parts) > _ALONE or (listed and self._is_large) else len(batches) + 1
        made = spread(batches, self._rendered, alone=alone, at_once=1, ends=ends, life=_LIFE)
        for part, found in zip((part for some in batches for part in some), made, strict=True):
            self._plan.broken |= found.broken
            self._told.append(found.told)
            self._made[part.name] = list(found.pages)
            if not found.broken:
                self._asked[part.name] = found.asked

    def _rendered(self, batches: Sequence[Sequence[Part]]) -> Iterator[_Planned]:
        parts = (part for some in batches for part in some)
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as named:
            path, file, start, contents = Path(named.name), named.file, 0, Contents()
            for part in parts:
                found: list[tuple[Page, Waiting | Made]] = []
                pages, asked = self._plan.pages(part)
                before = {} if part.path or part.name in self._anew else self._before(part)
                for page in pages:
                    # Of a list, which is many pages, most come out as they were when another entry is in it.
                    content = "" if part.path or not page.address else contents.of(page)
                    same = before.get(page.address)
                    if content and same and same.content == content:
                        found.append((same.page, same))
                        continue
                    rendered = render(page, directory_urls=self._directory_urls)
                    waiting = pickle.dumps((replace(page, data={}), rendered), pickle.HIGHEST_PROTOCOL)
                    file.write(waiting)
                    found.append((_outside(page), Waiting(path, start, len(waiting), content)))
                    start += len(waiting)
                broken = {part.path: self._plan.broken[part.path]} if part.path in self._plan.broken else {}
                names, told = self._teller.tell(asked)
                yield _Planned(found, names, Packed(told), broken)

    def _before(self, part: Part) -> dict[str, Made]:
        """The pages that an earlier build has made of a part, those whose files stand."""
        made = self._earlier.parts.get(part.name, ())
        return {one.page.address: one for one in made if all(file.stands_in(self._old) for file in one.files)}

    def record(self, parts: Mapping[str, Sequence[Made]]) -> Record:
        """What the next build is to know of parts that were written."""
        asked = {name: self._asked[name] if name in self._asked else self._earlier.asked[name] for name in parts}
        told = chain.from_iterable(one.value for one in self._told)
        return Record(self._earlier.key, parts, asked, self._earlier.texts, told)


def _outside(page: Page) -> Page:
    return outside(page.address, page.base, page.lang, noindex=page.noindex)
