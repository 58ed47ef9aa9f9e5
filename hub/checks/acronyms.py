"""Acronyms that texts use and the glossary does not know: readers cannot look them up, and the search cannot either.

A remark that is wrong costs more than one that is missing: what may be a surname in capitals, the initials of an
author, a stressed word or a code is left out, and so is any use that is not in the middle of ordinary words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from hub.about import about_of
from hub.addresses import FILE_TYPES
from hub.checks import Check, written
from hub.config import Config
from hub.diagnostics import Diagnostic, Rule, Severity
from hub.fields import Code
from hub.i18n import N_
from hub.library import Library
from hub.location import Location
from hub.model import Entry
from hub.source import Path
from hub.walk import walk

UNKNOWN_ACRONYM = Rule(
    "unknown-acronym",
    Severity.INFO,
    N_("“{found}” is not in the glossary and stands in {n} texts, {where} among them."),
    N_(
        "Make a term of what it stands for and write the acronym there, or add it to the variants of a term. "
        'Example, for UHC: `hub new term "Universal health coverage"`, then in the new file: acronym: UHC'
    ),
)
_ENOUGH = 3
"""Texts in which an acronym stands before it is worth a term."""
_NAMED = 3
"""Texts that the message names."""
_MOST_LETTERS = 8
_ORDINARY = 3
"""A word that one text in so many writes in small letters is a word, written in capitals for stress or as a surname."""

_BIG = "A-ZÀ-ÖØ-ÞŒ"
_SMALL = "a-zß-öø-ÿœ"
# The first letter stands before the look behind it, so that the search can skip to capitals.
_ACRONYM = re.compile(
    rf"[{_BIG}](?<![^\W_].)(?<!\w_.)(?<![@#\\&=$.].)(?<![^{_SMALL}]-.)(?<![\d\s/.]/.)"
    rf"(?:(?:\.[{_BIG}]){{2,7}}+\.?+|\d?(?:[{_BIG}]|&[{_BIG}])[{_BIG}\d]*+(?:&[{_BIG}]++)?+"
    rf"(?:-[{_BIG}][{_BIG}\d]*+)*+(?:-\d{{1,2}})?+(?P<plural>s)?+)"
    rf"(?![^\W_]|_\w|[-/:.,&=]\d|-[{_BIG}]|[&=.][^\W_]|@)"
)
# Each branch begins with a plain sign, for the same reason.
_UNREAD = re.compile(
    r"```(?P<ticks>`*)(?s:.*?)(?:```(?P=ticks)|\Z)|~~~(?s:.*?)(?:~~~|\Z)"  # code
    r"|`(?P<tick>`?)(?!`)(?:[^\n]|\n(?!\s*\n)){1,500}?(?<!`)`(?P=tick)(?!`)"
    r"|\](?:\((?:[^()\n]|\([^()\n]*\))*\)|:[ \t]*\S+)"  # the address of a link, beside its text or further down
    r"|\[(?:\[[^\[\]|\n]*\||![A-Z]+\]|\^[^\]\n]*\])"  # the target of a wiki link; the sort of an alert; a footnote
    r"|<[A-Za-z/!?][^<>\n]{0,300}>"
    r"|://\S+"
)
_ROMAN = re.compile(
    r"(?:X{1,3}|XL|LX{0,3}|XC)(?:IX|IV|V?I{0,3})|IX|IV|V?I{1,3}|V"
    r"|M{1,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)
_BLANK = " \u00a0\u202f*_"
_CAPITAL_AFTER = re.compile(rf"[{_BLANK}]+[{_BIG}]")
_AFTER_A_NUMBER = re.compile(r"\d[ \u00a0\u202f]*$")
_AFTER_A_POSTCODE = re.compile(r"(?<![\d.,])\d{5}[ \u00a0\u202f]$")
_SMALL_WORD = re.compile(rf"[{_SMALL}]{{2}}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ELIDED = re.compile(r"(?:Q[Uu]|[CDJLMNST])['’]$")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)$")
_END_NUMBER = re.compile(r"-?\d+$")
_REACH = 200
"""Characters on either side in which the words around an acronym are looked for, so that no line is too long."""
_LONGEST_WORD = 40
"""Characters in which the word before it is looked for."""
_ABBREVIATED = 3
"""Letters of the longest word that a full stop shortens (`Dr.`, `Mme.`) and does not end a sentence."""

_STARTERS = """
à au aucun aucune aussi aux avec ce ces cet cette chaque chez comme comment dans de depuis des deux différentes
différents donc du elle en entre est et il ils la le les leur leurs mais même nos notre nouveau nouvelle or ou où par
parmi pas plusieurs pour pourquoi quand que quel quelle quelles quels quelques qui sa sans sauf selon ses si son sous
sur tous tout toute toutes trois un une vers votre y
a about after all also an and any are as at before both but by each every for from had has have her his how if in into
is its many may most no not of on or other our several since some such that the their these this those to two under
until was were what when where which while who why with within without
"""
_BEGINS_SENTENCES = frozenset(_STARTERS.split())
"""Words that begin a sentence before an acronym (`La CSU`, `The RBF`) and are no names."""
_EVERYDAY = """
AM BP CD CEDEX CO CV DOI DVD EMAIL FAQ FAX FIXME GPS HTML HTTP HTTPS ID ISBN ISSN MIT NB NON OK ORCID OUI PC PM PS QR
README ROR SMS SVP TEL TODO TV URL USB WIFI WWW XML YAML
BY CC NC ND SA
CDF CFA EUR FCFA GBP USD XAF XOF
"""
_EVERYBODY_KNOWS = frozenset(_EVERYDAY.split()) | {ending.upper() for ending in FILE_TYPES}
"""Everyday signs, parts of licences' codes, codes of money, endings of files."""
_MEASURES = "CM GB GHZ GO HA HZ KB KG KHZ KM KO KW KWH MB MG MHZ ML MM MO MW TB TO"
_UNITS = frozenset(_MEASURES.split())
"""Units where a number stands before them."""


