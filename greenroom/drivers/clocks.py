"""Measures how far the target's clocks are ahead of this machine's: by the `Date` of an answer, and by the database."""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import time
from collections.abc import Mapping

from greenroom.core.clock import Ahead
from greenroom.core.errors import Inconclusive
from greenroom.drivers.database import Database
from greenroom.drivers.http import Http
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Request, Target

_SERVICES = ("gateway", "data_api", "auth", "web")
"""Who is asked, in this order: the first that the target has."""
_NOTHING = 2.0
"""Seconds below which two clocks agree: `Date` is in whole seconds, and an answer takes its time."""

_AGREE, _FAR = 60.0, 600.0
"""Seconds within which this machine's clock and the database's agree, and from which on a third is wrong."""


def measure(target: Target, http: Http, database: Database | None, evidence: Evidence) -> Ahead:
    """How far the clocks are ahead. A service that does not answer, or not with a `Date`, says nothing.

    Raises TargetUnavailable when the database can't be asked.
    """
    by_service, by_database = _of_service(target, http, evidence), _of_database(database) if database else None
    if by_service is not None and by_database is not None and abs(by_service - by_database) < _NOTHING:
        by_service = by_database  # which tells fractions of a second
    if by_service is not None and by_database is not None and is_outvoted(by_service, by_database):
        by_service = None
    return Ahead(by_service, by_database)


def is_outvoted(by_service: float, by_database: float) -> bool:
    """Whether a `Date` is far behind two clocks that agree: a proxy's, which says local time or was never set."""
    return abs(by_database) < _AGREE and by_service < -_FAR


def _of_database(database: Database) -> float:
    before = time.time()
    said = dt.datetime.fromisoformat(database.now())
    return _settled(said.timestamp() - (before + time.time()) / 2)


def of_answer(headers: Mapping[str, str], before: float, after: float) -> float | None:
    """How many seconds the clock of whoever answered is ahead; the moments are those, by this machine's clock, when it
    was asked and when it had answered. None where it does not say what time it is."""
    try:
        said = email.utils.parsedate_to_datetime(headers.get("Date") or "")
        age = float(headers.get("Age") or 0)  # a cache answers with the time at which it asked
    except (ValueError, TypeError):
        return None
    if said.tzinfo is None:
        said = said.replace(tzinfo=dt.UTC)
    half = 0.5  # of a second is lost on average
    return _settled(said.timestamp() + age + half - (before + after) / 2)


def _of_service(target: Target, http: Http, evidence: Evidence) -> float | None:
    service = next((name for name in _SERVICES if name in target.addresses), None)
    request = target.probe or (Request(service=service, method="GET", path="") if service else None)
    if request is None:
        return None
    before = time.time()
    with contextlib.suppress(Inconclusive):
        answer = http.send(request, {}, evidence, who="harness")
        return of_answer(answer.headers, before, time.time())
    return None


def _settled(seconds: float) -> float:
    return 0.0 if abs(seconds) < _NOTHING else seconds
