"""The history of a hub's texts: what Git says of each file one by one, said of all at once."""

from __future__ import annotations

import json
import os
import random
import subprocess
from contextlib import contextmanager
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub import git, sealed
from hub.caches import FOLDER
from hub.errors import HubError
from hub.history import History, log
from hub.history.contents import Content
from hub.history.lines import Line, lines
from hub.history.log import DIGITS, Person, person
from hub.identities import address_hash
from hub.swhid import content_hash, swhid
from tests.repository import Repository
from tests.searching import article

LONG = bool(os.environ.get("HUB_TEST_LONG"))
NOTE = "docs/notes/a.md"
AWA = Person("Awa Sow", address_hash("awa@example.org")[:DIGITS])


@pytest.fixture
def repository(tmp_path) -> Repository:
    return Repository(tmp_path / "hub")


def text(*sentences: str, **fields: str) -> str:
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return article("Titre", *lines, body="\n\n".join(sentences))


LONG_TEXT = [f"Phrase numéro {number} qui ne change pas." for number in range(12)]


def read(repository: Repository) -> History:
    return History.read(repository.root)


def commits(history: History, path: str = NOTE) -> list[str]:
    line = history.line(path)
    return [event.commit for event in line.events] if line else []


def as_git_follows(repository: Repository, path: str) -> list[str]:
    """The published commits that touched a file, as `git log --follow` tells them of one file."""
    which = ("--first-parent", "-m", "--follow", "-M")
    return repository.git("log", *which, "--format=%H", "--", path).split()


def test_a_text_has_a_revision_for_each_published_change(repository):
    first = repository.commit("Écrire la note", {NOTE: text("Un.")})
    repository.commit("Autre chose", {"docs/notes/b.md": text("B.")})
    second = repository.commit("Préciser\n\nParce que c’était flou.", {NOTE: text("Un.", "Deux.")})
    found = read(repository).of(NOTE)
    assert [one.commit for one in found] == [second, first]
    assert [one.date for one in found] == repository.git("log", "--format=%cI", "--", NOTE).split()
    assert found[0].message == "Préciser\n\nParce que c’était flou."
    assert found[0].people == (AWA,)
    raw = (repository.root / NOTE).read_bytes()
    assert found[0].hash == content_hash(raw) == repository.git("hash-object", NOTE)
    assert found[0].swhid == f"swh:1:cnt:{repository.git('hash-object', NOTE)}" == swhid(found[0].hash)
    assert found[0].short == found[0].hash[:12]
    assert read(repository).read_contents(found)[found[1].blob] == text("Un.").encode()


def test_renamings_and_moves_across_folders_are_followed(repository):
    made = [repository.commit("un", {"docs/notes/avant.md": text(*LONG_TEXT)})]
    repository.move("docs/notes/avant.md", "docs/notes/apres.md")
    made.append(repository.commit("deux", {"docs/notes/apres.md": text(*LONG_TEXT, "De plus.")}))
    repository.move("docs/notes/apres.md", NOTE)
    made.append(repository.commit("trois"))
    history = read(repository)
    assert commits(history) == made[::-1] == as_git_follows(repository, NOTE)
    assert [event.path for event in history.line(NOTE).events] == [
        NOTE,
        "docs/notes/apres.md",
        "docs/notes/avant.md",
    ]
    # A move alone changes nothing that readers see.
    assert [one.commit for one in history.of(NOTE)] == made[1::-1]


def test_two_files_that_change_names_keep_their_lives(repository):
    one, other = ["Un texte sur l’eau."] * 9, ["Le financement, tout autrement."] * 9
    repository.commit("un", {NOTE: text(*one), "docs/notes/b.md": text(*other)})
    repository.move(NOTE, "docs/notes/x.md")
    repository.move("docs/notes/b.md", NOTE)
    repository.move("docs/notes/x.md", "docs/notes/b.md")
    repository.git("config", "diff.renames", "true")
    repository.commit("échange")
    history = read(repository)
    for path in (NOTE, "docs/notes/b.md"):
        assert commits(history, path)[-1] == commits(history, NOTE)[-1]
        assert history.line(path).events[0].blob == repository.git("rev-parse", f"HEAD:{path}")


