"""An answer is the application's when it has the application's form; any other is that of something in between."""

from __future__ import annotations

import json
from typing import Any

import pytest

from greenroom.drivers.environment import Cause, not_the_application, not_the_page
from greenroom.targetfile.model import Target

ADDRESS = "https://rooms.test/api"
PAGE = "<!doctype html><html><title>Sign in</title></html>"
TEXT = {"content-type": "text/plain"}
HTML = {"Content-Type": "text/html; charset=utf-8"}

WITH_CODES = {
    "end": {
        "path": "/rooms/{room}/end",
        "answer": {"status": "status"},
        "refusals": {
            "not_host": {"status": 403, "code": "NOT_HOST"},
            "not_found": {"status": 404, "code": "ROOM_NOT_FOUND"},
            "malformed": {"status": 400},
        },
    }
}
BY_STATUS_ALONE = {
    "end": {
        "path": "/rooms/{room}/end",
        "answer": {"status": "status"},
        "refusals": {"not_host": {"status": 403}, "not_found": {"status": 404}},
    }
}
WITHOUT_JSON = {"end": {"path": "/rooms/{room}/end", "refusals": {"not_host": {"status": 403}}}}


def target(operations: dict[str, Any], **more: Any) -> Target:
    addresses = {"gateway": ADDRESS, "web": "https://rooms.test", "plain": "https://plain.test"}
    given = {"name": "some", "environment": "shared", "addresses": addresses, "people": {"source": "pool"}}
    return Target.model_validate(given | {"operations": operations} | more)


def cause(
    status: int, text: Any, headers: dict[str, str] | None = None, operations: Any = WITH_CODES, **more: Any
) -> Cause | None:
    body = text if isinstance(text, str) else json.dumps(text)
    described = target(operations, **more)
    return not_the_application(described, "gateway", "POST", f"{ADDRESS}/rooms/7/end", status, headers or {}, body)


def page_cause(
    status: int, headers: dict[str, str], text: str = "", url: str = "https://rooms.test/live"
) -> Cause | None:
    return not_the_page(target({}), "web", url, status, headers, text)


@pytest.mark.parametrize(
    "to", ["https://www.rooms.test/live", "https://rooms.test:8443/live/", "//other.test/live?a=1"]
)
def test_the_same_page_under_another_name_is_nobodys_room(to: str) -> None:
    found = page_cause(301, {"Location": to})
    assert found and found.code == "redirected" and "[addresses] web" in found.hint


@pytest.mark.parametrize(
    "to", ["/sign-in", "/live/", "https://rooms.test/live?x", "https://id.test/authorize", "", "//["]
)
def test_any_other_page_may_be_the_answer(to: str) -> None:
    assert page_cause(302, {"Location": to}) is None


def code(*given: Any, **more: Any) -> str:
    found = cause(*given, **more)
    return found.code if found else ""


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 500, 501, 505])
@pytest.mark.parametrize(
    ("text", "headers", "expected"),
    [
        (PAGE, HTML, "html-page"),
        ("<h1>Forbidden</h1>", HTML, "html-page"),
        ("Forbidden", TEXT, "not-json"),
        ("", {}, "not-json"),
        ("default backend - 404", TEXT, "proxy-answered"),
    ],
)
def test_no_json_is_a_proxys_where_json_is_due(status: int, text: str, headers: dict[str, str], expected: str) -> None:
    found = cause(status, text, headers)
    assert found is not None and found.code == expected and str(status) in found.words and found.hint


@pytest.mark.parametrize("status", [502, 503, 504])
@pytest.mark.parametrize("text", [PAGE, "Bad Gateway", ""])
@pytest.mark.parametrize("operations", [WITH_CODES, BY_STATUS_ALONE, WITHOUT_JSON])
def test_502_503_and_504_without_json_are_a_proxys(status: int, text: str, operations: dict[str, Any]) -> None:
    assert code(status, text, operations=operations) == "proxy-answered"


@pytest.mark.parametrize("status", [511, 520, 522, 524, 530, 540])
@pytest.mark.parametrize("text", [PAGE, "", {"error": "ORIGIN_DOWN"}])
def test_statuses_that_no_application_has(status: int, text: Any) -> None:
    assert code(status, text) == "proxy-answered"


