"""Which passage of a result is shown, which part of it, and what is marked in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from hub.search.analysis import LETTER, Word, words
from hub.search.concepts import PREFIX, Concepts
from hub.search.postings import NAME_CODES, STRETCHES
from hub.search.query import CLOSE, Part

LENGTH = 240
"""Letters of an excerpt, about three lines."""
BEFORE = 50
"""Letters that may stand before the first marked word."""
_SPACE = " \t\n\r\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CHUNK = re.compile(f"[^{_SPACE}]+")
_RUN = f"[{LETTER}]+"  # compiled when a word is put right: a search that starts would wait for it
_EDGES = re.compile(f"^[^{LETTER}]+|[^{LETTER}\u0300-\u036f]+$")


class _Span(NamedTuple):
    """What is marked: a term or a concept, from its first chunk between spaces to its last."""

    first: int
    last: int
    what: str


class Excerpt(NamedTuple):
    """A part of a passage, and what is marked in it: pairs of begin and end, in UTF-16 units as browsers count."""

    text: str
    marks: tuple[tuple[int, int], ...]


def best_passage(parts: Sequence[Part], places: dict[str, tuple[int, ...]]) -> int:
    """The passage that has most of what was looked up, the rarer the better; 0 is the record's front."""
    found: dict[int, int] = {}
    for part in parts:
        # What is only close in meaning is not marked: its passage is shown where the record has nothing else.
        counts = part.postings.rarity if part.weight > CLOSE else 0
        for number in sorted({place // STRETCHES for place in places.get(part.term, ()) if place >= NAME_CODES}):
            found[number] = found.get(number, 0) + counts
    # Of two as good the first is shown, but text rather than the front, whose words stand in the result anyway.
    return min(found, key=lambda number: (-found[number], number == 0, number), default=0)


def excerpt(
    text: str, marked: Collection[str], means: Collection[str] = (), concepts: Concepts | None = None
) -> Excerpt:
    """The part of a text that has most different terms and concepts that are marked.

    Args:
        text: a passage.
        marked: terms, each of which is marked wherever it stands.
        means: ids of concepts, which are marked where one of their forms stands as a whole.
        concepts: those of the hub.
    """
    text = _units(text)
    chunks = [match.span() for match in _CHUNK.finditer(text)]
    if not chunks:
        return Excerpt("", ())
    spans = _spans([words(text[start:end]) for start, end in chunks], marked, means, concepts)
    first = _best_start(chunks, spans)
    while first > 0 and chunks[first - 1][0] >= _target(chunks, spans, first) - BEFORE:
        first -= 1
    last = first
    while last + 1 < len(chunks) and chunks[last + 1][1] - chunks[first][0] <= LENGTH:
        last += 1
    start, end = chunks[first][0], min(chunks[last][1], chunks[first][0] + 2 * LENGTH)
    before, after = "… " if first > 0 else "", " …" if last + 1 < len(chunks) else ""
    shown = before + text[start:end] + after
    shift = len(before) - start
    marks = [
        (left + shift, right + shift)
        for begin, stop in _merged(span for span in spans if first <= span.first and span.last <= last)
        for left, right in [_trimmed(text, chunks[begin][0], min(chunks[stop][1], end))]
    ]
    return Excerpt(shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), tuple(marks))


def as_written(form: str, texts: Iterable[str]) -> str:
    """How texts write a folded word most often, in small letters; the word itself where none has it.

    >>> as_written("sante", ["La Santé", "santé, sante"])
    'santé'
    """
    found: dict[str, int] = {}
    for text in texts:
        for run in re.findall(_RUN, _units(text)):
            if [word.form for word in words(run)] == [form]:
                found[run.lower()] = found.get(run.lower(), 0) + 1
    return max(found, key=found.__getitem__, default=form)


def _spans(
    found: Sequence[Sequence[Word]], marked: Collection[str], means: Collection[str], concepts: Concepts | None
) -> list[_Span]:
    """What is marked among the words of each chunk, from the first to the last."""
    spans = {_Span(at, at, word.term) for at, here in enumerate(found) for word in here if word.term in marked}
    if means and concepts:
        chunk_of = [at for at, here in enumerate(found) for _ in here]
        for one in concepts.occurrences([word for here in found for word in here]):
            meant = next((PREFIX + id_ for id_ in one.ids if id_ in means), None)
            if meant:
                spans.add(_Span(chunk_of[one.start], chunk_of[one.start + one.length - 1], meant))
    return sorted(spans)


def _best_start(chunks: Sequence[tuple[int, int]], spans: Sequence[_Span]) -> int:
    """The marked chunk from which on a stretch of the length of an excerpt has most that differs, each as a whole."""
    best, most = 0, 0
    for number, (first, _, _) in enumerate(spans):
        end = chunks[first][0] + LENGTH - BEFORE
        seen: set[str] = set()
        for span in spans[number:]:
            if chunks[span.first][1] > end:
                break
            if chunks[span.last][1] <= end:
                seen.add(span.what)
        if len(seen) > most:
            best, most = first, len(seen)
    return best


def _target(chunks: Sequence[tuple[int, int]], spans: Sequence[_Span], first: int) -> int:
    """Where the first that is marked from the chunk `first` on begins."""
    return next((chunks[span.first][0] for span in spans if span.first >= first), chunks[first][0])


def _merged(spans: Iterable[_Span]) -> list[tuple[int, int]]:
    """Runs of chunks that are marked: a word in a form that is marked has no mark of its own."""
    runs: list[tuple[int, int]] = []
    for first, last, _ in spans:
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return runs


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A chunk without the signs around it."""
    bare = text[start:end]
    left = _EDGES.match(bare)
    begin = start + (left.end() if left else 0)
    right = next((match for match in _EDGES.finditer(bare) if match.end() == len(bare)), None)
    stop = start + right.start() if right else end
    return (begin, stop) if begin < stop else (start, end)


def _units(text: str) -> str:
    """The text as browsers count it: a sign beyond the first plane is two surrogates."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    units = memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")
    return "".join(map(chr, units))
