"""A target that others use too: nothing of theirs is touched, nothing of ours stays, and no fault of its environment
is taken for a broken promise."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from greenroom.core.project import PRIVATE
from greenroom.drivers.database import Database
from greenroom.isolation import census
from tests.support.other_peoples_rooms import OtherPeoplesRooms
from tests.support.served import Served, served

pytestmark = pytest.mark.integration

_QUICK = "(E or L or R3 or C1) and not browser"


@pytest.fixture
def database(staging: Served) -> Iterator[Database]:
    found = Database(staging.ready["database"], staging.folder, writable=True)
    yield found
    found.close()


@pytest.mark.long
@pytest.mark.timeout(400)  # a run of many scenarios beside it
def test_five_hundred_rooms_of_others_disturb_no_verdict_and_are_not_touched(
    staging: Served, database: Database, tmp_path: Path
) -> None:
    others = OtherPeoplesRooms(database, staging.ready["database"])
    others.add(500)
    stop = threading.Event()
    load = threading.Thread(target=others.keep_changing, args=(stop,))
    load.start()
    try:
        try:
            code, output, verdict = staging.run("-t", f"smoke or ({_QUICK})", reports=tmp_path)
        finally:
            stop.set()
            load.join()
        assert code == 0, output
        assert verdict["verdict"] == "conformant"
        assert verdict["counts"]["passed"] > 20
        assert others.changes > 50, "the load was to change rooms all the while"
        assert others.found() == others.expected
    finally:
        others.remove()  # the reference is shared with other tests


def test_nothing_of_a_run_stays(staging: Served, database: Database, tmp_path: Path) -> None:
    code, output, verdict = staging.run("-t", "E1 or E10", reports=tmp_path)
    assert code == 0, output
    assert sum(census.census(database, f"gr{verdict['run'][-4:]}").values()) == 0
    assert (tmp_path / "latest" / "record.jsonl").read_text().splitlines()[-1].count('"accounts":0') == 1


def test_a_killed_run_is_swept_up(staging: Served, database: Database, tmp_path: Path) -> None:
    process = staging.start("-t", _QUICK, reports=tmp_path)
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("  passed"):
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    run = next(path.name for path in tmp_path.iterdir() if path.name != "latest")
    mark = f"gr{run[-4:]}"
    code, output = staging.command("sweep", "--yes")
    assert code == 0, output
    assert sum(census.census(database, mark).values()) == 0
    code, output = staging.command("sweep")
    assert "nothing to sweep" in output and code == 0


def test_sweep_shows_before_it_removes(staging: Served, tmp_path: Path) -> None:
    process = staging.start("-t", "E5", reports=tmp_path)
    assert process.stdout is not None
    process.stdout.readline()
    ledgers = PRIVATE / "ledger" / staging.target
    for _ in process.stdout:
        if any(ledgers.glob("*.jsonl")):
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    code, output = staging.command("sweep")
    assert (code == 3 and "--yes" in output) or "nothing to sweep" in output
    staging.command("sweep", "--yes")


def test_production_is_refused_whatever_the_flags(staging: Served, tmp_path: Path) -> None:
    text = (staging.folder / "target.toml").read_text()
    try:
        staging.edit('environment = "shared"', 'environment = "production"')
        code, output, _ = staging.run("-t", "E1", reports=tmp_path)
        assert code == 3 and "production" in output
        code, output = staging.command("audit")
        assert code == 0, output
    finally:
        (staging.folder / "target.toml").write_text(text)


def test_the_audit_shows_offending_rows(staging: Served, database: Database) -> None:
    others = OtherPeoplesRooms(database, staging.ready["database"])
    others.add(40)
    try:
        code, output = staging.command("audit")
        assert code == 1
        assert "O1 broken" in output and "no room is stuck" in output
    finally:
        others.remove()
    code, output = staging.command("audit")
    assert code == 0, output


def test_a_dead_gateway_is_not_a_broken_promise(staging: Served, tmp_path: Path) -> None:
    away = staging.environment | {"SERVED_GATEWAY": "http://127.0.0.1:9/api/v1/live"}
    elsewhere = Served(staging.ready, staging.folder, away)
    code, output, verdict = elsewhere.run("-t", "E1", reports=tmp_path)
    assert code == 2, output
    assert verdict["verdict"] == "could not tell"
    assert "refuses connections" in output and "Traceback" not in output


def test_a_database_that_is_away_is_not_a_broken_promise(staging: Served, tmp_path: Path) -> None:
    away = staging.environment | {"SERVED_DATABASE": "postgresql://nobody:secret-word@127.0.0.1:9/none"}
    elsewhere = Served(staging.ready, staging.folder, away)
    code, output, _ = elsewhere.run("-t", "E1", reports=tmp_path)
    assert code == 2, output
    assert "database can't be reached" in output
    assert "secret-word" not in output


def test_a_limiter_makes_a_run_inconclusive_and_the_plan_says_so(tmp_path: Path) -> None:
    with served(tmp_path / "target", "--limiter", "5/900", name="limited") as limited:
        limited.edit("[deadlines]", "[limits]\ngo_live = 5\nwindow = 900\n\n[deadlines]")
        code, output, _ = limited.run("-t", "E and not browser", "--plan", reports=tmp_path / "plan")
        assert code == 2 and "15 min" in output and "Go Lives" in output
        code, output, verdict = limited.run("-t", "E and not browser", reports=tmp_path / "reports")
    assert code == 2, output
    assert verdict["verdict"] == "could not tell"
    assert verdict["counts"]["failed"] == verdict["counts"]["contradiction"] == verdict["counts"]["error"] == 0
    assert any("throttled" in line for line in output.splitlines())


def test_the_page_meeting_the_limiter_is_inconclusive_too(tmp_path: Path) -> None:
    with served(tmp_path / "target", "--limiter", "1/900", name="limited") as limited:
        code, output, verdict = limited.run("-t", "O3", reports=tmp_path / "reports")
    assert code == 2, output
    assert verdict["counts"]["inconclusive"] == 1


def test_no_secret_is_in_anything_that_a_run_writes(staging: Served, tmp_path: Path) -> None:
    code, output, _ = staging.run("-t", "T3 or S2 or E10", "--trace", reports=tmp_path)
    assert code == 0, output
    secrets = [staging.ready[key] for key in ("service_key", "jwt_secret", "anon_key")]
    with psycopg.connect(staging.ready["database"]) as connection:
        hashes = connection.execute("select password_hash from auth.users where password_hash is not null").fetchall()
    secrets += [str(row[0]) for row in hashes]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"eyJhbGciOi" not in content, f"a token in {path.name}"
            for secret in secrets:
                assert secret.encode() not in content, f"a secret in {path.name}"
    assert "eyJhbGciOi" not in output


@pytest.mark.long
def test_two_runs_of_two_workers_share_a_pool_of_six_without_a_collision(tmp_path: Path) -> None:
    with served(tmp_path / "target", name="pooled") as pooled:
        pooled.lend_pool(6)
        selection = ("-t", "(E1 or E3 or E5 or E9 or E10 or L8) and not browser", "-n", "2")
        runs = [pooled.start(*selection, reports=tmp_path / f"run-{number}") for number in range(2)]
        outputs = [run.communicate(timeout=240)[0] for run in runs]
        for run, output in zip(runs, outputs, strict=True):
            assert run.returncode == 0, output
        with psycopg.connect(pooled.ready["database"]) as connection:
            left = connection.execute("select count(*) from live_rooms where status <> 'idle'").fetchone()
            rooms = connection.execute("select count(*), count(distinct host_user_id) from live_rooms").fetchone()
    assert left == (0,)
    assert rooms is not None and rooms[0] == rooms[1] <= 6
