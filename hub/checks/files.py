"""Images and files: that everybody gets what an image shows, and that the files which fields name are there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from hub.checks import Check, Subject, written
from hub.diagnostics import Diagnostic, Message, Rule, Severity
from hub.i18n import N_
from hub.naming import joined
from hub.nearest import proposal

IMAGE_WITHOUT_ALT = Rule(
    "image-without-alt",
    Severity.ERROR,
    N_("The image “{found}” has no alternative text: who cannot see it learns nothing of it."),
    N_("Say between the brackets what it shows. Example: ![The team in front of the health centre]({found})"),
)
MISSING_FILE = Rule(
    "missing-file",
    Severity.ERROR,
    N_("The file “{found}” is not in the hub."),
    N_("{proposal} A file is named from the folder that the text stands in. Example: {example}"),
)
_NO_FILE = Message(N_("Put it beside the text."))
_FILE_VIEWS = {"photo": "photo.jpg", "download": "rapport.pdf"}
"""How fields that name a file are shown, with an example of each."""


def look(subject: Subject) -> Iterator[Diagnostic]:
    """Images without a text for those who cannot see them, and fields that name a file which is not there."""
    entry = subject.entry
    for image in entry.outline.images:
        if not image.text:
            where = written(entry, image.line, image.column)
            yield Diagnostic(IMAGE_WITHOUT_ALT, where, {"found": image.target})
    here = posixpath.dirname(entry.src_uri)
    for value in subject.values:
        if value.about.view not in _FILE_VIEWS or not isinstance(value.value, str):
            continue
        if joined(here, value.value) not in subject.library.assets:
            known = (posixpath.relpath(asset, here or ".") for asset in subject.library.assets)
            params = {
                "found": value.value,
                "proposal": proposal(value.value, known, _NO_FILE),
                "example": f"{value.path[-1]}: {_FILE_VIEWS[value.about.view]}",
            }
            yield Diagnostic(MISSING_FILE, entry.text.locate(value.path), params)


CHECK = Check((IMAGE_WITHOUT_ALT, MISSING_FILE), look)
