"""The database drops the harness's connection, as a pooler, a firewall or a restart does: the run goes on."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import psycopg
import pytest

from greenroom.core.deadlines import eventually
from tests.support.command_line import LONGEST
from tests.support.served import Served

pytestmark = [pytest.mark.integration, pytest.mark.long]

DROP = """select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'greenroom' and datname = current_database()"""


def dropping(staging: Served, reports: Path, drops: int) -> tuple[int, dict[str, object]]:
    """A run whose connection is dropped so many times, each time when another scenario has finished."""
    process = staging.start("features/end_persistence.feature", "-t", "not browser", reports=reports)
    record = reports / "latest" / "record.jsonl"
    try:
        with psycopg.connect(staging.ready["database"], autocommit=True) as owner:
            for number in range(drops):

                def finished(wanted: int = number + 1) -> bool:
                    seen = record.read_bytes().count(b'"event":"scenario"') if record.is_file() else 0
                    return seen >= wanted or process.poll() is not None

                assert eventually(finished, bool, LONGEST)[0]
                owner.execute(DROP)
        said, _ = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert "Traceback" not in said, said
    return process.returncode, json.loads((reports / "latest" / "verdict.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("drops", [1, 8])
def test_no_verdict_comes_of_it(staging: Served, tmp_path: Path, drops: int) -> None:
    code, found = dropping(staging, tmp_path, drops)
    counts = found["counts"]
    assert isinstance(counts, dict)
    bad = {verdict: number for verdict, number in counts.items() if number}
    assert set(bad) <= {"passed", "not applicable", "inconclusive"}, bad
    assert counts["inconclusive"] <= drops and counts["passed"] > 10, bad
    assert code == (2 if counts["inconclusive"] else 0)
