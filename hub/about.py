"""What people are told of a field: label, help, example, and how pages show it; declared beside the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field
from pydantic.fields import FieldInfo

from hub.i18n import Label


@dataclass(frozen=True, slots=True)
class About:
    """What people are told of a field.

    Attributes:
        label: its name.
        help: one sentence on what belongs in it.
        example: how it is written in YAML, without the key.
        view: how pages show it: `card` (a row of the identity card), `hidden`, or the name of a section template.
        under: the heading of the text below which its section stands.
        back: for a reference, the heading under which the entry shows on the page of what it refers to.
        by_qualifier: whether that heading is for references without a qualifier alone: others stand under theirs.
        after: the field that holds the date that this one must not precede.
        is_long: whether the text may have more than a line: forms give it the room.
    """

    label: Label
    help: Label = Label("", "")
    example: str = ""
    view: str = "card"
    under: str = ""
    back: Label | None = None
    by_qualifier: bool = False
    after: str = ""
    is_long: bool = False


def about(
    fr: str,
    en: str,
    *,
    default: Any = None,
    required: bool = False,
    help: tuple[str, str] = ("", ""),  # noqa: A002 - the word that forms and JSON Schema use
    example: str = "",
    view: str = "card",
    under: str = "",
    back: tuple[str, str] | None = None,
    by_qualifier: bool = False,
    after: str = "",
    is_long: bool = False,
) -> Any:
    """Declare a field of a kind; the arguments are those of `About`, `default` what holds when it is not given."""
    heading = Label(*back) if back else None
    told = About(Label(fr, en), Label(*help), example, view, under, heading, by_qualifier, after, is_long)
    extra = {"about": told}
    settings: dict[str, Any] = {"title": fr, "description": help[0] or None, "json_schema_extra": extra}
    return Field(**settings) if required else Field(default=default, **settings)


def about_of(info: FieldInfo, name: str = "") -> About:
    """What was declared of a field; a field declared without `about` is known by its name."""
    extra: Any = info.json_schema_extra
    told = extra.get("about") if isinstance(extra, dict) else None
    return told if isinstance(told, About) else About(Label(name, name))


@dataclass(frozen=True)
class Agreement:
    """Something that one may agree to on a form, or not; it is recorded where it was ticked, and nowhere else.

    Attributes:
        scope: the word for it in the field `consent`.
        label: what one agrees to.
        covers: fields that an entry has only with this agreement.
    """

    scope: str
    label: Label
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """What is asked of somebody who proposes an entry without an editor, on a form of the forge.

    Attributes:
        fields: those that are asked for, in order; the text is asked for where the kind's entries begin with one.
        name: of the form, where it is not the kind's invitation.
        required: those of them that must be given although the kind can do without.
        agreed: what one may agree to, or not.
    """

    fields: tuple[str, ...]
    name: Label = Label("", "")
    required: tuple[str, ...] = ()
    agreed: tuple[Agreement, ...] = ()
