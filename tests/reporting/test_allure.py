"""allure-results: statuses, labels, nested evidence, stable ids, and the files that frame them."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from greenroom.core.verdict import Verdict
from greenroom.record.events import Attachment
from greenroom.record.reader import read_record
from greenroom.reporting.allure import CATEGORIES, write_report
from greenroom.reporting.conclusion import conclude
from tests.support.samples import big, build

Json = dict[str, Any]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    head = build.header(selection="@E or @L", command="greenroom run -t 'a=b: ü'")
    path = build.write(build.events(big.all_sixty(), head), folder)
    write_report(conclude(read_record(path)), folder / "allure-results")
    return folder / "allure-results"


@cache
def results(out: Path) -> list[Json]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(out.glob("*-result.json"))]


def named(out: Path, words: str) -> Json:
    return next(one for one in results(out) if words in one["name"])


def label(result: Json, name: str) -> list[str]:
    return [one["value"] for one in result["labels"] if one["name"] == name]


def attachment(step: Json, name: str, out: Path) -> str:
    source: str = next(one["source"] for one in step["attachments"] if one["name"].startswith(name))
    return (out / source).read_text(encoding="utf-8")


def test_a_result_for_each_scenario_with_its_status(out: Path) -> None:
    statuses = Counter(one["status"] for one in results(out))
    assert statuses == {"passed": 50, "failed": 4, "broken": 3, "skipped": 3}


def test_labels_parameters_and_names(out: Path) -> None:
    found = named(out, "while the gateway answers 503")
    assert label(found, "epic") == ["Greenroom"]
    assert label(found, "feature") == ["Ending is complete and lasts"]
    assert label(found, "story") == ["E7 End Room works even when the gateway does not"]
    assert label(found, "thread")[0] in ("gw0", "gw1")
    assert label(found, "host") == ["20260216-094107-k3f9"]
    assert {"E7", "E1", "browser"} <= set(label(found, "tag"))
    assert found["parameters"] == [{"name": "trouble", "value": "answers 503"}]
    assert found["fullName"].startswith("features/end_persistence.feature: ")
    message, cause = found["statusDetails"]["message"].split("\n")
    assert message == "E1 broken: Ada's room is not at rest" and cause.startswith("cause 1: ")
    assert "again     greenroom run" in found["statusDetails"]["trace"]


def test_steps_keep_their_words_statuses_and_times(out: Path) -> None:
    found = named(out, "while the gateway answers 503")
    steps = found["steps"]
    assert [one["status"] for one in steps] == ["passed"] * 3 + ["failed", "skipped", "skipped", "failed"]
    assert steps[2]["name"] == "When Ada ends the room in the browser"
    assert steps[-1]["name"].startswith("Invariants")
    assert all(one["stop"] == other["start"] for one, other in pairwise(steps))
    assert found["start"] <= steps[0]["start"] <= steps[-1]["stop"]


def test_evidence_is_attached_to_its_step(out: Path) -> None:
    steps = named(out, "while the gateway answers 503")["steps"]
    exchange = attachment(steps[2], "!! POST …/end by Ada's page -> 503", out)
    assert "authorization: Bearer <redacted>" in exchange
    changes = list(csv.reader(attachment(steps[2], "what changed", out).splitlines()))
    assert ["rooms", "Ada's room", "status", "live", "idle"] in changes
    assert "Fallback succeeded" in attachment(steps[2], "what the page said", out)
    check = steps[3]["steps"][0]
    assert (check["name"], check["status"]) == ("E1 Ada's room is at rest", "failed")
    rows = list(csv.reader(attachment(check, "rows of rooms", out).splitlines()))
    assert rows[0] == ["room_id", "status", "session_id", "host_present"]
    assert any(one["name"].endswith("(21 times)") for one in steps[3]["attachments"])


def test_tables_and_texts_of_steps_are_attached(out: Path) -> None:
    table = named(out, "Grace cannot end the room")["steps"][2]
    assert attachment(table, "table", out) == "status,403\nerror,NOT_HOST\n"
    text = named(out, "although everything fails")["steps"][1]
    assert attachment(text, "text", out) == "a phase\n  of the moon"


def test_pictures_and_traces_are_copied(out: Path) -> None:
    files = {one["name"]: out / one["source"] for one in named(out, "while the gateway answers 503")["attachments"]}
    assert files["Ada's page when it failed"].read_bytes().startswith(b"\x89PNG")
    assert files["trace of Ada's browser"].suffix == ".zip"
    types = {one["name"]: one["type"] for one in named(out, "while the gateway answers 503")["attachments"]}
    assert types["trace of Ada's browser"] == "application/vnd.allure.playwright-trace"
    assert types["Ada's page when it failed"] == "image/png"


def test_a_file_that_is_gone_or_outside_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    told = [Attachment(name=path, media_type="image/png", path=path) for path in ("gone.png", "../secret.png")]
    write_report(conclude(build.record(build.scenario(attachments=told))), tmp_path / "run" / "allure-results")
    assert "attachments" not in results(tmp_path / "run" / "allure-results")[0]


def test_every_attachment_named_is_there_and_no_other(out: Path) -> None:
    sources = re.findall(r'"source": "([^"]+)"', "".join(file.read_text() for file in out.glob("*-result.json")))
    assert len(sources) == len(set(sources))
    assert {file.name for file in out.glob("*-attachment.*")} == set(sources)


def test_ids_are_stable_between_runs_and_differ_between_examples(out: Path, tmp_path: Path) -> None:
    some = big.good()[:4]
    write_report(conclude(build.record(*some, head=build.header(run="another"))), tmp_path / "allure-results")
    there = {one["fullName"]: one for one in results(tmp_path / "allure-results")}
    here = {one["fullName"]: one for one in results(out) if one["fullName"] in there}
    assert len(here) == len(there) == 4
    for name, one in here.items():
        assert one["historyId"] == there[name]["historyId"]
        assert one["testCaseId"] == there[name]["testCaseId"]
        assert one["uuid"] != there[name]["uuid"]
    assert len({one["historyId"] for one in results(out)}) == 60
    assert len({one["testCaseId"] for one in here.values()}) == 1


def test_writing_again_replaces(tmp_path: Path) -> None:
    for count in (3, 2):
        write_report(conclude(build.record(*big.good()[:count])), tmp_path / "allure-results")
        assert len(list((tmp_path / "allure-results").glob("*-result.json"))) == count


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.PASSED])
def test_each_verdict_falls_into_one_category(out: Path, tmp_path: Path, verdict: Verdict) -> None:
    if verdict is Verdict.BLOCKED:  # none of the sixty is
        blocked = build.scenario("blocked", verdict=verdict, failure=build.failure("no", kind="blocked"))
        write_report(conclude(build.record(blocked)), tmp_path / "allure-results")
        found = results(tmp_path / "allure-results")
    else:
        names = {f"{one.feature}: {one.name}" for one in big.bad() if one.verdict is verdict}
        found = [one for one in results(out) if one["fullName"] in names]
    assert found
    for one in found:
        fits = [
            category["name"]
            for category in CATEGORIES
            if one["status"] in category["matchedStatuses"]
            and re.fullmatch(category["messageRegex"], one["statusDetails"]["message"])
        ]
        assert len(fits) == 1, (verdict, fits)


def test_environment_executor_and_categories(out: Path) -> None:
    environment = (out / "environment.properties").read_text(encoding="latin-1")
    assert "Target=reference 0.1.0\n" in environment
    assert "Address.gateway=http://127.0.0.1:41001\n" in environment
    assert "Command=greenroom run -t 'a=b: \\u00fc'\n" in environment
    executor = json.loads((out / "executor.json").read_text())
    assert executor["buildName"] == "reference, run 20260216-094107-k3f9: not conformant"
    assert executor["buildOrder"] > 0
    assert len(json.loads((out / "categories.json").read_text())) == 9 + 2


def test_causes_are_the_first_categories_and_the_only_ones_of_their_results(out: Path) -> None:
    run = conclude(build.record(*big.all_sixty()))
    categories = json.loads((out / "categories.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in categories[:2]] == [
        f"Cause {number}: {cause.title}" for number, cause in enumerate(run.causes, 1)
    ]
    charged = {
        f"{one.feature}: {one.name}": number for number, cause in enumerate(run.causes) for one in cause.scenarios
    }
    for one in results(out):
        message = one.get("statusDetails", {}).get("message", "")
        fits = [
            number
            for number, category in enumerate(categories)
            if one["status"] in category["matchedStatuses"] and re.fullmatch(category["messageRegex"], message)
        ]
        if one["fullName"] in charged:
            assert fits[0] == charged[one["fullName"]], "the first that fits is a result's"
        else:
            assert all(number >= len(run.causes) for number in fits)


def test_expressions_are_those_of_java_and_of_javascript(out: Path) -> None:
    """Neither knows a flag for the whole in the same way: `(?s)` is none in JavaScript."""
    for category in json.loads((out / "categories.json").read_text(encoding="utf-8")):
        assert "(?s)" not in category["messageRegex"] and category["messageRegex"].startswith("^")


@pytest.mark.parametrize(
    ("tags", "severity"),
    [
        (["E1", "smoke", "seed"], "blocker"),
        (["T2", "E1"], "critical"),
        (["seed"], "critical"),
        (["E1", "TX"], "normal"),
    ],
)
def test_how_bad_it_is_follows_from_the_tags(tmp_path: Path, tags: list[str], severity: str) -> None:
    write_report(conclude(build.record(build.scenario(tags=tags))), tmp_path / "allure-results")
    assert label(results(tmp_path / "allure-results")[0], "severity") == [severity]


def test_tickets_of_known_failures_are_linked(tmp_path: Path) -> None:
    known = {"verdict": Verdict.KNOWN_FAILURE, "note": "known", "failure": build.failure()}
    told = [
        build.scenario("a", ticket="ROOMS-17", ticket_url="https://tracker.example.org/browse/ROOMS-17", **known),
        build.scenario("b", ticket="ROOMS-18", **known),
    ]
    write_report(conclude(build.record(*told)), tmp_path / "allure-results")
    found = {one["name"]: one.get("links") for one in results(tmp_path / "allure-results")}
    assert found == {
        "a": [{"type": "issue", "url": "https://tracker.example.org/browse/ROOMS-17", "name": "ROOMS-17"}],
        "b": None,
    }
