"""The query language: Whoosh's parser, with French names of fields and French operators, as a tree of its queries.

The tree still holds what was typed: nothing is analysed, expanded or looked up here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from whoosh import query
from whoosh.qparser import QueryParser, plugins, syntax

from hub.nearest import fold

FIELDS = {
    "title": ("titre", "title", "nom", "name"),
    "summary": ("résumé", "summary"),
    "keywords": ("mots-clés", "mot-clé", "motsclés", "motclé", "keywords", "keyword"),
    "headings": ("intertitre", "intertitres", "heading", "headings"),
    "body": ("texte", "text", "body"),
    "kind": ("type", "genre", "kind"),
    "theme": ("thème", "thèmes", "theme", "themes"),
    "place": ("lieu", "lieux", "place", "places"),
    "person": ("personne", "personnes", "auteur", "auteurs", "person", "people", "author", "authors"),
    "group": ("groupe", "groupes", "group", "groups"),
    "lang": ("langue", "lang", "language"),
    "status": ("état", "statut", "status"),
    "date": ("date", "année", "an", "year"),
}
"""The fields of a query, with what people call them; accents and capitals do not count."""
_BY_NAME = {fold(name): field for field, names in FIELDS.items() for name in names}
_NAMES = "|".join(sorted({one for names in FIELDS.values() for n in names for one in (n, fold(n))}, key=len)[::-1])
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


class Implicit(query.Or):  # type: ignore[misc]  # Whoosh has no types
    """Clauses that stand side by side without an operator."""


class _Group(syntax.GroupNode):  # type: ignore[misc]
    qclass = Implicit


class _Range(plugins.RangePlugin):  # type: ignore[misc]
    # Whoosh's own expression takes the "to" in "octobre" for the word.
    expr = re.compile(
        r"(?P<open>[\[{])(?P<start>[^\[\]{}]*?)(?<![^\s\[{])(?:TO|to|À|à|A)(?![^\s\]}])(?P<end>[^\[\]{}]*)(?P<close>[\]}])"
    )


class _Compared(plugins.GtLtPlugin):  # type: ignore[misc]
    # Only behind a field: anywhere else a sign of comparison is a sign.
    expr = r"((?<=:)|(?<=:\s))(?P<rel>(<=|>=|<|>|=<|=>))"


def read(text: str) -> Any:
    """The tree of a query.

    Raises:
        Exception: of any sort; Whoosh's parser fails in many ways on what makes no sense.
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).split())
    return _parser().parse(spaced, normalize=False)


def plain(forms: Iterable[str]) -> Any:
    """The tree of a query that is words and nothing else."""
    return Implicit([query.Term(None, form) for form in forms])


def field_of(name: str | None) -> str | None:
    """The field that a name in a query means."""
    return _BY_NAME[fold(name)] if name else None


def _parser() -> Any:
    operators = plugins.OperatorsPlugin(
        And=r"(?<=\s)(AND|ET)(?=\s)",
        Or=r"(?<=\s)(OR|OU)(?=\s)",
        AndNot=None,
        # "a b SAUF c" takes c away from all that stands before it, so it is not Whoosh's ANDNOT, which binds "b" alone.
        Not=r"(^|(?<=[\s(]))(NOT|ANDNOT|NON|SAUF)(?=[\s(])",
    )
    return QueryParser(
        None,
        None,
        plugins=[
            plugins.FieldsPlugin(rf"(?<!\w)(?P<text>(?i:{_NAMES}))\s?:\s?(?=\S)"),
            plugins.WildcardPlugin(),
            plugins.FuzzyTermPlugin(),
            plugins.PhrasePlugin(),
            _Range(),
            _Compared(),
            plugins.GroupPlugin(),
            operators,
            plugins.BoostPlugin(),
            plugins.EveryPlugin(),
        ],
        group=_Group,
    )
