"""A limiter in the way of a run breaks no promise: the run could not tell, and is neither red nor green."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.planted.bug import FOLDER
from tests.planted.copies import apply, copy_reference
from tests.planted.harness import Harness, Order

pytestmark = pytest.mark.integration


def test_throttled_run_can_not_tell(tmp_path: Path) -> None:
    copy = copy_reference(tmp_path / "throttled", tmp_path / "cache")
    apply(FOLDER / "throttled" / "limiter_in_the_way.patch", copy)
    verdict = Harness().run(Order(copy, tmp_path / "reports", "C1"))
    found = {scenario["verdict"] for scenario in verdict["scenarios"]}
    assert (verdict["verdict"], verdict["exit"]) == ("could not tell", 2)
    assert "inconclusive" in found and found <= {"inconclusive", "passed"}
