"""The file of a new entry: its kind's fields with what belongs in each, and the text that its kind begins with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date as day
from textwrap import wrap

from pydantic.fields import FieldInfo

from hub import frontmatter
from hub.about import about_of
from hub.dates import PartialDate
from hub.examples import example_line, line
from hub.i18n import Label
from hub.model import Entry, Kind

_LEFT_OUT = {"id", "lang", "title", "status", "translation_of", "source_hash", "aliases", "comments", "dismissed"}
"""What the file's name says, what stands at the top, and what only a translation, a move or a false alarm needs."""
_USEFUL = ("summary", "keywords")
"""Optional fields that every entry does well to have: they stand ready to be filled in."""
_HELP = Label(
    "Les lignes qui commencent par # sont facultatives : ôtez le # et le blanc qui le suit pour remplir un champ, "
    "effacez celles dont vous n’avez pas besoin.",
    "Lines that begin with # are optional: take the # and the blank after it away to fill in a field, and delete those "
    "that you do not need.",
)
_STATUS = Label(
    "Le texte est un brouillon (draft) tant que cette ligne le dit ; effacez-la pour le publier.",
    "The text is a draft as long as it is marked so; delete this line to publish it.",
)
_EXAMPLE = Label("par exemple : {}", "for example: {}")
_WIDTH = 100


def new_text(kind: Kind, title: str, lang: str, today: day | None = None, *, optional: bool = True) -> str:
    """The text of a new entry's file, which loads as it is unless its kind requires a reference.

    Args:
        kind: its kind.
        title: its title.
        lang: the language of the comments, the hub's default one.
        today: what stands for a date that the kind requires; without it, that of the example.
        optional: whether the fields that may be left out stand in it as comments.
    """
    fields = {name: info for name, info in kind.model.model_fields.items() if name not in _LEFT_OUT}
    own = {name: info for name, info in fields.items() if name not in Entry.model_fields}
    required = {name: info for name, info in fields.items() if info.is_required()}
    rows = [line("title", quoted(title)), "", *_comment(_STATUS.in_(lang)), line("status", "draft"), ""]
    for name, info in required.items():
        rows += [*_said(info, name, lang), *_required(name, info, today), ""]
    for name in _USEFUL:
        rows += [*_said(fields[name], name, lang, example=True), f"{name}:", ""]
    rows += [*_comment(_HELP.in_(lang)), ""] if optional else []
    for name, info in {**own, **fields}.items() if optional else ():
        if name not in required and name not in _USEFUL:
            rows += [*_said(info, name, lang), *(f"# {row}" for row in example_line(name, info).split("\n")), ""]
    return "\n".join(["---", *rows[:-1], "---", "", kind.template.in_(lang)])


def quoted(text: str) -> str:
    """A text as a YAML value of one line, in quotes only where it would mean something else without."""
    plain = " ".join(text.split())
    source, faults = frontmatter.read(f"---\ntitle: {plain}\n---\n".encode(), "")
    return plain if not faults and source.front.data.get("title") == plain else json.dumps(plain, ensure_ascii=False)


def _said(info: FieldInfo, name: str, lang: str, *, example: bool = False) -> Iterator[str]:
    """What belongs in a field, as a comment."""
    told = about_of(info, name)
    parts = [told.label.in_(lang), told.help.in_(lang), _EXAMPLE.in_(lang).format(told.example) if example else ""]
    yield from _comment(" – ".join(part for part in parts if part))


def _required(name: str, info: FieldInfo, today: day | None) -> list[str]:
    value = line(name, today.isoformat()) if today and info.annotation is PartialDate else example_line(name, info)
    return value.split("\n")


def _comment(text: str) -> Iterator[str]:
    return (f"# {row}" for row in wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False))
