"""Other ways to ask the same questions: without accents, with a typing error, as two keywords, without stop words.

What is drawn depends on the query's id and the variant's name alone, so that a part of the queries is asked as in the
whole set. The stop list is the benchmark's own: no engine measured has a say in what is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random

from benchmarks.relevance import Doc, RelevanceSet

SEED = "relevance-1"

_STOP_WORDS = """
a ai alors apres as au aucun aussi autre aux avait avec avez avoir avons ayant c ca car ce ceci cela celle celui ces
cet cette ceux chez ci combien comme comment d dans de des depuis dois doit donc dont du elle elles en encore entre es
est et etaient etait etant ete etes etre eu eux fait faut il ils j je jusqu jusque l la laquelle le lequel les
lesquelles lesquels leur leurs lors lorsque lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont or ou par
parce pas pendant peut peuvent peux plus pour pourquoi puis puisque qu quand que quel quelle quelles quels qui quoi s
sa sans se selon ses si sinon soit son sont sous suis sur t ta te tel telle tes toi ton tous tout toute toutes tres tu
un une vers vos votre vous y
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""French function words, folded, with the words that ask."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_KEYWORDS = 2

Edit = Callable[[str, int, Random], str]


def make(given: RelevanceSet) -> dict[str, list[str]]:
    """By the name of each variant, the texts to ask in the order of the queries."""
    frequency = document_frequency(given.docs)
    texts = [(query.id, query.text) for query in given.queries]
    keywords = [two_keywords(text, frequency) for _, text in texts]
    return {
        "as written": [text for _, text in texts],
        "accents removed": [without_accents(text) for _, text in texts],
        "one typing error": [mistyped(text, _random("typo", one)) for one, text in texts],
        "one typing error, first letters too": [
            mistyped(text, _random("typo-any", one), first=True) for one, text in texts
        ],
        "stop words stripped": [without_stop_words(text) for _, text in texts],
        "two keywords": keywords,
        "two keywords, one typing error": [
            mistyped(text, _random("typo-keywords", one)) for (one, _), text in zip(texts, keywords, strict=True)
        ],
    }


def without_accents(text: str) -> str:
    """The text as from a keyboard without accents.

    >>> without_accents("À l’hôpital, le cœur")
    'A l’hopital, le coeur'
    """
    for letters, plain in (("œ", "oe"), ("Œ", "OE"), ("æ", "ae"), ("Æ", "AE")):
        text = text.replace(letters, plain)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare)


def without_stop_words(text: str) -> str:
    """The words that mean something, as they are written; the whole text where there is none.

    >>> without_stop_words("Qu’est-ce que l’état de santé ?")
    'état santé'
    """
    return " ".join(_content(text)) or text


def two_keywords(text: str, frequency: Mapping[str, int]) -> str:
    """The two rarest words that mean something, in the order of the text.

    Words that no document has come last: nobody would search for two words of which one finds nothing.
    """
    words = list(dict.fromkeys(_content(text)))
    rarest = sorted(words, key=lambda word: (not frequency.get(fold(word)), frequency.get(fold(word), 0)))
    return " ".join(word for word in words if word in rarest[:_KEYWORDS]) or text


def document_frequency(docs: tuple[Doc, ...]) -> Mapping[str, int]:
    """By folded word, how many documents have it."""
    found: Counter[str] = Counter()
    for doc in docs:
        found.update({fold(word) for word in _WORD.findall(f"{doc.title} {doc.text}")})
    return found


def mistyped(text: str, random: Random, *, first: bool = False) -> str:
    """The text with one error in one of its words of four letters or more: of those that mean something, if there are.

    Args:
        text: what was meant.
        random: where the error comes from.
        first: whether the first letter may be hit too.
    """
    words = list(_LETTERS.finditer(text))
    words = [word for word in words if fold(word[0]) not in STOP_WORDS] or words
    if not words:
        return text
    match = random.choice(words)
    while True:
        edit = random.choice(_EDITS)
        wrong = edit(match[0], random.randrange(0 if first else 1, len(match[0])), random)
        if wrong != match[0] and (first or wrong[0] == match[0][0]):
            return text[: match.start()] + wrong + text[match.end() :]


def fold(text: str) -> str:
    """A text without its accents and capitals."""
    return without_accents(text).lower()


def _content(text: str) -> list[str]:
    words = _WORD.findall(text)
    return [word for word in words if fold(word) not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


def _insert(word: str, at: int, random: Random) -> str:
    return word[:at] + random.choice(_ALPHABET) + word[at:]


def _delete(word: str, at: int, random: Random) -> str:
    return word[:at] + word[at + 1 :]


def _substitute(word: str, at: int, random: Random) -> str:
    return word[:at] + random.choice(_ALPHABET) + word[at + 1 :]


def _transpose(word: str, at: int, random: Random) -> str:
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


_EDITS: tuple[Edit, ...] = (_insert, _delete, _substitute, _transpose)


def _random(variant: str, query: str) -> Random:
    return Random(f"{SEED}:{variant}:{query}")