def test_a_merge_publishes_what_others_wrote(repository):
    repository.commit("un", {NOTE: text(*LONG_TEXT)})
    repository.git("checkout", "-q", "-b", "proposition")
    kofi, rose = "Kofi Adjo <kofi@example.org>", "Rose Zin <rose@example.org>"
    repository.commit("Ébauche", {NOTE: text(*LONG_TEXT, "Kofi.")}, author=kofi)
    repository.commit("Relecture", {NOTE: text(*LONG_TEXT, "Kofi, et Rose.")}, author=rose)
    repository.git("checkout", "-q", "main")
    repository.commit("ailleurs", {"docs/notes/b.md": text("B.")})
    merge = repository.merge("proposition", "Merge pull request #12 from kofi/proposition\n\nParler de Kofi")
    newest, oldest = read(repository).of(NOTE)
    assert newest.commit == merge
    assert [one.name for one in newest.people] == ["Kofi Adjo", "Rose Zin"]
    assert (newest.message, newest.request) == ("Parler de Kofi", "12")
    assert oldest.people == (AWA,)
    assert commits(read(repository)) == as_git_follows(repository, NOTE)


def test_a_renaming_that_only_a_branch_shows_is_followed(repository):
    first = repository.commit("un", {"docs/notes/avant.md": text(*LONG_TEXT)})
    repository.git("checkout", "-q", "-b", "proposition")
    repository.move("docs/notes/avant.md", NOTE)
    repository.commit("nom")
    repository.commit("texte", {NOTE: text(*[f"Tout autre chose {number}." for number in range(30)])})
    repository.git("checkout", "-q", "main")
    merge = repository.merge("proposition", "Merge branch 'proposition'")
    assert commits(read(repository)) == [merge, first]
    assert read(repository).of(NOTE)[0].message == "nom\ntexte"


def test_a_name_that_another_text_took_in_a_branch_is_followed_for_both(repository):
    first = repository.commit("un", {NOTE: text(*LONG_TEXT)})
    second = repository.commit("deux", {"docs/notes/b.md": text(*(f"Autre {number}." for number in range(30)))})
    repository.git("checkout", "-q", "-b", "proposition")
    repository.move(NOTE, "docs/notes/c.md")
    repository.commit("un nom")
    repository.move("docs/notes/b.md", NOTE)
    repository.commit("le nom de l’autre")
    repository.git("checkout", "-q", "main")
    merge = repository.merge("proposition", "Merge branch 'proposition'")
    history = read(repository)
    assert commits(history, "docs/notes/c.md") == [merge, first]
    assert commits(history, NOTE) == [merge, second]
    assert list(history.gone()) == []


def test_a_file_that_was_deleted_and_made_again_is_the_same_text(repository):
    made = [
        repository.commit("un", {NOTE: text("Un.")}),
        repository.commit("deux", {NOTE: None}),
        repository.commit("trois", {NOTE: text("Trois.")}),
    ]
    history = read(repository)
    assert commits(history) == made[::-1] == as_git_follows(repository, NOTE)
    assert [one.commit for one in history.of(NOTE)] == [made[2], made[0]]
    repository.commit("quatre", {NOTE: None})
    history = read(repository)
    assert history.of(NOTE) == ()
    assert [line.path for line in history.gone()] == [NOTE]


def test_a_revert_is_a_revision(repository):
    repository.commit("un", {NOTE: text("Un.")})
    repository.commit("deux", {NOTE: text("Deux.")})
    repository.git("revert", "--no-edit", "HEAD")
    found = read(repository).of(NOTE)
    assert len(found) == 3
    assert found[0].hash == found[2].hash
    assert found[0].date != found[2].date


@pytest.mark.parametrize(
    "after",
    [
        text("Un  texte.", "Deux.").replace("\n", "\r\n"),
        text("Un texte.\n", "Deux.  ") + "\n\n",
        text("Un texte.", "Deux.", source_hash="abc", aliases="[notes/vieux/]"),
        text("Un texte.", "Deux.", aliases="\n  - notes/vieux/\n  - notes/autre/"),
        "\ufeff" + text("Un texte.", "Deux."),
    ],
)
def test_what_no_reader_sees_makes_no_revision(repository, after):
    before = text("Un texte.", "Deux.")
    repository.commit("un", {NOTE: before})
    repository.commit("blancs", {NOTE: after.encode()})
    assert [one.message for one in read(repository).of(NOTE)] == ["un"]
    repository.commit("deux", {NOTE: text("Un texte.", "Trois.")})
    assert [one.message for one in read(repository).of(NOTE)] == ["deux", "un"]