GATEWAYS: list[tuple[str, int, Any, dict[str, str]]] = [
    ("Kong", 404, {"message": "no Route matched with those values"}, {}),
    ("Kong", 404, {"message": "no Route matched with those values", "request_id": "4f1b"}, {}),
    ("Kong", 502, {"message": "An invalid response was received from the upstream server"}, {}),
    ("Kong", 504, {"message": "The upstream server is timing out"}, {}),
    ("Kong", 401, {"message": "No API key found in request"}, {}),
    ("AWS API Gateway", 503, {"message": "Service Unavailable"}, {}),
    ("AWS API Gateway", 504, {"message": "Endpoint request timed out"}, {}),
    ("AWS API Gateway", 403, {"message": "Forbidden"}, {}),
    ("AWS API Gateway", 403, {"message": "Missing Authentication Token"}, {}),
    ("AWS Elastic Load Balancing", 403, "<h1>403</h1>", {"Server": "awselb/2.0"}),
    ("Amazon CloudFront", 403, "<H1>403 ERROR</H1><H2>The request could not be satisfied.</H2>", HTML),
    ("Google Cloud", 503, {"error": {"code": 503, "message": "unavailable", "status": "UNAVAILABLE"}}, {}),
    ("Google Cloud", 403, {"error": {"code": 403, "message": "no", "status": "PERMISSION_DENIED"}}, {}),
    ("Google Cloud", 502, "<html><title>Error 502 (Server Error)!!1</title></html>", HTML),
    ("Envoy", 503, "upstream connect error or disconnect/reset before headers. reset reason: overflow", TEXT),
    ("Envoy", 403, "RBAC: access denied", TEXT),
    ("Envoy", 500, "no healthy upstream", TEXT),
    ("Cloudflare", 403, "<html><title>Attention Required! | Cloudflare</title></html>", HTML),
    ("Cloudflare", 500, "error code: 1101", TEXT),
    ("Azure Front Door", 404, "<h2>Our services aren't available right now</h2>", HTML),
    ("Azure API Management", 404, {"statusCode": 404, "message": "Resource not found"}, {}),
    ("Traefik", 503, "no available server", TEXT),
    ("nginx", 413, "<html><body><center><h1>413</h1></center><hr><center>nginx/1.25</center></body></html>", HTML),
    ("nginx", 500, "<html><body><hr><center>nginx</center></body></html>", HTML),
    ("HAProxy", 403, "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.", HTML),
    ("Vercel", 504, {"error": {"code": "504", "message": "FUNCTION_INVOCATION_TIMEOUT"}}, {}),
    ("Vercel", 504, {"error": {"code": "FUNCTION_INVOCATION_TIMEOUT", "message": "timed out"}}, {}),
    ("Vercel", 404, "The deployment could not be found on Vercel.\n\nDEPLOYMENT_NOT_FOUND\n", TEXT),
    ("Fly", 502, "could not find a good candidate within 21 attempts at load balancing", TEXT),
    ("Supabase", 503, {"code": "BOOT_ERROR", "message": "Function failed to start (please check logs)"}, {}),
    ("Railway", 502, {"status": "error", "code": 502, "message": "Application failed to respond"}, {}),
    ("F5", 403, {"message": "Forbidden", "support_id": "1234567890123"}, {}),
    ("F5", 403, {"supportID": 1234567890123}, {}),
    ("Imperva", 403, {"errorCode": "15", "incidentId": "523000450-129384"}, {}),
    ("DataDome", 403, {"url": "https://geo.captcha-delivery.com/captcha/?initialCid=A"}, {}),
    ("HUMAN", 403, {"appId": "PX1", "blockScript": "/px/captcha.js"}, {}),
    ("Akamai", 403, {"sec-cp-challenge": "true", "provider": "crypto"}, {}),
    ("Akamai", 400, {"detail": "Invalid URL"}, {"Server": "AkamaiGHost"}),
    ("Heroku", 503, '<iframe src="//www.herokucdn.com/error-pages/application-error.html"></iframe>', HTML),
]


CHALLENGES: list[tuple[str, int, Any, dict[str, str]]] = [
    ("Cloudflare", 403, "<p>One moment</p>", {"cf-mitigated": "challenge"}),
    ("Cloudflare", 200, "<html><title>Just a moment...</title></html>", HTML),
    ("AWS WAF", 202, "", {"x-amzn-waf-action": "challenge"}),
    ("AWS WAF", 405, "<html><title>Human Verification</title></html>", {"x-amzn-waf-action": "captcha"} | HTML),
    ("Vercel", 403, {"error": {"code": "403", "message": "Forbidden"}}, {"x-vercel-mitigated": "deny"}),
    ("SiteGround", 202, "<html><head></head></html>", {"sg-captcha": "challenge"} | HTML),
    ("ngrok", 200, "<!doctype html><html></html>", {"ngrok-error-code": "ERR_NGROK_6024"} | HTML),
    ("Anubis", 200, "<html><title>Making sure you&#39;re not a bot!</title></html>", HTML),
]


