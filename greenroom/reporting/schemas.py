"""The published schemas of `record.jsonl`, of `verdict.json`, and of what commands print as JSON, made of their models.

`python -m greenroom.reporting.schemas` writes docs/*.schema.json.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from greenroom.core.project import ROOT
from greenroom.record import events, series
from greenroom.reporting import audit_json, logs_json, migration_json, verdict_json
from greenroom.reporting.comparison import json_file
from greenroom.reporting.watching import alert_json, compared
from greenroom.reporting.words import MEANING

DOCS = ROOT / "docs"

_LINE = {
    "title": "One line of the record of a Greenroom run",
    "description": "What a line of `record.jsonl` holds: first one header, then scenarios as they start and finish, "
    "last one footer. A file without its footer is a run that was cut short. Times are ISO 8601 UTC, durations are "
    "seconds.",
}
_SERIES = {
    "title": "One line of the series of a watch",
    "description": "What a line of `series.jsonl` holds: a watch begins, looks, and ends; a watch without its end is "
    "under way, or was killed, and whoever goes on with it writes a beginning that continues. A key that is not there "
    "has its default. Times are ISO 8601 UTC, durations are seconds.",
}
_VERDICT = "; ".join(f"{verdict}: {meaning}" for verdict, meaning in MEANING.items())


class _WithoutKeyTitles(GenerateJsonSchema):
    """Pydantic's schemas, without a title for every key that only repeats the key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schemas() -> dict[str, str]:
    """File name in docs/ -> its text."""
    return {
        "record.schema.json": _text(events.SCHEMA, TypeAdapter(events.Event), _LINE),
        "verdict.schema.json": _text(verdict_json.SCHEMA, TypeAdapter(verdict_json.VerdictFile), {}),
        "audit.schema.json": _text(audit_json.SCHEMA, TypeAdapter(audit_json.AuditFile), {}),
        "logs.schema.json": _text(logs_json.SCHEMA, TypeAdapter(logs_json.LogsFile), {}),
        "migration-plan.schema.json": _text(migration_json.PLAN_SCHEMA, TypeAdapter(migration_json.PlanFile), {}),
        "migration-verified.schema.json": _text(
            migration_json.VERIFIED_SCHEMA, TypeAdapter(migration_json.VerifiedFile), {}
        ),
        "comparison.schema.json": _text(json_file.SCHEMA, TypeAdapter(json_file.ComparisonFile), {}),
        "series.schema.json": _text(series.SCHEMA, TypeAdapter(series.Line), _SERIES),
        "watches-compared.schema.json": _text(compared.SCHEMA, TypeAdapter(compared.WatchesCompared), {}),
        "alert.schema.json": _text(alert_json.SCHEMA, TypeAdapter(alert_json.AlertFile), {}),
    }


def _text(id_: str, model: TypeAdapter[Any], about: dict[str, str]) -> str:
    made = model.json_schema(by_alias=True, schema_generator=_WithoutKeyTitles)
    parts = made.pop("$defs", {})
    if "Verdict" in parts:
        parts["Verdict"]["description"] = f"What is known of one scenario, from good to bad. {_VERDICT}."
    for part in (made, *parts.values()):
        if "description" in part:  # the docstring of a class, whose lines end where the source's do
            part["description"] = " ".join(part["description"].split())
    first = {"$schema": GenerateJsonSchema.schema_dialect, "$id": id_} | about
    for key in ("title", "description"):
        if key in made:
            first[key] = made.pop(key)
    return json.dumps(first | made | ({"$defs": parts} if parts else {}), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, text in schemas().items():
        (DOCS / name).write_text(text, encoding="utf-8")
