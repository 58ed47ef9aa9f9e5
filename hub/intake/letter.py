"""A mail out of its bytes, within limits: who sent it, its own text, what stands below that, what is attached."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from itertools import pairwise
from pathlib import Path

from hub.documents.confined import confined
from hub.documents.model import Block, Document, LeftOut, Paragraph, Picture, Run, runs_of, text_of
from hub.documents.pictures import fit
from hub.drafting.markdown import clean
from hub.errors import HubError
from hub.i18n import N_
from hub.importers import importers
from hub.intake import attached
from hub.intake.reading import beginning

LONGEST = 60_000_000
"""Bytes of a mail: attachments are a third larger in it."""
MOST_PARTS = 300
_LONGEST_TEXT = 1_000_000
_WRAPPED = 50
"""Signs from which a line that goes on in the next one was broken by a program."""
_HISTORY = re.compile(
    r"\s*(?:-{2,}\s*(?:message d['’]origine|original message|message transféré|forwarded message|début du message).*|"
    r"_{20,}|(?:le|on)\s.{4,200}(?:a écrit|wrote)\s*:?|(?:de|from)\s*:\s.{1,200})\s*",
    re.IGNORECASE,
)
"""What stands above the mails to which this one answers, or which it hands on."""
_SENDER = re.compile(r"\s*(?:de|from)\s*:", re.IGNORECASE)
_MARKED = re.compile(r"\s*(?:[-–—•*>]|\d{1,2}[.)]\s)")
"""How a line begins that is no continuation."""
_HEADER = re.compile(r"\s*(?:envoyé|sent|date|à|to|objet|subject)\s*:", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"--\s?|(?:envoyé (?:de|depuis|à partir de)|sent from|get outlook|télécharge[rz] outlook)\b.{0,80}", re.IGNORECASE
)
_REPLY = re.compile(r"^\s*(?:(?:re|r[ée]p|fwd?|tr)\s*:\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it was read.

    Attributes:
        subject: of it, without what an answer puts before it.
        name, address: of who sent it.
        day: on which it was sent, or empty.
        blocks: its own text.
        pictures: in its text, made fit for a page.
        left_out: of its text: signature, earlier mails, mails that are attached.
        files: that are attached.
        refused: how many parts there are beyond those that are read.
    """

    subject: str
    name: str
    address: str
    day: str
    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...]
    left_out: tuple[LeftOut, ...]
    files: tuple[attached.File, ...]
    refused: int = 0


def read(path: Path) -> Letter:
    """Read a mail, in a process of its own.

    Raises:
        HubError: when it cannot be read.
    """
    raw = beginning(path, LONGEST)
    if len(raw) > LONGEST:
        raise HubError(
            N_("The mail is larger than {n} MB: save its attachments and hand them over."), n=LONGEST // 10**6
        )
    return confined(lambda: parse(raw))


def parse(raw: bytes) -> Letter:
    """A mail of its bytes.

    Raises:
        HubError: when it is none.
    """
    try:
        whole = BytesParser(policy=email.policy.default).parsebytes(raw)
        assert isinstance(whole, EmailMessage)
        return _letter(whole)
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError, RecursionError) as error:
        # The library raises all of these for headers and parts that break its rules.
        raise HubError(NO_MAIL) from error


NO_MAIL = N_(
    "There is no mail in the file. Save it again as .eml from the mail program: “Save as”, or “Download the message”."
)


def _letter(whole: EmailMessage) -> Letter:
    if not any(_header(whole, name) for name in ("From", "Subject", "Date", "Message-ID")):
        raise HubError(NO_MAIL)
    name, address = parseaddr(_header(whole, "From"))
    plain: list[str] = []
    pages: list[bytes] = []
    others: list[LeftOut] = []
    files: list[attached.File] = []
    refused = 0
    for number, (part, is_inner) in enumerate(_parts(whole)):
        if number >= MOST_PARTS or len(files) >= attached.MOST:
            refused += 1
            continue
        filename = _filename(part)
        kind = part.get_content_type()
        if is_inner and not filename:
            others.append(LeftOut("attached-mail", _text(part) if kind == "text/plain" else ""))
        elif kind == "text/plain" and not filename:
            plain.append(_text(part))
        elif kind == "text/html" and not filename:
            pages.append(_bytes(part))
        elif filename or part.get_content_maintype() == "image":
            files.append(attached.file(filename or "image", _bytes(part)))
    page = Document(tuple(_blocks("\n\n".join(plain)))) if any(map(str.strip, plain)) else _of_page(pages)
    own, rest = _divided(page.blocks)
    subject = " ".join(_REPLY.sub("", clean(_header(whole, "Subject"))).split())
    # Pictures of what is not taken over (a logo below a signature) are none of the text's.
    shown = {run.picture for run in runs_of(own)}
    pictures = tuple(fit(one) if number in shown else Picture(b"") for number, one in enumerate(page.pictures))
    left_out = (*rest, *page.left_out, *(one for one in others if one.text))
    return Letter(subject, name, address, _day(whole), own, pictures, left_out, tuple(files), refused)


