"""One check of the doctor: what it needs and provides, and how trouble on the way becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import psycopg
from playwright.sync_api import Error as PlaywrightError

from greenroom.core.errors import BrokenPromise, GreenroomError, Inconclusive, NotApplicable
from greenroom.doctor.examination import Examination, NotReached
from greenroom.doctor.finding import Condition, Finding, cant_tell, not_declared, not_reached, wrong
from greenroom.doctor.prerequisites import Prerequisite
from greenroom.drivers.web.readiness import NOT_READY, SLOW

_SET_UP_WRONGLY = frozenset({"sign-in", SLOW, NOT_READY, "probe", "gateway-log", "no-free-account", "room-not-at-rest"})
"""Causes of Inconclusive that are faults here: in a run they may be the environment's, but nobody ran anything yet."""


class CheckSubject(StrEnum):
    """What a check is about: the first column of the table, and what `--only` takes."""

    FILE = "file"
    SERVICES = "services"
    DATABASE = "database"
    PEOPLE = "people"
    OPERATIONS = "operations"
    PAGES = "pages"
    CAPABILITIES = "capabilities"
    CLEAN_UP = "clean-up"


Findings = Callable[[Examination], Iterator[Finding]]


@dataclass(frozen=True)
class DoctorCheck:
    """`examine` yields findings. It is called once all that it `needs` is established.

    `provides` is what it may establish. `uses` is what it makes use of if it is there. `makes`: it makes something on
    the target, so it is not for production.
    """

    subject: CheckSubject
    name: str
    examine: Findings
    needs: tuple[Prerequisite, ...]
    provides: tuple[Prerequisite, ...]
    uses: tuple[Prerequisite, ...]
    makes: bool


def doctor_check(
    subject: CheckSubject,
    name: str,
    *,
    needs: tuple[Prerequisite, ...] = (),
    provides: tuple[Prerequisite, ...] = (),
    uses: tuple[Prerequisite, ...] = (),
    makes: bool = False,
) -> Callable[[Findings], DoctorCheck]:
    """Makes a check of the function below it; `all_checks` says when it is carried out."""

    def check(examine: Findings) -> DoctorCheck:
        return DoctorCheck(subject, name, examine, needs, provides, uses, makes)

    return check


def carry_out(check: DoctorCheck, examination: Examination) -> Iterator[Finding]:
    """The findings of one check, secrets taken out. Raises only what is a fault of the doctor's own."""
    if any(examination.is_undeclared(need) for need in check.needs):
        examination.mark_undeclared(check.provides)
        return
    absent = [need.name for need in check.needs if not examination.has(need)]
    if absent:
        yield not_reached(check.name, f"needs {' and '.join(absent)}")
        return
    if check.makes and examination.target.environment == "production":
        yield not_reached(check.name, "nothing is made on a target that is marked production")
        return
    conditions: set[Condition] = set()
    clean = examination.redactor.quoted
    for finding in _examine(check, examination):
        conditions.add(finding.condition)
        yield Finding(finding.check, finding.condition, clean(finding.detail), clean(finding.hint))
    if conditions <= {Condition.NOT_DECLARED}:
        examination.mark_undeclared(check.provides)


def _examine(check: DoctorCheck, examination: Examination) -> Iterator[Finding]:
    try:
        yield from check.examine(examination)
    except NotReached as reason:
        yield not_reached(check.name, str(reason))
    except NotApplicable as reason:
        yield not_declared(check.name, str(reason))
    except Inconclusive as error:
        finding = wrong if error.cause in _SET_UP_WRONGLY else cant_tell
        yield finding(check.name, error.message, error.hint)
    except GreenroomError as error:
        yield wrong(check.name, error.message, error.hint)
    except BrokenPromise as error:
        yield wrong(check.name, " ".join(str(error).split()))
    except psycopg.Error as error:
        yield wrong(check.name, f"the database says: {str(error).splitlines()[0]}")
    except PlaywrightError as error:
        yield wrong(check.name, f"the browser says: {error.message.splitlines()[0]}")
