"""The staging target: it reads with its variables, and what it says of gateway and tables agrees with the reference."""

from __future__ import annotations

import json
import shutil
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from greenroom.core.project import ROOT
from greenroom.doctor.finding import Condition
from greenroom.targetfile.load import read_target
from tests.support.doctoring import examined, reference

STAGING = ROOT / "targets" / "vitana-staging"
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """What staging's file asks the environment for; all but the database, which may be left out."""
    for name in ("GATEWAY_URL", "WEB_URL", "SUPABASE_URL"):
        monkeypatch.setenv(f"VITANA_{name}", NOWHERE)
    for name in ("SUPABASE_PROJECT", "SUPABASE_ANON_KEY"):
        monkeypatch.setenv(f"VITANA_{name}", "x")
    for number in range(1, 7):
        monkeypatch.setenv(f"VITANA_ACCOUNT_{number}_EMAIL", f"account-{number}@example.test")
        monkeypatch.setenv(f"VITANA_ACCOUNT_{number}_PASSWORD", "a password of theirs")
    monkeypatch.delenv("VITANA_DATABASE_URL", raising=False)


@pytest.mark.usefixtures("variables")
def test_it_reads_with_and_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    target = read_target("vitana-staging", ROOT).resolve()
    assert target.environment == "shared"
    assert target.database is None
    assert len(target.people.pool) == 6
    assert (target.limits.go_live, target.limits.window) == (5, 900)
    assert target.web is not None
    assert "Start" in str(target.web.viewer.enter)
    monkeypatch.setenv("VITANA_DATABASE_URL", "postgresql://reader@127.0.0.1:9/staging")
    target = read_target("vitana-staging", ROOT).resolve()
    assert target.database is not None
    assert target.database.access == "read"


@pytest.mark.usefixtures("variables")
def test_what_is_known_to_fail_exists_and_has_not_expired() -> None:
    found = examined(STAGING, "file")
    assert found.of("known failures").condition is Condition.OK
    assert found.of("secrets").condition is Condition.OK
    assert {finding.condition for finding in found.wrong()} == {Condition.CANT_TELL}  # nobody is at these addresses
    promises = [known.promise for known in read_target("vitana-staging", ROOT).resolve().known_failures]
    assert {"C2", "D2", "D4", "L6"} <= set(promises)


@pytest.mark.integration
@pytest.mark.usefixtures("variables")
def test_its_gateway_and_tables_are_those_of_the_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference speaks the same contract: only the page, and two addresses, are its own."""
    folder, ready = tmp_path / "staging", reference().ready
    shutil.copytree(STAGING, folder)
    text = (folder / "target.toml").read_text(encoding="utf-8")
    for name in ("data_api", "auth"):
        text = text.replace(f'{name} = "${{VITANA_SUPABASE_URL}}', f'{name} = "{ready[name]}" # "')
    text = text.replace("go_live = 5\n", "go_live = 10000\n")
    (folder / "target.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("VITANA_GATEWAY_URL", ready["gateway"])
    monkeypatch.setenv("VITANA_WEB_URL", ready["web"])
    monkeypatch.setenv("VITANA_SUPABASE_ANON_KEY", ready["anon_key"])
    monkeypatch.setenv("VITANA_DATABASE_URL", ready["database"])
    for number in range(1, 7):
        email = f"{tmp_path.name}-{number}@example.test"
        monkeypatch.setenv(f"VITANA_ACCOUNT_{number}_EMAIL", email)
        _member(email)
    found = examined(folder, "services", "database", "people", "operations")
    assert not found.wrong()
    assert found.of("pool").detail == "6 accounts, all sign in"
    assert found.of("refusals").condition is Condition.OK
    assert found.of("limiter").condition is Condition.OK
    for check in ("seen: sessions", "seen: listing", "seen: attendance", "schedule", "cancel", "open_doors"):
        assert found.of(check).condition is Condition.OK
    assert found.of("arrangements").condition is Condition.NOT_DECLARED


def _member(email: str) -> None:
    """Somebody with an account and a room."""
    ready = reference().ready
    body = {"email": email, "password": "a password of theirs", "data": {"display_name": email}}
    account = _post(f"{ready['auth']}/signup", body, {"apikey": ready["anon_key"]})
    _post(f"{ready['gateway']}/rooms", {"title": email}, {"Authorization": f"Bearer {account['access_token']}"})


def _post(url: str, body: dict[str, Any], headers: dict[str, str]) -> Any:
    request = urllib.request.Request(url, json.dumps(body).encode(), headers | {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)
