"""Proofs that are not worth anything: each is refused by whoever checks it, and differs in one respect only."""

from __future__ import annotations

import dataclasses
import json
import time
import uuid
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from greenroom.core.errors import NotApplicable
from greenroom.drivers.account import Account
from greenroom.people.forged_tokens import KINDS, forged, public_key, run_out, run_out_in, runs_out_at
from greenroom.targetfile.model import Target

KEY = "the key of the target, which is long enough for HS256"
CLAIMS: dict[str, Any] = {"sub": "ada", "role": "authenticated", "exp": 4_000_000_000}
ADA = Account("ada", "Ada", token=jwt.encode(CLAIMS, KEY, algorithm="HS256"), cookies={"sid": "1"})


def target(key: str = KEY) -> Target:
    return Target.model_validate(
        {
            "name": "some",
            "environment": "disposable",
            "addresses": {"gateway": "http://127.0.0.1:1"},
            "people": {"source": "api"},
            "sign_in": {"key": key},
            "operations": {},
        }
    )


def claims(account: Account) -> dict[str, Any]:
    return dict(jwt.decode(account.token, options={"verify_signature": False}))


def check(account: Account) -> None:
    jwt.decode(account.token, KEY, algorithms=["HS256"])


def test_the_genuine_one_is_let_in() -> None:
    check(ADA)


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("a forged token", jwt.InvalidSignatureError),
        ("a foreign token", jwt.InvalidSignatureError),
        ("an expired token", jwt.ExpiredSignatureError),
        ("an unsigned token", jwt.InvalidAlgorithmError),
        ("a token that is none", jwt.DecodeError),
    ],
)
def test_each_kind_is_refused_for_its_own_reason(kind: str, refusal: type[jwt.PyJWTError]) -> None:
    with pytest.raises(refusal):
        check(forged(target(), ADA, kind))


def test_every_kind_is_tried_here() -> None:
    assert len({forged(target(), ADA, kind).token for kind in KINDS}) == len(KINDS) == 5


def test_a_forged_token_claims_to_be_somebody_else() -> None:
    found = claims(forged(target(), ADA, "a forged token"))
    assert found["sub"] != "ada" and found | {"sub": "ada"} == CLAIMS


@pytest.mark.parametrize(("subject", "form"), [("17", str.isdigit), ("7f3e2a", lambda text: text.count("-") == 4)])
def test_who_a_forged_token_claims_to_be_has_an_id_of_the_same_form(subject: str, form: Callable[[str], bool]) -> None:
    token = jwt.encode(CLAIMS | {"sub": subject}, KEY, algorithm="HS256")
    found = claims(forged(target(), dataclasses.replace(ADA, token=token), "a forged token"))
    assert found["sub"] != subject and form(found["sub"])


def test_a_foreign_token_claims_the_same_under_another_key() -> None:
    assert claims(forged(target(), ADA, "a foreign token")) == CLAIMS


def test_a_token_that_is_none_takes_the_cookies_along() -> None:
    assert forged(target(), ADA, "a token that is none").cookies == {"sid": "none"}


def test_proofs_of_another_sort_are_not_applicable() -> None:
    with pytest.raises(NotApplicable, match="no JWT"):
        forged(target(), Account("ada", "Ada", token="opaque"), "an expired token")
    with pytest.raises(NotApplicable, match="does not give the key"):
        forged(target(key=""), ADA, "an expired token")


@pytest.mark.parametrize("token", ["opaque", "v4.public.opaque", ""])
def test_an_opaque_proof_is_forged_by_altering_a_letter(token: str) -> None:
    found = forged(target(), Account("ada", "Ada", token=token, cookies={"sid": "opaque"}), "a forged token")
    for altered, genuine in ((found.token, token), (found.cookies["sid"], "opaque")):
        assert altered != genuine
        assert len(altered) == max(len(genuine), 1)


def test_an_unknown_kind_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="a paper token"):
        forged(target(), ADA, "a paper token")