@dataclass(frozen=True, slots=True)
class _Use:
    """One acronym in one text: the key under which its forms are counted, how it is written, and its offset."""

    key: str
    written: str
    at: int


@dataclass(slots=True)
class _Found:
    """One acronym: how it is written, where it stands first, and the texts in which it stands."""

    first: Location
    forms: Counter[str] = field(default_factory=Counter)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)

    def note(self, use: _Use, version: Entry) -> None:
        """Add a use of it in a text."""
        self.forms[use.written.replace(".", "")] += 1
        self.texts.setdefault((version.kind.name, version.id), version.text.path)


def find(library: Library, config: Config) -> Iterator[Diagnostic]:
    """Acronyms that stand in three texts or more and that no entry of the glossary, and no other name, explains."""
    often = {key: one for key, one in _gather(library).items() if len(one.texts) >= _ENOUGH}
    if not often:
        return
    codes = _codes(library)
    ordinary = _in_small_letters(library, often)
    for key, one in often.items():
        if key not in codes and ordinary[_plain(key)] * _ORDINARY < len(one.texts):
            form = min(one.forms, key=lambda form: (-one.forms[form], form))
            where = list(one.texts.values())[:_NAMED]
            yield Diagnostic(UNKNOWN_ACRONYM, one.first, {"found": form, "n": len(one.texts), "where": where})


def _gather(library: Library) -> dict[str, _Found]:
    """Every acronym that no name explains, with the texts in which it stands."""
    reader = _Reader(_names(library))
    found: dict[str, _Found] = {}
    for version in (version for text in _texts(library) for version in text):
        for path, said in _fields(version) if reader.may_hold(_head(version)) else ():
            for use in reader.uses(said):
                if use.key not in found:
                    found[use.key] = _Found(_in_field(version, path, use.written))
                found[use.key].note(use, version)
        for use in reader.uses(version.body):
            if use.key not in found:
                found[use.key] = _Found(_in_body(version, use.at))
            found[use.key].note(use, version)
    return found


