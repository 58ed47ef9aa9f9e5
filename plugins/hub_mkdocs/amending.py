"""A site in which a few texts have other sentences, and nothing else has changed: the rest of the hub is not read.

The last build has kept what was looked up for the pages of each text, and the answers (`hub_mkdocs.record`). From the
texts that were written since, and those that these answers speak of, a small hub is made. Only if it gives all of them
as they were, and nothing else is asked of it, are the pages that it makes those of the whole hub. Wherever there is
doubt, nothing is published, and the whole hub is read.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from hub import checks, manifest
from hub.dates import today
from hub.diagnostics import Severity
from hub.errors import HubError
from hub.history import History
from hub.loading import Loaded, load
from hub.manifest import Summed
from hub.model import Entry, Key
from hub.search.cache import Cache
from hub.site import Page, Plan, render
from hub.site.observed import Question
from hub.site.standing import Standing
from hub.workers import aside
from hub_mkdocs import bridge, search
from hub_mkdocs.asked import name_of, names_in
from hub_mkdocs.editor import installing
from hub_mkdocs.files import is_same, write_files
from hub_mkdocs.host import Host
from hub_mkdocs.marks import MARKS, marks_of
from hub_mkdocs.publishing import Published, Publisher, Touched
from hub_mkdocs.record import Head, Made, Record, Written, outside


class _Doubt(Exception):
    """More may have changed than a few texts can tell."""


class _Kept(NamedTuple):
    """What the last build has kept of the texts that were written.

    Attributes:
        record: of the parts that show them.
        answers: what was looked up for these.
        standing: what holds of the whole hub.
        keys: of the texts.
    """

    record: Record
    answers: Mapping[Question, str]
    standing: Standing
    keys: frozenset[Key]


class _Part(NamedTuple):
    """A small hub that holds the texts that were written."""

    loaded: Loaded
    texts: Sequence[Entry]


def amended(publisher: Publisher, folder: Path) -> Published | None:
    """Publish the site again, with other pages of the texts that were written since.

    Args:
        publisher: knows where, and how; nobody else builds the site meanwhile.
        folder: takes files while they wait; empty, and on the site's disk.

    Returns:
        What was published; None where the whole hub must be read.

    Raises:
        OSError: when the site cannot be written.
        sqlite3.Error: when what is kept of it cannot.
    """
    trees, since = publisher.trees, time.time_ns()
    touched = publisher.touched()
    if touched is None:
        return None
    with suppress(_Doubt, HubError):
        kept = _kept(publisher.record("built"), touched.texts)
        host = Host(publisher.config.root, folder, publisher.wishes)
        _make_sure(host.is_alone and _has_editor(host))
        small = _read(host, kept, touched)
        cache = Cache(publisher.config.root, drafts=host.drafts)
        searched = aside(partial(_search, small, cache, trees.final, folder, since))
        try:
            plan = _planned(small, host, kept, touched)
            record = _written(plan, kept, host, folder, trees.final)
        finally:
            gone = searched()  # whatever comes now, nobody else works on the index and in the folder
        _make_sure(publisher.standing() == touched.site)
        site = _publish(publisher, folder, gone, touched.site)
        record.amend(publisher.record("built"))
        published = replace(touched.published, is_new=True)
        publisher.keep(publisher.inputs, published, site)
        return published
    return None


def _make_sure(is_so: object) -> None:
    if not is_so:
        raise _Doubt


def _kept(path: Path, uris: Collection[str]) -> _Kept:
    """What is kept of the texts of some files."""
    head = Head.read(path)
    if head is None:
        raise _Doubt
    standing = Standing.from_data(head.standing)
    keys = standing.keys_of(uris)
    parts = {part for key in keys for part in head.by_text.get(name_of(("text", *key)), ())}
    record = Record.of_parts(path, head, parts)
    if record is None or len(keys) < len(uris):
        raise _Doubt
    names = set(chain.from_iterable(map(names_in, record.asked.values())))
    answers = record.answered(names)
    _make_sure(answers.keys() == names)
    return _Kept(record, dict(answers.values()), standing, keys)


def _has_editor(host: Host) -> bool:
    """Whether the site has the editor that its configuration names."""
    return not host.config.editor or installing.form(host.config.root) is not None


def _read(host: Host, kept: _Kept, touched: Touched) -> _Part:
    """The small hub: the texts that were written, and those that the answers speak of."""
    config, uris = host.config, touched.texts
    needed = kept.standing.files_for(kept.answers)
    if needed is None:
        raise _Doubt
    loaded = load(config.root, config, drafts=host.drafts, only={*needed, *uris})
    loaded = replace(loaded, library=kept.standing.in_part(loaded.library))
    texts = [entry for entry in loaded.library if entry.src_uri in uris]
    _make_sure({entry.key for entry in texts} == kept.keys)
    return _Part(loaded, texts)


def _planned(part: _Part, host: Host, kept: _Kept, touched: Touched) -> Plan:
    """The plan of the small hub, which gives the answers that the whole one gave."""
    loaded, known = part.loaded, kept.answers
    _make_sure(not _has_faults(loaded, part.texts, touched.published.said))
    plan = Plan(loaded, today(), bridge.history(History.read(host.config.root)), standing=kept.standing)
    asked = (question for question in known if not _is_text(question, kept.keys))
    _make_sure(all(plan.answers.to(question) == known[question] for question in asked))
    return plan


def _is_text(question: Question, keys: Collection[Key]) -> bool:
    """Whether a question is for one of the texts that were written."""
    what, *of = question
    return what == "text" and tuple(of) in keys


def _has_faults(loaded: Loaded, texts: Sequence[Entry], said: Iterable[str]) -> bool:
    """Whether there is, or was, anything to be said of the texts; the checks of a build look at one text at a time."""
    paths = {entry.text.path for entry in texts}
    alone = replace(loaded, library=replace(loaded.library, entries=tuple(texts)))
    found = (one for one in checks.run(alone, remarks=False) if one.severity != Severity.INFO)
    return any(one.location.path in paths for one in found) or any(path in line for path in paths for line in said)


def _written(plan: Plan, kept: _Kept, host: Host, folder: Path, old: Path) -> Record:
    """Write those files of the texts' pages that are not what they were; what is to be kept of the pages."""
    record, parts, told = kept.record, dict[str, list[Made]](), dict[Question, str]()
    bare = {one.name: one for one in plan.archive((), tuple)}
    known = {one.name: one for one in plan.parts()} | bare
    addresses = {address for made in record.parts.values() for one in made for address in _in_languages(one, host)}
    site = plan.layout({address: outside(address, "", "", noindex=False) for address in addresses})
    host.prepare()

    def put(page: Page) -> Sequence[str]:
        return host.write(page, render(page, directory_urls=host.config.directory_urls), site)

    for name, made in record.parts.items():
        _make_sure(name in known)
        try:
            with plan.asking() as questions:
                pages = tuple(known[name].make())
        except Exception as error:
            raise _Doubt from error
        _make_sure({*map(name_of, questions)} <= {*names_in(record.asked[name])} and len(pages) == len(made))
        told |= {question: plan.answers.to(question) for question in questions}
        parts[name] = []
        for page, one in zip(pages, made, strict=True):
            _make_sure(outside(page.address, page.base, page.lang, noindex=page.noindex) == one.page)
            files = put(page) if name not in bare else write_files(page, bridge.bare(page, host.config), folder)
            before = {file.address: file for file in one.files}
            _make_sure(before.keys() == set(files))
            parts[name].append(Made(one.page, one.languages, [_one(before[file], folder, old) for file in files]))
    _make_sure(not plan.broken)
    new = tuple((question, answer) for question, answer in told.items() if answer != kept.answers[question])
    return replace(record, parts=parts, told=new)