@pytest.mark.parametrize(("product", "status", "text", "headers"), CHALLENGES)
def test_a_test_for_robots_is_known_whatever_its_status(
    product: str, status: int, text: Any, headers: dict[str, str]
) -> None:
    words = f"answered {status} with a test for robots, as {product} does"
    found = cause(status, text, headers)
    page = page_cause(status, headers, text if isinstance(text, str) else json.dumps(text))
    assert found and page and (found.code, found.words, page.words) == ("proxy-answered", words, words)


def test_a_page_that_cloudflare_lets_through_is_the_applications() -> None:
    ours = "<html><title>Live rooms</title><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    assert page_cause(200, {"server": "cloudflare", "cf-ray": "1"}, ours) is None


@pytest.mark.parametrize(
    "text", ["RATE_LIMITED", "rate-limit", "TooManyRequestsException", "ThrottlingException", "SlowDown"]
)
@pytest.mark.parametrize("status", [200, 400, 403, 503])
def test_a_limiter_may_say_no_without_429(status: int, text: str) -> None:
    assert code(status, {"error": text}) == "throttled"
    assert code(status, {"error": text}, operations=BY_STATUS_ALONE) == "throttled"


@pytest.mark.parametrize(
    "place", [{"code": "rate_limited"}, {"error": {"type": "rate_limit_error"}}, {"__type": "SlowDown"}]
)
def test_a_limiter_may_say_it_where_the_application_does_not(place: dict[str, Any]) -> None:
    assert code(403, place) == "throttled"
    assert code(200, place | {"status": "idle"}) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"X-RateLimit-Remaining": "0"},
        {"RateLimit": '"default";r=0;t=30'},
        {"RateLimit": "limit=10, remaining=0, reset=5"},
    ],
)
def test_a_refusal_with_nothing_left_is_a_limiters(headers: dict[str, str]) -> None:
    assert code(403, {"message": "Forbidden"}, headers) == "throttled"
    assert code(403, {"error": "NOT_HOST"}, headers) == ""
    assert code(500, {"error": "INTERNAL"}, headers) == ""
    assert code(200, {"status": "idle"}, headers) == ""


def test_what_the_file_lists_is_the_applications_own_limit() -> None:
    own = {"end": {"path": "/rooms/{room}/end", "refusals": {"not_live": {"status": 403, "code": "QUOTA_EXCEEDED"}}}}
    assert code(403, {"error": "QUOTA_EXCEEDED"}, operations=own) == ""
    assert code(409, {"error": "LIMIT_EXCEEDED"}) == ""


@pytest.mark.parametrize(("product", "status", "text", "headers"), GATEWAYS)
def test_known_gateways_are_named(product: str, status: int, text: Any, headers: dict[str, str]) -> None:
    found = cause(status, text, headers)
    assert found == Cause(
        "proxy-answered", f"answered {status} as {product} does in its place", found.hint if found else ""
    )


@pytest.mark.parametrize(
    "text", [{"error": "Bad Gateway"}, {"code": 503}, {"status": 503, "error": "Service Unavailable"}]
)
def test_json_without_the_applications_code_is_a_gateways_where_a_gateway_may_answer(text: Any) -> None:
    assert code(503, text) == "proxy-answered"
    assert code(503, text, operations=BY_STATUS_ALONE) == "", "nobody can tell it from the application's"


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 500, 502, 503, 504])
@pytest.mark.parametrize("text", [{"error": "INTERNAL"}, {"ok": False, "error": "ROOM_BUSY", "message": "Forbidden"}])
def test_json_with_a_code_is_the_applications(status: int, text: Any) -> None:
    assert code(status, text) == ""


