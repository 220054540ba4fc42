"""`greenroom monitor` as people and cron call it, against a reference that others use too."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from greenroom.core.deadlines import eventually
from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from greenroom.record.series_file import Watched, read_series
from greenroom.reporting.schemas import DOCS
from tests.support.command_line import GREENROOM, Ran, greenroom
from tests.support.databases import cloned
from tests.support.host_room import HostRoom
from tests.support.http_server import answers, serving
from tests.support.plain_environment import environment
from tests.support.served import Served

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("monitor")]

QUICK = "\n[watch]\nminutes = 0\n"
LINE = Draft202012Validator(json.loads((DOCS / "series.schema.json").read_text(encoding="utf-8")))
ALERT = Draft202012Validator(json.loads((DOCS / "alert.schema.json").read_text(encoding="utf-8")))


@dataclass
class Place:
    """A copy of the target's folder whose database is this test's own, and the series of its watch."""

    folder: Path
    served: Served
    series: Path
    database: Database

    @property
    def options(self) -> tuple[str, ...]:
        return ("monitor", "--target", str(self.folder), "--series", str(self.series))

    def monitor(self, *options: str) -> Ran:
        return greenroom(*self.options, *options, variables=self.served.environment)

    def start(self, *options: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*GREENROOM, *self.options, *options], cwd=ROOT, env=environment(self.served.environment), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def watch(self) -> Watched:
        return read_series(self.series).watches[-1]

    def wait_for_looks(self, number: int) -> None:
        def looks() -> int:
            return len(self.watch().looks) if self.series.exists() and read_series(self.series).watches else 0

        found, _ = eventually(looks, lambda count: count >= number, 30)
        assert found >= number

    def edit(self, old: str, new: str) -> None:
        file = self.folder / "target.toml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def place(staging: Served, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "target"
    shutil.copytree(staging.folder, folder)
    with (folder / "target.toml").open("a", encoding="utf-8") as file:
        file.write(QUICK)
    database = Database(staging.ready["database"], ROOT / "targets" / "reference", writable=True)
    yield Place(folder, staging, tmp_path / "series.jsonl", database)
    database.close()


@pytest.fixture
def audited(place: Place) -> Iterator[Place]:
    """One whose audits look at a database of the test's own, which can be spoilt; no canary."""
    with cloned(place.served.ready["database"], "greenroom_monitored") as dsn:
        database = Database(dsn, ROOT / "targets" / "reference", writable=True)
        place.edit("${SERVED_DATABASE}", dsn)
        yield Place(place.folder, place.served, place.series, database)
        database.close()


def values(watch: Watched, name: str) -> list[Any]:
    return [next(one.found for one in look.figures if one.name == name) for look in watch.looks]


def test_a_watch_with_a_canary(place: Place) -> None:
    ran = place.monitor("--every", "1s", "--for", "4s")
    assert ran.code == 0, ran.said
    watch = place.watch()
    assert len(watch.looks) >= 3 and watch.ended is not None and watch.ended.why == "its time was over"
    for look in watch.looks:
        assert look.could_tell, look.could_not_tell
        assert look.canary is not None and look.canary.listed_after is not None and look.canary.gone_after is not None
        assert [one.name for one in look.canary.operations] == [
            "people", "go_live", "host_present", "join", "end", "clean_up",
        ]  # fmt: skip
        assert {one.came_of_it for one in look.canary.operations} == {"done"}
        assert look.log is not None and look.log.go_lives >= 1, "the log has the canary's own Go Live"
    for line in place.series.read_text("utf-8").splitlines():
        LINE.validate(json.loads(line))
    assert "conformant  served" in ran.out and "stuck rooms 0" in ran.out and "alarms" in ran.out
    assert "To sign" in (place.series.parent / "report.html").read_text("utf-8")
    names = [str(row["name"]) for row in place.database.query("select name from accounts")]
    assert not [name for name in names if name.startswith(("Ada ", "Grace ")) and " gr" in name], "it left somebody"


