"""docs/targets.md is complete, up to date, and its worked example is green when it is followed literally."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from greenroom.core.deadlines import Deadlines
from greenroom.core.project import ROOT
from greenroom.drivers.launch import LaunchedTarget
from greenroom.relations.canonical import RELATIONS
from greenroom.targetfile import model, protection, rooms, watch, web
from greenroom.targetfile.arrangements import ARRANGEMENTS
from greenroom.targetfile.capabilities import CAPABILITIES
from greenroom.targetfile.known_failure import KnownFailure
from greenroom.targetfile.load import read_target
from greenroom.targetfile.operations import OPERATIONS, PAGE_REQUESTS, REFUSALS
from tests.support.doctoring import examined

DOCS = (ROOT / "docs" / "targets.md").read_text(encoding="utf-8")

TABLES: Mapping[str, type[BaseModel]] = {
    "At the top": model.Target,
    "`[launch]`": model.Launch,
    "A request": model.Request,
    "`[operations.NAME]`": model.Operation,
    "A refusal": model.Refusal,
    "`[people]`": model.People,
    "`[[people.pool]]`": model.PoolAccount,
    "`[protection]`": protection.Protection,
    "`[sign_in]`": model.SignIn,
    "`[sign_in.csrf]`": model.Csrf,
    "`[browser_sign_in]`": model.BrowserSignIn,
    "`[database]`": model.DatabaseAccess,
    "`[database.write_faults]`, each relation": model.WriteFault,
    "`[web]`": web.Web,
    "`[web.listing]`": web.ListingSelectors,
    "`[web.go_live]`": web.GoLiveFlow,
    "`[web.viewer]`": web.ViewerSelectors,
    "An act of a flow": web.FlowStep,
    "`[page_requests]`, each item of a list": model.PageRequest,
    "`[deadlines]`": Deadlines,
    "`[limits]`": model.Limits,
    "`[logs]`": model.Logs,
    "`[watch]`": watch.Watch,
    "`[migration]`": model.Migration,
    "`[presence]`": rooms.Presence,
    "`[states]`": rooms.States,
    "`[[known_failures]]`": KnownFailure,
}


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_is_described_with_its_default(heading: str) -> None:
    described = dict(rows(f"### {heading}"))
    fields = {field.alias or name: field for name, field in TABLES[heading].model_fields.items() if name != "folder"}
    assert list(described) == list(fields)
    for name, field in fields.items():
        bold, default, words = described[name]
        assert bold == field.is_required(), name
        assert words, name
        if not field.is_required() and not isinstance(field.default, BaseModel):
            assert default.strip("`") == shown(field.default), name


def test_no_table_of_the_model_is_left_out() -> None:
    models = {
        one
        for one in (vars(model) | vars(web)).values()
        if isinstance(one, type) and issubclass(one, BaseModel) and one.__name__ not in ("BaseModel", "_Table")
    }
    assert models == set(TABLES.values())


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("## Operations", [*OPERATIONS, *REFUSALS, *PAGE_REQUESTS]),
        ("## Capabilities", list(CAPABILITIES)),
        ("## Relations", list(RELATIONS)),
        ("## Arrangements", list(ARRANGEMENTS)),
    ],
)
def test_every_name_is_described(heading: str, names: list[str]) -> None:
    assert [name for name, _ in rows(heading)] == names


def test_operations_and_arrangements_are_described_as_they_are() -> None:
    text = section("## Operations") + section("## Arrangements")
    for name, operation in OPERATIONS.items():
        (line,) = re.findall(rf"^\| `{name}` \| {re.escape(operation.what)} .*$", text, re.MULTILINE)
        for word in (*operation.answers, *operation.refusals, *(f"{{{hole}}}" for hole in operation.given)):
            assert f"`{word}`" in line
    for name, arrangement in ARRANGEMENTS.items():
        (line,) = re.findall(rf"^\| `{name}` \| {re.escape(arrangement.what)} .*$", text, re.MULTILINE)
        assert all(f"`{word}`" in line for word in (*arrangement.given, *arrangement.returns))


def test_links_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^a-z0-9 _-]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", DOCS, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", DOCS)) <= anchors
    for path in re.findall(r"\]\(([a-z][^)#:]*)\)", DOCS):
        assert (ROOT / "docs" / path).is_file(), path


@pytest.mark.integration
def test_the_worked_example_is_green(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of the text, put together as it says, against Lantern as it says to start it."""
    described = read_target(str(ROOT / "tests/lantern/target"), ROOT).resolve()
    assert described.launch is not None
    launched = LaunchedTarget(described.launch, described.folder, 60).wait_ready()
    try:
        monkeypatch.setenv("STUDIO_DATABASE_URL", launched.ready["database"])
        for file, text in example().items():
            (tmp_path / file).write_text(text.replace("http://127.0.0.1:8600", launched.ready["web"]), encoding="utf-8")
        found = examined(tmp_path, "file", "services", "database", "people", "operations", "capabilities")
    finally:
        launched.stop()
    assert not found.wrong()
    assert {"seen: sessions", "arrange set_room", "arrange remove", "refusals", "self-reset"} <= set(found.checks())


def example() -> dict[str, str]:
    """File -> the text that the worked example builds up."""
    files: dict[str, str] = {}
    for label, block in re.findall(r"<!-- example: (.+?) -->\n```\w+\n(.*?)```", DOCS, re.DOTALL):
        if label == "target.toml, capabilities":
            files["target.toml"] = files["target.toml"].replace("capabilities = []\n", block)
        else:
            files[label] = files.get(label, "") + block + "\n"
    return files


def section(heading: str) -> str:
    """The text below a heading, down to the next one of its level."""
    level = heading.split(" ")[0]
    text = DOCS.partition(f"\n{heading}\n")[2]
    assert text, heading
    return re.split(rf"^#{{1,{len(level)}}} ", text, maxsplit=1, flags=re.MULTILINE)[0]


def rows(heading: str) -> Iterator[tuple[str, tuple[bool, str, str]]]:
    """The rows of the tables below a heading: name, whether it is bold, and the two cells after it."""
    for line in section(heading).splitlines():
        match = re.match(r"\| (\*\*)?`([^`]+)`(?:\*\*)? \| (.*?) (?:\| (.*?) )?\|", line)
        if match:
            yield match[2], (bool(match[1]), match[3].strip(), (match[4] or match[3]).strip())


def shown(default: Any) -> str:
    """A default as the tables write it."""
    match default:
        case None:
            return "none"
        case bool():
            return str(default).lower()
        case float():
            return f"{default:g}"
        case str():
            return f'"{default}"'
        case dict():
            return "{ " + ", ".join(f'{key} = "{value}"' for key, value in default.items()) + " }" if default else "{}"
        case list() | tuple():
            return f"[{', '.join(map(str, default))}]"
    return str(default)
