"""Target files that were written for an earlier version are read as they are: no key is taken away from anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.relations.canonical import load_queries, load_relations
from greenroom.targetfile.load import read_target

EARLIER = Path(__file__).parent / "earlier"


@pytest.mark.parametrize("name", ["lantern", "reference"])
def test_files_of_an_earlier_version_are_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GREENROOM_REFERENCE", raising=False)
    file = read_target(str(EARLIER / name), ROOT)
    target = file.resolve()
    file.check_runnable(target)
    assert target.name == name
    assert len(load_relations(EARLIER / name / "relations.sql")) == 5
    assert "set_room" in load_queries(EARLIER / name / "arrange.sql")
