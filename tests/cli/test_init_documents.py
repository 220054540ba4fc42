"""OpenAPI documents of other platforms, whole and broken ones: a target that loads, and what was left open is said."""

from __future__ import annotations

import itertools
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT
from greenroom.targetfile import openapi_file
from greenroom.targetfile.load import read_target
from greenroom.targetfile.model import Target
from greenroom.targetfile.openapi import Document, read_openapi
from greenroom.targetfile.skeletons import write_skeleton
from tests.support.command_line import greenroom

TEXT = {"type": "string"}


def sent(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """A body or an answer in JSON."""
    return {"content": {"application/json": {"schema": {"properties": properties, "required": list(required)}}}}


def target_of(document: dict[str, Any], folder: Path) -> tuple[Document, Target]:
    """What was found, and the target as it loads."""
    file = folder / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    found = read_openapi(file)
    write_skeleton("found", folder, found)
    return found, read_target(str(folder / "found"), ROOT).resolve()


def paths(*routes: str, **more: Any) -> dict[str, Any]:
    """A document with these routes ("POST /rooms"), each of which answers 200."""
    document: dict[str, Any] = {"openapi": "3.0.0", "servers": [{"url": "https://x.test"}], "paths": {}, **more}
    for route in routes:
        method, path = route.split(" ", 1)
        document["paths"].setdefault(path, {})[method.lower()] = {"responses": {"200": {}}}
    return document


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        (["GET /rooms/{id}", "DELETE /rooms/{id}"], {"room_state": "GET /rooms/{room}"}),
        (["POST /tenants/{tenant}/rooms/{id}/end"], {"end": "POST /tenants/CHANGE-ME/rooms/{room}/end"}),
        (["POST /users/{userId}/rooms/{roomId}/end"], {"end": "POST /users/{account}/rooms/{room}/end"}),
        (['POST /say "hi"/{id}/join'], {"join": 'POST /say "hi"/{room}/join'}),
        (["POST /v1/spaces/{slug}:end", "POST /v1/spaces/{slug}:goLive"],
         {"end": "POST /v1/spaces/{room}:end", "go_live": "POST /v1/spaces/{room}:goLive"}),
        (["GET /users/me", "GET /users/me/room"], {"my_room": "GET /users/me/room"}),
        (["POST /rooms/{id}/recordings/start", "POST /rooms/{id}/sessions"],
         {"go_live": "POST /rooms/{room}/sessions"}),
        (["POST /rooms/{roomId}/sessions/{sessionId}/end", "DELETE /rooms/{roomId}/sessions/current"],
         {"end": "DELETE /rooms/{room}/sessions/current"}),
        (["PUT /live-streams/{ID}/complete", "PUT /live-streams/{ID}/disable", "POST /live-streams"],
         {"end": "PUT /live-streams/{room}/complete", "create_room": "POST /live-streams"}),
        (["POST /meetings/{meetingId}/start", "POST /meetings/{meetingId}/participants",
          "DELETE /meetings/{meetingId}/participants/me", "DELETE /meetings/{meetingId}"],
         {"go_live": "POST /meetings/{room}/start", "join": "POST /meetings/{room}/participants",
          "leave": "DELETE /meetings/{room}/participants/me"}),
        (["POST /channels/{channel_id}/streams", "POST /channels/{channel_id}/streams/{stream_id}/stop"],
         {"go_live": "POST /channels/{room}/streams", "end": "POST /channels/{room}/streams/CHANGE-ME/stop"}),
        (["POST /events/{event_id}/broadcasts", "PUT /events/{event_id}/host/presence"],
         {"go_live": "POST /events/{room}/broadcasts", "host_present": "PUT /events/{room}/host/presence"}),
    ],
)  # fmt: skip
def test_routes_of_other_platforms_are_told_apart(tmp_path: Path, routes: list[str], expected: dict[str, str]) -> None:
    found, target = target_of(paths(*routes), tmp_path)
    assert {name: f"{one.method} {one.path}" for name, one in found.matched.items()} == expected
    for name, route in expected.items():
        assert f"{target.operations[name].method} {target.operations[name].path}" == route


