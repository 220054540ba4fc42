"""How people come to be: by a request or by SQL, proven by its answer or by signing in, known by an answer or a row."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from greenroom.core.errors import NotApplicable, TargetUnavailable
from greenroom.core.redact import HIDDEN, Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.http import Http
from greenroom.people.accounts import Accounts
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_server import Server, answers, serving

SIGN_UP = {"path": "/people", "json": {"login": "{email}"}, "answer": {"account": "id"}}
SIGN_IN = {"path": "/pass", "json": {"login": "{email}"}, "answer": {"token": "token"}}


class Rows:
    """A database with the arrangements `arranges`, in which the relation `accounts` has these rows."""

    def __init__(self, *arranges: str, accounts: tuple[dict[str, Any], ...] = ()) -> None:
        self.arranges, self.accounts = arranges, accounts
        self.arranged: list[str] = []

    def can_arrange(self, name: str) -> bool:
        return name in self.arranges

    def arrange(self, arrangement: str, /, **_: Any) -> list[dict[str, Any]]:
        self.arranged.append(arrangement)
        return [{"account_id": f"by {arrangement}", "room_id": None}]

    def holds(self, relation: str) -> bool:
        return relation == "accounts"

    def query(self, _: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        return [row for row in self.accounts if row["name"] == values["name"]]


def target(server: Server, people: dict[str, Any], sign_in: dict[str, Any] | None = None) -> Target:
    told = {"name": "some", "environment": "disposable", "addresses": {"gateway": server.address}, "operations": {}}
    return Target.model_validate({**told, "people": people, "sign_in": sign_in or {"request": SIGN_IN}})


def made(described: Target, database: Rows | None = None, *, elsewhere: bool = False) -> Account:
    http = Http(described, "run")
    accounts = Accounts(described, http, database)  # type: ignore[arg-type]
    return accounts.new("Ada gr1", "ada", "gr1", "pass-word", Evidence(Redactor()), elsewhere=elsewhere)


def asked(server: Server) -> list[str]:
    return [path for _, path, _, _ in server.seen]


def test_who_gets_no_proof_when_made_is_signed_in() -> None:
    with serving(answers(200, {"id": "a1"}), answers(200, {"token": "t1"})) as server:
        found = made(target(server, {"source": "api", "request": SIGN_UP}))
    assert (found.account_id, found.token, asked(server)) == ("a1", "t1", ["/people", "/pass"])


def test_who_gets_a_proof_when_made_need_not_sign_in() -> None:
    with_token = {**SIGN_UP, "answer": {"account": "id", "token": "token"}}
    with serving(answers(200, {"id": "a1", "token": "t0"})) as server:
        found = made(target(server, {"source": "api", "request": with_token}))
    assert (found.token, asked(server)) == ("t0", ["/people"])


@pytest.mark.parametrize(("cookie", "paths"), [("sid=1", ["/people"]), ("", ["/people", "/pass"])])
def test_where_cookies_prove_it_there_must_be_one(cookie: str, paths: list[str]) -> None:
    sign_in = {"request": {**SIGN_IN, "answer": {}}, "headers": {}, "cookies": True}
    first = answers(200, {"id": "a1"}, **({"Set_Cookie": cookie} if cookie else {}))
    with serving(first, answers(200, {}, Set_Cookie="sid=2")) as server:
        assert made(target(server, {"source": "api", "request": SIGN_UP}, sign_in)).cookies
        assert asked(server) == paths


def test_an_id_that_no_answer_tells_is_looked_up_by_the_name() -> None:
    rows = Rows(accounts=({"name": "Ada gr1", "account_id": "7", "room_id": "r7"}, {"name": "B", "account_id": "8"}))
    with serving(answers(200, {"id": None, "token": "t1"})) as server:
        found = made(target(server, {"source": "api", "request": {**SIGN_UP, "answer": {}}}), rows)
    assert (found.account_id, found.room_id) == ("7", "r7")


def test_who_is_called_like_somebody_before_is_not_taken_for_them() -> None:
    first, second = ({"name": "Ada gr1", "account_id": number, "room_id": None} for number in ("7", "8"))
    rows = Rows(accounts=(first,))
    with serving(answers(200, {"token": "t1"})) as server:
        described = target(server, {"source": "api", "request": {**SIGN_UP, "answer": {}}})
        accounts = Accounts(described, Http(described, "run"), rows)  # type: ignore[arg-type]
        ada = accounts.new("Ada gr1", "ada", "gr1", "pass-word", Evidence(Redactor()))
        rows.accounts = (first, second)
        edith = accounts.new("Ada gr1", "edith", "gr1", "pass-word", Evidence(Redactor()))
    assert (ada.account_id, edith.account_id) == ("7", "8")


def test_an_id_that_nobody_has_is_left_open() -> None:
    with serving(answers(200, {"token": "t1"})) as server:
        assert made(target(server, {"source": "api", "request": {**SIGN_UP, "answer": {}}}), Rows()).account_id == ""


def test_people_made_by_sql_may_have_others_made_by_a_request() -> None:
    rows = Rows("make_account")
    with serving(answers(200, {"id": "far", "token": "t1"})) as server:
        described = target(server, {"source": "sql", "elsewhere": {**SIGN_UP, "path": "/elsewhere"}})
        assert made(described, rows).account_id == "by make_account"
        assert made(described, rows, elsewhere=True).account_id == "far"
    assert rows.arranged == ["make_account"]


def test_people_of_another_tenant_may_be_made_by_sql() -> None:
    with serving(answers(200, {"token": "t1"})) as server:
        described = target(server, {"source": "api", "request": SIGN_UP})
        found = made(described, Rows("make_account_elsewhere"), elsewhere=True)
        assert (found.account_id, found.token) == ("by make_account_elsewhere", "t1")
        for without in (None, Rows("make_account")):
            with pytest.raises(NotApplicable, match="another tenant"):
                made(described, without, elsewhere=True)


def test_a_proof_that_has_grown_old_is_renewed_and_a_forged_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("greenroom.people.accounts.time.monotonic", lambda: clock[0])
    tokens = [answers(200, {"id": "a1", "token": f"t{number}"}) for number in range(4)]
    evidence = Evidence(Redactor())
    with serving(answers(200, {"id": "a1"}), *tokens) as server:
        sign_in = {"request": SIGN_IN, "renew_after": 60}
        described = target(server, {"source": "api", "request": SIGN_UP}, sign_in)
        accounts = Accounts(described, Http(described, "run"), None)
        ada = accounts.new("Ada gr1", "ada", "gr1", "pass-word", evidence)
        found = []
        for seconds in (10, 59, 60, 100, 130):
            clock[0] = seconds
            found.append(accounts.fresh(ada, evidence).token)
        forged = accounts.fresh(Account("a1", "Ada", token="t0x"), evidence)
        as_another = accounts.fresh(dataclasses.replace(ada, account_id="a2"), evidence)
    assert (as_another.account_id, as_another.token) == ("a2", "t2")
    assert found == ["t0", "t0", "t1", "t1", "t2"]
    assert forged.token == "t0x"


class Renewing:
    """A target that renews proofs by a request of its own; what that takes is good for once only."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, server: Server, **sign_in: Any) -> None:
        self.seconds, self.evidence, self.server = 0.0, Evidence(Redactor()), server
        monkeypatch.setattr("greenroom.people.accounts.time.monotonic", lambda: self.seconds)
        told = {"request": SIGN_IN_TWICE, "renewal": RENEWAL, "renew_after": 60, **sign_in}
        described = target(server, {"source": "api", "request": SIGN_UP}, told)
        self.accounts = Accounts(described, Http(described, "run"), None)
        self.ada = self.accounts.new("Ada gr1", "ada", "gr1", "pass-word", self.evidence)

    def fresh(self, account: Account, seconds: float) -> Account:
        self.seconds = seconds
        return self.accounts.fresh(account, self.evidence)

    def sent(self) -> list[tuple[str, Any]]:
        return [(path, json.loads(body)) for _, path, _, body in self.server.seen]


