"""Known failures: shown as such while listed, failing and not expired; announced once they are fixed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from greenroom.core.errors import BadTarget
from greenroom.core.verdict import Verdict
from greenroom.outcome import known_failures
from greenroom.outcome.known_failures import check_promises, weigh
from greenroom.targetfile.known_failure import KnownFailure
from greenroom.targetfile.load import TargetFile
from tests.support.samples import build

NAME = "the host ends the room while the gateway answers 503"
TODAY = dt.date(2026, 3, 1)


def entry(**different: Any) -> KnownFailure:
    told = {"promise": "E7", "scenario": NAME, "reason": "no fallback yet", "ticket": "LIVE-7", "expires": TODAY}
    return KnownFailure(**told | different)


def weighed(verdict: Verdict, *listed: KnownFailure) -> tuple[Verdict, str]:
    found = weigh(verdict, listed, ["E7", "L7"], NAME, today=TODAY, where=lambda number: f"target.toml:{number}-9")
    return found.verdict, found.note


@pytest.mark.parametrize("verdict", [Verdict.FAILED, Verdict.CONTRADICTION])
def test_listed_and_failing_is_known_on_its_last_day_too(verdict: Verdict) -> None:
    assert weighed(verdict, entry()) == (
        Verdict.KNOWN_FAILURE,
        "known until 2026-03-01: no fallback yet (LIVE-7)",
    )


def test_expired_is_a_failure_again_and_says_so() -> None:
    verdict, note = weighed(Verdict.FAILED, entry(expires=dt.date(2026, 2, 28)))
    assert verdict is Verdict.FAILED
    assert "until 2026-02-28, which is over" in note and "renew target.toml:0-9" in note and "LIVE-7" in note


def test_fixed_says_what_to_delete() -> None:
    verdict, note = weighed(Verdict.PASSED, entry())
    assert verdict is Verdict.UNEXPECTEDLY_FIXED
    assert "delete target.toml:0-9:" in note and NAME in note
    assert "target.toml:1-9, or narrow" in weighed(Verdict.PASSED, entry(promise="E1"), entry(scenario="*"))[1]


@pytest.mark.parametrize(
    "verdict",
    [verdict for verdict in Verdict if verdict not in (Verdict.FAILED, Verdict.CONTRADICTION, Verdict.PASSED)],
)
def test_every_other_verdict_stays(verdict: Verdict) -> None:
    assert weighed(verdict, entry()) == (verdict, "")


@pytest.mark.parametrize(
    ("different", "applies"),
    [
        ({"scenario": "the host ends the room while *"}, True),
        ({"scenario": "*"}, True),
        ({"scenario": "the host ends the room"}, False),
        ({"scenario": NAME.upper()}, False),
        ({"promise": "L7"}, True),
        ({"promise": "E1"}, False),
    ],
)
def test_an_entry_is_for_a_promise_and_a_name(different: dict[str, str], applies: bool) -> None:
    verdict, _ = weighed(Verdict.FAILED, entry(**different))
    assert verdict is (Verdict.KNOWN_FAILURE if applies else Verdict.FAILED)


@pytest.mark.parametrize(
    ("verdict", "attempts", "different", "comes_of_it", "says"),
    [
        (Verdict.FLAKY, 2, {}, Verdict.KNOWN_FAILURE, "known as flaky until 2026-03-01: no fallback yet (LIVE-7)"),
        (Verdict.FAILED, 1, {}, Verdict.KNOWN_FAILURE, "known as flaky until 2026-03-01: no fallback yet (LIVE-7)"),
        (Verdict.FAILED, 3, {}, Verdict.FAILED, "listed as flaky until 2026-03-01, yet none of 3 attempts passed"),
        (Verdict.PASSED, 1, {}, Verdict.PASSED, ""),
        (Verdict.FLAKY, 2, {"expires": dt.date(2026, 2, 28)}, Verdict.FLAKY, "listed as flaky until 2026-02-28, which"),
        (Verdict.FAILED, 1, {"expires": dt.date(2026, 2, 28)}, Verdict.FAILED, "listed as flaky until 2026-02-28"),
        (Verdict.FLAKY, 2, {"flaky": False}, Verdict.FLAKY, ""),
        (Verdict.INCONCLUSIVE, 1, {}, Verdict.INCONCLUSIVE, ""),
    ],
)
def test_what_is_listed_as_flaky_may_pass_and_fail_but_not_always_fail(
    verdict: Verdict, attempts: int, different: dict[str, Any], comes_of_it: Verdict, says: str
) -> None:
    listed = [entry(**{"flaky": True} | different)]
    found = weigh(verdict, listed, ["E7"], NAME, today=TODAY, where=lambda _: "target.toml:9", attempts=attempts)
    assert found.verdict is comes_of_it and found.note.startswith(says) and bool(found.note) is bool(says)


def test_without_a_page_of_promises_none_is_unknown(tmp_path: Path) -> None:
    file = TargetFile(tmp_path / "target.toml", "", {}, {})
    check_promises(file, [entry()], {})
    with pytest.raises(BadTarget, match="there is no promise 'E7'"):
        check_promises(file, [entry()], {"E1": "After End Room the room is idle."})


def test_what_is_not_listed_stays_as_it_is() -> None:
    assert [weighed(verdict) for verdict in Verdict] == [(verdict, "") for verdict in Verdict]


@pytest.mark.parametrize(
    ("ticket", "tickets", "address"),
    [
        ("LIVE-7", "https://tracker.example.org/browse/{ticket}", "https://tracker.example.org/browse/LIVE-7"),
        ("a b/c", "https://tracker.example.org/?id={ticket}", "https://tracker.example.org/?id=a%20b%2Fc"),
        ("https://tracker.example.org/9", "", "https://tracker.example.org/9"),
        ("LIVE-7", "", ""),
    ],
)
def test_the_ticket_of_an_entry_and_its_address_are_kept(ticket: str, tickets: str, address: str) -> None:
    failed = build.scenario(NAME, verdict=Verdict.FAILED, promises=["E7"], failure=build.failure())
    listed = [entry(ticket=ticket, expires=dt.date(2999, 1, 1))]
    found = known_failures.weighed(failed, listed, lambda _: "target.toml:9", tickets)
    assert (found.verdict, found.ticket, found.ticket_url) == (Verdict.KNOWN_FAILURE, ticket, address)
    other = known_failures.weighed(failed.model_copy(update={"name": "another"}), listed, lambda _: "", tickets)
    assert (other.verdict, other.ticket, other.ticket_url) == (Verdict.FAILED, "", "")