def test_an_editor_joins_and_names_revisions(repository):
    repository.commit("un", {NOTE: text("Un.")})
    repository.commit("faute\n\nRevision: mineure", {NOTE: text("Une.")})
    rose = "Rose Zin <rose@example.org>"
    repository.commit("deux\n\nRevision: Atelier de mai", {NOTE: text("Deux.")})
    last = repository.commit("trois\n\nRevision: Atelier de mai", {NOTE: text("Trois.")}, author=rose)
    workshop, first = read(repository).of(NOTE)
    assert (workshop.label, workshop.commit, workshop.message) == ("Atelier de mai", last, "deux")
    assert [one.name for one in workshop.people] == ["Awa Sow", "Rose Zin"]
    assert len(workshop.earlier) == len(first.earlier) == 1
    assert (first.message, first.label) == ("un", "")


def test_who_contributed_is_credited_and_not_who_pressed_the_button(repository):
    repository.commit("un\n\nContribution-de: kofi-adjo", {NOTE: text("Un.")})
    repository.commit("deux\n\nCo-authored-by: Rose Zin <rose@example.org>", {NOTE: text("Deux.")})
    newest, oldest = read(repository).of(NOTE)
    assert oldest.people == (Person("kofi-adjo"),)
    assert newest.people == (AWA, person("Rose Zin <rose@example.org>"))
    assert (oldest.message, newest.message) == ("un", "deux")


def test_a_mailmap_puts_names_right_at_once(repository):
    repository.commit("un\n\nCo-authored-by: rz <RZ@old.example.org>", {NOTE: text("Un.")})
    assert [one.name for one in read(repository).of(NOTE)[0].people] == ["Awa Sow", "rz"]
    mailmap = "Awa Sow-Diop <awa@example.org>\nRose Zin <rose@example.org> <rz@old.example.org>\n"
    repository.commit("noms", {".mailmap": mailmap})
    people = read(repository).of(NOTE)[0].people
    assert people == (person("Awa Sow-Diop <awa@example.org>"), person("Rose Zin <rose@example.org>"))


def test_no_address_of_anyone_is_kept(repository):
    repository.commit("un\n\nCo-authored-by: Rose <rose@example.org>", {NOTE: text("Un.")})
    read(repository).of(NOTE)
    for path in (repository.root / FOLDER).rglob("*"):
        if path.is_file():
            assert b"@example.org" not in path.read_bytes()


def test_a_shallow_clone_says_so_and_is_never_wrong(repository, tmp_path):
    repository.commit("un", {NOTE: text("Un."), "docs/notes/b.md": text("B.")})
    repository.commit("deux", {NOTE: text("Deux.")})
    last = repository.commit("trois", {NOTE: text("Trois.")})
    url = repository.root.as_uri()
    subprocess.run(["git", "clone", "-q", "--depth", "2", url, tmp_path / "clone"], check=True, capture_output=True)
    history = History.read(tmp_path / "clone")
    assert history.is_shallow
    # The clone's oldest commit looks as if it had made everything.
    assert [one.commit for one in history.of(NOTE)] == [last]
    assert not history.line(NOTE).is_whole
    assert history.of("docs/notes/b.md") == ()


def test_without_a_repository_or_a_commit_there_is_no_history(tmp_path, monkeypatch):
    assert not History.read(tmp_path).is_known
    repository = Repository(tmp_path / "hub")
    assert not read(repository).is_known
    assert read(repository).of(NOTE) == ()
    repository.commit("un", {NOTE: text("Un.")})
    monkeypatch.setenv("PATH", "")
    assert not read(repository).is_known


def test_a_hub_below_the_top_of_a_repository_has_its_own_paths(repository):
    repository.commit("un", {f"hubs/bénin/{NOTE}": text("Un."), NOTE: text("Ailleurs.")})
    history = History.read(repository.root / "hubs/bénin")
    assert len(history.of(NOTE)) == 1
    assert len(history.lines) == 1
    repository.move(NOTE, f"hubs/bénin/{NOTE}2.md")
    repository.commit("deux")
    assert len(History.read(repository.root / "hubs/bénin").of(f"{NOTE}2.md")) == 1


