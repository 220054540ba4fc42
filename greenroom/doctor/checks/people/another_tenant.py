"""Somebody of another tenant comes to be."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import TargetUnavailable
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.people.requests import last_answer, require_reachable
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_declared, not_reached, ok, wrong
from greenroom.doctor.prerequisites import DATABASE, MEMBERS


@doctor_check(CheckSubject.PEOPLE, "another tenant", needs=(MEMBERS,), uses=(DATABASE,), makes=True)
def check_another_tenant(examination: Examination) -> Iterator[Finding]:
    """In the way that [people.elsewhere] describes, or the arrangement that makes one."""
    request, database = examination.target.people.elsewhere, examination.find(DATABASE)
    if request is None and (database is None or not database.can_arrange("make_account_elsewhere")):
        yield not_declared("another tenant", "no [people.elsewhere], and no arrangement make_account_elsewhere")
        return
    if examination.borrows:
        yield not_reached("another tenant", "people are borrowed here: an account that is made could not be removed")
        return
    require_reachable(examination, request)
    try:
        person = examination.world.people.newcomer_elsewhere("Zoe")
    except TargetUnavailable as error:
        if error.cause != "sign-in":
            raise
        where = examination.where("people", *(["elsewhere"] if request is not None else []))
        yield wrong("another tenant", f"{where}: {error.message}", last_answer(examination))
        return
    examination.observed["multi-tenant"] = True
    yield ok("another tenant", f"account {person.account_id}")
