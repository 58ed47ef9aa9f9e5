"""French spacing: the space before : ; ? ! » and after « does not break, whatever the writer's keyboard can do."""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^>]*>)")
_BEFORE = re.compile(r"(?<=\S) (?=[:;?!»])")
_AFTER = re.compile(r"(?<=«) (?=\S)")
_VERBATIM = ("code", "pre")


def french_spaces(html: str) -> str:
    r"""Make French spaces unbreakable in the text of well-formed HTML, code excepted.

    >>> french_spaces('<p title="a : b">Quoi ? <code>a : b</code></p>')
    '<p title="a : b">Quoi\xa0? <code>a : b</code></p>'
    """
    parts = _TAG.split(html)
    verbatim = 0
    for index, part in enumerate(parts):
        if index % 2:
            name = part.strip("</> ").split(" ", 1)[0]
            if name in _VERBATIM:
                verbatim += -1 if part.startswith("</") else 1
        elif not verbatim and " " in part:
            parts[index] = _AFTER.sub("\u00a0", _BEFORE.sub("\u00a0", part))
    return "".join(parts)
