"""All checks in their order, and the examination itself."""

from __future__ import annotations

from collections.abc import Collection, Generator
from pathlib import Path

from greenroom.doctor import (
    arrangements,
    browser,
    capabilities,
    cleanup,
    database,
    described,
    file,
    later,
    limiter,
    means,
    operations,
    people,
    ready,
    recovery,
    services,
    troubles,
    walk,
)  # fmt: skip
from greenroom.doctor.check import Check, carry_out
from greenroom.doctor.finding import Finding
from greenroom.doctor.patient import Patient
from greenroom.targetfile.load import TargetFile

SUBJECTS = ("file", "services", "database", "people", "operations", "pages", "capabilities", "clean-up")

_FILE, _UP, _DB = "target file", "a target that is up", "the database"
_PAGE = ("people on the page", "the listing")
_LIVE = ("a live page",)
_SEEN = ("the relations",)

CHECKS = (
    Check("file", "target file", file.reads, gives=(_FILE,)),
    Check("file", "secrets", file.secrets, (_FILE,)),
    Check("file", "known failures", file.known_failures, (_FILE,)),
    Check("file", "files beside it", file.beside, (_FILE,)),
    Check("services", "launch", services.launches, (_FILE,), (_UP,)),
    Check("services", "addresses", services.addresses, (_UP,)),
    Check("services", "probe", services.probe, (_UP,)),
    Check("database", "database", database.answers, (_UP,), (_DB,)),
    Check("database", "relations", database.relations, (_DB,), ("the relations",)),
    Check("database", "clocks", services.clocks, (_UP,)),
    Check("people", "members", people.members, (_UP,), ("people",), _SEEN, makes=True),
    Check("people", "sign-in", people.sign_in, ("people",)),
    Check("people", "pool", people.pool, ("people",)),
    Check("people", "another tenant", people.elsewhere, ("people",), makes=True),
    Check("operations", "described", described.described, (_FILE,), ("operations",)),
    Check("operations", "own room", operations.own_room, ("operations", "people"), ("a room",), _SEEN, makes=True),
    Check("operations", "session", operations.session, ("operations", "a room"), ("a session",), _SEEN, makes=True),
    Check("operations", "limiter", limiter.limiter, ("operations", "a session")),
    Check("database", "arrangements", arrangements.arrangements, (_DB, "the relations", "a room"), ("arrangements",)),
    Check("pages", "browser", browser.starts, (_UP,), ("a browser",)),
    Check("pages", "selectors", browser.selectors, ("a browser",), ("selectors",)),
    Check("pages", "sign-in on the page", browser.signs_in, ("selectors", "people"), _PAGE[:1]),
    Check("pages", "listing", walk.listing, _PAGE[:1], _PAGE[1:]),
    Check("pages", "failing go live", troubles.failed_go_live, _PAGE),
    Check("pages", "go live", walk.go_live, _PAGE, _LIVE, makes=True),
    Check("pages", "viewer", walk.viewer, _LIVE, ("a viewer",)),
    Check("pages", "entry", walk.entry, _LIVE),
    Check("pages", "failing host lookup", troubles.failed_lookup, ("a viewer",)),
    Check("pages", "failing end", troubles.failed_end, ("a viewer",)),
    Check("pages", "ready: listing", ready.listing, _LIVE),
    Check("pages", "ready: viewer", ready.viewer, _LIVE),
    Check("pages", "fallback", troubles.fallback, ("a viewer",)),
    Check("pages", "end room", walk.end, ("a viewer",), makes=True),
    Check("pages", "recovery", recovery.recovery, (*_PAGE, "arrangements", "a viewer"), makes=True),
    Check("operations", "schedule", later.scheduled, ("operations", "a room"), makes=True),
    Check("operations", "open_doors", later.lobby, ("operations", "a room"), makes=True),
    Check("capabilities", "data API", means.data_api, ("a room",), makes=True),
    Check("capabilities", "write faults", means.write_faults, (_DB, "a room"), makes=True),
    Check("capabilities", "migration", means.migration, (_DB, "a room"), makes=True),
    Check("capabilities", "restart", means.restart, ("people",)),
    Check("capabilities", "capabilities", capabilities.capabilities, ("people",), uses=("a session",)),
    Check("clean-up", "removal", cleanup.removal),
)


def examine(
    target: TargetFile, home: Path, subjects: Collection[str] = SUBJECTS, *, patience: float = 0.0
) -> Generator[tuple[str, Finding]]:
    """Every finding with its subject, as soon as it is made.

    `home` is where ledgers and leases are kept; a limiter's 429 is waited out for `patience` seconds. With some
    `subjects` only, what these need is looked at as well, but only said when it is not well. What was made is removed,
    and what was started is ended, however this ends.
    """
    patient = Patient(target, home, patience)
    wanted = _needed(subjects)
    try:
        for check in CHECKS:
            if check not in wanted:
                continue
            for finding in carry_out(check, patient):
                if check.subject in subjects or finding.state in ("wrong", "can't tell"):
                    yield check.subject, finding
            if _FILE not in patient.things:
                return  # without it there is nothing to examine
    finally:
        patient.close()


def _needed(subjects: Collection[str]) -> set[Check]:
    """The checks of some subjects, with all those that give what these need; and what is looked at in any case."""
    found = {check for check in CHECKS if check.subject in (*subjects, "file", "services", "clean-up")}
    while True:
        needs = {need for check in found for need in (*check.needs, *check.uses)}
        more = {check for check in CHECKS if needs & set(check.gives)} - found
        if not more:
            return found
        found |= more