def test_only_new_commits_are_read(repository, monkeypatch):
    repository.commit("un", {NOTE: text("Un.")})
    before = read(repository)
    before.of(NOTE)
    last = repository.commit("deux", {NOTE: text("Deux.")})
    asked = []
    usual = git._command
    monkeypatch.setattr(git, "_command", lambda root, told: asked.append(told) or usual(root, told))
    after = read(repository)
    assert [one.commit for one in after.of(NOTE)] == [last, before.tip]
    assert next(told for told in asked if told[0] == "log")[-2] == f"^{before.tip}"
    asked.clear()
    assert read(repository).of(NOTE) == after.of(NOTE)
    assert [told[0] for told in asked] == ["rev-parse", "ls-files"]


def test_what_is_kept_of_a_text_that_nobody_touched_is_written_again_as_it_was(repository):
    other = "docs/notes/b.md"
    repository.commit("un", {NOTE: text("Un."), other: text("B.")})
    read(repository).of(NOTE)
    path = repository.root / FOLDER / "history.json"
    rows = path.read_text().splitlines()
    repository.commit("deux\n\nCo-authored-by: Rose <rose@example.org>", {NOTE: text("Deux.")})
    read(repository).of(NOTE)
    now = path.read_text().splitlines()
    assert len(now) == len(rows)
    assert len(set(rows) - set(now)) == 3  # the sum, what it is of, and the text that changed
    assert as_from_nothing(repository) == read(repository).lines
    assert [one.name for one in read(repository).of(NOTE)[0].people] == ["Awa Sow", "Rose"]


def test_of_a_history_that_is_kept_the_lines_that_are_asked_for_are_read(repository):
    other = "docs/notes/b.md"
    repository.commit("un", {NOTE: text("Un."), other: text("B.")})
    whole = read(repository).of(NOTE)
    path = repository.root / FOLDER / "history.json"
    lines = sealed.summed(path).decode().splitlines()
    broken = "\n".join(f"[{line}]" if other in line and line[0] == "[" else line for line in lines)
    sealed.put_summed(path, f"{broken}\n".encode())  # as a branch may hold it
    in_part = History.read(repository.root, is_in_part=True)
    assert in_part.of(NOTE) == whole
    with pytest.raises(HubError, match=r"history\.json"):
        in_part.of(other)
    assert read(repository).of(other)
    assert sealed.summed(path).decode().splitlines() == lines


def test_a_published_line_that_became_a_side_is_read_again(repository):
    repository.commit("un", {NOTE: text("Un.")})
    repository.git("checkout", "-q", "-b", "proposition")
    side = repository.commit("de côté", {NOTE: text("De côté.")})
    repository.git("checkout", "-q", "main")
    read(repository).of(NOTE)
    repository.commit("ailleurs", {"docs/notes/b.md": text("B.")})
    main = repository.commit("deux", {"docs/notes/b.md": text("Deux.")})
    assert read(repository).of("docs/notes/b.md")[0].commit == main
    # Somebody merges what is published into their branch, and what comes of it is published.
    repository.git("checkout", "-q", "proposition")
    merge = repository.merge("main", "Merge branch 'main'")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--ff-only", "proposition")
    history = read(repository)
    assert history.of(NOTE)[0].commit == side
    assert [one.commit for one in history.of("docs/notes/b.md")] == [merge]
    assert history.lines == as_from_nothing(repository)


@pytest.mark.parametrize("is_new", [False, True])
def test_what_git_cannot_tell_whole_is_said_and_nothing_of_it_is_kept(repository, is_new):
    """Otherwise a damaged repository would be one without a past from then on."""
    first = repository.commit("Écrire", {NOTE: text("Un.")})
    if not is_new:
        assert read(repository).contents  # from now on it is kept
    second = repository.commit("Changer", {NOTE: text("Deux.")})
    repository.commit("Changer encore", {NOTE: text("Trois.")})
    lost = repository.root / ".git/objects" / second[:2] / second[2:]
    lost.rename(repository.root / "lost")
    for _ in range(2):
        with pytest.raises(HubError, match="Git cannot tell the history"):
            read(repository)
    (repository.root / "lost").rename(lost)
    assert commits(read(repository))[1:] == [second, first]
    assert len(read(repository).of(NOTE)) == 3


