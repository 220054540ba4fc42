"""The examination of a target, from the first check to the last, or as far as some subjects need it."""

from __future__ import annotations

from collections.abc import Collection, Generator
from pathlib import Path

from greenroom.doctor.all_checks import CHECKS
from greenroom.doctor.check import CheckSubject, DoctorCheck, carry_out
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Condition, Finding
from greenroom.doctor.prerequisites import TARGET_FILE
from greenroom.targetfile.load import TargetFile

SUBJECTS = tuple(CheckSubject)

_ALWAYS = (CheckSubject.FILE, CheckSubject.SERVICES, CheckSubject.CLEAN_UP)


def examine(
    target: TargetFile, home: Path, subjects: Collection[str] = SUBJECTS, *, patience: float = 0.0
) -> Generator[tuple[str, Finding]]:
    """Every finding with its subject, as soon as it is made.

    `home` is where ledgers and leases are kept; a limiter's 429 is waited out for `patience` seconds. With some
    `subjects` only, what these need is looked at as well, but only said when it is not well. What was made is removed,
    and what was started is ended, however this ends.
    """
    examination = Examination(target, home, patience)
    chosen = checks_for(subjects)
    try:
        for check in chosen:
            for finding in carry_out(check, examination):
                if check.subject in subjects or finding.condition in (Condition.WRONG, Condition.CANT_TELL):
                    yield check.subject, finding
            if not examination.has(TARGET_FILE):
                return  # without it there is nothing to examine
    finally:
        examination.close()


def checks_for(subjects: Collection[str]) -> list[DoctorCheck]:
    """The checks of some subjects in their order, with all that provide what these need or use; and file, services and
    clean-up in any case."""
    chosen = {check for check in CHECKS if check.subject in (*subjects, *_ALWAYS)}
    while True:
        needs = {need for check in chosen for need in (*check.needs, *check.uses)}
        more = {check for check in CHECKS if needs & set(check.provides)} - chosen
        if not more:
            return [check for check in CHECKS if check in chosen]
        chosen |= more
