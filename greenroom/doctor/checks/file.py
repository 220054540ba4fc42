"""The target folder by itself: it reads, is filled in, keeps no secrets, and its known failures are still current."""

from __future__ import annotations

import datetime as dt
import difflib
import fnmatch
from collections.abc import Iterator
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from greenroom.core.errors import BadFeature
from greenroom.core.project import FEATURES, PROMISES
from greenroom.doctor.check import CheckSubject, doctor_check
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, counted, not_declared, ok, wrong
from greenroom.doctor.prerequisites import TARGET_FILE
from greenroom.drivers.adapter import gateway_of
from greenroom.drivers.gateway import Gateway
from greenroom.gherkin.index import read_feature
from greenroom.gherkin.promises import read_promises
from greenroom.outcome.known_failures import unknown_promises


@doctor_check(CheckSubject.FILE, "target file", provides=(TARGET_FILE,))
def check_target_file(examination: Examination) -> Iterator[Finding]:
    """The file is read, with the environment's variables. Load errors name file, line and hint."""
    target = examination.resolve()
    examination.provide(TARGET_FILE, target)
    if unfilled := examination.unfilled():
        hint = "fill it in, or comment the line out where it is optional; docs/targets.md describes every key"
        yield wrong("target file", f"{unfilled}: CHANGE-ME is what `greenroom init` left", hint)
        return
    parts = [target.environment, counted(len(target.operations), "operation")]
    parts += ["pages" if target.web else "no pages", "a database" if target.database else "no database"]
    yield ok("target file", f"{examination.where()}: {', '.join(parts)}")


@doctor_check(CheckSubject.FILE, "secrets", needs=(TARGET_FILE,))
def check_secrets(examination: Examination) -> Iterator[Finding]:
    """Secrets come from the environment. An embedded target says its own."""
    if examination.target.environment == "disposable":
        return
    document = examination.file.document
    found = [
        path
        for path, value in _secret_places(document)
        if isinstance(value, str) and value and "${" not in value and examination.mark not in value
    ]
    for path in found:
        hint = (
            f'write "${{{_variable(examination.target.name, path)}}}", and put the value into the environment or .env'
        )
        yield wrong("secrets", f"{examination.where(*path)}: `{path[-1]}` holds a secret", hint)
    if not found:
        yield ok("secrets", "none in the file")


@doctor_check(CheckSubject.FILE, "known failures", needs=(TARGET_FILE,))
def check_known_failures(examination: Examination) -> Iterator[Finding]:
    """Each names a promise and a scenario that exist, and has not expired."""
    listed = examination.target.known_failures
    if not listed:
        return
    promises, scenarios = read_promises(PROMISES), _scenarios()
    faults = 0
    unknown = {number: (message, hint) for number, message, hint in unknown_promises(listed, promises)}
    for number, failure in enumerate(listed):
        place = examination.where("known_failures", number)
        if promises and number in unknown:
            message, hint = unknown[number]
            yield wrong("known failures", f"{place}: {message}", hint)
        elif failure.expires < dt.date.today():
            hint = f"look at {failure.ticket} again: delete the entry, or give it another date"
            yield wrong("known failures", f"{place}: {failure.promise} expired on {failure.expires}", hint)
        elif scenarios and not fnmatch.filter(scenarios.get(failure.promise, []), failure.scenario):
            mine = scenarios.get(failure.promise, [])
            close = difflib.get_close_matches(failure.scenario, mine, n=1, cutoff=0.3)
            hint = f"did you mean {close[0]!r}?" if close else "* stands for any letters"
            detail = f"{place}: no scenario of {failure.promise} is called {failure.scenario!r}"
            yield wrong("known failures", detail, hint)
        else:
            continue
        faults += 1
    if not faults:
        first = min(listed, key=lambda failure: failure.expires)
        yield ok("known failures", f"{len(listed)} listed, the first expires on {first.expires}")


@doctor_check(CheckSubject.FILE, "files beside it", needs=(TARGET_FILE,))
def check_files_beside(examination: Examination) -> Iterator[Finding]:
    """Files beside target.toml that a run reads."""
    gateway = gateway_of(examination.target.folder)
    if gateway is not Gateway:
        yield ok("adapter.py", f"the gateway is driven by its {gateway.__name__}")
    for name in ("relations.sql", "arrange.sql"):
        if (examination.target.folder / name).is_file() and examination.target.database is None:
            yield not_declared(name, "it is there, and not used", "add [database] with its dsn")
            return


def _scenarios() -> dict[str, list[str]]:
    """Promise -> the names of its scenarios, with their examples filled in."""
    found: dict[str, list[str]] = {}
    for path in sorted(FEATURES.rglob("*.feature")):
        try:
            feature = read_feature(path)
        except BadFeature:
            continue  # the lint says so
        for scenario in feature.scenarios:
            for case in scenario.cases:
                for tag in case.tags:
                    found.setdefault(tag, []).append(case.name)
    return found


def _secret_places(document: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    for number, account in enumerate(document.get("people", {}).get("pool", [])):
        for key in ("password", "token"):
            yield ("people", "pool", number, key), account.get(key)
    yield ("sign_in", "key"), document.get("sign_in", {}).get("key")
    dsn = document.get("database", {}).get("dsn", "")
    if "${" not in dsn and _password_of(dsn):
        yield ("database", "dsn"), dsn


def _password_of(dsn: str) -> str:
    try:
        return str(conninfo_to_dict(dsn).get("password") or "")
    except ProgrammingError:
        return ""


def _variable(target: str, path: tuple[str | int, ...]) -> str:
    words = [target, *(str(part + 1 if isinstance(part, int) else part) for part in path if part not in ("people",))]
    return "_".join(words).upper().replace("-", "_")
