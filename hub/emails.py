"""E-mail addresses (RFC 5322, addr-spec, as people write it in texts): found, and taken out of what readers see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hub.i18n import Label

LEFT_OUT = Label("(adresse non publiée)", "(address not published)")
"""What stands in the place of an address."""
_AT = r"(?:\\?[@＠]|%40|&#0*64;|&#[xX]0*40;|&commat;)"
# A local part is tried from its beginning alone, so that a long word costs no more than its length. Markdown may
# write a dot or a dash with a backslash. `equipe@2x.png` is the name of an image.
_ADDRESS = re.compile(
    r"(?P<link>(?:\[(?P<words>[^\[\]\n]{0,400}))?\]\(\s*<?mailto:(?P<to>[^()\n]{0,400})\))"
    r"|<?(?:mailto:)?(?<![\w.+%'\\-])(?P<local>(?:[\w.+%'-]|\\[._+-])+?)"
    + _AT
    + r"(?!\dx\.)(?P<domain>(?:[\w-]|\\[_-])+(?:\\?\.[\w-]+)+)>?"
)
# As people write it who fear machines: `awa [at] example [dot] org`, `awa arobase example point org`.
_SPELLED = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:[ ]?[\[({][ ]?(?i:at|arobase)[ ]?[\])}][ ]?|[ ](?:[Aa]robase|AT)[ ])"
    r"(?P<domain>[\w-]+(?:(?:\.|[ ]?[\[({][ ]?(?i:dot|point)[ ]?[\])}][ ]?|[ ](?:[Pp]oint|DOT)[ ])[\w-]+)+)"
)
_SPELLED_AT = ("[at]", "(at)", "{at}", "[ at ]", "( at )", "[AT]", "(AT)", " AT ", "arobase", "Arobase")
_SPELLED_DOT = re.compile(r"[^\w-]+(?:(?:dot|point)[^\w-]+)?", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#0*64|#[xX]0*40|commat);")
_IN_ADDRESS = re.compile(r"https?://[^\s<>()\"]*\Z")


def may_hold(text: str) -> bool:
    """Whether a closer look is worth its time."""
    return (
        "@" in text
        or "%40" in text
        or "＠" in text
        or ("&" in text and _ENTITY.search(text) is not None)
        or any(sign in text for sign in _SPELLED_AT)
    )


def find(text: str) -> Iterator[tuple[int, str]]:
    """Each address in a text: its place, and what may be said of it: the part after the `@`."""
    if may_hold(text):
        for match in _ADDRESS.finditer(text):
            domain = match["domain"] or re.split(_AT, match["to"])[-1].split("?")[0].rstrip("> ")
            yield match.start("to" if match["link"] else "local"), f"…@{domain}"
        for match in _SPELLED.finditer(text):
            yield match.start(), f"…@{_SPELLED_DOT.sub('.', match['domain'])}"


def without(text: str, lang: str) -> str:
    """The text without its addresses; Markdown stays Markdown, and a link to write to somebody is its words alone.

    >>> without("Écrire à [Awa](mailto:awa@example.org), ou à <bio@example.org>.", "fr")
    'Écrire à Awa, ou à (adresse non publiée).'
    """
    if not may_hold(text):
        return text

    def left_out(match: re.Match[str]) -> str:
        if match["link"]:
            return "](#)" if match["words"] is None else match["words"]
        # An address of the web stays one.
        return "" if _IN_ADDRESS.search(text, max(0, match.start() - 500), match.start()) else LEFT_OUT.in_(lang)

    return _SPELLED.sub(LEFT_OUT.in_(lang), _ADDRESS.sub(left_out, text))
