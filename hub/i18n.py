"""Languages: gettext catalogues for the interface and messages, two-language labels for kinds and vocabularies.

Message ids are English; the French catalogue is complete (a test holds that). Texts are marked where they are written
and translated where they are printed.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

Translate = Callable[[str], str]

LOCALE_DIR = Path(__file__).parent / "locale"
LANGUAGES = ("fr", "en")
"""The languages in which the interface exists, the default first."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "marked, not translated here"
    """Mark a message id for extraction without translating it."""
    return message


@cache
def catalogue(lang: str) -> gettext.NullTranslations:
    """The catalogue of a language (`fr`); English, and any language without a catalogue, gives the message ids."""
    return gettext.translation("hub", LOCALE_DIR, languages=[lang], fallback=True)


def translator(lang: str) -> Translate:
    """The function that turns a message id into a text of `lang`."""
    return catalogue(lang).gettext


def language_of_environment() -> str:
    """The language of messages by the locale: `en` in an English locale, otherwise French."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "en" if value.lower().startswith("en") else LANGUAGES[0]
    return LANGUAGES[0]


def language_of_messages() -> str:
    """The language in which a command was asked to speak, which it puts into `LANGUAGE`; otherwise by the locale."""
    asked = os.environ.get("LANGUAGE", "")[:2].lower()
    return asked if asked in LANGUAGES else language_of_environment()


class Label(NamedTuple):
    """A name in the two languages of the hub; other languages go through the catalogues, by the English text."""

    fr: str
    en: str

    def in_(self, lang: str) -> str:
        """The label in `lang`.

        >>> Label("Résumé", "Summary").in_("en")
        'Summary'
        """
        if lang == "fr":
            return self.fr
        return self.en if lang == "en" else translator(lang)(self.en)
