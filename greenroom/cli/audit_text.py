"""What `greenroom audit` prints: the offending rows, what each invariant comes to, and the verdict."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from rich.text import Text

from greenroom.cli.columns import print_columns
from greenroom.core.console import Console
from greenroom.core.moments import length, told
from greenroom.core.wording import plural
from greenroom.reporting.audit_json import AuditFile, InvariantFound

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def render(console: Console, audit: AuditFile) -> None:
    """Print it. Lines are never broken, so that ids stay whole in a pipe and in a narrow window."""
    at = dt.datetime.fromisoformat(audit.at)
    for one in audit.invariants:
        if not one.holds:
            _rows(console, one, at)
    print_columns(
        console,
        ("", ">rows", "since", "must hold"),
        [(one.promise, f"{one.count:,}", _since(one.since), one.sentence) for one in audit.invariants],
    )
    _stuck(console, audit)
    _verdict(console, audit, at)


def _rows(console: Console, one: InvariantFound, at: dt.datetime) -> None:
    console.print(Text.assemble((f"{one.promise} broken", "bold"), f": {one.sentence}"), soft_wrap=True)
    oldest = f", the oldest since {_since(one.since)}, {_length(one.since, at)} ago" if one.since else ""
    console.print(f"  {plural(one.count, 'row')}{oldest}", soft_wrap=True)
    if one.rows:
        print_columns(console, list(one.rows[0]), [[shown_value(value) for value in row.values()] for row in one.rows])
    left = one.count - len(one.rows)
    if left:
        console.print(f"  … and {left:,} more: --rows {one.count}", soft_wrap=True)
    console.print()


def _stuck(console: Console, audit: AuditFile) -> None:
    strict = next((one.count for one in audit.invariants if one.name == "nothing-stuck"), 0)
    ours = f"{strict:,} by O1"
    if strict > audit.documented_stuck.count:
        ours += ", which knows as well rooms that are over themselves, and sessions that are not there"
    console.print()
    console.print(
        f"  stuck rooms: {audit.documented_stuck.count:,} by the session fix's own query, {ours}", soft_wrap=True
    )


def _verdict(console: Console, audit: AuditFile, at: dt.datetime) -> None:
    broken, all_of_them = sum(not one.holds for one in audit.invariants), len(audit.invariants)
    where = f"{audit.target} at {told(at)} (PostgreSQL {audit.server}{', a hot standby' if audit.standby else ''})"
    if broken:
        said = f"  {broken} of {all_of_them} invariants are broken"
        console.print(Text.assemble(("not conformant", "bold red"), f"{said}: {where}"), soft_wrap=True)
    else:
        said = f"  {all_of_them} invariants hold for every room"
        console.print(Text.assemble(("conformant", "bold green"), f"{said}: {where}"), soft_wrap=True)


def _since(moment: str | None) -> str:
    return told(dt.datetime.fromisoformat(moment)) if moment else "-"


def _length(moment: str, at: dt.datetime) -> str:
    return length(at - dt.datetime.fromisoformat(moment))


def shown_value(value: Any) -> str:
    """A value of a row as a table has it."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = " ".join(str(value).split())
    return _since(text) if _TIME.fullmatch(text) else text
