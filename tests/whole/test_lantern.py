"""Another shape of the product is driven by its target folder alone, and judged by the same scenarios."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
import requests

from greenroom.core.deadlines import eventually
from greenroom.core.project import ROOT

TARGET = "tests/lantern/target"
PASSWORD = "long enough"
SAME_LANTERN = pytest.mark.xdist_group("lantern")
"""What speaks to one and the same Lantern."""


class Lantern:
    """A running Lantern, as its ready line describes it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.lantern"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.ready: dict[str, str] = json.loads(self.process.stdout.readline())
        self.data = Path(parse_qs(urlsplit(self.ready["database"]).query)["host"][0])

    def person(self, name: str) -> requests.Session:
        """Somebody new, signed in."""
        session = self.browser()
        form = {"login": name, "called": name.title(), "password": PASSWORD}
        session.post(f"{self.ready['api']}/people", form).raise_for_status()
        return session

    def browser(self) -> requests.Session:
        """One that brings along the seal which Lantern has given it."""
        session = requests.Session()

        def sealed(request: requests.PreparedRequest) -> requests.PreparedRequest:
            request.headers["X-Lantern-Siegel"] = session.cookies.get("lantern_siegel") or ""
            return request

        session.auth = sealed
        session.get(f"{self.ready['api']}/ping").raise_for_status()
        return session

    def close(self) -> int:
        """Ends its standard input, which ends it; its exit code."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(10)


@pytest.fixture(scope="module")
def lantern() -> Iterator[Lantern]:
    running = Lantern()
    yield running
    running.close()


@pytest.mark.integration
@pytest.mark.long
@pytest.mark.timeout(1800)  # the whole suite, with every browser scenario
def test_the_whole_suite_passes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "greenroom.cli.main", "run", "--target", TARGET, "--reports", str(tmp_path), "-q"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    verdict = json.loads((tmp_path / "latest" / "verdict.json").read_text())
    assert done.returncode == 0, done.stdout
    assert verdict["verdict"] == "conformant"
    counts = {name: count for name, count in verdict["counts"].items() if count}
    assert set(counts) == {"passed", "not applicable"}
    assert counts["passed"] > 100


def test_the_target_folder_holds_no_code() -> None:
    assert sorted(path.name for path in (ROOT / TARGET).iterdir()) == ["arrange.sql", "relations.sql", "target.toml"]


def test_it_knows_nothing_of_harness_and_reference() -> None:
    for path in (ROOT / "tests" / "lantern").rglob("*.py"):
        assert not {"greenroom", "reference"} & {line.split()[1].split(".")[0] for line in _imports(path)}, path


def _imports(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text().splitlines() if line.strip().startswith(("import ", "from "))]


@pytest.mark.integration
@pytest.mark.parametrize("end", ["its input ends", "a signal", "a kill"])
def test_it_leaves_nothing_behind(end: str) -> None:
    running = Lantern()
    database = int((running.data / "postmaster.pid").read_text().split()[0])
    if end != "its input ends":
        running.process.send_signal(signal.SIGKILL if end == "a kill" else signal.SIGTERM)
        running.process.wait(10)
    running.close()
    gone, _ = eventually(lambda: not running.data.parent.exists() and not _runs(database), bool, 10)
    assert gone


def _runs(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.integration
@SAME_LANTERN
def test_a_form_that_is_sent_twice_is_one_broadcast(lantern: Lantern) -> None:
    person = lantern.person("twice")
    form = {"headline": "Once", "kind": "ton", "begins": "", "key": "the same"}

    def send(_: int) -> requests.Response:
        return person.post(f"{lantern.ready['web']}/senden", form)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert len({answer.url for answer in answers}) == 1
    assert all("Auf Sendung" in answer.text for answer in answers)
    with psycopg.connect(lantern.ready["database"]) as connection:
        assert connection.execute("select count(*) from lantern.broadcasts where headline = 'Once'").fetchone() == (1,)


@pytest.mark.integration
@SAME_LANTERN
def test_a_restart_is_asked_for_on_the_page_and_made_over_http(lantern: Lantern) -> None:
    person = lantern.person("again")
    api, web = lantern.ready["api"], lantern.ready["web"]
    studio = person.post(f"{api}/studio", {"name": "Again"}).json()["result"]["studio"]
    first = person.put(f"{api}/studios/{studio}/broadcast", {"headline": "One"})
    second = person.put(f"{api}/studios/{studio}/broadcast", {"headline": "Two"})
    assert (first.status_code, second.status_code) == (201, 201)
    asked = person.post(f"{web}/senden", {"headline": "Three", "kind": "ton"})
    assert asked.status_code == 409 and "Trotzdem neu starten" in asked.text
    later = person.put(f"{api}/studios/{studio}/broadcast", {"headline": "Four", "begins": "2099-01-01T00:00:00Z"})
    assert later.json()["problem"]["kind"] == "busy"
    assert "Two" in person.get(f"{web}/programm").text


@pytest.mark.integration
@SAME_LANTERN
def test_the_sign_in_leads_nowhere_else(lantern: Lantern) -> None:
    lantern.person("lured")
    for elsewhere in ("https://elsewhere.test/", "//elsewhere.test", "/\\elsewhere.test"):
        form = {"login": "lured", "password": PASSWORD, "weiter": elsewhere}
        answer = lantern.browser().post(f"{lantern.ready['web']}/anmelden", form, allow_redirects=False)
        assert answer.headers["location"] == "/programm"


@pytest.mark.integration
@SAME_LANTERN
def test_a_form_of_a_foreign_page_changes_nothing(lantern: Lantern) -> None:
    person = lantern.person("framed")
    foreign = requests.post(f"{lantern.ready['api']}/studio", {"name": "Framed"}, cookies=person.cookies.get_dict())
    assert (foreign.status_code, foreign.json()["problem"]["kind"]) == (403, "foreign-form")
    assert person.get(f"{lantern.ready['api']}/studio").status_code == 404
