"""The resources of `fixtures/` in an ordinary pytest test of a user's own, without a feature file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.plain_environment import environment

pytestmark = pytest.mark.integration

TESTS = """
from greenroom.claims.rooms import at_rest, is_live
from greenroom.relations.canonical import RELATIONS


def test_target(target):
    assert target.name == "reference" and target.addresses["gateway"].startswith("http://")


def test_people_and_gateway(people, gateway):
    ada = people.host("Ada")
    gone = gateway.must("go_live", ada.account, room=ada.room_id, title="A talk", topics=["talk"])
    assert gone.answer["session"]


def test_database(people, gateway, database):
    ada = people.host("Ada")
    (room,) = database.query("select status from rooms where room_id = %(room)s", {"room": ada.room_id})
    assert room["status"] == "idle"


def test_world(world):
    ada = world.people.host("Ada")
    world.expect("Ada's room is at rest", at_rest(ada.room_id))


def test_browsers(people, browsers):
    ada = people.host("Ada")
    browsers.of(ada).listing.open()


def test_that_fails(world):
    ada = world.people.host("Ada")
    world.expect("Ada is live", is_live(ada.room_id), deadline="steady")
"""


def test_each_resource_serves_an_ordinary_test(tmp_path: Path) -> None:
    file = tmp_path / "test_mine.py"
    file.write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(file), "-q", "--rootdir", str(tmp_path), "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--reports", str(tmp_path / "reports")],
        cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "5 passed" in done.stdout and "1 failed" in done.stdout, done.stdout + done.stderr
    assert "expected that Ada is live, found: " in done.stdout
    assert "expected  status lobby or live" in done.stdout
    assert done.returncode == 1


def test_what_the_target_lacks_skips_an_ordinary_test(tmp_path: Path) -> None:
    file = tmp_path / "test_mine.py"
    file.write_text("def test_a_deed(gateway):\n    gateway.attempt('no_such_deed', None)\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(file), "-q", "-rs", "--rootdir", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=120
    )
    assert "1 skipped" in done.stdout and "describes no operation 'no_such_deed'" in done.stdout, done.stdout
