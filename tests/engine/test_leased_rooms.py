"""Leased accounts are two people with a room each that is theirs and at rest, or the run says what is not so."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from faker import Faker

from greenroom.core.errors import BadTarget, Inconclusive
from greenroom.core.redact import Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.people.leases import Leases
from greenroom.record.evidence import Evidence
from greenroom.scenario.naming import Naming
from greenroom.scenario.people import ScenarioPeople
from greenroom.targetfile.model import PoolAccount, Target
from greenroom.targetfile.pool import problems_of_pool
from tests.support.http_server import Server, answers, serving

STATE = {"method": "GET", "path": "/rooms/{room}", "answer": {"status": "status"}}
END = {"path": "/rooms/{room}/end"}


class Rooms:
    """A database that has but rooms. Each look at one takes the next of its states; the last one stays."""

    def __init__(self, host: str, *states: str) -> None:
        self.host, self.states = host, list(states)

    def holds(self, relation: str) -> bool:
        return relation == "rooms"

    def query(self, query: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return [{"host_id": self.host, "status": state}] if self.host else []


def people(server: Server, *given: Account, rooms: Rooms | None = None, leaves: bool = False) -> ScenarioPeople:
    told = {"name": "some", "environment": "shared", "addresses": {"gateway": server.address}}
    told |= {"people": {"source": "pool"}, "operations": {"room_state": STATE, "end": END}}
    target = Target.model_validate(told | {"deadlines": {"settle": 0.1}})
    evidence, accounts = Evidence(Redactor()), list(given)
    worker = SimpleNamespace(
        target=target,
        database=rooms,
        ends_leftovers=not leaves,
        ledger=SimpleNamespace(intends=lambda *_: None, made=lambda *_, **__: None),
        lease=lambda _: accounts.pop(0),
    )
    gateway = Gateway(target, Http(target, "run"), evidence)
    return ScenarioPeople(cast(Any, worker), gateway, evidence, Naming("gr1", 1, Faker()))


ADA = Account("a1", "Ada of the pool", room_id="r1")
LIVE, IDLE = answers(200, {"status": "live"}), answers(200, {"status": "idle"})


def test_a_room_at_rest_is_taken_as_it_is() -> None:
    with serving(IDLE) as server:
        assert people(server, ADA, rooms=Rooms("a1", "idle")).person("Ada").room_id == "r1"
        assert [path for _, path, _, _ in server.seen] == ["/rooms/r1"]


def test_a_room_that_somebody_left_live_is_ended_first() -> None:
    with serving(LIVE, answers(200, {}), IDLE) as server:
        assert people(server, ADA).person("Ada").room_id == "r1"
        assert [path for _, path, _, _ in server.seen] == ["/rooms/r1", "/rooms/r1/end", "/rooms/r1"]


def test_a_room_that_only_the_database_knows_to_be_live_is_ended_too() -> None:
    with serving(answers(200, {})) as server:
        people(server, ADA, rooms=Rooms("a1", "live", "live", "idle")).person("Ada")
        assert "/rooms/r1/end" in [path for _, path, _, _ in server.seen]


def test_a_room_that_can_not_be_ended_breaks_no_promise() -> None:
    with serving(answers(200, {"status": "live"})) as server, pytest.raises(Inconclusive, match="can't be ended") as no:
        people(server, ADA, rooms=Rooms("a1", "live")).person("Ada")
    assert no.value.cause == "room-not-at-rest" and "by hand" in no.value.hint


def test_a_room_that_must_be_left_alone_is_left_alone() -> None:
    with serving(LIVE) as server:
        with pytest.raises(Inconclusive, match="somebody uses it"):
            people(server, ADA, leaves=True).person("Ada")
        assert [path for _, path, _, _ in server.seen] == ["/rooms/r1"]


@pytest.mark.parametrize(("host", "whose"), [("b2", "is that of the account b2"), ("", "is none of the database's")])
def test_a_room_of_somebody_else_is_a_fault_of_the_file(host: str, whose: str) -> None:
    with serving(IDLE) as server, pytest.raises(BadTarget, match=f"the room r1 of Ada of the pool {whose}"):
        people(server, ADA, rooms=Rooms(host, "live")).person("Ada")


def test_who_turns_out_to_be_the_same_person_is_no_two() -> None:
    with serving(IDLE) as server:
        both = people(server, ADA, Account("a1", "Ada again"))
        both.person("Ada")
        with pytest.raises(BadTarget, match="Ada of the pool and Ada again are the same person, a1"):
            both.person("Grace")


@pytest.mark.parametrize(
    ("other", "key"),
    [
        ({"account_id": "1"}, "account_id"),
        ({"account_id": "2", "email": " ADA@pool.test"}, "email"),
        ({"account_id": "2", "token": "t"}, "token"),
        ({"account_id": "2", "room": "r1"}, "room"),
    ],
)
def test_who_is_listed_twice_is_found_by_reading(other: dict[str, str], key: str) -> None:
    first = {"account_id": "1", "email": "ada@pool.test", "token": "t", "room": "r1"}
    told = {"name": "some", "environment": "shared", "addresses": {"gateway": "https://rooms.test"}, "operations": {}}
    target = Target.model_validate(told | {"people": {"source": "pool", "pool": [first, other]}})
    [(place, message, _)] = problems_of_pool(target)
    assert place == ("people", "pool", 1) and message == f"[[people.pool]] number 2 has the `{key}` of number 1"


def test_a_person_is_leased_once_whatever_people_call_their_targets() -> None:
    taken: set[int] = set()

    def take(number: int) -> bool:
        return number not in taken and not taken.add(number)  # type: ignore[func-returns-value]

    database = cast(Any, SimpleNamespace(try_lock=take, unlock=taken.discard))
    mine = Leases("mine", [PoolAccount(account_id="1", email="ada@pool.test")], database, cast(Any, None))
    yours = Leases("yours", [PoolAccount(account_id="ada", email="Ada@pool.test")], database, cast(Any, None))
    mine.reserve(1, 0)
    with pytest.raises(Inconclusive, match="did not get free"):
        yours.reserve(1, 0)
    mine.give_all_back()
    yours.reserve(1, 0)
