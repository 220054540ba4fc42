"""Drives the gateway: each operation of the target file, as a value that says what came of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from greenroom.core import clock, ticks
from greenroom.core.errors import BrokenPromise, Inconclusive, NotApplicable
from greenroom.core.placeholders import fill_text, holes
from greenroom.drivers.account import Account
from greenroom.drivers.answer import Answer, Unanswered
from greenroom.drivers.environment.form import body_kind, code_in, is_so, said
from greenroom.drivers.hangs import Hangs
from greenroom.drivers.http import Http
from greenroom.drivers.in_part import parts_of
from greenroom.drivers.named_beside import naming
from greenroom.drivers.outcome import Broke, CarriedOut, Outcome, Refused, Untold, not_carried_out
from greenroom.drivers.redirects import leads_to, read_location
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Operation, Refusal, Request, Target
from greenroom.targetfile.operations import OF_ONES_VISIT, OPERATIONS


class Gateway:
    """Operations by name, as a person or as nobody. An adapter may override `perform`."""

    def __init__(self, target: Target, http: Http, evidence: Evidence) -> None:
        self._target, self._http, self._evidence = target, http, evidence
        self._hangs = Hangs(target, http, evidence)
        self._guests: dict[tuple[str, str], str] = {}  # by room and account, where coming in gives an id
        self.session_of: Callable[[str], str] = str
        """The id of the session that a room has, by the room's id; "" where it has none that anybody knows of."""
        self.begun: Callable[[str, str], str] = _nothing_begun
        """The session that has begun in a room, by the room's id and the session's title; "" for none. For operations
        whose answer does not tell it."""
        self.guest_of: Callable[[str, str], str] = lambda room, account: ""
        """The id of somebody who came into a room otherwise than by `join`; "" where nobody tells it."""
        self.fresh: Callable[[Account], Account] = _as_it_is
        """Somebody with a proof that is good for the next request."""
        self.nobody: Callable[[], Account | None] = _no_account
        """What somebody who is signed out sends all the same, such as a CSRF token."""

    def offers(self, operation: str) -> bool:
        """Whether the target describes the operation."""
        return operation in self._target.operations

    def attempt(self, operation: str, who: Account | None, **values: Any) -> Outcome:
        """Try an operation. Raises NotApplicable when the target has none of that name, TargetUnavailable or
        Throttled when nobody can tell what became of it. One that the application never answers, while it answers
        others, has broken."""
        described = self._target.operations.get(operation)
        if described is None:
            raise NotApplicable(f"operation:{operation}", f"the target describes no operation {operation!r}")
        return self._attempt(operation, described, who, values)

    def attempt_in_part(self, operation: str, who: Account | None, **values: Any) -> Outcome:
        """Try an operation, and where it is refused parts of it: whoever may not write one column may still write
        another. What was carried out counts, else the refusal. Raises what `attempt` raises."""
        outcome = self.attempt(operation, who, **values)
        if not isinstance(outcome, Refused):
            return outcome
        for part in parts_of(self._target.operations[operation]):
            try:
                tried = self._attempt(operation, part, who, values)
            except Inconclusive:  # nobody can tell; the whole was refused
                break
            if isinstance(tried, CarriedOut):
                return tried
        return outcome

    def attempt_naming(self, operation: str, who: Account | None, **values: Any) -> Outcome:
        """Try an operation whose request says beside its proof who asks, as the account has it, in more places than the
        target describes. Raises what `attempt` raises."""
        operations = self._target.operations
        if operation not in operations:
            return self.attempt(operation, who, **values)
        return self._attempt(operation, naming(operations[operation], operations.values()), who, values)

    def _attempt(self, operation: str, described: Operation, who: Account | None, values: Mapping[str, Any]) -> Outcome:
        if "session" not in values and "session" in _holes_of(described):
            values = {**values, "session": self._session_of(str(values.get("room", "")))}

        if "guest" not in values and who is not None and operation in OF_ONES_VISIT:
            values = {**values, "guest": who.account_id}
        if "guest" in values:
            values = {**values, "guest_account": values["guest"], **self._named_as_guest(described, values)}

        def perform() -> Outcome:
            return self.perform(operation, described, self.fresh(who) if who else None, {"now": now(), **values})

        began = time.monotonic()
        try:
            outcome = perform()
        except Unanswered as error:
            ticks.in_vain(time.monotonic() - began)
            return self._hangs.judge(operation, described, error, perform)
        self._http.recent.succeeded(described)
        if isinstance(outcome, CarriedOut) and _begins_untold(operation, described):
            begun = partial(self.begun, str(values.get("room", "")), str(values.get("title", "")))
            outcome = dataclasses.replace(outcome, answer=Untold(outcome.answer, session=begun))
        if who and isinstance(outcome, CarriedOut) and outcome.answer.get("guest") is not None:
            self._guests[str(values.get("room", "")), who.account_id] = str(outcome.answer["guest"])
        return outcome

    def attempt_nonsense(self, operation: str, who: Account | None, **values: Any) -> Outcome:
        """Try an operation with values that make no sense. Whatever stands in front of the application may refuse them
        in its place, as a firewall does: that is a refusal as well, while the application answers others. Raises what
        `attempt` raises."""
        try:
            return self.attempt(operation, who, **values)
        except Unanswered as error:
            status = error.exchange.status or 0
            if not (400 <= status < 500 and self._hangs.others_are_answered(operation)):
                raise
            return Refused(operation, "", status, "", error.exchange)

    def _named_as_guest(self, described: Operation, values: Mapping[str, Any]) -> dict[str, str]:
        """How the target calls the guest that is meant, where coming in gives guests an id of their own. Raises
        NotApplicable when it has given none to this one."""
        join = self._target.operations.get("join")
        if join is None or "guest" not in join.told or "guest" not in _holes_of(described):
            return {}
        room, account = str(values.get("room", "")), str(values["guest"])
        known = self._guests.get((room, account)) or self.guest_of(room, account)
        if not known:
            message = "the target calls guests by an id that `join` answers, and this one has none"
            raise NotApplicable("guest", f"{message}: the relation attendance may have it as `guest`")
        return {"guest": known}

    def _session_of(self, room: str) -> str:
        """Raises NotApplicable when there is none: what its route takes the id of can't be asked for then."""
        if session := self.session_of(room):
            return session
        raise NotApplicable("session", "the target's route takes a session's id, and the room has no session")

    def must(self, operation: str, who: Account | None, **values: Any) -> CarriedOut:
        """Carry an operation out. Raises BrokenPromise when it is refused or breaks."""
        outcome = self.attempt(operation, who, **values)
        if isinstance(outcome, CarriedOut):
            return outcome
        raise BrokenPromise(not_carried_out(outcome))

    def perform(self, name: str, operation: Operation, who: Account | None, values: Mapping[str, Any]) -> Outcome:
        """Send the operation's request as `who` and say what came of it."""
        sender = who or self.nobody()
        mine = who.values() if who else {"csrf": sender.csrf} if sender else {}
        headers = identity(self._target, sender)
        cookies = sender.cookies if sender and self._target.sign_in.cookies else None
        answer = self._http.send(
            operation,
            {**mine, **values},
            self._evidence,
            who=who.name if who else "nobody",
            headers=headers,
            cookies=cookies,
        )
        return self._outcome(name, operation, answer)

    def _outcome(self, name: str, operation: Operation, answer: Answer) -> Outcome:
        code = code_in(self._target, answer.headers, answer.body)
        refusals = _refusals(operation, answer, code) or self._refusals_elsewhere(operation, answer, code)
        refuses = self._says_no(operation, answer)
        if answer.status in operation.success and not refusals and not refuses:
            found = words(operation, answer)
            missing = [word for word, value in found.items() if value is None and not word.endswith("_or_none")]
            if missing:
                return Broke(name, answer.status, f"answered {answer.status} without {missing[0]!r}", answer.exchange)
            if operation.statuses and found.get("status") is not None:
                found["status"] = operation.statuses.get(str(found["status"]), found["status"])
            return CarriedOut(name, found, answer.exchange)
        if refusals or refuses or 400 <= answer.status < 500:
            first = refusals[0] if refusals else ""
            return Refused(name, first, answer.status, code, answer.exchange, also=frozenset(refusals[1:]))
        return Broke(name, answer.status, f"answered {answer.status}", answer.exchange)

    def _refusals_elsewhere(self, operation: Operation, answer: Answer, code: str) -> list[str]:
        """What the same means in other operations of the service: a code says the same everywhere, and so do the page
        that a redirect leads to and the words of a notice."""
        others = (other for other in self._target.operations.values() if other.service == operation.service)
        refusals = (item for other in others for item in other.refusals.items() if item[1].is_told_everywhere)
        return list(dict.fromkeys(name for name, meant in refusals if _is_meant(meant, operation, answer, code)))

    def _says_no(self, operation: Operation, answer: Answer) -> bool:
        """Whether the body refuses, as the target's gateway says it: a data API has words of its own."""
        when, text = self._target.refused_when, self._target.refused_text
        if operation.service != "gateway":
            return False
        return bool(when and is_so(when, answer.body)) or bool(text and re.search(text, answer.text))


