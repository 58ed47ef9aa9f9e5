"""Signs that the eye does not see, or takes for others: they hide words, turn them round, or make one name two.

No-break spaces are none of them: French needs them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from hub.checks import Check, Subject
from hub.config import Config
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.i18n import N_
from hub.library import Library
from hub.location import Location

DIRECTION_SIGN = Rule(
    "direction-sign",
    Severity.ERROR,
    N_("An invisible sign ({found}) turns the direction of the text: readers see another order than the machine."),
    N_(
        "Take it out: delete the word around it and type it again. Right-to-left writing needs no such sign. "
        "Example: {example}"
    ),
)
INVISIBLE_SIGN = Rule(
    "invisible-sign",
    Severity.WARNING,
    N_("There is an invisible sign here ({found}; {count} in this file): a search does not find the word."),
    N_("Take it out: delete the word around it and type it again. Example: {example}"),
)
LOOKALIKE_SIGN = Rule(
    "lookalike-sign",
    Severity.WARNING,
    N_("“{word}” holds {found}, which looks like a plain letter and is another: a search does not find the word."),
    N_("Type the word again. Example: {example}"),
)
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028\u2029\u2060-\u2065"
    "\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
_JOINERS = "(?<=[A-Za-zÀ-ɏ])[\u200c\u200d](?=[A-Za-zÀ-ɏ])"  # elsewhere they belong to scripts and pictures
# Letters of other scripts drawn as Latin ones, in the order of what they look like.
_LIKE = dict(
    zip(
        "аеорсухіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅҮҺԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ",
        "aeopcyxijshdqwlABEKMHOPCTYXIJSYhGQWABEZHIKMNOPTYXocj",
        strict=True,
    )
)
_OTHER = "".join(_LIKE)
_STYLED = "\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
_LATIN, _FOREIGN, _FANCY = (re.compile(f"[{signs}]") for signs in ("A-Za-zÀ-ɏ", _OTHER, _STYLED))
_SIGN = re.compile(f"(?P<direction>[{_DIRECTION}])|(?P<invisible>[{_INVISIBLE}]|{_JOINERS})")
_SUSPECT = re.compile(f"[{_DIRECTION}{_INVISIBLE}\u200c\u200d{_OTHER}{_STYLED}]")
_LONGEST = 60
"""Signs of a word that a message shows."""


def look(subject: Subject) -> Iterator[Diagnostic]:
    """Such signs in a text, front matter included, and in its file's name; of each sign the first in a file."""
    text, path = subject.entry.text.text, subject.entry.text.path
    if _SUSPECT.search(path):
        yield from _in_text(path, path, is_name=True)
    if _SUSPECT.search(text):
        yield from _in_text(text.replace("\r\n", "\n").removeprefix("\ufeff"), path)


def find(library: Library, config: Config) -> Iterator[Diagnostic]:
    """Such signs in the names of other files."""
    for uri in library.assets:
        if _SUSPECT.search(uri):
            yield from _in_text(uri, (config.docs_dir / uri).relative_to(config.root).as_posix(), is_name=True)


def _in_text(text: str, path: str, *, is_name: bool = False) -> Iterator[Diagnostic]:
    count = Counter(match[0] for match in _SIGN.finditer(text))
    for sign, number in count.items():
        at = (
            text.index(sign)
            if sign not in "\u200c\u200d"
            else next(m for m in _SIGN.finditer(text) if m[0] == sign).start()
        )
        params = {"found": _named(sign), "count": number, "example": _around(text, at)}
        rule = DIRECTION_SIGN if re.match(f"[{_DIRECTION}]", sign) else INVISIBLE_SIGN
        yield Diagnostic(rule, _place(text, at, path, is_name=is_name), params)
    told: set[str] = set()
    for match in _words(text):
        other = next(sign for sign in match[0] if sign in _LIKE or re.match(f"[{_STYLED}]", sign))
        if other not in told:
            told.add(other)
            params = {"word": match[0][:_LONGEST], "found": _named(other), "example": _plain(match[0])[:_LONGEST]}
            yield Diagnostic(LOOKALIKE_SIGN, _place(text, match.start(), path, is_name=is_name), params)


def _words(text: str) -> Iterator[re.Match[str]]:
    """Words that mix scripts; each is read three times at most, however long it is."""
    for word in re.finditer(r"\w+", text):
        if _FANCY.search(word[0]) or (_FOREIGN.search(word[0]) and _LATIN.search(word[0])):
            yield word


def _named(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip()


def _plain(text: str) -> str:
    """The text as it was meant, without such signs."""
    return unicodedata.normalize("NFKC", _SIGN.sub("", "".join(_LIKE.get(sign, sign) for sign in text)))


def _around(text: str, at: int) -> str:
    """The words around a place, as they should stand there."""
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    here = at - (text.rfind("\n", 0, at) + 1)
    return " ".join(_plain(line[max(0, here - _LONGEST // 2) : here + _LONGEST // 2]).split())


def _place(text: str, at: int, path: str, *, is_name: bool) -> Location:
    if is_name:
        return Location(path)
    return Location(path, text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)


CHECK = Check((DIRECTION_SIGN, INVISIBLE_SIGN, LOOKALIKE_SIGN), look, find)
