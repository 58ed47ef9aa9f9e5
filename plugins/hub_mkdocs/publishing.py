"""Where a site goes, how it is to be built, and whether it must be; `hub_mkdocs.making` builds it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hub import manifest, sealed
from hub.caches import cache_folder
from hub.config import Config
from hub.disk import readable
from hub.editor_option import Editor
from hub.errors import HubError
from hub.given import Given
from hub.i18n import N_, language_of_messages
from hub.manifest import Summed
from hub.repairs import CHANGED, DAMAGED, FORGOTTEN, note
from hub.workers import aside
from hub_mkdocs.explaining import Reason
from hub_mkdocs.marks import Mark, mark
from hub_mkdocs.seen import told_of
from hub_mkdocs.trees import Trees

if TYPE_CHECKING:
    from hub.history import History

_SEEN = "seen"
_FEW = 20
"""Texts that may have been written without the whole hub being read."""
_ENDINGS = {"built": "sqlite"}
"""Of the names of what is kept in other forms than JSON."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a site is to be built.

    Attributes:
        strict: stop at errors and warnings of the content.
        clean: go on from nothing that an earlier build has left.
        drafts: show texts that are under review.
        revisions: whether to make the pages of older revisions.
        editions: names of the editions to hold in the place of those that the configuration names.
        has_editions: whether to hold any.
        editor: the web editor to hold in the place of the one that the configuration names.
        explained: the page of which to say why it was made again; its address, or the path of its text.
    """

    strict: bool = False
    clean: bool = False
    drafts: bool = False
    revisions: bool = True
    editions: tuple[str, ...] = ()
    has_editions: bool = True
    editor: Editor | None = None
    explained: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A site in its place.

    Attributes:
        pages: how many it has.
        left_out: paths of texts that were never published.
        said: what was said of the content's faults.
        is_new: whether it was built; otherwise nothing had changed.
        reason: why a page that was asked for was made, or was not.
    """

    pages: int
    left_out: Sequence[str] = ()
    said: Sequence[str] = ()
    is_new: bool = True
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Touched:
    """What was written since a site was built, where nothing else has changed.

    Attributes:
        texts: their paths relative to `docs/`.
        published: what was built.
        site: the mark of the site as it was left.
    """

    texts: frozenset[str]
    published: Published
    site: Mark


