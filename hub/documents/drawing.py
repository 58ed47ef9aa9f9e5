"""DrawingML, which Word and PowerPoint have in common: texts of shapes, SmartArt, charts, alternatives of a thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hub.documents.model import Block, Cell, Item, Paragraph, Run, Table, joined

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

Href = Callable[[str], str]
"""From the id of a relationship to an address outside the document, or nothing."""


def chosen(element: Any) -> Any:
    """Of the alternatives in `mc:AlternateContent`, which are all the same thing, the first that holds anything."""
    alternatives = [one for one in element if one.tag in {f"{MC}Choice", f"{MC}Fallback"}]
    return next((one for one in alternatives if len(one)), None)


def children(element: Any) -> Iterator[Any]:
    """The elements inside one, of alternatives one."""
    for one in element:
        if one.tag == f"{MC}AlternateContent":
            inside = chosen(one)
            if inside is not None:
                yield from children(inside)
        elif isinstance(one.tag, str):
            yield one


def paragraphs(body: Any, href: Href, *, bullets: bool = False) -> Iterator[Block]:
    """The paragraphs of a shape's text.

    Args:
        body: an element that holds `a:p`.
        href: finds the addresses of links.
        bullets: whether paragraphs are list items unless they say otherwise.
    """
    numbers: dict[int, int] = {}
    for p in body.iterchildren(f"{A}p"):
        runs = joined(_runs(p, href))
        told = p.find(f"{A}pPr")
        level = int(told.get("lvl", "0")) if told is not None else 0
        marks = {child.tag.removeprefix(A) for child in told} if told is not None else set()
        is_numbered = "buAutoNum" in marks
        if not any(run.text.strip() for run in runs):
            continue
        if "buNone" in marks or not (bullets or is_numbered or "buChar" in marks):
            numbers.clear()
            yield Paragraph(runs)
            continue
        for deeper in [one for one in numbers if one > level]:
            del numbers[deeper]
        numbers[level] = numbers.get(level, 0) + 1
        yield Item(runs, level, is_numbered, numbers[level])


def _runs(p: Any, href: Href) -> Iterator[Run]:
    for child in children(p):
        name = child.tag.removeprefix(A)
        if name == "br":
            yield Run("\n")
        elif name in {"r", "fld"}:
            text = "".join(t.text or "" for t in child.iterchildren(f"{A}t")).replace("\v", "\n")
            told = child.find(f"{A}rPr")
            if told is None:
                yield Run(text)
                continue
            link = told.find(f"{A}hlinkClick")
            baseline = told.get("baseline", "0").rstrip("%")
            shift = int(baseline) if baseline.lstrip("-").isdigit() else 0
            yield Run(
                text,
                bold=told.get("b") in {"1", "true"},
                italic=told.get("i") in {"1", "true"},
                struck=told.get("strike", "noStrike") != "noStrike",
                raised=shift > 0,
                lowered=shift < 0,
                href=href(link.get(f"{R}id", "")) if link is not None else "",
            )
        else:  # mathematics, inside its own elements
            yield Run("".join(t.text or "" for t in child.iter(f"{M}t", f"{A}t")))


def diagram(root: Any) -> Iterator[Block]:
    """The texts of a SmartArt, from the part that holds its data: a list, in its order and with its levels."""
    texts: dict[str, Any] = {}
    for point in root.iter(f"{DGM}pt"):
        body = point.find(f"{DGM}t")
        if body is not None and point.get("type", "node") in {"node", "asst", "doc", "parTrans", "sibTrans"}:
            texts[point.get("modelId", "")] = body
    inside: dict[str, list[tuple[int, str]]] = {}
    below: set[str] = set()
    for line in root.iter(f"{DGM}cxn"):
        if line.get("type", "parOf") == "parOf":
            source, target = line.get("srcId", ""), line.get("destId", "")
            inside.setdefault(source, []).append((int(line.get("srcOrd", "0")), target))
            below.add(target)
    seen: set[str] = set()
    for start in (*[one for one in texts if one not in below], *texts):
        stack = [(start, 0)]
        while stack:
            here, level = stack.pop()
            if here in seen:
                continue
            seen.add(here)
            said = list(paragraphs(texts[here], lambda _: "")) if here in texts else []
            for block in said:
                assert isinstance(block, (Paragraph, Item))
                yield Item(block.runs, level)
            deeper = level + bool(said)
            stack += [(target, deeper) for _, target in sorted(inside.get(here, []), reverse=True)]


def chart(root: Any) -> Iterator[Block]:
    """A chart as a table of what it draws, with its titles above."""
    for title in root.iter(f"{C}title"):
        for body in title.iter(f"{C}rich"):
            yield from paragraphs(body, lambda _: "")
    series = [
        (_cached(one.find(f"{C}tx")), _cached(_first(one, "cat", "xVal")), _cached(_first(one, "val", "yVal")))
        for one in root.iter(f"{C}ser")
    ]
    if not series:
        return
    categories = max((labels for _, labels, _ in series), key=len)
    size = max([len(categories), *(len(values) for _, _, values in series)])

    def at(found: list[str], index: int) -> Cell:
        return Cell((Paragraph((Run(found[index]),)),) if index < len(found) and found[index] else ())

    head = (Cell(), *(Cell((Paragraph((Run(" ".join(name)),)),)) for name, _, _ in series))
    rows = ((at(categories, index), *(at(values, index) for _, _, values in series)) for index in range(size))
    yield Table((head, *rows))


def _first(element: Any, *names: str) -> Any:
    return next((found for name in names if (found := element.find(f"{C}{name}")) is not None), None)


def _cached(element: Any) -> list[str]:
    """The values that a chart keeps of its sheet, in their order."""
    if element is None:
        return []
    points = [(int(one.get("idx", "0")), one.findtext(f"{C}v") or "") for one in element.iter(f"{C}pt")]
    if not points:
        return [one.text or "" for one in element.iter(f"{C}v")]
    found = [""] * (min(max(index for index, _ in points), 10_000) + 1)
    for index, value in points:
        if index < len(found):
            found[index] = value
    return found
