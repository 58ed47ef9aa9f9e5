"""How much of what is private `hub check` finds, and how often it is wrong.

`python -m benchmarks.privacy` checks each sentence of `tests/privacy.tsv` as a note of its own, and writes
`benchmarks/PRIVACY.md`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hub import checks

SENTENCES = Path(__file__).parents[1] / "tests" / "privacy.tsv"
OUTPUT = Path(__file__).with_name("PRIVACY.md")
RULES = ("phone-number", "email-address", "patient-identity", "small-cells")
NOTHING = "-"


@dataclass(frozen=True)
class Sentence:
    """A sentence with what is to be found in it.

    Attributes:
        line: its line in the file.
        rule: the rule that must find something, or `-`.
        text: Markdown.
    """

    line: int
    rule: str
    text: str

    @property
    def was_kept_aside(self) -> bool:
        """Whether it was not looked at while the rules were written."""
        return self.line % 2 == 0


@dataclass(frozen=True)
class Score:
    """What was found of what there is.

    Attributes:
        found: sentences in which the rule found what it must.
        missed: those in which it found nothing.
        wrong: harmless sentences in which it found something.
    """

    found: int
    missed: tuple[Sentence, ...]
    wrong: tuple[Sentence, ...]

    @property
    def recall(self) -> float:
        """The share found of what there is."""
        return self.found / ((self.found + len(self.missed)) or 1)

    @property
    def precision(self) -> float:
        """The share that is right of what was found."""
        return self.found / ((self.found + len(self.wrong)) or 1)


def sentences() -> list[Sentence]:
    """The sentences of the file."""
    found = []
    for number, line in enumerate(SENTENCES.read_text("utf-8").splitlines(), 1):
        if not line.startswith("#"):
            rule, _, text = line.partition("\t")
            found.append(Sentence(number, rule, text.replace(" ⏎ ", "\n")))
    return found


def told(texts: dict[str, str]) -> dict[str, set[str]]:
    """What `hub check` finds in texts, each of them a note; by their names, the codes of the rules above."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "mkdocs.yml").write_text("site_name: Essai\nplugins: [hub]\n", "utf-8")
        (root / "docs" / "notes").mkdir(parents=True)
        for name, text in texts.items():
            (root / f"docs/notes/{name}.md").write_text(f"---\ntitle: Essai {name}\n---\n\n{text}\n", "utf-8")
        found: dict[str, set[str]] = {name: set() for name in texts}
        for one in checks.check(root).report:
            if one.rule.code in RULES:
                found[Path(one.location.path).stem].add(one.rule.code)
    return found


def scores(some: Iterable[Sentence]) -> dict[str, Score]:
    """The score of each rule, and of all together under `all`."""
    said = list(some)
    found = told({str(one.line): one.text for one in said})
    by_rule = {}
    for rule in RULES:
        wanted = [one for one in said if one.rule == rule]
        missed = tuple(one for one in wanted if rule not in found[str(one.line)])
        wrong = tuple(one for one in said if one.rule == NOTHING and rule in found[str(one.line)])
        by_rule[rule] = Score(len(wanted) - len(missed), missed, wrong)
    every = by_rule.values()
    missed = tuple(one for score in every for one in score.missed)
    wrong = tuple(one for score in every for one in score.wrong)
    return {**by_rule, "all": Score(sum(score.found for score in every), missed, wrong)}


def report(all_sentences: list[Sentence]) -> Iterator[str]:
    """The lines of the report."""
    yield "# What `hub check` finds of what is private\n"
    yield (
        "Each sentence of [tests/privacy.tsv](../tests/privacy.tsv) is checked as a note of its own. Half of them hold "
        "something private, half are harmless and like it: amounts, references, ministers, authors. They were written "
        "before the rules. Those on odd lines were looked at while the rules were made; those on even lines were "
        "measured once, when the rules stood, and nothing was changed after. All are by the same hand, so that real "
        "texts will do worse.\n"
    )
    halves = {"looked at": False, "kept aside": True}
    for name, aside in halves.items():
        some = [one for one in all_sentences if one.was_kept_aside is aside]
        harmless = sum(one.rule == NOTHING for one in some)
        yield f"## Sentences {name}: {len(some) - harmless} private, {harmless} harmless\n"
        found = scores(some)
        yield "| rule | found | missed | wrong | recall | precision |\n|---|---:|---:|---:|---:|---:|"
        for rule, score in found.items():
            figures = f"{score.found} | {len(score.missed)} | {len(score.wrong)}"
            yield f"| {rule} | {figures} | {score.recall:.2f} | {score.precision:.2f} |"
        yield ""
        for label, which in (("Missed", found["all"].missed), ("Wrong", found["all"].wrong)):
            for one in which:
                yield f"- {label}, line {one.line}: {' '.join(one.text.split())}"
        yield ""


def main() -> None:
    OUTPUT.write_text("\n".join(report(sentences())).rstrip() + "\n", "utf-8")
    print(OUTPUT)


if __name__ == "__main__":
    main()
