"""Sixty scenarios over all subjects with all nine verdicts: what a run against a half-broken staging looks like."""

from __future__ import annotations

from typing import Any

from greenroom.core.verdict import Verdict
from greenroom.record.events import Attachment, Failure, PageNote, ScenarioFinished
from tests.support.samples.build import at, scenario, step
from tests.support.samples.evidence import (
    OLD,
    ROOM,
    SHORT,
    SHORT_OLD,
    broken_rest_steps,
    closing_steps,
    end_step,
    invariants,
    live_steps,
    not_reached,
    refusal_steps,
)
from tests.support.samples.promises import ABOUT, PROMISES, RULES, SUBJECTS

FEATURES = {
    "R": "features/stuck_room_recovery.feature",
    "E": "features/end_persistence.feature",
    "H": "features/host_after_refresh.feature",
    "L": "features/listing_sync.feature",
    "C": "features/many_at_once.feature",
    "D": "features/one_room.feature",
    "M": "features/cleanup_migration.feature",
    "O": "features/operators.feature",
    "S": "features/intruders.feature",
}
KINDS = ["in lobby", "scheduled", "live", "cancelled", "pointing to an ended session", "pointing nowhere"]
TITLES = [
    'She said "hello"',
    "<script>alert('live')</script>",
    "☕ calm morning 🧘‍♀️",
    "שיחה על נשימה",
    "تنفس الصباح",
    "x" * 100,
]


def of(promises: str, name: str, **different: Any) -> ScenarioFinished:
    """A passed scenario of the promises named, in its subject's feature and under its rule."""
    named = promises.split()
    first, letter = named[0], named[0][0]
    told: dict[str, Any] = {
        "feature": FEATURES[letter],
        "feature_title": SUBJECTS[letter],
        "rule": RULES.get(first, f"{first} {PROMISES[first].split(',')[0].rstrip('.')}"),
        "rule_description": ABOUT.get(first, ""),
        "promises": named,
        "tags": [letter, *named, *(["browser"] if letter in "REHL" else ["http"])],
        "steps": [*live_steps(), end_step(), *closing_steps()],
        "invariants": invariants(),
        "people": {"Ada": f"account 5d20…, room {ROOM[:4]}…", "Grace": "account 9c41…"},
        "seconds": 0.3 + len(name) % 11 * 0.07,
        "setup_seconds": 0.08,
        "teardown_seconds": 0.05,
        "worker": "gw0",
        "id": f"{FEATURES[letter]}::{first} {name}",
    }
    return scenario(name, **told | different)


def outline(promises: str, name: str, parameter: str, values: list[str]) -> list[ScenarioFinished]:
    """One passed scenario for each value, its name with the value in it where the name has a place for it."""
    return [
        of(
            promises,
            name.replace(f"<{parameter}>", value),
            example={parameter: value},
            id=f"{FEATURES[promises[0]]}::{name}[{value}]",
        )
        for value in values
    ]


def good() -> list[ScenarioFinished]:
    """Fifty scenarios that passed."""
    return [
        *outline("R1 R2", "the host of a room <kind> goes live in one attempt", "kind", KINDS),
        *outline("R3", "Go Live over HTTP on a room <kind> changes nothing or heals it", "kind", KINDS),
        of("R4", "a recovery leaves the rooms of others alone"),
        of("R7", "a guest cannot reset a room"),
        of("E1 E2 E3 E4", "the host ends a live room"),
        of("E1 E2", "a host alone in the room ends it"),
        of("E3", "a guest who had left before keeps the leave time"),
        of("E5", "the room can be used again at once"),
        of("E9", "a second end is refused", steps=refusal_steps("Ada", 409, "INVALID_STATE")),
        *[
            of("E10", f"{who} cannot end the room", steps=refusal_steps(who, status, code))
            for who, status, code in [
                ("Grace", 403, "NOT_HOST"),
                ("Mallory", 403, "NOT_HOST"),
                ("somebody signed out", 401, "UNAUTHENTICATED"),
            ]
        ],
        *outline(
            "E7 E1", "the host ends the room while the gateway <trouble>", "trouble", ["never answers", "restarts"]
        ),
        of("H1", "End Room is there after F5 and works"),
        *outline("H1", "End Room is there after <count> reloads", "count", ["2", "5"]),
        *outline(
            "H4", "a guest sees no End Room <when>", "when", ["at first", "after a reload", "with a forged state"]
        ),
        of("L1", "a session that went live is listed for others"),
        of("L2", "an ended session leaves a page that was already open"),
        *[
            of("L3", "the title is shown as written", example={"title": title}, id=f"features/listing_sync::L3[{at_}]")
            for at_, title in enumerate(TITLES)
        ],
        *outline("C1", "of <count> Go Lives at once one succeeds", "count", ["2", "5", "20"]),
        of("C2", "a double click makes one session"),
        of("D1", "a first Go Live makes one room"),
        of("D2", "the room is found although rooms/me fails"),
        of("M1", "an old lobby is ended"),
        of("O1", "the stuck-room count is 0 after a day of use"),
        of("S1", "a guest changes nothing through the data API"),
        *outline("S2", "a token that is <kind> is refused", "kind", ["forged", "expired", "foreign"]),
    ]