@pytest.mark.parametrize("told", [b"0 blob 5\nabc", b"0 blob 5\nabcde", b"0 blob 5\n", b"0 blob"])
def test_a_part_of_a_content_is_not_taken_for_it(monkeypatch, tmp_path, told):
    @contextmanager
    def running(*_, **__):
        yield BytesIO(b"1 blob 3\nabc\n" + told)
        raise EOFError

    monkeypatch.setattr(git, "running", running)
    assert list(git.contents(tmp_path, ["1", "0"])) == [("1", b"abc")]


def test_a_shallow_clone_that_goes_on_knows_what_it_does_not_know(repository, tmp_path):
    repository.commit("un", {NOTE: text("Un."), "docs/notes/b.md": text("B.")})
    repository.commit("deux", {NOTE: text("Deux.")})
    url = repository.root.as_uri()
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "1", url, clone], check=True, capture_output=True)
    assert History.read(clone).of(NOTE) == ()
    last = repository.commit("trois", {"docs/notes/b.md": text("Trois.")})
    subprocess.run(["git", "-C", clone, "pull", "-q"], check=True, capture_output=True)
    history = History.read(clone)
    assert [one.commit for one in history.of("docs/notes/b.md")] == [last]
    assert not history.line("docs/notes/b.md").is_whole
    assert history.lines == as_from_nothing(Repository(clone))


def as_from_nothing(repository: Repository) -> tuple[Line, ...]:
    """The lines of life as they are read where nothing is kept."""
    here = git.place(repository.root)
    return lines(log.commits(repository.root, here.prefix, here.tip), here.tip, here.boundary)


def test_a_history_that_was_rewritten_is_read_again(repository):
    repository.commit("un", {NOTE: text("Un.")})
    repository.commit("deux", {NOTE: text("Deux.")})
    read(repository).of(NOTE)
    repository.git("commit", "-q", "--amend", "-m", "autre", author="Rose Zin <rose@example.org>")
    assert [one.message for one in read(repository).of(NOTE)] == ["autre", "un"]
    repository.git("reset", "-q", "--hard", "HEAD~1")
    assert [one.message for one in read(repository).of(NOTE)] == ["un"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"half", b'{"state": 1}', b"\xff" * 99, b"null"])
def test_a_damaged_cache_is_made_again(repository, damage):
    repository.commit("un", {NOTE: text("Un.")})
    whole = read(repository).of(NOTE)
    path = repository.root / FOLDER / "history.json"
    kept = path.read_text()
    assert json.loads(kept.splitlines()[1])["tip"]
    path.write_bytes(kept.encode()[:-40] if damage == b"half" else damage)
    assert read(repository).of(NOTE) == whole
    assert path.read_text() == kept


@pytest.mark.parametrize(
    ("front", "status"),
    [
        ("status: brouillon", "brouillon"),
        ("status:  en-revue  ", "en-revue"),
        ('status: "in-review"', "in-review"),
        ("{title: T, status: draft}", "draft"),
        ("status:\n  draft", "draft"),
        ("title: le status: draft", ""),
        ("title: T", ""),
    ],
)
def test_the_status_is_told_as_it_was_written(front, status):
    assert Content.of(f"---\n{front}\n---\n\nstatus: leurre\n".encode()).status == status


def test_a_rule_below_an_empty_front_matter_makes_no_front_matter_of_the_text():
    assert Content.of(b"---\n---\n\nUn.\n\nstatus: leurre\n\n---\n").status == ""


def test_a_name_that_a_merge_gives_to_another_text_ends_the_one_that_had_it(repository):
    other = "docs/notes/b.md"
    repository.commit("un", {NOTE: new_text("a", 1), other: new_text("b", 1)})
    renamed = repository.commit("deux", {NOTE: new_text("a", 2)})
    repository.git("checkout", "-q", "-b", "branche")
    repository.commit("supprimer", {NOTE: None})
    repository.move(other, NOTE)
    repository.commit("renommer")
    repository.git("checkout", "-q", "main")
    repository.merge("branche", "fusion")
    history = read(repository)
    merge = repository.git("rev-parse", "HEAD")
    assert history.line(NOTE).events[0].blob == repository.git("rev-parse", f"HEAD:{NOTE}")
    assert commits(history) == [merge, repository.git("rev-parse", "HEAD~2")]
    (gone,) = history.gone()
    assert [event.commit for event in gone.events] == [merge, renamed, repository.git("rev-parse", "HEAD~2")]


