"""A wheel of the project holds every file that is needed at run time, and is of use in an empty folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.command_line import LONGEST
from tests.support.plain_environment import environment

PACKAGES = ("fixtures", "greenroom", "reference", "scenarios", "steps")
PROJECT = "greenroom/project/"
"""Where a wheel has what is no package."""
_COMPILED = ("__pycache__", "*.pyc")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: the build leaves files of its own beside its sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns(*_COMPILED))
    for name in ("features", "targets", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".env"))
    for name in ("pyproject.toml", "setup.py"):
        shutil.copy(ROOT / name, folder)
    build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    command = [sys.executable, "-c", build, str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_nothing_that_is_needed_is_left_out(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    packed = {name for name in packed if not name.startswith(PROJECT)}
    needed = {
        path.relative_to(wheel.parent).as_posix()
        for package in PACKAGES
        for path in (wheel.parent / package).rglob("*")
        if path.is_file()
    }
    assert {"greenroom/reporting/templates/report.html.j2", "greenroom/targetfile/skeleton/target.toml"} <= needed
    assert needed - packed == set()
    assert packed - needed == set()


def test_it_has_the_features_the_embedded_target_and_the_promises(wheel: Path) -> None:
    packed = {name.removeprefix(PROJECT) for name in zipfile.ZipFile(wheel).namelist() if name.startswith(PROJECT)}
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "features").glob("*.feature")} <= packed
    assert {"docs/promises.md", "pyproject.toml", "targets/reference/target.toml"} <= packed
    assert not [name for name in packed if name.startswith("targets/") and "/reference/" not in name], "nobody's own"


Call = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel is installed; its packages come before those of the clone."""
    folder = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


@pytest.fixture
def call(site: Path, tmp_path: Path) -> Call:
    """Calls the installed command in an empty folder."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        variables = environment({"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"})
        command = [sys.executable, "-m", "greenroom.cli.main", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=LONGEST, check=False
        )

    return run


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if "__pycache__" not in path.parts}


def test_without_a_clone_features_are_read_and_a_target_is_begun_where_one_is(call: Call, tmp_path: Path) -> None:
    assert call("lint").stdout.startswith("nothing to find in ")
    listed = call("run", "--list", "-t", "E1").stdout.splitlines()
    assert listed and all(line.startswith("features/") for line in listed), "as in a clone, whatever folder it is in"
    place = listed[0].rpartition("\t")[2]
    assert call("run", "--list", place).stdout.splitlines() == [listed[0]], "and it is found by that name"
    begun = call("init", "mine")
    assert begun.returncode == 0 and (tmp_path / "targets" / "mine" / "target.toml").is_file(), begun
    assert "greenroom doctor --target mine" in begun.stdout
    assert "targets/mine/target.toml" in call("run", "--plan", "--target", "mine").stdout, "it is found there"
    unknown = call("run", "--plan", "--target", "nobody")
    assert unknown.returncode == 3 and "targets here: mine, reference" in unknown.stderr


@pytest.mark.integration
@pytest.mark.long
@pytest.mark.timeout(240)  # it fills its cache first
def test_it_runs_against_the_embedded_reference_and_leaves_itself_as_it_is(
    call: Call, site: Path, tmp_path: Path
) -> None:
    before = files_of(site)
    ran = call("run", "-t", "E1 and not browser")
    assert ran.returncode == 0, ran
    assert (tmp_path / "reports" / "latest" / "report.html").is_file()
    assert files_of(site) == before
