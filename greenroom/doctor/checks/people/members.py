"""Two members come to be, the host and the guest of all that is tried."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import Inconclusive, TargetUnavailable
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.checks.people.requests import last_answer, require_reachable
from greenroom.doctor.checks.people.world import open_world
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, ok, wrong
from greenroom.doctor.prerequisites import DATABASE, MEMBERS, READABLE_RELATIONS, RUNNING_TARGET, WORLD, Members
from greenroom.people.person import Person


@doctor_check(
    CheckSubject.PEOPLE,
    "members",
    needs=(RUNNING_TARGET,),
    provides=(WORLD, MEMBERS),
    uses=(READABLE_RELATIONS,),
    makes=True,
)
def check_members(examination: Examination) -> Iterator[Finding]:
    """As a scenario's people do; each has an id of their own, which the relation accounts knows."""
    people = examination.target.people
    for table, request in (("people", people.request), ("sign_in", examination.target.sign_in.request)):
        if unfilled := examination.unfilled(table):
            yield wrong("members", f"{unfilled}: still the skeleton's CHANGE-ME", f"[{table}] of docs/targets.md")
            return
        require_reachable(examination, request)
    world = open_world(examination)
    if people.source == "pool":
        world.worker.leases.reserve(2, examination.target.deadlines.lease)
    try:
        host, guest = world.people.person("Ada"), world.people.person("Grace")
    except TargetUnavailable as error:
        if error.cause != "sign-in":
            raise
        answer = last_answer(examination)
        hint = f"{answer}; {error.hint}" if "[sign_in.csrf]" in error.hint else answer
        yield wrong("members", f"{examination.where('people')}: {error.message}", hint)
        return
    except Inconclusive as error:
        if error.cause != "room-not-at-rest":
            raise
        hint = f"{error.hint}; or `statuses` of [operations.my_room] lacks the gateway's own word for idle"
        yield wrong("members", f"{examination.where('people', 'pool')}: {error.message}", hint)
        return
    host.title = world.naming.title()
    fault = _wrong_accounts(examination, host, guest)
    if fault is not None:
        yield fault
        return
    examination.provide(MEMBERS, Members(host, guest))
    how = {"api": "made through the API", "sql": "made by SQL", "pool": "leased from the pool"}[people.source]
    yield ok("members", f"{how}: account {host.account_id}{', with a room' if host.room_id else ''}")


def _wrong_accounts(examination: Examination, host: Person, guest: Person) -> Finding | None:
    key = ("people", "request", "answer") if examination.target.people.request else ("people",)
    where = examination.where(*key)
    for person in (host, guest):
        if not person.account_id:
            hint = f'answer = {{ account = "user.id" }} says where in the answer it stands; {last_answer(examination)}'
            return wrong("members", f"{where}: an account without an id", hint)
    if host.account_id == guest.account_id:
        return wrong("members", f"{where}: two people have the same id {host.account_id!r}", last_answer(examination))
    database = examination.find(DATABASE)
    if database is not None and examination.has(READABLE_RELATIONS):
        known = database.snapshot([], [host.account_id]).all("accounts")
        if not known:
            detail = f"{where}: account {host.account_id!r} is not in the relation accounts"
            return wrong("members", detail, "account_id of relations.sql must be the id that `account` gives")
    return None
