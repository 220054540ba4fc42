"""A finished scenario without secrets: once more, with all that was learnt until its end."""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel

from greenroom.core.redact import Redactor
from greenroom.record.events import Exchange, ScenarioFinished

_SEEN_ON_TARGET = ("exchanges", "checks", "changes", "page")
_M = TypeVar("_M", bound=BaseModel)


def redacted(scenario: ScenarioFinished, redactor: Redactor) -> ScenarioFinished:
    """The scenario as it may be written.

    What drivers record is redacted when they record it, and a secret may become known only later: a cookie that the
    page got, a token on the console before anybody knew it for one. What the feature file says stays as it is written.
    """
    steps = [
        step.model_copy(update={name: _clean(getattr(step, name), redactor) for name in _SEEN_ON_TARGET})
        for step in scenario.steps
    ]
    failure = scenario.failure
    if failure is not None:
        told = {name: redactor.text(getattr(failure, name)) for name in ("message", "hint", "traceback")}
        failure = failure.model_copy(update=told)
    update: dict[str, Any] = {"steps": steps, "failure": failure, "note": redactor.text(scenario.note)}
    update |= {name: _clean(getattr(scenario, name), redactor) for name in ("invariants", "people")}
    return scenario.model_copy(update=update)


def redacted_exchange(exchange: Exchange, redactor: Redactor) -> Exchange:
    """The exchange, without what was learnt from it."""
    return _clean_model(exchange, redactor)


def _clean(value: Any, redactor: Redactor) -> Any:
    if isinstance(value, BaseModel):
        return _clean_model(value, redactor)
    if isinstance(value, list):
        return [_clean(item, redactor) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item, redactor) for key, item in value.items()}
    if isinstance(value, str) and not isinstance(value, Enum):
        return redactor.text(value)
    return value


def _clean_model(model: _M, redactor: Redactor) -> _M:
    changed = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        clean = _clean(value, redactor)
        if clean != value:
            changed[name] = clean
    return model.model_copy(update=changed) if changed else model
