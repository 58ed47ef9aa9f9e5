"""Options that several commands have alike."""

from __future__ import annotations

import click

from hub.i18n import N_

for_programs = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help=N_("text for people, json for programs."),
)
