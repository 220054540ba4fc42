"""The machinery: what breaks everything is killed, what breaks nothing survives, what does not start is neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutants.mutant import Change, Kind, Mutant
from tests.mutants.results import Outcome, Result
from tests.mutants.suite import Scenario, read_suite
from tests.mutants.together import IN_COMPANY, groups, try_together
from tests.mutants.trial import Trial
from tests.planted.copies import ROOT
from tests.planted.harness import Harness
from tests.planted.starter_process import StarterProcess

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("mutants")]

NAME = "the host ends the room through the gateway"
REPEATED = "a repeated end is refused"


def mutant(file: str, old: str, new: str) -> Mutant:
    """One that somebody chose."""
    path = Path("reference") / file
    start = (ROOT / path).read_text(encoding="utf-8").index(old)
    return Mutant("chosen", Kind.PYTHON, path, 1, Change(start, start + len(old), new, "chosen", "f"), old, new)


@pytest.fixture(scope="module")
def few() -> list[Scenario]:
    found = [one for one in read_suite({}) if one.name in (NAME, REPEATED)]
    assert len(found) == 2
    return found


@pytest.fixture(scope="module")
def trial(few: list[Scenario], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with StarterProcess() as starter:
        yield Trial(tmp_path_factory.mktemp("work"), Harness(60.0), starter.words, few, "digest")


def tried(trial: Trial, file: str, old: str, new: str) -> Outcome:
    return trial.try_out(mutant(file, old, new), [])


def test_what_fails_everything_is_killed(trial: Trial) -> None:
    found = tried(
        trial,
        "gateway/routes_lifecycle.py",
        "async def end(",
        "async def end(*_: object) -> None: ...\nasync def _end(",
    )
    assert (found.result, found.promise) == (Result.KILLED, "E1")


def test_what_changes_nothing_survives(trial: Trial) -> None:
    assert tried(trial, "gateway/routes_lifecycle.py", "async def end(", "async  def end(").result is Result.SURVIVED


def test_what_does_not_start_is_no_kill(trial: Trial) -> None:
    assert tried(trial, "gateway/app.py", "def create_app(", "def create_no_app(").result is Result.STILLBORN


def test_of_those_in_one_copy_the_right_one_is_killed(trial: Trial) -> None:
    harmless = replace(mutant("gateway/app.py", "def create_app(", "def  create_app("), key="harmless")
    breaking = mutant("gateway/requests.py", '"INVALID_STATE": 409', '"INVALID_STATE": 404')
    found = {one.key: one for one in try_together(trial, [harmless, breaking])}
    assert (found["harmless"].result, found["harmless"].note) == (Result.SURVIVED, IN_COMPANY)
    assert (found["chosen"].result, found["chosen"].by.partition("::")[2]) == (
        Result.KILLED,
        "a repeated end is refused",
    )


def test_two_of_one_place_are_not_in_one_copy() -> None:
    one = mutant("gateway/app.py", "def create_app(", "")
    other = replace(one, change=replace(one.change, where="g"))
    assert groups([one, one, other, other], 3) == [[one, other], [one, other]]
    assert groups([one, other], 1) == [[one], [other]]


def test_what_takes_too_long_is_no_kill(few: list[Scenario], tmp_path: Path) -> None:
    with StarterProcess() as starter:
        hasty = Trial(tmp_path, Harness(0.1), starter.words, few, "digest")
        assert tried(hasty, "gateway/routes_lifecycle.py", "async def end(", "async  def end(").result is Result.TIMEOUT
