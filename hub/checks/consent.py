"""Consent: nobody is shown who has not agreed to it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pydantic import BaseModel

from hub.checks import Check, Subject, written
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.i18n import N_
from hub.naming import joined

PHOTO_WITHOUT_CONSENT = Rule(
    "photo-without-consent",
    Severity.ERROR,
    N_("There is a photo, and no recorded consent to show it."),
    N_(
        "Ask the person and note when they agreed, or take the photo out. Example:\n"
        "consent:\n  date: 2026-11-01\n  scope: [profile, photo]"
    ),
)
PICTURE_WITHOUT_CONSENT = Rule(
    "picture-without-consent",
    Severity.WARNING,
    N_("The photograph “{found}” stands in a text that records no consent of the people in it."),
    N_(
        "Note when they agreed and to what; or, where nobody can be recognised, dismiss this and say so. Example:\n"
        "consent:\n  date: 2026-11-01\n  scope: citations et photos"
    ),
    dismissible=True,
)
_PHOTOGRAPHS = (".jpg", ".jpeg", ".webp", ".avif")
"""How files end that cameras make; drawings and screens are PNG."""


def look(subject: Subject) -> Iterator[Diagnostic]:
    """Photos beside which no consent stands, or one that says what it covers and does not name the photo."""
    entry = subject.entry
    here = posixpath.dirname(entry.src_uri)
    for image in entry.outline.images if not _covers_photo(entry) else ():
        uri = joined(here, image.target).lstrip("/")
        if uri.lower().endswith(_PHOTOGRAPHS) and uri in subject.library.assets:
            where, params = written(entry, image.line, image.column), {"found": image.target}
            yield Diagnostic(PICTURE_WITHOUT_CONSENT, where, params, words=image.target)
    for value in subject.values:
        if value.about.view == "photo" and not _covers_photo(value.parent):
            yield Diagnostic(PHOTO_WITHOUT_CONSENT, entry.text.locate(value.path))


def _covers_photo(model: BaseModel) -> bool:
    consent = getattr(model, "consent", None)
    return consent is not None and bool(getattr(consent, "covers_photo", True))


CHECK = Check((PHOTO_WITHOUT_CONSENT, PICTURE_WITHOUT_CONSENT), look)
