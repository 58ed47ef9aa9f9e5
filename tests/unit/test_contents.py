"""What is known of a content: part by part, as if it had been looked at as a whole."""

from __future__ import annotations

import hashlib
import os
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.history.contents import TECHNICAL, Content, substance

LONG = bool(os.environ.get("HUB_TEST_LONG"))
WHITE = [" ", "\t", "\n", "\n\n", "\r\n", "\r", "\x0b", "\x1c", "\x85", "\xa0", "\u2003", "\u2028", "\u202f", "\u3000"]
LINES = ["---\n", "---  \r\n", "...\n", "id: a\n", "aliases:\n  - b\n\n  - c\n", "title: é\n", "dismissed: [\n- d\n"]
PIECES = st.sampled_from([*WHITE, *LINES, "un", "’", "é :", "\ufeff", "\x00", "ids: a\n", " id: e\n"])
BYTES = st.one_of(PIECES.map(str.encode), st.sampled_from([b"\xe2\x80", b"\xff", b"\xc2", b"\xa0", b"\xed\xa0\x80"]))
RAW = st.lists(BYTES, max_size=30).map(b"".join)
HEADED = st.builds(b"---\n%b---\n%b".__mod__, st.tuples(RAW, RAW))


def seen(raw: bytes) -> list[str]:
    """The words of a content, but for technical fields: what its substance is the hash of."""
    text = re.sub(r"\r\n?", "\n", raw.decode("utf-8-sig", "replace"))
    lines = re.findall(r".*\n|.+\Z", text.lstrip())
    ends = [at for at, line in enumerate(lines) if at and re.fullmatch(r"(?:---|\.\.\.)[ \t]*\n?", line)]
    if not ends or not re.fullmatch(r"---[ \t]*\n", lines[0]):
        return text.split()
    kept, is_technical = [], False
    for line in lines[1 : ends[0]]:
        name = re.match(r"(\w+)[ \t]*:", line)
        if (name and name[1] in TECHNICAL) or (is_technical and line[0] in " \t-\n"):
            is_technical = True
        else:
            is_technical = False
            kept.append(line)
    return [*"".join(kept).split(), "---", *"".join(lines[ends[0] + 1 :]).split()]


@settings(max_examples=2_000 if LONG else 200)
@given(st.lists(st.one_of(RAW, HEADED), min_size=1, max_size=3), st.sampled_from([b"", b" fin" * 20_000]))
def test_the_substance_is_the_hash_of_all_words_that_readers_see(some, end):
    for raw in (one + end for one in some):
        words = " ".join(seen(raw)).encode()
        assert Content.of(raw).substance == hashlib.blake2b(words, digest_size=12).hexdigest()


@given(st.lists(PIECES).map("".join))
def test_a_text_has_the_substance_of_its_bytes(text):
    assert substance(text.removeprefix("\ufeff")) == Content.of(text.encode()).substance