def bad() -> list[ScenarioFinished]:
    """Ten scenarios, at least one of each verdict but passed."""
    return [
        _pointer_left(),
        _contradiction(),
        of("C3", "an end meets a start", verdict=Verdict.FLAKY, failure=_flaky(), note="passed on the second attempt"),
        of("O3", "a normal Go Live causes no 409", verdict=Verdict.UNEXPECTEDLY_FIXED, failure=_fixed()),
        *[
            _throttled(name)
            for name in ("a session is listed for a visitor", "a session is listed under its new title")
        ],
        of(
            "L5",
            "a scheduled session is upcoming",
            verdict=Verdict.NOT_APPLICABLE,
            note=_undeclared("scheduling"),
            steps=[],
        ),
        of(
            "S4",
            "another tenant sees nothing",
            verdict=Verdict.NOT_APPLICABLE,
            note=_undeclared("multi-tenant"),
            steps=[],
        ),
        of("M6", "the notices carry the true counts", verdict=Verdict.KNOWN_FAILURE, note=_LISTED, failure=_counts()),
        _harness(),
    ]


def all_sixty() -> list[ScenarioFinished]:
    """The whole run, in the order a run has: by feature, one after another."""
    letters = list(SUBJECTS)
    ordered = sorted([*good(), *bad()], key=lambda one: letters.index(one.promises[0][0]))
    clock = 0.4
    timed = []
    for number, one in enumerate(ordered):
        timed.append(one.model_copy(update={"started": at(clock), "worker": f"gw{number % 2}"}))
        clock += one.seconds
    return timed


_LISTED = "ROOMS-212: row counts are taken before the update; until 2026-04-01"


def _undeclared(capability: str) -> str:
    return f"the target does not declare the capability '{capability}'"


def _pointer_left() -> ScenarioFinished:
    message = (
        "E1 broken: Ada's room is not at rest\n"
        "  expected  status idle   session -        host present no\n"
        f'  found     status idle   session {SHORT:<8} host present no      (rooms, after 2.0 s of 2 s "settle")\n'
        "  since     step 3  Ada ends the room in the browser      session: live -> ended, room: live -> idle"
    )
    name = "the host ends the room while the gateway answers 503"
    return of(
        "E7 E1",
        name,
        example={"trouble": "answers 503"},
        id="features/end_persistence.feature::while the gateway <trouble>[answers 503]",
        verdict=Verdict.FAILED,
        seconds=2.64,
        steps=broken_rest_steps(),
        invariants=invariants("room and session agree", "no room is stuck"),
        failure=Failure(
            kind="promise",
            promise="E1",
            promise_text=PROMISES["E1"],
            step="Then Ada's room is at rest",
            line=12,
            message=message,
            hint="the page's fallback has to clear the room's pointer too",
            again='greenroom run features/end_persistence.feature -k "while the gateway answers 503" --seed 41',
        ),
        attachments=[
            Attachment(name="Ada's page when it failed", media_type="image/png", path="evidence/e7/ada.png"),
            Attachment(name="trace of Ada's browser", media_type="application/zip", path="evidence/e7/ada-trace.zip"),
        ],
    )


def _contradiction() -> ScenarioFinished:
    message = (
        "three stories about whether Ada's room is live\n"
        "  gateway   status idle, no session\n"
        "  page      Grace still sees “Morning breathing” as live\n"
        "  database  rooms idle, listing live"
    )
    return of(
        "L2 E4",
        "an ended session is gone from the listing of a member",
        verdict=Verdict.CONTRADICTION,
        seconds=3.4,
        steps=[*live_steps(), end_step(), step("Then Grace no longer sees it", verdict=Verdict.CONTRADICTION, line=22)],
        failure=Failure(
            kind="contradiction",
            promise="L2",
            promise_text=PROMISES["L2"],
            step="Then Grace no longer sees it",
            line=22,
            message=message,
            again='greenroom run features/listing_sync.feature -k "gone from the listing" --seed 41',
        ),
        attachments=[Attachment(name="Grace's listing", media_type="image/png", path="evidence/l2/grace.png")],
    )


def _throttled(name: str) -> ScenarioFinished:
    return of(
        "L1",
        name,
        verdict=Verdict.INCONCLUSIVE,
        steps=[step("Given Ada is live", verdict=Verdict.INCONCLUSIVE), *not_reached("Then Grace sees it listed")],
        failure=Failure(
            kind="inconclusive",
            step="Given Ada is live",
            message="the gateway answered 429 for 30 s: 5 Go Lives in 15 minutes are allowed for an address",
            cause="throttled",
            hint="raise the limit for the address of the test run, or run with --workers 1",
        ),
    )


def _flaky() -> Failure:
    return Failure(
        kind="promise",
        promise="C3",
        promise_text=PROMISES["C3"],
        step="When Ada ends the room in the browser",
        message=f"the room is live with session {SHORT_OLD}, which has ended\n  found     rooms live, sessions ended",
        again='greenroom run features/many_at_once.feature -k "an end meets a start" --seed 41',
    )


def _fixed() -> Failure:
    return Failure(
        kind="fixed",
        promise="O3",
        message="O3 is listed as a known failure (ROOMS-198) and passes",
        hint="take it off the list in targets/reference/target.toml",
    )


def _counts() -> Failure:
    return Failure(
        kind="promise", promise="M6", message="the notice says 0 sessions, the migration ended 3\n  expected  3"
    )


def _harness() -> ScenarioFinished:
    return of(
        "D2",
        "the room is made once although everything fails",
        verdict=Verdict.ERROR,
        steps=[
            step("Given Ada has never been here", page=[PageNote(who="Ada", kind="error", text=f"TypeError: {OLD}")]),
            step("When the moon is full", verdict=Verdict.ERROR, docstring="a phase\n  of the moon"),
        ],
        failure=Failure(
            kind="error",
            step="When the moon is full",
            line=8,
            message="no step definition fits “the moon is full”",
            hint="did you mean “the room is full”? `greenroom steps` lists them all",
            traceback="Traceback (most recent call last):\n  ...\nStepDefinitionNotFoundError: the moon is full",
        ),
    )
