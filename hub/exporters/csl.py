"""CSL-JSON (the schema csl-data.json of CSL 1.0.2), which Zotero, Pandoc and citeproc read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hub.cited import Cited
from hub.dates import PartialDate
from hub.exporters import Style
from hub.views import Name


def write(cited: Sequence[Cited]) -> str:
    """References as a JSON list of items."""
    return json.dumps([_item(one) for one in cited], ensure_ascii=False, indent=1) + "\n"


def _item(cited: Cited) -> dict[str, Any]:
    revision = cited.revision
    item = {
        "id": cited.key,
        "type": cited.type,
        "title": cited.title,
        "author": [_name(author) for author in cited.authors],
        "issued": _date(cited.issued) if cited.issued else None,
        "publisher": "; ".join(cited.behind),
        "container-title": cited.container,
        "genre": cited.genre,
        "version": f"{revision.date}, {revision.short}" if revision else "",
        "language": cited.lang,
        "abstract": cited.summary,
        "keyword": ", ".join(cited.keywords),
        "DOI": cited.doi,
        "URL": cited.url,
        "note": cited.swhid,
    }
    return {name: value for name, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    if not name.family:
        return {"literal": name.whole}
    parts = {"family": name.family, "given": name.given}
    return {part: value for part, value in parts.items() if value}


def _date(date: PartialDate) -> dict[str, Any]:
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}


STYLE = Style("csl", "CSL-JSON", "json", "application/vnd.citationstyles.csl+json", write)
