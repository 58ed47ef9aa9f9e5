"""The sums of a site's files: whoever has the site can see that nothing of it is missing, was changed or was added.

`SHA256SUMS` has a line for each file but itself, as `sha256sum -c` reads them (coreutils manual, "cksum output modes").
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hub import sealed
from hub.disk import Stamp, stamp, stamps
from hub.workers import spread

NAME = "SHA256SUMS"
_ALONE = 2000
"""Files that one process reads sooner than several are started."""
_MOST_SINCE = 5000
"""Sums that may stand beside the others before all are kept anew."""
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)", re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_ODD = re.compile(r"[\\\n\r]")
_ESCAPED = re.compile(r"\\(.)")


class Summed(NamedTuple):
    """A file as it was when it was read: its size in bytes, its time in nanoseconds, and its SHA-256 sum."""

    size: int
    time: int
    sum: str

    @classmethod
    def of(cls, site: Path, address: str) -> Summed:
        """A file that stands in a site."""
        return cls(*stamp((site / address).stat()), _sum(site / address))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a folder differs from its manifest.

    Attributes:
        files: how many the manifest lists.
        missing: files that it lists and that are not there.
        changed: files that are not what they were.
        foreign: files that it does not list.
    """

    files: int
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the folder is what the manifest says, and nothing else."""
        return not (self.missing or self.changed or self.foreign)


def written(sums: Mapping[str, str]) -> str:
    """A manifest.

    Args:
        sums: the SHA-256 sum of each file, by its address in the site.
    """
    return "".join(f"{_line(address, sums[address])}\n" for address in sorted(sums))


def read(text: str) -> dict[str, str]:
    """The sums of a manifest, by the files' addresses.

    Raises:
        ValueError: when a line is none of a manifest, or leads out of the site.
    """
    found = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        told = _listed(line)
        if told is None or told[0].startswith("/") or ".." in told[0].split("/"):
            raise ValueError(f"line {number}")
        found[told[0]] = told[1]
    return found


def sums_of(site: Path, there: Mapping[str, Stamp], known: Mapping[str, Summed]) -> dict[str, Summed]:
    """The sums of a site's files, but for the manifest's own.

    Args:
        site: its folder.
        there: the stamps of its files, by their addresses.
        known: sums of an earlier time; a file of the same size and time is not read again.
    """
    found: dict[str, Summed] = {}
    wanted: list[tuple[str, int, int]] = []
    for address, now in there.items():
        if address == NAME:
            continue
        before = known.get(address)
        if before and before[:2] == now:
            found[address] = before
        else:
            wanted.append((address, *now))

    def summed(some: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, Summed]]:
        for address, size, time in some:
            yield address, Summed(size, time, _sum(f"{site}/{address}"))

    found.update(spread(wanted, summed, alone=_ALONE))
    return found


def put(site: Path, there: Mapping[str, Stamp], known: Mapping[str, Summed]) -> dict[str, Summed]:
    """Write the manifest of a site.

    Args:
        site: its folder, in which nothing else is written any more.
        there: the stamps of its files, by their addresses.
        known: sums of an earlier time.

    Returns:
        The sums that it lists, by the files' addresses.
    """
    found = sums_of(site, there, known)
    (site / NAME).write_text(written({address: one.sum for address, one in found.items()}), "utf-8", newline="\n")
    return found


def keep(path: Path, sums: Mapping[str, Summed]) -> None:
    """Keep sums, whole or not at all: by columns, for so 50,000 files are read in 20 ms."""
    addresses = sorted(sums)
    sealed.write(path, [addresses, *([sums[address][at] for address in addresses] for at in range(3))])
    _since(path).unlink(missing_ok=True)


def recall(path: Path) -> dict[str, Summed]:
    """Sums that were kept, by the files' addresses; none where what is kept is not as it was written."""
    try:
        addresses, *rest = sealed.read(path)
        found = dict(zip(addresses, map(Summed, *rest), strict=True))
        for address, one in _changed(path).items():
            if one is None:
                found.pop(address, None)
            else:
                found[address] = Summed(*one)
    except (TypeError, ValueError):
        return {}
    return found


