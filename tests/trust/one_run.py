"""One run of the command under one trouble, on one lane."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlsplit

from greenroom.core.project import ROOT
from tests.support.forked_command import FORKS
from tests.support.plain_environment import environment
from tests.trust.lane import SERVICES, Lane
from tests.trust.others import other_entries, other_rooms
from tests.trust.preparations import NOWHERE, PREPARATIONS, begin
from tests.trust.process import RunProcess
from tests.trust.scenarios import places
from tests.trust.seen import Ran, read_seen
from tests.trust.trouble import Trouble
from tests.trust.watch import Watch

LONGEST = 180.0
"""Seconds that a run may take. The slowest due one, on a machine that is slow, takes half of it."""
FULL = Path("/dev/full")

_VARIABLES = {
    "has no home folder": {"HOME": "/nonexistent"},
    "has no folder for temporary files": {"TMPDIR": "/nonexistent", "TEMP": "/nonexistent", "TMP": "/nonexistent"},
    "lives in the time zone": {"TZ": ""},
}
_MORE_WORDS = {"loses one of": ("-n", "2")}


def carry_out(lane: Lane, trouble: Trouble | None, keys: tuple[str, ...], reports: Path) -> Ran:
    """Run the scenarios of these keys while the trouble is there. Reports go to the folder `reports`."""
    process = RunProcess()
    deed, parameter = (trouble.deed, trouble.parameter) if trouble else ("", "")
    watch = Watch(trouble, lambda: process.struck(deed, parameter))
    where = places(keys)
    reports.mkdir(parents=True)
    said = reports / "said.txt"
    words = ("run", "-q", *where, "--target", str(lane.target_for(trouble)), "--reports", str(reports))
    words += _MORE_WORDS.get(deed, ())
    changed = {name: value or parameter for name, value in _VARIABLES.get(deed, {}).items()}
    out = FULL if deed == "has a full disk under its output" else said
    folder = NOWHERE if deed == "has lost its working folder" else ROOT
    prepared = (deed, parameter) if deed in PREPARATIONS else ("", "")
    arguments = (words, folder, environment(lane.environment | changed), (out, said), *prepared)
    began = time.monotonic()
    lane.meet(watch)
    with ExitStack() as stack:
        if trouble is not None and trouble.lasts:
            stack.enter_context(_lasting(lane, trouble, watch, process))
        started = FORKS.Process(target=begin, args=arguments)
        started.start()
        assert started.pid is not None
        process.pid = started.pid
        code = _ended(started)
        process.done.set()
    seconds = time.monotonic() - began
    lane.meet(Watch())
    lane.drop_all()
    met = Counter({where.get(place, ""): 0 for place in watch.met})
    for place, times in watch.met.items():
        met[where.get(place, "")] += times
    text = said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""
    return Ran(code, read_seen(reports, keys, code), met, text, seconds, lane.leftovers())


@contextmanager
def _lasting(lane: Lane, trouble: Trouble, watch: Watch, process: RunProcess) -> Iterator[None]:
    """What is there during the whole run."""
    if trouble.deed == "refuses connections":
        with _refusing(lane, trouble.whom, watch):
            yield
    elif trouble.deed == "have so many rooms":
        with other_rooms(lane.own_dsn, lane.target, int(trouble.parameter)):
            watch.meet()
            yield
    elif trouble.deed == "use so many rooms meanwhile":
        with other_rooms(lane.own_dsn, lane.target, int(trouble.parameter), changing=True):
            watch.meet()
            yield
    elif trouble.deed == "have so many entries in the listing":
        with other_entries(lane.own_dsn, lane.target, int(trouble.parameter)):
            watch.meet()
            yield
    elif trouble.deed == "gives the run so much of a core, in percent":
        with process.slowed(float(trouble.parameter), watch.meet):
            yield
    else:
        watch.meet()  # the run's own process is prepared so, or its variables are
        yield


@contextmanager
def _refusing(lane: Lane, whom: str, watch: Watch) -> Iterator[None]:
    services = SERVICES if whom == "machine" else (whom,)
    for service in services:
        lane.refuse(service)
    try:
        for service in services:
            address = lane.database.dsn if service == "database" else lane.proxies[service].address
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", urlsplit(address).port or 0)):
                    watch.meet()
        yield
    finally:
        for service in services:
            lane.listen(service)


def _ended(process: BaseProcess) -> int | None:
    """The exit code; None where it had to be killed, with what it started."""
    if not wait([process.sentinel], LONGEST):
        with suppress(ProcessLookupError):
            os.killpg(process.pid or 0, signal.SIGKILL)
        wait([process.sentinel])
        process.join()
        return None
    process.join()
    return process.exitcode
