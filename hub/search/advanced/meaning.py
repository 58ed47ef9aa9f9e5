"""What a query means: from its tree to the records that match, each with a score.

Whoosh finds and scores words; its clauses are joined here, on plain sets. So a query of any shape is bounded, and two
things are as people expect them rather than as Whoosh has them where no operator stands: what is excluded is excluded
from all that stands beside it, and a filter (`kind:`, `year:`) is required beside words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from typing import Any

from whoosh import query

from hub.search.advanced.clauses import Clauses, Scores, Unreadable, all_of
from hub.search.advanced.index import Opened
from hub.search.advanced.schema import TAGS
from hub.search.advanced.syntax import Implicit, field_of

MOST_CLAUSES = 60
_LEAST_BOOST, _MOST_BOOST = 0.01, 100.0
_FILTERS = frozenset({*TAGS, "date"})


class Meaning:
    """Finds what a tree means.

    Attributes:
        clauses: looks clauses up, and knows what to show of what was found.
    """

    def __init__(self, index: Opened) -> None:
        self.clauses = Clauses(index)
        self._count = 0

    def find(self, tree: Any) -> Scores:
        """The records that match."""
        return self._of(tree) or {}

    def _of(self, node: Any) -> Scores | None:
        """What matches a node; None where it asks for nothing."""
        if isinstance(node, query.Not):
            return self._joined([], [node])
        if isinstance(node, query.AndMaybe | query.Require):
            found = self._with_second(node)
        elif isinstance(node, query.compound.CompoundQuery):
            refused = [sub for sub in node if isinstance(sub, query.Not)]
            wanted = [sub for sub in node if not isinstance(sub, query.Not)]
            found = self._joined(wanted, refused, node)
        else:
            found = self._clause(node)
        boost = min(max(getattr(node, "boost", 1.0), _LEAST_BOOST), _MOST_BOOST)
        return found if found is None or boost == 1 else {one: boost * score for one, score in found.items()}

    def _clause(self, node: Any) -> Scores | None:
        self._count += 1
        if self._count > MOST_CLAUSES:
            self.clauses.is_exact = False
            return None
        try:
            return self.clauses.find(node)
        except Unreadable as error:
            self.clauses.ignored.append(str(error))
            return None

    def _with_second(self, node: Any) -> Scores | None:
        first, second = self._of(node.a), self._of(node.b)
        if first is None or second is None:
            return first if second is None else second
        if isinstance(node, query.Require):
            return {one: score for one, score in first.items() if one in second}
        return {one: score + second.get(one, 0.0) for one, score in first.items()}

    def _joined(self, wanted: Iterable[Any], refused: Iterable[Any], node: Any = None) -> Scores | None:
        if isinstance(node, Implicit):
            found = self._beside(wanted)
        else:
            scores = [one for sub in wanted if (one := self._of(sub)) is not None]
            found = all_of(scores) if isinstance(node, query.And) else _any_of(scores)
        taken = [one for sub in refused if (one := self._aside(sub.query)) is not None]
        if found is None and taken:
            found = self.clauses.all()
        return None if found is None else reduce(_without, taken, found)

    def _beside(self, parts: Iterable[Any]) -> Scores | None:
        """Clauses without an operator: any of the words, and of every filter's field one of the values."""
        by_field: defaultdict[str, list[Scores]] = defaultdict(list)
        for part in parts:
            scores = self._of(part)
            if scores is not None:
                name = field_of(getattr(part, "fieldname", None))
                by_field[name if name in _FILTERS else ""].append(scores)
        return all_of([found for several in by_field.values() if (found := _any_of(several)) is not None])

    def _aside(self, node: Any) -> Scores | None:
        """What matches a node that is excluded: its words are neither marked nor put right."""
        clauses = self.clauses
        kept = set(clauses.marked), list(clauses.phrases), list(clauses.unknown)
        found = self._of(node)
        clauses.marked, clauses.phrases, clauses.unknown = kept
        return found


def _any_of(found: list[Scores]) -> Scores | None:
    if not found:
        return None
    total: defaultdict[int, float] = defaultdict(float)
    for scores in found:
        for one, score in scores.items():
            total[one] += score
    return dict(total)


def _without(scores: Scores, taken: Scores) -> Scores:
    return {one: score for one, score in scores.items() if one not in taken}
