"""What the doctor says where something else than what it looks at is wrong, without a target."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from greenroom.doctor.checks.capabilities.declared import check_capabilities
from greenroom.doctor.checks.clean_up import check_removal
from greenroom.doctor.checks.operations.gateway_log import check_log
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Condition, Finding
from greenroom.drivers.account import Account
from greenroom.drivers.logs import GatewayLog
from greenroom.targetfile.model import Logs, Target

TARGET: dict[str, Any] = {
    "name": "some",
    "environment": "disposable",
    "addresses": {"gateway": "http://127.0.0.1:1"},
    "people": {"source": "api"},
    "sign_in": {"scheme": "none"},
    "logs": {"gateway_file": "log", "session_created": "created {session}", "listing_synced": "synced {session}"},
    "deadlines": {"settle": 0.01},
    "operations": {"reset": {"path": "/rooms/{room}/reset"}},
}


class People(dict[str, Account]):
    """Of a world, with the rooms that were made."""

    rooms: tuple[str, ...] = ()


def examination(**more: Any) -> Examination:
    target = Target.model_validate(TARGET | more.pop("target", {}))
    host = SimpleNamespace(session_id="s1", account=None)
    where = lambda *_: "target.toml:1"  # noqa: E731
    values = {"target": target, "host": host, "observed": {}, "where": where, "mark": "m", "lent": None} | more
    return cast(Examination, SimpleNamespace(**values))


@pytest.mark.parametrize(
    ("lines", "said"),
    [("synced s1\ncreated s1\n", "the line comes too early that fits"), ("created s1\n", "no line fits")],
)
def test_a_line_that_comes_too_early_is_not_said_to_be_missing(tmp_path: Path, lines: str, said: str) -> None:
    (tmp_path / "log").write_text("", encoding="utf-8")
    some = examination()
    log = GatewayLog(some.target.logs or Logs(), tmp_path)
    (tmp_path / "log").write_text(lines, encoding="utf-8")
    [finding] = list(check_log(some, log))
    assert finding.detail.startswith(f"target.toml:1: {said} 'synced ")


def test_what_can_not_be_removed_for_want_of_the_database_is_not_said_to_be_undescribed() -> None:
    people = People(Ada=Account("1", "Ada"))
    world = SimpleNamespace(people=people, close=lambda: None)
    some = examination(target={"database": {"dsn": "postgresql://x"}}, take=lambda _: world, find=lambda _: None)
    [finding] = list(check_removal.examine(some))
    assert finding.condition is Condition.NOT_REACHED and "stay: it needs the database" in finding.detail


@pytest.mark.parametrize("observed", [{}, {"data-api": True}])
def test_a_reset_of_the_gateways_own_suggests_no_data_api(observed: dict[str, bool]) -> None:
    some = examination(observed=observed, find=lambda _: None)
    suggested = [finding.check for finding in _suggestions(check_capabilities.examine(some))]
    assert "reset" in suggested and "data-api" not in suggested


def _suggestions(findings: Any) -> list[Finding]:
    return [finding for finding in findings if finding.condition is Condition.NOT_DECLARED]