def _holes_of(operation: Operation) -> set[str]:
    return holes([operation.path, operation.query, operation.headers, operation.json_, operation.form])


def _begins_untold(operation: str, described: Operation) -> bool:
    """Whether a session begins by the operation, and its answer does not tell which."""
    spec = OPERATIONS.get(operation)
    return spec is not None and "session" in spec.answers and "session" not in described.told


def _nothing_begun(room: str, title: str) -> str:
    return ""


def _no_account() -> Account | None:
    return None


def _as_it_is(account: Account) -> Account:
    return account


def _refusals(operation: Operation, answer: Answer, code: str) -> list[str]:
    """The refusals that an answer may be. A status that is a success as well tells nothing: there it takes a code, a
    kind of body, or something that is true of the answer."""
    told = operation.refusals.items()
    found = [name for name, meant in told if _is_meant(meant, operation, answer, code)]
    precisely = [name for name in found if operation.refusals[name].is_told_everywhere]
    return precisely or found


def _is_meant(meant: Refusal, operation: Operation, answer: Answer, code: str) -> bool:
    """Whether an answer to the operation may be that refusal, by all that is said of it."""
    if answer.status != meant.status or (answer.status in operation.success and not meant.tells_from_success):
        return False
    kind = body_kind(answer.is_json, answer.headers.get("Content-Type", ""), answer.text)
    return (
        meant.code in ("", code)
        and meant.body in (None, kind)
        and (not meant.when or (answer.is_json and is_so(meant.when, answer.body)))
        and (not meant.location or leads_to(meant.location, _led_to(operation, answer)))
        and (not meant.text or re.search(meant.text, answer.text) is not None)
    )


def identity(target: Target, who: Account | None) -> dict[str, str]:
    """The headers that say who is asking."""
    if who is None:
        return {}
    headers, values = target.sign_in.headers.items(), who.values()
    return {name: fill_text(value, values) for name, value in headers if who.token or "token" not in holes(value)}


def words(request: Request, answer: Answer) -> dict[str, Any]:
    """What the answer says, in our words, by the JMESPath of the target file, or by its Location."""
    found = {word: said(path, answer.body) for word, path in request.answer.items()}
    located = read_location(request.location, _led_to(request, answer)) if request.location else {}
    return dict.fromkeys(request.told) | found | located


def _led_to(request: Request, answer: Answer) -> str:
    """Where an answer leads, or where it has led, for a request whose redirects are followed."""
    return answer.headers.get("Location", "") or (answer.exchange.url if request.follow else "")


def now(seconds: float = 0.0) -> str:
    """The present moment by the target's clock, or one some seconds away, as ISO 8601 in UTC."""
    moment = clock.now() + dt.timedelta(seconds=seconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
