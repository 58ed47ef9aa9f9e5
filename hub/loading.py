"""Reads a hub: the one place that walks `docs/`. From files to a linked library, every fault collected on the way."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import hub.kinds
from hub import links
from hub.addresses import address_of, is_reserved, reserved
from hub.attachments.examine import examine
from hub.attachments.names import of_paths
from hub.attachments.rules import FOREIGN_REPOSITORY, LINKED_FILE
from hub.config import Config, read_config
from hub.diagnostics import Diagnostic, Message, Report, Rule, Severity
from hub.disk import readable
from hub.errors import HubError
from hub.fields import BindingContext
from hub.files import LANGUAGE_MISMATCH, UNPUBLISHED, File, FileReader, bound, raw_bytes
from hub.followed import Followed
from hub.git import git
from hub.history import History
from hub.i18n import N_
from hub.library import Library
from hub.location import Location
from hub.model import Entry, Key, Kind
from hub.nearest import proposal
from hub.part_links import referring
from hub.registry import discover, discover_files
from hub.vocab import Vocabulary, builtin, read_vocabulary
from hub.withheld import BAD_WITHHOLDING, NOTHING, Withheld
from hub.withheld import FILE as WITHHELD_LISTS
from hub.withheld import read as read_withheld

VOCABULARIES = ("vocabulaires", "vocabularies")
_KIND_NAME = re.compile(r"[a-z][a-z0-9_-]*")
DUPLICATE_ID = Rule(
    "duplicate-id",
    Severity.ERROR,
    N_("The id “{id}” is already that of {first}."),
    N_("Rename one of the files, or give one an id of its own. Example: id: {id}-2"),
)
DIRECTORY_NAMED_MD = Rule(
    "directory-named-md",
    Severity.WARNING,
    N_("“{found}” is a folder, though its name ends in “.md”."),
    N_("Rename the folder without “.md”, or put its text into a file of that name. Example: {example}/index.md"),
)
TRANSLATION_WITHOUT_ORIGINAL = Rule(
    "translation-without-original",
    Severity.ERROR,
    N_("The text says that it translates “{found}”, which does not exist."),
    N_("{proposal} Leave the field out if the text is an original. Example: translation_of: appui-dds"),
)
ADDRESS_TAKEN = Rule(
    "address-taken",
    Severity.ERROR,
    N_("The address “{address}” belongs to {owner}."),
    N_("Rename the file, or give the text an id of its own. Example: id: {example}"),
)
RULES = (
    DUPLICATE_ID,
    DIRECTORY_NAMED_MD,
    LANGUAGE_MISMATCH,
    TRANSLATION_WITHOUT_ORIGINAL,
    UNPUBLISHED,
    ADDRESS_TAKEN,
    BAD_WITHHOLDING,
)
_MADE_PAGES = Message(N_("the pages that the hub makes itself"))
_NO_ORIGINAL = Message(N_("No text in another language has an id like it."))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A hub as it was read.

    Attributes:
        config: its configuration.
        library: its content, linked.
        report: what is wrong with it.
        withheld: what must not be public.
        cleaned: copies of files that are published in their place, by paths relative to `docs/`.
    """

    config: Config
    library: Library
    report: Report
    withheld: Withheld = NOTHING
    cleaned: Mapping[str, Path] = field(default_factory=dict)


