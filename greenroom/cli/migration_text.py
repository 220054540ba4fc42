"""What `greenroom migration` prints: the rows by relation, the notices beside the truth, and the verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from rich.text import Text

from greenroom.cli.audit_text import shown_value
from greenroom.cli.columns import print_columns
from greenroom.core.console import Console
from greenroom.core.moments import told
from greenroom.core.verdict import RunVerdict
from greenroom.core.wording import plural
from greenroom.reporting.migration_json import ChangedRow, NoticeFound, PlanFile, RowsOfRelations, VerifiedFile

_RELATIONS = ("sessions", "rooms", "attendance", "listing")
_NAMES = {
    "sessions": ("session", "sessions"),
    "rooms": ("room", "rooms"),
    "attendance": ("person", "people"),
    "listing": ("entry", "entries"),
}
_DONE = {"sessions": "ended", "rooms": "reset to idle", "attendance": "taken out", "listing": "taken off the listing"}
_DUE = {
    "sessions": "to end",
    "rooms": "to reset to idle",
    "attendance": "to take out",
    "listing": "to take off the listing",
}
_NOTICES = {"ended_sessions": "sessions ended", "reset_rooms": "rooms reset", "synced_listing": "entries synced"}
_HOW = {
    "clone": "run on a clone of the database",
    "transaction": "run in a transaction that was rolled back",
    "query": "asked for by query: the file was not run",
}
_COLOURS = {RunVerdict.CONFORMANT: "bold green", RunVerdict.NOT_CONFORMANT: "bold red"}


def render_plan(console: Console, plan: PlanFile, limit: int) -> None:
    """Print a plan. Lines are never broken, so that ids stay whole in a pipe and in a narrow window."""
    titles = _DUE if plan.by == "query" else _DONE
    _relations(console, plan.repairs, titles, limit)
    _relations(console, plan.choice, {key: f"{text}, or not: odd" for key, text in _DUE.items()}, limit, always=False)
    _relations(console, plan.left, {key: f"{text}, and left" for key, text in _DUE.items()}, limit, always=False)
    _harmed(console, plan.harmed, limit)
    _notices(console, plan.notices, "the rows")
    for reason in plan.because:
        console.print(Text(f"  {reason}", style="dim"), soft_wrap=True)
    if plan.error:
        _line(console, "it fails", plan.error)
    said = _summary(plan)
    where = f"{said}: {plan.target} at {_at(plan.at)}, {_HOW[plan.by]}"
    if plan.by == "query":  # nothing was judged
        console.print(Text.assemble(("planned", "bold"), f"  {where}"), soft_wrap=True)
    else:
        _verdict(console, plan.verdict, where)


def render_verified(console: Console, found: VerifiedFile, limit: int) -> None:
    """Print what became of a plan."""
    _relations(console, found.left, {key: f"{text}, and still so" for key, text in _DUE.items()}, limit, always=False)
    _relations(console, found.since, {key: f"{text} since" for key, text in _DUE.items()}, limit, always=False)
    _notices(console, found.notices, "the plan")
    for reason in found.reasons:
        console.print(f"  {reason}", soft_wrap=True)
    said = "the notices are true and the plan is carried out"
    if found.verdict is not RunVerdict.CONFORMANT:
        said = plural(len(found.reasons), "thing") + " to look at"
    _verdict(console, found.verdict, f"{said}: {found.target} at {_at(found.at)}, planned at {_at(found.planned_at)}")


def _relations(
    console: Console, found: RowsOfRelations, titles: dict[str, str], limit: int, *, always: bool = True
) -> None:
    for relation in _RELATIONS:
        rows = found.of(relation)
        if rows or always:
            title = f"{plural(len(rows), *_NAMES[relation])} {titles[relation]}"
            console.print(Text(title, style="bold"), soft_wrap=True)
            _rows(console, rows, limit)
    if always or any(found.of(relation) for relation in _RELATIONS):
        console.print()


def _rows(console: Console, rows: Sequence[dict[str, Any]], limit: int) -> None:
    shown = rows[:limit]
    if shown:
        print_columns(console, list(shown[0]), [[shown_value(value) for value in row.values()] for row in shown])
    if len(rows) > len(shown):
        console.print(f"  … and {len(rows) - len(shown):,} more: --rows {len(rows)}", soft_wrap=True)


def _harmed(console: Console, harmed: Sequence[ChangedRow], limit: int) -> None:
    if not harmed:
        return
    console.print(Text(f"{plural(len(harmed), 'row')} of healthy rooms changed", style="bold red"), soft_wrap=True)
    for one in harmed[:limit]:
        before, after = one.before or {}, one.after or {}
        keys = {key: value for key, value in (before or after).items() if key.endswith("_id")}
        named = " ".join(f"{key}={shown_value(value)}" for key, value in keys.items())
        changes = [
            f"{key}: {shown_value(before.get(key))} → {shown_value(after.get(key))}"
            for key in (before or after)
            if before.get(key) != after.get(key)
        ]
        what = ", ".join(changes) if before and after else "deleted" if before else "made"
        console.print(f"  {one.relation}  {named}  {what}", soft_wrap=True)
    if len(harmed) > limit:
        console.print(f"  … and {len(harmed) - limit:,} more: --rows {len(harmed)}", soft_wrap=True)
    console.print()


def _notices(console: Console, notices: Sequence[NoticeFound], beside: str) -> None:
    if not notices:
        return
    rows = [
        (
            "✓" if one.said is not None and one.least <= one.said <= one.most else "✗",
            _NOTICES[one.notice],
            "missing" if one.said is None else f"{one.said:,}",
            f"{one.least:,}" if one.least == one.most else f"{one.least:,} to {one.most:,}",
        )
        for one in notices
    ]
    print_columns(console, ("", "notice", ">says", f">{beside} {'say' if beside.endswith('s') else 'says'}"), rows)
    console.print()


def _summary(plan: PlanFile) -> str:
    if plan.by == "query":
        return f"{_total(plan.repairs)} to repair"
    if plan.verdict is RunVerdict.CONFORMANT:
        return "repairs all that is due, and nothing else"
    wrong = []
    if plan.error:
        wrong.append("fails")
    if left := sum(len(plan.left.of(relation)) for relation in _RELATIONS):
        wrong.append(f"leaves {plural(left, 'row')} that {'is' if left == 1 else 'are'} due")
    if plan.harmed:
        wrong.append(f"changes {plural(len(plan.harmed), 'row')} of healthy rooms")
    if any(one.said is None or not one.least <= one.said <= one.most for one in plan.notices):
        wrong.append("says wrong numbers")
    return "the migration " + ", ".join(wrong)


def _total(rows: RowsOfRelations) -> str:
    return plural(sum(len(rows.of(relation)) for relation in _RELATIONS), "row")


def _line(console: Console, head: str, text: str) -> None:
    console.print(Text.assemble((head, "bold red"), f": {text}"), soft_wrap=True)


def _verdict(console: Console, verdict: RunVerdict, said: str) -> None:
    console.print(Text.assemble((verdict.value, _COLOURS.get(verdict, "bold yellow")), f"  {said}"), soft_wrap=True)


def _at(moment: str) -> str:
    return told(dt.datetime.fromisoformat(moment))
