"""What can be told to be wrong with a target file by reading it alone, beyond names and types of its keys."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import jmespath
from jmespath.exceptions import JMESPathError

from greenroom.core.placeholders import holes
from greenroom.relations.canonical import LISTING_STATUSES, ROOM_STATUSES
from greenroom.targetfile.capabilities import CAPABILITIES, DESTRUCTIVE
from greenroom.targetfile.csrf import problems_of_csrf
from greenroom.targetfile.ids import problems_of_ids
from greenroom.targetfile.model import REGULAR_EXPRESSION, Operation, Request, Target
from greenroom.targetfile.operations import NULL, OPERATIONS, PAGE_REQUESTS, PERSON, REQUEST_ID, SEEN
from greenroom.targetfile.page_requests import problems_of_page_request
from greenroom.targetfile.part import TargetPart
from greenroom.targetfile.patterns import patterns_of_answers
from greenroom.targetfile.pool import problems_of_pool
from greenroom.targetfile.web import READY_WITHOUT_MARK, FlowStep

Path = tuple[str | int, ...]

_MADE = frozenset({"name", "slug", "mark", "email", "password", "csrf"})
_ADDRESS_HINT = 'an address such as "https://gateway.example.org/api/v1/live"'


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, by its place in the document."""

    path: Path
    message: str
    hint: str = ""


def problems(target: Target) -> Iterator[Problem]:
    """Everything that is wrong with a target as read. References that only a launch fills are left alone."""
    yield from _capabilities(target)
    yield from _addresses(target)
    yield from (Problem(*one) for one in (*problems_of_ids(target), *problems_of_pool(target)))
    for key, message, hint in target.protection.problems(target.addresses, target.sign_in.headers, target.folder):
        yield Problem(("protection", key) if key else ("protection",), message, hint)
    yield from _people(target)
    for path, request, known in _requests(target):
        yield from _request(path, request, known, target)
    yield from _statuses(target)
    yield from _states(target)
    yield from _presence(target)
    yield from _expression(("error_code",), target.error_code)
    if target.refused_when:
        yield from _expression(("refused_when",), target.refused_when)
    yield from _page(target)
    yield from _patterns(target)
    if target.limits.go_live and not target.limits.window:
        yield Problem(
            ("limits",), "[limits] go_live needs `window`", "the limiter's window in seconds, for example 900"
        )


def missing_answers(target: Target) -> Iterator[Problem]:
    """Words that steps look for in the answers of operations, and that the target file does not say where to find.

    Such a file can be read, and the doctor lists every one; a run of it would fail in the middle.
    """
    for name, operation in target.operations.items():
        spec = OPERATIONS.get(name)
        shown = {"session"} if target.database is not None and target.database.dsn else set()  # by the relation rooms
        for word in spec.answers if spec else ():
            if word not in operation.told | shown:
                hint = f'answer = {{ {word} = "..." }}, with the JMESPath of the {word}\'s id there; or `location`'
                yield Problem(("operations", name), f"[operations.{name}] needs `answer.{word}`", hint)


def _capabilities(target: Target) -> Iterator[Problem]:
    for number, name in enumerate(target.capabilities):
        path = ("capabilities", number)
        if name not in CAPABILITIES:
            yield Problem(path, f"unknown capability {name!r}", suggest(name, CAPABILITIES, "known: "))
        elif name in DESTRUCTIVE and target.environment != "disposable":
            message = f"the capability {name!r} destroys, and this target is {target.environment}"
            yield Problem(path, message, 'declare it on targets with environment = "disposable" only')
    if target.can("migration") and target.migration is not None and not target.migration.template:
        hint = "the database that scratch databases are cloned from; or leave the capability migration out"
        yield Problem(("migration",), "[migration] needs `template` for scenarios", hint)


def _addresses(target: Target) -> Iterator[Problem]:
    for name, address in target.addresses.items():
        if "${" not in address and not _is_address(address):
            yield Problem(("addresses", name), f"[addresses] `{name}` is no http or https address", _ADDRESS_HINT)
    if target.web is not None and "web" not in target.addresses:
        yield Problem(("web",), "[web] is described, but `web` has no address", "add web = ... to [addresses]")


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # brackets around what is no IPv6 address, a port that is no number
        return False


