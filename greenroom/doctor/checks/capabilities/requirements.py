"""What each capability needs in a target folder before it can be relied on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from greenroom.core.placeholders import holes
from greenroom.doctor.examination import Examination
from greenroom.doctor.prerequisites import DATABASE
from greenroom.targetfile.operations import LISTING_WRITES, OPERATIONS, WRITES_TO_TABLES


@dataclass(frozen=True)
class Missing:
    """Something that a capability needs and the file does not say, and what to write."""

    what: str
    hint: str


Requirement = Callable[[Examination], Iterator[Missing]]


def _operation(name: str) -> Requirement:
    def requirement(examination: Examination) -> Iterator[Missing]:
        if name not in examination.target.operations:
            yield Missing(f"there is no operation {name!r}", f"[operations.{name}]: what {OPERATIONS[name].what}")

    return requirement


def _page(examination: Examination) -> Iterator[Missing]:
    if examination.target.web is None:
        yield Missing("there is no [web]", "the page described as selectors")


def _client_fallback(examination: Examination) -> Iterator[Missing]:
    yield from _page(examination)
    yield from _page_requests(examination, "reset", "end_fallback")


def _page_reset(examination: Examination) -> Iterator[Missing]:
    yield from _page(examination)
    yield from _page_requests(examination, "reset")


def _room_fallback(examination: Examination) -> Iterator[Missing]:
    yield from _page(examination)
    yield from _page_requests(examination, "my_room")


def _page_requests(examination: Examination, *names: str) -> Iterator[Missing]:
    for name in names:
        if name not in examination.target.page_requests and name not in examination.target.operations:
            hint = f"[page_requests] {name} = [{{ service = ..., method = ..., path = ... }}]"
            yield Missing(f"the page request {name!r} is not described", hint)


def _host_lookup(examination: Examination) -> Iterator[Missing]:
    yield from _page(examination)
    if "host_lookup" not in examination.target.page_requests:
        hint = "[page_requests] host_lookup = [{ service = ..., path = ... }]"
        yield Missing("the page request 'host_lookup' is not described", hint)


def _go_live_sends(placeholder: str, key: str, instead: str = "") -> Requirement:
    def requirement(examination: Examination) -> Iterator[Missing]:
        operation = examination.target.operations.get("go_live")
        parts = (operation.json_, operation.form, operation.headers, operation.query) if operation else ()
        if not {placeholder, instead} & holes(parts):
            hint = f'[operations.go_live.json] {key} = "{{{placeholder}}}"'
            yield Missing(f"go_live sends no {{{placeholder}}}" + (f" and no {{{instead}}}" if instead else ""), hint)

    return requirement


def _conflict_notice(examination: Examination) -> Iterator[Missing]:
    yield from _page(examination)
    web = examination.target.web
    if web is not None and not (web.go_live.retrying or web.go_live.was_reset):
        hint = "the selector of what the page shows while it retries, or right after"
        yield Missing("[web.go_live] has neither `retrying` nor `was_reset`", hint)


def _self_reset(examination: Examination) -> Iterator[Missing]:
    yield from _operation("go_live")(examination)


def _host_presence(examination: Examination) -> Iterator[Missing]:
    said = examination.target.presence.flag
    if said == []:
        yield Missing("[presence] flag is empty", "say there who announces the host")
    if said is None or "call" in said:
        for missing in _operation("host_present")(examination):
            yield Missing(missing.what, f"{missing.hint}; or [presence] flag, if something else announces the host")


def _first_room(examination: Examination) -> Iterator[Missing]:
    yield from _page(examination)
    if examination.target.people.source == "pool":
        yield Missing("people of a pool have rooms already", "take it out of capabilities")
    elif examination.host.account is not None and examination.host.account.room_id:
        yield Missing("people come with a room", "take it out of capabilities")


def _data_api(examination: Examination) -> Iterator[Missing]:
    unwritten = LISTING_WRITES if examination.target.states.entries_follow else frozenset()
    tampering = [name for name in WRITES_TO_TABLES if name not in unwritten]
    missing = [name for name in tampering if name not in examination.target.operations]
    if missing:
        hint = f"[operations.{missing[0]}]: what {OPERATIONS[missing[0]].what}"
        yield Missing(f"there is no operation {', '.join(map(repr, missing))}", hint)


def _console_log(examination: Examination) -> Iterator[Missing]:
    yield from _page(examination)
    yield from _lines(examination, "conflict_noticed", "reset_succeeded")
    if examination.target.can("client-fallback"):
        yield from _lines(examination, "fallback_succeeded")


def _gateway_log(examination: Examination) -> Iterator[Missing]:
    logs = examination.target.logs
    if not logs.gateway_file and not logs.gateway_command:
        yield Missing("[logs] says neither `gateway_file` nor `gateway_command`", "where the gateway's log can be read")
    known = len(examination.target.lines_of_going_live)
    yield from _lines(examination, *("session_created", "listing_synced")[:known])


def _lines(examination: Examination, *keys: str) -> Iterator[Missing]:
    for key in keys:
        if not getattr(examination.target.logs, key):
            yield Missing(f"[logs] has no `{key}`", "the documented line, as a regular expression")


def _multi_tenant(examination: Examination) -> Iterator[Missing]:
    database = examination.find(DATABASE)
    by_sql = database is not None and database.can_arrange("make_account_elsewhere")
    if examination.target.people.elsewhere is None and not by_sql:
        hint = "[people.elsewhere]: a request that makes one; or the arrangement make_account_elsewhere"
        yield Missing("nothing says how people of another tenant come to be", hint)


def _admission(examination: Examination) -> Iterator[Missing]:
    for operation in ("open_doors", "admit", "reject"):
        yield from _operation(operation)(examination)


def _writable(examination: Examination) -> Iterator[Missing]:
    database = examination.target.database
    if database is None or database.access != "write":
        yield Missing("the database may not be written to", '[database] access = "write"')


def _migration(examination: Examination) -> Iterator[Missing]:
    migration = examination.target.migration
    yield from _writable(examination)
    if migration is None:
        yield Missing("there is no [migration]", "its `file`, and the `template` that is cloned for it")
        return
    if not (examination.target.folder / migration.file).is_file():
        hint = f"{examination.where('migration', 'file')}: relative to the target's folder"
        yield Missing(f"there is no file {migration.file!r}", hint)


def _database_faults(examination: Examination) -> Iterator[Missing]:
    yield from _writable(examination)
    database = examination.target.database
    if database is not None and not database.write_faults:
        hint = '[database.write_faults] rooms = { table = "...", room = "..." }, and so on'
        yield Missing("[database.write_faults] names no table", hint)


def _listing_transaction(examination: Examination) -> Iterator[Missing]:
    yield from _database_faults(examination)
    if examination.target.write_fault("listing") is None:
        hint = '[database.write_faults] listing = { table = "...", room = "..." }'
        yield Missing("[database.write_faults] names no table of the listing", hint)


def _restart(examination: Examination) -> Iterator[Missing]:
    launch = examination.target.launch
    if launch is None:
        yield Missing("the target is not launched by the harness", "[launch] command and controls")
    elif "restart-gateway" not in launch.controls:
        yield Missing("[launch] has no control 'restart-gateway'", 'controls = { restart-gateway = "..." }')


_REQUIREMENTS: dict[str, Requirement] = {
    "client-fallback": _client_fallback,
    "end-fallback": _page,
    "page-reset": _page_reset,
    "room-fallback": _room_fallback,
    "scheduling": _operation("schedule"),
    "lobby": _operation("open_doors"),
    "cancelling": _operation("cancel"),
    "idempotency": _go_live_sends("key", "idempotency_key"),
    "planned-end": _go_live_sends("ends_at", "ends_at", "lasts"),
    "opens-by-itself": _operation("schedule"),
    "capacity": _go_live_sends("capacity", "max_participants"),
    "banning": _operation("ban"),
    "admission": _admission,
    "private-sessions": _operation("go_live_privately"),
    "viewer-updates": _page,
    "phones": _page,
    "keyboard": _page,
    "wrong-clocks": _page,
    "sign-in-renewal": _page,
    "host-presence": _host_presence,
    "self-reset": _self_reset,
    "conflict-notice": _conflict_notice,
    "first-room": _first_room,
    "public-listing": _page,
    "host-lookup": _host_lookup,
    "reset": _operation("reset"),
    "data-api": _data_api,
    "console-log": _console_log,
    "gateway-log": _gateway_log,
    "multi-tenant": _multi_tenant,
    "migration": _migration,
    "database-faults": _database_faults,
    "listing-transaction": _listing_transaction,
    "restart": _restart,
}


def missing_for(capability: str, examination: Examination) -> Missing | None:
    """The first thing that is missing in the target's folder before the capability can be relied on; None when nothing
    is, or when it needs nothing there."""
    requirement = _REQUIREMENTS.get(capability)
    return next(requirement(examination), None) if requirement is not None else None
