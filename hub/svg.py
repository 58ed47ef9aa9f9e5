"""SVG files as pictures and nothing else: they are read, and written anew with what is known to be harmless.

An SVG is a document: opened by itself it may run scripts, load what it names, and stand in for a page. What is
published holds no script, no element of another language, no event, no link, no address outside itself, and no style
that fetches.
"""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple
from xml.parsers import expat

MOST_BYTES = 5_000_000
EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
"""What stands in the place of a picture that cannot be read."""
_MOST_DEPTH = 200
_MOST_COPIES = 10_000
"""Elements that `<use>` may show, counted through those that hold others."""
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(
    """
    svg g defs symbol use title desc switch a path rect circle ellipse line polyline polygon text tspan textPath image
    marker linearGradient radialGradient stop pattern clipPath mask style filter feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence
    """.split()  # noqa: SIM905 - so many words read best so
)
_ATTRIBUTES = frozenset(
    """
    id class style lang role tabindex version viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry
    fx fy fr d points pathLength transform gradientTransform gradientUnits patternTransform patternUnits
    patternContentUnits clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient
    spreadMethod offset dx dy rotate textLength lengthAdjust startOffset method spacing side href media type
    filterUnits primitiveUnits in in2 result mode operator k1 k2 k3 k4 values stdDeviation edgeMode kernelMatrix order
    divisor bias targetX targetY preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent
    kernelUnitLength scale xChannelSelector yChannelSelector azimuth elevation z pointsAtX pointsAtY pointsAtZ
    limitingConeAngle radius baseFrequency numOctaves seed stitchTiles tableValues slope intercept amplitude exponent
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters
    color-rendering cursor direction display dominant-baseline fill fill-opacity fill-rule filter flood-color
    flood-opacity font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight
    image-rendering isolation letter-spacing lighting-color marker-end marker-mid marker-start mask mask-type
    mix-blend-mode opacity overflow paint-order pointer-events shape-rendering stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    text-anchor text-decoration text-rendering transform-origin unicode-bidi vector-effect visibility white-space
    word-spacing writing-mode
    """.split()  # noqa: SIM905 - so many words read best so
)
_TOLD = re.compile(r"(?:aria|data)-[a-z-]{1,40}")
_INSIDE = re.compile(r"#[^\s\"'()<>\\]{1,200}")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
_SPACES = {ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OWN = re.compile(r"url\(\s*([\"']?)#[^\s\"'()<>\\]{1,200}\1\s*\)", re.IGNORECASE)
# An escape can spell any word, and every rule with an at sign may fetch.
_FETCHES = re.compile(
    r"[\\@<]|/\*|(?:url|src|image|image-set|cross-fade|element|expression)\s*\(|binding|behaviou?r", re.IGNORECASE
)


class Cleaned(NamedTuple):
    """A picture as it may be published.

    Attributes:
        svg: its bytes; None where it cannot be read as a picture, and must not be published.
        removed: what was left out of it, each once: `<script>`, `onload=`, `href=`.
    """

    svg: bytes | None
    removed: tuple[str, ...] = ()


class _Refused(Exception):
    """It is no picture, or one that no reader's machine could draw."""


def clean(raw: bytes) -> Cleaned:
    """Make a picture of an SVG file.

    Args:
        raw: the file's bytes.

    Returns:
        The picture, and what it lost. Nothing that a file may hold raises.
    """
    reader = _Reader()
    try:
        if len(raw) > MOST_BYTES:
            return Cleaned(None)
        reader.read(raw)
    except (expat.ExpatError, _Refused, LookupError, RecursionError, ValueError):
        return Cleaned(None)
    return Cleaned("".join(reader.made).encode("utf-8", "replace"), tuple(dict.fromkeys(reader.removed)))


class _Reader:
    """Writes what it reads, but for what is not allowed."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.removed: list[str] = []
        self._open: list[tuple[str, str]] = []  # the element as it is written, and its id
        self._left_out = 0
        self._style: list[str] | None = None
        self._shows: dict[str, list[str]] = {}
        self._copied: dict[str, int] = {}

    def read(self, raw: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(raw, True)  # noqa: FBT003 - as the parser is called
        if not self.made or self._copies("") > _MOST_COPIES:
            raise _Refused

    def _doctype(self, name: str, system: str | None, public: str | None, has_entities: bool) -> None:  # noqa: FBT001
        if has_entities:
            raise _Refused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self._open and not self._left_out and (local != "svg" or space not in {"", _SVG}):
            raise _Refused
        if self._left_out or self._style is not None or space not in {"", _SVG} or local not in _ELEMENTS:
            self._left_out += 1
            if space in {"", _SVG} and self._left_out == 1:
                self.removed.append(f"<{local}>")
            return
        if len(self._open) >= _MOST_DEPTH:
            raise _Refused
        shown = "g" if local == "a" else local
        kept = dict(self._kept(local, attributes))
        if local == "use" and "href" in kept:
            for holder in {"", kept.get("id", ""), *(id_ for _, id_ in self._open)}:
                self._shows.setdefault(holder, []).append(kept["href"][1:])
        root = f' xmlns="{_SVG}"' if not self._open else ""
        self._open.append((shown, kept.get("id", "")))
        if local == "style":
            self._style = []
            return
        told = "".join(f' {key}="{_escaped(value)}"' for key, value in kept.items())
        self.made.append(f"<{shown}{root}{told}>")

    def _end(self, name: str) -> None:
        if self._left_out:
            self._left_out -= 1
            return
        shown, _ = self._open.pop()
        if self._style is not None:
            style, self._style = "".join(self._style), None
            if _is_harmless(style):
                self.made.append(f"<style>{escape(style, quote=False)}</style>")
            else:
                self.removed.append("<style>")
            return
        self.made.append(f"</{shown}>")

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)
        elif self._open and not self._left_out:
            self.made.append(escape(text, quote=False))

    def _kept(self, element: str, attributes: dict[str, str]) -> list[tuple[str, str]]:
        found = []
        for name, value in attributes.items():
            space, _, local = name.rpartition(" ")
            if _may_stand(element, space, local, value):
                found.append((f"xml:{local}" if space == _XML else local, value))
            elif space in {"", _XLINK} and (local == "href" or local.startswith("on") or local in _ATTRIBUTES):
                self.removed.append(f"{local}=")
        return found

    def _copies(self, holder: str) -> int:
        """How many elements are shown in the place of the `<use>` in one; what would show itself is not shown."""
        if holder not in self._copied:
            self._copied[holder] = 0
            shown = self._shows.get(holder, ())
            self._copied[holder] = min(sum(1 + self._copies(one) for one in shown), _MOST_COPIES + 1)
        return self._copied[holder]


def _may_stand(element: str, space: str, local: str, value: str) -> bool:
    if space == _XML:
        return local in {"space", "lang"}
    if local == "href" and space in {"", _XLINK}:
        is_picture = element == "image" and _PICTURE.fullmatch(value)
        return element != "a" and bool(is_picture or _INSIDE.fullmatch(value))
    if space or not (local in _ATTRIBUTES or _TOLD.fullmatch(local)):
        return False
    return _is_harmless(value)


def _escaped(value: str) -> str:
    """A value as it stands between double quotes; written plainly, a line end in it would be read as a space."""
    return escape(value).translate(_SPACES)


def _is_harmless(style: str) -> bool:
    """Whether a style, or a value that may be one, fetches nothing."""
    return not _FETCHES.search(_OWN.sub("", _COMMENT.sub("", style)))
