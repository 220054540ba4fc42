"""The world in which the doctor makes its people and rooms: as scenarios have it."""

from __future__ import annotations

import contextlib

from greenroom.doctor.examination import Examination
from greenroom.doctor.prerequisites import DATABASE, RUNNING_TARGET, WORLD
from greenroom.isolation.ledger import Ledger
from greenroom.people.accounts import Accounts
from greenroom.people.leases import Leases
from greenroom.scenario.worker import Worker
from greenroom.scenario.world import World

_SEED = 1


def open_world(examination: Examination) -> World:
    """A world over what the examination has started; it is closed with it, if not before."""
    running, database = examination.get(RUNNING_TARGET), examination.find(DATABASE)
    target = running.target
    ledger = Ledger.begin(examination.home / "ledger", target.name, examination.run, "doctor")
    examination.on_close(ledger.close)
    worker = Worker(
        target=target,
        launched=running.launched,
        http=running.http,
        database=database,
        accounts=Accounts(target, running.http, database),
        browsers=running.browsers,
        redactor=examination.redactor,
        ledger=ledger,
        leases=Leases(target.name, target.people.pool, database, examination.home / "leases"),
        run=examination.run,
        seed=_SEED,
        ends_leftovers=not examination.borrows,
    )
    world = World(worker, examination.evidence, examination.mark, _SEED, [])
    examination.on_close(lambda: _close_world(examination))
    examination.provide(WORLD, world)
    return world


def _close_world(examination: Examination) -> None:
    """Remove what was made, unless the clean-up check did. What can't be removed is in the ledger, for the sweep."""
    world = examination.take(WORLD)
    if world is not None:
        with contextlib.suppress(Exception):
            world.close()
