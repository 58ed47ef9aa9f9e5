"""What a published change says of itself: why it was made, and where it was talked over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hub.history.log import Commit

_REQUEST = (
    re.compile(r"^Merge (?:pull request|PR) #(\d+)"),  # GitHub, Gitea, Forgejo
    re.compile(r"^See merge request \S*!(\d+)", re.MULTILINE),  # GitLab
    re.compile(r"\A[^\n]*\((?:#|!)(\d+)\)\s*$", re.MULTILINE),  # a request that was made one commit
)
_MADE_BY_FORGE = re.compile(
    r"^(?:Merge (?:pull request|PR|branch|remote-tracking branch)\b|See merge request\b)", re.MULTILINE
)
LONGEST = 2000
"""Letters of a message that are kept."""


def request(message: str) -> str:
    """The number of the pull or merge request that a message names, or nothing.

    >>> request("Merge pull request #12 from awa/note")
    '12'
    """
    if "#" not in message and "!" not in message:
        return ""
    found = (pattern.search(message) for pattern in _REQUEST)
    return next((match[1] for match in found if match), "")


def why(commit: Commit, side: Sequence[Commit]) -> str:
    """Why a change was made: what people wrote, not what the forge writes for them.

    Args:
        commit: that published it.
        side: the commits that it brought along and that touched the file, the newest first.
    """
    if not side and not _MADE_BY_FORGE.search(commit.message):
        return commit.message[:LONGEST]
    own = "\n\n".join(part for part in commit.message.split("\n\n") if not _MADE_BY_FORGE.match(part))
    theirs = "\n".join(dict.fromkeys(one.message.partition("\n")[0] for one in reversed(side)))
    return (own.strip() or theirs or commit.message)[:LONGEST]
