"""`hub check`: every fault of the content, for people or for programs."""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import click

from hub import checks, fix
from hub.cli.app import Session
from hub.config import Config
from hub.diagnostics import Diagnostic, Report, Severity
from hub.errors import HubError
from hub.i18n import N_, Translate
from hub.reports import github, gitlab, sarif
from hub.reports.faults import Fault, faults, visible, visible_lines

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_NAMES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.INFO: N_("remark")}
_COUNTS = {
    Severity.ERROR: (N_("{n} error"), N_("{n} errors")),
    Severity.WARNING: (N_("{n} warning"), N_("{n} warnings")),
    Severity.INFO: (N_("{n} remark"), N_("{n} remarks")),
}
_SHOWN_REMARKS = 3
"""Remarks of one rule that are shown one by one: they must not hide the errors."""
_CHECKED_OUT = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub and GitLab say that they have put the repository."""
_PASSES = 5
"""A mended name can bring to light a value that can be mended too; more often than this it does not."""


@click.command(
    help=N_("Say what is wrong in the hub’s texts: where, what is expected, and an example that works."),
    short_help=N_("Say what is wrong in the hub’s texts."),
    epilog=N_("Examples:\n  hub check\n  hub check docs/notes/shorter-visits.md\n  hub check --fix"),
)
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif"]),
    default="text",
    help=N_("text for people, json for programs; github, gitlab and sarif for forges, the worst first."),
)
@click.option("--strict", is_flag=True, help=N_("Let warnings count as errors."))
@click.option("--fix", "mends", is_flag=True, help=N_("Mend what has one safe answer, and touch nothing else."))
@click.pass_obj
@click.pass_context
def check(ctx: click.Context, session: Session, paths: tuple[str, ...], form: str, strict: bool, mends: bool) -> None:
    """Check the hub's content."""
    config = session.config
    wanted = [_inside(path, config) for path in paths]
    report = _report(config, wanted)
    if mends:
        report = _mend(session, config, wanted, report)
    translate = session.translate
    if form == "json":
        click.echo(json.dumps(_as_json(report, translate), ensure_ascii=False, indent=2))
    elif form == "text":
        click.echo(_as_text(report, translate, all_remarks=bool(paths)))
    else:
        _tell_forge(form, faults(report, translate, _folder(config)), translate)
    counts = report.counts()
    ctx.exit(1 if counts["error"] or (strict and counts["warning"]) else 0)


def _tell_forge(form: str, found: list[Fault], translate: Translate) -> None:
    """Write what a forge reads; GitHub's summary goes into the file that it names."""
    if form == "gitlab":
        click.echo(gitlab.code_quality(found))
    elif form == "sarif":
        click.echo(sarif.log(found, checks.rules(), version("cop-hub"), translate))
    else:
        shown = list(github.commands(found))
        for line in shown:
            click.echo(line)
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if len(shown) < len(found):
            click.echo(translate(N_("… and {n} more: `hub check` gives them all.")).format(n=len(found) - len(shown)))
        if summary:
            _append(Path(summary), github.summary(found, translate))


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise HubError(N_("{path} cannot be written: {error}"), path=path, error=error.strerror) from error


def _folder(config: Config) -> str:
    """The hub's folder in the repository that the forge has checked out; empty where it is the same."""
    for name in _CHECKED_OUT:
        top = os.environ.get(name)
        if top and config.root.is_relative_to(Path(top).resolve()):
            return config.root.relative_to(Path(top).resolve()).as_posix().removeprefix(".")
    return ""


def _report(config: Config, wanted: list[str]) -> Report:
    """The faults of the whole hub, or of the files that were asked for."""
    report = checks.check(config.root, config).report
    return Report.of(one for one in report if _is_wanted(one, wanted)) if wanted else report


def _is_wanted(one: Diagnostic, wanted: list[str]) -> bool:
    path = unicodedata.normalize("NFC", one.location.path)
    return any(there in {path, "."} or path.startswith(f"{there}/") for there in wanted)


def _inside(path: str, config: Config) -> str:
    """The path of a file or folder relative to the hub; it may be given from the current folder or from the hub's.

    Raises:
        HubError: when there is no such file, or it is not content.
    """
    found = next((there for there in (Path.cwd() / path, config.root / path) if there.exists()), None)
    if found is None:
        raise HubError(N_("There is no file or folder “{path}”."), path=path)
    there = found.resolve()
    if not (there.is_relative_to(config.docs_dir) or config.docs_dir.is_relative_to(there)):
        docs = config.docs_dir.name
        raise HubError(N_("“{path}” is not among the hub’s texts, which are in {docs}/."), path=path, docs=docs)
    if config.root.is_relative_to(there):
        return "."
    return unicodedata.normalize("NFC", there.relative_to(config.root).as_posix())


def _mend(session: Session, config: Config, wanted: list[str], report: Report) -> Report:
    """Mend until nothing is left that can be, and say what was done (beside the report, which programs read)."""
    mended: Counter[str] = Counter()
    for _ in range(_PASSES):
        done = dict(fix.mend(config.root, report))
        if not done:
            break
        mended.update(done)
        report = _report(config, wanted)
    for path, n in sorted(mended.items()):
        text = N_("{path}: {n} place mended") if n == 1 else N_("{path}: {n} places mended")
        click.echo(session.translate(text).format(path=visible(path), n=n), err=True)
    return report


def _as_json(report: Report, translate: Translate) -> dict[str, object]:
    problems = [
        {
            "file": one.location.path,
            "line": one.location.line,
            "column": one.location.column,
            "rule": one.rule.code,
            "severity": str(one.severity),
            "message": one.message(translate),
            "hint": one.hint(translate),
        }
        for one in report
    ]
    return {"problems": problems, "counts": report.counts()}


def _as_text(report: Report, translate: Translate, *, all_remarks: bool) -> str:
    """One paragraph for each fault, then how many there are; colours only where a terminal shows them."""
    lines: list[str] = []
    shown: Counter[str] = Counter()
    for one in report:
        if one.severity is Severity.INFO:
            shown[one.rule.code] += 1
            if shown[one.rule.code] > _SHOWN_REMARKS and not all_remarks:
                continue
        name = click.style(translate(_NAMES[one.severity]), fg=_COLOURS[one.severity], bold=True)
        lines.append(f"{visible(str(one.location))}  {name} [{one.rule.code}]  {visible(one.message(translate))}")
        lines += [f"    {line}" for line in visible_lines(one.hint(translate)).split("\n")]
    lines += [] if all_remarks else _left_out(shown, translate)
    counts = report.counts()
    if not len(report):
        return translate(N_("Nothing to mend: all texts are in order. Thank you!"))
    said = [
        translate(_COUNTS[severity][counts[severity] != 1]).format(n=counts[severity])
        for severity in Severity
        if counts[severity]
    ]
    if not counts["error"] and not counts["warning"]:
        said.append(translate(N_("nothing that must be mended")))
    return "\n".join([*lines, "", ", ".join(said)])


def _left_out(shown: Counter[str], translate: Translate) -> Iterable[str]:
    for code, n in sorted(shown.items()):
        if n > _SHOWN_REMARKS:
            text = translate(N_("… and {n} more of [{code}]: `hub check --format json` gives them all."))
            yield text.format(n=n - _SHOWN_REMARKS, code=code)


COMMAND = check
