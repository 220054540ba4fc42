"""The doctor renews a proof twice, where the file says how: what it takes may be good for once only."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.doctor.finding import Condition
from tests.support.doctoring import Examined, examined, variant

pytestmark = pytest.mark.integration

ANSWER = 'answer = { account = "user.id", token = "access_token"'
SIGN_IN = f'json = {{ email = "{{email}}", password = "{{password}}" }}\n{ANSWER}'
RENEWAL = """
[sign_in.renewal]
service = "auth"
path = "/token"
query = { grant_type = "refresh_token" }
headers = { apikey = "${launch.anon_key}" }
json = { refresh_token = "{refresh}" }
answer = { token = "access_token", refresh = "refresh_token" }
"""


def found(folder: Path, given: str = ', refresh = "refresh_token"', renewal: str = RENEWAL) -> Examined:
    made = 'token = "access_token", refresh = "refresh_token" }\n\n[people.elsewhere]'
    changes = [
        ('token = "access_token" }\n\n[people.elsewhere]', made),
        (f"{SIGN_IN} }}\n", f"{SIGN_IN}{given} }}\n{renewal}"),
        ('headers = { Authorization = "Bearer {token}" }', "renew_after = 60"),
    ]
    return examined(variant(folder, *changes), "people")


def test_it_is_renewed_twice(tmp_path: Path) -> None:
    assert found(tmp_path / "it").of("renewal").condition is Condition.OK


def test_an_answer_that_gives_nothing_for_it_is_named(tmp_path: Path) -> None:
    (fault,) = found(tmp_path / "it", given="").wrong()
    assert fault.check == "renewal" and "the sign-in gives no `refresh`" in fault.detail


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"/token"', '"/tokens"', "the first one: could not renew the sign-in of Ada"),
        ('"refresh_token" }\nhead', '"nothing" }\nhead', "answered 400"),
        ('token = "access_token", ', "", "no answer.token"),
        ('refresh = "refresh_token" }', 'refresh = "user.id" }', "the second one: could not renew"),
    ],
)
def test_a_renewal_that_does_not_work_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in RENEWAL
    (fault,) = found(tmp_path / "it", renewal=RENEWAL.replace(old, new)).wrong()
    assert fault.check == "renewal" and said in fault.detail and "target.toml:" in fault.detail
