"""A hub of any size, made up: notes of about 800 words, people, projects, organisations, groups and a glossary.

The same seed gives the same bytes, and a note depends on its number alone: the hub of 1,000 notes is the beginning of
that of 5,000. The same texts can be written for plain Material as its best friend would: front matter reduced to
title and tags, wiki links written as links, notes in a folder for each year and the rest in one for each letter, so
that `navigation.prune` has something to prune. As a program: `python -m benchmarks.corpus NOTES FOLDER [--plain]`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from random import Random

from benchmarks.words import Writer, elide

SEED = "cop-hub-bench-1"
TERMS = 200
GROUPS = 12
DEPARTMENTS = 12
_HEADINGS = ("Contexte", "Méthodologie", "Résultats", "Difficultés", "Leçons apprises", "Perspectives")
_STRENGTHS = ("strong", "moderate", "anecdotal")
_ROLES = ("writing-original-draft", "facilitation", "proofreading", "methodology", "testimony", "data-entry")
_ACCENTS = str.maketrans("àâäéèêëîïôöùûüçœ’' ", "aaaeeeeiioouuuco---")

HUB_CONFIG = """\
site_name: Hub d’essai
site_description: Un hub fait de mots inventés.
site_url: https://hub.example/
plugins:
  - hub:
      languages: [fr, en]
