"""Forms of the forge, made of the kinds: whoever has an account and no editor proposes a text by filling one in.

GitHub's form schema (docs.github.com, "Syntax for GitHub's form schema"), which Forgejo reads as well: the questions of
a form bear the labels of the fields, so that an answer can be brought back to its field. GitLab has no forms, but texts
that an issue begins with: there the questions stand as the other forges write them with their answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.about import Form, about_of
from hub.examples import models_in, parts_in
from hub.fields import In, To
from hub.i18n import Label
from hub.model import Kind
from hub.vocab import Vocabulary, builtin

HEADER = "# Written by `hub forms`"
"""How a file begins that the command has written; another is somebody's own."""
PLACES = {
    "github": ".github/ISSUE_TEMPLATE",
    "forgejo": ".forgejo/issue_template",
    "gitlab": ".gitlab/issue_templates",
}
"""Where each forge looks for forms."""
_LONGEST_CHOICE = 60
"""Terms of a vocabulary that are offered one by one; of a longer one the answer is written."""
_HIDDEN_WORD = "none"
"""The one choice that GitHub keeps for itself."""

_ONE_A_LINE = Label("Une réponse par ligne.", "One answer a line.")
_EXAMPLE = Label("Par exemple : {}", "For example: {}")
_PUBLIC = Label(
    "Merci ! Remplissez ce que vous savez, laissez le reste vide : un facilitateur vous aide. **Ce que vous écrivez "
    "ici est public** : rien qui permette de reconnaître un patient, aucune adresse électronique, aucun téléphone.",
    "Thank you! Fill in what you know and leave the rest empty: a facilitator helps you. **What you write here is "
    "public**: nothing that lets a patient be recognised, no e-mail address, no phone number.",
)
_TEXT = Label("Votre texte", "Your text")
_TEXT_HELP = Label(
    "Écrivez avec vos mots, ou joignez un document ci-dessous et laissez ceci tel quel.",
    "Write in your own words, or attach a document below and leave this as it is.",
)
_FILES = Label("Documents joints", "Attached documents")
_FILES_HELP = Label(
    "Un document Word, un diaporama, une photo ? Glissez le fichier dans ce cadre.",
    "A Word document, slides, a photo? Drag the file into this box.",
)
_AGREEMENT = Label("Avant d’envoyer", "Before sending")
_RIGHTS = (
    Label(
        "J’ai le droit de diffuser ce texte et ces documents, sous la licence du hub.",
        "I have the right to share this text and these documents, under the hub’s licence.",
    ),
    Label(
        "Rien ne permet de reconnaître un patient, et toute personne photographiée est d’accord.",
        "Nothing lets a patient be recognised, and everyone in a photo has agreed.",
    ),
)
_CONSENT = Label("Ce que vous acceptez", "What you agree to")
_CONSENT_HELP = Label(
    "Rien d’obligatoire : sans accord, le site ne montre que votre nom et votre travail public.",
    "Nothing is required: without it, the site shows your name and your public work alone.",
)
_PAGE = Label("Adresse de la page", "Address of the page")
_PAGE_EXAMPLE = Label("https://…/notes/ma-note/", "https://…/notes/my-note/")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form.

    Attributes:
        id: the field's name, or what stands for it.
        sort: `input`, `textarea`, `dropdown` or `checkboxes`.
        label: what is asked.
        help, placeholder, value: a sentence below it, an example that goes when one writes, a text to begin with.
        choices: of a dropdown or of checkboxes.
        codes: what each of the choices stands for, in their order.
        required: whether it must be answered; of checkboxes, each.
    """

    id: str
    sort: str
    label: str
    help: str = ""
    placeholder: str = ""
    value: str = ""
    choices: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A form, whatever the forge's format: it is written from this, and its answers are read by this.

    Attributes:
        name: of its file: that of its kind, `COMMENT` or `ERROR`.
        title, description: as the forge offers it.
        state: the label of its issues, as the repository's labels name it.
        questions: in order.
        kind: of the entry that is proposed; none for what is said of a page.
    """

    name: str
    title: str
    description: str
    state: str
    questions: tuple[Question, ...]
    kind: Kind | None = None


COMMENT, ERROR = "comment", "error"
"""The forms that are about a page."""
_Made = dict[str, Any]
"""A form as the forge's format has it."""