def _header(part: EmailMessage, name: str) -> str:
    try:
        return str(part.get(name) or "")
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):  # a header that breaks the library
        return ""


def _parts(whole: EmailMessage) -> Iterator[tuple[EmailMessage, bool]]:
    """The parts that hold something, and whether they are those of a mail in the mail; not by recursion."""
    waiting: list[tuple[EmailMessage, bool]] = [(whole, False)]
    while waiting:
        part, is_inner = waiting.pop()
        if part.is_multipart():
            inner = is_inner or part.get_content_type() == "message/rfc822"
            payload = part.get_payload()
            found = payload if isinstance(payload, list) else []
            waiting += [(one, inner) for one in reversed(found) if isinstance(one, EmailMessage)]
        else:
            yield part, is_inner


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _bytes(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: EmailMessage) -> str:
    """The signs of a part: as it says, else as UTF-8, and last as Windows of the West wrote it."""
    data = _bytes(part)[:_LONGEST_TEXT]
    for name in (str(part.get_content_charset() or "utf-8"), "utf-8", "cp1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _of_page(pages: Iterable[bytes]) -> Document:
    """The text of a mail that is a page: nothing of it is fetched, and none of its scripts is read."""
    reader = importers()[".html"].read
    for page in pages:
        with suppress(HubError):  # a page without text
            return reader(page)
    return Document()


def _blocks(text: str) -> Iterator[Block]:
    """Paragraphs of plain text; lines that a program broke are one again."""
    for part in re.split(r"\n[ \t]*\n", clean(text)):
        lines = [line.rstrip() for line in part.split("\n") if line.strip()]
        if not lines:
            continue
        whole = lines[0]
        for before, following in pairwise(lines):
            is_broken = len(before) >= _WRAPPED and not _MARKED.match(following)
            whole += f" {following.lstrip()}" if is_broken else f"\n{following}"
        yield Paragraph((Run(whole),))


def _divided(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """The mail's own text, and what stands below it: a signature, earlier mails."""
    own: list[Block] = []
    signature: list[str] = []
    for number, block in enumerate(blocks):
        kept: list[str] = []
        lines = text_of(block).split("\n")
        for at, said in enumerate(lines):
            following = next(filter(str.strip, [*lines[at + 1 :], *map(text_of, blocks[number + 1 : number + 2])]), "")
            if _begins_history(said, following):
                rest = "\n".join([*lines[at:], *map(text_of, blocks[number + 1 :])])
                own += [Paragraph((Run("\n".join(kept)),))] if kept else []
                return tuple(own), (*_as_left("signature", signature), LeftOut("earlier-mail", rest))
            if signature or _SIGNATURE.fullmatch(said.strip()):
                signature.append(said)
            else:
                kept.append(said)
        if len(kept) == len(lines):
            own.append(block)
        elif kept:
            own.append(Paragraph((Run("\n".join(kept)),)))
    return tuple(own), tuple(_as_left("signature", signature))


def _begins_history(line: str, following: str) -> bool:
    """Whether an earlier mail begins here: by the line above it, or by its mark in each line."""
    if line.lstrip().startswith(">"):
        return True
    if not _HISTORY.fullmatch(line):
        return False
    # `De :` alone may be a line of the text: in a mail's head, others follow.
    return not _SENDER.match(line) or bool(_HEADER.match(following))


def _as_left(what: str, lines: list[str]) -> Iterator[LeftOut]:
    if any(map(str.strip, lines)):
        yield LeftOut(what, "\n".join(lines).strip())


def _day(whole: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(whole, "Date")).date().isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""
