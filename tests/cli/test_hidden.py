"""What a command says on the terminal holds no secret: of an address, of a variable, of its own command line."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from tests.support.command_line import GREENROOM, greenroom, verdict_of
from tests.support.http_server import Server, answers, serving
from tests.support.plain_environment import environment

PASS, KEY, POOL = "pa55-in-the-address", "query-key-4711", "pool-pa55word-1"
SECRETS = (PASS, KEY, POOL)
TARGET = """\
name = "hidden"
environment = "shared"
[addresses]
gateway = "${{HIDDEN_GATEWAY}}"
[probe]
method = "GET"
path = "/health/{probe}"
[people]
source = "pool"
pool = [{{ account_id = "a", email = "a@example.org", password = "${{HIDDEN_POOL}}" }}]
[sign_in.request]
path = "/in"
json = {{ password = "{{password}}" }}
answer = {{ token = "sid" }}
[operations.my_room]
method = "GET"
path = "/rooms/me"
answer = {{ room = "id" }}
[operations.go_live]
path = "/go/{{room}}"
answer = {{ session = "id" }}
[operations.end]
path = "/end/{{room}}"
{more}
"""
FEATURE = "Feature: f\n  @E1\n  Scenario: s\n    Given Ada has a room\n    Then Ada's room is at rest\n"


def _target(folder: Path, server: Server, more: str = "", probe: str = "") -> tuple[str, dict[str, str]]:
    (folder / "target").mkdir()
    (folder / "target" / "target.toml").write_text(TARGET.format(more=more, probe=probe), encoding="utf-8")
    (folder / "one.feature").write_text(FEATURE, encoding="utf-8")
    address = server.address.replace("http://", f"http://robot:{PASS}@") + f"/{KEY}"
    return f"{folder}/target", {"HIDDEN_GATEWAY": address, "HIDDEN_POOL": POOL, "HIDDEN_KEY": KEY}


@pytest.mark.integration
@pytest.mark.parametrize("status", [502, 500, 429, 302])
def test_what_the_probe_met_is_told_without_secrets(tmp_path: Path, status: int) -> None:
    away = {"Location": f"https://robot:{PASS}@elsewhere.example/?access_token={KEY}"}
    with serving(answers(status, f"<html>no {POOL}</html>", **away)) as server:
        folder, variables = _target(tmp_path, server, probe="${HIDDEN_KEY}")
        ran = greenroom(
            "run", f"{tmp_path}/one.feature", "--target", folder, "--reports", f"{tmp_path}/r", "-k", "s",
            variables=variables,
        )  # fmt: skip
    assert ran.code == 2 and str(status) in ran.said
    assert not [secret for secret in (PASS, POOL) if secret in ran.said], ran.said
    reason = verdict_of(tmp_path / "r")["reason"]
    assert PASS not in reason and POOL not in reason


@pytest.mark.integration
def test_the_command_line_is_recorded_without_secrets(tmp_path: Path) -> None:
    with serving(answers(502, "<html>")) as server:
        folder, variables = _target(tmp_path, server)
        feature = tmp_path / f"of-{POOL}.feature"
        feature.write_text(FEATURE, encoding="utf-8")
        ran = greenroom("run", str(feature), "--target", folder, "--reports", f"{tmp_path}/r", variables=variables)
    assert ran.code == 2, ran.said
    header = (tmp_path / "r" / "latest" / "record.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert '"command":"greenroom run' in header and POOL not in header


@pytest.mark.integration
def test_pytests_own_report_of_a_failure_holds_none(tmp_path: Path) -> None:
    test = tmp_path / "test_one.py"
    test.write_text(
        "def test_it(world):\n    secret = world.target.people.pool[0].password\n    print('printed ' + secret)\n"
        "    assert not secret, f'it is {secret}'\n",
        encoding="utf-8",
    )
    with serving(answers(200, {"sid": "x", "id": 1})) as server:
        folder, variables = _target(tmp_path, server)
        command = [GREENROOM[0], "-m", "pytest", str(test), "--target", folder, "--rootdir", str(ROOT), "-c"]
        ran = subprocess.run(
            [*command, str(ROOT / "pyproject.toml"), "-l", f"--junitxml={tmp_path}/junit.xml"],
            env=environment(variables), cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    said = ran.stdout + ran.stderr + (tmp_path / "junit.xml").read_text(encoding="utf-8")
    assert re.search(r"it is ‹redacted›", said) and "printed ‹redacted›" in said, said
    assert POOL not in said