def load(
    root: Path,
    config: Config | None = None,
    *,
    drafts: bool = False,
    history: History | None = None,
    withheld: Withheld | None = None,
    followed: Followed | None = None,
    only: Collection[str] | None = None,
) -> Loaded:
    """Read a hub.

    Args:
        root: the folder that holds `mkdocs.yml`.
        config: the configuration, where the caller has it already.
        drafts: show texts that are submitted or in review as they stand, for previews; those that the site leaves out
            are told all the same.
        history: of the texts, where it is not that of the commit that is checked out.
        withheld: what must not be public, where it is not for the texts' own list to say.
        followed: what was read of the hub before, to go on from.
        only: the texts to read, by paths relative to `docs/`, where a part of the hub is enough; what leads nowhere is
            not told then, for it may lead to what is not read.

    Returns:
        The library, with everything in it that could be read, and every fault met on the way. Content never raises.

    Raises:
        HubError: when there is no hub, or its configuration or one of its own kinds cannot be read or used.
    """
    config = config or read_config(root)
    kinds = followed.kinds(config.kinds_dir, lambda: find_kinds(config)) if followed else find_kinds(config)
    faults: list[Diagnostic] = []
    odd: list[Diagnostic] = []
    files = list(_walk(config, faults, odd, only))
    vocabularies, found = _vocabularies(config, files)
    faults += found
    context = BindingContext(vocabularies, frozenset(kinds))
    if withheld is None:
        withheld, found = read_withheld(config.docs_dir, config.default_language, config.root)
        faults += found
    reader = FileReader(config, kinds, context, withheld, drafts=drafts)
    reader.known = history
    entries: dict[Key, Entry] = {}
    texts = [file for file in files if file.uri.endswith(".md")]
    assets = {file.uri: file.path for file in files if not file.uri.endswith(".md") and file.uri not in WITHHELD_LISTS}
    examined = examine(config, assets.items())
    odd += examined.faults
    odd_paths = {fault.location.path for fault in odd}
    docs = PurePosixPath(config.docs_dir.relative_to(config.root).as_posix())
    refused = (uri for uri in assets if any(str(path) in odd_paths for path in (docs / uri, *(docs / uri).parents)))
    held = followed.bound(texts, reader) if followed else bound(texts, reader, is_part=only is not None)
    for file, (written, problems) in zip(texts, held, strict=True):
        entry, found = reader.shown(file, written)
        faults += [*problems, *found]
        if entry is None:
            continue
        first = entries.setdefault(entry.key, entry)
        if first is not entry:
            where = entry.text.locate(("id",))
            faults.append(Diagnostic(DUPLICATE_ID, where, {"id": entry.id, "first": first.text.path}))
    library = Library(
        kinds=kinds,
        entries=tuple(entries[key] for key in sorted(entries)),
        vocabularies=vocabularies,
        languages=config.languages,
        assets=frozenset(assets),
        refused=frozenset(refused),
        file_faults=tuple(odd),
        hidden=frozenset(reader.hidden),
        hidden_names=frozenset(reader.hidden_names),
        withheld_files=frozenset(reader.withheld_files),
        salt=config.salt,
    )
    if only is not None:
        return Loaded(config, referring(library), Report.of(faults), withheld, examined.cleaned)
    faults += _translations(library)
    faults += _addresses(library)
    unread = frozenset(file.uri for file in files if file.uri.endswith(".md") and not library.at(file.uri))
    library, found = followed.links.link(library, unread) if followed else links.link(library, unread)
    # What an older, published revision refers to can no longer be mended, and its lines are not those of the file.
    old = {entry.text.path for entry in library if entry.notice}
    found = [fault for fault in found if fault.location.path not in old]
    return Loaded(config, library, Report.of([*faults, *found]), withheld, examined.cleaned)


def find_kinds(config: Config) -> dict[str, Kind]:
    """The library's kinds and the hub's own, by name, in the order of their rank.

    Raises:
        HubError: when a hub's own kind cannot be read, or its name or folder is no name or is taken.
    """
    found: list[Kind] = list(discover(hub.kinds, "KIND"))
    if config.kinds_dir:
        found += discover_files(config.kinds_dir, "KIND")
    _refuse_unclear(found, config.default_language)
    return {kind.name: kind for kind in sorted(found, key=lambda kind: (kind.rank, kind.name))}


def _refuse_unclear(kinds: list[Kind], lang: str) -> None:
    names: set[str] = set()
    folders: dict[str, str] = {}
    for kind in kinds:
        if not _KIND_NAME.fullmatch(kind.name):
            raise HubError(
                N_("“{name}” cannot be the name of a kind: small letters, digits, - and _ are. Example: site-visit"),
                name=kind.name,
            )
        if kind.name in names:
            raise HubError(N_("There are two kinds of the name “{name}”: rename one of them."), name=kind.name)
        folder = kind.folder_in(lang)
        if folder and folder in folders:
            raise HubError(
                N_("The folder “{folder}” of the kind “{name}” is already that of the kind “{other}”."),
                folder=folder,
                name=kind.name,
                other=folders[folder],
            )
        names.add(kind.name)
        folders[folder] = kind.name


