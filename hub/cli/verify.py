"""`hub verify`: whether a site is whole, by the sums that were written with it."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import click

from hub.cli._options import for_programs
from hub.cli.app import Session
from hub.errors import HubError
from hub.i18n import N_, Translate
from hub.manifest import NAME, Verdict, compare, read
from hub.reports.faults import visible

_SHOWN = 20
"""Files of one sort that are named; programs are told all."""
_SORTS = {
    "missing": N_("missing: {path}"),
    "changed": N_("changed: {path}"),
    "foreign": N_("not of the site: {path}"),
}


@click.command(
    help=N_(
        "Say whether a site is whole: which files are missing, were changed or were added since it was built.\n\n"
        "SITE is its folder, or a folder in it, such as an edition; by default that of this hub. "
        "`sha256sum -c SHA256SUMS` tells the first two as well."
    ),
    short_help=N_("Say whether a site is whole."),
    epilog=N_("Examples:\n  hub verify\n  hub verify site/editions/2026.1"),
)
@click.argument("site", required=False, type=click.Path(path_type=Path))
@for_programs
@click.pass_obj
@click.pass_context
def verify(ctx: click.Context, session: Session, site: Path | None, form: str) -> None:
    """Compare a site with its manifest."""
    say = session.translate
    folder = site or session.config.site_dir
    if not folder.is_dir():
        raise HubError(N_("There is no folder {path}. Example: hub verify site"), path=folder)
    prefix, sums = _sums(folder)
    try:
        verdict = compare(folder, sums, is_part=bool(prefix))
    except OSError as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=folder, error=error) from error
    click.echo(_as_json(verdict) if form == "json" else _as_text(verdict, folder, say))
    ctx.exit(0 if verdict.is_whole else 1)


def _sums(folder: Path) -> tuple[str, dict[str, str]]:
    """Where a folder stands in its site, and the sums of its files; of manifests one above the other, the outermost.

    Raises:
        HubError: when there is no manifest, or it cannot be read.
    """
    here = folder.resolve()
    for site in reversed(here.parents):
        with suppress(OSError, ValueError):
            prefix = f"{here.relative_to(site).as_posix()}/"
            found = read((site / NAME).read_text("utf-8"))
            inside = {address.removeprefix(prefix): one for address, one in found.items() if address.startswith(prefix)}
            if inside:
                return prefix, inside
    return "", _read(here / NAME)


def _read(manifest: Path) -> dict[str, str]:
    try:
        return read(manifest.read_text("utf-8"))
    except FileNotFoundError:
        raise HubError(
            N_("{path} has no {name}: it was built by other means, or that file is lost. Build it with hub build."),
            path=manifest.parent,
            name=NAME,
        ) from None
    except ValueError as error:  # also of bytes that are no text
        raise HubError(
            N_("{path} is damaged ({error}): build the site again, or copy it again."), path=manifest, error=error
        ) from error
    except OSError as error:
        raise HubError(N_("{path} cannot be read: {error}"), path=manifest, error=error.strerror) from error


def _as_json(verdict: Verdict) -> str:
    told = {"whole": verdict.is_whole, "files": verdict.files}
    lists = {sort: list(getattr(verdict, sort)) for sort in _SORTS}
    return json.dumps({**told, **lists}, ensure_ascii=False, indent=2)


def _as_text(verdict: Verdict, folder: Path, say: Translate) -> str:
    if verdict.is_whole:
        return say(N_("The site is whole: {n} files are as they were built.")).format(n=verdict.files)
    lines = []
    for sort, text in _SORTS.items():
        paths = getattr(verdict, sort)
        lines += [say(text).format(path=visible(path)) for path in paths[:_SHOWN]]
        if len(paths) > _SHOWN:
            more = N_("… and {n} more: `hub verify --format json` gives them all.")
            lines.append(say(more).format(n=len(paths) - _SHOWN))
    counts = N_(
        "{path} is not as it was built. Of {n} files, missing: {missing}, changed: {changed}; "
        "not of the site: {foreign}."
    )
    numbers = {sort: len(getattr(verdict, sort)) for sort in _SORTS}
    return "\n".join([*lines, "", say(counts).format(path=folder, n=verdict.files, **numbers)])


COMMAND = verify
