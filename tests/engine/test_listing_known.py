"""A red run's failures as entries: what they excuse, what is never written twice, and that comments stay."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.core.verdict import Verdict
from greenroom.outcome.known_failures import weigh
from greenroom.outcome.listing_known import Written, check_known_file, write_known
from greenroom.record.events import ScenarioFinished
from greenroom.record.step import Wrong
from greenroom.targetfile.known_failure import KnownFailure
from tests.support.samples import build

TODAY = dt.date(2026, 3, 1)
BEFORE = "# a comment\nname = 'x' # and another\n\n[limits]\n# the last word"


def failed(name: str = "it ends", message: str = "E1 broken: it's not so", **different: Any) -> ScenarioFinished:
    failure = build.failure(message, promise=different.pop("failed_promise", "E1"))
    return build.scenario(name, verdict=Verdict.FAILED, failure=failure, **different)


def blocked(name: str) -> ScenarioFinished:
    failure = build.failure(
        "go_live broke", kind="blocked", promise="O5", wrong=[Wrong(subject="operation:go_live", how="broke")]
    )
    return build.scenario(name, verdict=Verdict.BLOCKED, failure=failure)


def written(file: Path, *scenarios: ScenarioFinished) -> Written:
    return write_known(file, scenarios, "20260301-1", TODAY)


def entries(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["known_failures"]
    return found


def test_what_was_there_stays_letter_by_letter(tmp_path: Path) -> None:
    file = tmp_path / "target.toml"
    file.write_text(BEFORE, encoding="utf-8")
    written(file, failed())
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"{BEFORE}\n\n# Written from the run 20260301-1 on 2026-03-01: ")
    assert "\n# E1 broken: it's not so\n[[known_failures]]\n" in text
    expected = {"promise": "E1", "scenario": "it ends", "reason": "", "ticket": "", "expires": dt.date(2026, 3, 31)}
    assert entries(file) == [expected]


def test_line_ends_of_the_file_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "target.toml"
    file.write_bytes(b"name = 'x'\r\n")
    written(file, failed())
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 8


def test_never_twice_however_often(tmp_path: Path) -> None:
    file = tmp_path / "known.toml"
    assert len(written(file, failed(), failed(), failed("another")).entries) == 2
    text = file.read_text(encoding="utf-8")
    again = written(file, failed(), failed("another"))
    assert (again.entries, len(again.listed_before)) == ((), 2) and file.read_text(encoding="utf-8") == text
    assert list(again.lines()) == [f"{file}: 2 failures listed before, and left as they are"]
    file.write_text('[[known_failures]]\npromise = "E1"\nscenario = "*"\n', encoding="utf-8")
    assert written(file, failed()).entries == (), "a pattern is for it"


def test_what_blocks_is_listed_once(tmp_path: Path) -> None:
    file = tmp_path / "known.toml"
    written(file, blocked("one"), blocked("two"))
    assert [(one["promise"], one["scenario"]) for one in entries(file)] == [("O5", "go_live")]


@pytest.mark.parametrize("name", ["why * and [a]?", 'she said "hello" \\ \t', "☕ über alles", "<b>&</b>"])
def test_an_entry_is_for_the_scenario_that_it_was_written_for(tmp_path: Path, name: str) -> None:
    file = tmp_path / "known.toml"
    written(file, failed(name, message=f"{name}\nand more\x07"))
    [entry] = entries(file)
    listed = [KnownFailure(**entry | {"reason": "r", "ticket": "t"})]
    for verdict in (Verdict.FAILED, Verdict.CONTRADICTION):
        found = weigh(verdict, listed, ["E1"], name, today=TODAY, where=lambda _: "")
        assert found.verdict is Verdict.KNOWN_FAILURE
    assert weigh(Verdict.FAILED, listed, ["E1"], "why not a", today=TODAY, where=lambda _: "").verdict is Verdict.FAILED


def test_an_invariant_is_listed_under_a_promise_of_the_scenario(tmp_path: Path) -> None:
    written(tmp_path / "k", failed(failed_promise="O1", promises=["E1", "E2"]))
    written(tmp_path / "l", failed(failed_promise="E2", promises=["E1", "E2"]))
    assert [entries(tmp_path / name)[0]["promise"] for name in "kl"] == ["E1", "E2"]


def test_an_entry_that_some_rows_would_make_stale_is_not_written(tmp_path: Path) -> None:
    found = written(tmp_path / "known.toml", failed("it ends"), build.scenario("it ends", id="its other row"))
    assert found.entries == () and not (tmp_path / "known.toml").exists()
    [line] = found.lines()
    assert "not written: E1 'it ends': an entry is for all of its rows, and some pass" in line


def test_of_a_green_run_nothing_is_written(tmp_path: Path) -> None:
    unclear = build.scenario(verdict=Verdict.INCONCLUSIVE, failure=build.failure(kind="inconclusive", cause="refused"))
    found = written(tmp_path / "known.toml", build.scenario(), unclear)
    assert not (tmp_path / "known.toml").exists()
    assert list(found.lines()) == [f"{tmp_path / 'known.toml'}: nothing written, since nothing failed"]


@pytest.mark.parametrize("text", ["known_failures = []\n", "name = \n", "known_failures = 'x'\n"])
def test_a_file_that_takes_no_entry_is_refused_and_left(tmp_path: Path, text: str) -> None:
    file = tmp_path / "target.toml"
    file.write_text(text, encoding="utf-8")
    for call in (lambda: check_known_file(file), lambda: written(file, failed())):
        with pytest.raises(GreenroomError, match="no \\[\\[known_failures\\]\\] can be written below"):
            call()
    assert file.read_text(encoding="utf-8") == text


def test_a_folder_that_is_not_there_is_told_before(tmp_path: Path) -> None:
    for file in (tmp_path / "no" / "known.toml", tmp_path):
        with pytest.raises(GreenroomError) as refused:
            check_known_file(file)
        assert refused.value.code == "cannot-write" and refused.value.hint
