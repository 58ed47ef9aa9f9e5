"""What is wrong with a text, on its page: for whoever writes it, while `hub serve` shows it. No built site has that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from hub.diagnostics import Diagnostic
from hub.i18n import N_, translator
from hub.site.page import Page
from hub.site.render import environment

TITLE = N_("This page cannot be shown yet")
UNREADABLE = N_("The text cannot be shown. Mend what is said here and save: the page comes by itself.")
BROKEN = N_("The software has stopped at this text: {error}")
HUB = N_("The hub cannot be read: {error} The page comes by itself when that is mended.")


def page(address: str, lang: str, said: str, faults: Sequence[Diagnostic] = ()) -> Page:
    """What stands in the place of a page that cannot be made.

    Args:
        address: of the page.
        lang: its language.
        said: why, in a sentence.
        faults: of its text.
    """
    title = translator(lang)(TITLE)
    data = {"title": title, "said": said, "faults": _shown(faults, lang)}
    return Page(address, address, lang, title, "faults.html", data, noindex=True)


def banner(faults: Sequence[Diagnostic], lang: str) -> str:
    """What stands above a text with faults."""
    macros: Any = environment(lang).get_template("faults.html").module
    return str(Markup(macros.notice(_shown(faults, lang))))  # noqa: S704 - rendered with autoescape


def _shown(faults: Sequence[Diagnostic], lang: str) -> list[dict[str, str]]:
    say = translator(lang)
    return [
        {"where": str(one.location), "severity": one.severity, "said": one.message(say), "hint": one.hint(say)}
        for one in faults
    ]
