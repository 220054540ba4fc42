"""What is wrong with operations that should have ended otherwise, for machines: the operation, and how it ended."""

from __future__ import annotations

from greenroom.core.errors import What
from greenroom.drivers.outcome import Broke, CarriedOut, Outcome, Refused


def amiss(*outcomes: Outcome) -> tuple[What, ...]:
    """The operations and how they ended, each once."""
    return tuple(dict.fromkeys((f"operation:{outcome.operation}", _ended(outcome)) for outcome in outcomes))


def _ended(outcome: Outcome) -> str:
    match outcome:
        case CarriedOut():
            return "not refused"
        case Refused():
            return f"refused as {outcome.name or outcome.status}"
        case Broke():
            return "broke"
