"""Every planted difference can be read, applies to the reference as it is, and names bugs that apply on top of it."""

from __future__ import annotations

from pathlib import Path

import pytest

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
        (f"{HEADER}Leaves:  some\n", "is not like"),
    ],
)
def test_a_header_that_can_not_be_read_is_refused(header: str, words: str, tmp_path: Path) -> None:
    patch = tmp_path / "odd.patch"
    patch.write_text(f"{header}\ndiff --git a/x b/x\n")
    with pytest.raises(BadPatch, match=words):
        read_difference(patch)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(BadPatch, match="nowhere"):
        read_differences(["nowhere"])


def test_days_in_a_row_get_through_all_of_them() -> None:
    parts = [part_of_day(DIFFERENCES, day, 10) for day in range(739_000, 739_010)]
    assert sorted(one.name for part in parts for one in part) == sorted(path.stem for path in PATCHES.glob("*.patch"))
