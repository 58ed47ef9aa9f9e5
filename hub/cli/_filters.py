"""Values by which `hub search` is to narrow what it finds, and that there are not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from hub.cli.app import Session
from hub.errors import HubError
from hub.i18n import N_, Translate

Known = Mapping[str, Collection[str]]
"""By filter, the values that texts have."""
_SHOWN = 8
"""Values that are told to whoever named one that no text has."""
_CLOSED = {
    "kind": N_("“{found}” is no kind of text. There are: {known}. Example: --kind {nearest}"),
    "lang": N_("“{found}” is no language of this hub. There are: {known}. Example: --lang {nearest}"),
}
"""Filters whose values are known before there is a text."""


def refuse_unknown(session: Session, filters: Mapping[str, Iterable[str]], known: Known) -> None:
    """Say which kinds and languages there are where one is none of them; a kind may be that of no text.

    Raises:
        HubError: when there is no such kind, or the hub has no such language.
    """
    for name, message in _CLOSED.items():
        for found in filters.get(name, ()):
            if found not in known.get(name, ()):
                values = _kinds(session) if name == "kind" else session.config.languages
                if found not in values:
                    example = next(_nearest_first(found, values))
                    raise HubError(message, found=found, known=", ".join(values), nearest=example)


def unfound(filters: Mapping[str, Iterable[str]], known: Known, say: Translate) -> Iterator[str]:
    """A sentence for each value that no text has, and some that texts have, the nearest first."""
    for name in (name for name in known if name not in _CLOSED):
        for found in filters[name]:
            if found not in known[name]:
                yield say(N_("No text has “{found}” for --{option}.")).format(found=found, option=name)
                some = list(_nearest_first(found, known[name]))
                if some:
                    shown = ", ".join([*some[:_SHOWN], *(["…"] if len(some) > _SHOWN else [])])
                    yield say(N_("Values that texts have: {known}")).format(known=shown)


def _nearest_first(found: str, values: Collection[str]) -> Iterator[str]:
    from hub.nearest import nearest  # whoever names what there is does not wait for it

    near = nearest(found, values, cutoff=0)
    if near:
        yield near
    yield from sorted(value for value in values if value != near)


def _kinds(session: Session) -> Collection[str]:
    from hub.loading import find_kinds  # reads what texts are made of

    return find_kinds(session.config).keys()
