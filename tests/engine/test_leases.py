"""Leased accounts, by locks on files: all that a scenario needs or none, and never one for two."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.errors import Inconclusive, NotApplicable
from greenroom.people.leases import Leases
from greenroom.targetfile.model import PoolAccount

POOL = [PoolAccount(account_id=name) for name in ("one", "two", "three")]


def leases(folder: Path, target: str = "staging") -> Leases:
    """Those of one worker; another worker, run or session has its own."""
    return Leases(target, POOL, None, folder)


def taken(worker: Leases, number: int) -> list[str]:
    worker.reserve(number, 0)
    return [worker.take().account_id for _ in range(number)]


def test_two_takers_never_share_an_account(tmp_path: Path) -> None:
    first, second = leases(tmp_path), leases(tmp_path)
    assert sorted(taken(first, 2) + taken(second, 1)) == ["one", "three", "two"]


def test_none_free_is_inconclusive_and_says_what_to_do(tmp_path: Path) -> None:
    first, second = leases(tmp_path), leases(tmp_path)
    taken(first, 2)
    with pytest.raises(Inconclusive, match="2 of the pool's 3 accounts did not get free") as refused:
        second.reserve(2, 0)
    assert refused.value.cause == "no-free-account" and "lease" in refused.value.hint


def test_who_does_not_get_all_holds_none(tmp_path: Path) -> None:
    first, second, third = (leases(tmp_path) for _ in range(3))
    taken(first, 1)
    with pytest.raises(Inconclusive):
        second.reserve(3, 0)
    assert len(taken(third, 2)) == 2


def test_what_is_given_back_is_free(tmp_path: Path) -> None:
    first, second = leases(tmp_path), leases(tmp_path)
    assert taken(first, 3) == ["one", "two", "three"]
    first.give_all_back()
    assert taken(second, 3) == ["one", "two", "three"]


def test_one_is_given_back_alone(tmp_path: Path) -> None:
    first, second = leases(tmp_path), leases(tmp_path)
    taken(first, 3)
    first.give_back("two")
    first.give_back("two")
    first.give_back("of nobody")
    assert taken(second, 1) == ["two"]


def test_more_people_than_the_pool_has_is_not_applicable(tmp_path: Path) -> None:
    with pytest.raises(NotApplicable, match="needs 4 people, the pool has 3"):
        leases(tmp_path).reserve(4, 0)


def test_more_people_than_were_reserved_is_inconclusive(tmp_path: Path) -> None:
    worker = leases(tmp_path)
    taken(worker, 1)
    with pytest.raises(Inconclusive, match="more people than were reserved"):
        worker.take()


def test_more_people_than_the_pool_has_at_all_is_not_applicable(tmp_path: Path) -> None:
    worker = leases(tmp_path)
    taken(worker, 3)
    with pytest.raises(NotApplicable, match="more people than the 3 of the pool"):
        worker.take()


def test_targets_have_accounts_of_their_own(tmp_path: Path) -> None:
    taken(leases(tmp_path), 3)
    assert len(taken(leases(tmp_path, "other"), 3)) == 3
