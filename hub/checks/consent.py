"""Consent: nothing of a person is shown that the person has not agreed to."""

from __future__ import annotations

from collections.abc import Iterator

from hub.checks import Check
from hub.config import Config
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.i18n import N_
from hub.library import Library
from hub.walk import walk

PHOTO_WITHOUT_CONSENT = Rule(
    "photo-without-consent",
    Severity.ERROR,
    N_("There is a photo, and no recorded consent to show it."),
    N_(
        "Ask the person and note when they agreed, or take the photo out. Example:\n"
        "consent:\n  date: 2026-11-01\n  scope: [profile, photo]"
    ),
)


def find(library: Library, config: Config) -> Iterator[Diagnostic]:
    """Photos beside which no consent stands, or one that says what it covers and does not name the photo."""
    for entry in library:
        for value in walk(entry):
            if value.about.view != "photo":
                continue
            consent = getattr(value.parent, "consent", None)
            if consent is None or not getattr(consent, "covers_photo", True):
                yield Diagnostic(PHOTO_WITHOUT_CONSENT, entry.text.locate(value.path))


CHECK = Check((PHOTO_WITHOUT_CONSENT,), find)