def _texts(library: Library) -> Iterator[list[Entry]]:
    """Each text once, in every language that it exists in, the hub's own language first."""
    for entry in library.works(library.default_language):
        yield [version for version in library.translations(entry).values() if version.status != "withdrawn"]


class _Reader:
    """Finds in texts the acronyms that nobody has explained."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._keys: dict[str, str] = {}

    def uses(self, text: str) -> list[_Use]:
        """Every use of such an acronym among ordinary words."""
        if not self.may_hold(text):
            return []
        text = _UNREAD.sub(_blank, text)
        return [
            _Use(key, match[0].removesuffix(match["plural"] or ""), match.start())
            for match in _ACRONYM.finditer(text)
            if (key := self._key(match)) and _is_among_words(text, match.start(), match.end(), key)
        ]

    def may_hold(self, text: str) -> bool:
        """Whether there is any, wherever it stands."""
        return any(self._key(match) for match in _ACRONYM.finditer(text))

    def _key(self, match: re.Match[str]) -> str:
        form = match[0]
        key = self._keys.get(form)
        if key is None:
            key = self._keys[form] = self._wanted(form.removesuffix(match["plural"] or ""))
        return key

    def _wanted(self, form: str) -> str:
        """The key of an acronym that is to be counted, or nothing."""
        whole = form.replace(".", "")
        key = _END_NUMBER.sub("", whole)
        letters = sum(sign.isalpha() for sign in key)
        if not 1 < letters <= _MOST_LETTERS or key in _EVERYBODY_KNOWS or _ROMAN.fullmatch(key):
            return ""
        parts = key.split("-")
        if {_plain(whole), _plain(key)} & self._known or all(_plain(part) in self._known for part in parts):
            return ""
        return key


def _is_among_words(text: str, start: int, end: int, key: str) -> bool:
    """Whether it is used as an acronym is: in a line or cell with words in small letters, beside no name or shout.

    `DOSSOU Jean`, `Dossou JP` and `PLAN DE TRAVAIL` are left out, and `OMS Afrique` with them.
    """
    line = max(text.rfind(sign, max(0, start - _REACH), start) for sign in "\n|") + 1 or max(0, start - _REACH)
    line_end = min(at if (at := text.find(sign, end, end + _REACH)) >= 0 else end + _REACH for sign in "\n|")
    if not (_SMALL_WORD.search(text, line, start) or _SMALL_WORD.search(text, end, line_end)):
        return False
    if _CAPITAL_AFTER.match(text, end, line_end):
        return False
    before = text[line:start]
    if key in _UNITS and _AFTER_A_NUMBER.search(before):
        return False
    if _AFTER_A_POSTCODE.search(before):
        return False
    return not _may_be_part_of_a_name(_word_before(before[-_LONGEST_WORD:]))


def _word_before(before: str) -> str:
    """The word that only blanks part from what follows (`DE L’` is `DE`), a full stop included; otherwise nothing."""
    if before.endswith(("'", "’")):
        before = _ELIDED.sub("", before)
    kept = before.rstrip(_BLANK)
    chunks = kept.split() if kept != before else ()
    word = chunks[-1].lstrip('*_(«“"[') if chunks else ""
    return word if word[-1:].isalpha() or word.endswith(".") else ""


def _may_be_part_of_a_name(word: str) -> bool:
    """Whether a word with a capital may be of one name with what follows: not what ends a sentence, or begins one."""
    if not word[:1].isupper():
        return False
    bare = word.rstrip(".")
    if bare != word:
        return len(bare) == 1 or (len(bare) <= _ABBREVIATED and not bare.isupper())
    return bare.casefold() not in _BEGINS_SENTENCES or (len(bare) > 1 and bare.isupper())


def _blank(match: re.Match[str]) -> str:
    """As many signs that say nothing, on as many lines: what follows keeps its place."""
    return "".join("\n" if sign == "\n" else "\0" for sign in match[0])


def _names(library: Library) -> frozenset[str]:
    """What names an entry: the forms of the glossary with each word of theirs, other entries' names as a whole."""
    known: set[str] = set()
    for entry in library:
        if entry.status == "withdrawn":
            continue
        for name in entry.names:
            in_brackets = _IN_BRACKETS.search(name)
            forms = [name, *(in_brackets.groups() if in_brackets else ())]
            if entry.kind.index == "glossary":
                forms += re.split(r"[\s/(),]+", name)
            for form in forms:
                plain = _plain(form)
                known |= {plain, _END_NUMBER.sub("", plain), plain.removesuffix("s")}
    return frozenset(known)


