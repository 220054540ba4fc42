"""Trouble that is caused on purpose: requests of a page that fail."""

from __future__ import annotations

from pytest_bdd import given

from greenroom.drivers.web.requests import TROUBLES
from greenroom.errors import GreenroomError
from greenroom.stage import Stage
from steps.words import text


@given(text("the gateway {trouble} when {host:Name} ends the room"))
def end_meets_trouble(stage: Stage, trouble: str, host: str) -> None:
    """Every request of the host's page to end the room meets that trouble."""
    cause(stage, host, "end", trouble)


def cause(stage: Stage, person: str, request: str, trouble: str) -> None:
    """Requests called `request` of the person's page meet `trouble`. Raises GreenroomError for an unknown trouble."""
    if trouble not in TROUBLES:
        raise GreenroomError(f"unknown trouble {trouble!r}", hint=f"one of: {', '.join(TROUBLES)}", code="bad-feature")
    stage.browser(stage.person(person)).faults.cause(request, trouble)  # type: ignore[arg-type]
