"""What the doctor says of ids: of which kind answers tell them, and what refuses them otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from greenroom.doctor.checks.operations.ids import complaint_about
from greenroom.drivers.outcome import CarriedOut, Outcome, Refused
from greenroom.record.events import Exchange
from greenroom.targetfile.model import Target
from tests.support.doctoring import examined, variant

EXCHANGE = Exchange(channel="gateway", who="Ada", method="POST", url="/")


def complaint(ids: str, room: object, *, join: bool) -> tuple[str, str]:
    told: dict[str, Any] = {"name": "some", "environment": "disposable", "addresses": {"gateway": "http://x"}}
    operations = {"join": {"path": "/rooms/{room}/join", "json": {"who": [{"id": "{account}"}]}}}
    told |= {"people": {"source": "api"}, "ids": ids, "operations": operations}
    outcomes: dict[str, Outcome] = {"create_room": CarriedOut("create_room", {"room": room}, EXCHANGE)}
    outcomes["join"] = CarriedOut("join", {}, EXCHANGE) if join else Refused("join", "", 400, "", EXCHANGE)
    return complaint_about(Target.model_validate(told), outcomes)


@pytest.mark.parametrize(
    ("ids", "room", "join", "said", "hint"),
    [
        ("text", "r1", True, "", ""),
        ("text", "r1", False, "", ""),
        ("text", 17, True, "", ""),  # a service may take either
        ("number", 17, True, "", ""),
        ("number", "17", True, "", ""),
        ("number", 17, False, "", ""),
        ("text", 17, False, "join is refused; its body holds an id as text, and answers as number", 'ids = "number"'),
        ("number", "17", False, "join is refused; its body holds an id as number, and answers as text", 'ids = "text"'),
        ("number", "r1", True, "ids are said to be numbers, and 'r1' is one", 'ids = "text"'),
    ],
)
def test_what_is_said_of_ids(ids: str, room: object, join: bool, said: str, hint: str) -> None:
    assert complaint(ids, room, join=join) == (said, hint)


@pytest.mark.integration
def test_numbers_that_are_none_are_named(tmp_path: Path) -> None:
    told = 'ids = "number"\nunknown_room = "2147483647"\nname = "reference"'
    found = examined(variant(tmp_path / "it", ('name = "reference"', told)), "operations")
    assert "are said to be numbers" in found.of("ids").detail and "target.toml:" in found.of("ids").detail