def test_procedures_name_the_room_in_their_body(tmp_path: Path) -> None:
    document = paths("POST /create_channel", "POST /join_channel", "POST /end_channel")
    for path, node in document["paths"].items():
        if path != "/create_channel":
            node["post"]["requestBody"] = sent({"channel": TEXT}, "channel")
    _, target = target_of(document, tmp_path)
    assert target.operations["end"].path == "/end_channel" and target.operations["end"].json_ == {"channel": "{room}"}
    assert target.operations["join"].json_ == {"channel": "{room}"}


def test_bodies_and_answers_of_many_shapes(tmp_path: Path) -> None:
    document = paths("POST /rooms/{id}/sessions", "POST /rooms", "GET /me/rooms", "POST /rooms/{id}/join")
    go_live = document["paths"]["/rooms/{id}/sessions"]["post"]
    base, more = (
        {"properties": {"title": TEXT}},
        {"required": ["kind"], "properties": {"kind": {"enum": ["now", "late"]}}},
    )
    later = {"properties": {"startsAt": TEXT}}
    whole = {"allOf": [base, more, {"oneOf": [{"properties": {"ok": {}}}, later]}]}
    go_live["requestBody"] = {"content": {"application/json": {"schema": whole}}}
    answer = {"data": {"properties": {"session": {"properties": {"id": TEXT}}, "room": {"properties": {"id": TEXT}}}}}
    go_live["responses"] = {
        "2XX": sent(answer),
        "409": sent({"error": {"properties": {"code": TEXT, "message": TEXT}}}),
    }
    create = document["paths"]["/rooms"]["post"]
    attributes = {"required": ["name"], "properties": {"name": TEXT, "isOpen": {"type": "boolean"}}}
    create["requestBody"] = sent(
        {"data": {"required": ["attributes"], "properties": {"attributes": attributes}}}, "data"
    )
    create["responses"]["200"] = sent({"host": {"properties": {"id": TEXT}}, "id": TEXT})
    document["paths"]["/me/rooms"]["get"]["responses"]["200"] = sent({"items": {"items": {"properties": {"id": TEXT}}}})
    join = sent({"displayName": TEXT, "title": TEXT, "acceptTerms": {"type": "boolean"}}, "displayName", "acceptTerms")
    document["paths"]["/rooms/{id}/join"]["post"]["requestBody"] = join
    found, target = target_of(document, tmp_path)
    assert target.operations["go_live"].json_ == {"title": "{title}", "kind": "now"}
    assert target.operations["go_live"].answer == {"session": "data.session.id"}
    assert target.operations["create_room"].json_ == {"data": {"attributes": {"name": "{title}"}}}
    assert target.operations["create_room"].answer == {"room": "id"}
    assert target.operations["my_room"].answer == {"room": "items[0].id"}
    assert target.operations["join"].json_ == {"displayName": "{name}", "acceptTerms": True}
    assert found.error_code == target.error_code == "error.code"
    assert "POST /rooms/{id}/sessions names no status of its success: 200 was taken" in found.notes


def test_a_schema_that_holds_itself_ends(tmp_path: Path) -> None:
    ref = {"$ref": "#/components/schemas/S"}
    schema = {"allOf": [ref] * 30, "properties": {f"p{number}": ref for number in range(60)}}
    document = paths("POST /rooms", components={"schemas": {"S": schema}})
    document["paths"]["/rooms"]["post"]["responses"]["200"] = {"content": {"application/json": {"schema": ref}}}
    started = time.monotonic()
    target_of(document, tmp_path)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("servers", "address", "note"),
    [
        ({"servers": [{"url": "/v1"}]}, "https://CHANGE-ME.invalid/v1", "'/v1' is no whole address"),
        ({"servers": [{"url": "https://[::1"}]}, "https://CHANGE-ME.invalid", "is no whole address"),
        ({"servers": [{"url": "https://{r}.x.test/", "variables": {"r": {"default": "eu", "enum": ["eu", "us"]}}}]},
         "https://eu.x.test", "the variable {r} of its server is filled with 'eu'; it may be eu, us"),
        ({"servers": [{"url": "https://{r}.x.test"}]}, "https://CHANGE-ME.x.test", "{r} of its server has no default"),
        ({"servers": [{"url": "https://a.test"}, {"url": "https://b.test"}]}, "https://a.test", "also https://b.test"),
        ({"servers": []}, "https://CHANGE-ME.invalid", "it names no server"),
        ({"swagger": "2.0", "host": "x.test", "basePath": "/v1", "schemes": ["http", "https"]},
         "https://x.test/v1", ""),
        ({"swagger": "2.0", "host": "x.test"}, "https://x.test", "it names no scheme: https was taken"),
        ({"swagger": "2.0", "basePath": "/v1"}, "https://CHANGE-ME.invalid/v1", "it names no host"),
    ],
)  # fmt: skip
def test_where_the_gateway_is(tmp_path: Path, servers: dict[str, Any], address: str, note: str) -> None:
    found, target = target_of(paths("POST /rooms/{id}/end", **servers), tmp_path)
    assert target.addresses["gateway"] == address
    assert any(note in one for one in found.notes)


