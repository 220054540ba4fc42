"""Operations that have to work: whoever relies on one says so, and a failure names it."""

from __future__ import annotations

from typing import Any

from greenroom.claims.amiss import amiss
from greenroom.core.errors import OperationFailed
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.outcome import CarriedOut, Outcome, not_carried_out


def gives_room(gateway: Gateway) -> str:
    """The operation that gives somebody their room: `my_room` where nothing else makes one."""
    return "create_room" if gateway.offers("create_room") or not gateway.offers("my_room") else "my_room"


def must(gateway: Gateway, operation: str, who: Account | None, **values: Any) -> CarriedOut:
    """Carry an operation out. Raises OperationFailed, which says for machines as well what became of it, and whatever
    `Gateway.attempt` raises."""
    return succeeded(gateway.attempt(operation, who, **values))


def succeeded(outcome: Outcome) -> CarriedOut:
    """The outcome, which has to be that it was carried out. Raises OperationFailed."""
    if isinstance(outcome, CarriedOut):
        return outcome
    raise OperationFailed(not_carried_out(outcome), wrong=amiss(outcome))
