"""M11: the page as it was before the fix still works against the migrated database."""

from __future__ import annotations

from pathlib import Path

from tests.planted.bug import FOLDER
from tests.planted.copies import apply, copy_reference
from tests.planted.harness import Harness, Order


def test_older_page_works_against_the_migrated_database(tmp_path: Path) -> None:
    copy = copy_reference(tmp_path / "older", tmp_path / "cache")
    apply(FOLDER / "older_page" / "older_page.patch", copy)
    verdict = Harness().run(Order(copy, tmp_path / "reports", "M11"))
    assert {scenario["verdict"] for scenario in verdict["scenarios"]} == {"passed"}
    assert verdict["exit"] == 0
