"""Ctrl-C while the doctor is at it: exit 3, one line, and nothing of it stays, neither a process nor a row."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from greenroom.core.deadlines import eventually
from greenroom.core.project import PRIVATE, ROOT
from greenroom.doctor.examination import Examination
from greenroom.drivers.database import Database
from greenroom.isolation.ledger import left_behind
from greenroom.relations.canonical import RELATIONS
from greenroom.targetfile.load import read_target
from tests.support.command_line import GREENROOM, LONGEST
from tests.support.plain_environment import environment
from tests.support.served import Served


@pytest.fixture
def database(staging: Served) -> Iterator[Database]:
    found = Database(staging.ready["database"], staging.folder, writable=True)
    yield found
    found.close()


def rows(database: Database) -> dict[str, int]:
    return {name: int(database.query(f"select count(*) as n from {name}")[0]["n"]) for name in RELATIONS}


def interrupt(after: str, *options: str, **variables: str) -> tuple[subprocess.Popen[str], str, list[psutil.Process]]:
    """A doctor that is interrupted, as a terminal does it, once it has told of the check `after`."""
    process = subprocess.Popen(
        [*GREENROOM, "doctor", *options],
        cwd=ROOT,
        env=environment(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    said = ""
    while f" {after} " not in said:
        line = process.stdout.readline()
        assert line, (said, process.communicate())
        said += line
    started = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGINT)
    _, complaint = process.communicate(timeout=LONGEST)
    return process, complaint, started


def all_gone(started: list[psutil.Process]) -> bool:
    with suppress(psutil.NoSuchProcess):
        return not [one for one in started if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    return False


@pytest.mark.parametrize("after", ["members", "go_live", "viewer"])
def test_nothing_of_an_interrupted_doctor_stays(staging: Served, database: Database, after: str) -> None:
    before = rows(database)
    process, complaint, started = interrupt(after, "--target", staging.name, **staging.environment)
    assert (process.returncode, complaint) == (3, "interrupted\n")
    assert eventually(lambda: all_gone(started), bool, 10)[0], [" ".join(one.cmdline()) for one in started]
    assert rows(database) == before
    assert not list(left_behind(PRIVATE / "ledger", staging.target))


@pytest.mark.integration
def test_what_the_doctor_launched_ends_with_it() -> None:
    process, complaint, started = interrupt("launch")
    assert (process.returncode, complaint) == (3, "interrupted\n")
    assert len(started) > 3, "the reference is several processes"
    assert eventually(lambda: all_gone(started), bool, 10)[0], started


def test_a_resource_that_can_not_be_ended_does_not_keep_the_others(tmp_path: Path) -> None:
    ended: list[str] = []

    class Resource:
        def __init__(self, name: str, *, breaks: bool = False) -> None:
            self.name, self.breaks = name, breaks

        def close(self) -> None:
            ended.append(self.name)
            if self.breaks:
                raise RuntimeError(self.name)

    examination = Examination(read_target("reference", ROOT), tmp_path)
    for resource in (Resource("launched"), Resource("browsers"), Resource("http", breaks=True)):
        examination.on_close(resource.close)
    with pytest.raises(RuntimeError, match="http"):
        examination.close()
    assert ended == ["http", "browsers", "launched"]
