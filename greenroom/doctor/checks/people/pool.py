"""The accounts of the pool work, where people are not made but given."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import GreenroomError, TargetUnavailable
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.people.requests import last_answer
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import MEMBERS
from greenroom.drivers.account import Account


@doctor_check(CheckSubject.PEOPLE, "pool", needs=(MEMBERS,))
def check_pool(examination: Examination) -> Iterator[Finding]:
    """Every account of the pool signs in, also those that a run has leased."""
    target = examination.target
    if target.people.source != "pool":
        return
    faults = 0
    for number, given in enumerate(target.people.pool):
        account = Account(given.account_id, given.name or given.email, given.email, given.password, given.token)
        try:
            examination.world.worker.accounts.sign_in(account, examination.evidence)
        except (TargetUnavailable, GreenroomError) as error:
            faults += 1
            where = examination.where("people", "pool", number)
            yield wrong("pool", f"{where}: account {number + 1}: {error}".splitlines()[0], last_answer(examination))
    if len(target.people.pool) < 3:
        hint = "scenarios have up to five people at once: host, guest, a stranger, two more hosts"
        yield wrong(
            "pool", f"{examination.where('people', 'pool', 0)}: {len(target.people.pool)} accounts are too few", hint
        )
    elif not faults:
        yield ok("pool", f"{len(target.people.pool)} accounts, all sign in")
