"""The checks fit together: each stands in the package of its subject, and after those that establish what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.doctor.all_checks import CHECKS
from greenroom.doctor.check import CheckSubject, DoctorCheck, carry_out, doctor_check
from greenroom.doctor.examination import Examination, NotReached
from greenroom.doctor.examine import checks_for
from greenroom.doctor.finding import Condition, Finding, not_declared, ok
from greenroom.doctor.prerequisites import Prerequisite, Provided
from greenroom.targetfile.load import read_target

ROOM_NUMBER, SPARE_KEY, GARDEN = Provided[int]("a room's number"), Prerequisite("a spare key"), Prerequisite("a garden")


@pytest.fixture
def examination(tmp_path: Path) -> Examination:
    return Examination(read_target("reference", ROOT), tmp_path)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_check_comes_after_what_establishes_its_needs(check: DoctorCheck) -> None:
    before = {one for earlier in CHECKS[: CHECKS.index(check)] for one in earlier.provides}
    assert set(check.needs) | set(check.uses) <= before


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_check_stands_in_the_folder_of_its_subject(check: DoctorCheck) -> None:
    module = check.examine.__module__.removeprefix("greenroom.doctor.checks.")
    assert module.partition(".")[0] == check.subject.replace("-", "_")


def test_every_check_is_carried_out_and_every_subject_has_one() -> None:
    written = sum(path.read_text(encoding="utf-8").count("\n@doctor_check(") for path in checks_folder())
    assert len(set(CHECKS)) == len(CHECKS) == written
    assert {check.subject for check in CHECKS} == set(CheckSubject)


def checks_folder() -> list[Path]:
    return list((ROOT / "greenroom" / "doctor" / "checks").rglob("*.py"))


def test_a_subject_brings_the_checks_that_establish_its_needs() -> None:
    chosen = [check.name for check in checks_for(["people"])]
    assert {"launch", "relations", "members", "pool", "removal"} <= set(chosen)
    assert not {"browser", "go_live", "session"} & set(chosen)
    assert chosen == [check.name for check in CHECKS if check.name in chosen]


def test_nothing_is_got_before_it_was_provided(examination: Examination) -> None:
    assert examination.find(ROOM_NUMBER) is None
    with pytest.raises(NotReached, match="needs a room's number"):
        examination.get(ROOM_NUMBER)
    for early in ("target", "http", "browsers", "world", "host", "guest"):
        with pytest.raises(NotReached):
            getattr(examination, early)
    examination.provide(ROOM_NUMBER, 7)
    assert (examination.get(ROOM_NUMBER), examination.find(ROOM_NUMBER), examination.take(ROOM_NUMBER)) == (7, 7, 7)
    assert not examination.has(ROOM_NUMBER)


def test_a_check_is_not_reached_when_something_that_it_needs_is_not_established(examination: Examination) -> None:
    @doctor_check(CheckSubject.FILE, "third", needs=(ROOM_NUMBER, SPARE_KEY, GARDEN))
    def third(_: Examination) -> Iterator[Finding]:
        yield ok("third")

    examination.establish(SPARE_KEY)
    (finding,) = carry_out(third, examination)
    assert (finding.condition, finding.detail) == (Condition.NOT_REACHED, "needs a room's number and a garden")
    examination.provide(ROOM_NUMBER, 7)
    examination.establish(GARDEN)
    assert [one.condition for one in carry_out(third, examination)] == [Condition.OK]


def test_what_needs_something_undeclared_is_left_out(examination: Examination) -> None:
    @doctor_check(CheckSubject.FILE, "first", provides=(GARDEN,))
    def first(_: Examination) -> Iterator[Finding]:
        yield not_declared("first")

    @doctor_check(CheckSubject.FILE, "second", needs=(GARDEN,), provides=(SPARE_KEY,))
    def second(_: Examination) -> Iterator[Finding]:
        yield ok("second")

    @doctor_check(CheckSubject.FILE, "third", needs=(SPARE_KEY,))
    def third(_: Examination) -> Iterator[Finding]:
        yield ok("third")

    findings = [finding for check in (first, second, third) for finding in carry_out(check, examination)]
    assert [finding.check for finding in findings] == ["first"]


def test_the_docs_describe_every_subject() -> None:
    docs = (ROOT / "docs" / "targets.md").read_text(encoding="utf-8")
    section = docs.partition("## What the doctor checks")[2].partition("\n## ")[0]
    assert re.findall(r"^\| ([a-z-]+) \| (?!what is looked at)", section, re.MULTILINE) == list(CheckSubject)
