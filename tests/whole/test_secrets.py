"""No secret that the harness or the target ever held is in anything that a run writes, whatever the target spills."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from greenroom.core.redact import HIDDEN
from tests.support.secret_scan import secrets_found
from tests.support.served import Served, served
from tests.support.spilling_reference import held_by, spilling_reference

pytestmark = pytest.mark.integration

SPILLS = """\
Feature: A page that tells everything

  Rule: E1 Ending leaves the room at rest

    @E1 @browser
    Scenario: it is red, so that all evidence is kept
      Given Ada is live with Grace as a guest, and has her room open in the browser
      And Mallory is signed out
      When Mallory tries everything on Ada's room through the gateway
      And Grace tries everything on Ada's room through the gateway
      Then Ada's room is at rest
"""


@pytest.fixture
def spilling(tmp_path: Path) -> Iterator[tuple[Served, Path]]:
    copy = spilling_reference(tmp_path / "copy")
    with served(tmp_path / "target", name="spilling", reference=copy) as target:
        yield target, copy


def test_no_secret_is_in_anything_that_a_red_run_writes(spilling: tuple[Served, Path], tmp_path: Path) -> None:
    target, copy = spilling
    feature = tmp_path / "spills.feature"
    feature.write_text(SPILLS, encoding="utf-8")
    reports = tmp_path / "reports"
    key = target.ready["service_key"]
    code, output, verdict = target.run(str(feature), "--trace", reports=reports)
    assert code == 1, output
    assert verdict["counts"]["failed"] == 1, output
    (reports / "output.txt").write_text(output, encoding="utf-8")
    secrets = held_by(copy) | {target.ready[name] for name in ("service_key", "jwt_secret", "anon_key")} | {key}
    with psycopg.connect(target.ready["database"]) as connection:
        rows = connection.execute(
            "select password_hash from auth.users union select token_hash from auth.refresh_tokens"
        )
        secrets |= {str(row[0]) for row in rows if row[0]}
    written = {path.name for path in reports.rglob("*") if path.is_file()}
    assert {"record.jsonl", "report.html", "verdict.json", "junit.xml"} <= written
    assert sum(name.endswith(".zip") for name in written) >= 2, "the trace, and Allure's copy of it"
    assert sum(name.endswith(".png") for name in written) >= 2, "the picture, and Allure's copy of it"
    record = (reports / "latest" / "record.jsonl").read_text(encoding="utf-8")
    for said in ("kept ", "cookies sid=", "encoded ", "base64 ", "bare ", "fresh ", "cannot use "):
        assert f"{said}" in record and HIDDEN in record, f"the page did not say {said!r}"
    assert len(secrets) >= 10
    assert secrets_found(reports, secrets) == []