SIGN_IN_TWICE = {**SIGN_IN, "answer": {"token": "token", "refresh": "again"}}
RENEWAL = {"path": "/again", "json": {"with": "{refresh}"}, "answer": {"token": "token", "refresh": "again"}}


def given(number: int) -> Any:
    return answers(200, {"token": f"t{number}", "again": f"renewing-{number}"})


def test_a_proof_is_renewed_with_what_the_one_before_gave(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answers(200, {"id": "a1"}), given(0), given(1), given(2), given(3)) as server:
        target = Renewing(monkeypatch, server)
        first = target.fresh(target.ada, 61)
        found = [first, target.fresh(target.ada, 100), target.fresh(target.ada, 125), target.fresh(first, 190)]
        assert [one.token for one in found] == ["t1", "t1", "t2", "t3"]
        assert [path for path, _ in target.sent()] == ["/people", "/pass", "/again", "/again", "/again"]
        assert [body["with"] for _, body in target.sent()[2:]] == ["renewing-0", "renewing-1", "renewing-2"]
        assert "renewing-" not in "".join(one.model_dump_json() for one in target.evidence.current.exchanges)


def test_a_page_gets_a_proof_of_its_own_where_it_renews_it_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answers(200, {"id": "a1"}), given(0), given(5), given(1)) as server:
        target = Renewing(monkeypatch, server)
        on_page = target.accounts.for_page(target.ada, target.evidence)
        assert (on_page.token, on_page.refresh, on_page.answer["again"]) == ("t5", "renewing-5", "renewing-5")
        assert target.fresh(target.ada, 61).token == "t1"
        assert target.sent()[-1] == ("/again", {"with": "renewing-0"})
        forged = Account("a1", "Ada", token="t0x")
        assert target.accounts.for_page(forged, target.evidence) == forged


