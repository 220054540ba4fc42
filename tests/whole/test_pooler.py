"""The database is reached through a pooler that hands out its connections a transaction at a time, as hosters' are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.served import Served, served
from tests.support.transaction_pooler import pooled

pytestmark = [pytest.mark.integration, pytest.mark.long]


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Served]:
    """One of its own: a pool and another way to the database are nobody else's."""
    with served(tmp_path / "target", name="pooled") as running:
        yield running


def test_a_run_with_people_of_a_pool_is_conformant(staging: Served, tmp_path: Path) -> None:
    staging.lend_pool(6)
    with pooled(staging.ready["database"], connections=6, takes_settings=False) as (address, pooler):
        staging.environment["SERVED_DATABASE"] = address
        where = ("features/end_persistence.feature", "-t", "not browser", "-n", "2")
        code, said, verdict = staging.run(*where, reports=tmp_path / "reports")
        assert (code, verdict["verdict"]) == (0, "conformant"), said
        assert verdict["counts"]["passed"] > 10
        code, said = staging.command("audit")
        assert code == 0, said
        code, said = staging.command("doctor", "--only", "database")
        assert code == 0 and "through a pooler" in said, said
    assert sum(number > 20 for number in pooler.served) > 2  # everything went through it, in turn