def forms(
    kinds: Mapping[str, Kind], vocabularies: Mapping[str, Vocabulary], lang: str, forge: str = "github"
) -> dict[str, str]:
    """The files of all forms, by their paths in the repository.

    Args:
        kinds: of the hub; each that declares a form gets one.
        vocabularies: of the hub, whose terms are offered as choices.
        lang: the language of the forms.
        forge: one of `PLACES`.
    """
    made = asked(kinds, vocabularies, lang).values()
    if forge == "gitlab":
        return {f"{PLACES[forge]}/{one.title}.md": _template(one, lang) for one in made}
    return {f"{PLACES[forge]}/{one.name}.yml": _text(_made(one, lang), forge) for one in made}


def asked(kinds: Mapping[str, Kind], vocabularies: Mapping[str, Vocabulary], lang: str) -> dict[str, Asked]:
    """All forms of a hub, by their names."""
    made = [_of_kind(kind, kind.form, vocabularies, lang) for kind in kinds.values() if kind.form]
    return {one.name: one for one in (*made, _comment(lang), _error(lang))}


def blank(one: Asked, answers: Mapping[str, str]) -> str:
    """A form as a text to be filled in, where a forge has none: as it would write the answers."""
    boxes = {question.id: "\n".join(f"- [ ] {choice}" for choice in question.choices) for question in one.questions}
    return "\n\n".join(f"### {q.label}\n\n{answers.get(q.id) or boxes[q.id] or q.value}\n" for q in one.questions)


def questions(kind: Kind, form: Form, vocabularies: Mapping[str, Vocabulary], lang: str) -> Iterator[Question]:
    """What a form asks of the fields of a kind."""
    for name in form.fields:
        info = kind.model.model_fields[name]
        told = about_of(info, name)
        parts = [*info.metadata, *parts_in(info.annotation)]
        listed = tuple in parts
        terms = next((_terms(vocabularies.get(part.vocabulary), lang) for part in parts if isinstance(part, In)), {})
        is_long = listed or told.view == "text" or name == "summary"
        sort = ("checkboxes" if listed else "dropdown") if terms else "textarea" if is_long else "input"
        structured = any(True for _ in models_in(info.annotation))
        refers = any(isinstance(part, To) for part in parts)  # by an id, which nobody needs to know here
        example = "" if terms or structured or refers else _as_answer(told.example)
        help_ = " ".join(
            filter(None, (told.help.in_(lang), _ONE_A_LINE.in_(lang) if sort == "textarea" and listed else ""))
        )
        yield Question(
            name,
            sort,
            told.label.in_(lang),
            help_,
            _EXAMPLE.in_(lang).format(example) if example and sort == "input" else example,
            choices=tuple(terms),
            codes=tuple(terms.values()),
            required=sort != "checkboxes" and (info.is_required() or name in form.required),
        )


def _terms(vocabulary: Vocabulary | None, lang: str) -> dict[str, str]:
    """What may be chosen, with its code; nothing where there is too much of it."""
    found: dict[str, str] = {}
    if vocabulary is None or len(vocabulary.terms) > _LONGEST_CHOICE:
        return found
    for term in vocabulary.terms.values():
        label = term.label.in_(lang).strip()
        if label and label.casefold() != _HIDDEN_WORD:
            found.setdefault(label, term.code)
    return found


def _as_answer(example: str) -> str:
    """An example of front matter as one would write it on a form: a list without its brackets."""
    if example.startswith("[") and example.endswith("]"):
        return "\n".join(part.strip() for part in example[1:-1].split(","))
    return example


def _of_kind(kind: Kind, form: Form, vocabularies: Mapping[str, Vocabulary], lang: str) -> Asked:
    found = list(questions(kind, form, vocabularies, lang))
    if any(kind.template):
        found.append(_area("text", _TEXT, lang, help_=_TEXT_HELP, value=kind.template.in_(lang)))
    found.append(_area("files", _FILES, lang, help_=_FILES_HELP))
    if form.agreed:
        said, scopes = (one.label.in_(lang) for one in form.agreed), (one.scope for one in form.agreed)
        consent = (_CONSENT.in_(lang), _CONSENT_HELP.in_(lang))
        found.append(Question("consent", "checkboxes", *consent, choices=tuple(said), codes=tuple(scopes)))
    found.append(_agreement(lang))
    name = next(one for one in (form.name, kind.invitation, kind.label) if any(one))
    about = kind.description if any(kind.description) else kind.label
    return _asked(kind.name, name, about, "submitted", found, lang, kind)


