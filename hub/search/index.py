"""The index: from a library to scripts, all of them or only those that a change touches.

`update` compares each entry's digest with what the store knows. Few changes are worked into the lists that they
touch; many, or a change of what all lists depend on (the glossary, the table of slots, mean lengths), make the index
anew. Both ways end in the same scripts, byte for byte.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hub import collector
from hub.model import Key
from hub.search import invert
from hub.search.analysis import is_spelt, term_of
from hub.search.blocks import Blocks, waiting
from hub.search.concepts import PREFIX
from hub.search.gather import Asked, Held, blocks_of, gather, slot_key
from hub.search.invert import Sums
from hub.search.leaves import PASSAGES, SHAPES, TREES, Planting, graft, keep_one, plant, put_passages
from hub.search.lists import Lists, together
from hub.search.now import Now, as_data
from hub.search.postings import encode_slots
from hub.search.reading import FACETS
from hub.search.records import Names, Source
from hub.search.store import Store
from hub.search.tree import Root, dump
from hub.workers import spread

Changes = dict[str, dict[str, bytes | None]]
"""For each tree, what stands under a key from now on."""
Item = tuple[str, str, bytes]
"""What is published in a tree under a key: tree, key, body."""
Row = tuple[str, bytes]
"""A term's whole list, as the store keeps it."""
_INLINE = ("terms", "records")
"""Trees whose root stands in the manifest: every search needs them."""
_FEW = 0.2
"""The part of the entries that may change before it is quicker to make the index anew."""
_RUNS_ALONE = 4
"""Runs of terms that one process joins sooner than several are started."""


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


def update(
    source: Source, path: Path, waits: Callable[[], None] = lambda: None, told: Mapping[str, str] | None = None
) -> Change:
    """Bring the index up to date; who else wants to waits until it is.

    Args:
        source: the library, as readers may see it, on the day of the build.
        path: the store's file.
        waits: called once where another process must be waited for.
        told: what is to be kept of the library beside, with the index or not at all.

    Raises:
        HubError: when another process goes on writing the file.
    """
    with collector.paused(), Store(path, waits) as store:
        store.lock()
        done = _updated(store, Now.of(source, store))
        store.set(**told or {})
        return done


def amend(
    source: Source,
    keys: Iterable[Key],
    path: Path,
    is_right: Callable[[str], bool],
    waits: Callable[[], None],
    told: Mapping[str, str] | None = None,
) -> bool:
    """Work a few texts in whose sentences have changed, and nothing else that the index knows of them.

    Args:
        source: the part of the library that was read: these texts, those whom they name, and the glossary.
        keys: of the texts.
        path: as for `update`.
        is_right: says of an index, by its manifest, whether it is of the library as it was before.
        waits: likewise.
        told: likewise.

    Returns:
        Whether that was enough; otherwise nothing was done, and the whole library must be compared.
    """
    changed = ["\t".join(key) for key in keys]
    with collector.paused(), Store(path, waits) as store:
        store.lock()
        if not (store.get("shape") and is_right(store.get("manifest"))):
            return False
        now = Now.in_part(source, store)
        called = json.loads(store.get("called"))
        done = store.get("shape") == now.shape and all(_is_where_it_was(now, key, called) for key in changed)
        done = done and _work_in(store, now, changed, [])
        store.set(**(told or {}) if done else {})
        return done


def _is_where_it_was(now: Now, key: str, called: Mapping[str, Sequence[str]]) -> bool:
    """Whether an entry has its old rank, and whom it names their old names."""
    entry = now.entries.get(key)
    if entry is None or now.slots.get(key) is None or now.table.rank(now.slots[key]) != now.source.rank(entry):
        return False
    return all(called.get(link) == list(now.source.called(link)) for link in now.source.links(entry))


def _updated(store: Store, now: Now) -> Change:
    if store.get("shape") == now.shape:
        changed, gone = _changes(store, now)
        number = len(changed) + len(gone)
        if not number or (number <= max(_FEW * len(now.entries), 1) and _work_in(store, now, changed, gone)):
            return Change(len(now.entries), number, is_new=False)
    _make(store, now)
    return Change(len(now.entries), len(now.entries), is_new=True)


def _changes(store: Store, now: Now) -> tuple[list[str], list[str]]:
    """The entries that are to be read again, and those that are there no more."""
    called = json.loads(store.get("called"))
    renamed = {link for link, names in called.items() if names != list(now.source.called(link))}
    same, gone = set(), []
    for key, digest, slot, links in store.rows("SELECT key, digest, slot, links FROM entry"):
        if key not in now.entries:
            gone.append(key)
        elif (digest, slot) == (now.digests[key], now.slots[key]) and renamed.isdisjoint(links.split()):
            same.add(key)
    return [key for key in now.entries if key not in same], gone