def test_a_stuck_room_is_told_with_its_rows_alerts_and_recovers(audited: Place, tmp_path: Path) -> None:
    room = HostRoom(audited.database)
    process = audited.start("--no-canary", "--every", "0.4s", "--on-alert", f"sh -c 'cat >> {tmp_path}/alerts'")
    audited.wait_for_looks(1)
    room.set("lobby", room.session("ended", starts=3, ended=2))
    begun = len(audited.watch().looks)
    audited.wait_for_looks(begun + 4)
    room.set("idle")
    audited.wait_for_looks(len(audited.watch().looks) + 4)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 1, out
    watch = audited.watch()
    first = values(watch, "stuck_rooms").index(1)
    assert first <= begun + 1, "told by the next look"
    assert [bool(look.alarms) for look in watch.looks[first : first + 2]] == [False, True]
    assert not watch.looks[-1].alarms and watch.ended is not None and watch.ended.why == "it was ended"
    assert "  out of bounds: stuck rooms 1, at most 0, since " in out and "; no alarm yet" in out
    assert out.count(f"  {room.room_id}  lobby") == 4, "stuck and not listed, each told twice with its row"
    assert "  recovered: stuck rooms 0, at most 0\n" in out and "not conformant  served" in out
    alerts = [json.loads(one) for one in (tmp_path / "alerts").read_text("utf-8").replace("}{", "}\0{").split("\0")]
    for alert in alerts:
        ALERT.validate(alert)
    stuck = [one for one in alerts if one["figure"] == "stuck_rooms"]
    assert [one["kind"] for one in stuck] == ["alarm", "recovered"]
    assert stuck[0]["rows"][0]["room_id"] == room.room_id and stuck[0]["target"] == audited.served.target


def test_a_killed_watch_goes_on_with_its_series(audited: Place) -> None:
    process = audited.start("--no-canary", "--every", "0.4s", "--for", "8s")
    audited.wait_for_looks(3)
    process.kill()
    process.communicate()
    before = len(audited.watch().looks)
    with audited.series.open("ab") as file:
        file.write(b'{"event":"look","at":"20')
    ran = audited.monitor("--no-canary", "--every", "0.4s", "--for", "8s")
    assert ran.code == 0, ran.said
    assert "was not finished, and was taken out: the watch was killed" in ran.err
    assert "going on with the watch of " in ran.out
    (watch,) = read_series(audited.series).watches
    assert len(watch.resumed) == 1 and watch.ended is not None and len(watch.looks) > before
    again = greenroom("monitor", "--report", str(audited.series))
    assert again.code == 0 and "conformant  served" in again.out


def test_one_look_a_call_keeps_its_alarms(audited: Place) -> None:
    room = HostRoom(audited.database)
    assert audited.monitor("--once", "--no-canary").code == 0
    room.set("ended")
    assert [audited.monitor("--once", "--no-canary").code for _ in range(2)] == [0, 1]
    room.set("idle")
    ran = audited.monitor("--nagios", "--no-canary")
    assert ran.code == 2 and ran.out.startswith("GREENROOM CRITICAL - stuck rooms 0, at most 0 | look="), ran.said
    assert audited.monitor("--nagios", "--no-canary").code == 0
    assert ran.out.count("\n") == 1
    assert len(audited.watch().looks) == 5


def test_two_calls_at_once(audited: Place) -> None:
    process = audited.start("--no-canary", "--every", "1s")
    audited.wait_for_looks(1)
    second = audited.monitor("--once", "--no-canary")
    assert second.code == 3 and "is being written by another watch: this one did not look" in second.complaint[0]
    plugin = audited.monitor("--nagios", "--no-canary")
    assert plugin.code == 3 and plugin.out.startswith("GREENROOM UNKNOWN - ")
    process.terminate()
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0 and f"conformant  {audited.served.target}" in out, out