PATHS = [f"docs/notes/{name}.md" for name in "abcd"]
STEPS = ["edit", "edit", "rename", "delete", "make", "branch", "merge", "revert", "crlf"]
STEP = st.tuples(st.sampled_from(STEPS), st.randoms())


@settings(max_examples=300 if LONG else 12)
@given(st.lists(STEP, min_size=3, max_size=12))
def test_all_at_once_as_git_follows_file_by_file(tmp_path_factory, steps):
    repository = Repository(tmp_path_factory.mktemp("history") / "hub")
    repository.commit("début", {path: new_text(path, 0) for path in PATHS[:2]})
    left: set[str] = set()
    for number, (what, chance) in enumerate(steps, start=1):
        take(repository, what, number, chance, left)
        if chance.random() < 0.3:
            read(repository)
    history = read(repository)
    in_part = History.read(repository.root, is_in_part=True)
    for path in PATHS:
        assert in_part.of(path) == history.of(path)
        assert in_part.line(path) == history.line(path)
        if (repository.root / path).exists():
            assert commits(history, path) == as_git_follows(repository, path)
            blob = repository.git("rev-parse", f"HEAD:{path}")
            assert history.line(path).events[0].blob == blob
            assert history.of(path)
    assert history.lines == as_from_nothing(repository)


def new_text(path: str, number: int) -> str:
    """A text so unlike others that Git takes none for another renamed."""
    chance = random.Random(f"{path}{number}")
    return text(*(" ".join(chance.sample("azertyuiopqsdfghjklmwxcvbn", 9)) for _ in range(20)))


def take(repository: Repository, what: str, number: int, chance: random.Random, left: set[str]) -> None:
    """A step, if it can be taken.

    `left` are paths that renamings, or what reverted them, may have left: a text that is made there is another one,
    though `--follow` goes on.
    """
    there = [path for path in PATHS if (repository.root / path).exists()]
    free = [path for path in PATHS if path not in there]
    branch = repository.git("rev-parse", "--abbrev-ref", "HEAD")
    if what == "edit" and there:
        path = chance.choice(there)
        repository.commit("edit", {path: (repository.root / path).read_text() + f"\nPhrase {number}.\n"})
    elif what == "crlf" and there:
        path = repository.root / chance.choice(there)
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"\r\nFin.\r\n")
        repository.commit("crlf")
    elif what == "rename" and there and free:
        # A merge that gives one text's name to another is read as its commits say, which `--follow` does not.
        free = free if branch == "main" else sorted(set(free) - left)
        if free:
            old, new = chance.choice(there), chance.choice(free)
            left |= {old, new}
            repository.move(old, new)
            repository.commit("rename")
    elif what == "delete" and len(there) > 1:
        path = chance.choice(there)
        left |= {path} if branch != "main" else set()
        repository.commit("delete", {path: None})
    elif what == "make" and set(free) - left:
        path = chance.choice(sorted(set(free) - left))
        repository.commit("make", {path: new_text(path, number)})
    elif what == "branch" and branch == "main":
        repository.git("checkout", "-q", "-b", f"b{number}")
    elif what == "merge" and branch != "main":
        repository.git("checkout", "-q", "main")
        repository.merge(branch, f"Merge branch '{branch}'")
    elif what == "revert" and branch == "main" and len(repository.git("log", "-1", "--format=%P").split()) == 1:
        repository.git("revert", "--no-edit", "HEAD")


def test_no_bit_that_is_turned_in_what_is_kept_changes_what_is_read(repository):
    repository.commit("un", {NOTE: text("Un.")})
    wanted = read(repository).of(NOTE)
    path = repository.root / FOLDER / "history.json"
    whole = path.read_bytes()
    for at in range(0, len(whole), len(whole) // 12):
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        assert read(repository).of(NOTE) == wanted
