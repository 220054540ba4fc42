"""Nonsense that something in front of the application refuses is refused; what it refuses of everything is not."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.core.errors import TargetUnavailable
from greenroom.drivers.outcome import Refused
from tests.support.http_server import answers, serving
from tests.support.small_application import Application, gateway

NGINX = "<html><head><title>{0}</title></head><body><hr><center>nginx</center></body></html>"


@pytest.mark.parametrize("status", [400, 403, 404, 414])
def test_a_firewalls_refusal_is_one_while_the_application_answers(status: int) -> None:
    with serving(Application(end=answers(status, NGINX.format(status)))) as server:
        driver = gateway(server)
        found = driver.attempt_nonsense("end", None, room="x' OR '1'='1")
        assert isinstance(found, Refused) and (found.status, found.name) == (status, "")
        with pytest.raises(TargetUnavailable):  # for what makes sense, it is in the way
            driver.attempt("end", None, room="r1")


@pytest.mark.parametrize(
    "behaviours",
    [
        {"end": answers(502, NGINX.format(502))},
        {"end": answers(403, NGINX.format(403)), "health": answers(403, NGINX.format(403))},
        {"end": answers(403, NGINX.format(403)), "leave": answers(403, NGINX.format(403))},
    ],
)
def test_a_proxy_that_is_in_the_way_of_everything_is_no_refusal(behaviours: dict[str, Any]) -> None:
    with serving(Application(**behaviours)) as server, pytest.raises(TargetUnavailable) as unclear:
        gateway(server).attempt_nonsense("end", None, room="x' OR '1'='1")
    assert unclear.value.cause == "proxy-answered"
