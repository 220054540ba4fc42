"""What the gateway is said to tell of a room, its sessions and its people is found in its answers (O7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from greenroom.core.deadlines import eventually
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Condition, Finding, ok, wrong
from greenroom.doctor.sent_operations import answer_text, expect_success, send
from greenroom.drivers.outcome import CarriedOut
from greenroom.people.person import Person

Answer = Mapping[str, Any]


def check_room_told(examination: Examination) -> Iterator[Finding]:
    """While a session is on: its title, and who of host and guest is told to be the host."""
    host, guest = examination.host, examination.guest
    yield from _told(examination, "room_state", host, {"title_or_none": host.title, "is_host_or_none": True})
    yield from _told(examination, "room_state", guest, {"is_host_or_none": False})


def check_sessions_told(examination: Examination) -> Iterator[Finding]:
    """The session that has just begun is one of those that the room has had."""
    host = examination.host
    if not examination.world.gateway.offers("sessions"):
        return
    finding = expect_success(examination, "sessions", host, room=host.room_id)
    listed = {"newest_first", "entries"} & set(examination.target.operations["sessions"].answer)
    if finding.condition is Condition.OK and listed:
        word = listed.pop()

        def lacks(answer: Answer) -> str:
            rows = answer[word] if isinstance(answer[word], list) else []
            ids = [str(row.get("session_id")) for row in rows if isinstance(row, dict)]
            return "" if host.session_id in ids else f"{word} has no session_id {host.session_id!r}, which go_live gave"

        finding = _asked(examination, "sessions", host, lacks) or ok("sessions", "the one that has begun is told of")
    yield finding


def check_waiting_told(examination: Examination, guest: Person) -> Iterator[Finding]:
    """A guest who waits in the lobby is told of, to the host and to herself."""
    host = examination.host
    yield from _told(examination, "room_state", guest, {"waits_or_none": True})
    if not examination.world.gateway.offers("waiting"):
        return
    finding = expect_success(examination, "waiting", host, room=host.room_id)
    listed = {"people": guest.account_id, "names": guest.shown_name}
    listed = {word: who for word, who in listed.items() if word in examination.target.operations["waiting"].answer}
    if finding.condition is Condition.OK and listed:
        word, who = next(iter(listed.items()))

        def lacks(answer: Answer) -> str:
            told = answer[word] if isinstance(answer[word], list) else []
            return "" if who in [str(one) for one in told] else f"{word} lacks {who!r}, who waits in the lobby"

        finding = _asked(examination, "waiting", host, lacks) or ok("waiting", "the guest who waits is told of")
    yield finding


def check_end_told(examination: Examination) -> Iterator[Finding]:
    """The end that was carried out has told which session it ended."""
    ended = examination.went("end")
    if ended is None or "ended_or_none" not in ended.answer:
        return
    told, due = ended.answer["ended_or_none"], examination.host.session_id
    if str(told) != due:
        where = examination.where("operations", "end", "answer")
        yield wrong("end", f"{where}: ended_or_none is {told!r}, not {due!r}, which go_live gave", answer_text(ended))


def _told(examination: Examination, operation: str, asker: Person, due: Answer) -> Iterator[Finding]:
    """A line only where what is told is something else."""
    described = examination.target.operations.get(operation)
    words = [word for word in due if described is not None and word in described.answer]

    def differs(answer: Answer) -> str:
        found = [word for word in words if answer[word] != due[word] and bool(answer[word]) is not due[word]]
        return "; ".join(f"{word} is {answer[word]!r}, not {due[word]!r}" for word in found)

    if words and (finding := _asked(examination, operation, asker, differs)):
        yield finding


def _asked(
    examination: Examination, operation: str, asker: Person, complaint: Callable[[Answer], str]
) -> Finding | None:
    """What is wrong with the answer, once it has had the deadline "settle" to become right; None for nothing."""

    def ask() -> tuple[str, CarriedOut | None]:
        outcome = send(examination, operation, asker, room=examination.host.room_id)
        return (complaint(outcome.answer), outcome) if isinstance(outcome, CarriedOut) else ("", None)

    (said, outcome), _ = eventually(ask, lambda found: not found[0], examination.target.deadlines.settle)
    if not said or outcome is None:
        return None
    where = examination.where("operations", operation, "answer")
    return wrong(f"{operation}: told", f"{where}: {asker.name} is told: {said}", answer_text(outcome))
