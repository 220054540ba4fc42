"""What a target declares and does not have fails, and is named; what it does not declare is not applicable."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.outcome.capabilities import declared_but_missing
from tests.support.command_line import greenroom, verdict_of
from tests.support.running_reference import Running
from tests.support.shapes import Shape


@pytest.mark.parametrize(
    ("needed", "capability"),
    [
        ("operation:schedule", "scheduling"),
        ("operation:open_doors", "lobby"),
        ("operation:cancel", "cancelling"),
        ("request:reset", "client-fallback"),
        ("request:reset", "page-reset"),
        ("request:host_lookup", "host-lookup"),
        ("restart", "restart"),
        ("multi-tenant", "multi-tenant"),
    ],
)
def test_what_belongs_to_a_declared_capability(needed: str, capability: str) -> None:
    assert declared_but_missing(needed, {capability, "another"}) == capability
    assert declared_but_missing(needed, {"another"}) == ""


@pytest.mark.parametrize(
    "needed", ["operation:delete_room", "operation:leave", "database", "web", "write-fault", "pool"]
)
def test_what_may_be_left_out_whatever_is_declared(needed: str) -> None:
    assert declared_but_missing(needed, {"data-api", "database-faults", "scheduling"}) == ""


@pytest.mark.parametrize(
    ("table", "capability", "scenario", "missing"),
    [
        ("operations.schedule", "scheduling", "a session for tomorrow", "the target describes no operation 'schedule'"),
        (
            "people.elsewhere",
            "multi-tenant",
            "a member of another tenant asks",
            "the target does not say how",
        ),
    ],
)
def test_a_run_names_what_is_declared_and_missing(
    stack: Running, tmp_path: Path, table: str, capability: str, scenario: str, missing: str
) -> None:
    def run(shape: Shape) -> tuple[int, str, str]:
        reports = tmp_path / "reports"
        shape.reached_at(stack.ready)
        ran = greenroom(
            "run", "-k", scenario, "-t", "not browser", "--target", str(shape.folder), "--reports", str(reports),
            variables={"COLUMNS": "200"},
        )  # fmt: skip
        (found,) = {one["verdict"] for one in verdict_of(reports)["scenarios"]}
        return ran.code, found, ran.out

    declared = Shape(ROOT, tmp_path / "declared").without(table)
    code, verdict, out = run(declared)
    assert (code, verdict) == (1, "failed")
    assert f"the target declares the capability {capability!r}, but: {missing}" in out
    code, verdict, out = run(Shape(ROOT, tmp_path / "undeclared").without(table).unable(capability))
    assert verdict == "not applicable"
    assert capability in out
