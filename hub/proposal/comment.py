"""One comment in Markdown, of data that somebody hostile may have made.

Whatever comes from the proposal stands in code: there no forge makes a link, a mention, an image or a mark of it. All
other words are the hub's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from textwrap import wrap

from hub.i18n import N_, Translate
from hub.proposal.model import Change, Credited, Fault, Proposal
from hub.vocab import builtin

MARKER = "<!-- hub:proposition -->"
"""How the comment begins, so that it is found again and written anew."""
LIMIT = 65_536
"""What GitHub takes, counted as JavaScript counts."""
_WIDTH = 100
_SHARES = {"faults": 0.55, "changes": 0.25, "people": 0.1}
"""What each part may take of the whole, so that none pushes the others out."""
# Messages stand by themselves, for none is extracted from a formatted string.
_HEADING = N_("The hub’s check")
_READERS = N_("What changes for readers")
_CREDITED = N_("Who is credited")
_ANEW = N_("This comment is written anew after each change.")
_ALL_WELL = N_("Nothing to mend: all texts are in order. Thank you!")
_NOTHING_URGENT = N_("Nothing that must be mended ({counts}).")
_BEFORE = N_("before")
_COLON, _SEMICOLON = N_(": "), N_("; ")
_SEVERITIES = {"error": N_("Error"), "warning": N_("Warning"), "info": N_("Remark")}
_CHANGES = {"added": N_("Added"), "changed": N_("Changed"), "moved": N_("Moved"), "removed": N_("Removed")}
_SEEN = {
    "published": N_("published as soon as the proposal is accepted"),
    "needs-review": N_("shown with a notice that it is to be reviewed"),
    "draft": N_("shown as a draft"),
    "submitted": N_("not shown yet: the text is submitted"),
    "in-review": N_("not shown yet: the text is in review"),
    "withdrawn": N_("replaced by a notice that it was withdrawn"),
}
_COUNTED = {
    "error": (N_("{n} error"), N_("{n} errors")),
    "warning": (N_("{n} warning"), N_("{n} warnings")),
    "info": (N_("{n} remark"), N_("{n} remarks")),
}


def comment(
    proposal: Proposal, translate: Translate, lang: str, *, preview: str = "", more: str = "", limit: int = LIMIT
) -> str:
    """The comment on a proposal.

    Args:
        proposal: what it changes.
        translate: into the language of the comment.
        lang: that language.
        preview: the address from which the site as it would be is downloaded.
        more: the address of a page with what does not fit in here.
        limit: the most characters that the forge takes.

    Returns:
        Markdown that begins with `MARKER` and keeps to the limit.
    """
    room = {part: int(limit * share) for part, share in _SHARES.items()}
    faults = _fitted((_fault(one, translate) for one in proposal.faults), room["faults"], translate)
    changes = _fitted((_change(one, translate) for one in proposal.changes), room["changes"], translate)
    people = _fitted((_person(one, lang) for one in proposal.people), room["people"], translate)
    parts = [
        MARKER,
        f"## {translate(_HEADING)}",
        _verdict(proposal, translate),
        *faults,
        f"### {translate(_READERS)}",
        *(changes or [translate(N_("No page changes."))]),
    ]
    if preview:
        text = N_(
            "[Download the site as it would be]({url}): “apercu”, at the foot of the page. Unpack it, open index.html."
        )
        parts.append(_link(translate(text), preview))
    if people:
        parts += [f"### {translate(_CREDITED)}", *people]
    if proposal.left_out:
        text = N_("The report itself leaves {n} out: there are too many.")
        parts.append(translate(text).format(n=proposal.left_out))
    if more:
        parts.append(_link(translate(N_("[The whole report]({url})")), more))
    parts.append(f"_{translate(_ANEW)}_")
    return "\n\n".join(parts) + "\n"


def code(text: str) -> str:
    r"""A text of others as inline code, in which nothing has a meaning, on one line.

    >>> code("@all `x`\n# y")
    '`` @all `x` # y ``'
    """
    line = " ".join(_visible(text).split()) or "—"
    fence = "`" * (_longest_run(line) + 1)
    space = " " if "`" in line else ""
    return f"{fence}{space}{line}{space}{fence}"


def block(text: str, indent: str = "") -> str:
    """A text of others as a block of code, wrapped so that it is read without scrolling."""
    rows = [
        row
        for line in text.split("\n")
        for row in wrap(_visible(line), _WIDTH, drop_whitespace=False, break_on_hyphens=False, replace_whitespace=False)
        or [""]
    ]
    fence = "`" * max(3, _longest_run("\n".join(rows)) + 1)
    return "\n".join(f"{indent}{row}".rstrip() for row in (f"{fence}text", *rows, fence))


def _visible(text: str) -> str:
    """The text without signs that hide, turn round or end lines."""
    return "".join(c if c == " " or _shows(c) else " " for c in text)


def _shows(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def _link(text: str, url: str) -> str:
    return text.format(url=re.sub(r"[\s()<>\\]", "", url))


def _verdict(proposal: Proposal, say: Translate) -> str:
    counts = proposal.counts.model_dump()
    said = [say(_COUNTED[name][n != 1]).format(n=n) for name, n in counts.items() if n]
    if not said:
        return f"✅ {say(_ALL_WELL)}"
    if not counts["error"] and not counts["warning"]:
        return f"✅ {say(_NOTHING_URGENT).format(counts=', '.join(said))}"
    mark = "❌" if counts["error"] else "⚠️"
    text = N_(
        "In the whole hub: {counts}. A red cross is no judgement on your work: ask, and a facilitator will help you."
    )
    return f"{mark} {say(text).format(counts=', '.join(said))}"


def _fault(one: Fault, say: Translate) -> str:
    where = say(N_("{file}, line {line}")).format(file=code(one.file), line=one.line)
    told = block(f"{one.message}\n{one.hint}", "  ")
    return f"- **{say(_SEVERITIES[one.severity])}**, {where} ({code(one.rule)})\n\n{told}"


def _change(one: Change, say: Translate) -> str:
    said = f"- **{say(_CHANGES[one.change])}**{say(_COLON)}{code(one.title or one.file)}"
    if one.title:
        said += f", {code(one.file)}"
    if one.was:
        said += f" ({say(_BEFORE)}{say(_COLON)}{code(one.was)})"
    return f"{said}{say(_SEMICOLON)}{say(_SEEN[one.status])}" if one.status in _SEEN else said


def _person(one: Credited, lang: str) -> str:
    known = builtin()["role"].terms
    roles = ", ".join(known[role].label.in_(lang) if role in known else code(role) for role in one.roles)
    return f"- {code(one.name)}, {code(one.title)}" + (f" ({roles})" if roles else "")


def _fitted(blocks: Iterable[str], room: int, say: Translate) -> list[str]:
    """As many as there is room for, and how many there are beyond them."""
    shown: list[str] = []
    left = 0
    for one in blocks:
        room -= _length(one) + 2
        if room < 0:
            left += 1
        else:
            shown.append(one)
    return [*shown, say(N_("… and {n} more.")).format(n=left)] if left else shown


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
