"""junit.xml: what CI systems show of each verdict, and that no record makes it green by mistake or breaks it."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, parse

import pytest

from greenroom.core.verdict import RunVerdict, Verdict
from greenroom.record.events import Attachment
from greenroom.record.reader import Record
from greenroom.reporting.conclusion import conclude
from greenroom.reporting.junit import write_report
from tests.support.samples import big, build


def read(record: Record, folder: Path) -> Element:
    write_report(conclude(record), folder / "junit.xml")
    return parse(folder / "junit.xml").getroot()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Element:
    return read(build.record(*big.all_sixty()), tmp_path_factory.mktemp("junit"))


def case(root: Element, verdict: str) -> Element:
    return next(
        one
        for one in root.iter("testcase")
        if one.find(f"properties/property[@name='verdict'][@value='{verdict}']") is not None
    )


def test_a_suite_for_each_feature_and_a_case_for_each_scenario(root: Element) -> None:
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites][:2] == ["A stuck room recovers", "Ending is complete and lasts"]
    assert len(suites) == 9
    assert len(list(root.iter("testcase"))) == 60
    for counted in (root, *suites):
        assert counted.get("tests") == str(len(list(counted.iter("testcase"))))
        assert counted.get("failures") == str(len(list(counted.iter("failure"))))
        assert counted.get("errors") == str(len(list(counted.iter("error"))))
        assert counted.get("skipped") == str(len(list(counted.iter("skipped"))))


@pytest.mark.parametrize(
    ("verdict", "tag"),
    [
        (Verdict.PASSED, None),
        (Verdict.KNOWN_FAILURE, "skipped"),
        (Verdict.NOT_APPLICABLE, "skipped"),
        (Verdict.UNEXPECTEDLY_FIXED, "failure"),
        (Verdict.FLAKY, "failure"),
        (Verdict.FAILED, "failure"),
        (Verdict.CONTRADICTION, "failure"),
        (Verdict.INCONCLUSIVE, "error"),
        (Verdict.ERROR, "error"),
    ],
)
def test_each_verdict_has_its_element(root: Element, verdict: Verdict, tag: str | None) -> None:
    found = [child for child in case(root, verdict) if child.tag in ("failure", "error", "skipped")]
    assert [child.tag for child in found] == ([tag] if tag else [])
    for child in found:
        assert child.get("message")
        assert child.get("type") == str(verdict)


def test_a_failure_says_all_of_it(root: Element) -> None:
    failed = case(root, "failed")
    assert failed.get("name") == "E7 E1 the host ends the room while the gateway answers 503"
    assert failed.get("classname") == "features.end_persistence"
    assert (failed.get("file"), failed.get("line")) == ("features/end_persistence.feature", "10")
    failure = failed.find("failure")
    assert failure is not None
    assert failure.get("message") == "E1 broken: Ada's room is not at rest"
    assert "again     greenroom run" in (failure.text or "")
    assert "POST …/end by Ada's page -> 503" in failed.findtext("system-out", "")
    assert "not reached" in failed.findtext("system-out", "")


def test_properties_of_case_and_suite(root: Element) -> None:
    told = {one.get("name"): one.get("value") for one in case(root, "failed").iter("property")}
    assert told["promises"] == "E7 E1"
    assert told["tags"] == "E E7 E1 browser"
    assert told["example.trouble"] == "answers 503"
    suite = {one.get("name"): one.get("value") for one in root.findall("testsuite[1]/properties/property")}
    assert suite["run"] == "20260216-094107-k3f9"
    assert suite["target"] == "reference"


def test_what_xml_forbids_is_left_out_and_the_rest_kept(tmp_path: Path) -> None:
    name = "a\x00b\x1b[31m\ufffe & <script>alert('x')</script> ]]> שלום 🧘‍♀️ \u202e"
    one = build.scenario(name, verdict=Verdict.FAILED, failure=build.failure("bad \x08 news\n  found     ]]>\x0c"))
    found = next(read(build.record(one), tmp_path).iter("testcase"))
    assert found.get("name") == "E1 ab[31m & <script>alert('x')</script> ]]> שלום 🧘‍♀️ \u202e"
    assert "]]>" in found.findtext("failure", "")


def test_a_truncated_run_is_not_green(tmp_path: Path) -> None:
    root = read(build.cut_short(*big.good(), lost=["scenarios/x.py::test_lost"]), tmp_path)
    assert root.get("errors") == "2"
    names = [one.get("name") for one in root.findall("testsuite[@name='run']/testcase")]
    assert names == ["the run as a whole", "scenarios/x.py::test_lost"]
    error = root.find("testsuite[@name='run']/testcase/error")
    assert error is not None
    assert "cut short after 50 scenarios of 60" in (error.get("message") or "")


def test_a_run_that_is_bad_for_no_scenario_of_it_is_not_green(tmp_path: Path) -> None:
    assert read(build.record(), tmp_path).get("errors") == "1"
    one = build.scenario()
    foot = build.footer([one], verdict=RunVerdict.COULD_NOT_TELL, exit=2, reason="rows were left behind")
    error = read(build.record(one, foot=foot), tmp_path).find(".//error")
    assert error is not None
    assert error.get("message") == "rows were left behind"


def test_a_green_run_has_no_suite_of_its_own(tmp_path: Path) -> None:
    root = read(build.record(*big.good()), tmp_path)
    assert root.find("testsuite[@name='run']") is None
    assert (root.get("failures"), root.get("errors"), root.get("skipped")) == ("0", "0", "0")


def attached(folder: Path, variables: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines of a case with a trace, a picture and one that is gone, whose run lies in reports/run."""
    for name in ("CI_PROJECT_DIR", "JENKINS_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    files = [
        Attachment(name="Ada's trace", media_type="application/zip", path="attachments/a.zip"),
        Attachment(name="Ada's page", media_type="image/png", path="attachments/a.png"),
    ]
    gone = Attachment(name="Joan's page", media_type="image/png", path="attachments/gone.png")
    run = folder / "reports" / "run"
    build.draw(files, run)
    failed = build.scenario(verdict=Verdict.FAILED, failure=build.failure(), attachments=[*files, gone])
    text = read(build.record(failed), run).findtext(".//system-out") or ""
    assert text.startswith("\n") and text.endswith("\n"), "each attachment has a line of its own"
    return [line for line in text.splitlines() if "ATTACHMENT" in line]


def test_gitlab_finds_pictures_first_by_their_path_in_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = attached(tmp_path, {"CI_PROJECT_DIR": str(tmp_path)}, monkeypatch)
    assert lines == [f"[[ATTACHMENT|reports/run/attachments/{name}]]" for name in ("a.png", "a.zip")]
    monkeypatch.chdir(tmp_path)
    assert attached(tmp_path, {}, monkeypatch) == lines


def test_jenkins_finds_them_by_whole_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = attached(tmp_path, {"JENKINS_URL": "http://127.0.0.1/"}, monkeypatch)
    assert lines == [f"[[ATTACHMENT|{tmp_path}/reports/run/attachments/{name}]]" for name in ("a.png", "a.zip")]


def test_what_is_printed_reads_step_by_step(root: Element) -> None:
    text = case(root, "failed").findtext("system-out") or ""
    lines = text.strip("\n").splitlines()
    assert lines[0].startswith("passed         Given ") and lines[0].endswith(" s)")
    [failed] = [number for number, line in enumerate(lines) if line.startswith("failed")]
    assert any("expected " in line and "; found " in line for line in lines[failed:])
    assert all(line.startswith("not reached") for line in lines[failed + 1 :] if not line.startswith(" "))
