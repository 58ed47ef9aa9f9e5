"""Faults of the operator or the machine, as opposed to faults of content: raised, and caught once in `hub.cli.app`."""

from __future__ import annotations

from typing import Any

from hub.i18n import Translate


class HubError(Exception):
    """Something outside the content stops the command: a wrong option, no `mkdocs.yml`, a folder that cannot be read.

    Args:
        message: gettext message id with `{parameters}`; it says what was found and what to do.
        **params: the parameters.
    """

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message.format_map(params))
        self.template = message
        self.params = params

    def message(self, translate: Translate) -> str:
        """The sentence to print, in the language of `translate`."""
        return translate(self.template).format_map(self.params)
