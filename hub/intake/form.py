"""A form that was filled in becomes a draft of the kind that the form is of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub import emails, frontmatter
from hub.dates import PartialDate
from hub.diagnostics import Diagnostic, Message
from hub.documents.model import Document, Paragraph, Run
from hub.drafting.markdown import clean
from hub.drafting.placing import TO_PLACE, Draft
from hub.drafting.recognising import language
from hub.drafting.report import DECIDE, PLACED, UNPLACED, Line, line
from hub.errors import HubError
from hub.examples import example_line
from hub.forms import Question
from hub.i18n import N_, Label
from hub.intake import attached, credit
from hub.intake.answers import Answers
from hub.intake.arrival import Arrival, Change, Made
from hub.intake.fields import Taken, take
from hub.intake.hub import Hub
from hub.intake.issue import Issue
from hub.intake.rows import Value, file
from hub.model import Kind

METHOD = Label("formulaire", "form")
_ALT = Label("Image jointe {}, à décrire", "Attached image {}, to be described")
_APART = frozenset(("title", "text", "files", "consent", "agreement"))
"""Questions that are more than a field."""
_CREDITED = "authors"
_LONGEST_TITLE = 300
_SHOWN = 80


def arrival(answers: Answers, issue: Issue, files: Sequence[attached.File], hub: Hub) -> Arrival:
    """What becomes of a form for an entry.

    Args:
        answers: of a form of a kind.
        issue: from which they come.
        files: that came with it, as far as they are here.
        hub: at which it arrives.
    """
    kind = answers.form.kind
    assert kind is not None
    work = _Work(answers, kind, hub)
    documents, images = _sorted(work, files)
    work.missing(files)
    told = _told(work)
    read = [one for one in (_read(work, paper) for paper in documents) if one]
    own = (
        attached.draft(read.pop(0), kind, hub, _given_title(work, told)) if read and not answers.text("text") else None
    )
    drafts = [attached.draft(one, kind, hub) for one in read]
    text = _entry(work, issue, told, own, images)
    changes = {f"{hub.docs}{uri}": Change(None, data) for uri, data in work.files.items()}
    made = [Made(f"{hub.docs}{text.uri}", text.title, kind.label.in_(hub.library.default_language))]
    made += [_beside(work, one, changes) for one in drafts]
    number = issue.number
    return Arrival(
        Message(N_("the form “{form}”, issue {n}"), {"form": answers.form.title, "n": number})
        if number
        else Message(N_("the form “{form}”"), {"form": answers.form.title}),
        f"formulaire-{number or text.stem}",
        Message(N_("Propose “{title}”"), {"title": credit.short(text.title)}),
        changes,
        tuple(made),
        _credited(work, issue, text),
        tuple(work.lines),
        tuple(work.left_out),
        tuple(work.faults),
        number=number,
        url=issue.url,
    )


@dataclass
class _Work:
    """A form while it is being worked on."""

    answers: Answers
    kind: Kind
    hub: Hub
    lines: list[Line] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    faults: list[tuple[str, Diagnostic]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def say(self, part: str, code: str, text: str, **params: Any) -> None:
        self.lines.append(line(part, code, text, **params))

    def without(self, text: str) -> str:
        """A text without e-mail addresses."""
        return emails.without(clean(text), self.hub.library.default_language)

    def question(self, name: str) -> Question | None:
        return next((one for one in self.answers.form.questions if one.id == name), None)

    def missing(self, files: Sequence[attached.File]) -> None:
        """Say which linked files are not here."""
        here = {one.url for one in files} | {one.name for one in files}
        names = [
            one.name
            for text in (self.answers.text("text"), self.answers.text("files"))
            for one in attached.linked(text)
            if not here & {one.url, one.name}
        ]
        if names:
            said = N_(
                "Files that are linked to and are not in the draft: {names}. A facilitator adds those that are needed."
            )
            self.say(DECIDE, "file-missing", said, names=", ".join(dict.fromkeys(names)))


@dataclass(frozen=True, slots=True)
class _Entry:
    uri: str
    stem: str
    title: str
    authors: tuple[str, ...]


def _sorted(work: _Work, files: Sequence[attached.File]) -> tuple[list[attached.File], list[attached.File]]:
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


def _read(work: _Work, one: attached.File) -> Document | None:
    try:
        return attached.document(one)
    except HubError as error:
        said = N_("The file {name} cannot be read: {error}")
        reason = Message(error.template, error.params)
        work.say(DECIDE, "file-unread", said, name=one.name, error=reason)
        return None


def _beside(work: _Work, one: Draft, changes: dict[str, Change]) -> Made:
    """A document that is a text of its own."""
    docs = work.hub.docs
    changes[f"{docs}{one.uri}"] = Change(None, work.without(one.text).encode())
    changes |= {f"{docs}{uri}": Change(None, data) for uri, data in one.files.items()}
    work.lines += one.lines
    work.left_out += one.left_out
    return Made(f"{docs}{one.uri}", one.title, one.kind.label.in_(work.hub.library.default_language))


# The entry


def _entry(
    work: _Work, issue: Issue, told: dict[str, Any], own: Draft | None, images: Sequence[attached.File]
) -> _Entry:
    """The entry's file, put among the files of the work."""
    answers, kind, hub = work.answers, work.kind, work.hub
    drafted, body = _drafted(work, own)
    title = _title(work, issue, told, drafted)
    body = body or work.without(answers.text("text"))
    lang = own.lang if own else language(Document((Paragraph((Run(f"{title}\n{body}"),)),)), hub.library.languages)
    stem = own.uri.rpartition("/")[2].partition(".")[0] if own else hub.stem(title, kind, lang)
    unknown = told.pop("", [])
    data: dict[str, Value] = {"title": title}
    if any(kind.template):
        data["status"] = "draft"
    data |= {name: value for name, value in {**drafted, **told}.items() if name not in data}
    if unknown and "source" not in data:
        data["source"] = {"title": title, "authors": unknown, "method": METHOD.in_(lang)}
    data |= _consent(work, issue, data)
    if not body and any(kind.template):
        body = kind.template.in_(lang)
        work.say(DECIDE, "no-text", N_("There is no text yet: write it under the headings, or ask for it."))
    elif not own and body:
        work.say(PLACED, "text", N_("The text, as it was written."))
    body = _with_pictures(work, data, body, images, stem, lang)
    data |= _required(work, issue, data)
    folder = kind.folder_in(hub.library.default_language)
    suffix = "" if lang == hub.library.default_language else f".{lang}"
    uri = f"{folder}/{stem}{suffix}.md" if folder else f"{stem}{suffix}.md"
    work.files[uri] = file(data, body).encode()
    _tell(work, data)
    authors = data.get(_CREDITED)
    return _Entry(uri, stem, title, (*(authors if isinstance(authors, list) else ()), *map(str, unknown)))


