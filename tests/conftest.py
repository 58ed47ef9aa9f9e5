"""How the tests run: no deadline for property tests (a shared machine stalls), and more examples in the long run."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from hub import repairs

settings.register_profile("every-day", deadline=None)
settings.register_profile("long", deadline=None, max_examples=500)
settings.load_profile("long" if os.environ.get("HUB_TEST_LONG") else "every-day")


@pytest.fixture(autouse=True)
def _nothing_left_to_be_told() -> None:
    """What an earlier test had mended in this process would be told by the first command that this one runs."""
    repairs.taken()


@pytest.fixture(autouse=True)
def _no_language_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """In which an earlier test had a command of this process speak."""
    monkeypatch.delenv("LANGUAGE", raising=False)
