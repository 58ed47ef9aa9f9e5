"""The files of a new hub, in memory: templates below `templates/`, filled in with what the community told.

A template stands where its file will stand, below the folder that says whom it is for: `all`, a forge, or a language.
Those of `examples` are named for kinds, and are filed as their kinds file entries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import hub.kinds
from hub import codeowners, forges, forms, frontmatter
from hub.i18n import Label
from hub.loading import load
from hub.model import Kind
from hub.naming import stem_of
from hub.registry import discover
from hub.starter.community import Community
from hub.vocab import builtin

TEMPLATES = Path(__file__).parent / "templates"
_SUFFIX = ".jinja"
_NAMES = {"docs/contribute.md": Label("docs/contribuer.md", "docs/contribute.md")}
"""Pages whose address is a word of the hub's default language."""
_COLOURS = {
    "published": "0e8a16",
    "needs-review": "fbca04",
    "draft": "c5def5",
    "submitted": "1d76db",
    "in-review": "5319e7",
    "withdrawn": "b60205",
}
_MARKS = re.compile(r"([\\`*_\[\]<>&|~#$!{}^=@])")


def starting_files(community: Community) -> dict[str, str]:
    """Every file of a new hub but those that are made of the others (`forge_files`).

    Returns:
        Contents by paths relative to the hub, with forward slashes.
    """
    values = _values(community)
    made = {path: _rendered(f"{folder}/{path}", values) for folder in ("all", community.forge) for path in _in(folder)}
    for lang in community.languages:
        for path in _in(f"pages/{lang}"):
            made[_placed(path, lang, community)] = _rendered(f"pages/{lang}/{path}", values)
    for name in _in(f"examples/{community.lang}"):
        kind = values["kinds"][name.removesuffix(".md")]
        text = _rendered(f"examples/{community.lang}/{name}", {**values, "kind": kind})
        if text.strip():
            made[f"docs/{kind.folder_in(community.lang)}/{stem_of(_title(text), kind)}.md"] = text
    return dict(sorted(made.items()))


def forge_files(root: Path, community: Community) -> dict[str, str]:
    """What the forge is told of a hub that was written, by paths: CODEOWNERS and forms, as far as it reads them."""
    loaded = load(root, drafts=True)
    library, forge, made = loaded.library, community.forge, {}
    if forge in codeowners.PLACES:
        default = [community.account] if community.account else []
        found = codeowners.owned(library, loaded.config, forge, top=loaded.config.root)
        made[codeowners.PLACES[forge]] = codeowners.codeowners(found, default)
    if forge in forms.PLACES:
        made |= forms.forms(library.kinds, library.vocabularies, community.lang, forge)
    return made


def workflows(community: Community, *, own: bool) -> dict[str, str]:
    """The forge's files that check a proposal and comment on it.

    Args:
        community: of the hub.
        own: whether the repository is that of the software, which installs itself from its own files.
    """
    values = {**_values(community), "own": own, "hub": ".venv/bin/hub" if own else "hub"}
    return {path: _rendered(f"{community.forge}/{path}", values) for path in _in(community.forge)}


def labels(lang: str) -> list[dict[str, str]]:
    """The labels of proposals: one for each state that a text may be in, with a colour and what it means."""
    states = builtin()["status"].terms.values()
    said = Label("État du texte : {}", "State of the text: {}").in_(lang)
    return [
        {"name": one.label.in_(lang), "color": _COLOURS.get(one.code, "ededed"), "description": said.format(one.code)}
        for one in states
    ]


def _values(community: Community) -> dict[str, Any]:
    kinds: Mapping[str, Kind] = {kind.name: kind for kind in discover(hub.kinds, "KIND")}
    return {
        "community": community,
        "kinds": kinds,
        "id_of": lambda title, kind: stem_of(title, kinds[kind]),
        "license": builtin()["license"].terms[community.license],
        "labels": labels(community.lang),
        "edit_uri": forges.edit_uri_on(community.forge) if community.repo_url else "",
        "own": False,
        "hub": "hub",
    }


def _title(text: str) -> str:
    source, _ = frontmatter.read(text.encode(), "")
    return str(source.front.data["title"])


def _in(folder: str) -> Iterator[str]:
    """The paths of the files that a folder of templates makes."""
    top = TEMPLATES / folder
    for path in sorted(top.rglob(f"*{_SUFFIX}")):
        yield path.relative_to(top).as_posix().removesuffix(_SUFFIX)


def _placed(path: str, lang: str, community: Community) -> str:
    """Where a text in a language goes: the default one's name has no mark; a translation stands beside it."""
    named = _NAMES[path].in_(community.lang) if path in _NAMES else path
    return named if lang == community.lang else f"{named.removesuffix('.md')}.{lang}.md"


def _rendered(name: str, values: Mapping[str, Any]) -> str:
    return _environment().get_template(f"{name}{_SUFFIX}").render(values)


@cache
def _environment() -> Environment:
    # The signs differ from Jinja's own, which workflows use for theirs. What is written is no HTML: each value goes
    # through the filter of the format that it is written into.
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
    made.filters["yaml"] = as_yaml
    made.filters["markdown"] = as_markdown
    return made


def as_yaml(text: str) -> str:
    """A text as a YAML value: in double quotes, which need no guessing."""
    return json.dumps(text, ensure_ascii=False)


def as_markdown(text: str) -> str:
    r"""A text as Markdown that shows it and does nothing else, within a line.

    >>> as_markdown("*Hub* [x](y)")
    '\\*Hub\\* \\[x\\](y)'
    """
    return _MARKS.sub(r"\\\1", text)