def _comment(lang: str) -> Asked:
    found = (
        _page(lang),
        _area("comment", Label("Votre commentaire", "Your comment"), lang, required=True),
        Question("name", "input", Label("Sous quel nom le publier", "Under which name to publish it").in_(lang)),
        _agreement(lang),
    )
    name = Label("Commenter une page", "Comment on a page")
    about = Label("Ajouter ce que vous savez, poser une question.", "Add what you know, ask a question.")
    return _asked(COMMENT, name, about, "submitted", found, lang)


def _error(lang: str) -> Asked:
    found = (
        _page(lang),
        _area("wrong", Label("Ce qui est faux", "What is wrong"), lang, required=True),
        _area("right", Label("Ce qui serait juste", "What would be right"), lang),
        Question("source", "input", Label("Comment vous le savez", "How you know it").in_(lang)),
    )
    name = Label("Signaler une erreur", "Report an error")
    about = Label("Un fait faux, un lien mort, une faute de frappe.", "A wrong fact, a dead link, a typing error.")
    return _asked(ERROR, name, about, "needs-review", found, lang)


def _asked(
    name: str, title: Label, about: Label, state: str, found: Sequence[Question], lang: str, kind: Kind | None = None
) -> Asked:
    label = builtin()["status"].terms[state].label
    return Asked(name, title.in_(lang), about.in_(lang), label.in_(lang), tuple(found), kind)


def _page(lang: str) -> Question:
    return Question("page", "input", _PAGE.in_(lang), placeholder=_PAGE_EXAMPLE.in_(lang), required=True)


def _agreement(lang: str) -> Question:
    rights = tuple(one.in_(lang) for one in _RIGHTS)
    return Question("agreement", "checkboxes", _AGREEMENT.in_(lang), choices=rights, codes=rights, required=True)


def _area(
    name: str, label: Label, lang: str, *, help_: Label = Label("", ""), value: str = "", required: bool = False
) -> Question:
    return Question(name, "textarea", label.in_(lang), help_.in_(lang), value=value, required=required)


def _template(one: Asked, lang: str) -> str:
    return f"<!-- {HEADER}: change the kinds, not this file. -->\n\n{_PUBLIC.in_(lang)}\n\n{blank(one, {})}"


def _made(one: Asked, lang: str) -> _Made:
    intro = {"type": "markdown", "attributes": {"value": _PUBLIC.in_(lang)}}
    return {
        "name": one.title,
        "description": one.description,
        "labels": [one.state],
        "body": [intro, *(_element(question) for question in one.questions)],
    }


def _text(made: _Made, forge: str) -> str:
    called = "about" if forge == "forgejo" else "description"
    rows = _yaml({called if key == "description" else key: value for key, value in made.items()})
    return "\n".join([f"{HEADER}: change the kinds, not this file.", *rows]) + "\n"


def _element(one: Question) -> dict[str, Any]:
    texts = {"label": one.label, "description": one.help, "placeholder": one.placeholder, "value": one.value}
    attributes: dict[str, Any] = {key: text for key, text in texts.items() if text.strip()}
    made: dict[str, Any] = {"type": one.sort, "id": one.id, "attributes": attributes}
    if one.sort == "checkboxes":
        attributes["options"] = [
            {"label": choice, **({"required": True} if one.required else {})} for choice in one.choices
        ]
    elif one.choices:
        attributes["options"] = list(one.choices)
    if one.required and one.sort != "checkboxes":
        made["validations"] = {"required": True}
    return made


def _yaml(value: Any) -> Iterator[str]:
    """Rows of YAML; texts stand in double quotes, where none means anything else."""
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield f"{key}:"
            yield from (f"  {row}" for row in _yaml(inner))
        elif isinstance(inner, list):
            yield f"{key}:"
            for item in inner:
                rows = list(_yaml(item)) if isinstance(item, dict) else [json.dumps(item, ensure_ascii=False)]
                yield from (f"  {'- ' if number == 0 else '  '}{row}" for number, row in enumerate(rows))
        else:
            yield f"{key}: {json.dumps(inner, ensure_ascii=False)}"
