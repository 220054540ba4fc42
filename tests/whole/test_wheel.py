"""A wheel of the project holds every file that its packages need at run time, not only their code."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.command_line import LONGEST

PACKAGES = ("fixtures", "greenroom", "reference", "scenarios", "steps")
_COMPILED = ("__pycache__", "*.pyc")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: the build leaves files of its own beside its sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns(*_COMPILED))
    shutil.copy(ROOT / "pyproject.toml", folder)
    build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    command = [sys.executable, "-c", build, str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_nothing_that_is_needed_is_left_out(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    needed = {
        path.relative_to(wheel.parent).as_posix()
        for package in PACKAGES
        for path in (wheel.parent / package).rglob("*")
        if path.is_file()
    }
    assert {"greenroom/reporting/templates/report.html.j2", "greenroom/targetfile/skeleton/target.toml"} <= needed
    assert needed - packed == set()
    assert packed - needed == set()