@pytest.mark.parametrize(
    ("scheme", "headers", "cookies", "note"),
    [
        ({"type": "http", "scheme": "bearer"}, {"Authorization": "Bearer {token}"}, False, "http bearer"),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, {"X-Key": "{token}"}, False, "'X-Key' in header"),
        ({"type": "apiKey", "in": "cookie", "name": "sid"}, {}, True, "'sid' in cookie"),
        ({"type": "http", "scheme": "basic"}, {"Authorization": "Bearer {token}"}, False, "[sign_in] has to say"),
        ({"type": "oauth2", "flows": {"password": {"tokenUrl": "https://x.test/token"}}},
         {"Authorization": "Bearer {token}"}, False, "tokens from https://x.test/token"),
    ],
)  # fmt: skip
def test_how_requests_prove_who_asks(
    tmp_path: Path, scheme: dict[str, Any], headers: dict[str, str], cookies: bool, note: str
) -> None:
    found, target = target_of(paths("POST /rooms", components={"securitySchemes": {"s": scheme}}), tmp_path)
    assert (target.sign_in.headers, target.sign_in.cookies) == (headers, cookies)
    assert any(note in one for one in found.notes)


def test_how_people_come_to_be_and_sign_in(tmp_path: Path) -> None:
    document = paths("POST /auth/register", "POST /auth/login", "GET /rooms/{id}")
    register, login = (document["paths"][f"/auth/{name}"]["post"] for name in ("register", "login"))
    register["requestBody"] = sent({"email": TEXT, "password": TEXT, "displayName": TEXT}, "email", "password")
    register["responses"] = {"201": sent({"user": {"properties": {"id": TEXT}}})}
    login["requestBody"] = sent({"email": TEXT, "password": TEXT})
    login["responses"] = {"200": sent({"accessToken": TEXT, "user": {"properties": {"id": TEXT}}})}
    _, target = target_of(document, tmp_path)
    assert target.people.request is not None and target.sign_in.request is not None
    assert target.people.request.path == "/auth/register" and target.people.request.answer == {"account": "user.id"}
    assert target.people.request.json_ == {"email": "{email}", "password": "{password}", "displayName": "{name}"}
    assert target.sign_in.request.path == "/auth/login"
    assert target.sign_in.request.answer == {"account": "user.id", "token": "accessToken"}


def test_what_is_left_open_stands_in_the_file_and_on_the_terminal(tmp_path: Path) -> None:
    document = paths("POST /rooms/{id}/end")
    document["paths"]["/rooms"] = {"$ref": "./rooms.yaml#/rooms"}
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    done = greenroom("init", "found", "--openapi", str(file), "--in", str(tmp_path))
    assert done.code == 0, done.err
    note = "./rooms.yaml#/rooms is another file and was not read: bundle the document first"
    assert f"  {note}\n" in done.out
    assert f"# - {note}\n" in (tmp_path / "found" / "target.toml").read_text(encoding="utf-8")


