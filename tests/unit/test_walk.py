"""What an entry holds is found by its sort as it is found among everything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel

from hub import load
from hub.dates import PartialDate
from hub.fields import Code, Ref, To
from hub.walk import marks, walk

HUB = Path(__file__).parents[2]
REF = Ref("note", "appui")


class Part(BaseModel, arbitrary_types_allowed=True):
    """Holds itself, and what nobody has said."""

    anything: Any = REF
    within: Part | None = None


class Model(BaseModel, arbitrary_types_allowed=True):
    """A field for each way to declare one."""

    plain: Ref = REF
    told: Annotated[Ref, To("note")] = REF
    one_of: Annotated[Ref, To()] | str | None = REF
    many: tuple[Annotated[Ref, To()] | str, ...] = ("Awa", REF)
    parts: tuple[Part, ...] = (Part(), Part(within=Part(anything=1)))
    wider: object = REF
    word: Literal["a", "b"] = "a"
    title: str = "Appui"
    number: int | None = 3


@pytest.mark.parametrize("sort", [Ref, Code, PartialDate, str, int])
def test_a_sort_is_found_wherever_it_may_stand(sort: type) -> None:
    model = Model()
    found = list(walk(model, sort))
    assert found == [value for value in walk(model) if isinstance(value.value, sort)]
    assert bool(found) == (sort in {Ref, str, int})


@pytest.mark.parametrize("sort", [Ref, Code, PartialDate, str])
def test_a_sort_is_found_in_every_entry(sort: type) -> None:
    every = 0
    for entry in load(HUB).library:
        found = list(walk(entry, sort))
        assert found == [value for value in walk(entry) if isinstance(value.value, sort)]
        every += len(found)
    assert every


def test_marks_are_the_ids_of_parts() -> None:
    every = []
    for entry in load(HUB).library:
        found = list(marks(entry))
        ids = (value for value in walk(entry) if len(value.path) > 1 and value.path[-1] == "id")
        assert found == [str(value.value) for value in ids]
        every += found
    assert every
