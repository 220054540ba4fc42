"""What a check found: a frozen value, one line of the doctor's table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from greenroom.core.verdict import Exit


class Condition(StrEnum):
    """What is known of one thing a run relies on."""

    OK = "ok"
    NOT_DECLARED = "not declared"
    NOT_REACHED = "not reached"
    CANT_TELL = "can't tell"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, what is known of it, in which way, and how to mend it."""

    check: str
    condition: Condition
    detail: str = ""
    hint: str = ""


def ok(check: str, detail: str = "") -> Finding:
    """It is as it should be."""
    return Finding(check, Condition.OK, detail)


def wrong(check: str, detail: str, hint: str = "") -> Finding:
    """The target's folder or the environment is at fault."""
    return Finding(check, Condition.WRONG, detail, hint)


def cant_tell(check: str, detail: str, hint: str = "") -> Finding:
    """Nobody answered, or a limiter did."""
    return Finding(check, Condition.CANT_TELL, detail, hint)


def not_declared(check: str, detail: str = "", hint: str = "") -> Finding:
    """The target does not say; nothing relies on it."""
    return Finding(check, Condition.NOT_DECLARED, detail, hint)


def not_reached(check: str, detail: str = "") -> Finding:
    """It depends on something that is not there."""
    return Finding(check, Condition.NOT_REACHED, detail)


def counted(number: int, what: str) -> str:
    """ "1 room", "2 rooms"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def exit_code(findings: Iterable[Finding]) -> Exit:
    """0 when all is well, 3 when something is wrong, else 2 when the target did not answer or throttled us."""
    conditions = {finding.condition for finding in findings}
    if Condition.WRONG in conditions:
        return Exit.ERROR
    return Exit.COULD_NOT_TELL if Condition.CANT_TELL in conditions else Exit.CONFORMANT
