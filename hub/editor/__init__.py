"""The web editor: its configuration, made of the kinds. Decap CMS reads it; nothing here runs it."""

from __future__ import annotations

from hub.editor.configuration import LOCAL_API, configuration, policy
from hub.editor.links import ADDRESS, InForm, in_form

__all__ = ["ADDRESS", "LOCAL_API", "InForm", "configuration", "in_form", "policy"]
