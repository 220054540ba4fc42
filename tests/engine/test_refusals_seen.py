"""Which answers count as refusals and as conflicts follows what the target documents."""

from __future__ import annotations

from typing import Any

from greenroom.claims.answers import no_conflict, nothing_given_away
from greenroom.record.events import Exchange
from greenroom.targetfile.model import Target


def target(**refusals: dict[str, Any]) -> Target:
    told = {"name": "some", "environment": "disposable", "addresses": {"gateway": "http://g"}}
    operations = {"go_live": {"path": "/live", "refusals": refusals}}
    return Target.model_validate({**told, "people": {"source": "api"}, "operations": operations})


def sent(status: int) -> list[Exchange]:
    return [Exchange(channel="gateway", method="POST", url="http://g/live", status=status)]


def test_a_conflict_has_the_status_that_is_documented() -> None:
    locked = target(not_idle={"status": 423})
    assert not no_conflict(sent(423), locked).held
    assert not no_conflict(sent(409), locked).held
    assert no_conflict(sent(423), target()).held
    assert no_conflict(sent(200), target(not_idle={"status": 200, "code": "BUSY"})).held


def test_a_refusal_may_have_the_status_of_a_success() -> None:
    there_were, _ = nothing_given_away(sent(200), target(not_host={"status": 200, "code": "NO"}))
    assert there_were.held
    there_were, _ = nothing_given_away(sent(200), target(not_host={"status": 403}))
    assert not there_were.held
