"""A database that was filled anew in the midst of a run breaks no promise; rows that are gone alone do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from greenroom.core.errors import TargetUnavailable
from greenroom.drivers.account import Account
from greenroom.people.person import Person
from greenroom.scenario.filled_anew import SeenPeople

PEOPLE = [Person("Ada", Account("a1", "Ada")), Person("Grace", Account("a2", "Grace")), Person("Visitor", None)]


def database(*held: str, sees: bool = True) -> Any:
    return cast(Any, SimpleNamespace(holds=lambda _: sees, query=lambda *_: [{"account_id": one} for one in held]))


def seen(accounts: int = 1) -> SeenPeople:
    members = SeenPeople()
    members.see(accounts)
    return members


def test_who_has_lost_everybody_can_not_tell() -> None:
    found = seen().gone(database(), PEOPLE, ["r1"], 0)
    assert found and found.cause == "database-filled-anew" and "of 2 who were made" in found.message
    assert "restored" in found.hint


def test_one_of_them_is_enough_to_judge() -> None:
    assert seen().gone(database("a2"), PEOPLE, ["r1"], 0) is None


def test_a_database_that_never_showed_anything_of_anybody_is_another() -> None:
    found = seen(0).gone(database(), PEOPLE, ["r1"], 0)
    assert found and found.cause == "another-database" and "`dsn`" in found.hint
    assert seen(0).none_ever and not seen().none_ever


def test_a_target_that_shows_no_accounts_is_known_by_its_rooms() -> None:
    members = seen(0)
    members.see(0, rooms=1)
    assert members.gone(database(), PEOPLE, ["r1"], 0) is None and not members.none_ever
    assert seen(0).gone(database("r1"), PEOPLE, ["r1"], 0) is None


def test_where_nobody_has_a_room_nothing_is_said() -> None:
    assert seen(0).gone(database(), PEOPLE, [], 0) is None


def test_what_can_not_tell_says_nothing() -> None:
    assert seen().gone(None, PEOPLE, ["r1"], 0) is None
    assert seen().gone(database(sees=False), PEOPLE, ["r1"], 0) is None
    assert seen().gone(database(), PEOPLE[2:], ["r1"], 0) is None


def test_a_database_that_can_not_be_asked_says_nothing() -> None:
    def fails(*_: Any) -> Any:
        raise TargetUnavailable("database", "gone")

    assert seen().gone(cast(Any, SimpleNamespace(holds=lambda _: True, query=fails)), PEOPLE, ["r1"], 0) is None
