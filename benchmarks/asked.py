"""Queries for a generated hub, made of its own words: one, two or three of one note, and whole questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from benchmarks.engines import texts
from benchmarks.variants import STOP_WORDS, fold
from benchmarks.words import FUNCTION_WORDS

SEED = "asked-1"
QUESTION = "question"
_LENGTH = (7, 12)
"""Words of a question, with those that mean nothing."""
_WORD = re.compile(r"[^\W\d_]+")
_NOTHING = STOP_WORDS | {fold(word) for word in FUNCTION_WORDS}

Asked = Mapping[str, Sequence[str]]
"""Queries by their sort."""


def of(plain: Path, count: int) -> Asked:
    """`count` queries of each sort, from notes drawn from a seed.

    Words are drawn from the different words of a note, so that a rare one is asked for as often as a common one; a
    question is a run of words as it stands in a note.
    """
    notes = list(texts.read(plain, "notes"))
    random = Random(f"{SEED}:{len(notes)}")
    found: dict[str, list[str]] = {"1 word": [], "2 words": [], "3 words": [], QUESTION: []}
    for sort, queries in found.items():
        while len(queries) < count:
            note = random.choice(notes)
            if sort == QUESTION:
                queries.append(_run(note.text, random))
            else:
                words = dict.fromkeys(_WORD.findall(f"{note.title} {note.text}".lower()))
                meaning = [word for word in words if len(word) > 3 and fold(word) not in _NOTHING]
                queries.append(" ".join(random.sample(meaning, int(sort[0]))))
    return found


def _run(text: str, random: Random) -> str:
    length = random.randint(*_LENGTH)
    lines = [words for line in text.split("\n") if "://" not in line and len(words := _WORD.findall(line)) > length]
    words = random.choice(lines)
    start = random.randrange(len(words) - length)
    return " ".join(words[start : start + length])
