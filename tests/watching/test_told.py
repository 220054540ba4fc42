"""How a watch is told to others: Nagios, Prometheus, alert commands, dead man's switches."""

from __future__ import annotations

import json
import re
import socket
import time
import urllib.request
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from greenroom.cli.monitoring.listeners import Listeners
from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT
from greenroom.drivers.heartbeat import beat, check_heartbeat
from greenroom.record.series import Look
from greenroom.reporting.watching.history import Totals, totals_of
from greenroom.reporting.watching.metrics import WatchMetrics
from greenroom.reporting.watching.nagios import PluginState, line_of, state_of
from greenroom.scenario.watching.alerts import AlertCommand
from greenroom.targetfile.watch import WATCHED
from tests.support.http_server import answers, serving
from tests.support.looks import LogSeen, LookSeen, audit, canary, looks_of

GOOD, BAD = (
    LookSeen(audit(), canary(), LogSeen(go_lives=1)),
    LookSeen(audit(stuck_rooms=3), canary(), LogSeen(go_lives=1)),
)
SILENT = LookSeen(could_not_tell=("audit: nobody answers | at all\nhere",))
PLUGIN = re.compile(r"GREENROOM (?P<state>OK|WARNING|CRITICAL|UNKNOWN) - (?P<text>[^|\n]+)(?: \| (?P<data>[^|\n]+))?")
DATA = re.compile(r"[a-z_0-9]+=-?[\d.e+-]+s?;;[\d.]*;0|look=[\d.]+s;;;0")


@pytest.mark.parametrize(
    ("seen", "state", "text"),
    [
        ([GOOD], PluginState.OK, "18 figures within bounds"),
        ([GOOD, BAD], PluginState.WARNING, "stuck rooms 3, at most 0"),
        ([BAD, BAD], PluginState.CRITICAL, "stuck rooms 3, at most 0"),
        ([BAD, BAD, GOOD], PluginState.CRITICAL, "stuck rooms 0, at most 0"),
        ([SILENT], PluginState.UNKNOWN, "audit: nobody answers / at all here"),
        ([BAD, BAD, SILENT], PluginState.CRITICAL, "stuck rooms -, at most 0"),
    ],
)
def test_nagios(seen: list[LookSeen], state: PluginState, text: str) -> None:
    look = looks_of(seen)[-1]
    found = PLUGIN.fullmatch(line_of(look))
    assert found is not None, line_of(look)
    assert (state_of(look), found["state"], found["text"]) == (state, state.name, text)
    assert all(DATA.fullmatch(one) for one in found["data"].split()), found["data"]


def metrics(looks: list[Look]) -> WatchMetrics:
    return WatchMetrics("staging", "0.1.0", totals_of(looks), ("go_live", "join"), WATCHED)