def _in_languages(made: Made, host: Host) -> Iterable[str]:
    """The addresses of a page in the languages that it exists in."""
    first = host.config.default_language
    return (made.page.base if lang == first else f"{lang}/{made.page.base}" for lang in made.languages)


def _one(before: Written, folder: Path, old: Path) -> Written:
    """A file as it is from now on; it does not wait in the folder if it is as it was."""
    path = folder / before.address
    if is_same(old / before.address, path):
        path.unlink()
        return before
    return Written.of(folder, before.address)


def _search(part: _Part, cache: Cache, old: Path, folder: Path, since: int) -> list[str]:
    """Work the texts into the index, and write what changes of its scripts; the addresses of those that go."""
    _make_sure(cache.amend(part.loaded, [entry.key for entry in part.texts], today(), since=since))
    gone = []
    (folder / search.FOLDER).mkdir()
    for name, body in search.changed(cache, old / search.FOLDER):
        address = f"{search.FOLDER}/{name}"
        if body is None:
            gone.append(address)
        elif not (old / address).exists() or (old / address).read_bytes() != body:
            (folder / address).write_bytes(body)
    return gone


def _publish(publisher: Publisher, folder: Path, gone: Collection[str], before: int) -> int:
    """Publish what waits in a folder, with the sums of all files; the mark of the site's files from now on."""
    trees = publisher.trees
    new = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    if not new and not gone:
        return before
    sums = {address: Summed.of(folder, address) for address in new}
    told = manifest.amend(trees.final, publisher.record("sums"), sums, gone)
    if told is None:
        raise _Doubt
    (folder / manifest.NAME).write_text(told, "utf-8", newline="\n")
    new.append(manifest.NAME)
    changed = (*new, *gone)
    old = marks_of(trees.final, changed)
    trees.amend(folder, gone)
    return (before - old + marks_of(trees.final, changed)) % MARKS
