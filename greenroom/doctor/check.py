"""One check: what it needs, what later checks may need of it, and how trouble on the way becomes a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
from playwright.sync_api import Error as PlaywrightError

from greenroom.core.errors import BrokenPromise, GreenroomError, Inconclusive, NotApplicable
from greenroom.doctor.finding import Finding, State, cant_tell, not_declared, not_reached, wrong
from greenroom.doctor.patient import NotReached, Patient

_MISUSE = frozenset({"sign-in", "page-slow", "probe", "gateway-log", "no-free-account", "room-not-at-rest"})
"""Causes for which the weather is not to blame when the target was set up a moment ago."""


@dataclass(frozen=True)
class Check:
    """`examine` yields findings. It is called once everything in `needs` is there; what it finds it puts into the
    patient's `things`, of which `gives` are known beforehand. `uses`: it makes use of these if they are there. `makes`:
    it makes something on the target."""

    subject: str
    name: str
    examine: Callable[[Patient], Iterator[Finding]]
    needs: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    makes: bool = False


def carry_out(check: Check, patient: Patient) -> Iterator[Finding]:
    """The findings of one check. Nothing that goes wrong on the way gets past it but a fault of the doctor's own."""
    absent = [need for need in check.needs if need not in patient.things]
    if any(need in patient.undeclared for need in absent):
        patient.undeclared.update(check.gives)
        return
    if absent:
        yield not_reached(check.name, f"needs {' and '.join(absent)}")
        return
    if check.makes and patient.target.environment == "production":
        yield not_reached(check.name, "nothing is made on a target that is marked production")
        return
    states: set[State] = set()
    clean = patient.redactor.text
    for finding in _telling(check, patient):
        states.add(finding.state)
        yield Finding(finding.check, finding.state, clean(finding.detail), clean(finding.hint))
    if states <= {State.NOT_DECLARED}:
        patient.undeclared.update(set(check.gives) - patient.things)


def _telling(check: Check, patient: Patient) -> Iterator[Finding]:
    try:
        yield from check.examine(patient)
    except NotReached as reason:
        yield not_reached(check.name, str(reason))
    except NotApplicable as reason:
        yield not_declared(check.name, str(reason))
    except Inconclusive as error:
        finding = wrong if error.cause in _MISUSE else cant_tell
        yield finding(check.name, error.message, error.hint)
    except GreenroomError as error:
        yield wrong(check.name, error.message, error.hint)
    except BrokenPromise as error:
        yield wrong(check.name, " ".join(str(error).split()))
    except psycopg.Error as error:
        yield wrong(check.name, f"the database says: {str(error).splitlines()[0]}")
    except PlaywrightError as error:
        yield wrong(check.name, f"the browser says: {error.message.splitlines()[0]}")
