"""What a scenario's tags need and the target lacks, told before a run, with the line that would change it."""

from __future__ import annotations

from pathlib import Path

from greenroom.outcome.needs import not_applicable_lines, unmet_need
from greenroom.targetfile.load import read_target

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
