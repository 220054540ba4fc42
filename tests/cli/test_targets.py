"""A target that can't be used, or a machine that lacks something: said with its place, and exit 3."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.command_line import greenroom, verdict_of

HTTP_ONLY = "features/end_persistence.feature:16"
COMMAND = 'command = ["${python}", "-m", "reference", "up", "--stdin"]'


def target(folder: Path, old: str, new: str) -> str:
    """The reference's target folder with one thing changed; where it is."""
    mine = folder / "mine"
    shutil.copytree(ROOT / "targets" / "reference", mine)
    text = (mine / "target.toml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (mine / "target.toml").write_text(text.replace(old, new), encoding="utf-8")
    return str(mine)


@pytest.mark.parametrize(
    ("old", "new", "line", "complaint", "hint"),
    [
        (
            'contact = "',
            'contact = "${SURELY_NOT_SET}',
            "contact",
            "`contact` needs the variable SURELY_NOT_SET",
            "export",
        ),
        ('contact = "', "contact = ", "contact", "not TOML", "quotes"),
        ('environment = "disposable"', 'environment = "prod"', "environment", "`environment` ", "disposable"),
        (
            'answer = { room = "room.id" }',
            "answer = {}",
            "[operations.create_room]",
            "needs `answer.room`",
            "JMESPath",
        ),
    ],
)
def test_a_bad_target_file_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, line: str, complaint: str, hint: str
) -> None:
    folder = target(tmp_path, old, new)
    lines = (Path(folder) / "target.toml").read_text(encoding="utf-8").splitlines()
    number = next(number for number, text in enumerate(lines, 1) if text.startswith(line))
    ran = greenroom("run", "--target", folder, "--reports", str(tmp_path))
    assert ran.code == 3
    assert ran.complaint[0].startswith(f"{tmp_path}/mine/target.toml:{number}: ") and complaint in ran.complaint[0]
    assert hint in ran.complaint[1]
    assert not (tmp_path / "latest").exists(), "nothing was run"


def test_no_scenario_runs_on_production(tmp_path: Path) -> None:
    folder = target(tmp_path, 'environment = "disposable"', 'environment = "production"')
    file = Path(folder) / "target.toml"
    kept = re.sub('"(migration|database-faults|restart)",', "", file.read_text(encoding="utf-8"))
    file.write_text(kept, encoding="utf-8")
    ran = greenroom("run", HTTP_ONLY, "--target", folder, "--reports", str(tmp_path))
    assert ran.code == 3 and "the target 'reference' is marked production: no scenario runs there" in ran.complaint[0]
    assert not (tmp_path / "latest").exists()


def test_a_target_that_does_not_start(tmp_path: Path) -> None:
    command = """command = ["${python}", "-c", "import sys; sys.exit('no room on the disk')"]"""
    ran = greenroom("run", HTTP_ONLY, "--target", target(tmp_path, COMMAND, command), "--reports", str(tmp_path))
    assert ran.code == 3
    assert ran.said.count("the target could not start: no room on the disk") == 1
    found = verdict_of(tmp_path)
    assert (found["verdict"], found["exit"]) == ("error", 3) and "no room on the disk" in found["reason"]


@pytest.mark.integration
def test_no_browser_says_so_once(tmp_path: Path) -> None:
    place = "features/end_persistence.feature:10"
    ran = greenroom("run", place, "--reports", str(tmp_path), variables={"GREENROOM_BROWSER": "/nowhere"})
    assert ran.code == 3
    assert ran.said.count("no browser at GREENROOM_BROWSER=/nowhere") == 1
    assert "hint: unset it, or name an executable" in ran.said
    assert verdict_of(tmp_path)["exit"] == 3


def test_reports_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("no folder")
    ran = greenroom("run", HTTP_ONLY, "--reports", str(tmp_path / "reports"))
    assert ran.code == 3
    assert "can't be written" in ran.said