def _plain(form: str) -> str:
    """Small letters without accents and full stops."""
    decomposed = unicodedata.normalize("NFKD", form.casefold().replace("œ", "oe"))
    return "".join(sign for sign in decomposed if sign != "." and not unicodedata.combining(sign)).strip()


def _head(entry: Entry) -> str:
    """The front matter as it was written, title and summary included."""
    return entry.text.text[: len(entry.text.text) - len(entry.body)]


def _fields(entry: Entry) -> Iterator[tuple[Path, str]]:
    """What is written for readers in the fields, each value with the way to it."""
    shown = _shown_fields(type(entry))
    for value in walk(entry):
        if type(value.value) is str and value.path[0] in shown:
            yield value.path, value.value


def _codes(library: Library) -> frozenset[str]:
    """Codes that fields hold, and the marks of parts (`OS1`), which texts may name."""
    found: set[str] = set()
    for entry in library:
        for value in walk(entry):
            if isinstance(value.value, Code) or (value.path[-1] == "id" and len(value.path) > 1):
                found |= {str(value.value), _END_NUMBER.sub("", str(value.value))}
    return frozenset(found)


@cache
def _shown_fields(model: type[Entry]) -> frozenset[str]:
    shown = {name for name, info in model.model_fields.items() if about_of(info, name).view != "hidden"}
    return frozenset({"title", "summary"} | shown)


def _in_field(entry: Entry, path: Path, acronym: str) -> Location:
    """The place of an acronym in the front matter; that of the field where its words are written in another way."""
    start = entry.text.locate(path)
    span = entry.text.front.span(path)
    if span is None:
        return start
    match = re.compile(rf"(?<!\w){re.escape(acronym)}(?!\w\w)").search(entry.text.text, span.start, span.end)
    if not match:
        return start
    before = entry.text.text[span.start : match.start()]
    line, column = before.count("\n"), len(before) - before.rfind("\n")
    return Location(start.path, start.line + line, column if line else start.column + len(before))


def _in_body(entry: Entry, at: int) -> Location:
    return written(entry, entry.body.count("\n", 0, at) + 1, at - entry.body.rfind("\n", 0, at))


def _in_small_letters(library: Library, keys: Iterable[str]) -> Counter[str]:
    """In how many texts each word stands with small letters, by its plain form; names of entries are texts as well."""
    chunks: Counter[str] = Counter()
    for text in _texts(library):
        said = " ".join(part for version in text for part in (version.title, version.summary, version.outline.words))
        chunks.update(set(said.split()))
    wanted = {_plain(key) for key in keys}
    found: Counter[str] = Counter()
    for chunk, times in chunks.items():
        for word in () if chunk.isupper() else _WORD.findall(chunk):
            if not word.isupper() and (plain := _plain(word)) in wanted:
                found[plain] = max(found[plain], times)
    return found


CHECK = Check((UNKNOWN_ACRONYM,), find=find)
