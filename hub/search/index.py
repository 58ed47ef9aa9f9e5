"""The index: from a library to scripts, all of them or only those that a change touches.

`update` compares each entry's digest with what the store knows. Few changes are worked into the lists that they
touch; many, or a change of what all lists depend on (the glossary, the table of slots, mean lengths), make the index
anew. Both ways end in the same scripts, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub.model import Entry, Key
from hub.search import invert
from hub.search.analysis import LANGUAGE
from hub.search.concepts import Concepts
from hub.search.gather import Gathered, gather, slot_key
from hub.search.leaves import PASSAGES, SHAPES, drop_passages, grow, grow_passages, keep_one, put_passages
from hub.search.postings import coarse, encode_slots
from hub.search.reading import FACETS
from hub.search.records import Source
from hub.search.slots import Table, assign, table_for
from hub.search.store import Store, Whole
from hub.search.tree import dump

_INLINE = ("terms", "records")
"""Trees whose root stands in the manifest: every search needs them."""
_FEW = 0.2
"""The part of the entries that may change before it is quicker to make the index anew."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an update did.

    Attributes:
        records: how many there are.
        changed: how many entries were read again.
        is_new: whether the index was made anew.
    """

    records: int
    changed: int
    is_new: bool


@dataclass(frozen=True)
class _Now:
    """The hub as it is to be indexed."""

    source: Source
    entries: Mapping[str, Entry]
    digests: Mapping[str, bytes]
    slots: Mapping[str, int]
    concepts: Concepts
    table: Table

    @property
    def shape(self) -> str:
        """What all lists depend on, beside the mean lengths."""
        told = [_code(), LANGUAGE, self.concepts.as_data(), self.table.size, self.table.languages, self.records]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def records(self) -> float:
        """How many records there are, rounded up to a step, for idf."""
        return coarse(len(self.entries) * 1.19, 2)


def update(source: Source, path: Path) -> Change:
    """Bring the index up to date.

    Args:
        source: the library, as readers may see it, on the day of the build.
        path: the store's file.
    """
    now = _now(source)
    with Store(path) as store:
        old = {key: (digest, slot) for key, digest, slot in store.rows("SELECT key, digest, slot FROM entry")}
        changed = [key for key in now.entries if old.get(key) != (now.digests[key], now.slots[key])]
        gone = [key for key in old if key not in now.entries]
        same_shape = store.get("shape") == now.shape
        if same_shape and not changed and not gone:
            return Change(len(now.entries), 0, is_new=False)
        if not same_shape or len(changed) + len(gone) > max(_FEW * len(now.entries), 1):
            _make(store, now)
            return Change(len(now.entries), len(now.entries), is_new=True)
        if not _work_in(store, now, changed, gone):
            _make(store, now)
            return Change(len(now.entries), len(now.entries), is_new=True)
        return Change(len(now.entries), len(changed) + len(gone), is_new=False)


def _now(source: Source) -> _Now:
    entries = {_text(entry.key): entry for entry in source.entries()}
    table = table_for(len(entries), source.library.languages)
    slots = assign(table, ((entry.key, source.rank(entry)) for entry in entries.values()))
    return _Now(
        source,
        entries,
        {key: _digest(source.digest(entry)) for key, entry in entries.items()},
        {_text(key): slot for key, slot in slots.items()},
        Concepts.of(source.library),
        table,
    )


def _digest(told: Sequence[object]) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for one in told:
        found.update(f"{one}\0".encode("utf-8", "surrogatepass"))
    return found.digest()


def _text(key: Key) -> str:
    return "\t".join(key)


def _code() -> str:
    """The code that makes the index: another one makes another."""
    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def _make(store: Store, now: _Now) -> None:
    """Make the index anew."""
    store.clear()
    order = sorted(now.entries, key=lambda key: now.slots[key])
    gathered = gather([(key, now.slots[key], now.entries[key]) for key in order], now.source, now.concepts)
    lists = sorted(gathered.lists.items())
    store.write("INSERT INTO posting VALUES (?, ?)", ((term, whole.to_bytes()) for term, whole in lists))
    store.write("INSERT INTO form VALUES (?, ?)", sorted(gathered.forms.items()))
    _keep_entries(store, now, gathered)
    store.write("INSERT INTO item VALUES (?, ?, ?)", _lists(lists, now.records))
    store.write(
        "INSERT INTO item VALUES ('words', ?, ?)", ((form, _count(n)) for form, n in sorted(gathered.forms.items()))
    )
    _finish(store, now, gathered.sums, dict.fromkeys(SHAPES), same_facets=False)


def _keep_entries(store: Store, now: _Now, gathered: Gathered) -> None:
    held = gathered.entries
    store.write(
        "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)",
        ((one.key, one.slot, now.digests[one.key], json.dumps(one.lengths), one.facets) for one in held),
    )
    store.write("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", ((one.key, one.terms, one.forms) for one in held))
    store.write("INSERT INTO item VALUES (?, ?, ?)", sorted(item for one in held for item in one.items))
    put_passages(store, (leaf for one in held for leaf in one.leaves))


def _lists(lists: Iterable[tuple[str, Whole]], records: float) -> Iterator[tuple[str, str, bytes]]:
    for term, whole in lists:
        front, tail = whole.published(records)
        yield "terms", term, front
        if tail:
            yield "tails", term, tail


def _count(number: int) -> bytes:
    """How common a form is, as a digit: coarse, so that a text more changes few of them."""
    return str(min(number.bit_length(), 9)).encode()


def _work_in(store: Store, now: _Now, changed: Sequence[str], gone: Sequence[str]) -> bool:
    """Work few changes in; False when the mean lengths have moved, and with them every list."""
    before = json.loads(store.get("sums"))
    means = invert.averages(before)
    order = sorted(changed, key=lambda key: now.slots[key])
    gathered = gather([(key, now.slots[key], now.entries[key]) for key in order], now.source, now.concepts, means)
    old = [_Old.of(store, key) for key in (*changed, *gone)]
    taken = invert.total(one.lengths for one in old if one)
    sums = [
        [had[0] + new[0] - less[0], had[1] + new[1] - less[1]]
        for had, new, less in zip(before, gathered.sums, taken, strict=True)
    ]
    if invert.averages(sums) != means:
        return False
    known = [one for one in old if one]
    touched: dict[str, set[str]] = {tree: set() for tree in SHAPES}
    _forget(store, known, touched)
    _change_lists(store, now, known, gathered, touched)
    _change_forms(store, known, gathered, touched)
    _keep_entries(store, now, gathered)
    for one in gathered.entries:
        for tree, key, _ in one.items:
            touched[tree].add(key)
    same_facets = {(one.slot, one.facets) for one in known} == {(one.slot, one.facets) for one in gathered.entries}
    _finish(store, now, sums, {tree: sorted(keys) for tree, keys in touched.items()}, same_facets=same_facets)
    return True


@dataclass(frozen=True, slots=True)
class _Old:
    """What the store knew of an entry."""

    key: str
    slot: int
    lengths: list[int]
    facets: str
    terms: list[str]
    forms: list[str]

    @classmethod
    def of(cls, store: Store, key: str) -> _Old | None:
        """What the store knows of an entry, if anything."""
        query = "SELECT slot, lengths, facets, terms, forms FROM entry JOIN held USING (key) WHERE key = ?"
        for slot, lengths, facets, terms, forms in store.rows(query, key):
            return cls(key, slot, json.loads(lengths), facets, terms.split(" "), forms.split())
        return None


def _forget(store: Store, old: Sequence[_Old], touched: dict[str, set[str]]) -> None:
    """Take entries and what belongs to them alone out of the store."""
    for one in old:
        mark = slot_key(one.slot)
        items = [
            *store.rows("SELECT tree, key FROM item WHERE tree = 'records' AND key = ?", mark),
            *store.rows("SELECT tree, key FROM item WHERE tree = 'names' AND key LIKE ?", f"%-{mark}"),
        ]
        for tree, key in items:
            touched[tree].add(key)
        store.write("DELETE FROM item WHERE tree = ? AND key = ?", items)
        drop_passages(store, mark)
    store.write("DELETE FROM entry WHERE key = ?", [(one.key,) for one in old])
    store.write("DELETE FROM held WHERE key = ?", [(one.key,) for one in old])


def _change_lists(
    store: Store, now: _Now, old: Sequence[_Old], gathered: Gathered, touched: dict[str, set[str]]
) -> None:
    changes: dict[str, dict[int, tuple[int, bytes] | None]] = {}
    for one in old:
        for term in one.terms:
            changes.setdefault(term, {})[one.slot] = None
    for term, whole in gathered.lists.items():
        for slot, strong, places in whole.postings():
            changes.setdefault(term, {})[slot] = (strong, places)
    for term, by_slot in changes.items():
        (row,) = list(store.rows("SELECT list FROM posting WHERE term = ?", term)) or [(None,)]
        whole = Whole.from_bytes(row[0]) if row[0] else Whole()
        for slot, posting in by_slot.items():
            whole.replace(slot, posting)
        if row[0] and whole.to_bytes() == row[0]:
            continue
        before = Whole.from_bytes(row[0]).published(now.records) if row[0] else (b"", b"")
        _put_list(store, term, whole, before, now.records, touched)


def _put_list(
    store: Store, term: str, whole: Whole, before: tuple[bytes, bytes], records: float, touched: dict[str, set[str]]
) -> None:
    if whole.heads:
        store.write("INSERT OR REPLACE INTO posting VALUES (?, ?)", [(term, whole.to_bytes())])
        after = whole.published(records)
    else:
        store.write("DELETE FROM posting WHERE term = ?", [(term,)])
        after = (b"", b"")
    for tree, had, has in zip(("terms", "tails"), before, after, strict=True):
        if had != has:
            touched[tree].add(term)
            if has:
                store.write("INSERT OR REPLACE INTO item VALUES (?, ?, ?)", [(tree, term, has)])
            else:
                store.write("DELETE FROM item WHERE tree = ? AND key = ?", [(tree, term)])


def _change_forms(store: Store, old: Sequence[_Old], gathered: Gathered, touched: dict[str, set[str]]) -> None:
    counts = Counter(gathered.forms)
    counts.subtract(form for one in old for form in one.forms)
    for form, difference in counts.items():
        if difference:
            (row,) = list(store.rows("SELECT count FROM form WHERE form = ?", form)) or [(0,)]
            number = row[0] + difference
            if number:
                store.write("INSERT OR REPLACE INTO form VALUES (?, ?)", [(form, number)])
            else:
                store.write("DELETE FROM form WHERE form = ?", [(form,)])
            if not row[0] or not number or _count(row[0]) != _count(number):
                touched["words"].add(form)
                store.write("DELETE FROM item WHERE tree = 'words' AND key = ?", [(form,)])
                store.write("INSERT INTO item VALUES ('words', ?, ?)", [(form, _count(number))] if number else [])


def _finish(
    store: Store,
    now: _Now,
    sums: Sequence[Sequence[int]],
    touched: Mapping[str, Sequence[str] | None],
    *,
    same_facets: bool,
) -> None:
    """Make the scripts that were touched, and the manifest that names them all."""
    before = json.loads(store.get("manifest") or "{}")
    roots: dict[str, Any] = {}
    for tree in SHAPES:
        keys = touched[tree]
        if keys is not None and not keys:
            roots[tree] = before["trees"][tree]
            continue
        root = grow(store, tree, keys)
        roots[tree] = root.as_data() if tree in _INLINE else keep_one(store, f"root-{tree}", dump(root.as_data()))
    roots[PASSAGES] = keep_one(store, f"root-{PASSAGES}", dump(grow_passages(store).as_data()))
    until = now.source.good_until()
    manifest = {
        "records": len(now.entries),
        "table": [now.table.size, list(now.table.languages)],
        "trees": roots,
        "concepts": keep_one(store, "concepts", dump(now.concepts.as_data())),
        "facets": before["facets"]
        if same_facets
        else {name: keep_one(store, f"facet-{name}", content) for name, content in _facets(store)},
    }
    store.set(
        shape=now.shape,
        sums=json.dumps(sums),
        manifest=dump(manifest),
        good_until=until.isoformat() if until else "",
    )


def _facets(store: Store) -> Iterator[tuple[str, str]]:
    """For each facet a script: values, labels, and the slots of the records that have them; the most frequent first."""
    found: dict[str, dict[str, tuple[list[str], list[int]]]] = {name: {} for name in FACETS}
    for slot, facets in store.rows("SELECT slot, facets FROM entry ORDER BY slot"):
        for name, values in json.loads(facets).items():
            for value, labels in values.items():
                found[name].setdefault(value, (labels, []))[1].append(slot)
    for name, values in found.items():
        ordered = sorted(values.items(), key=lambda item: (-len(item[1][1]), item[0]))
        yield (
            name,
            dump([[value, labels, b64encode(encode_slots(slots)).decode()] for value, (labels, slots) in ordered]),
        )
