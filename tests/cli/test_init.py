"""A new target: its skeleton reads, the doctor names what comes next, OpenAPI documents fill operations in."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT
from greenroom.doctor.examine import examine
from greenroom.doctor.finding import Condition
from greenroom.relations.canonical import RELATIONS, load_queries, load_relations
from greenroom.targetfile.arrangements import ARRANGEMENTS
from greenroom.targetfile.load import read_target
from greenroom.targetfile.model import Target
from greenroom.targetfile.openapi import read_openapi
from greenroom.targetfile.skeletons import write_skeleton
from tests.support.command_line import greenroom


def test_the_skeleton_reads(tmp_path: Path) -> None:
    write_skeleton("new-one", tmp_path)
    target = read_target(str(tmp_path / "new-one"), ROOT).resolve()
    assert target.name == "new-one"
    assert set(load_relations(target.folder / "relations.sql")) == set(RELATIONS)


def test_everything_that_is_commented_out_reads_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each table at a time with its comment marks off; so that no key of the skeleton is stale."""
    write_skeleton("new-one", tmp_path)
    file = tmp_path / "new-one" / "target.toml"
    variables = ("DATABASE_URL", "JWT_SECRET", "ACCOUNT_1_ID", "ACCOUNT_1_EMAIL", "ACCOUNT_1_PASSWORD")
    for variable in (*variables, "BYPASS", "GATE_PASSWORD"):
        monkeypatch.setenv(f"NEW_ONE_{variable}", "https://x")
    uncommented = [
        line[2:] if line.startswith("# ") and _is_toml(line[2:]) else line
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    text = "\n".join(uncommented).replace("https://CHANGE-ME.invalid", "https://x")
    text = text.replace('reason = ""', 'reason = "r"').replace('ticket = ""', 'ticket = "t"')
    file.write_text(text, encoding="utf-8")
    target = read_target(str(file.parent), ROOT).resolve()
    named = {name for name, value in target.model_dump(exclude_none=True).items() if value not in ([], {}, "")}
    assert set(Target.model_fields) - named <= {"folder", "contact", "version", "capabilities"}


def test_every_arrangement_is_in_the_skeleton(tmp_path: Path) -> None:
    write_skeleton("new-one", tmp_path)
    file = tmp_path / "new-one" / "arrange.sql"
    lines = [
        line.removeprefix("-- ") for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("-- ")
    ]
    file.write_text("\n".join(lines[lines.index(next(line for line in lines if "name:" in line)) :]), encoding="utf-8")
    assert set(load_queries(file)) == set(ARRANGEMENTS)


def test_the_doctor_names_what_comes_next(tmp_path: Path) -> None:
    """Fill in what it says first, again and again: it goes on from address to people to operations."""
    write_skeleton("new-one", tmp_path)
    file = tmp_path / "new-one" / "target.toml"
    nexts, first = [], file.read_text(encoding="utf-8")
    for old, new in (
        ("https://CHANGE-ME.invalid", "http://127.0.0.1:9"),
        ('"/CHANGE-ME"\njson = { email = "{email}", password = "{password}", name', '"/people"\njson = { name'),
        ('"/CHANGE-ME"\njson = { email', '"/sign-in"\njson = { email'),
        ("/CHANGE-ME", "/rooms"),
    ):
        findings = [finding for _, finding in examine(read_target(str(file.parent), ROOT), tmp_path)]
        faults = [finding for finding in findings if finding.condition is Condition.WRONG]
        nexts.append(
            (faults[0].detail.partition("target.toml:")[2].partition(":")[0], {one.check for one in faults[1:]})
        )
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    assert [int(line) for line, _ in nexts] == sorted(int(line) for line, _ in nexts)
    assert [checks for _, checks in nexts][:2] == [{"gateway", "members", "described"}, {"members", "described"}]
    findings = [finding for _, finding in examine(read_target(str(file.parent), ROOT), tmp_path)]
    assert not [finding for finding in findings if "CHANGE-ME" in finding.detail]
    assert "refuses connections" in next(one for one in findings if one.check == "gateway").detail
    assert first.count("CHANGE-ME") >= 3


def test_nothing_is_overwritten_and_bad_names_are_refused(tmp_path: Path) -> None:
    write_skeleton("new-one", tmp_path)
    with pytest.raises(GreenroomError, match="is there already"):
        write_skeleton("new-one", tmp_path)
    with pytest.raises(GreenroomError, match="is no name for a target"):
        write_skeleton("New One", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["new-one"]


def test_an_empty_folder_is_filled_and_a_path_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert len(write_skeleton("mine", tmp_path)) == 3
    with pytest.raises(GreenroomError) as refused:
        write_skeleton(f"{tmp_path}/other", tmp_path)
    assert refused.value.hint == f"a folder elsewhere: greenroom init other --in {tmp_path}"


ROOM = {"$ref": "#/components/responses/Room"}
NEW_ROOM = {"properties": {"title": {}, "slug": {}}, "required": ["slug"]}
CONTRACT: dict[str, Any] = {
    "openapi": "3.0.3",
    "servers": [{"url": "https://gateway.example.org/api/v1/live/"}],
    "paths": {
        "/rooms/me": {"get": {"operationId": "getMyRoom", "responses": {"200": ROOM}}},
        "/rooms": {
            "post": {
                "summary": "Create a room",
                "requestBody": {
                    "content": {"text/json": {"schema": NEW_ROOM}},
                },
                "responses": {"201": ROOM},
            }
        },
        "/rooms/{id}/state": {"get": {"responses": {"200": {}}}},
        "/rooms/{id}/sessions": {
            "get": {"responses": {"200": {}}},
            "post": {
                "requestBody": {"$ref": "#/components/requestBodies/Session"},
                "responses": {
                    "201": {"content": {"application/json": {"schema": {"properties": {"ok": {}, "session_id": {}}}}}},
                    "409": {},
                },
            },
        },
        "/rooms/{id}/end": {"post": {"responses": {"200": {}}}},
        "/rooms/{id}/cancel": {"post": {"responses": {"200": {}}}},
        "/rooms/{id}/join": {"post": {"responses": {"200": {}}}},
        "/rooms/{id}/leave": {"post": {"responses": {"204": {}}}},
        "/rooms/{id}/host-present": {"post": {"responses": {"200": {}}}},
        "/rooms/{id}/host-absent": {"post": {"responses": {"200": {}}}},
        "/rooms/{id}/kick": {"post": {"responses": {"200": {}}}},
    },
    "components": {
        "responses": {
            "Room": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/RoomAnswer"}}}},
        },
        "schemas": {"RoomAnswer": {"properties": {"room": {"properties": {"id": {}, "status": {}}}}}},
        "requestBodies": {
            "Session": {
                "content": {
                    "application/json": {
                        "schema": {
                            "properties": {
                                "session_title": {}, "topic_keys": {}, "starts_at": {}, "idempotency_key": {},
                                "metadata": {},
                            },
                            "required": ["starts_at"],
                        }
                    }
                }
            }
        },
    },
}  # fmt: skip

STUDIOS = {
    "openapi": "3.1.0",
    "paths": {
        "/studio": {"get": {"operationId": "myStudio"}, "post": {"operationId": "createStudio"}},
        "/studios/{no}": {"get": {"operationId": "showStudio"}},
        "/studios/{no}/broadcast": {
            "put": {"operationId": "startBroadcast"},
            "delete": {"operationId": "endBroadcast"},
        },
        "/studios/{no}/broadcast/cancellation": {"post": {}},
        "/studios/{no}/visit": {"put": {}, "delete": {}},
    },
}


def written(document: dict[str, Any], folder: Path) -> Path:
    file = folder / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_operations_are_found_by_their_words(tmp_path: Path) -> None:
    found = read_openapi(written(CONTRACT, tmp_path))
    assert found.server == "https://gateway.example.org/api/v1/live"
    routes = {name: f"{one.method} {one.path}" for name, one in found.matched.items()}
    assert routes == {
        "my_room": "GET /rooms/me",
        "create_room": "POST /rooms",
        "room_state": "GET /rooms/{room}/state",
        "go_live": "POST /rooms/{room}/sessions",
        "end": "POST /rooms/{room}/end",
        "cancel": "POST /rooms/{room}/cancel",
        "join": "POST /rooms/{room}/join",
        "leave": "POST /rooms/{room}/leave",
        "host_present": "POST /rooms/{room}/host-present",
    }
    assert found.matched["go_live"].answer == {"session": "session_id"}
    assert found.matched["my_room"].answer == {"room": "room.id"}
    assert found.matched["go_live"].body == {
        "session_title": "{title}",
        "topic_keys": "{topics}",
        "starts_at": "{now}",
        "idempotency_key": "{key}",
    }
    assert found.matched["create_room"].body == {"title": "{title}", "slug": "CHANGE-ME"}
    assert found.matched["leave"].success == (204,)
    assert "POST /rooms/{id}/kick" in found.left_over


def test_other_words_are_found_too(tmp_path: Path) -> None:
    routes = {
        name: f"{one.method} {one.path}" for name, one in read_openapi(written(STUDIOS, tmp_path)).matched.items()
    }
    assert routes == {
        "my_room": "GET /studio",
        "create_room": "POST /studio",
        "room_state": "GET /studios/{room}",
        "go_live": "PUT /studios/{room}/broadcast",
        "end": "DELETE /studios/{room}/broadcast",
        "cancel": "POST /studios/{room}/broadcast/cancellation",
        "join": "PUT /studios/{room}/visit",
        "leave": "DELETE /studios/{room}/visit",
    }


YAML = """\
# as people write it by hand
openapi: 3.1.0
servers:
  - url: https://gateway.example.org/v1
paths:
  /rooms/me:
    get:
      responses:
        200: {$ref: '#/components/responses/Room'}
        default:
  /rooms/{id}/live:
    parameters: &id [{name: id, in: path}]
    post:
      operationId: goLive
      summary:
      responses:
        201:
          content:
            application/json:
              schema: {properties: {session_id: {type: string}}}
        2XX: {description: whatever}
  /rooms/{id}/end:
    parameters: *id
    post:
      responses:
        '204': {description: Ended}
components:
  responses:
    Room:
      content: {application/json: {schema: {properties: {room: {properties: {id: {}}}}}}}
"""


@pytest.mark.parametrize("name", ["openapi.yaml", "OpenAPI.YML"])
def test_a_document_may_be_yaml(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(YAML, encoding="utf-8")
    found = read_openapi(tmp_path / name)
    assert found.server == "https://gateway.example.org/v1"
    told = {called: (one.method, one.path, one.success, dict(one.answer)) for called, one in found.matched.items()}
    assert told == {
        "my_room": ("GET", "/rooms/me", (200,), {"room": "room.id"}),
        "go_live": ("POST", "/rooms/{room}/live", (201,), {"session": "session_id"}),
        "end": ("POST", "/rooms/{room}/end", (204,), {}),
    }


def test_the_command_says_what_it_matched_and_what_it_did_not(tmp_path: Path) -> None:
    file = written(STUDIOS, tmp_path)
    done = greenroom("init", "studios", "--openapi", str(file), "--in", str(tmp_path))
    assert done.code == 0, done.err
    assert "DELETE /studios/{room}/broadcast" in done.out
    assert "host_present  not found" in " ".join(done.out.split()).replace("host_present not", "host_present  not")
    assert f"greenroom doctor --target {tmp_path}/studios" in done.out
    document = tomllib.loads((tmp_path / "studios" / "target.toml").read_text(encoding="utf-8"))
    assert document["operations"]["end"]["method"] == "DELETE"
    assert (
        read_target(str(tmp_path / "studios"), ROOT).resolve().operations["go_live"].path == "/studios/{room}/broadcast"
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "{", "a.json:1:2: not JSON"),
        ("a.json", "[]", "is no OpenAPI document"),
        ("a.json", "{}", "is no OpenAPI document"),
        ("a.txt", "paths: {}", "a.txt:1:1: not JSON"),
        ("a.yaml", "paths:\n  - {", "a.yaml:2:1: not YAML"),
        ("a.yml", "paths:", "is no OpenAPI document"),
        ("a.yml", "\0", "a.yml:1:1: a NUL byte"),
    ],
)
def test_what_is_no_openapi_document_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(GreenroomError, match=said):
        read_openapi(tmp_path / name)


def _is_toml(line: str) -> bool:
    """Whether a comment is a line of TOML: a table, a key, or an item of an array."""
    return line.startswith(("[", "  {", "]")) or (bool(line) and line.split(" ")[0].isidentifier() and " = " in line)
