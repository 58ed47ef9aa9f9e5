"""From a kind to the collections of the editor: one for each language, for a translation is an entry of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hub.config import Config
from hub.editor.fields import Control, Forms, control, has_choices
from hub.i18n import N_, Label
from hub.model import Entry, Kind
from hub.vocab import Vocabulary

_LEFT_OUT = {"id", "lang", "aliases", "comments", "dismissed"}
"""What the file's name says, and what only a move needs."""
_TRANSLATION = ("translation_of", "source_hash")
_FIRST = ("summary",)
"""Optional fields that stand above the text; the others stand below it."""
_MODES = ("rich_text", "raw")
_SLUG = 80
"""Signs of a title that go into the file's name; an id has at most 100."""
_OF_LANGUAGE = N_("{kind} ({language})")
_BODY = Label("Texte", "Text")
_ORIGINAL = N_("The id of the text that is translated: the end of its address. The file will bear the same name.")


def name_of(kind: Kind, lang: str, default: str) -> str:
    """The name of the collection of a kind's texts in a language."""
    return kind.name if lang == default else f"{kind.name}-{lang}"


def collections(
    kinds: Mapping[str, Kind], vocabularies: Mapping[str, Vocabulary], config: Config, docs: str
) -> Iterator[Control]:
    """The collections of all kinds, those of the hub's default language first.

    Args:
        kinds: by name.
        vocabularies: by name.
        config: the hub's.
        docs: the folder of the texts, from the top of the repository.
    """
    ordered = sorted(kinds.values(), key=lambda kind: (kind.rank, kind.name))
    targets = {kind.name: name_of(kind, config.default_language, config.default_language) for kind in ordered}
    forms = Forms(vocabularies, targets, tuple(kinds), config.default_language)
    for lang in config.languages:
        for kind in ordered:
            yield _collection(forms, kind, lang, docs)


def _collection(forms: Forms, kind: Kind, lang: str, docs: str) -> Control:
    folder = kind.folder_in(forms.lang)
    is_translated = lang != forms.lang
    plural, label = kind.plural.in_(forms.lang), kind.label.in_(forms.lang)
    if is_translated:
        language = forms.vocabularies["language"].label(lang, forms.lang)
        plural, label = (forms.say(_OF_LANGUAGE).format(kind=one, language=language) for one in (plural, label))
    made: Control = {
        "name": name_of(kind, lang, forms.lang),
        "label": plural,
        "label_singular": label,
        "folder": f"{docs}/{folder}".rstrip("/"),
        "create": True,
        "extension": f"{lang}.md" if is_translated else "md",
        "format": "yaml-frontmatter",
        "identifier_field": _TRANSLATION[0] if is_translated else "title",
        "slug": "{{slug}}" if is_translated else f"{{{{slug | truncate({_SLUG}, '')}}}}",
        "summary": "{{title}}",
        "sortable_fields": ["title"],
        "media_folder": "",  # beside the text, which names the file alone
        "public_folder": "",
        "fields": list(_fields(forms, kind, lang)),
    }
    description = kind.description.in_(forms.lang)
    return made | ({"description": description} if description else {})


def _fields(forms: Forms, kind: Kind, lang: str) -> Iterator[Control]:
    """The title and what is required, the text, the kind's own fields, and those of every entry."""
    known = kind.model.model_fields.items()
    fields = {name: info for name, info in known if name not in _LEFT_OUT and has_choices(forms, info)}
    common = [name for name in fields if name in Entry.model_fields]
    own = [name for name in fields if name not in Entry.model_fields]
    required = [name for name in (*common, *own) if fields[name].is_required()]
    if lang != forms.lang:
        for name in _TRANSLATION:
            made = control(forms, name, fields[name])
            yield made | ({"required": True, "hint": forms.say(_ORIGINAL)} if name == _TRANSLATION[0] else {})
    before = [*required, *_FIRST]
    for name in before:
        yield control(forms, name, fields[name])
    yield {
        "name": "body",
        "label": _BODY.in_(forms.lang),
        "widget": "markdown",
        "required": False,
        "modes": list(_MODES),
        "editor_components": ["image"],
        "sanitize_preview": True,
        "default": kind.template.in_(lang),
    }
    for name in (*own, *common):
        if name not in {*before, *_TRANSLATION}:
            yield control(forms, name, fields[name])