def _drafted(work: _Work, own: Draft | None) -> tuple[dict[str, Value], str]:
    """Fields and text that an attached document gives."""
    if own is None:
        return {}, ""
    source, _ = frontmatter.read(work.without(own.text).encode(), own.uri)
    folder = own.uri.rpartition("/")[0]
    work.files |= {uri: data for uri, data in own.files.items() if uri.rpartition("/")[0] == folder}
    work.lines += [one for one in own.lines if one.code not in {"title", "title-doubtful"}]
    work.left_out += own.left_out
    return dict(source.front.data), source.body


def _told(work: _Work) -> dict[str, Any]:
    """The fields that were answered, by name; under no name what is to stand as authors whom the hub does not know."""
    answers, kind = work.answers, work.kind
    form = kind.form
    assert form is not None
    agreed = set(answers.chosen.get("consent", ()))
    kept_back = {name for one in form.agreed if one.scope not in agreed for name in one.covers}
    found: dict[str, Any] = {}
    silent: list[str] = []
    for question in answers.form.questions:
        name = question.id
        if name in _APART or name not in kind.model.model_fields:
            continue
        written = "\n".join(answers.chosen.get(name, ())) if question.choices else work.without(answers.text(name))
        if not written.strip():
            continue
        if name in kept_back:
            silent.append(question.label)
            continue
        got = take(kind, name, written, work.hub.library)
        if got.value:
            found[name] = got.value
        _tell_unknown(work, question, got, found)
    if silent:
        said = N_("These answers are not recorded, for the person did not agree to show them: {names}.")
        work.say(DECIDE, "not-agreed", said, names=", ".join(silent))
    return found


