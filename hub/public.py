"""What readers may see of a library: consent holds for every page, list and search."""

from __future__ import annotations

from dataclasses import replace

from hub.model import Entry, Library

_NAMING = frozenset({"status", "withdrawal", "aliases", "given_name", "family_name", "retired"})


def public(library: Library) -> Library:
    """The library as readers may see it: a person without recorded consent has a name, and work that others tell of."""
    # A consent that one language's file lacks is lacking: the other file may be older than the person's wish. So the
    # consent is taken away with the rest: whoever asks `shows_profile` of the other file must hear no as well.
    people = {(entry.kind.name, entry.id) for entry in library if not getattr(entry, "shows_profile", True)}
    private = {entry.key for entry in library if entry.key[:2] in people}
    return replace(
        library,
        entries=tuple(_name_alone(entry) if entry.key in private else _without_photo(entry) for entry in library),
        references=tuple(reference for reference in library.references if reference.source not in private),
    )


def _without_photo(entry: Entry) -> Entry:
    """The entry without a photo that the person's consent does not name."""
    return entry if getattr(entry, "shows_photo", True) else entry.model_copy(update={"photo": None})


def _name_alone(entry: Entry) -> Entry:
    fields = type(entry).model_fields.items()
    return entry.model_copy(
        update={name: info.get_default() for name, info in fields if name not in _NAMING and not info.is_required()}
    )
