"""People come to be and prove who they are: members, those of another tenant, all accounts of a pool."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.core.errors import GreenroomError, Inconclusive, TargetUnavailable
from greenroom.doctor.finding import Finding, not_declared, ok, wrong
from greenroom.doctor.patient import NotReached, Patient
from greenroom.drivers.account import Account
from greenroom.isolation.ledger import Ledger
from greenroom.people.accounts import Accounts
from greenroom.people.leases import Leases
from greenroom.people.person import Person
from greenroom.scenario.worker import Worker
from greenroom.scenario.world import World
from greenroom.targetfile.model import Request

_SEED = 1


def members(patient: Patient) -> Iterator[Finding]:
    """Two members come to be, as a scenario's people do. Gives `people`."""
    people = patient.target.people
    for table, request in (("people", people.request), ("sign_in", patient.target.sign_in.request)):
        if blank := patient.blank(table):
            yield wrong("members", f"{blank}: still the skeleton's CHANGE-ME", f"[{table}] of docs/targets.md")
            return
        _require(patient, request)
    patient.world = _stage(patient)
    patient.things.add("world")
    if people.source == "pool":
        patient.worker.leases.reserve(2, patient.target.deadlines.lease)
    try:
        host, guest = patient.world.people.person("Ada"), patient.world.people.person("Grace")
    except TargetUnavailable as error:
        if error.cause != "sign-in":
            raise
        yield wrong("members", f"{patient.where('people')}: {error.message}", _said(patient))
        return
    except Inconclusive as error:
        if error.cause != "room-not-at-rest":
            raise
        hint = f"{error.hint}; or `statuses` of [operations.my_room] lacks the gateway's own word for idle"
        yield wrong("members", f"{patient.where('people', 'pool')}: {error.message}", hint)
        return
    patient.host, patient.guest = host, guest
    host.title = patient.world.naming.title()
    fault = _fault(patient, host, guest)
    if fault is not None:
        yield fault
        return
    patient.things.add("people")
    how = {"api": "made through the API", "sql": "made by SQL", "pool": "leased from the pool"}[people.source]
    yield ok("members", f"{how}: account {host.account_id}{', with a room' if host.room_id else ''}")


def sign_in(patient: Patient) -> Iterator[Finding]:
    """Somebody who exists signs in again, and stays who they are."""
    account = patient.host.account
    assert account is not None
    scheme = patient.target.sign_in.scheme
    try:
        again = patient.worker.accounts.sign_in(account, patient.evidence)
    except TargetUnavailable as error:
        if error.cause != "sign-in":
            raise
        yield wrong("sign-in", f"{patient.where('sign_in')}: {error.message}", _said(patient))
        return
    if again.account_id != account.account_id:
        detail = f"{patient.where('sign_in', 'request', 'answer')}: signed in as {again.account_id!r}"
        yield wrong("sign-in", detail, f"`account` must be the id that making it gave: {account.account_id}")
        return
    if any("{token}" in value for value in patient.target.sign_in.headers.values()) and not again.token:
        where = patient.where("sign_in", "request", "answer")
        hint = 'in the answer to the sign-in: answer = { token = "access_token" }; headers = {} where cookies do it'
        yield wrong("sign-in", f"{where}: [sign_in] headers hold {{token}}, and there is none", hint)
        return
    if patient.target.sign_in.cookies and not again.cookies:
        where = patient.where("sign_in", "cookies")
        yield wrong("sign-in", f"{where}: cookies = true, and the sign-in set none", "does it set them on success?")
        return
    yield ok("sign-in", scheme)


def elsewhere(patient: Patient) -> Iterator[Finding]:
    """Somebody of another tenant comes to be."""
    request = patient.target.people.elsewhere
    if request is None:
        yield not_declared("another tenant", "no [people.elsewhere]")
        return
    _require(patient, request)
    try:
        person = patient.world.people.newcomer_elsewhere("Zoe")
    except TargetUnavailable as error:
        if error.cause != "sign-in":
            raise
        yield wrong("another tenant", f"{patient.where('people', 'elsewhere')}: {error.message}", _said(patient))
        return
    patient.observed["multi-tenant"] = True
    yield ok("another tenant", f"account {person.account_id}")


def pool(patient: Patient) -> Iterator[Finding]:
    """Every account of the pool signs in, also those that a run has leased."""
    target = patient.target
    if target.people.source != "pool":
        return
    wrongs = 0
    for number, given in enumerate(target.people.pool):
        account = Account(given.account_id, given.name or given.email, given.email, given.password, given.token)
        try:
            patient.worker.accounts.sign_in(account, patient.evidence)
        except (TargetUnavailable, GreenroomError) as error:
            wrongs += 1
            where = patient.where("people", "pool", number)
            yield wrong("pool", f"{where}: account {number + 1}: {error}".splitlines()[0], _said(patient))
    if len(target.people.pool) < 3:
        hint = "scenarios have up to five people at once: host, guest, a stranger, two more hosts"
        yield wrong(
            "pool", f"{patient.where('people', 'pool', 0)}: {len(target.people.pool)} accounts are too few", hint
        )
    elif not wrongs:
        yield ok("pool", f"{len(target.people.pool)} accounts, all sign in")


def _stage(patient: Patient) -> World:
    target, database = patient.target, patient.database
    patient.worker = Worker(
        target=target,
        launched=patient.launched,
        http=patient.http,
        database=database,
        accounts=Accounts(target, patient.http, database),
        browsers=patient.browsers,
        redactor=patient.redactor,
        ledger=Ledger.begin(patient.home / "ledger", target.name, patient.run, "doctor"),
        leases=Leases(target.name, target.people.pool, database, patient.home / "leases"),
        run=patient.run,
        seed=_SEED,
    )
    return World(patient.worker, patient.evidence, patient.mark, _SEED, [])


def _require(patient: Patient, request: Request | None) -> None:
    if request is not None:
        patient.require_service(request.service)
    elif patient.target.people.source == "sql" and patient.database is None:
        raise NotReached("needs the database")


def _fault(patient: Patient, host: Person, guest: Person) -> Finding | None:
    where = patient.where("people", "request", "answer") if patient.target.people.request else patient.where("people")
    for person in (host, guest):
        if not person.account_id:
            hint = f'answer = {{ account = "user.id" }} says where in the answer it stands; {_said(patient)}'
            return wrong("members", f"{where}: an account without an id", hint)
    if host.account_id == guest.account_id:
        return wrong("members", f"{where}: two people have the same id {host.account_id!r}", _said(patient))
    if "the relations" in patient.things and patient.database is not None:
        known = patient.database.snapshot([], [host.account_id]).all("accounts")
        if not known:
            detail = f"{where}: account {host.account_id!r} is not in the relation accounts"
            return wrong("members", detail, "account_id of relations.sql must be the id that `account` gives")
    return None


def _said(patient: Patient) -> str:
    """What the target last answered, for the hint."""
    exchanges = patient.evidence.current.exchanges
    if not exchanges:
        return ""
    last = exchanges[-1]
    body = " ".join(last.response_body.split())[:160]
    return f"{last.method} {last.url} answered {last.status or last.error}: {body or '(nothing)'}"