def _tell_unknown(work: _Work, question: Question, got: Taken, found: dict[str, Any]) -> None:
    if got.unknown and question.id == _CREDITED:
        found[""] = [name for one in got.unknown if (name := credit.name(one))]
        said = N_(
            "The hub does not know {names}: their names stand under source. If they agree, make pages for them "
            "(hub new person)."
        )
        work.say(DECIDE, "author-unknown", said, names=", ".join(found[""]))
    elif got.unknown:
        said = N_("“{label}”: the hub does not know {found}. Choose from what it has, or leave it out.")
        work.say(DECIDE, "answer-unknown", said, label=question.label, found=", ".join(got.unknown))
    work.faults += ((question.label, one) for one in got.faults)


def _title(work: _Work, issue: Issue, told: Mapping[str, Any], drafted: Mapping[str, Value]) -> str:
    """The title that was given, else the document's, or the issue's."""
    others = (" ".join(work.without(one).split()) for one in (str(drafted.get("title", "")), issue.title, "…"))
    return _given_title(work, told) or next(one for one in others if one)[:_LONGEST_TITLE]


def _given_title(work: _Work, told: Mapping[str, Any]) -> str:
    """The title that the form was given, or what it asks for in its place: the two names of a person."""
    form = work.kind.form
    assert form is not None
    joined = " ".join(str(told[name]) for name in form.required if isinstance(told.get(name), str))
    return " ".join(work.without(work.answers.text("title") or joined).split())[:_LONGEST_TITLE]


def _consent(work: _Work, issue: Issue, data: Mapping[str, Value]) -> dict[str, Value]:
    """What was ticked, with its day; nothing where nothing was."""
    form = work.kind.form
    asked = [one.scope for one in form.agreed] if form else []
    scopes: list[Any] = [one for one in asked if one in work.answers.chosen.get("consent", ())]
    if scopes:
        work.say(PLACED, "consent", N_("Consent, as it was ticked: {scopes}."), scopes=", ".join(scopes))
        return {"consent": {"date": issue.day or work.hub.today.isoformat(), "scope": scopes}}
    return {}


def _required(work: _Work, issue: Issue, data: Mapping[str, Value]) -> dict[str, Value]:
    """What stands for fields that must be given and were not."""
    found: dict[str, Value] = {}
    for name, info in work.kind.model.model_fields.items():
        if not info.is_required() or name in data or name in {"id", "lang"}:
            continue
        if info.annotation is PartialDate:
            found[name] = issue.day or work.hub.today.isoformat()
            said = N_("The field {field} is required; {value} stands there until you put it right.")
            work.say(DECIDE, "required", said, field=name, value=found[name])
        else:
            example, _ = frontmatter.read(f"---\n{example_line(name, info)}\n---\n".encode(), "")
            found[name] = example.front.data.get(name, "…")
            said = N_("The field {field} is required; an example stands there: put yours.")
            work.say(DECIDE, "required-example", said, field=name)
    return found


# Pictures


