"""What is said of a page's request that got no answer, or none of the target's."""

from __future__ import annotations

from greenroom.drivers.web.in_between import PageAnswer, in_between, unanswered
from greenroom.targetfile.model import Target

SENT = "POST http://rooms.test/rooms"


def test_nobody_answered() -> None:
    found = unanswered("gateway", SENT, "net::ERR_CONNECTION_REFUSED", described=True)
    assert found.message.startswith("gateway did not answer") and not found.hint


def test_an_answer_that_the_browser_keeps_from_the_page_is_said_to_be_so() -> None:
    for described in (True, False):
        found = unanswered("gateway", SENT, "net::ERR_FAILED", described=described)
        assert found.message.startswith("the page got no answer of gateway") and "CORS" in found.hint
        assert ("not_needed" in found.hint) is not described


def test_a_database_that_is_away_is_none_of_the_pages_answers_whatever_it_asks() -> None:
    given = {"name": "some", "environment": "shared", "people": {"source": "pool"}, "operations": {}}
    target = Target.model_validate({**given, "addresses": {"data_api": "http://rooms.test"}})
    body = '{"code": "PGRST002", "message": "Could not query the database for the schema cache. Retrying."}'
    answer = PageAnswer("data_api", "GET", "http://rooms.test/any", False, False, 503, {}, body)
    found = in_between(target, answer, SENT)
    assert found and found.cause == "database-away" and "PGRST002" in found.message