def _people(target: Target) -> Iterator[Problem]:
    people = target.people
    if people.source == "api" and people.request is None:
        yield Problem(("people",), '[people] source "api" needs `request`', "[people.request]: what makes an account")
    if people.source == "sql" and (target.database is None or target.database.access != "write"):
        message = '[people] source "sql" needs a [database] with access = "write"'
        yield Problem(("people",), message, "or make people by the API, or list them in [[people.pool]]")
    if people.source == "pool" and not people.pool:
        yield Problem(("people",), '[people] source "pool" needs [[people.pool]]', "list at least three accounts")
    if target.sign_in.scheme in ("password-grant", "form-post") and target.sign_in.request is None:
        message = f'[sign_in] scheme "{target.sign_in.scheme}" needs `request`'
        hint = '[sign_in.request]: what signs a person in; or another scheme, such as "none"'
        yield Problem(("sign_in",), message, hint)
    if target.sign_in.scheme == "minted-jwt" and not target.sign_in.key:
        yield Problem(("sign_in",), '[sign_in] scheme "minted-jwt" needs `key`', "the secret or PEM that signs tokens")
    if target.sign_in.renewal is not None and not target.sign_in.renew_after:
        message = "[sign_in] `renewal` needs `renew_after`"
        hint = "seconds after which a proof is renewed, well before it is over"
        yield Problem(("sign_in", "renewal"), message, hint)
    sent = ((path, request) for path, request, _ in _requests(target))
    yield from (Problem(*one) for one in problems_of_csrf(target, sent))
    for name in ("email", "elsewhere_email"):
        yield from _holes(("people", name), getattr(people, name), {"slug", "mark"}, always=True)
    yield from _holes(("sign_in", "headers"), target.sign_in.headers, PERSON, always=True)
    yield from _holes(("sign_in", "claims"), target.sign_in.claims, PERSON | {"now", "expires"})
    yield from _holes(("browser_sign_in", "value"), target.browser_sign_in.value, PERSON)
    yield from _flow(("browser_sign_in", "flow"), target.browser_sign_in.flow, PERSON)
    yield from _flow(("browser_sign_in", "sign_in"), target.browser_sign_in.sign_in, PERSON)
    yield from _flow(("browser_sign_in", "sign_out"), target.browser_sign_in.sign_out, ())


def _requests(target: Target) -> Iterator[tuple[Path, Request, Collection[str]]]:
    if target.probe is not None:
        yield ("probe",), target.probe, ()
    for name in ("request", "elsewhere"):
        request = getattr(target.people, name)
        if request is not None:
            yield ("people", name), request, _MADE
    if target.sign_in.request is not None:
        start = target.sign_in.start
        yield ("sign_in", "request"), target.sign_in.request, PERSON | ((start.told if start else set()) & {"started"})
    if target.sign_in.start is not None:
        yield ("sign_in", "start"), target.sign_in.start, PERSON
    if target.sign_in.csrf is not None:
        yield ("sign_in", "csrf", "request"), target.sign_in.csrf.request, ()
    if target.sign_in.renewal is not None:
        yield ("sign_in", "renewal"), target.sign_in.renewal, PERSON | {"refresh"}
    for name, operation in target.operations.items():
        spec = OPERATIONS.get(name)
        if spec is not None:
            yield ("operations", name), operation, spec.placeholders


def _request(path: Path, request: Request, known: Collection[str], target: Target) -> Iterator[Problem]:
    if request.service not in target.addresses:
        message = f"{_dotted(path)} names the service {request.service!r}, which has no address"
        yield Problem(path, message, f"addresses are given for: {', '.join(sorted(target.addresses)) or 'none'}")
    if request.form is not None and request.json_ is not None:
        yield Problem(path, f"{_dotted(path)} has both `json` and `form`", "a request has one body")
    known = {*known, REQUEST_ID}
    always = {"path": request.path, "headers": request.headers}
    for key, value in (always | {"query": request.query, "json": request.json_, "form": request.form}).items():
        yield from _holes((*path, key), value, known | ({NULL} if key == "json" else set()), always=key in always)
    for word, expression in request.answer.items():
        yield from _expression((*path, "answer", word), expression)
    if request.until:
        yield from _expression((*path, "until"), request.until)
    if isinstance(request, Operation):
        yield from _refusals(path, request)


