"""What happens at the same moment, and one behind the other: made to meet in the database where that is ours."""

from __future__ import annotations

from pytest_bdd import then, when

from greenroom import acts_at_once
from greenroom.drivers.outcome import Outcome, Refused, Went, describe
from greenroom.relations import LIVE_ROOM
from greenroom.stage import Stage
from steps.words import text

_CONFLICTS = ("not_idle", "not_live")


@when(text("{host:Name} goes live and then ends the room while the room is held"))
def live_then_end(stage: Stage, host: str) -> None:
    """The Go Live waits for the room's row, and the end behind it, when the row is let go."""
    acts_at_once.go_live_and_end_in_line(stage, stage.host(host), end_first=False)


@when(text("{host:Name} ends the room and then goes live while the room is held"))
def end_then_live(stage: Stage, host: str) -> None:
    """The end waits for the room's row, and the Go Live behind it, when the row is let go."""
    acts_at_once.go_live_and_end_in_line(stage, stage.host(host), end_first=True)


@then(text("what {host:Name} was told is what has become of the room"))
def told_the_truth(stage: Stage, host: str) -> None:
    """Each request was carried out or met its conflict; a live room is that of the Go Live, one at rest that of the
    end."""
    person = stage.person(host)
    told = "; ".join(describe(outcome) for outcome in person.outcomes)
    documented = all(_is_documented(outcome) for outcome in person.outcomes)
    stage.claim("each request was carried out or met its conflict", documented, expected="one or the other", found=told)
    went = {outcome.operation: outcome.answer for outcome in person.outcomes if isinstance(outcome, Went)}
    room = stage.look().room(person.room_id) or {}
    live = room.get("status") in LIVE_ROOM
    right = room.get("session_id") == str(went.get("go_live", {}).get("session")) if live else "end" in went
    expected = "the Go Live was carried out, with this session" if live else "the end was carried out"
    stage.claim("what was told is what has become of the room", right, expected=expected, found=told)


def _is_documented(outcome: Outcome) -> bool:
    return isinstance(outcome, Went) or (isinstance(outcome, Refused) and outcome.name in _CONFLICTS)
