"""Proofs that are worth nothing any more, or never were (S2): made by hand, or run out in the database."""

from __future__ import annotations

from greenroom.core.errors import NotApplicable
from greenroom.drivers.account import Account
from greenroom.people.forged_tokens import forged
from greenroom.people.person import Person
from greenroom.scenario.world import World

EXPIRED = "an expired token"
_ARRANGEMENT = "expire_sign_ins"


def worthless(world: World, person: Person, kind: str) -> Account:
    """The person's account with a proof of that kind. Where an expired one can't be made by hand, the one that they
    have runs out in the database, and they sign in anew. Raises NotApplicable where neither can be."""
    assert person.account is not None
    account = world.gateway.fresh(person.account)
    try:
        return forged(world.target, account, kind)
    except NotApplicable:
        if kind != EXPIRED or not _can_run_out(world):
            raise
    if not world.writable_database().arrange(_ARRANGEMENT, account_id=account.account_id):
        raise NotApplicable(f"arrange:{_ARRANGEMENT}", "the database knows no proof of that person that could run out")
    world.worker.accounts.forget(account)
    person.account = world.worker.accounts.sign_in(account, world.evidence)
    return account


def _can_run_out(world: World) -> bool:
    """Whether the database is ours, knows of sign-ins, and the people are the run's own: others have theirs on."""
    database, target = world.database, world.target
    own = target.people.source != "pool" and target.environment == "disposable"
    return database is not None and own and database.can_arrange(_ARRANGEMENT)