def _walk(
    config: Config, faults: list[Diagnostic], odd: list[Diagnostic], only: Collection[str] | None = None
) -> Iterator[File]:
    """The files of `docs/`; `faults` takes what is wrong with folders of texts, `odd` with names, links and folders.

    Where only some texts are wanted, no others come, and of their names nothing is told.
    """
    docs = config.docs_dir
    start = len(str(config.root)) + 1
    paths: list[tuple[str, bool]] = []
    for folder, folders, names in os.walk(docs):
        here = Path(folder)
        shown = sorted(name for name in folders if not name.startswith("."))
        folders.clear()
        for name in shown:
            path = str(here / name)[start:].replace(os.sep, "/")
            paths.append((path, True))
            where = Location(readable(path))
            if rule := _led_away(here / name, config):
                odd.append(Diagnostic(rule, where, {"found": readable(name)}))
                continue
            folders.append(name)
            if name.endswith(".md"):
                faults.append(
                    Diagnostic(DIRECTORY_NAMED_MD, where, {"found": name, "example": name.removesuffix(".md")})
                )
        prefix = "" if here == docs else f"{here.relative_to(docs).as_posix()}/"
        below = str(here)[start:].replace(os.sep, "/")
        with os.scandir(folder) as found:
            plain = {one.name for one in found if one.is_file(follow_symlinks=False)}
        for name in sorted(names):
            if name.startswith("."):
                continue
            # A name in another encoding comes with signs that no text may hold.
            uri, path = readable(f"{prefix}{name}"), f"{below}/{name}"
            if only is not None and uri.endswith(".md") and uri not in only:
                continue
            paths.append((path, False))
            if name not in plain:
                odd.append(Diagnostic(LINKED_FILE, Location(readable(path)), {"found": readable(name)}))
                continue
            yield File(here / name, uri)
    odd += of_paths(paths)


def _led_away(folder: Path, config: Config) -> Rule | None:
    """Why nothing of a folder is read, if nothing is: what stands there is not the hub's own."""
    if folder.is_symlink():
        return LINKED_FILE
    with os.scandir(folder) as found:
        names = {one.name for one in found}
    if ".git" in names:
        return FOREIGN_REPOSITORY
    if names:
        return None
    told = git(config.root, "ls-files", "-s", "--", str(folder)) or b""
    return FOREIGN_REPOSITORY if told.startswith(b"160000 ") else None


def _vocabularies(config: Config, files: list[File]) -> tuple[dict[str, Vocabulary], list[Diagnostic]]:
    """The library's vocabularies; a file of the hub's own folder adds one, or terms and labels to one."""
    found = dict(builtin())
    faults: list[Diagnostic] = []
    for file in [f for f in files if f.uri.split("/")[0] in VOCABULARIES and f.uri.endswith((".yml", ".yaml"))]:
        path = file.path.relative_to(config.root).as_posix()
        vocabulary, problems = read_vocabulary(raw_bytes(file.path), path)
        known = found.get(vocabulary.name)
        found[vocabulary.name] = known.extended(vocabulary) if known else vocabulary
        faults += problems
        files.remove(file)
    return found, faults


def _addresses(library: Library) -> Iterator[Diagnostic]:
    """Entries that want the address of another, or one that is kept for lists and languages."""
    kept = reserved(library)
    first: dict[str, Entry] = {}
    # What stands in a kind's folder has the better claim to an address there than a page that was given such an id.
    for entry in sorted(library, key=lambda entry: not any(entry.kind.folder)):
        address = address_of(entry, library)
        other = first.setdefault(address, entry)
        if other is not entry or is_reserved(entry, library, kept):
            example = entry.id.replace("/", "-") if "/" in entry.id else f"{entry.id}-2"
            owner = other.text.path if other is not entry else _MADE_PAGES
            params = {"address": address, "owner": owner, "example": example}
            yield Diagnostic(ADDRESS_TAKEN, entry.text.locate(("id",)), params)


def _translations(library: Library) -> Iterator[Diagnostic]:
    for entry in library:
        if entry.translation_of and len(library.translations(entry)) == 1:
            ids = [other.id for other in library.of_kind(entry.kind.name) if other.lang != entry.lang]
            params = {"found": entry.translation_of, "proposal": proposal(entry.translation_of, ids, _NO_ORIGINAL)}
            yield Diagnostic(TRANSLATION_WITHOUT_ORIGINAL, entry.text.locate(("translation_of",)), params)