def _refusals(path: Path, operation: Operation) -> Iterator[Problem]:
    for name, refusal in operation.refusals.items():
        place = (*path, "refusals", name)
        if refusal.when:
            yield from _expression((*place, "when"), refusal.when)
        if refusal.status in operation.success and not refusal.tells_from_success:
            message = f"{_dotted(place)} has the status {refusal.status}, which means success as well"
            hint = "what tells them apart: `code`, `when`, `location` or `text`"
            yield Problem(place, message, hint)


def _statuses(target: Target) -> Iterator[Problem]:
    for name, operation in target.operations.items():
        known = LISTING_STATUSES if name == "listing" else ROOM_STATUSES
        for word, status in operation.statuses.items():
            if status not in known:
                message = f"[operations.{name}.statuses] {word!r} stands for {status!r}, which is no status"
                yield Problem(("operations", name, "statuses", word), message, suggest(status, known, "known: "))


_NEEDED = {"rooms": ("idle", "live"), "sessions": ("live", "ended")}
_BEGINS_AS = {"scheduling": "scheduled", "lobby": "lobby"}


def _states(target: Target) -> Iterator[Problem]:
    for name, needed in _NEEDED.items():
        said = getattr(target.states, name)
        for status in needed:
            if status not in said:
                message = f"[states] {name} lacks {status!r}, without which nobody goes live or ends"
                yield Problem(("states", name), message, f"{name} of every target can be {' and '.join(needed)}")
    for capability, status in _BEGINS_AS.items():
        if target.can(capability) and status not in target.states.sessions:
            message = f"[states] sessions lacks {status!r}, which the capability {capability!r} needs"
            yield Problem(("states", "sessions"), message, f"add it, or take {capability!r} out of capabilities")
    if target.states.entries_follow:
        yield from _derived(target)
    over = next((status for status in target.states.rooms if status in ("ended", "cancelled")), None)
    if target.states.rooms_follow and over is not None:
        message = f"[states] status is derived, and rooms can be {over!r}, which no open session is"
        yield Problem(
            ("states", "rooms"),
            message,
            f'take {over!r} out of rooms; or status = "pointed", where they point to one that is over',
        )


def _derived(target: Target) -> Iterator[Problem]:
    hint = 'listing = "kept" in [states] where entries are rows that are written'
    if target.write_fault("listing") is not None:
        message = "[database.write_faults] listing: [states] says that nothing is ever written to it"
        yield Problem(("database", "write_faults", "listing"), message, hint)
    if target.can("listing-transaction"):
        message = "the capability 'listing-transaction' is declared, and [states] says that no entry is ever written"
        yield Problem(("capabilities",), message, hint)


def _presence(target: Target) -> Iterator[Problem]:
    flag = target.presence.flag
    if flag is not None and bool(flag) != target.can("host-presence"):
        said = f"says {', '.join(flag)}" if flag else "is empty"
        message = f"[presence] flag {said}, and the capability 'host-presence' is {'not ' if flag else ''}declared"
        yield Problem(
            ("presence", "flag"), message, "the capability says that a room tells whether its host is present"
        )
    for name in ("flag", "inside"):
        if "call" in (getattr(target.presence, name) or ()) and "host_present" not in target.operations:
            message = f"[presence] {name} says call, and there is no operation 'host_present'"
            yield Problem(
                ("presence", name), message, f"[operations.host_present]: what {OPERATIONS['host_present'].what}"
            )


