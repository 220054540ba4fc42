"""A listing that follows from rooms and sessions, and a file that does not say so: the doctor suggests the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.project import PRIVATE
from greenroom.doctor.finding import Condition
from tests.differences.difference import PATCHES
from tests.planted.copies import TARGET, apply, copy_reference
from tests.support.doctoring import examined

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(("said", "condition"), [("derived", Condition.OK), ("kept", Condition.NOT_DECLARED)])
def test_entries_that_follow_are_seen(tmp_path: Path, said: str, condition: Condition) -> None:
    copy = copy_reference(tmp_path / "copy", PRIVATE / "cache", hurry=False)
    apply(PATCHES / "listing_is_a_view.patch", copy)
    file = copy / TARGET / "target.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"derived"', f'"{said}"'), encoding="utf-8")
    finding = examined(copy / TARGET, "database").of("derived listing")
    assert finding.condition is condition
    if said == "kept":
        assert '[states] listing = "derived"' in finding.hint