"""


@dataclass(frozen=True, slots=True)
class Named:
    """An entry as others refer to it.

    Attributes:
        id: the stem of its file.
        folder: the folder of its file.
        title: its title.
        acronym: its acronym, where it has one.
        year: of a note, when it was written.
    """

    id: str
    folder: str
    title: str
    acronym: str = ""
    year: int = 0


@dataclass(frozen=True)
class Corpus:
    """A hub of `notes` notes.

    Attributes:
        notes: how many notes.
        plain: whether it is written for plain Material.
        seed: another seed gives other texts.
    """

    notes: int
    plain: bool = False
    seed: str = SEED

    def files(self, *, notes: bool = True) -> Iterator[tuple[str, str]]:
        """Paths relative to the hub's root, with the text of each file; the notes last, if they are wanted."""
        if not self.plain:
            yield "mkdocs.yml", HUB_CONFIG
            yield "docs/vocabulaires/themes.yml", self._vocabulary()
        yield self._entry(Named("index", "", "Hub d’essai"), [], self._writer("home").sentences(150))
        for number in range(TERMS):
            yield self._term_file(number)
        for number in range(GROUPS):
            yield self._group_file(number)
        for number in range(_organisations(self.notes)):
            yield self._organisation_file(number)
        for number in range(_people(self.notes)):
            yield self._person_file(number)
        for number in range(_projects(self.notes)):
            yield self._project_file(number)
        for number in range(self.notes if notes else 0):
            yield self._note_file(number)

    def write(self, folder: Path) -> Path:
        """Write the hub into a folder, and say which."""
        made: set[Path] = set()
        for name, text in self.files():
            path = folder / name
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(text.encode())
        return folder

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """The labels of the themes."""
        writer = self._writer("themes")
        return tuple(" et ".join(writer.content_words(2)).capitalize() for _ in range(Writer.subjects))

    @cached_property
    def _departments(self) -> tuple[str, ...]:
        return tuple(self._writer(f"department-{n}").content_words(1)[0].capitalize() for n in range(DEPARTMENTS))

    @cached_property
    def _terms(self) -> tuple[tuple[str, str], ...]:
        """Terms: an acronym that no other has, and what it stands for."""
        found: dict[str, str] = {}
        random = self._random("terms")
        while len(found) < TERMS:
            words = Writer(random).content_words(random.randint(3, 4), most=3000)
            acronym = "".join(word[0] for word in words).translate(_ACCENTS).upper()
            found.setdefault(acronym, " ".join(words).capitalize())
        return tuple(found.items())

    def _random(self, name: str) -> Random:
        return Random(f"{self.seed}:{name}")

    def _writer(self, name: str, subject: int = 0) -> Writer:
        return Writer(self._random(name), subject)

    @lru_cache(maxsize=100_000)  # noqa: B019 - a corpus lives as long as the program
    def _named(self, folder: str, number: int) -> Named:
        """Entry number so-and-so of a folder: its name depends on nothing else."""
        writer, acronym = self._writer(f"{folder}-name-{number}"), ""
        if folder == "glossaire":
            acronym, title = self._terms[number]
        elif folder == "personnes":
            title = " ".join(word.capitalize() for word in writer.content_words(2))
        else:
            title = " de ".join(
                " ".join(writer.content_words(count)) for count in ((2, 2) if folder == "notes" else (1, 2))
            )
            title = elide(title).capitalize()
        year = 2006 + int(20 * writer.random.random() ** 0.6)
        entry_id = _slug(acronym) if acronym else f"{_slug(title)}-{number}"
        if self.plain:
            folder = f"{folder}/{year if folder == 'notes' else entry_id[0]}"
        return Named(entry_id, folder, title, acronym, year)

    def _entry(self, named: Named, front: list[str], body: str, tags: tuple[str, ...] = ()) -> tuple[str, str]:
        lines = [f"title: {named.title}"]
        if self.plain:
            lines += ["tags:", *(f"  - {tag}" for tag in tags)] if tags else []
        else:
            lines += front
        path = f"docs/{named.folder}/{named.id}.md" if named.folder else f"docs/{named.id}.md"
        return path, "---\n" + "\n".join(lines) + "\n---\n\n" + body + "\n"

    def _vocabulary(self) -> str:
        terms = [f"  theme-{n}: {{fr: {label}, en: {label} (en)}}" for n, label in enumerate(self.themes)]
        return "title: Thème\nsource: Made up\nterms:\n" + "\n".join(terms) + "\n"

    def _term_file(self, number: int) -> tuple[str, str]:
        named, writer = self._named("glossaire", number), self._writer(f"term-{number}")
        front = [f"acronym: {named.acronym}", f"fr: [{named.title.lower()}]", f"definition: {writer.sentences(20)}"]
        return self._entry(named, front, writer.sentences(30))

    def _group_file(self, number: int) -> tuple[str, str]:
        named, writer = self._named("groupes", number), self._writer(f"group-{number}")
        members = [self._named("personnes", n) for n in range(10)]
        front = ["type: gtt", f"mandate: {writer.sentences(40)}", "members:"]
        front += [f"  - {{who: 'person:{one.id}', role: membre}}" for one in members]
        return self._entry(named, front, writer.sentences(120))

    def _organisation_file(self, number: int) -> tuple[str, str]:
        named, writer = self._named("organisations", number), self._writer(f"organisation-{number}")
        front = [f"type: '{writer.random.choice((10, 22, 80))}'", "country: BJ", f"url: https://o{number}.example.org/"]
        return self._entry(named, front, writer.sentences(40))

    def _person_file(self, number: int) -> tuple[str, str]:
        named, writer = self._named("personnes", number), self._writer(f"person-{number}")
        organisation = self._named("organisations", _skewed(writer.random, _organisations(number * 8)))
        given, family = named.title.split()
        front = [f"given_name: {given}", f"family_name: {family}"]
        if number % 5:
            front += [
                f"affiliations: [{{organisation: 'organisation:{organisation.id}', since: {2008 + number % 12}}}]",
                "consent: {date: 2025-11-01, scope: [profil]}",
                f"expertise: [{writer.phrase(2)}, {writer.phrase(2)}]",
                f"bio: {writer.sentences(40)}",
            ]
        return self._entry(named, front, "")

    def _project_file(self, number: int) -> tuple[str, str]:
        named, writer = self._named("projets", number), self._writer(f"project-{number}")
        random, start = writer.random, 2006 + number % 15
        organisation = self._named("organisations", _skewed(random, _organisations(number * 40)))
        front = [
            f"summary: {writer.sentences(25)}",
            f"start_date: {start}-0{1 + number % 9}",
            f"end_date: {start + 4}-12",
            f"budget: {random.randint(100, 9000)}000 EUR",
            "recipient_country: BJ",
            "sector: '12220'",
            f"themes: [theme-{number % Writer.subjects}]",
            f"participating_orgs: [{{org: {organisation.id}, role: '4'}}]",
            "results:",
            *(f"  - {{id: R{n}, level: result, statement: '{writer.phrase(14)}'}}" for n in (1, 2, 3)),
            "milestones:",
            *(
                f"  - {{date: {start + n}-06, label: {writer.phrase(5).replace(',', '')}, done: oui}}"
                for n in (0, 2, 4)
            ),
        ]
        return self._entry(named, front, writer.sentences(200), (self.themes[number % Writer.subjects],))

    def _note_file(self, number: int) -> tuple[str, str]:
        return _Note(self, number).file()