def seal(path: Path) -> str:
    """Another text for other sums that are kept."""
    return sealed.seal(path) + sealed.seal(_since(path))


def amend(site: Path, path: Path, folder: Path, new: Mapping[str, Summed], gone: Collection[str]) -> None:
    """Write the manifest of a site in which a few files are others, and keep their sums.

    Args:
        site: has the manifest from before.
        path: where sums are kept.
        folder: where the new manifest goes.
        new: the sums of the files that have changed.
        gone: addresses of files that are no longer there.
    """
    lines = (site / NAME).read_text("utf-8").split("\n")[:-1]
    _amend(lines, {address: _line(address, one.sum) for address, one in new.items()}, gone)
    (folder / NAME).write_text("\n".join([*lines, ""]), "utf-8", newline="\n")
    changed = {**_changed(path), **dict.fromkeys(gone), **new, NAME: Summed.of(folder, NAME)}
    sealed.write(_since(path), [sealed.seal(path), changed])
    if len(changed) > _MOST_SINCE:
        keep(path, recall(path))


def _since(path: Path) -> Path:
    """Where sums stand that have changed since all were kept: a few are written sooner than 50,000."""
    return path.with_stem(f"{path.stem}-since")


def _changed(path: Path) -> dict[str, Any]:
    """What of the sums that are kept has changed since: a row for each address, or nothing for a file that is gone.

    Raises:
        ValueError: when that is not as it was written.
    """
    told = sealed.read(_since(path))
    if told is None and _since(path).exists():
        raise ValueError(_since(path))
    return {**told[1]} if told and told[0] == sealed.seal(path) else {}


def _amend(lines: list[str], new: Mapping[str, str], gone: Collection[str]) -> None:
    """Change lines of a manifest."""

    def address(line: str) -> str:
        told = _listed(line)
        return told[0] if told else ""

    for one in (*gone, *new):
        at = bisect_left(lines, one, key=address)
        if at < len(lines) and address(lines[at]) == one:
            del lines[at]
        if one in new:
            lines.insert(at, new[one])


def _listed(line: str) -> tuple[str, str] | None:
    """The address and the sum in a line of a manifest; None where it is none."""
    told = _LINE.fullmatch(line)
    if told is None:
        return None
    escaped, sum_, named = told.groups()
    return _ESCAPED.sub(_unescaped, named) if escaped else named, sum_


def differing(site: Path, known: Mapping[str, Summed]) -> list[str]:
    """The files of a site that are not as they were when they were summed, by what the disk says: a quick look."""
    there = stamps(site)
    return sorted(one for one in {*there, *known} if one not in known or there.get(one) != known[one][:2])


def compare(folder: Path, sums: Mapping[str, str], *, is_part: bool = False) -> Verdict:
    """How the files of a folder differ from what a manifest says of them.

    Args:
        folder: of the site, or of a part of it.
        sums: by addresses relative to that folder.
        is_part: whether the manifest stands in a folder above.
    """
    missing, changed = [], []
    for address, wanted in sorted(sums.items()):
        path = folder / address
        try:
            is_right = not path.is_symlink() and _sum(path) == wanted
        except OSError:
            missing.append(address)
            continue
        if not is_right:
            changed.append(address)
    there = (path.relative_to(folder).as_posix() for path in _all(folder))
    foreign = sorted(address for address in there if address not in sums and (is_part or address != NAME))
    return Verdict(len(sums), tuple(missing), tuple(changed), tuple(foreign))


def _all(folder: Path) -> Iterable[Path]:
    """Every file and link below a folder; links are not followed."""
    for where, folders, names in os.walk(folder):
        here = Path(where)
        yield from (here / name for name in names)
        yield from (here / name for name in folders if (here / name).is_symlink())


def _sum(path: Path | str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - as many as there are files
        return hashlib.file_digest(file, "sha256").hexdigest()


def _line(address: str, sum_: str) -> str:
    if not _ODD.search(address):
        return f"{sum_}  {address}"
    return f"\\{sum_}  {_ODD.sub(lambda found: _ESCAPES[found[0]], address)}"


def _unescaped(found: re.Match[str]) -> str:
    return {"n": "\n", "r": "\r"}.get(found[1], found[1])
