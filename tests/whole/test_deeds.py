"""Every operation that a target file describes is tried by those who may not, whatever it is called (S6)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.command_line import greenroom

pytestmark = pytest.mark.integration

MADE_UP = """
[operations.throw_the_doors_open]
path = "/rooms/{room}/open-lobby"
json = { user_id = "{account}" }
"""


def test_an_operation_of_the_targets_own_is_tried(tmp_path: Path) -> None:
    target = tmp_path / "mine"
    shutil.copytree(ROOT / "targets" / "reference", target)
    with (target / "target.toml").open("a", encoding="utf-8") as file:
        file.write(MADE_UP)
    given = ["-t", "S6", "-k", "a guest tries", "--target", str(target), "--reports", str(tmp_path / "reports")]
    ran = greenroom("run", *given, variables={"GREENROOM_REFERENCE": str(ROOT)})
    assert ran.code == 0, ran.said
    record = (tmp_path / "reports" / "latest" / "record.jsonl").read_text(encoding="utf-8")
    tried = [line for line in record.splitlines() if "/open-lobby" in line]
    assert tried, "it was not tried"
    claims = json.dumps([json.loads(line) for line in record.splitlines()])
    assert "the attempt to throw the doors open has changed nothing" in claims
    assert "whoever tried to throw the doors open is not let in" in claims
