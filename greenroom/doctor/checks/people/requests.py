"""What checks of people share: whether a request about people can be sent, and what was answered last."""

from __future__ import annotations

from greenroom.doctor.examination import Examination, NotReached
from greenroom.doctor.prerequisites import DATABASE
from greenroom.targetfile.model import Request


def require_reachable(examination: Examination, request: Request | None) -> None:
    """Raises NotReached when the request's service does not answer, or SQL makes people and there is no database."""
    if request is not None:
        examination.require_service(request.service)
    elif examination.target.people.source == "sql" and not examination.has(DATABASE):
        raise NotReached("needs the database")


def last_answer(examination: Examination) -> str:
    """What the target last answered, for the hint."""
    exchanges = examination.evidence.current.exchanges
    if not exchanges:
        return ""
    last = exchanges[-1]
    body = " ".join(last.response_body.split())[:160]
    return f"{last.method} {last.url} answered {last.status or last.error}: {body or '(nothing)'}"
