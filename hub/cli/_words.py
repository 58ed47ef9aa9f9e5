"""click's own words in the reader's language: click asks gettext's default domain for them, which is the hub's here."""

from __future__ import annotations

import gettext
import os

from hub.i18n import LOCALE_DIR, N_

DOMAIN = "hub"
WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing command."),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Try '{command} {option}' for help."),
    N_("Error: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Invalid value: {message}"),
    N_("default: {default}"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{value} is not in the range {range}."),
    N_("{value!r} is not a valid {number_type}."),
    N_("Aborted!"),
    gettext.ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
)
"""Message ids of click, here so that the catalogue has them."""


def speak(lang: str) -> None:
    """Let click say its own words in `lang`, and the host's plugin what is wrong with texts."""
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = lang
