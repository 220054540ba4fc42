"""The words of reports: durations, names, failures and exchanges as text."""

from __future__ import annotations

import pytest

from greenroom.core.verdict import Verdict
from greenroom.core.wording import plural
from greenroom.reporting import exchange_text, failure_evidence, failure_text, naming, words
from tests.support.samples import big, build
from tests.support.samples.evidence import broken_rest_steps, polled


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 ms"),
        (0.012, "12 ms"),
        (0.0996, "0.10 s"),
        (0.41, "0.41 s"),
        (9.996, "10.0 s"),
        (17.24, "17.2 s"),
        (125, "2 min 05 s"),
        (3719.6, "1 h 02 min"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert words.seconds_text(seconds) == text


def test_lists_of_words() -> None:
    assert [words.enumerated(list("abc"[:count])) for count in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert plural(1, "scenario") == "1 scenario"
    assert plural(1200, "scenario") == "1,200 scenarios"


def test_the_tail_of_a_url() -> None:
    assert words.tail_of("http://127.0.0.1:1/api/v1/live/rooms/7c1e/end?x=1") == "…/end"
    assert words.tail_of("http://127.0.0.1:1/health") == "/health"
    assert words.tail_of("http://127.0.0.1:1") == "/"
    assert words.path_of("http://[broken") == "http://[broken"


def test_a_name_says_its_example_once() -> None:
    inside = build.scenario("the gateway answers 503", example={"trouble": "answers 503"})
    silent = build.scenario("the title is shown", example={"title": "שלום"})
    assert naming.full_name(inside) == "the gateway answers 503"
    assert naming.full_name(silent) == "the title is shown [title: שלום]"
    assert naming.readable("scenarios/test_end.py::test_the_host_ends[answers 503]") == "the host ends[answers 503]"
    assert naming.without_number("E7 End Room works") == "End Room works"
    assert naming.number_of("E10 Only the host") == "E10"
    assert naming.number_of("Every room") == ""


def test_a_headline_begins_with_the_promise_or_the_verdict() -> None:
    said = {one.verdict: failure_text.headline(one) for one in [*big.good()[:1], *big.bad()]}
    assert said[Verdict.PASSED] == ""
    assert said[Verdict.FAILED] == "E1 broken: Ada's room is not at rest"
    assert said[Verdict.CONTRADICTION] == "contradiction: three stories about whether Ada's room is live"
    assert said[Verdict.INCONCLUSIVE].startswith("inconclusive, throttled: the gateway answered 429")
    assert said[Verdict.NOT_APPLICABLE].startswith("not applicable: the target does not declare")
    assert said[Verdict.KNOWN_FAILURE].startswith("known failure: ")
    for verdict in (Verdict.ERROR, Verdict.FLAKY, Verdict.UNEXPECTEDLY_FIXED):
        assert said[verdict].startswith(f"{verdict}: ")


@pytest.mark.parametrize(
    ("kind", "message", "headline"),
    [
        ("promise", "Ada's room is not at rest", "E1 broken: Ada's room is not at rest"),
        ("promise", "E1 broken: not at rest\n  found  x", "E1 broken: not at rest"),
        ("promise", "  expected  idle\n  found     live", "E1 broken: the host ends a live room"),
        ("invariant", "one open session a room", "invariant broken: one open session a room"),
        ("leftover", "2 rows in rooms", "left behind: 2 rows in rooms"),
        ("contradiction", "two stories", "contradiction: two stories"),
    ],
)
def test_a_headline_of_each_kind_of_failure(kind: str, message: str, headline: str) -> None:
    promise = "E1" if kind == "promise" else ""
    one = build.scenario(verdict=Verdict.FAILED, failure=build.failure(message, kind=kind, promise=promise))
    assert failure_text.headline(one) == headline


def test_the_command_is_told_once() -> None:
    told = build.failure("E1 broken: x\n  found     y\n  free words\n  again     greenroom run a.feature")
    assert failure_text.again(told) == "greenroom run a.feature"
    assert failure_text.lines(told) == [
        failure_text.FailureLine("found", "y"),
        failure_text.FailureLine("", "free words"),
    ]
    assert failure_text.again(build.failure("x", again="greenroom run b")) == "greenroom run b"
    assert failure_text.again(build.failure("x")) == ""


def test_the_full_text_has_all_that_a_person_needs() -> None:
    text = failure_evidence.full_text(next(one for one in big.bad() if one.verdict is Verdict.FAILED))
    for part in [
        "E1 broken: Ada's room is not at rest\n",
        "step 4 of 6  Then Ada's room is at rest",
        "  expected  status idle   session -        host present no",
        "features/end_persistence.feature:12",
        "  again     greenroom run features/end_persistence.feature",
    ]:
        assert part in text


def test_an_exchange_in_one_line() -> None:
    answered = build.exchange("POST", "/api/v1/live/rooms/7c1e/end", 500, '{"ok": false,\n "error": "INTERNAL"}')
    assert exchange_text.one_line(answered) == 'POST …/end by Ada -> 500 in 12 ms {"ok": false, "error": "INTERNAL"}'
    assert exchange_text.one_line(answered, body=12) == 'POST …/end by Ada -> 500 in 12 ms {"ok": fals…'
    there = build.exchange("POST", "/rooms/7c1e0000-0000-4000-8000-000000000001/end", 200)
    assert (
        exchange_text.one_line(there, rooms={"7c1e0000": "Mary"}) == "POST …/end by Ada in Mary's room -> 200 in 12 ms"
    )
    people = {"Ada": "account 1a2b3c4d…, room 9f020000…", "Mary": "account 5e6f7a8b…, room 7c1e0000…"}
    assert exchange_text.rooms_in(build.scenario(people=people)) == {"9f020000": "Ada", "7c1e0000": "Mary"}
    silent = build.exchange("GET", "/health", None, error="connection refused", seconds=2.0)
    assert exchange_text.one_line(silent) == "GET /health by Ada -> no answer in 2,000 ms (connection refused)"
    faulty = build.exchange("GET", "/health", 503, fault="answers 503")
    assert exchange_text.one_line(faulty) == "GET /health by Ada -> 503 in 12 ms (fault: answers 503)"
    held = build.exchange("POST", "/end", None, fault="never answers")
    assert exchange_text.one_line(held) == "POST /end by Ada -> (fault: never answers)"


@pytest.mark.parametrize(
    ("said", "kept"),
    [("private, max-age=30", True), ("max-age=0", False), ("no-cache, max-age=30", False), ("", False)],
)
def test_what_a_page_was_told_may_have_been_kept_by_its_browser(said: str, kept: bool) -> None:
    read = build.exchange("GET", "/rooms", 200).model_copy(
        update={"origin": "page", "response_headers": {"cache-control": said}}
    )
    words = f" (the browser may keep it: {said})" if kept else ""
    assert exchange_text.one_line(read) == f"GET /rooms by Ada's page -> 200 in 12 ms{words}"


def test_an_exchange_in_full_lays_json_out() -> None:
    text = exchange_text.in_full(build.exchange("POST", "/x", 200, '{"ok":true}', request_body="plain"))
    assert "authorization: Bearer <redacted>" in text
    assert '{\n  "ok": true\n}' in text
    assert "\nplain\n" in text
    assert exchange_text.laid_out("{not json") == "{not json"


def test_a_poll_is_one_line() -> None:
    folded = exchange_text.fold([*polled(5), build.exchange("GET", "/x", 200), *polled(1)])
    assert [one.times for one in folded] == [5, 1, 1]


def test_the_exchanges_that_tell_most() -> None:
    one = build.scenario(verdict=Verdict.FAILED, steps=broken_rest_steps())
    told = [exchange_text.one_line(each.exchange, body=0) for each in exchange_text.key_exchanges(one)]
    assert told[0] == "POST …/end by Ada's page -> 503 in 12 ms (fault: answers 503)"
    assert told[1:] == [
        f"PATCH …/{relation} by Ada's page -> 204 in 8 ms"
        for relation in ("live_room_attendance", "live_rooms", "community_live_streams")
    ]
    assert exchange_text.key_exchanges(build.scenario()) == []
