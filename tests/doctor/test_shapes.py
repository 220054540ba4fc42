"""Targets of every shape get a sensible table: gateway only, page only, a read-only database, a pool, production."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.doctor.finding import Condition
from tests.support.doctoring import examined, reference, variant
from tests.support.shapes import gateway_only, pages_only

pytestmark = pytest.mark.integration

PAGE_ONLY = """\
name = "page-only"
environment = "shared"

[addresses]
web = "{web}"
auth = "{auth}"

[people]
source = "api"

[people.request]
service = "auth"
path = "/signup"
headers = {{ apikey = "{anon_key}" }}
json = {{ email = "{{email}}", password = "{{password}}", data = {{ display_name = "{{name}}" }} }}
answer = {{ account = "user.id", token = "access_token" }}

[sign_in]
scheme = "none"

[browser_sign_in]
scheme = "local-storage"
key = "sb-greenroom-auth"

[operations]

"""


def without(text: str, table: str) -> str:
    """The text without a table and those below it."""
    lines, kept, dropping = text.splitlines(keepends=True), list[str](), False
    for line in lines:
        if line.startswith("["):
            dropping = line.strip("[]\n").split(".")[0] == table
        if not dropping:
            kept.append(line)
    return "".join(kept)


def reshape(folder: Path, *tables: str, capabilities: str = "") -> Path:
    """The variant without some tables, and with only these capabilities."""
    text = (folder / "target.toml").read_text(encoding="utf-8")
    for table in tables:
        text = without(text, table)
    head, _, rest = text.partition("capabilities = [")
    text = f"{head}capabilities = [{capabilities}]{rest.partition(']')[2]}"
    (folder / "target.toml").write_text(text, encoding="utf-8")
    return folder


def test_where_the_gateway_tells_how_many_are_inside_is_found(tmp_path: Path) -> None:
    tables = ("web", "browser_sign_in", "database", "migration", "page_requests", "logs")
    folder = reshape(variant(tmp_path / "it"), *tables)
    file = folder / "target.toml"
    text = file.read_text(encoding="utf-8").replace(', people_or_none = "counts.in_room"', "")
    file.write_text(text, encoding="utf-8")
    found = examined(folder).of("people inside")
    assert found.condition is Condition.NOT_DECLARED
    assert "counts.in_room was 1, 2 with a guest inside, and 1" in found.detail
    assert found.hint.startswith('people_or_none = "counts.in_room"')


def test_a_gateway_alone(tmp_path: Path) -> None:
    folder = reshape(
        variant(tmp_path / "it"), "web", "browser_sign_in", "database", "migration", "page_requests", "logs"
    )
    found = examined(folder)
    assert not found.wrong()
    assert found.of("browser").condition is Condition.NOT_DECLARED
    assert found.of("database").condition is Condition.NOT_DECLARED
    assert found.of("end").condition is Condition.OK
    assert found.checks("pages") == ["browser"]
    suggested = [finding.check for _, finding in found.findings if "capabilities" in finding.hint]
    assert {"scheduling", "lobby", "cancelling", "idempotency", "multi-tenant", "data-api"} <= set(suggested)
    assert found.of("removal").condition is Condition.NOT_DECLARED  # nothing can be removed, and it says so


def test_a_page_alone(tmp_path: Path) -> None:
    variant(tmp_path / "it")
    text = (tmp_path / "it" / "target.toml").read_text(encoding="utf-8")
    web = text[text.index("[web]") : text.index("[logs]")]
    written = PAGE_ONLY.format(**reference().ready) + web + "[deadlines]\nsettle = 1\ncontrol = 2\n"
    (tmp_path / "it" / "target.toml").write_text(written, encoding="utf-8")
    found = examined(tmp_path / "it")
    assert not found.wrong()
    assert found.of("described").condition is Condition.NOT_DECLARED
    assert found.of("go live").condition is Condition.OK  # the room's id is read off the viewer's address
    assert found.of("end room").condition is Condition.OK


def test_a_database_that_may_only_be_read(tmp_path: Path) -> None:
    folder = variant(tmp_path / "it", ('access = "write"', 'access = "read"'))
    found = examined(
        reshape(folder, "web", "browser_sign_in", "migration", "page_requests", capabilities='"scheduling"')
    )
    assert not found.wrong()
    assert found.of("relation rooms").condition is Condition.OK
    assert found.of("seen: sessions").condition is Condition.OK
    assert found.of("arrangements").condition is Condition.NOT_DECLARED
    assert "read" in found.of("arrangements").detail


def test_nothing_is_made_on_production(tmp_path: Path) -> None:
    folder = variant(tmp_path / "it", ('environment = "disposable"', 'environment = "production"'))
    found = examined(reshape(folder, "migration", capabilities='"scheduling"'))
    assert found.of("relation rooms").condition is Condition.OK
    assert found.of("members").condition is Condition.NOT_REACHED
    assert "production" in found.of("members").detail
    assert not [finding for _, finding in found.findings if finding.check in ("create_room", "go_live", "removal")]
    secrets = [finding.detail for finding in found.wrong()]
    assert secrets and all("holds a secret" in detail for detail in secrets)


def test_a_pool_of_given_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = ""
    for number in range(3):
        email = f"pool-{tmp_path.name}-{number}@example.test"
        account = _sign_up(email, "a password of theirs")
        accounts += f'[[people.pool]]\naccount_id = "{account}"\nemail = "{email}"\npassword = "${{POOL_PASSWORD}}"\n\n'
    folder = variant(tmp_path / "it", ('[people]\nsource = "api"\n', f'[people]\nsource = "pool"\n\n{accounts}'))
    reshape(folder, "web", "browser_sign_in", "migration", "page_requests", capabilities='"scheduling"')
    monkeypatch.setenv("POOL_PASSWORD", "a password of theirs")
    found = examined(folder)
    assert not found.wrong()
    assert found.of("pool").detail == "3 accounts, all sign in"
    assert "given back" in found.of("removal").detail
    monkeypatch.setenv("POOL_PASSWORD", "another password")
    (fault, *_) = examined(folder, "people").wrong()
    assert "could not sign" in fault.detail
    assert "another password" not in str(found.findings)


def _sign_up(email: str, password: str) -> str:
    ready = reference().ready
    body = json.dumps({"email": email, "password": password, "data": {"display_name": email}}).encode()
    headers = {"apikey": ready["anon_key"], "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{ready['auth']}/signup", body, headers)) as answer:
        return str(json.load(answer)["user"]["id"])


def test_a_limiter_is_not_used_up(tmp_path: Path) -> None:
    """What the declared limiter would not let through is left out, and said."""
    folder = variant(tmp_path / "it", ("[deadlines]", "[limits]\ngo_live = 2\nwindow = 900\n\n[deadlines]"))
    found = examined(reshape(folder, "web", "browser_sign_in", "page_requests", "migration"), "operations")
    assert found.of("go_live").condition is Condition.OK
    for check in ("go_live: not_idle", "schedule", "open_doors"):
        assert found.of(check).condition is Condition.NOT_REACHED
        assert found.of(check).detail == "saved: the limiter allows 2 Go Lives in 900 s"


def test_what_the_gateway_shows_is_looked_at(tmp_path: Path) -> None:
    """Without a database, the answers that a run will judge by are checked against what was done."""
    found = examined(gateway_only(ROOT, tmp_path / "it").folder)
    assert not found.wrong()
    for check in ("seen: rooms", "seen: a live room", "seen: listing"):
        assert found.of(check).condition is Condition.OK
    assert "seen: host present" not in found.checks()  # nobody shows it


@pytest.mark.parametrize(
    ("right", "wrong", "check", "detail"),
    [
        ("room.current_session_id", "room.session", "seen: a live room", "its session is None, and go_live gave"),
        ("room.host_user_id", "room.id", "seen: rooms", "host_id is"),
        ("room_id: id, title", "room_id: title, title", "seen: listing", "no row has the room_id"),
        ("[].{room_id", "streams[].{room_id", "seen: listing", "'entries'"),
        ("host_id: created_by", "host_id: id", "seen: listing", "host_id is"),
    ],
)
def test_an_answer_that_shows_something_else_is_named(
    tmp_path: Path, right: str, wrong: str, check: str, detail: str
) -> None:
    shape = gateway_only(ROOT, tmp_path / "it")
    text = shape.file.read_text(encoding="utf-8").replace("[deadlines]\nsettle = 5", "[deadlines]\nsettle = 1")
    shape.file.write_text(text.replace("listing = 8", "listing = 1").replace(right, wrong), encoding="utf-8")
    found = examined(shape.folder)
    assert [one.check for one in found.wrong()] == [check]
    assert detail in found.of(check).detail
    assert "target.toml:" in found.of(check).detail


def test_pages_alone_are_walked_through(tmp_path: Path) -> None:
    found = examined(pages_only(ROOT, tmp_path / "it").folder)
    assert not found.wrong()
    for check in ("go live", "viewer", "entry", "failing go live", "failing end", "end room"):
        assert found.of(check).condition is Condition.OK