def _with_pictures(
    work: _Work, data: dict[str, Value], body: str, images: Sequence[attached.File], stem: str, lang: str
) -> str:
    """The text with its pictures: where it links to them, else at its end; or as the photo of what has one."""
    kind = work.kind
    folder = kind.folder_in(work.hub.library.default_language)
    used = len(work.files)
    form = kind.form
    agreed = set(work.answers.chosen.get("consent", ()))
    has_photo = "photo" in kind.model.model_fields
    may_show = not has_photo or any(
        "photo" in one.covers and one.scope in agreed for one in (form.agreed if form else ())
    )
    rest: list[str] = []
    for one, fitted in zip(images, attached.pictures(images), strict=True):
        if not fitted.data:
            said = N_("The picture {name} cannot be shown: save it as PNG or JPEG.")
            work.say(DECIDE, "picture-lost", said, name=one.name)
            continue
        if not may_show or (has_photo and "photo" in data):
            said = N_("The picture {name} is not taken over, for nobody agreed to show it.")
            work.say(DECIDE, "picture-not-agreed", said, name=one.name)
            continue
        used += 1
        name = f"{stem}-image-{used}.{fitted.suffix}"
        work.files[f"{folder}/{name}" if folder else name] = fitted.data
        if has_photo:
            data["photo"] = name
            continue
        markup = f"![{_ALT.in_(lang).format(used)}]({name})"
        there = next((link.markup for link in attached.linked(body) if one.url and link.url == one.url), "")
        body = body.replace(there, markup) if there else body
        rest += [] if there else [markup]
        said = N_("Say between the brackets what these images show: {names}.")
        work.say(DECIDE, "picture-undescribed", said, names=name)
    if rest:
        head = f"## {TO_PLACE.in_(lang)}\n\n" if f"## {TO_PLACE.in_(lang)}" not in body else ""
        body = "\n\n".join([body.rstrip("\n"), head + "\n\n".join(rest)])
        work.say(UNPLACED, "pictures", N_("Pictures that came with the form, at the end of the text."))
    return body


# What people are told


def _tell(work: _Work, data: Mapping[str, Value]) -> None:
    fields = work.kind.model.model_fields
    names = [one.label for one in work.answers.form.questions if one.id in data and one.id in fields]
    if names:
        work.say(PLACED, "fields", N_("Fields: {names}."), names=", ".join(names))
    for label in work.answers.doubtful:
        said = N_(
            "The answer to “{label}”, or the one before it, holds a line like a question of the form: is it whole?"
        )
        work.say(DECIDE, "doubtful", said, label=label)
    for label, found in work.answers.strange:
        said = N_("“{label}” does not offer “{found}”: it was left out.")
        work.say(DECIDE, "answer-strange", said, label=label, found=found[:_SHOWN])
    for text in unticked(work.answers):
        work.say(DECIDE, "not-ticked", N_("Not ticked: “{statement}” Ask before you accept."), statement=text)
    written = "".join([*work.answers.texts.values()])
    n = sum(1 for _ in emails.find(written))
    if n:
        said = N_("E-mail addresses in the form: {n}. None is in the draft; the issue still shows them: take them out.")
        work.say(DECIDE, "addresses", said, n=n)
    if any(work.kind.template) and not any((one.part, one.code) == (DECIDE, "consent") for one in work.lines):
        said = N_(
            "Do people who are named, quoted or shown agree? Can a patient be recognised? May the document be "
            "published?"
        )
        work.say(DECIDE, "consent", said)


def unticked(answers: Answers) -> Iterator[str]:
    """What must be ticked and was not."""
    for one in answers.form.questions:
        if one.required and one.sort == "checkboxes":
            ticked = answers.chosen.get(one.id, ())
            yield from (said for said, code in zip(one.choices, one.codes, strict=True) if code not in ticked)


def _credited(work: _Work, issue: Issue, entry: _Entry) -> tuple[str, ...]:
    """The authors that the form names; otherwise who opened the issue. A person's own page is the person's work."""
    if entry.authors:
        return entry.authors
    if _CREDITED not in work.kind.model.model_fields or _CREDITED not in {
        one.id for one in work.answers.form.questions
    }:
        return (entry.title,)
    known = credit.by_account(work.hub.library, work.hub.forge, issue.account)
    return (known.id,) if known else (issue.account,) if issue.account else ()
