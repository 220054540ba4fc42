"""The arrows between the rooms run one way: an import that runs back fails `make check`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.core.project import ROOT

PACKAGES = ("greenroom", "fixtures", "steps", "reference")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's packages, to be spoilt."""
    folder = tmp_path_factory.mktemp("project")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """What `make check` runs for the arrows."""
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", program, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_arrows_are_kept(copy: Path) -> None:
    done = lint_imports(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line", "named"),
    [
        (
            "greenroom/core/verdict.py",
            "import greenroom.cli.main",
            "greenroom.core is not allowed to import greenroom.cli",
        ),
        (
            "greenroom/relations/canonical.py",
            "import greenroom.drivers.database",
            "greenroom.relations is not allowed to import greenroom.drivers",
        ),
        ("greenroom/core/verdict.py", "import pytest", "greenroom is not allowed to import pytest"),
        ("greenroom/core/verdict.py", "import steps.words", "greenroom is not allowed to import steps"),
        ("fixtures/world.py", "import steps.words", "fixtures is not allowed to import steps"),
        ("reference/tokens.py", "import greenroom.core.verdict", "reference is not allowed to import greenroom"),
    ],
)
def test_an_arrow_that_runs_back_is_refused(copy: Path, file: str, line: str, named: str) -> None:
    place = copy / file
    before = place.read_text(encoding="utf-8")
    place.write_text(f"{before}\n\n{line}\n", encoding="utf-8")
    try:
        done = lint_imports(copy)
    finally:
        place.write_text(before, encoding="utf-8")
    assert done.returncode != 0
    assert named in done.stdout
