"""A page that looks ready before its script has run: `ready` without a mark is tried on a slow network."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.project import PRIVATE
from greenroom.doctor.finding import Condition
from tests.differences.difference import PATCHES
from tests.planted.copies import TARGET, apply, copy_reference
from tests.support.doctoring import examined

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(("ready", "condition"), [("load", Condition.WRONG), ("settled", Condition.OK)])
def test_a_click_that_comes_too_early_is_told(tmp_path: Path, ready: str, condition: Condition) -> None:
    copy = copy_reference(tmp_path / "copy", PRIVATE / "cache")
    apply(PATCHES / "looks_ready_before_its_script.patch", copy)
    file = copy / TARGET / "target.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"settled"', f'"{ready}"'), encoding="utf-8")
    found = examined(copy / TARGET, "pages", until="ready: listing")
    assert found.of("ready: listing").condition is condition
