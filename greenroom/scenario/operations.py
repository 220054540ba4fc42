"""Operations that have to work: whoever relies on one says so, and a failure names it."""

from __future__ import annotations

from typing import Any

from greenroom.claims.amiss import amiss
from greenroom.core.errors import OperationFailed
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.outcome import CarriedOut, describe


def must(gateway: Gateway, operation: str, who: Account | None, **values: Any) -> CarriedOut:
    """Carry an operation out. Raises OperationFailed, which says for machines as well what became of it, and whatever
    `Gateway.attempt` raises."""
    outcome = gateway.attempt(operation, who, **values)
    if isinstance(outcome, CarriedOut):
        return outcome
    message = f"the gateway should {operation.replace('_', ' ')}\n  found     {describe(outcome)}"
    raise OperationFailed(message, wrong=amiss(outcome))