@dataclass(frozen=True)
class Publisher:
    """Publishes the site of one hub.

    Attributes:
        config: the hub's.
        final: where the site stands.
        wishes: how it is to be built.
    """

    config: Config
    final: Path
    wishes: Wishes = field(default_factory=Wishes)

    def unchanged(self) -> Published | None:
        """The site that stands there, if nothing has changed since it was built.

        Raises:
            HubError: when its place holds something else.
        """
        self._refuse_to_replace()
        if self.wishes.clean or not self.record(_SEEN).exists():
            return None
        standing = self.standing  # another process looks, while this one does
        if self.wishes.strict or self.wishes.explained is not None:
            return None
        try:
            kept = sealed.read(self.record(_SEEN))
            is_same = kept["inputs"] == self.inputs and Mark(*kept["site"]) == standing()
            return _published(kept) if is_same else None
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def look(self) -> None:
        """Begin what a build needs, where that is not the few texts that were written: the whole hub's history."""
        _ = self.inputs  # what changes from now on is another build's
        _ = self.lost  # what is read is kept, and would be there again
        if not self.touched():
            _ = self.history

    @cached_property
    def history(self) -> Callable[[], History]:
        """Gives, once, the history of the hub; another process begins to read what is new when this is asked."""
        from hub.history import History  # noqa: PLC0415 - not needed where nothing has changed

        return History.ahead(self.config.root)

    @cached_property
    def standing(self) -> Callable[[], Mark | None]:
        """Gives the mark of the site as it stands; another process begins to look when this is first asked."""
        trees = self.trees
        return cache(aside(partial(mark, trees.final, trees.spare, self.record("sums"))))

    def touched(self) -> Touched | None:
        """The few texts that were written since the site was built; None where more has changed, or is asked for.

        Neither are they enough on another disk, where no folder is like the site's.
        """
        wishes = self.wishes
        if wishes.strict or wishes.clean or wishes.explained is not None or not self.trees.is_kept:
            return None
        try:
            kept = sealed.read(self.record(_SEEN))
            old, new = set(kept["inputs"]), set(self.inputs)
            paths = {one.partition("\t")[0] for one in old - new}
            if paths != {one.partition("\t")[0] for one in new - old}:
                return None
            texts = frozenset(_uri(self.config, path) for path in paths)
            is_text = all(one.endswith(".md") for one in texts)
            if self.lost or not (is_text and 0 < len(texts) <= _FEW):
                return None
            return Touched(texts, _published(kept), Mark(*kept["site"]))
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def record(self, sort: str) -> Path:
        """Where something is kept of this site for the next build."""
        return self._folder / f"{sort}.{_ENDINGS.get(sort, 'json')}"

    @property
    def trees(self) -> Trees:
        """The site's folder, and that in which the next one is made."""
        return Trees.of(self.final, self._folder)

    @cached_property
    def _folder(self) -> Path:
        place = os.path.relpath(self.final, self.config.root.resolve())  # the same where a hub is moved with its site
        name = hashlib.sha256(os.fsencode(place)).hexdigest()[:12]
        found = cache_folder(self.config.root) / f"site-{name}"
        found.mkdir(exist_ok=True)
        return found

    @cached_property
    def inputs(self) -> list[str]:
        """All that a build reads, by times and sizes when it was first asked, and how it says things: a line each."""
        wishes = replace(self.wishes, clean=False, strict=False, explained=None)  # these change no site
        lang = language_of_messages()
        salt = hashlib.sha256(self.config.salt.encode("utf-8", "surrogatepass")).hexdigest()
        given = Given.of(self.config.root)
        paths = _read(self.config, self.final, given.files)
        return told_of(paths, [repr(wishes), salt, lang, given.environment], self.config.root)

    def sums(self) -> dict[str, Summed]:
        """The sums of the readers' site; none where what is kept of them is not of the last build."""
        path = self.record("sums")
        return manifest.recall(path) if self._left and self._left.files == manifest.seal(path) else {}

    def stands(self) -> bool:
        """Whether the site is as the last build has left it."""
        return self._left is not None and self.standing() == self._left

    def look_for_damage(self, *, stands: bool = False) -> None:
        """Note what is not as the last build left it, to be told.

        Args:
            stands: whether the site's files are known to be.
        """
        if not _is_site(self.final):
            return
        if not self.record(_SEEN).exists():
            note(FORGOTTEN)
        folder = cache_folder(self.config.root)
        for name in self.lost:
            note(DAMAGED, path=folder / name)
        found = {} if stands else self.sums()
        changed = manifest.differing(self.final, found) if found else ()
        if changed:
            note(CHANGED, n=len(changed), path=changed[0])

    @cached_property
    def _left(self) -> Mark | None:
        """The mark of the site as the last build has left it; None where that is not known."""
        with suppress(OSError, ValueError, LookupError, TypeError):
            return Mark(*sealed.read(self.record(_SEEN))["site"])
        return None

    @cached_property
    def lost(self) -> Sequence[str]:
        """What was kept between builds and is not there when this is first asked, by paths below the hub's cache."""
        with suppress(OSError, ValueError, LookupError, TypeError):
            return sorted(set(sealed.read(self.record(_SEEN))["caches"]) - set(self._caches()))
        return ()

    def _caches(self) -> list[str]:
        """What is kept between builds, by paths below the hub's cache."""
        folder = cache_folder(self.config.root)
        found = (path for there in (folder, self._folder) for path in there.iterdir())
        return sorted(path.relative_to(folder).as_posix() for path in found if path.suffix in {".json", ".sqlite"})

    def keep(self, inputs: list[str], published: Published, site: Mark) -> None:
        """Remember a site, and all that it was built from, as it was when the build began.

        Args:
            inputs: all that the build read.
            published: the site.
            site: its mark.
        """
        kept = {"inputs": inputs, "site": site, "pages": published.pages}
        kept |= {"left_out": list(published.left_out), "said": list(published.said), "caches": self._caches()}
        sealed.write(self.record(_SEEN), kept)

    def _refuse_to_replace(self) -> None:
        """The site takes the place of a whole folder: of an older site, an empty or a new one, and of no other.

        Raises:
            HubError: when the folder holds something else.
        """
        config, final = self.config, self.final
        docs = config.docs_dir.resolve()
        if config.root.is_relative_to(final) or final.is_relative_to(docs) or docs.is_relative_to(final):
            raise HubError(N_("{path} holds the hub or its texts: choose another folder for the site."), path=final)
        if final.exists() and not (_is_site(final) or (final.is_dir() and not any(final.iterdir()))):
            raise HubError(
                N_("{path} holds something other than a site: empty it, or choose another folder."), path=final
            )


def _uri(config: Config, path: str) -> str:
    """A path relative to `docs/`, as the hub names it.

    Raises:
        ValueError: when it leads elsewhere.
    """
    return readable(Path(path).resolve().relative_to(config.docs_dir.resolve()).as_posix())


def _published(kept: Mapping[str, Any]) -> Published:
    return Published(kept["pages"], kept["left_out"], kept["said"], is_new=False)


def _is_site(path: Path) -> bool:
    return (path / "assets" / "hub.css").is_file()


def _read(config: Config, final: Path, named: Iterable[Path]) -> list[Path]:
    """What a build may read: everything in the hub's folder but sites, caches and environments; and what is named."""
    found = []
    for path in config.root.iterdir():
        is_made = path.name.startswith(".") or path.resolve() in {final, config.site_dir.resolve()}
        is_installed = path.name == "node_modules" or (path / "pyvenv.cfg").exists()
        # A link at the top, which a branch may hold, leads anywhere, and no build follows it.
        if not (is_made or is_installed or path.is_symlink() or _is_site(path)):
            found.append(path)
    for one in (config.docs_dir, *named):
        place = one.resolve()
        if not any(place.is_relative_to(path.resolve()) for path in found):
            found.append(one)
    return found
