"""French spacing: the space before : ; ? ! » and after « does not break, whatever the writer's keyboard can do."""

from __future__ import annotations

import re

_SPACE = re.compile(r" (?:(?<=\S )(?=[:;?!»])|(?<=« )(?=\S))")
_VERBATIM = re.compile(r"<(code|pre)\b[^>]*>.*?</\1>", re.DOTALL)


def french_spaces(html: str) -> str:
    r"""Make French spaces unbreakable in the text of well-formed HTML, code excepted.

    >>> french_spaces('<p title="a : b">Quoi ? <code>a : b</code></p>')
    '<p title="a : b">Quoi\xa0? <code>a : b</code></p>'
    """
    verbatim = [match.span() for match in _VERBATIM.finditer(html)]
    made, at, n = [], 0, 0
    for match in _SPACE.finditer(html):
        space = match.start()
        while n < len(verbatim) and verbatim[n][1] <= space:
            n += 1
        is_code = n < len(verbatim) and verbatim[n][0] <= space
        # Inside a tag, the last one that began has not ended.
        if not is_code and html.rfind("<", 0, space) <= html.rfind(">", 0, space):
            made += [html[at:space], "\u00a0"]
            at = space + 1
    return "".join([*made, html[at:]])