def _make(store: Store, now: Now) -> None:
    """Make the index anew; what some hundred entries hold is in the store before others are read."""
    store.clear()
    store.run("CREATE TEMP TABLE unsorted (key TEXT, body BLOB)")  # names: SQLite sorts on the disk what is long
    asked = blocks_of(_asked(now, now.entries))
    growing = {tree: Planting(store, tree) for tree in ("records", PASSAGES, "terms", "tails")}
    forms: Counter[str] = Counter()
    sums = invert.total([])
    with waiting(store.path, len(asked)) as blocks:
        for gathered in gather(asked, now.source, now.concepts):
            _keep_entries(store, now, gathered.entries)
            growing["records"].add([(slot_key(one.slot), one.record) for one in gathered.entries])
            growing[PASSAGES].put(leaf for one in gathered.entries for leaf in one.leaves)
            store.write("INSERT INTO unsorted VALUES (?, ?)", (name for one in gathered.entries for name in one.names))
            forms.update(gathered.forms)
            sums = invert.added(sums, gathered.block.sums)
            blocks.put(gathered.block)
        for rows, published in _all_lists(blocks, invert.averages(sums), now.records):
            store.write("INSERT INTO posting VALUES (?, ?)", rows)
            for tree in ("terms", "tails"):
                growing[tree].add([(key, body) for one, key, body in published if one == tree])
    roots = {tree: planting.root() for tree, planting in growing.items()}
    roots["names"] = plant(store, "names", store.rows("SELECT key, body FROM unsorted ORDER BY key"))
    known = sorted(forms)
    store.write("INSERT INTO form VALUES (?, ?)", ((form, forms[form]) for form in known))
    roots["words"] = plant(store, "words", ((form, _count(forms[form])) for form in known))
    _finish(store, now, sums, {tree: _kept_root(store, tree, roots[tree]) for tree in TREES})


def _asked(now: Now, keys: Iterable[str]) -> Asked:
    """Entries, told by their keys, in the order of their slots."""
    return [(key, now.slots[key], now.entries[key]) for key in sorted(keys, key=now.slots.__getitem__)]


def _all_lists(blocks: Blocks, averages: Sequence[float], records: float) -> Iterator[tuple[list[Row], list[Item]]]:
    """All terms' lists, run by run, as the store keeps them and as they are published."""
    merged = blocks.merging(averages)

    def work(runs: Sequence[int]) -> Iterator[tuple[list[Row], list[Item]]]:
        for lists in map(merged, runs):
            yield list(lists.rows()), list(_published(lists, records))

    return spread(blocks.runs, work, alone=_RUNS_ALONE)


def _work_in(store: Store, now: Now, changed: Sequence[str], gone: Sequence[str]) -> bool:
    """Work few changes in; False when the mean lengths have moved, and with them every list."""
    before: Sums = json.loads(store.get("sums"))
    means = invert.averages(before)
    gathered = list(gather(blocks_of(_asked(now, changed)), now.source, now.concepts))
    entries = [one for some in gathered for one in some.entries]
    old = [one for key in (*changed, *gone) for one in _Old.of(store, key)]
    kept = invert.added(before, invert.total([one.lengths for one in old]), -1)
    sums = invert.added(kept, invert.total([one.lengths for one in entries]))
    same_facets = {(one.slot, one.facets) for one in old} == {(one.slot, one.facets) for one in entries}
    if invert.averages(sums) != means or (now.is_part and not same_facets):
        return False
    changes: Changes = {tree: {} for tree in SHAPES}
    _forget(store, old, changes)
    _change_lists(store, now, old, together([some.block.lists(means) for some in gathered]), changes)
    _change_forms(store, old, entries, changes)
    _keep_entries(store, now, entries)
    for one in entries:
        changes["records"][slot_key(one.slot)] = one.record
        changes["names"] |= one.names
    manifest = json.loads(store.get("manifest"))
    roots = manifest["trees"]
    for tree, found in changes.items():
        if found:
            roots[tree] = _kept_root(store, tree, graft(store, tree, found))
    leaves = (leaf for one in entries for leaf in one.leaves)
    roots[PASSAGES] = _kept_root(store, PASSAGES, put_passages(store, (slot_key(one.slot) for one in old), leaves))
    _finish(store, now, sums, roots, manifest["facets"] if same_facets else None)
    return True


def _published(lists: Lists, records: float) -> Iterator[Item]:
    """The items of lists: tree, key and body."""
    for term, front, tail in lists.published(records):
        yield "terms", term, front
        if tail:
            yield "tails", term, tail


def _keep_entries(store: Store, now: Now, entries: Sequence[Held]) -> None:
    told = (
        (one.key, one.slot, now.digests[one.key], one.links, json.dumps(one.lengths), one.facets) for one in entries
    )
    store.write("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", told)
    held = ((one.key, one.words, " ".join(key for key, _ in one.names)) for one in entries)
    store.write("INSERT INTO held VALUES (?, ?, ?)", held)


