"""From the field of a kind to the control of the form that fills it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from hub.about import About, about_of
from hub.examples import parts_in
from hub.fields import In, To
from hub.i18n import N_, Label, Translate, translator
from hub.vocab import Vocabulary

Control = dict[str, Any]
_LONG_VIEWS = {"text", "bullets"}
_FILE_VIEWS = {"photo": "image", "download": "file"}
_EXAMPLE = N_("Example: {}")
_REFERENCE = N_("the kind of what is meant, a colon and its id: {}")
_REFERENCE_OR_NAME = N_("A name, or the id of a page of the hub: {}")
_YES_NO = (("oui", Label("Oui", "Yes")), ("non", Label("Non", "No")))


@dataclass(frozen=True)
class Forms:
    """What the controls depend on besides their fields.

    Attributes:
        vocabularies: the lists to choose from.
        targets: the kinds whose entries can be chosen, and the names of their collections.
        kinds: the names of all kinds.
        lang: the language of the form.
    """

    vocabularies: Mapping[str, Vocabulary]
    targets: Mapping[str, str]
    kinds: tuple[str, ...]
    lang: str

    @property
    def say(self) -> Translate:
        """Puts a message into the form's language."""
        return translator(self.lang)


def control(forms: Forms, name: str, info: FieldInfo, *, is_within: bool = False) -> Control:
    """The control of one field.

    Args:
        forms: what it depends on besides.
        name: of the field.
        info: what the kind says of it.
        is_within: whether it belongs to a structure that may be left out: the editor would ask for it even so.
    """
    told = about_of(info, name)
    parts = [*info.metadata, *parts_in(info.annotation)]
    is_list = tuple in parts
    made: Control = {"name": name, "label": told.label.in_(forms.lang)}
    made |= {"required": info.is_required() and not is_within}
    made |= _hint(forms, told, parts)
    model = next((part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)), None)
    if model:
        return made | _structure(forms, model, is_list=is_list)
    own = _own(forms, told, parts)
    if not is_list:
        return made | own
    if own["widget"] in {"select", "relation"}:
        return made | own | {"multiple": True}
    one = {"name": "value", "label": made["label"], "required": True, **own}
    return made | {"widget": "list", "collapsed": False, "field": one}


def has_choices(forms: Forms, info: FieldInfo) -> bool:
    """Whether anything can be written in a field: nothing is right where it must come from a list that is empty."""
    lists = [part.vocabulary for part in (*info.metadata, *parts_in(info.annotation)) if isinstance(part, In)]
    return all(name in forms.vocabularies and forms.vocabularies[name].terms for name in lists)


def _structure(forms: Forms, model: type[BaseModel], *, is_list: bool) -> Control:
    shown = {name: info for name, info in model.model_fields.items() if has_choices(forms, info)}
    fields = [control(forms, name, info, is_within=not is_list) for name, info in shown.items()]
    if not is_list:
        return {"widget": "object", "collapsed": True, "fields": fields}
    names = [one["name"] for one in fields if one["required"]] or [fields[0]["name"]]
    summary = " – ".join(f"{{{{fields.{name}}}}}" for name in names[:2])
    return {"widget": "list", "collapsed": True, "summary": summary, "fields": fields}


def _own(forms: Forms, told: About, parts: list[Any]) -> Control:
    """What is particular to the sort of value."""
    chosen = next((part for part in parts if isinstance(part, In)), None)
    if chosen:
        vocabulary = forms.vocabularies[chosen.vocabulary]
        labels = {code: term.label.in_(forms.lang) for code, term in vocabulary.terms.items()}
        told_as = "{label} ({code})" if vocabulary.shows_codes else "{label}"
        options = [
            {"label": told_as.format(label=label, code=code), "value": _code(code)} for code, label in labels.items()
        ]
        return {"widget": "select", "options": options}
    reference = next((part for part in parts if isinstance(part, To)), None)
    if reference:
        return _reference(forms, told, reference)
    if bool in parts:
        options = [{"label": label.in_(forms.lang), "value": word} for word, label in _YES_NO]
        return {"widget": "select", "options": options}
    if int in parts:
        return {"widget": "number", "value_type": "int"}
    shapes = [part.json_schema or {} for part in parts if isinstance(part, WithJsonSchema)]
    for shape in shapes:
        return {"widget": "string", "pattern": [shape["pattern"], forms.say(shape["description"])]}
    if told.view in _FILE_VIEWS:
        return {"widget": _FILE_VIEWS[told.view]}
    return {"widget": "text" if told.is_long or told.view in _LONG_VIEWS else "string"}


def _reference(forms: Forms, told: About, reference: To) -> Control:
    """A choice among the entries of a kind; what may also be a name, or a part of an entry, is written."""
    target = forms.targets.get(reference.kind)
    if target and not reference.or_text and "#" not in told.example:
        fields = {"value_field": "{{slug}}", "search_fields": ["title"], "display_fields": ["title"]}
        return {"widget": "relation", "collection": target, **fields}
    if reference.or_text:
        return {"widget": "string"}
    kinds = "|".join(forms.kinds)
    prefix = f"(({kinds}):)?" if reference.kind else f"({kinds}):"
    said = forms.say(_REFERENCE).format(_first(told.example) or "note:appui-dds")
    return {"widget": "string", "pattern": [rf"^{prefix}[a-z0-9]+([-/][a-z0-9]+)*(#[\w-]+)?$", said]}


def _code(code: str) -> str | int:
    """A code as YAML reads it without quotes: a number, where it is written as one."""
    return int(code) if code.isdecimal() and str(int(code)) == code else code


def _hint(forms: Forms, told: About, parts: list[Any]) -> Control:
    """One line under the control: what belongs there, and how it is written."""
    said = [told.help.in_(forms.lang)]
    example = _first(told.example)
    marks = [part for part in parts if isinstance(part, (In, To))]
    if any(isinstance(part, To) and part.or_text for part in marks):
        said.append(forms.say(_REFERENCE_OR_NAME).format(example or "person:jean-paul-dossou"))
    elif example and all(isinstance(part, To) and not part.kind for part in marks):
        said.append(forms.say(_EXAMPLE).format(example))
    text = " ".join(filter(None, said))
    return {"hint": text} if text else {}


def _first(example: str) -> str:
    """The first value of an example that is written as YAML; nothing of a structure."""
    if example.startswith("\n"):
        return ""
    return example.removeprefix("[").removesuffix("]").split(", ")[0] if example.startswith("[") else example


def controls_in(fields: list[Control]) -> Iterator[Control]:
    """Every control of a form, those inside of others included."""
    for one in fields:
        yield one
        yield from controls_in([*one.get("fields", ()), *([one["field"]] if "field" in one else ())])
