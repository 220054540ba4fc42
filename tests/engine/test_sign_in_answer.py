"""What a sign-in answers is learnt before it is recorded, whatever the target calls it and however deep it lies."""

from __future__ import annotations

import json

import pytest

from greenroom.core.errors import TargetUnavailable
from greenroom.core.redact import HIDDEN, Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.http import Http
from greenroom.people.accounts import Accounts
from greenroom.record.evidence import Evidence
from greenroom.targetfile.model import Target
from tests.support.http_server import answers, serving

PROOF, REFRESH, COOKIE = "9f8e7d6c5b4a3928a1b2", "s3cond-proof", "c00kie-9f8e7d6c5b4a"
ANSWER = {
    "sid": PROOF,
    "who": {"id": "01HXYZ5T9QK3M7N2P8R4S6V0WA", "name": "Ada"},
    "more": [{"raw": json.dumps({"refreshToken": REFRESH})}],
}


def _signed_in(status: int = 200) -> Evidence:
    with serving(answers(status, ANSWER, Set_Cookie=f"s={COOKIE}; Path=/", X_Echo=f"{PROOF} {COOKIE}")) as server:
        target = Target.model_validate(
            {
                "name": "some",
                "environment": "shared",
                "addresses": {"gateway": server.address},
                "people": {"source": "pool"},
                "sign_in": {"request": {"path": "/in", "json": {}, "answer": {"token": "sid"}}},
                "operations": {},
            }
        )
        evidence, http = Evidence(Redactor()), Http(target, "20260214-120000-abcd")
        try:
            account = Accounts(target, http, None).sign_in(Account("a", "Ada"), evidence)
            assert account.token == PROOF and account.cookies == {"s": COOKIE}
        finally:
            http.close()
    return evidence


def test_its_own_exchange_shows_none_of_it() -> None:
    [exchange] = _signed_in().current.exchanges
    recorded = exchange.model_dump_json()
    assert not [secret for secret in (PROOF, REFRESH, COOKIE) if secret in recorded], recorded
    assert exchange.response_headers["x-echo"] == f"{HIDDEN} {HIDDEN}"
    assert '"name": "Ada"' in exchange.response_body and "01HXYZ5T9QK3M7N2P8R4S6V0WA" in exchange.response_body


def test_nor_does_anything_after_it() -> None:
    redactor = _signed_in().redactor
    assert redactor.text(f"{PROOF} {REFRESH} {COOKIE}") == f"{HIDDEN} {HIDDEN} {HIDDEN}"


def test_a_sign_in_that_fails_is_recorded_all_the_same() -> None:
    with pytest.raises(TargetUnavailable) as refused:
        _signed_in(401)
    assert PROOF not in str(refused.value)
