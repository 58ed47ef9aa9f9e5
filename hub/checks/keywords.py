"""Keywords: one spelling for one thing, across the hub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hub.checks import Check
from hub.config import Config
from hub.diagnostics import Diagnostic, Message, Rule, Severity
from hub.i18n import N_
from hub.library import Library
from hub.model import Entry
from hub.nearest import fold, is_misspelt

NEAR_DUPLICATE_KEYWORD = Rule(
    "near-duplicate-keyword",
    Severity.WARNING,
    N_("The keyword “{found}” is nearly “{other}”, which is used {times}."),
    N_("Write it in the same way, so that one page gathers both. Example: keywords: [{other}]"),
)
_SHORTEST = 8
"""Letters from which one differing letter is more likely an error than another word."""


@dataclass(slots=True)
class _Form:
    """One spelling of a keyword, and where it is written: in which entries, and where in their list."""

    text: str
    places: list[tuple[Entry, int]] = field(default_factory=list)


def find(library: Library, config: Config) -> Iterator[Diagnostic]:
    """Spellings that differ by case, accents, plural or one letter from one that is used more often."""
    for lang in library.languages:
        forms: dict[str, _Form] = {}
        for entry in library:
            for index, word in enumerate(entry.keywords if entry.lang == lang else ()):
                forms.setdefault(word, _Form(word)).places.append((entry, index))
        yield from _near(sorted(forms.values(), key=lambda form: (-len(form.places), form.text)))


def _near(forms: list[_Form]) -> Iterator[Diagnostic]:
    """Compare each form with those used more often, by what they have in common, never all with all."""
    same: dict[str, _Form] = {}
    like: dict[str, _Form] = {}
    for form in forms:
        key = _singular(form.text)
        shared = [key, *_with_one_letter_less(key)] if _may_be_misspelt(key) else []
        near = (like[one] for one in shared if one in like)
        other = same.get(key) or next((one for one in near if is_misspelt(key, _singular(one.text))), None)
        same.setdefault(key, form)
        for one in shared:
            like.setdefault(one, form)
        if other:
            n = len(other.places)
            times = Message(N_("once")) if n == 1 else Message(N_("{n} times"), {"n": n})
            for entry, index in form.places:
                where, params = entry.text.locate(("keywords", index)), {"found": form.text, "other": other.text}
                yield Diagnostic(NEAR_DUPLICATE_KEYWORD, where, {**params, "times": times})


def _may_be_misspelt(key: str) -> bool:
    """Short words and words with figures differ by one sign and mean different things (`zone 1`, `zone 2`)."""
    return len(key) >= _SHORTEST and not any(sign.isdigit() for sign in key)


def _singular(word: str) -> str:
    """The folded form, each word without the ending of a plural."""
    return "-".join(part[:-1] if len(part) > 3 and part[-1] in "sx" else part for part in fold(word).split("-"))  # noqa: PLR2004 - “cas”, “prix”


def _with_one_letter_less(word: str) -> Iterator[str]:
    """Two words one error apart have such a form in common."""
    return (word[:index] + word[index + 1 :] for index in range(len(word)))


CHECK = Check((NEAR_DUPLICATE_KEYWORD,), find=find)
