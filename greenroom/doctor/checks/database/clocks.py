"""The clocks of gateway, database and this machine are compared."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core import clock
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination, NotReached
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import DATABASE, RUNNING_TARGET
from greenroom.drivers.clocks import measure


@doctor_check(CheckSubject.DATABASE, "clocks", needs=(RUNNING_TARGET,), uses=(DATABASE,))
def check_clocks(examination: Examination) -> Iterator[Finding]:
    """Gateway and database agree on what time it is: end times are compared with it. This machine need not agree: what
    is judged and sent is corrected, here as in a run."""
    database = examination.find(DATABASE)
    asked = examination.target.addresses if "gateway" in examination.answering else {}
    target = examination.target.model_copy(update={"addresses": asked, "probe": None})
    found = measure(target, examination.http, database, examination.evidence)
    if found.service is None and found.database is None:
        raise NotReached("nobody said what time it is")
    clock.correct(found)
    examination.on_close(lambda: clock.correct(clock.Ahead()))
    if not found.agree:
        apart = found.of_services - found.of_database
        detail = f"the gateway's clock is {abs(apart):.0f} s {'ahead of' if apart > 0 else 'behind'} the database's"
        yield wrong("clocks", detail, f"set one of them right; {clock.SKEW.total_seconds():g} s are allowed")
    else:
        yield ok("clocks", found.sentence or "gateway, database and this machine agree")
