"""The pages of a few texts whose sentences have changed, made from a small hub as a build makes them from the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from hub import checks
from hub.config import Config
from hub.dates import today
from hub.diagnostics import Severity
from hub.history import History
from hub.loading import Loaded
from hub.model import Entry, Key
from hub.site.observed import Question
from hub.site.page import Page
from hub.site.plan import Plan
from hub.site.render import render
from hub_mkdocs import bridge
from hub_mkdocs.asked import name_of, names_in
from hub_mkdocs.editor import installing
from hub_mkdocs.files import is_same, write_files
from hub_mkdocs.host import Host
from hub_mkdocs.record import Made, Record, Written, outside
from hub_mkdocs.small import Doubt, Kept, Small, make_sure

_READ_BY = ("root", "docs_dir", "languages", "kinds_dir", "host_files", "max_file_size", "drafts", "salt")
"""The options by which a hub is read, which only the host knows for sure."""


def remade(small: Small, host: Host, said: Iterable[str], folder: Path, old: Path) -> Record:
    """Write those files of the texts' pages that are not what they were.

    Args:
        small: the small hub.
        host: lays pages out, and writes into `folder`.
        said: what the last build has said of faults.
        folder: takes what is written.
        old: the site that stands.

    Returns:
        What is to be kept of the pages.

    Raises:
        Doubt: when more may have changed than these pages.
    """
    make_sure(host.is_alone and _has_editor(host.config))
    make_sure(all(getattr(host.config, name) == getattr(small.loaded.config, name) for name in _READ_BY))
    loaded = replace(small.loaded, config=host.config)
    make_sure(not _has_faults(loaded, small.texts, said))
    plan = _planned(loaded, small.kept)
    return _written(plan, small.kept, host, folder, old)


def _has_editor(config: Config) -> bool:
    """Whether the site has the editor that its configuration names."""
    return not config.editor or installing.form(config.root) is not None


def _has_faults(loaded: Loaded, texts: Sequence[Entry], said: Iterable[str]) -> bool:
    """Whether there is, or was, anything to be said of the texts; the checks of a build look at one text at a time."""
    paths = {entry.text.path for entry in texts}
    alone = replace(loaded, library=replace(loaded.library, entries=tuple(texts)))
    found = (one for one in checks.run(alone, remarks=False) if one.severity != Severity.INFO)
    return any(one.location.path in paths for one in found) or any(path in line for path in paths for line in said)


def _planned(loaded: Loaded, kept: Kept) -> Plan:
    """The plan of the small hub, which gives the answers that the whole one gave."""
    history = bridge.history(History.read(loaded.config.root, is_in_part=True))
    plan = Plan(loaded, today(), history, standing=kept.standing)
    asked = (question for question in kept.answers if not _is_text(question, kept.keys))
    make_sure(all(plan.answers.to(question) == kept.answers[question] for question in asked))
    return plan


def _is_text(question: Question, keys: Collection[Key]) -> bool:
    """Whether a question is for one of the texts that were written."""
    what, *of = question
    return what == "text" and tuple(of) in keys


def _written(plan: Plan, kept: Kept, host: Host, folder: Path, old: Path) -> Record:
    record, parts, told = kept.record, dict[str, list[Made]](), dict[Question, str]()
    bare = {one.name: one for one in plan.archive((), tuple)}
    known = {one.name: one for one in plan.parts()} | bare
    addresses = {address for made in record.parts.values() for one in made for address in _in_languages(one, host)}
    site = plan.layout({address: outside(address, "", "", noindex=False) for address in addresses})
    host.prepare()

    def put(page: Page) -> Sequence[str]:
        return host.write(page, render(page, directory_urls=host.config.directory_urls), site)

    for name, made in record.parts.items():
        make_sure(name in known)
        try:
            with plan.asking() as questions:
                pages = tuple(known[name].make())
        except Exception as error:
            raise Doubt from error
        make_sure({*map(name_of, questions)} <= {*names_in(record.asked[name])} and len(pages) == len(made))
        told |= {question: plan.answers.to(question) for question in questions}
        parts[name] = []
        for page, one in zip(pages, made, strict=True):
            make_sure(outside(page.address, page.base, page.lang, noindex=page.noindex) == one.page)
            files = put(page) if name not in bare else write_files(page, bridge.bare(page, host.config), folder)
            before = {file.address: file for file in one.files}
            make_sure(before.keys() == set(files))
            parts[name].append(Made(one.page, one.languages, [_one(before[file], folder, old) for file in files]))
    make_sure(not plan.broken)
    new = tuple((question, answer) for question, answer in told.items() if answer != kept.answers[question])
    return replace(record, parts=parts, told=new)


def _in_languages(made: Made, host: Host) -> Iterable[str]:
    """The addresses of a page in the languages that it exists in."""
    first = host.config.default_language
    return (made.page.base if lang == first else f"{lang}/{made.page.base}" for lang in made.languages)


def _one(before: Written, folder: Path, old: Path) -> Written:
    """A file as it is from now on; it does not wait in the folder if it is as it was."""
    path = folder / before.address
    if is_same(f"{old}/{before.address}", str(path)):
        path.unlink()
        return before
    return Written.of(folder, before.address)
