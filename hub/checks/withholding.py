"""What is withheld: a text whose present words are, so that readers see nothing of it."""

from __future__ import annotations

from collections.abc import Iterator

from hub import withheld
from hub.checks import Check
from hub.config import Config
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.i18n import N_
from hub.library import Library
from hub.location import Location

TEXT_WITHHELD = Rule(
    "text-withheld",
    Severity.WARNING,
    N_("This text as it stands is withheld: readers see nothing of it but the reason, “{reason}”."),
    N_(
        "Take out here what must not be public; the text is then shown again, without its earlier versions that are "
        "withheld. Example: “a woman of the village” in place of a patient’s name"
    ),
)


def find(library: Library, config: Config) -> Iterator[Diagnostic]:
    """Texts whose file is still the content that the list of what is withheld names."""
    listed, _ = withheld.read(config.docs_dir, config.default_language, config.root)
    if not listed.items:
        return
    for entry in library:
        item = listed.content(entry.text.hash)
        if item:
            yield Diagnostic(TEXT_WITHHELD, Location(entry.text.path), {"reason": item.reason})


CHECK = Check((TEXT_WITHHELD,), find=find)
