"""The pictures of a draft: their files beside its text, and what is said for those who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hub.documents.model import Block, Document, Heading, Item, Paragraph, every, runs_of, text_of
from hub.drafting.markdown import clean
from hub.drafting.report import DECIDE, PLACED, Line, line
from hub.i18n import N_, Label

_MADE_BY_MACHINE = re.compile(
    r"(?:une image contenant.*|.*description générée automatiquement|.*description automatically generated.*|"
    r"a (?:picture|close up|group|person).* (?:of|containing) .*|(?:picture|image|photo|logo|graphique|objet) ?\d*|"
    r"[\w -]+\.(?:jpe?g|png|gif|emf|wmf|bmp|tiff?))",
    re.IGNORECASE | re.DOTALL,
)
_CAPTION = re.compile(r"\s*(?:figure|fig\.|photo|image|graphique|schéma|carte|chart|map|picture)\b", re.IGNORECASE)
_LONGEST = 250
_TO_DESCRIBE = Label("Image {} du document, à décrire", "Image {} of the document, to be described")


@dataclass(frozen=True, slots=True)
class Named:
    """Pictures that the draft shows.

    Attributes:
        shown: file and alternative text by number.
        files: their contents by name.
        lines: what is said of them.
        left_out: those that cannot be taken over.
    """

    shown: Mapping[int, tuple[str, str]]
    files: Mapping[str, bytes]
    lines: tuple[Line, ...]
    left_out: tuple[tuple[str, str], ...]


def named(document: Document, blocks: tuple[Block, ...], stem: str, lang: str) -> Named:
    """Name the pictures that blocks, or notes, show."""
    notes = tuple(block for _, inside in document.notes for block in inside)
    order = dict.fromkeys(run.picture for run in runs_of((*blocks, *notes)) if run.picture is not None)
    captions = _captions(blocks)
    shown: dict[int, tuple[str, str]] = {}
    files: dict[str, bytes] = {}
    left_out: list[tuple[str, str]] = []
    undescribed: list[str] = []
    for number in order:
        picture = document.pictures[number]
        alt = " ".join(clean(picture.alt).split())
        if not picture.data:
            if picture.fault != "tiny" or alt:
                left_out.append(("picture", alt or f"{len(shown) + len(left_out) + 1}"))
            continue
        name = f"{stem}-image-{len(files) + 1}.{picture.suffix}"
        if not alt or _MADE_BY_MACHINE.fullmatch(alt):
            if alt:
                left_out.append(("picture-text", alt))
            alt = captions.get(number, "")
        if not alt:
            alt = _TO_DESCRIBE.in_(lang).format(len(files) + 1)
            undescribed.append(name)
        shown[number] = (name, alt)
        files[name] = picture.data
    lines = []
    if files:
        lines.append(
            line(
                PLACED,
                "pictures",
                N_("Images, made smaller and without the data of the camera: {names}."),
                names=", ".join(files),
            )
        )
    if undescribed:
        lines.append(
            line(
                DECIDE,
                "picture-undescribed",
                N_("Say between the brackets what these images show: {names}."),
                names=", ".join(undescribed),
            )
        )
    if any(code == "picture" for code, _ in left_out):
        lines.append(
            line(
                DECIDE,
                "picture-lost",
                N_(
                    "Some images are in a format that pages cannot show: save them as PNG or JPEG and add them by hand."
                ),
            )
        )
    return Named(shown, files, tuple(lines), tuple(left_out))


def _captions(blocks: tuple[Block, ...]) -> dict[int, str]:
    """The caption that stands after a picture, or before it."""
    known = [block for block in every(blocks) if isinstance(block, (Heading, Paragraph, Item))]
    found: dict[int, str] = {}
    for index, block in enumerate(known):
        for run in block.runs:
            if run.picture is None or run.picture in found:
                continue
            for other in (block, *known[index + 1 : index + 2], *known[max(0, index - 1) : index]):
                said = " ".join(clean(text_of(other)).split())
                is_caption = isinstance(other, Paragraph) and (other.style == "caption" or _CAPTION.match(said))
                if said and is_caption and len(said) <= _LONGEST:
                    found[run.picture] = said
                    break
    return found