def test_what_could_not_tell_is_counted_and_beats_no_heart(audited: Place) -> None:
    with serving(answers(200)) as switch:
        good = audited.monitor("--once", "--no-canary", "--heartbeat", switch.address + "/ping")
        assert good.code == 0 and len(switch.seen) == 1
        dsn = str(audited.database.dsn)
        audited.edit(dsn, "postgresql://somebody:top-secret-word@127.0.0.1:1/none")
        ran = audited.monitor("--once", "--no-canary", "--heartbeat", switch.address + "/ping")
        assert ran.code == 2 and len(switch.seen) == 1
        assert "could not tell: audit: the database can't be reached" in ran.out and "top-secret-word" not in ran.said
    watch = audited.watch()
    assert [look.could_tell for look in watch.looks] == [True, False]
    assert values(watch, "stuck_rooms") == [0, None]
    assert "top-secret-word" not in audited.series.read_text("utf-8")
    silent = audited.monitor("--every", "1s", "--for", "3s", "--no-canary")
    assert (
        silent.code == 2 and f"could not tell  {audited.served.target}: 3 s, 3 looks (3 could not tell)" in silent.out
    ), silent.said


@pytest.mark.parametrize("environment", ["production", "${WATCHED_AS}"])
def test_production_is_only_read(place: Place, environment: str) -> None:
    place.edit('environment = "shared"', f'environment = "{environment}"')
    ran = greenroom(
        *place.options, "--every", "1s", "--for", "2s", "--textfile", str(place.series.with_suffix(".prom")),
        variables=place.served.environment | {"WATCHED_AS": "production"},
    )  # fmt: skip
    assert ran.code == 0, ran.said
    assert "audits only: production is only read" in ran.out
    watch = place.watch()
    assert all(look.canary is None and look.could_tell for look in watch.looks)
    assert "greenroom_stuck_rooms 0.0\n" in place.series.with_suffix(".prom").read_text("utf-8")


def test_an_operator_needs_the_database_alone(audited: Place, tmp_path: Path) -> None:
    folder = tmp_path / "prod"
    folder.mkdir()
    (folder / "target.toml").write_text('[database]\ndsn = "${WATCHED}"\n')
    shutil.copy(audited.folder / "relations.sql", folder)
    ran = greenroom(
        "monitor", "-T", str(folder), "--once", "--series", str(tmp_path / "prod.jsonl"),
        variables={"WATCHED": audited.database.dsn},
    )  # fmt: skip
    assert ran.code == 0 and "stuck 0, orphaned 0, falsely listed 0, not listed 0 (" in ran.out, ran.said


def test_what_a_canary_could_not_remove_is_never_made(place: Place) -> None:
    (place.folder / "arrange.sql").unlink()
    ran = place.monitor("--once")
    assert ran.code == 0, ran.said
    assert place.watch().began.canary.startswith("what it makes could not be removed")


def test_a_gateway_that_is_down_is_neither_good_nor_bad(place: Place) -> None:
    place.edit("${SERVED_GATEWAY}", "http://127.0.0.1:1")
    began = time.monotonic()
    ran = place.monitor("--every", "1s", "--for", "3s")
    assert ran.code == 2, ran.said
    assert "could not tell: canary: " in ran.out and "stuck 0" in ran.out
    assert time.monotonic() - began < 60


def test_what_is_wrong_with_whom_to_tell_is_said_before_a_watch_begins(audited: Place, tmp_path: Path) -> None:
    for option, given in (("--on-alert", "sh -c 'open"), ("--textfile", str(tmp_path / "no" / "folder.prom"))):
        ran = audited.monitor("--no-canary", "--every", "1s", option, given)
        assert ran.code == 3 and option in ran.err, ran.said
    assert read_series(audited.series).watches == []


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--every", "soon"], "--every 'soon' is no length of time"),
        (["--for", "0s"], "--for '0s' is no time at all"),
        (["--once", "--for", "1h"], "--once looks once"),
        (["--listen", "9100"], "--listen '9100' is no address"),
        (["--once", "--listen", "127.0.0.1:9100"], "nobody could ask --listen"),
        (["--textfile", "metrics.txt"], "not read by the node exporter"),
        (["--maintenance", "tonight"], "'tonight' is no time of maintenance"),
        (["--heartbeat", "ping"], "--heartbeat is no http"),
        (["--report", "no/such/file"], "no/such/file can't be read"),
        (["--no-canary", "--target", "reference"], "without a canary there is nothing to watch"),
    ],
)
def test_misuse(options: list[str], complaint: str) -> None:
    ran = greenroom("monitor", *options)
    assert ran.code == 3 and complaint in ran.complaint[0], ran.said
