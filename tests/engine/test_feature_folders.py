"""Which feature files are in a folder: each once, whatever links lead where, and the same for pytest and the lint."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.gherkin.feature_folders import SKIPPED, Once, feature_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with links that lead up, in a circle, aside and nowhere."""
    folder = tmp_path / "all"
    for name in ("a/one", "b/two", "build/three", ".hidden/four", "node_modules/five", "outside/six"):
        file = (tmp_path if name.startswith("outside") else folder) / f"{name}.feature"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Feature: f\n")
    (folder / "LOUD.FEATURE").write_text("Feature: f\n")
    (folder / "a" / "up").symlink_to("../..")
    (folder / "self").symlink_to(".")
    (folder / "a" / "aside").symlink_to("../b")
    (folder / "b" / "back").symlink_to("../a")
    (folder / "linked").symlink_to("../outside")
    (folder / "again.feature").symlink_to("a/one.feature")
    (folder / "lost.feature").symlink_to("nowhere")
    return folder


def test_each_file_is_found_once(folder: Path) -> None:
    found = [str(path.relative_to(folder)) for path in feature_files(folder)]
    assert found == [
        "LOUD.FEATURE",
        "a/aside/two.feature",
        "a/one.feature",
        "build/three.feature",
        "linked/six.feature",
        "lost.feature",  # for whoever reads it to say so
    ]


def test_a_place_is_new_once_and_by_its_own_path(folder: Path) -> None:
    once = Once()
    assert once.is_new(folder / "b") and once.is_new(folder / "b")
    assert not once.is_new(folder / "a" / "aside")
    assert not once.is_new(folder / "a" / "up")


def test_pytest_skips_the_same_folders() -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert options["norecursedirs"] == [".*", *SKIPPED]
