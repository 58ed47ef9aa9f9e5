"""A reference as plain text, in the order of ISO 690: author (year). Title [kind]. Publisher. Address. Version."""

from __future__ import annotations

from collections.abc import Sequence

from hub.cited import Cited
from hub.exporters import Style
from hub.i18n import N_, translator
from hub.words import date_text

_SENTENCE_ENDS = (".", "!", "?", "…")


def write(cited: Sequence[Cited]) -> str:
    """References, one a line."""
    return "".join(f"{_line(one)}\n" for one in cited)


def _line(cited: Cited) -> str:
    say = translator(cited.words)
    year = f"({cited.issued.year})" if cited.issued else ""
    kind = f" [{cited.genre}]" if cited.genre else ""
    named = [cited.title, say(N_("In: {title}")).format(title=cited.within)] if cited.within else [cited.title]
    named[-1] += kind
    authors = say(N_("; ")).join(author.inverted for author in cited.authors)
    head = [f"{authors} {year}".strip(), *named] if authors else [f"{named[0]} {year}".strip(), *named[1:]]
    publisher = ", ".join([*cited.publishers, cited.hub])
    sentences = [*map(_ended, filter(None, (*head, publisher))), cited.address, _version(cited)]
    return " ".join(filter(None, sentences))


def _version(cited: Cited) -> str:
    """Which content it is, and of which day where that is known: `(version du 3 mai 2026, swh:1:cnt:…)`."""
    say = translator(cited.words)
    if cited.revision is None:
        return f"({cited.swhid})" if cited.swhid else ""
    date = date_text(cited.revision.date, cited.words)
    dated = say(N_("version of {date}")).format(date=date)
    return f"({dated}, {cited.swhid})" if cited.swhid else f"({dated})"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(_SENTENCE_ENDS) else f"{sentence}."


STYLE = Style("text", "Text", "", "text/plain", write)
