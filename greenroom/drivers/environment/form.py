"""The form in which a target's services answer, as far as its file tells: JSON or not, and with which codes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

import jmespath
from jmespath.exceptions import JMESPathError

from greenroom.targetfile.model import Operation, Refusal, Request, Target

_HOLE = re.compile(r"\{[a-z][a-z0-9_]*\}")
_DOCUMENT = re.compile(r"\ufeff?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_MARKUP = re.compile(r"<[a-z!]", re.I)
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def parsed(text: str) -> tuple[bool, Any]:
    """Whether the text is JSON, and what it says."""
    try:
        return True, json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return False, None


def goes_on(text: str) -> bool:
    """Whether the text is the beginning of JSON, and no more than that: its end is missing."""
    text = text.removeprefix("\ufeff").rstrip()
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        rest = text[error.pos :]
        in_a_word = rest != "" and any(word.startswith(rest) for word in ("true", "false", "null"))
        return text != "" and (rest == "" or in_a_word or error.msg.startswith("Unterminated string"))
    except (ValueError, RecursionError):
        return False
    return False


def body_kind(is_json: bool, content_type: str, text: str) -> Literal["json", "html", "text", "empty"]:
    """What a body is. The label alone makes no page: servers put it on a mere "OK" as well."""
    if is_json:
        return "json"
    if not text.strip():
        return "empty"
    label = content_type.partition(";")[0].strip().lower()
    return "html" if _DOCUMENT.match(text) or (label in _PAGE_TYPES and _MARKUP.search(text)) else "text"


def described_request(target: Target, method: str, url: str) -> Request | None:
    """The request of the target file that this one is, by method and address; None for one that it does not hold."""
    place = urlsplit(url)
    for request in _requests(target):
        base = urlsplit(target.addresses.get(request.service, "").rstrip("/"))
        path = "[^/]+".join(map(re.escape, _HOLE.split(base.path + request.path.partition("?")[0])))
        if request.method == method and base.netloc == place.netloc and re.fullmatch(path, place.path):
            return request
    return None


def json_due(target: Target, service: str, request: Request | None) -> bool:
    """Whether JSON is what the target's file lets one expect. A form without words in its answer is one that a page
    sends, and gets a page for; any other request is answered as its service answers."""
    if request is not None and request.html is not None:
        return not request.html
    if request is not None and request.answer:
        return True
    if request is not None and request.form is not None:
        return False
    return any(_speaks_json(target, other) for other in _requests(target) if other.service == service)


def codes(target: Target, service: str) -> frozenset[str]:
    """The codes of all refusals of a service; none where it refuses by status alone."""
    return frozenset(refusal.code for refusal in refusals(target, service) if refusal.code)


def refusals(target: Target, service: str) -> Iterator[Refusal]:
    """All refusals that the target's file lists for a service."""
    for operation in target.operations.values():
        if operation.service == service:
            yield from operation.refusals.values()


def code_in(target: Target, headers: Mapping[str, str], body: Any) -> str:
    """The code that an answer holds in the target's `error_header`, or at its `error_code`, or ""."""
    if target.error_header:
        wanted = target.error_header.lower()
        return next((value.strip() for name, value in headers.items() if name.lower() == wanted), "")
    found = said(target.error_code, body)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def said(path: str, body: Any) -> Any:
    """What stands at a JMESPath in an answer; None also where the path can't be applied to it."""
    try:
        return jmespath.search(path, body)
    except JMESPathError:
        return None


def is_so(condition: str, body: Any) -> bool:
    """Whether a JMESPath is true of an answer, as JMESPath means it: nothing, false and what is empty are not. So
    `errors` is true of an answer that has any."""
    found = said(condition, body)
    return found is not None and found is not False and found not in ("", [], {})


def declared(request: Request | None, status: int) -> bool:
    """Whether the target's file says of this request that it may be answered with this status."""
    if request is None:
        return False
    known = {refusal.status for refusal in request.refusals.values()} if isinstance(request, Operation) else set()
    return status in request.success or status in known


def _speaks_json(target: Target, request: Request) -> bool:
    told = request.refusals.values() if isinstance(request, Operation) else ()
    in_body = any(refusal.when or (refusal.code and not target.error_header) for refusal in told)
    return request.json_ is not None or bool(request.answer) or in_body


def _requests(target: Target) -> Iterator[Request]:
    yield from target.operations.values()
    sign_in = target.sign_in
    for request in (target.probe, target.people.request, target.people.elsewhere, sign_in.request, sign_in.renewal):
        if request is not None:
            yield request
