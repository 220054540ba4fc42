"""Two planted bugs at once are two causes, one is one; what keeps scenarios from beginning blocks them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.broken_reference import broken_reference
from tests.support.command_line import greenroom, verdict_of

pytestmark = [pytest.mark.integration, pytest.mark.long]


def run(folder: Path, tags: str, *bugs: str) -> tuple[dict[str, Any], str]:
    """The verdict.json of a run on a reference with these bugs, and what the terminal said."""
    copy = broken_reference(folder / "copy", *bugs)
    arguments = ["-t", f"({tags}) and not browser", "--target", str(copy / "targets" / "reference")]
    variables = {"GREENROOM_REFERENCE": str(copy), "COLUMNS": "120"}
    ran = greenroom("run", *arguments, "--reports", str(folder / "reports"), variables=variables)
    assert ran.code == 1, ran.out
    return verdict_of(folder / "reports"), ran.out


@pytest.mark.parametrize(
    ("bugs", "tags", "causes"),
    [
        (("end_leaves_pointer",), "E1 or E3 or E5", {"rooms.session_id"}),
        (
            ("end_leaves_pointer", "end_forgets_attendance"),
            "E1 or E3 or E5",
            {"rooms.session_id", "attendance.left_at"},
        ),
        (
            ("anybody_may_end", "listing_not_synced_on_go_live"),
            "E10 or L1",
            {"operation:end", "listing.status"},
        ),
    ],
)
def test_as_many_causes_as_bugs(tmp_path: Path, bugs: tuple[str, ...], tags: str, causes: set[str]) -> None:
    told, said = run(tmp_path, tags, *bugs)
    assert {cause["subject"] for cause in told["causes"]} == causes and len(told["causes"]) == len(bugs)
    assert f"cause {len(bugs)} of {len(bugs)}  " in said
    red = [one["id"] for one in told["scenarios"] if one["verdict"] in ("failed", "contradiction", "blocked")]
    assert sorted(id_ for cause in told["causes"] for id_ in (*cause["failed"], *cause["blocked"])) == sorted(red)


def test_an_operation_that_a_given_needs_is_one_broken_promise(tmp_path: Path) -> None:
    told, _ = run(tmp_path, "E1 or E2 or E10 or O5", "host_present_breaks")
    (cause,) = told["causes"]
    assert (cause["subject"], cause["how"]) == ("operation:host_present", "broke")
    assert (told["broken"], told["promises"]["O5"]) == (["O5"], "failed")
    assert {told["promises"][promise] for promise in ("E1", "E2", "E10")} == {"touched"}
    assert told["counts"]["blocked"] == len(cause["blocked"]) > 5


def test_what_blocks_makes_the_run_not_conformant_without_a_scenario_of_its_own(tmp_path: Path) -> None:
    told, said = run(tmp_path, "E4", "host_present_breaks")
    assert (told["verdict"], told["counts"]["blocked"], told["broken"]) == ("not conformant", 1, ["O5"])
    assert "O5" in said and "blocked" in said


def test_what_a_given_says_and_is_not_so_blocks_and_is_not_the_fault_of_the_step_after_it(tmp_path: Path) -> None:
    told, said = run(tmp_path, "E3", "leaving_is_a_lost_connection")
    (cause,) = told["causes"]
    assert (cause["subject"], told["broken"]) == ("attendance.left_at", ["O5"])
    assert cause["blocked"] and all("who had left before" in one for one in cause["blocked"])
    assert not cause["failed"]
    assert "expected that Joan has left Ada's session, found: " in said and "leave" in said


def test_a_contradiction_names_who_announced_and_who_shows(tmp_path: Path) -> None:
    told, said = run(tmp_path, "E1 and not needs-database-faults", "end_leaves_the_room_live")
    assert told["counts"]["contradiction"] == 1
    assert "contradiction: the gateway said that Ada's room has ended, and the database shows status live" in said
