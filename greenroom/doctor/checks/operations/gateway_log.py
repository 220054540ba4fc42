"""The gateway logs the documented lines when somebody goes live."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.deadlines import eventually
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.drivers.logs import GatewayLog, about_session, in_order


def check_log(examination: Examination, log: GatewayLog | None) -> Iterator[Finding]:
    """The documented lines come in their order; no finding where the file does not describe them, or has no log."""
    lines = examination.target.lines_of_going_live
    if log is None or not all(lines):
        return
    patterns = [about_session(line, examination.host.session_id) for line in lines]
    missing, _ = eventually(
        lambda: in_order(log.fresh(), patterns), lambda pattern: not pattern, examination.target.deadlines.settle
    )
    examination.observed["gateway-log"] = not missing
    if not missing:
        yield ok("gateway's log", "the documented lines, in their order")
        return
    where = examination.where("logs", "session_created" if missing == patterns[0] else "listing_synced")
    logged = log.fresh()
    last = logged.strip().splitlines()[-1:] or ["nothing"]
    what = "the line comes too early that fits" if in_order(logged, [missing]) == "" else "no line fits"
    yield wrong("gateway's log", f"{where}: {what} {missing!r}", f"it logged: {last[0][:160]}")
