"""Every planted difference can be read, applies to the reference as it is, and names bugs that apply on top of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.differences.campaign import OF_THE_REFERENCE, unexpected
from tests.differences.difference import PATCHES, part_of_day, read_difference, read_differences
from tests.planted.bug import BadPatch, patch_called
from tests.planted.copies import apply, copy_reference

DIFFERENCES = read_differences()
HEADER = "Differs: a.\nStory:   b.\nSays:    c.\nBugs:    x y z\n"


@pytest.mark.parametrize("name", [one.name for one in DIFFERENCES])
def test_it_applies_and_so_do_its_bugs(name: str, tmp_path: Path) -> None:
    (difference,) = read_differences([name])
    for bug in difference.bugs:
        copy = copy_reference(tmp_path / bug, hurry=False)
        apply(difference.patch, copy)
        apply(patch_called(bug), copy)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Differs: a.\n", "its header must be Differs, Story, Says, Bugs"),
        (HEADER.replace("x y z", "x y y"), "needs 3 planted bugs"),
        (f"{HEADER}Loses:   some\n", "its header must be"),
    ],
)
def test_a_header_that_can_not_be_read_is_refused(header: str, words: str, tmp_path: Path) -> None:
    patch = tmp_path / "odd.patch"
    patch.write_text(f"{header}\ndiff --git a/x b/x\n")
    with pytest.raises(BadPatch, match=words):
        read_difference(patch)


@pytest.mark.parametrize(
    ("leaves", "wrong"),
    [
        (["no pages", "no links"], []),
        (["no pages"], ["Leaves does not say 'no links': c; d"]),
        (["no pages", "no links", "no door"], ["Leaves says 'no door', and no scenario does"]),
    ],
)
def test_what_is_not_applicable_says_why_as_the_patch_expects(leaves: list[str], wrong: list[str]) -> None:
    notes = {"a": "", "b": "no pages", "c": "no links", "d": "no links", "e": next(iter(OF_THE_REFERENCE))}
    scenarios = [
        {"name": name, "verdict": "not applicable" if note else "passed", "note": note} for name, note in notes.items()
    ]
    assert unexpected(scenarios, leaves) == wrong
    assert unexpected(scenarios, leaves, every=False) == [line for line in wrong if "does not say" in line]


def test_the_reasons_of_a_patch_stand_between_bars(tmp_path: Path) -> None:
    patch = tmp_path / "odd.patch"
    patch.write_text(f"{HEADER}Leaves:  no pages | no links: none\n\ndiff --git a/x b/x\n")
    assert read_difference(patch).leaves == ("no pages", "no links: none")


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(BadPatch, match="nowhere"):
        read_differences(["nowhere"])


def test_days_in_a_row_get_through_all_of_them() -> None:
    parts = [part_of_day(DIFFERENCES, day, 10) for day in range(739_000, 739_010)]
    assert sorted(one.name for part in parts for one in part) == sorted(path.stem for path in PATCHES.glob("*.patch"))