ODD: list[Any] = [
    None,
    [],
    {},
    "",
    3,
    True,
    [1],
    "{",
    "${HOME}",
    'a"b\\c\n',
    {"$ref": "#/x"},
    {"$ref": 3},
    "\x7f",
    "\u2028",
]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_an_odd_value_in_any_place_gives_a_target_or_a_refusal(tmp_path: Path, odd: Any) -> None:
    whole = paths("POST /rooms/{id}/sessions", components={"securitySchemes": {"s": {"type": "http"}}})
    body = {"allOf": [{"properties": {"title": TEXT, "kind": {"enum": ["a"]}}, "required": ["kind"]}]}
    operation = {"operationId": "x", "parameters": [], "requestBody": {"content": {"a/json": {"schema": body}}}}
    whole["paths"]["/rooms/{id}/sessions"]["post"] |= operation
    for number, path in enumerate(_places(whole)):
        document = json.loads(json.dumps(whole))
        around = document
        for key in path[:-1]:
            around = around[key]
        around[path[-1]] = odd
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            target_of(document, folder)
        except GreenroomError as refused:
            assert refused.code == "bad-openapi"


def _places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for key, inner in keys for place in [(*path, key), *_places(inner, (*path, key))]]


LEVELS = "abcdefghij"
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n" for before, name in itertools.pairwise(LEVELS)
)
MERGES = "a0: &a0 {x: 1}\n" + "".join(
    f"a{number + 1}: &a{number + 1}\n  <<: [*a{number}, *a{number}]\n" for number in range(40)
)
BOMBS = [
    ("laughs.yaml", LAUGHS + "paths: {}\n", r"laughs.yaml:6: more than 1,000,000 values"),
    ("merges.yaml", MERGES + "paths: {}\n", r"merges.yaml:\d+: more than 1,000,000 values"),
    ("deep.yaml", "paths:\n  " + "[" * 100_000, "deep.yaml:2: nested more than 100 levels deep"),
    ("deep.json", '{"paths":\n' + "[" * 100_000, "deep.json:2: nested more than 100 levels deep"),
    ("objects.json", '{"paths": ' + '{"a":' * 100_000, "objects.json:1: nested more than 100 levels deep"),
    ("circle.yaml", "paths: &p\n  /x: *p\n", r"circle.yaml:2: \*p stands inside of &p"),
    ("quotes.json", '{"a":"' + '\\"' * 500_000, r"quotes.json:1:6: not JSON: Unterminated string"),
    ("digits.json", '{"paths":{},\n"a":' + "9" * 5000 + "}", "digits.json:2: a number of thousands of digits"),
    ("digits.yaml", "paths: {}\na: " + "9" * 5000, "digits.yaml:2: no value that could be read: '9999"),
    ("date.yaml", "paths: {}\n\na: 2026-13-45\n", "date.yaml:3: no value that could be read: '2026-13-45'"),
    ("object.yaml", "paths: !!python/object/apply:os.getcwd []\n", "object.yaml:1:8: not YAML"),
    ("routes.json", json.dumps({"paths": {f"/r{n}": {} for n in range(20_001)}}), "20,001 paths"),
    ("large.yaml", "#" * 20_000_001, "large.yaml: too large: 20.0 MB"),
]


@pytest.mark.parametrize(("name", "text", "said"), BOMBS, ids=[name for name, _, _ in BOMBS])
def test_a_document_that_never_ends_is_refused_in_time(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    started = time.process_time()
    with pytest.raises(GreenroomError, match=said):
        read_openapi(tmp_path / name)
    assert time.process_time() - started < 20


def test_too_many_values_are_refused_in_json_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openapi_file, "_VALUES", 10_000)
    (tmp_path / "many.json").write_text('{"paths":{},\n"a":[' + "[]," * 11_000 + "1]}", encoding="utf-8")
    with pytest.raises(GreenroomError, match=r"many\.json:2: more than 10,000 values"):
        read_openapi(tmp_path / "many.json")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    done = greenroom("init", "found", "--openapi", str(tmp_path / "pipe.yaml"), "--in", str(tmp_path))
    assert done.code == 3 and "pipe.yaml: this is no ordinary file" in done.err
    assert not (tmp_path / "found").exists()