def _page(target: Target) -> Iterator[Problem]:
    web = target.web
    if web is None:
        return
    for name, part in (("listing", web.listing), ("go_live", web.go_live), ("viewer", web.viewer)):
        for key, value in part:
            path = ("web", name, key)
            if key == "service" or (name == "listing" and key in ("path", "ready")):
                yield from _holes(path, value, ())
            elif isinstance(value, str):
                yield from _holes(path, value, SEEN)
            elif isinstance(value, list):
                yield from _flow(path, value, SEEN)
    for name, page in (("listing", web.listing), ("viewer", web.viewer)):
        if page.service not in target.addresses:
            message = f"[web.{name}] names the service {page.service!r}, which has no address"
            yield Problem(("web", name, "service"), message, "[addresses] says where services are")
    if web.viewer.ready in READY_WITHOUT_MARK and not web.viewer.opened:
        message = f"[web.viewer] `ready` is {web.viewer.ready!r}, so nothing shows that the viewer has opened"
        yield Problem(("web", "viewer", "ready"), message, "add `opened`: a selector that is there only in the viewer")
    known = {*PAGE_REQUESTS, *OPERATIONS}
    for name, requests in target.page_requests.items():
        if name not in known and difflib.get_close_matches(name, known, n=1):  # others may be a user's own steps'
            message = f"[page_requests] {name!r} is no page request that anybody asks for"
            yield Problem(("page_requests", name), message, suggest(name, known, "known: "))
        for number, request in enumerate(requests):
            found = problems_of_page_request(name, number, request, target.addresses)
            yield from (Problem(*one) for one in found)


def _patterns(target: Target) -> Iterator[Problem]:
    yield from (wrong for pattern in patterns_of_answers(target) for wrong in _pattern(*pattern))
    yield from pattern_problems(target)


def pattern_problems(target: Target | TargetPart) -> Iterator[Problem]:
    """Keys of tables that have to be a regular expression and are none."""
    for table in ("logs", "migration"):
        values = getattr(target, table, None)
        for key, field in type(values).model_fields.items() if values is not None else ():
            if REGULAR_EXPRESSION not in field.metadata:
                continue
            text = getattr(values, key)
            found = list(_pattern((table, key), f"[{table}] `{key}`", text))
            yield from found
            if table == "migration" and text and not found and not re.compile(text).groups:
                yield Problem((table, key), f"[migration] `{key}` has no brackets around its count", r"such as (\d+)")
    for key in ("message", "time"):
        if text := getattr(target.logs, key):
            yield from _expression(("logs", key), text)


def _pattern(path: Path, what: str, text: str) -> Iterator[Problem]:
    try:
        re.compile(text)
    except re.error as error:
        yield Problem(path, f"{what} is no regular expression: {error}", "mind the escapes")


def _flow(path: Path, flow: list[FlowStep], known: Collection[str]) -> Iterator[Problem]:
    for number, step in enumerate(flow):
        for key, value in step:
            if isinstance(value, str):
                yield from _holes((*path, number, "with" if key == "value" else key), value, known)


def _holes(path: Path, value: Any, known: Collection[str], *, always: bool = False) -> Iterator[Problem]:
    """Placeholders that nothing is ever given for. Where a text is `always` filled they would break the request, in a
    body they would leave a key out without a word."""
    for name in sorted(holes(value) - set(known)):
        message = f"{_dotted(path[:-1])} `{path[-1]}` holds the unknown placeholder {{{name}}}"
        hint = suggest(name, known, "known here: ") if known else "no placeholder has a meaning here"
        yield Problem(path if not isinstance(value, Mapping) else _deepest(path, value, name), message, hint)


def _deepest(path: Path, value: Mapping[str, Any], name: str) -> Path:
    return next(((*path, key) for key, item in value.items() if name in holes(item)), path)


def _expression(path: Path, expression: str) -> Iterator[Problem]:
    try:
        jmespath.compile(expression)
    except JMESPathError as error:
        where = f"{_dotted(path[:-1])} " if len(path) > 1 else ""
        column = re.search(r"at column (\d+)", str(error))
        detail = f"{expression!r}" + (f", at its character {int(column[1]) + 1}" if column else "")
        yield Problem(path, f"{where}`{path[-1]}` is no JMESPath: {detail}", 'for example "room.id"')


def suggest(name: str, known: Collection[str], otherwise: str) -> str:
    """The known word that is closest to `name`, or all of them."""
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else otherwise + ", ".join(sorted(known))


def _dotted(path: Path) -> str:
    return "[" + ".".join(str(part) for part in path) + "]"
