"""How somebody comes to a room: made for them, or given when they ask for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from faker import Faker

from greenroom.core.errors import BadTarget, NotApplicable, OperationFailed, TargetUnavailable
from greenroom.core.redact import Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.people.person import Person
from greenroom.record.evidence import Evidence
from greenroom.scenario.naming import Naming
from greenroom.scenario.people import ScenarioPeople
from greenroom.targetfile.model import Target
from tests.support.http_server import Server, answers, serving

MY_ROOM = {"method": "GET", "path": "/mine", "answer": {"room": "room"}, "refusals": {"no_room": {"status": 404}}}
CREATE_ROOM = {"path": "/rooms", "json": {}, "answer": {"room": "room"}}
WEB: dict[str, dict[str, Any]] = {
    "listing": {"path": "/", "ready": "x", "live_entry": "x"},
    "go_live": {"submit": "x"},
    "viewer": {"path": "/{room}", "ready": "x", "end_room": "x", "has_ended": "x"},
}


def host(server: Server, *, web: bool = False, path: str = "/{room}", **operations: dict[str, Any]) -> Person:
    told: dict[str, Any] = {"name": "some", "environment": "disposable", "addresses": {"gateway": server.address}}
    told |= {"people": {"source": "api"}, "operations": operations}
    told |= {"web": WEB | {"viewer": WEB["viewer"] | {"path": path}} if web else None}
    target, evidence = Target.model_validate(told), Evidence(Redactor())
    gateway, ledger = Gateway(target, Http(target, "run"), evidence), SimpleNamespace(made=lambda *_, **__: None)
    worker = cast(Any, SimpleNamespace(target=target, ledger=ledger, database=None))
    people = ScenarioPeople(worker, gateway, evidence, Naming("gr1", 1, Faker()))
    people._people["Ada"] = Person("Ada", Account("a1", "Ada"))
    return people.host("Ada")


def test_asking_gives_a_room_where_nothing_else_makes_one() -> None:
    with serving(answers(200, {"room": "r1"})) as server:
        assert host(server, my_room=MY_ROOM).room_id == "r1"
        assert host(server, my_room=MY_ROOM, create_room=CREATE_ROOM).room_id == "r1"
        assert [path for _, path, _, _ in server.seen] == ["/mine", "/rooms"]


def test_what_a_room_is_called_in_addresses_is_learned_with_the_room() -> None:
    state = {"method": "GET", "path": "/rooms/{room}", "answer": {"room_page": "name"}}
    with serving(answers(200, {"room": "r1"}), answers(200, {"name": "ada-s-room"})) as server:
        ada = host(server, web=True, path="/@{room_page}", my_room=MY_ROOM, room_state=state)
        assert (ada.room_page, ada.values()["room_page"]) == ("ada-s-room", "ada-s-room")
        assert [path for _, path, _, _ in server.seen] == ["/mine", "/rooms/r1"]


def test_where_nobody_tells_it_the_file_is_at_fault() -> None:
    with serving(answers(200, {"room": "r1"})) as server, pytest.raises(BadTarget, match="nothing tells it"):
        host(server, web=True, path="/@{room_page}", my_room=MY_ROOM)


@pytest.mark.parametrize(("source", "noted"), [("api", ["r1"]), ("pool", [])])
def test_a_leased_room_is_not_noted_as_made(source: str, noted: list[str]) -> None:
    made: list[str] = []
    ledger = SimpleNamespace(made=lambda _mark, room="": made.append(room))
    target = cast(Any, SimpleNamespace(people=SimpleNamespace(source=source), web=None))
    worker = cast(Any, SimpleNamespace(target=target, ledger=ledger))
    people = ScenarioPeople(worker, cast(Any, None), Evidence(Redactor()), Naming("gr1", 1, Faker()))
    people.owns(Person("Ada", Account("a1", "Ada")), "r1")
    assert made == noted and people.rooms == ["r1"]


def test_where_the_page_makes_rooms_nobody_has_one_before() -> None:
    with serving(answers(404, {"ok": False})) as server:
        assert host(server, web=True, my_room=MY_ROOM).room_id == ""
        assert host(server, web=True).room_id == ""
        with pytest.raises(OperationFailed, match="the operation my_room is carried out"):
            host(server, my_room=MY_ROOM)
        with pytest.raises(NotApplicable, match="create_room"):
            host(server)


def test_somebody_of_another_tenant_is_made_once() -> None:
    made: list[str] = []

    def new(name: str, slug: str, *_: object, elsewhere: bool) -> Account:
        made.append(slug)
        return Account(f"a{len(made)}", name)

    ledger = SimpleNamespace(made=lambda *_, **__: None, intends=lambda *_: None)
    target = cast(Any, SimpleNamespace(people=SimpleNamespace(source="api")))
    told = {"target": target, "ledger": ledger, "accounts": SimpleNamespace(new=new), "password": ""}
    people = ScenarioPeople(
        cast(Any, SimpleNamespace(**told)), cast(Any, None), Evidence(Redactor()), Naming("gr1", 1, Faker())
    )
    assert people.newcomer_elsewhere("Zoe") is people.newcomer_elsewhere("Zoe") is people["Zoe"]
    assert made == ["zoe"]


def named(kept: str, *, taken: bool = True, told: bool = True) -> Person:
    """Whoever goes by the name "Zoë" where the target keeps `kept` as their name, or takes no such one."""

    def new(name: str, *_: Any, **__: Any) -> Account:
        if not taken and name.startswith("Zoë"):
            raise TargetUnavailable("sign-in", "auth answered 400")
        return Account("a1", name)

    accounts = SimpleNamespace(tells_names=told, new=new, known_as=lambda _: kept)
    ledger = SimpleNamespace(made=lambda *_, **__: None, intends=lambda *_: None)
    target = cast(Any, SimpleNamespace(people=SimpleNamespace(source="api")))
    worker = cast(Any, SimpleNamespace(target=target, ledger=ledger, accounts=accounts, password="p"))
    people = ScenarioPeople(worker, cast(Any, None), Evidence(Redactor()), Naming("gr1", 1, Faker()))
    return people.person_shown_as("Ada", "Zoë")


def test_a_name_that_the_target_keeps_as_it_is() -> None:
    assert named("Zoë gr1").shown_name == "Zoë gr1"


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ({"kept": "Zoe gr1"}, "keeps 'Zoë gr1' as 'Zoe gr1'"),
        ({"kept": "", "taken": False}, "takes nobody of that name: auth answered 400"),
        ({"kept": "Zoë gr1", "told": False}, "`accounts`"),
    ],
)
def test_a_name_that_is_not_taken_or_not_kept_is_not_applicable(target: dict[str, Any], why: str) -> None:
    with pytest.raises(NotApplicable, match=why):
        named(**target)


@pytest.mark.parametrize(("is_up", "error"), [(True, NotApplicable), (False, TargetUnavailable)])
def test_names_that_only_one_may_have_are_not_applicable(is_up: bool, error: type[Exception]) -> None:
    """A target that takes nobody at all is another thing: of that one nothing is known."""
    names: list[str] = []

    def new(name: str, *_: Any, **__: Any) -> Account:
        if name in names or (names and not is_up):
            raise TargetUnavailable("sign-in", "id answered 409")
        names.append(name)
        return Account(f"a{len(names)}", name)

    ledger = SimpleNamespace(made=lambda *_, **__: None, intends=lambda *_: None)
    target = cast(Any, SimpleNamespace(people=SimpleNamespace(source="api")))
    told = {"target": target, "ledger": ledger, "accounts": SimpleNamespace(new=new), "password": ""}
    people = ScenarioPeople(
        cast(Any, SimpleNamespace(**told)), cast(Any, None), Evidence(Redactor()), Naming("gr1", 1, Faker())
    )
    ada = people.person("Ada")
    with pytest.raises(error, match="answered 409"):
        people.person_called("Edith", ada.shown_name)
