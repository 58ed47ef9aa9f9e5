"""A form that was filled in becomes a draft of the kind that the form is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hub import frontmatter
from hub.diagnostics import Message
from hub.documents.model import Document, Paragraph, Run
from hub.drafting.placing import Draft
from hub.drafting.recognising import language
from hub.drafting.report import DECIDE, PLACED
from hub.errors import HubError
from hub.i18n import N_, Label
from hub.intake import answered, attached, credit, deposit
from hub.intake.answers import Answers
from hub.intake.arrival import Arrival, Change, Made
from hub.intake.hub import Hub
from hub.intake.illustrating import with_pictures
from hub.intake.issue import Issue
from hub.intake.rows import Value, file
from hub.intake.work import Work, tell
from hub.model import Entry
from hub.nearest import fold

METHOD = Label("formulaire", "form")


def arrival(answers: Answers, issue: Issue, files: Sequence[attached.File], hub: Hub) -> Arrival:
    """What becomes of a form for an entry.

    Args:
        answers: of a form of a kind.
        issue: from which they come.
        files: that came with it, as far as they are here.
        hub: at which it arrives.

    Raises:
        HubError: when there is more in it than an entry can hold.
    """
    kind = answers.form.kind
    assert kind is not None
    work = Work(answers, issue, kind, hub)
    documents, images = _sorted(work, files)
    work.missing(files)
    told = answered.told(work)
    read = [one for one in (_read(work, paper) for paper in documents) if one]
    own = None
    if read and not answers.text("text"):
        own = attached.draft(read.pop(0), kind, hub, answered.given_title(work, told.fields))
    entry = _entry(work, told, own, images)
    changes = {f"{hub.docs}{uri}": Change(None, data) for uri, data in work.files.items()}
    label = kind.label.in_(hub.library.default_language)
    made = [Made(f"{hub.docs}{entry.uri}", entry.title, label)]
    for one in (attached.draft(paper, kind, hub) for paper in read):  # each a text of its own
        changes |= deposit.files(one, hub)
        made.append(Made(f"{hub.docs}{one.uri}", one.title, label))
        work.lines += one.lines
        work.left_out += one.left_out
    form = {"form": answers.form.title, "n": issue.number}
    return Arrival(
        Message(N_("the form “{form}”, issue {n}") if issue.number else N_("the form “{form}”"), form),
        f"formulaire-{issue.number or entry.stem}",
        Message(N_("Propose “{title}”"), {"title": credit.short(entry.title)}),
        changes,
        tuple(made),
        _credited(work, entry),
        tuple(work.lines),
        deposit.without(tuple(work.left_out), hub),
        tuple(work.faults),
        number=issue.number,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """The entry of a form: its file, the name of that, its title, and the authors that it names."""

    uri: str
    stem: str
    title: str
    authors: tuple[str, ...]


def _sorted(work: Work, files: Sequence[attached.File]) -> tuple[list[attached.File], list[attached.File]]:
    """Documents and pictures; what is neither is told."""
    documents, images = [], []
    for one in files:
        if one.is_picture:
            images.append(one)
        elif one.is_document:
            documents.append(one)
        else:
            said = N_("The file {name} cannot be taken over: only documents (Word, PowerPoint, PDF…) and pictures can.")
            work.say(DECIDE, "file-refused", said, name=one.name)
    return documents, images


def _read(work: Work, one: attached.File) -> Document | None:
    try:
        return attached.document(one)
    except HubError as error:
        said = N_("The file {name} cannot be read: {error}")
        work.say(DECIDE, "file-unread", said, name=one.name, error=Message(error.template, error.params))
        return None


def _entry(work: Work, told: answered.Told, own: Draft | None, images: Sequence[attached.File]) -> _Entry:
    """The entry's file, put among the files of the work.

    Raises:
        HubError: when there is more in it than a front matter can hold.
    """
    kind, library = work.kind, work.hub.library
    drafted, body = _drafted(work, own)
    title = answered.title(work, told.fields, drafted)
    body = body or work.without(work.answers.text("text"))
    lang = own.lang if own else language(Document((Paragraph((Run(f"{title}\n{body}"),)),)), library.languages)
    stem = own.uri.rpartition("/")[2].partition(".")[0] if own else work.hub.stem(title, kind, lang)
    data: dict[str, Value] = {"title": title, **({"status": "draft"} if any(kind.template) else {})}
    data |= {name: value for name, value in {**drafted, **told.fields}.items() if name not in data}
    if told.unknown and "source" not in data:
        data["source"] = {"title": title, "authors": list(told.unknown), "method": METHOD.in_(lang)}
    data |= answered.consent(work)
    if not body and any(kind.template):
        body = kind.template.in_(lang)
        work.say(DECIDE, "no-text", N_("There is no text yet: write it under the headings, or ask for it."))
    elif not own and body:
        work.say(PLACED, "text", N_("The text, as it was written."))
    body = with_pictures(work, data, body, images, stem, lang)
    data |= answered.required(work, data)
    folder = kind.folder_in(library.default_language)
    suffix = "" if lang == library.default_language else f".{lang}"
    uri = f"{folder}/{stem}{suffix}.md" if folder else f"{stem}{suffix}.md"
    text = file(data, body).encode()
    if frontmatter.read(text, uri)[1]:
        raise HubError(N_("The answers of the form are longer than an entry can hold. Ask for the document itself."))
    work.files[uri] = text
    tell(work, data)
    for one in _of_that_name(work, title):
        said = N_("There is a page “{title}” already, {path}: is it the same? Then bring them together.")
        work.say(DECIDE, "same-title", said, title=one.title, path=one.text.path)
    authors = data.get(answered.CREDITED)
    return _Entry(uri, stem, title, (*(authors if isinstance(authors, list) else ()), *told.unknown))


def _of_that_name(work: Work, title: str) -> list[Entry]:
    """Entries of the kind that are called so, but for those who have left."""
    entries = work.hub.library.of_kind(work.kind.name, work.hub.library.default_language)
    return [one for one in entries if not one.is_retired and fold(title) in map(fold, one.names)]


def _drafted(work: Work, own: Draft | None) -> tuple[dict[str, Value], str]:
    """Fields and text that a document gives which came along."""
    if own is None:
        return {}, ""
    source, _ = frontmatter.read(work.without(own.text).encode(), own.uri)
    work.files |= own.files
    work.lines += [one for one in own.lines if one.code not in {"title", "title-doubtful"}]
    work.left_out += own.left_out
    return dict(source.front.data), source.body


def _credited(work: Work, entry: _Entry) -> tuple[str, ...]:
    """The authors that the form names; otherwise who opened the issue. A person's own page is the person's work."""
    if entry.authors:
        return entry.authors
    if answered.CREDITED not in {one.id for one in work.answers.form.questions} and not any(work.kind.template):
        return (entry.title,)
    known = credit.by_account(work.hub.library, work.hub.forge, work.issue.account)
    return (known.id,) if known else (work.issue.account,) if work.issue.account else ()
