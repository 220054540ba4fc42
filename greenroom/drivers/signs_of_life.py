"""Whether a target answers at all. Any HTTP status counts as an answer, and of a database that a connection opens."""

from __future__ import annotations

import psycopg
import requests

from greenroom.drivers.connection import open_session, whole_exchange
from greenroom.drivers.database_connection import first_line
from greenroom.drivers.environment import what_failed
from greenroom.drivers.trust import trusting_dsn
from greenroom.targetfile.model import Target

_SECONDS = 5
_GONE = {"timeout", "refused", "dns", "unreachable"}
"""Causes that mean that nobody is there. Who breaks a connection off has taken it before."""
_FULL = ("too many", "remaining connection slots")
"""What a database that is there says when it lets nobody in just now."""


def silent_part(target: Target) -> str:
    """The first part of the target that does not answer, in words such as "auth refuses connections"; "" where all do.

    Each is given 5 seconds. Nothing is changed by it.
    """
    return silent_service(target, *target.addresses) or _silent_database(target)


def silent_service(target: Target, *services: str) -> str:
    """The first of these services that does not answer, in such words; "" where all do."""
    with open_session(target.addresses.values(), target.certificates) as session:
        for service in services:
            try:
                address = target.addresses[service]
                with whole_exchange(_SECONDS), session.get(address, stream=True, timeout=_SECONDS):
                    pass
            except (requests.RequestException, OSError) as error:
                cause, words = what_failed(error, _SECONDS)
                if cause in _GONE:
                    return f"{service} {words}"
    return ""


def _silent_database(target: Target) -> str:
    if target.database is None:
        return ""
    try:
        psycopg.connect(trusting_dsn(target.database.dsn), connect_timeout=_SECONDS).close()
    except psycopg.Error as error:
        said = str(error)
        return "" if any(words in said for words in _FULL) else f"the database can't be reached: {first_line(error)}"
    return ""
