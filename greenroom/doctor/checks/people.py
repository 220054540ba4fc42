"""People come to be and prove who they are: members, those of another tenant, all accounts of a pool."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from greenroom.core.errors import GreenroomError, Inconclusive, TargetUnavailable
from greenroom.doctor.check import Subject, doctor_check
from greenroom.doctor.examination import Examination, NotReached
from greenroom.doctor.finding import Finding, not_declared, ok, wrong
from greenroom.doctor.prerequisites import DATABASE, MEMBERS, READABLE_RELATIONS, RUNNING_TARGET, WORLD, Members
from greenroom.drivers.account import Account
from greenroom.isolation.ledger import Ledger
from greenroom.people.accounts import Accounts
from greenroom.people.leases import Leases
from greenroom.people.person import Person
from greenroom.scenario.worker import Worker
from greenroom.scenario.world import World
from greenroom.targetfile.model import Request

_SEED = 1


@doctor_check(
    Subject.PEOPLE,
    "members",
    needs=(RUNNING_TARGET,),
    provides=(WORLD, MEMBERS),
    uses=(READABLE_RELATIONS,),
    makes=True,
)
def check_members(examination: Examination) -> Iterator[Finding]:
    """Two members come to be, as a scenario's people do."""
    people = examination.target.people
    for table, request in (("people", people.request), ("sign_in", examination.target.sign_in.request)):
        if unfilled := examination.unfilled(table):
            yield wrong("members", f"{unfilled}: still the skeleton's CHANGE-ME", f"[{table}] of docs/targets.md")
            return
        _require_service(examination, request)
    world = _open_world(examination)
    if people.source == "pool":
        world.worker.leases.reserve(2, examination.target.deadlines.lease)
    try:
        host, guest = world.people.person("Ada"), world.people.person("Grace")
    except TargetUnavailable as error:
        if error.cause != "sign-in":
            raise
        yield wrong("members", f"{examination.where('people')}: {error.message}", _last_answer(examination))
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


@doctor_check(Subject.PEOPLE, "sign-in", needs=(MEMBERS,))
def check_sign_in(examination: Examination) -> Iterator[Finding]:
    """Somebody who exists signs in again, and stays who they are."""
    account = examination.host.account
    assert account is not None
    scheme = examination.target.sign_in.scheme
    try:
        again = examination.world.worker.accounts.sign_in(account, examination.evidence)
    except TargetUnavailable as error:
        if error.cause != "sign-in":
            raise
        yield wrong("sign-in", f"{examination.where('sign_in')}: {error.message}", _last_answer(examination))
        return
    if again.account_id != account.account_id:
        detail = f"{examination.where('sign_in', 'request', 'answer')}: signed in as {again.account_id!r}"
        yield wrong("sign-in", detail, f"`account` must be the id that making it gave: {account.account_id}")
        return
    if any("{token}" in value for value in examination.target.sign_in.headers.values()) and not again.token:
        where = examination.where("sign_in", "request", "answer")
        hint = 'in the answer to the sign-in: answer = { token = "access_token" }; headers = {} where cookies do it'
        yield wrong("sign-in", f"{where}: [sign_in] headers hold {{token}}, and there is none", hint)
        return
    if examination.target.sign_in.cookies and not again.cookies:
        where = examination.where("sign_in", "cookies")
        yield wrong("sign-in", f"{where}: cookies = true, and the sign-in set none", "does it set them on success?")
        return
    yield ok("sign-in", scheme)


@doctor_check(Subject.PEOPLE, "another tenant", needs=(MEMBERS,), makes=True)
def check_another_tenant(examination: Examination) -> Iterator[Finding]:
    """Somebody of another tenant comes to be."""
    request = examination.target.people.elsewhere
    if request is None:
        yield not_declared("another tenant", "no [people.elsewhere]")
        return
    _require_service(examination, request)
    try:
        person = examination.world.people.newcomer_elsewhere("Zoe")
    except TargetUnavailable as error:
        if error.cause != "sign-in":
            raise
        yield wrong(
            "another tenant", f"{examination.where('people', 'elsewhere')}: {error.message}", _last_answer(examination)
        )
        return
    examination.observed["multi-tenant"] = True
    yield ok("another tenant", f"account {person.account_id}")


@doctor_check(Subject.PEOPLE, "pool", needs=(MEMBERS,))
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
            yield wrong("pool", f"{where}: account {number + 1}: {error}".splitlines()[0], _last_answer(examination))
    if len(target.people.pool) < 3:
        hint = "scenarios have up to five people at once: host, guest, a stranger, two more hosts"
        yield wrong(
            "pool", f"{examination.where('people', 'pool', 0)}: {len(target.people.pool)} accounts are too few", hint
        )
    elif not faults:
        yield ok("pool", f"{len(target.people.pool)} accounts, all sign in")


def _open_world(examination: Examination) -> World:
    """A world as scenarios have it, over what the examination has started."""
    running, database = examination.get(RUNNING_TARGET), examination.find(DATABASE)
    target = running.target
    ledger = Ledger.begin(examination.home / "ledger", target.name, examination.run, "doctor")
    examination.on_close(ledger.close)
    worker = Worker(
        target=target,
        launched=running.launched,
        http=running.http,
        database=database,
        accounts=Accounts(target, running.http, database),
        browsers=running.browsers,
        redactor=examination.redactor,
        ledger=ledger,
        leases=Leases(target.name, target.people.pool, database, examination.home / "leases"),
        run=examination.run,
        seed=_SEED,
    )
    world = World(worker, examination.evidence, examination.mark, _SEED, [])
    examination.on_close(lambda: _close_world(examination))
    examination.provide(WORLD, world)
    return world


def _close_world(examination: Examination) -> None:
    """Remove what was made, unless the clean-up check did. What can't be removed is in the ledger, for the sweep."""
    world = examination.take(WORLD)
    if world is not None:
        with contextlib.suppress(Exception):
            world.close()


def _require_service(examination: Examination, request: Request | None) -> None:
    if request is not None:
        examination.require_service(request.service)
    elif examination.target.people.source == "sql" and not examination.has(DATABASE):
        raise NotReached("needs the database")


def _wrong_accounts(examination: Examination, host: Person, guest: Person) -> Finding | None:
    where = (
        examination.where("people", "request", "answer")
        if examination.target.people.request
        else examination.where("people")
    )
    for person in (host, guest):
        if not person.account_id:
            hint = f'answer = {{ account = "user.id" }} says where in the answer it stands; {_last_answer(examination)}'
            return wrong("members", f"{where}: an account without an id", hint)
    if host.account_id == guest.account_id:
        return wrong("members", f"{where}: two people have the same id {host.account_id!r}", _last_answer(examination))
    database = examination.find(DATABASE)
    if database is not None and examination.has(READABLE_RELATIONS):
        known = database.snapshot([], [host.account_id]).all("accounts")
        if not known:
            detail = f"{where}: account {host.account_id!r} is not in the relation accounts"
            return wrong("members", detail, "account_id of relations.sql must be the id that `account` gives")
    return None


def _last_answer(examination: Examination) -> str:
    """What the target last answered, for the hint."""
    exchanges = examination.evidence.current.exchanges
    if not exchanges:
        return ""
    last = exchanges[-1]
    body = " ".join(last.response_body.split())[:160]
    return f"{last.method} {last.url} answered {last.status or last.error}: {body or '(nothing)'}"
