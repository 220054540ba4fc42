"""The clocks of gateway, database and this machine are compared."""

from __future__ import annotations

import datetime as dt
import email.utils
from collections.abc import Iterator

from greenroom.claims.sessions import CLOCK_SKEW
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination, NotReached
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import DATABASE, RUNNING_TARGET
from greenroom.targetfile.model import Request


@doctor_check(CheckSubject.DATABASE, "clocks", needs=(RUNNING_TARGET,), uses=(DATABASE,))
def check_clocks(examination: Examination) -> Iterator[Finding]:
    """Gateway, database and this machine agree on what time it is: end times are compared with it."""
    limit = CLOCK_SKEW.total_seconds()
    found: list[tuple[str, float]] = []
    if "gateway" in examination.answering:
        answer = examination.http.send(Request(method="GET", path=""), {}, examination.evidence, who="doctor")
        said = answer.headers.get("Date")
        if said:  # in whole seconds: half of one is lost on average
            found.append(("gateway", _ahead(email.utils.parsedate_to_datetime(said)) + 0.5))
    database = examination.find(DATABASE)
    if database is not None:
        found.append(("database", _ahead(dt.datetime.fromisoformat(database.now()))))
    if not found:
        raise NotReached("nobody said what time it is")
    for name, skew in found:
        if abs(skew) > limit:
            detail = f"the {name}'s clock is {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} this machine's"
            yield wrong("clocks", detail, f"set one of them right; {limit:g} s are allowed")
    if all(abs(skew) <= limit for _, skew in found):
        yield ok("clocks", ", ".join(f"{name} {abs(skew):.1f} s off" for name, skew in found))


def _ahead(moment: dt.datetime) -> float:
    """How many seconds a moment is ahead of this machine's clock."""
    return (moment - dt.datetime.now(dt.UTC)).total_seconds()