@pytest.mark.parametrize(
    ("status", "text", "headers"),
    [
        (200, {"status": "idle"}, {}),
        (204, "", {}),
        (200, "OK", TEXT),
        (400, {"detail": [{"loc": ["path", "room"]}]}, {}),
        (405, {"detail": "Method Not Allowed"}, {}),
        (500, {"detail": "Internal Server Error"}, {}),
        (500, "Internal Server Error", TEXT),
        (302, "", {"Location": "/sign-in"}),
        (302, "", {"Location": "https://rooms.test:443/sign-in"}),
        (302, "", {"Location": "https://[rooms"}),
    ],
)
def test_answers_of_the_application(status: int, text: Any, headers: dict[str, str]) -> None:
    assert cause(status, text, headers) is None


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (404, "<!DOCTYPE html><html><body><pre>Cannot POST /rooms/7/end</pre></body></html>"),
        (400, "<!doctype html>\n<html lang=en>\n<title>400 Bad Request</title>\n<h1>Bad Request</h1>"),
        (404, "404: Not Found"),
        (400, "Invalid URL: Cannot parse `x` to a `u64`"),
    ],
)
def test_frameworks_speak_for_the_application(status: int, text: str) -> None:
    assert code(status, text, HTML) == ""


def test_refusals_by_status_alone() -> None:
    assert code(403, "", operations=BY_STATUS_ALONE) == ""
    assert code(401, "", operations=BY_STATUS_ALONE) == "not-json", "no refusal has that status"
    assert code(403, "Forbidden", TEXT, operations=BY_STATUS_ALONE) == "not-json", "a firewall's, as like as not"
    assert code(403, {"message": "Forbidden"}, operations=BY_STATUS_ALONE) == "", "the form that the file lists"
    assert code(404, PAGE, HTML, operations=WITHOUT_JSON) == "", "nobody knows its form"


def test_a_code_that_the_file_lists_counts_whoever_answers_so() -> None:
    by_message = {"end": WITH_CODES["end"] | {"refusals": {"not_host": {"status": 403, "code": "Forbidden"}}}}
    assert code(403, {"message": "Forbidden"}, operations=by_message, error_code="message") == ""
    assert code(404, {"message": "Not Found"}, operations=by_message, error_code="message") == "proxy-answered"


@pytest.mark.parametrize(
    ("body", "text", "headers"), [("text", "No such room", TEXT), ("html", PAGE, HTML), ("empty", "", {})]
)
def test_the_file_says_in_which_form_a_refusal_comes(body: str, text: str, headers: dict[str, str]) -> None:
    told = {"end": WITH_CODES["end"] | {"refusals": {"not_found": {"status": 404, "body": body}}}}
    assert code(404, text, headers, operations=told | {"join": WITH_CODES["end"]}) == ""
    assert code(403, text, headers, operations=told | {"join": WITH_CODES["end"]}) != "", "another status"


def test_the_file_says_which_texts_are_the_frameworks() -> None:
    given: dict[str, Any] = {"plain_answers": ["^404 page not found"]}
    assert code(404, "404 page not found\n", TEXT) == "not-json"
    assert code(404, "404 page not found\n", TEXT, **given) == ""
    assert code(404, "Not found", TEXT, **given) == "not-json"


def test_pages_with_a_success_are_a_proxys() -> None:
    assert code(200, PAGE, HTML) == "html-page"


def test_a_limiter_and_a_sign_in_elsewhere() -> None:
    assert code(429, "") == "throttled"
    found = cause(302, "", {"location": "https://sso.test/login"})
    assert found is not None and (found.code, "sso.test" in found.words) == ("redirected", True)


@pytest.mark.parametrize(("to", "expected"), [("https://rooms.test/api/x", "redirected"), ("https://rooms.test/", "")])
def test_a_redirect_to_https_is_a_proxys(to: str, expected: str) -> None:
    described = target(WITH_CODES).model_copy(update={"addresses": {"gateway": "http://rooms.test/api"}})
    url = "http://rooms.test/api/x"
    found = not_the_application(described, "gateway", "POST", url, 308, {"location": to}, "")
    assert (found.code if found else "") == expected


def test_a_request_that_the_file_does_not_hold_is_answered_as_its_service_is() -> None:
    described = target(WITH_CODES)

    def of(service: str, url: str, status: int) -> Cause | None:
        return not_the_application(described, service, "GET", url, status, HTML, PAGE)

    found = of("gateway", f"{ADDRESS}/whatever", 403)
    assert found is not None and found.code == "html-page"
    assert of("web", "https://rooms.test/programme", 403) is None, "pages are what that service answers"
    bad = of("web", "https://rooms.test/programme", 502)
    assert bad is not None and bad.code == "proxy-answered"


def test_odd_bodies_are_no_trouble() -> None:
    assert code(403, "[" * 100_000) == "not-json"
    assert code(403, '\ufeff{"error": "NOT_HOST"}') == ""
    assert code(403, {"error": {"a": [1]}}, error_code="length(error.b)") == ""
