"""What each capability needs in a target folder before it can be relied on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from greenroom.doctor.patient import Patient
from greenroom.targetfile.operations import OPERATIONS


@dataclass(frozen=True)
class Lack:
    """What is missing for a capability, and what to write."""

    what: str
    hint: str


Backing = Callable[[Patient], Iterator[Lack]]


def _operation(name: str) -> Backing:
    def lacks(patient: Patient) -> Iterator[Lack]:
        if name not in patient.target.operations:
            yield Lack(f"there is no operation {name!r}", f"[operations.{name}]: what {OPERATIONS[name].what}")

    return lacks


def _page(patient: Patient) -> Iterator[Lack]:
    if patient.target.web is None:
        yield Lack("there is no [web]", "the page described as selectors")


def _client_fallback(patient: Patient) -> Iterator[Lack]:
    yield from _page(patient)
    for name in ("reset", "end_fallback"):
        if name not in patient.target.page_requests and name not in patient.target.operations:
            hint = f"[page_requests] {name} = [{{ service = ..., method = ..., path = ... }}]"
            yield Lack(f"the page request {name!r} is not described", hint)


def _host_lookup(patient: Patient) -> Iterator[Lack]:
    yield from _page(patient)
    if "host_lookup" not in patient.target.page_requests:
        hint = "[page_requests] host_lookup = [{ service = ..., path = ... }]"
        yield Lack("the page request 'host_lookup' is not described", hint)


def _idempotency(patient: Patient) -> Iterator[Lack]:
    operation = patient.target.operations.get("go_live")
    parts = (operation.json_, operation.form, operation.headers, operation.query) if operation else ()
    if "{key}" not in str(parts):
        yield Lack("go_live sends no {key}", '[operations.go_live.json] idempotency_key = "{key}"')


def _conflict_notice(patient: Patient) -> Iterator[Lack]:
    yield from _page(patient)
    web = patient.target.web
    if web is not None and not (web.go_live.retrying or web.go_live.was_reset):
        hint = "the selector of what the page shows while it retries, or right after"
        yield Lack("[web.go_live] has neither `retrying` nor `was_reset`", hint)


def _self_reset(patient: Patient) -> Iterator[Lack]:
    yield from _operation("go_live")(patient)


def _first_room(patient: Patient) -> Iterator[Lack]:
    yield from _page(patient)
    if patient.target.people.source == "pool":
        yield Lack("people of a pool have rooms already", "take it out of capabilities")
    elif patient.host.account is not None and patient.host.account.room_id:
        yield Lack("people come with a room", "take it out of capabilities")


def _data_api(patient: Patient) -> Iterator[Lack]:
    tampering = [name for name, spec in OPERATIONS.items() if spec.capability == "data-api"]
    missing = [name for name in tampering if name not in patient.target.operations]
    if missing:
        hint = f"[operations.{missing[0]}]: what {OPERATIONS[missing[0]].what}"
        yield Lack(f"there is no operation {', '.join(map(repr, missing))}", hint)


def _console_log(patient: Patient) -> Iterator[Lack]:
    yield from _page(patient)
    yield from _lines(patient, "conflict_noticed", "reset_succeeded")
    if patient.target.can("client-fallback"):
        yield from _lines(patient, "fallback_succeeded")


def _gateway_log(patient: Patient) -> Iterator[Lack]:
    logs = patient.target.logs
    if not logs.gateway_file and not logs.gateway_command:
        yield Lack("[logs] says neither `gateway_file` nor `gateway_command`", "where the gateway's log can be read")
    yield from _lines(patient, "session_created", "listing_synced")


def _lines(patient: Patient, *keys: str) -> Iterator[Lack]:
    for key in keys:
        if not getattr(patient.target.logs, key):
            yield Lack(f"[logs] has no `{key}`", "the documented line, as a regular expression")


def _multi_tenant(patient: Patient) -> Iterator[Lack]:
    if patient.target.people.elsewhere is None:
        yield Lack(
            "nothing says how people of another tenant come to be", "[people.elsewhere]: a request that makes one"
        )


def _writable(patient: Patient) -> Iterator[Lack]:
    database = patient.target.database
    if database is None or database.access != "write":
        yield Lack("the database may not be written to", '[database] access = "write"')


def _migration(patient: Patient) -> Iterator[Lack]:
    migration = patient.target.migration
    yield from _writable(patient)
    if migration is None:
        yield Lack("there is no [migration]", "its `file`, and the `template` that is cloned for it")
        return
    if not (patient.target.folder / migration.file).is_file():
        hint = f"{patient.where('migration', 'file')}: relative to the target's folder"
        yield Lack(f"there is no file {migration.file!r}", hint)


def _database_faults(patient: Patient) -> Iterator[Lack]:
    yield from _writable(patient)
    database = patient.target.database
    if database is not None and not database.write_faults:
        hint = '[database.write_faults] rooms = { table = "...", room = "..." }, and so on'
        yield Lack("[database.write_faults] names no table", hint)


def _restart(patient: Patient) -> Iterator[Lack]:
    launch = patient.target.launch
    if launch is None:
        yield Lack("the target is not launched by the harness", "[launch] command and controls")
    elif "restart-gateway" not in launch.controls:
        yield Lack("[launch] has no control 'restart-gateway'", 'controls = { restart-gateway = "..." }')


BACKING: dict[str, Backing] = {
    "client-fallback": _client_fallback,
    "scheduling": _operation("schedule"),
    "lobby": _operation("open_doors"),
    "cancelling": _operation("cancel"),
    "idempotency": _idempotency,
    "host-presence": _operation("host_present"),
    "self-reset": _self_reset,
    "conflict-notice": _conflict_notice,
    "first-room": _first_room,
    "public-listing": _page,
    "host-lookup": _host_lookup,
    "data-api": _data_api,
    "console-log": _console_log,
    "gateway-log": _gateway_log,
    "multi-tenant": _multi_tenant,
    "migration": _migration,
    "database-faults": _database_faults,
    "restart": _restart,
}