class _Note:
    """Writes one note."""

    def __init__(self, corpus: Corpus, number: int) -> None:
        self.corpus, self.number = corpus, number
        self.random = corpus._random(f"note-{number}")  # noqa: SLF001 - of one piece with the corpus
        self.subject = self.random.randrange(Writer.subjects)
        self.writer = Writer(self.random, self.subject)
        self.named = self._name("notes", number)

    def file(self) -> tuple[str, str]:
        codes = tuple(dict.fromkeys((self.subject, self.random.randrange(Writer.subjects))))
        keywords = tuple(dict.fromkeys(self._keyword() for _ in range(5)))
        front = self._front(codes, keywords)
        tags = (*(self.corpus.themes[code] for code in codes), *keywords)
        return self.corpus._entry(self.named, front, self._body(), tags)  # noqa: SLF001 - of one piece with the corpus

    def _name(self, folder: str, number: int) -> Named:
        return self.corpus._named(folder, number)  # noqa: SLF001 - of one piece with the corpus

    def _keyword(self) -> str:
        """A keyword: some are used by many notes, and new ones keep coming."""
        which = _skewed(self.random, 40 + self.number // 4)
        return " ".join(self.corpus._writer(f"keyword-{which}").content_words(2))  # noqa: SLF001 - of one piece with the corpus

    def _person(self) -> str:
        return self._name("personnes", _skewed(self.random, _people(self.number))).id

    def _front(self, themes: tuple[int, ...], keywords: tuple[str, ...]) -> list[str]:
        random, phrase, sentences = self.random, self.writer.phrase, self.writer.sentences
        year = self.named.year
        day = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        authors = dict.fromkeys(self._person() for _ in range(random.randint(1, 3)))
        helper = next((one for one in (self._person() for _ in range(9)) if one not in authors), None)
        zone = f"Zone {random.choice(self.corpus._departments)} {random.randint(1, 3)}"  # noqa: SLF001 - of one piece with the corpus
        department = random.choice(self.corpus._departments)  # noqa: SLF001 - of one piece with the corpus
        facility = _skewed(random, 20 + self.number // 20)
        lines = [
            f"summary: {sentences(random.randint(25, 45))}",
            "tier: complete",
            f"date: {day}",
            f"experience_period: {year - 3}/{year}",
            f"keywords: [{', '.join(keywords)}]",
            f"themes: [{', '.join(f'theme-{code}' for code in themes)}]",
            f"places: [{{country: BJ, department: {department}, health_zone: {zone}, facility: Centre {facility}}}]",
            f"authors: [{', '.join(authors)}]",
        ]
        if helper:
            lines += ["contributors:", f"  - {{person: {helper}, roles: [{random.choice(_ROLES)}]}}"]
        organisation = self._name("organisations", _skewed(random, _organisations(self.number)))
        project = self._name("projets", _skewed(random, _projects(self.number)))
        lines += [
            f"organisations: [{organisation.id}]",
            f"projects: [{project.id}]",
            f"groups: [{self._name('groupes', random.randrange(GROUPS)).id}]",
            "license: CC-BY-4.0",
            "review_by: 2099-12",
            "stakeholders:",
            *(f"  - {phrase(4)}" for _ in range(3)),
            "results:",
            *(f"  - {{statement: '{phrase(16)}', contributes_to: '{project.id}#R{n}'}}" for n in (1, 2)),
            "difficulties:",
            *(f"  - {phrase(12)}" for _ in range(2)),
            "lessons:",
        ]
        for n in (1, 2, 3):
            lines += [f"  - id: L{n}", f"    statement: {sentences(16)}", f"    strength: {random.choice(_STRENGTHS)}"]
        lines += ["outlook:", *(f"  - {phrase(12)}" for _ in range(2))]
        lines += ["source:", f"  title: {phrase(6).capitalize()}", "  method: reformulation"]
        if self.number:
            lines += [f"related: ['note:{self._earlier().id}']"]
        return lines

    def _earlier(self) -> Named:
        return self._name("notes", self.random.randrange(self.number))

    def _body(self) -> str:
        """Six sections of together 600 to 1,000 words, with a table, a list, links and a footnote."""
        random = self.random
        share = random.randint(600, 1000) // len(_HEADINGS)
        links = self._links()
        blocks: list[str] = []
        for heading in _HEADINGS:
            blocks.append(f"## {heading}")
            left = share
            if heading == "Méthodologie":
                items = [f"{n}. {self.writer.phrase(9)};" for n in (1, 2, 3, 4)]
                blocks.append("\n".join(items))
                left -= 36
            if heading == "Résultats":
                blocks.append(self._table())
                blocks.append(f"### {self.writer.phrase(4).capitalize()}")
                left -= 30
            while left > 0:
                size = min(left, random.randint(50, 100))
                left -= size if left - size > 20 else left
                blocks.append(self._paragraph(size, links))
        blocks[1] += "[^1]"
        return "\n\n".join([*blocks, f"[^1]: {self.writer.sentences(12)}"])

    def _paragraph(self, size: int, links: list[str]) -> str:
        """Sentences, here and there a link, an emphasis or a figure between two of them."""
        random, parts = self.random, [self.writer.sentences(max(size // 2, 8))]
        if links:
            parts.append(f"{self.writer.phrase(3).capitalize()} {links.pop()}, {self.writer.phrase(3)}.")
        parts.append(f"{self.writer.phrase(2).capitalize()} {random.randint(2, 98)} % **{self.writer.phrase(2)}**.")
        parts.append(self.writer.sentences(max(size // 2 - 8, 8)))
        return " ".join(parts)

    def _links(self) -> list[str]:
        """What the text links to: earlier notes, a person, a project, terms of the glossary, another site."""
        random = self.random
        targets = [self._earlier() for _ in range(random.randint(2, 4) if self.number else 0)]
        targets.append(self._name("projets", _skewed(random, _projects(self.number))))
        targets.append(self._name("personnes", _skewed(random, _people(self.number))))
        found = [f"[{one.title}]({self._path(one)})" for one in targets]
        for _ in range(random.randint(1, 3)):
            term = self._name("glossaire", _skewed(random, TERMS))
            shown = term.title.lower()
            found.append(f"[{shown}]({self._path(term)})" if self.corpus.plain else f"[[{term.id}|{shown}]]")
            found.append(f"({self._name('glossaire', _skewed(random, TERMS)).acronym})")
        found.append(f"[{self.writer.phrase(2)}](https://www.example.org/{self.number})")
        random.shuffle(found)
        return found

    def _path(self, target: Named) -> str:
        """The way from this note's file to another's."""
        if target.folder == self.named.folder:
            return f"{target.id}.md"
        return f"{'../' * (1 + self.named.folder.count('/'))}{target.folder}/{target.id}.md"

    def _table(self) -> str:
        random, columns = self.random, self.random.randint(3, 4)
        rows = [self.writer.content_words(columns), ["---"] * columns]
        rows += [
            [self.writer.phrase(2), *(f"{random.randint(1, 999)}" for _ in range(columns - 1))]
            for _ in range(random.randint(4, 8))
        ]
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _people(notes: int) -> int:
    return 12 + notes // 8


def _projects(notes: int) -> int:
    return 3 + notes // 40


def _organisations(notes: int) -> int:
    return 8 + notes // 60


def _skewed(random: Random, count: int) -> int:
    """A number below `count`, the small ones far more often: a few people write much, most write once."""
    return int(count * random.random() ** 2)


def _slug(text: str) -> str:
    return text.lower().translate(_ACCENTS)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("notes", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plain", action="store_true", help="for plain Material")
    options = parser.parse_args()
    Corpus(options.notes, plain=options.plain).write(options.folder)


if __name__ == "__main__":
    main()