def samples(text: str) -> dict[str, float]:
    return {
        sample.name + "".join(f"{{{value}}}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_are_there_from_the_start_with_zeros(tmp_path: Path) -> None:
    metrics([]).write(tmp_path / "greenroom.prom")
    text = (tmp_path / "greenroom.prom").read_text("utf-8")
    found = samples(text)
    assert found.pop("greenroom_info{staging}{0.1.0}") == 1
    assert set(found.values()) == {0.0}
    assert {"greenroom_probe_success", "greenroom_probe_duration_seconds", "greenroom_stuck_rooms",
            "greenroom_probe_last_success_timestamp_seconds", "greenroom_looks_total{could_not_tell}",
            "greenroom_go_live_conflicts_total", "greenroom_operation_errors_total{join}",
            "greenroom_listing_delay_seconds{0.95}", "greenroom_alarm{stuck_rooms}"} <= set(found)  # fmt: skip
    assert all(len(line.split(" ")) == 2 for line in text.splitlines() if not line.startswith("#")), "no timestamps"
    assert [one.name for one in tmp_path.iterdir()] == ["greenroom.prom"]


def test_metrics_of_looks() -> None:
    made = metrics(looks := looks_of([GOOD, BAD, BAD, SILENT]))
    text = "".join(f"{one.name}" for one in made.collect())
    assert "greenroom_probe_success" in text
    found = samples(_exposed(made))
    assert found["greenroom_probe_success"] == 0
    assert found["greenroom_probe_last_success_timestamp_seconds"] == 1_771_156_800
    assert found["greenroom_looks_total{out_of_bounds}"] == 2 and found["greenroom_looks_total{could_not_tell}"] == 1
    assert found["greenroom_alarm{stuck_rooms}"] == 1 and found["greenroom_alarm{conflict_rate}"] == 0
    assert found["greenroom_go_lives_total"] == 3 and found["greenroom_operations_total{go_live}"] == 3
    assert len(looks) == 4


def _exposed(made: WatchMetrics) -> str:
    return generate_latest(made.registry).decode()


def test_the_page_for_operators_has_every_metric_and_every_figure() -> None:
    page = (ROOT / "docs" / "operating.md").read_text("utf-8")
    exported = {line.split()[2] for line in _exposed(metrics([])).splitlines() if line.startswith("# TYPE")}
    table = page.partition("### Prometheus")[2].partition("```yaml")[0]
    assert set(re.findall(r"`(greenroom_\w+)`", table)) == exported
    figures = page.partition("**What is watched,**")[2].partition("**An alarm**")[0]
    assert [name for name in re.findall(r"`(\w+)`", figures) if name in WATCHED] == list(WATCHED)


def test_metrics_over_http() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    metrics(looks_of([GOOD])).listen("127.0.0.1", port)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        assert samples(answer.read().decode())["greenroom_probe_success"] == 1
    with pytest.raises(GreenroomError, match=f"--listen 127.0.0.1:{port}"):
        metrics([]).listen("127.0.0.1", port)


def test_an_alert_gets_its_text(tmp_path: Path) -> None:
    told: list[str] = []
    alerts = AlertCommand(f"sh -c 'cat > {tmp_path}/got'", told.append)
    alerts.tell(json.dumps({"kind": "alarm"}))
    alerts.close()
    assert json.loads((tmp_path / "got").read_text("utf-8")) == {"kind": "alarm"} and told == []


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        ("sh -c 'echo no such pager >&2; exit 4'", "failed with exit 4: no such pager"),
        ("./no-such-command", "can't be run: ./no-such-command: No such file"),
        ("sh -c 'sleep 600 & sleep 600'", "took more than 0.3 s, and was ended: sh"),
        ("sh -c 'exit 0'", ""),  # and reads nothing of what it gets
    ],
)
def test_whatever_an_alert_does_is_told_and_stops_nothing(command: str, complaint: str) -> None:
    told: list[str] = []
    began = time.monotonic()
    alerts = AlertCommand(command, told.append, seconds=0.3 if "600" in command else 30)
    for _ in range(3):
        alerts.tell("{}" * 200_000)
    assert time.monotonic() - began < 5, "nobody waits for it"
    alerts.close()
    assert len(told) == (3 if complaint else 0) and all(complaint in one for one in told), told


@pytest.mark.parametrize("command", ["", "  ", "sh -c 'open"])
def test_an_alert_command_that_is_none(command: str) -> None:
    with pytest.raises(GreenroomError, match="--on-alert"):
        AlertCommand(command, print)


def test_what_stays_broken_is_complained_of_once(tmp_path: Path) -> None:
    told: list[str] = []
    with serving(answers(500)) as server:
        listeners = Listeners("staging", tmp_path / "series.jsonl", Totals(), told.append, heartbeat=server.address)
        for look in looks_of([GOOD, GOOD, SILENT, GOOD]):
            listeners.looked(look, [])
        server.behaviours = [answers(200), answers(500)]
        for look in looks_of([GOOD, GOOD]):
            listeners.looked(look, [])
    assert told == ["127.0.0.1 answered the heartbeat with 500"] * 2
    assert len(server.seen) == 5, "who could not tell does not call"


def test_a_heartbeat_is_one_call() -> None:
    with serving(answers(200, {"ok": True}), answers(500, {})) as server:
        assert beat(server.address + "/ping/secret-key") == ""
        assert beat(server.address + "/ping/secret-key") == "127.0.0.1 answered the heartbeat with 500"
    assert [path for _, path, _, _ in server.seen] == ["/ping/secret-key"] * 2
    assert beat(server.address + "/ping/secret-key") == "the heartbeat did not reach 127.0.0.1: ConnectionError"


@pytest.mark.parametrize("url", ["ping", "ftp://host/x", "http://"])
def test_what_is_no_heartbeat(url: str) -> None:
    with pytest.raises(GreenroomError, match="--heartbeat"):
        check_heartbeat(url)