def test_a_sign_in_that_has_run_out_can_be_renewed() -> None:
    ada = dataclasses.replace(ADA, answer={"access_token": ADA.token, "refresh_token": "still good"})
    late = run_out(target(), ada)
    with pytest.raises(jwt.ExpiredSignatureError):
        check(late)
    assert late.answer == {"access_token": late.token, "refresh_token": "still good"}


def test_a_sign_in_may_run_out_soon() -> None:
    soon = run_out(target(), dataclasses.replace(ADA, answer={"token": ADA.token, "until": 4_000_000_000}), left=60)
    check(soon)
    assert soon.answer == {"token": soon.token, "until": claims(soon)["exp"]}
    assert 50 < claims(soon)["exp"] - time.time() < 70


def test_what_a_page_has_renewed_runs_out_and_can_be_renewed_again() -> None:
    renewed, renews = (jwt.encode(CLAIMS | more, KEY, algorithm="HS256") for more in ({"jti": "2"}, {"typ": "refresh"}))
    kept = json.dumps({"access": renewed, "refresh": renews, "until": 4_000_000_000, "id": "4000000000"})
    late = json.loads(run_out_in(target(), ADA, kept))
    with pytest.raises(jwt.ExpiredSignatureError):
        jwt.decode(late["access"], KEY, algorithms=["HS256"])
    assert late["refresh"] == renews
    assert late["until"] < time.time()
    assert late["id"] == "4000000000"


def test_what_a_page_is_given_each_time_runs_out_when_it_is_to() -> None:
    over = int(time.time()) + 8
    given = jwt.encode(CLAIMS | {"iat": 4_000_000_000 - 900, "exp": 4_000_000_000}, KEY, algorithm="HS256")
    other = jwt.encode(CLAIMS | {"sub": "somebody else"}, KEY, algorithm="HS256")
    text = json.dumps({"token": given, "expiresIn": 900, "until": 4_000_000_000, "other": other, "room": "900"})
    changed = json.loads(runs_out_at(target(), ADA, text, over))
    assert jwt.decode(changed["token"], KEY, algorithms=["HS256"], options={"verify_iat": False})["exp"] == over
    assert changed["until"] == over and 0 < changed["expiresIn"] <= 8
    assert changed["other"] == other and changed["room"] == "900"


def test_a_renewed_token_may_say_when_and_in_which_sign_in_it_was_made() -> None:
    def token(moment: int) -> str:
        proved = {"amr": [{"method": "password", "timestamp": moment}], "session_id": str(uuid.uuid4())}
        return jwt.encode(CLAIMS | proved, KEY, algorithm="HS256")

    ada = dataclasses.replace(ADA, token=token(1_800_000_000))
    late = json.loads(run_out_in(target(), ada, json.dumps({"access": token(1_800_000_700)})))
    with pytest.raises(jwt.ExpiredSignatureError):
        jwt.decode(late["access"], KEY, algorithms=["HS256"])


@pytest.mark.parametrize("kept", ["", "{}", json.dumps({"access": "opaque"})])
def test_what_a_page_keeps_in_another_form_does_not_run_out(kept: str) -> None:
    with pytest.raises(NotApplicable, match="another form"):
        run_out_in(target(), ADA, kept)


def test_the_key_of_the_page_is_nobodys() -> None:
    with pytest.raises(NotApplicable, match="public_key"):
        public_key(target(), ADA)
    signed_in = target().sign_in.model_copy(update={"public_key": "anon"})
    somebody = public_key(target().model_copy(update={"sign_in": signed_in}), ADA)
    assert (somebody.token, somebody.cookies, somebody.account_id) == ("anon", {}, "ada")


def test_an_expired_token_is_signed_as_the_target_signs_its_own() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    signs = Target.model_validate({**target().model_dump(), "sign_in": {"key": pem, "algorithm": "ES256"}})
    ada = Account("ada", "Ada", token=jwt.encode(CLAIMS, private, algorithm="ES256"))
    over = forged(signs, ada, "an expired token").token
    with pytest.raises(jwt.ExpiredSignatureError):
        jwt.decode(over, private.public_key(), algorithms=["ES256"])