def _count(number: int) -> bytes:
    """How common a form is, as a digit: coarse, so that a text more changes few of them."""
    return str(min(number.bit_length(), 9)).encode()


class _Old(NamedTuple):
    """What the store knew of an entry."""

    key: str
    slot: int
    lengths: list[int]
    facets: str
    words: list[str]
    names: list[str]

    @classmethod
    def of(cls, store: Store, key: str) -> Iterator[_Old]:
        """What the store knows of an entry, if anything."""
        query = "SELECT slot, lengths, facets, words, names FROM entry JOIN held USING (key) WHERE key = ?"
        for slot, lengths, facets, held, names in store.rows(query, key):
            yield cls(key, slot, json.loads(lengths), facets, held.split(), names.split())

    @property
    def terms(self) -> set[str]:
        """Its terms, concepts among them."""
        return {word if word.startswith(PREFIX) else term_of(word) for word in self.words} - {""}


def _forget(store: Store, old: Sequence[_Old], changes: Changes) -> None:
    """Take entries and what belongs to them alone out of the store."""
    for one in old:
        changes["records"][slot_key(one.slot)] = None
        changes["names"] |= dict.fromkeys(one.names)
    store.write("DELETE FROM entry WHERE key = ?", ((one.key,) for one in old))
    store.write("DELETE FROM held WHERE key = ?", ((one.key,) for one in old))


def _change_lists(store: Store, now: Now, old: Sequence[_Old], lists: Lists, changes: Changes) -> None:
    new = dict(lists.rows())
    terms = sorted(new.keys() | set().union(*(one.terms for one in old)))
    had = {term: data for term in terms for _, data in store.rows("SELECT * FROM posting WHERE term = ?", term)}
    slots = [one.slot for one in old]
    own = dict(Lists.from_rows(had.items()).of(slots).rows())
    # Most words of a text stand where they stood: their lists, which may be long, stay as they are.
    terms = [term for term in terms if own.get(term) != new.get(term)]
    before, added = (Lists.from_rows((term, some[term]) for term in terms if term in some) for some in (had, new))
    after = together([before.without(slots), added])
    store.write("DELETE FROM posting WHERE term = ?", ((term,) for term in terms))
    store.write("INSERT INTO posting VALUES (?, ?)", after.rows())
    was, is_now = ({one[:2]: one[2] for one in _published(some, now.records)} for some in (before, after))
    for tree, term in was.keys() | is_now.keys():
        if was.get((tree, term)) != is_now.get((tree, term)):
            changes[tree][term] = is_now.get((tree, term))


def _change_forms(store: Store, old: Sequence[_Old], entries: Sequence[Held], changes: Changes) -> None:
    counts = Counter(form for one in entries for form in filter(is_spelt, one.words.split()))
    counts.subtract(form for one in old for form in filter(is_spelt, one.words))
    for form, difference in counts.items():
        if difference:
            (row,) = list(store.rows("SELECT count FROM form WHERE form = ?", form)) or [(0,)]
            number = row[0] + difference
            store.write("DELETE FROM form WHERE form = ?", [(form,)])
            store.write("INSERT INTO form VALUES (?, ?)", [(form, number)] if number else [])
            if not number or _count(row[0]) != _count(number):
                changes["words"][form] = _count(number) if number else None


def _kept_root(store: Store, tree: str, root: Root) -> Any:
    """Where a tree begins, for the manifest: the root itself or the script that holds it."""
    return root.as_data() if tree in _INLINE else keep_one(store, f"root-{tree}", dump(root.as_data()))


def _finish(
    store: Store,
    now: Now,
    sums: Sums,
    roots: Mapping[str, Any],
    facets: Mapping[str, str] | None = None,
) -> None:
    """Make the manifest, which names all scripts; the scripts of facets are made anew unless they are given."""
    manifest = {
        "records": now.number,
        "table": as_data(now.table),
        "trees": roots,
        "concepts": keep_one(store, "concepts", dump(now.concepts.as_data())),
        "facets": facets or {name: keep_one(store, f"facet-{name}", content) for name, content in _facets(store)},
    }
    store.set(shape=now.shape, sums=json.dumps(sums), manifest=dump(manifest))
    if not now.is_part:
        until = now.source.good_until()
        called = json.dumps(_called(store, now.source))
        store.set(called=called, good_until=until.isoformat() if until else "")


def _called(store: Store, source: Source) -> dict[str, Names]:
    """What those are called whose names stand in records."""
    links = " ".join(links for (links,) in store.rows("SELECT links FROM entry"))
    return {link: source.called(link) for link in sorted(set(links.split()))}


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
