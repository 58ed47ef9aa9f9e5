"""A comment on a page, archived in the page's own entry; and a report of an error, which changes nothing."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote, urlsplit

from hub import emails
from hub.addresses import address_of
from hub.diagnostics import Message
from hub.drafting.markdown import clean
from hub.drafting.report import DECIDE, PLACED, line
from hub.forms import COMMENT
from hub.i18n import N_, Label
from hub.intake import credit
from hub.intake.answers import Answers
from hub.intake.archiving import with_comment
from hub.intake.arrival import Arrival, Change, Made
from hub.intake.hub import Hub
from hub.intake.issue import Issue
from hub.intake.work import unticked
from hub.model import Entry
from hub.nearest import nearest

_NOBODY = Label("Anonyme", "Anonymous")
_LONGEST = 5_000
"""Characters of a comment."""


def arrival(answers: Answers, issue: Issue, hub: Hub) -> Arrival:
    """What becomes of a form that is about a page."""
    form = answers.form
    what = Message(N_("the form “{form}”, issue {n}"), {"form": form.title, "n": issue.number})
    entry = find(answers.text("page"), hub)
    name = f"commentaire-{issue.number or (entry.id.replace('/', '-') if entry else 'page')}"
    made = Arrival(what, name, Message(N_("Comment on a page")), number=issue.number)
    if entry is None:
        return replace(made, asks=(_which(answers.text("page"), hub),))
    made = replace(made, made=(Made(entry.text.path, entry.title, entry.kind.label.in_(hub.library.default_language)),))
    if form.name == COMMENT:
        return _comment(answers, issue, hub, entry, made)
    subject = Message(N_("Error in “{title}”"), {"title": credit.short(entry.title)})
    return replace(made, subject=subject, asks=(_about_error(entry),))


def _comment(answers: Answers, issue: Issue, hub: Hub, entry: Entry, made: Arrival) -> Arrival:
    lang = hub.library.default_language
    text = emails.without(clean(answers.text("comment")), lang).strip()
    subject = Message(N_("Archive a comment on “{title}”"), {"title": credit.short(entry.title)})
    if not text or len(text) > _LONGEST:
        said = (
            N_("The comment has no text.")
            if not text
            else N_("The comment has more than {n} characters: make it shorter.")
        )
        return replace(made, subject=subject, asks=(Message(said, {"n": _LONGEST}),))
    known = credit.by_account(hub.library, hub.forge, issue.account)
    given = credit.name(answers.text("name"))
    # A name that somebody chose is no reference to somebody of the hub.
    chosen = " ".join(given.replace(":", " ").split())
    author = chosen or (f"{known.kind}:{known.id}" if known else issue.account or _NOBODY.in_(lang))
    old = (hub.config.root / entry.text.path).read_bytes()
    new = with_comment(old, author, issue.opened or hub.today.isoformat(), text)
    lines = [line(PLACED, "comment", N_("The comment, by {author}, at the foot of the page."), author=author)]
    lines += [
        line(DECIDE, "not-ticked", N_("Not ticked: “{statement}” Ask before you accept."), statement=one)
        for one in unticked(answers)
    ]
    if text != clean(answers.text("comment")).strip():
        said = N_("E-mail addresses were taken out of the comment; the issue still shows them: take them out.")
        lines.append(line(DECIDE, "addresses", said))
    credited = (known.id if known and not chosen else chosen or issue.account,)
    changes = {entry.text.path: Change(old, new)}
    return replace(made, subject=subject, changes=changes, credited=tuple(filter(None, credited)), lines=tuple(lines))


def find(told: str, hub: Hub) -> Entry | None:
    """The entry of a page, by its address on the site, below it, or by its file."""
    plain = clean(told).strip().strip("<>")
    try:
        path = unquote(urlsplit(plain).path)
    except ValueError:
        return None
    parts = [one for one in path.removesuffix("index.html").split("/") if one]
    entries = [entry for entry in hub.library if may_have(entry)]
    by_address = {address_of(entry, hub.library).strip("/"): entry for entry in entries}
    by_file = {entry.src_uri: entry for entry in entries}
    for n in range(len(parts)):
        address = "/".join(parts[n:])
        found = by_address.get(address) or by_file.get(address)
        if found:
            return found
    return next((entry for entry in entries if _is_alias(entry, parts)), None)


def may_have(entry: Entry) -> bool:
    """Whether a page takes comments: what is said of people is not for their pages."""
    return not hasattr(entry, "shows_profile") and entry.status != "withdrawn"


def _is_alias(entry: Entry, parts: list[str]) -> bool:
    tails = {"/".join(parts[n:]) for n in range(len(parts))}
    return any(one.strip("/") in tails for one in entry.aliases)


def _which(told: str, hub: Hub) -> Message:
    known = {address_of(entry, hub.library): entry for entry in hub.library if may_have(entry)}
    near = nearest(urlsplit(told).path.strip("/") if _is_plain(told) else "", known)
    if near:
        return Message(
            N_(
                "The hub has no page “{found}”. Did you mean “{nearest}”? Put the address right in the form: copy it "
                "from the browser."
            ),
            {"found": told[:200], "nearest": near},
        )
    return Message(
        N_("The hub has no page “{found}”. Put the address right in the form: copy it from the browser."),
        {"found": told[:200]},
    )


def _is_plain(told: str) -> bool:
    try:
        urlsplit(told)
    except ValueError:
        return False
    return True


def _about_error(entry: Entry) -> Message:
    return Message(
        N_(
            "What you report is about “{title}”, in the file {file}. A facilitator looks at it and answers here. You "
            "may also correct the text yourself: “Improve this page”, at the foot of the page."
        ),
        {"title": entry.title, "file": entry.text.path},
    )
