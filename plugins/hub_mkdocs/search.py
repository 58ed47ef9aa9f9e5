"""The search of the built site: the scripts of the index, and the program that reads them in a browser."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import hub_mkdocs.theme
from hub.errors import HubError
from hub.search.analysis import LANGUAGE
from hub.search.cache import LOADER, Cache, program_files
from hub.search.reading import FACETS

FOLDER = "search"
API = "api/search"
MOST = 1000
"""Results that one call may ask for."""
SOURCES = "assets/search/"
"""Where the theme keeps the parts of the program, which sites do not hold one by one."""
PARTS = (
    *("scope", "analysis", "tree", "postings", "concepts", "reading"),
    *("query", "ranking", "excerpt", "phrases", "engine"),
)
"""The files of the engine, each after those whose names it knows."""
_NUMBER = re.compile("[0-9]{1,9}")
_HASHED = re.compile(r".+-[0-9a-z]{5}\.js")
"""Names that only the search gives: they end in a hash."""
_COMMENT = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)


def write(cache: Cache, site_dir: Path) -> None:
    """Write the folder `search/` of a site from the index in the cache.

    Args:
        cache: holds it.
        site_dir: the site; what stands there under a hashed name has the bytes that its name says.
    """
    folder = site_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    there = {*os.listdir(folder)}  # noqa: PTH208 - as many as there are scripts, whose names are enough
    for name, body in changed(cache, folder):
        if name in there:
            (folder / name).unlink()
        if body is not None:
            (folder / name).write_bytes(body)


def changed(cache: Cache, folder: Path) -> Iterator[tuple[str, bytes | None]]:
    """What another index changes in the folder `search/` of a site: names, and what stands there from now on.

    Args:
        cache: holds the index.
        folder: what stands there under a hashed name has the bytes that its name says, or another size.
    """
    there = {one.name: one.stat().st_size for one in os.scandir(folder) if _HASHED.fullmatch(one.name)}
    for name, text in cache.scripts(program(), there):
        size, body = there.pop(name, None), None if text is None else _bytes(text)
        if body is not None and size != len(body):
            yield name, body
    # Scripts of a site that was there may hold what was withdrawn since.
    yield from dict.fromkeys(there).items()


def changed_in_part(cache: Cache, folder: Path) -> Iterator[tuple[str, bytes | None]]:
    """The same of a site whose files are whole, as they are known to be after an edit.

    Raises:
        sqlite3.DatabaseError: when the index holds what is no data.
    """
    there = {*os.listdir(folder)}  # noqa: PTH208 - as many as there are scripts, whose names are enough
    new, gone = cache.beside(program(), there)
    for name, text in new.items():
        body = _bytes(text)
        if name not in there or (folder / name).read_bytes() != body:
            yield name, body
    yield from ((name, None) for name in gone if _HASHED.fullmatch(name))


def is_index_of(folder: Path) -> Callable[[str], bool]:
    """Says of an index, by its manifest, whether it is the one that stands in a folder `search/`."""

    def is_right(manifest: str) -> bool:
        name = f"{LOADER}.js"
        try:
            return (folder / name).read_bytes() == _bytes(program_files(program(), manifest)[name])
        except OSError:
            return False

    return is_right


def is_hashed(address: str) -> bool:
    """Whether a file of a site is a script of the search whose name says what is in it."""
    folder, _, name = address.rpartition("/")
    return folder == FOLDER and bool(_HASHED.fullmatch(name))


def program() -> dict[str, str]:
    """The program: `engine` with the language's tables and the pages' part, and `loader`, which brings it."""
    start = f"window.hub.startEngine({json.dumps(LANGUAGE, ensure_ascii=False)},window.hub.manifest);\n"
    return {"engine": engine() + start + _source("ui"), LOADER: _source(LOADER)}


def engine() -> str:
    """The engine: its parts in one scope, so that pages know nothing of it but `window.hub`."""
    return "(() => {\n" + "".join(map(_source, PARTS)) + "})();\n"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _source(name: str) -> str:
    """A part of the program without indentation and without lines that are comments."""
    path = Path(hub_mkdocs.theme.__file__).parent / SOURCES / f"{name}.js"
    return _COMMENT.sub("", path.read_text("utf-8"))


App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def answering(app: App, cache: Cache, mount: str) -> App:
    """A WSGI application that answers `api/search?q=…` as `hub search --format json` does, and hands on the rest.

    Args:
        app: what serves the pages.
        cache: holds the index, which the build keeps up to date.
        mount: the path at which the site stands, ending in a slash.
    """

    def answered(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != f"{mount}{API}":
            return app(environ, start)
        if environ.get("REQUEST_METHOD") not in {"GET", "HEAD"}:
            start("405 Method Not Allowed", [("Allow", "GET, HEAD"), ("Content-Length", "0")])
            return [b""]
        status, answer = _answer(cache, environ.get("QUERY_STRING", ""))
        body = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
        headers = [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(body)))]
        start(status, headers)
        return [body]

    return answered


def _answer(cache: Cache, query: str) -> tuple[str, Any]:
    """The status and what is said to the query string of an address."""
    try:
        given = parse_qs(query, errors="strict")
        options = _options(given)
    except ValueError as error:
        return "400 Bad Request", {"error": str(error)}
    try:
        with cache.engine() as engine:
            return "200 OK", engine.search(given.get("q", [""])[0], **options)
    except HubError as error:  # another process goes on writing the index
        return "503 Service Unavailable", {"error": str(error)}


def _options(given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The options of a search from the parameters of an address.

    Raises:
        ValueError: when one is nonsense.
    """
    limit = given.get("limit", ["10"])[0]
    if not _NUMBER.fullmatch(limit):
        raise ValueError(f"limit: a number from 0 to {MOST} is expected. Example: limit=10")
    chosen = [one.rsplit(":", 1) for one in given.get("choose", [])]
    if any(len(one) != 2 for one in chosen):  # noqa: PLR2004 - a word and an id
        raise ValueError("choose: a word, a colon and an id are expected. Example: choose=csc:centre-de-sante")
    return {
        "limit": min(int(limit), MOST),
        "filters": {name: given[name] for name in FACETS if name in given},
        "literal": given.get("literal", []),
        "choose": dict(chosen),
        "lang": given.get("reader", [""])[0],
    }
