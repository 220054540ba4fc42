"""What a scenario's tags need and the target lacks, told before a run, with the line that would change it."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.outcome.needs import not_applicable_lines, unmet_need
from greenroom.targetfile.load import read_target

WITH_FALLBACK = ["end-fallback", "page-reset"]
FILE = """\
name = "some"
environment = "disposable"
capabilities = ["lobby"]
addresses = { gateway = "http://127.0.0.1:1" }
people = { source = "pool", pool = [{ account_id = "1" }] }
sign_in = { scheme = "none" }

[operations]
"""


def test_reasons_are_grouped_and_name_the_line(tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    (folder / "target.toml").write_text(FILE, encoding="utf-8")
    file = read_target(f"{folder}/", tmp_path)
    target = file.resolve()
    assert unmet_need(target, ["E1", "needs-lobby"]) == ""
    scenarios = [["E1"], ["browser", "needs-restart"], ["needs-lobby", "needs-scheduling"], ["needs-scheduling"]]
    page, scheduling = sorted(not_applicable_lines(file, target, scenarios))
    assert page.startswith("1 scenario will not apply: the target describes no web page") and "[web]" in page
    assert scheduling.startswith("2 scenarios will not apply: a session may be scheduled for later, if so;")
    assert scheduling.endswith('target.toml:3: capabilities = ["scheduling", ...]')


@pytest.mark.parametrize("declared", [["client-fallback"], WITH_FALLBACK])
def test_what_a_capability_includes_need_not_be_declared(tmp_path: Path, declared: list[str]) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    file = FILE.replace('["lobby"]', str(declared).replace("'", '"'))
    (folder / "target.toml").write_text(file, encoding="utf-8")
    target = read_target(f"{folder}/", tmp_path).resolve()
    assert [unmet_need(target, [f"needs-{need}"]) for need in WITH_FALLBACK] == ["", ""]
    assert unmet_need(target, ["needs-client-fallback"]) == ("" if "client-fallback" in declared else "client-fallback")


@pytest.mark.parametrize(("declared", "unmet"), [(["reset"], "data-api"), (["data-api"], ""), ([], "data-api")])
def test_a_reset_is_the_gateways_own_or_part_of_a_data_api(tmp_path: Path, declared: list[str], unmet: str) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    (folder / "target.toml").write_text(FILE.replace('["lobby"]', str(declared).replace("'", '"')), encoding="utf-8")
    target = read_target(f"{folder}/", tmp_path).resolve()
    assert unmet_need(target, ["needs-reset"]) == ("" if declared else "reset")
    assert unmet_need(target, ["needs-data-api"]) == unmet
