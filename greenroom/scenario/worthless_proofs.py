"""Proofs that are worth nothing any more, or never were (S2): made by hand, or run out in the database; and those that
somebody asks for who has no right to them (S9)."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from enum import StrEnum

from greenroom.core.errors import NotApplicable, TargetUnavailable
from greenroom.core.placeholders import holes
from greenroom.drivers.account import Account
from greenroom.people.forged_tokens import forged
from greenroom.people.person import Person
from greenroom.scenario.world import World

EXPIRED = "an expired token"
_ARRANGEMENT = "expire_sign_ins"


class WayIn(StrEnum):
    """How somebody who does not know a password tries to be taken for whose it is, in the words of the features."""

    GUESSES = "does not know the password"
    SIGNS_UP = "signs up under the same e-mail"
    HAD_THE_COOKIES = "knows the cookies from before the sign-in"


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
    values = {"account_id": account.account_id, "proofs": account.proofs}
    if not world.writable_database().arrange(_ARRANGEMENT, **values):
        raise NotApplicable(f"arrange:{_ARRANGEMENT}", "the database knows no proof of that person that could run out")
    world.worker.accounts.forget(account)
    person.account = world.worker.accounts.sign_in(account, world.evidence)
    return account


def _can_run_out(world: World) -> bool:
    """Whether the database is ours, knows of sign-ins, and the people are the run's own: others have theirs on."""
    database, target = world.database, world.target
    own = target.people.source != "pool" and target.environment == "disposable"
    return database is not None and own and database.can_arrange(_ARRANGEMENT)


def try_to_get_in(world: World, host: Person, way: WayIn) -> None:
    """Somebody tries to be taken for the host, whose e-mail they know, and with whatever that gives them, to end the
    host's room: what counts is whether it ends. Raises NotApplicable where nobody signs in by a password, and where
    people are only leased: a wrong password may lock them out."""
    request, account = world.target.sign_in.request, host.account
    asked = holes([request.path, request.query, request.json_, request.form]) if request is not None else set()
    if "password" not in asked or world.target.people.source == "pool":
        raise NotApplicable("password", "nobody signs in by a password, or people are only leased")
    assert account is not None
    guesses = {WayIn.GUESSES: account.password.swapcase()[::-1], WayIn.SIGNS_UP: f"{account.password}-2"}
    guess = guesses.get(way, account.password)  # whoever has a cookie from before lets the host themselves sign in
    world.evidence.redactor.learn(guess)
    for somebody in _let_in(world, dataclasses.replace(account, password=guess), way):
        world.gateway.attempt("end", somebody, room=host.room_id)


def _let_in(world: World, guess: Account, way: WayIn) -> Iterator[Account]:
    """As whom the target takes somebody with this password, if as anybody."""
    bare = dataclasses.replace(guess, token="", cookies={}, csrf="", refresh="", answer=None)
    accounts, evidence = world.worker.accounts, world.evidence
    if way is WayIn.HAD_THE_COOKIES:
        yield accounts.known_before(bare, evidence)
        return
    if way is WayIn.SIGNS_UP:
        with contextlib.suppress(TargetUnavailable):
            yield accounts.made_again(guess, guess.password, evidence)
    with contextlib.suppress(TargetUnavailable):
        yield accounts.sign_in(bare, evidence)
