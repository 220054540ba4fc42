"""Scenarios that are newer than a commit are told by their names and steps."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.differences.newer import newer_places
from tests.planted.bug import BadPatch

BEFORE = """Feature: Rooms
  Scenario: it stays
    Given Ada is live

  Scenario: it changes
    Given Ada is live
"""
AFTER = """Feature: Rooms
  Scenario: it is new
    Given Ada is live

  Scenario: it stays
    Given Ada is live

  Scenario: it changes
    Given Grace is live
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    rooms = tmp_path / "features" / "rooms.feature"
    rooms.parent.mkdir()
    rooms.write_text(BEFORE)
    person = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    for words in (("init", "-q"), ("add", "."), (*person, "commit", "-q", "-m", "before")):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    rooms.write_text(AFTER)
    return tmp_path


def test_new_and_changed_ones_are_newer(repository: Path) -> None:
    rooms = repository / "features" / "rooms.feature"
    assert newer_places("HEAD", repository) == (Path(f"{rooms}:2"), Path(f"{rooms}:8"))


def test_a_commit_that_nobody_knows_is_refused(repository: Path) -> None:
    with pytest.raises(BadPatch, match="no features at nowhere"):
        newer_places("nowhere", repository)
