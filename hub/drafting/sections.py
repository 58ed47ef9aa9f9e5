"""What stands under which heading: the headings of a document, and those that its kind has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from hub.documents.model import Block, Heading, Paragraph, text_of
from hub.drafting.markdown import clean
from hub.i18n import Label
from hub.model import Kind
from hub.nearest import fold, nearest

_TEMPLATE = re.compile(r"^## (.+)$", re.MULTILINE)
_NUMBERING = re.compile(r"^\s*(?:(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[A-Z])\s*[.)/:–-]+\s*|\d{1,2}(?:\.\d{1,2})*\s+)")
_FILLERS = frozenset(("les", "nos", "des", "de", "la", "le", "comme", "the", "our", "as"))
_MAIN = frozenset(("principal", "principale", "principaux", "principales", "main", "key", "major"))
_ANNOUNCED = 60
"""Signs at the beginning of a paragraph in which it may say what it is about."""
_SAYS = re.compile(r"[,:]|\b(?:sont|est|are|is)\b")
_LIKE = 86.0
"""Likeness from which a heading is one that was mistyped (0 to 100)."""
_SHORTEST = 6
_FOLLOWERS = frozenset(
    (
        *(
            "obtenu",
            "obtenus",
            "obtenues",
            "atteints",
            "rencontrees",
            "rencontres",
            "apprises",
            "tirees",
            "tires",
            "retenues",
        ),
        *(
            "attendus",
            "generaux",
            "general",
            "generale",
            "specifiques",
            "projet",
            "programme",
            "etude",
            "experience",
            "notre",
        ),
        *("intervention", "adoptee", "utilisee", "suivie", "avenir", "futures", "du", "cette", "et", "un", "une"),
        *("encountered", "obtained", "learned", "learnt", "achieved", "project", "study", "programme", "of", "and"),
    )
)
"""Words that may follow a heading's name and change nothing of what it says."""
_LONGEST = 70


class Headings:
    """The headings that entries of a kind have, by all the names that documents give them.

    Attributes:
        all: the headings in their order.
    """

    def __init__(self, kind: Kind) -> None:
        french, english = (_TEMPLATE.findall(text) for text in kind.template)
        self.all = tuple(Label(*pair) for pair in zip(french, english, strict=True))
        self._names: dict[str, Label] = {}
        for label in self.all:
            for name in (*label, *kind.also_headed.get(label.fr, ())):
                self._names.setdefault(fold(name), label)

    def is_one(self, text: str) -> bool:
        """Whether words are such a heading and nothing more; numbering, accents and a colon do not count."""
        return len(text) <= _LONGEST and _plain(text) in self._names

    def match(self, text: str) -> Label | None:
        """The heading that words which stand as a heading mean, though they say more or are mistyped."""
        plain = _plain(text)
        if plain in self._names:
            return self._names[plain]
        near = nearest(plain, self._names, cutoff=_LIKE) if len(plain) >= _SHORTEST else None
        if near:
            return self._names[near]
        return self._begun(_told(plain))

    def announced(self, text: str) -> Label | None:
        """The heading that a paragraph names as it begins (“Les principaux résultats sont…”)."""
        head = text[:_ANNOUNCED]
        end = _SAYS.search(head)
        plain = _plain(head[: end.start()]) if end else ""
        return self._begun(_told(plain)) if plain.split("-")[0] in _FILLERS | _MAIN else None

    def _begun(self, words: list[str]) -> Label | None:
        """The heading whose name the words begin with, where what follows tells nothing of its own."""
        for name in sorted(self._names, key=len, reverse=True):
            parts = [part for part in name.split("-") if part not in _FILLERS]
            if parts and words[: len(parts)] == parts and _FOLLOWERS.issuperset(words[len(parts) :]):
                return self._names[name]
        return None


def _told(plain: str) -> list[str]:
    """The words of a folded text that tell something."""
    words = re.sub(r"\b[ld]'", "", plain).split("-")
    return [word for word in words if word and word not in _FILLERS | _MAIN]


def _plain(text: str) -> str:
    words = " ".join(clean(text).split())
    return fold(_NUMBERING.sub("", words).strip(" .:;–-*_").replace("’", "'"))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a document and what stands under it.

    Attributes:
        heading: as the document has it; None for what stands before the first.
        label: the kind's own heading, where it is one of those.
        blocks: what stands under it.
        is_guess: whether a sentence, no heading, says what it is about.
    """

    heading: Heading | None
    label: Label | None = None
    blocks: tuple[Block, ...] = field(default=())
    is_guess: bool = False


def sections(blocks: Iterable[Block], headings: Headings) -> list[Section]:
    """The sections of a document: at its headings of the highest level, and wherever one of the kind's begins."""
    known = list(blocks)
    top = min((block.level for block in known if isinstance(block, Heading)), default=1)
    headed = {headings.match(text_of(block)) for block in known if isinstance(block, Heading)} - {None}
    found = [Section(None)]
    kept: list[Block] = []
    level = top

    def close() -> None:
        found[-1] = replace(found[-1], blocks=tuple(kept))
        kept.clear()

    for block in known:
        label = headings.match(text_of(block)) if isinstance(block, Heading) else None
        if isinstance(block, Heading) and (label or block.level <= level):
            close()
            found.append(Section(block, label))
            level = block.level
        elif isinstance(block, Paragraph) and headed:
            said = headings.announced(clean(text_of(block)).strip())
            if said and said not in headed and said not in {one.label for one in found if one.is_guess}:
                close()
                found.append(Section(None, said, is_guess=True))
            kept.append(block)
        else:
            kept.append(block)
    close()
    return [one for one in found if one.heading or one.blocks]


def by_heading(found: Iterable[Section], label: Label) -> Iterator[Section]:
    """The sections of one of the kind's headings."""
    return (one for one in found if one.label == label)
