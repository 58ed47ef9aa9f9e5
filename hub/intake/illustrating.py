"""The pictures that came with a form: where its text links to them, else at its end; or as the photo of a person."""

from __future__ import annotations

from collections.abc import Sequence

from hub.drafting.placing import TO_PLACE
from hub.drafting.report import DECIDE, UNPLACED
from hub.i18n import N_, Label
from hub.intake import attached
from hub.intake.rows import Value
from hub.intake.work import Work

_ALT = Label("Image jointe {}, à décrire", "Attached image {}, to be described")


def with_pictures(
    work: Work, data: dict[str, Value], body: str, images: Sequence[attached.File], stem: str, lang: str
) -> str:
    """The text with its pictures, whose files are put among those of the work.

    Args:
        work: a form.
        data: the fields of its entry, which get a photo where they have one.
        body: the text.
        images: that came with the form.
        stem: the name of the entry's file, from which theirs is made.
        lang: of the entry.
    """
    kind = work.kind
    folder = kind.folder_in(work.hub.library.default_language)
    used = len(work.files)
    has_photo = "photo" in kind.model.model_fields
    may_show = not has_photo or any("photo" in one.covers and one.scope in work.agreed for one in work.form.agreed)
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
