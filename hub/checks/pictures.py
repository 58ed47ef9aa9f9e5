"""SVG files: the site publishes them as pictures, and says what it leaves out of them."""

from __future__ import annotations

from collections.abc import Iterator

from hub import svg
from hub.checks import Check
from hub.config import Config
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.i18n import N_
from hub.library import Library
from hub.location import Location

SVG_CLEANED = Rule(
    "svg-cleaned",
    Severity.WARNING,
    N_(
        "The picture holds {removed}, which the site leaves out: a picture runs nothing, links nowhere and loads "
        "nothing."
    ),
    N_(
        "Export it again as a plain SVG, without scripts, links or fonts of another site, or as PNG. Example: {example}"
    ),
)
SVG_UNREADABLE = Rule(
    "svg-unreadable",
    Severity.ERROR,
    N_("The file is no SVG picture that can be read: the site shows an empty one in its place."),
    N_("Export it again as a plain SVG, or as PNG. Example: {example}"),
)


def find(library: Library, config: Config) -> Iterator[Diagnostic]:
    """Pictures that are not published as they are."""
    for uri in sorted(library.assets):
        if not uri.lower().endswith(".svg"):
            continue
        path = config.docs_dir / uri
        try:
            cleaned = svg.clean(path.read_bytes())
        except OSError:  # it has gone meanwhile
            continue
        where, params = Location(path.relative_to(config.root).as_posix()), {"example": f"{path.stem}.png"}
        if cleaned.svg is None:
            yield Diagnostic(SVG_UNREADABLE, where, params)
        elif cleaned.removed:
            yield Diagnostic(SVG_CLEANED, where, params | {"removed": ", ".join(cleaned.removed)})


CHECK = Check((SVG_CLEANED, SVG_UNREADABLE), find=find)