def test_an_account_of_a_pool_is_signed_in_once_where_proofs_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answers(200, {"id": "a1"}), given(0), given(7), given(8)) as server:
        target, lent = Renewing(monkeypatch, server), Account("p1", "Pat", password="a word of hers")
        assert target.accounts.signed_in(lent, target.evidence).token == "t7"
        later = Evidence(Redactor())  # another scenario's, which has learnt nothing yet
        assert target.accounts.signed_in(lent, later).token == "t7"
        assert later.redactor.text("renewing-7, a word of hers") == f"{HIDDEN}, {HIDDEN}"
        target.seconds = 61
        assert target.accounts.signed_in(lent, later).token == "t8"
        assert [path for path, _ in target.sent()] == ["/people", "/pass", "/pass", "/again"]


def test_a_renewal_that_gives_nothing_for_the_next_time_is_repeated_with_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tokens = [answers(200, {"token": f"t{number}"}) for number in (1, 2)]
    with serving(answers(200, {"id": "a1"}), given(0), *tokens) as server:
        renewal = {**RENEWAL, "answer": {"token": "token"}}
        target = Renewing(monkeypatch, server, renewal=renewal)
        assert [target.fresh(target.ada, seconds).token for seconds in (61, 122)] == ["t1", "t2"]
        assert [body["with"] for _, body in target.sent()[2:]] == ["renewing-0", "renewing-0"]


def test_a_proof_is_renewed_for_a_cookie_that_is_another_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def giving(number: int) -> Any:
        return answers(200, {"token": f"t{number}"}, Set_Cookie=f"ticket=c{number}; Path=/again; HttpOnly")

    with serving(answers(200, {"id": "a1"}), giving(0), giving(1), giving(2)) as server:
        renewal = {"path": "/again", "answer": {"token": "token"}}
        target = Renewing(monkeypatch, server, request=SIGN_IN, renewal=renewal)
        assert [target.fresh(target.ada, seconds).token for seconds in (61, 122)] == ["t1", "t2"]
    assert [path for _, path, _, _ in server.seen] == ["/people", "/pass", "/again", "/again"]
    assert [headers.get("Cookie") for _, _, headers, _ in server.seen] == [None, None, "ticket=c0", "ticket=c1"]


@pytest.mark.parametrize("elsewhere", [{"elsewhere": SIGN_UP}, {}], ids=["a request of its own", "the same request"])
def test_somebody_of_another_tenant_may_have_an_address_that_says_so(elsewhere: dict[str, Any]) -> None:
    with serving(answers(200, {"id": "a1"}), answers(200, {"token": "t1"})) as server:
        people = {"source": "api", "request": SIGN_UP, "elsewhere_email": "{slug}.{mark}@far.test", **elsewhere}
        described = target(server, people)
        assert made(described, elsewhere=True).email == "ada.gr1@far.test"
        assert made(described).email == "ada.gr1@greenroom.test"
    assert [json.loads(body) for _, _, _, body in server.seen[:2]] == [{"login": "ada.gr1@far.test"}] * 2


def test_where_signing_in_takes_two_requests_the_second_says_to_what_it_belongs() -> None:
    sign_in = {
        "start": {"path": "/challenge", "json": {"login": "{email}"}, "answer": {"started": "id"}, "success": [202]},
        "request": {"path": "/pass", "json": {"of": "{started}", "code": "{password}"}},
        "headers": {},
        "cookies": True,
    }
    started = answers(202, {"id": "c7"}, Set_Cookie="flow=1")
    with serving(answers(200, {"id": "a1"}), started, answers(200, {}, Set_Cookie="sid=2")) as server:
        found = made(target(server, {"source": "api", "request": SIGN_UP}, sign_in))
        _, _, headers, body = server.seen[-1]
    assert asked(server) == ["/people", "/challenge", "/pass"]
    assert (json.loads(body), headers["Cookie"]) == ({"of": "c7", "code": "pass-word"}, "flow=1")
    assert found.cookies == {"flow": "1", "sid": "2"}


def test_a_sign_in_that_can_not_be_started_is_said_to_be_so() -> None:
    start = {"path": "/challenge", "answer": {"started": "id"}}
    with serving(answers(200, {"id": "a1"}), answers(200, {})) as server, pytest.raises(TargetUnavailable) as caught:
        made(target(server, {"source": "api", "request": SIGN_UP}, {"request": SIGN_IN, "start": start}))
    assert "the answer has no `started`" in caught.value.message
