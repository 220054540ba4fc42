"""Finds a target's operations in an OpenAPI document by the words in its paths; a person has a look afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from greenroom.targetfile.openapi_about import Security, error_code_of, security_of, server_of
from greenroom.targetfile.openapi_body import CHANGE_ME, body_of, is_room_id
from greenroom.targetfile.openapi_file import load_document
from greenroom.targetfile.openapi_schema import Node, Schemas, listed, mapped
from greenroom.targetfile.openapi_words import AROUND, PERSON, ROOM, SIGN_IN, SIGN_UP, WANTED, score, words
from greenroom.targetfile.operations import OPERATIONS

_METHODS = ("get", "post", "put", "patch", "delete")
_PARAMETER = re.compile(r"\{([^}]*)\}")
_SUCCESS = re.compile(r"2\d\d")  # not "2XX", which says nothing that a target file could
_ENOUGH = 4
_ANSWERS = {"go_live": "session", "create_room": "room", "my_room": "room"}
_ID_OF = {
    "room": ("room", *sorted(ROOM - {"room"}), "id"),
    "session": ("session", "broadcast", "stream", "livestream", "live", "show", "meeting", "call", "episode", "id"),
    "account": ("account", "user", "member", "person", "profile", "id", "sub"),
    "token": ("access_token", "accessToken", "token", "jwt", "id_token", "idToken", "session_token", "sessionToken"),
}
"""The words by which an answer calls an id, the likeliest first."""
_MADE = ("name", "slug", "mark", "email", "password")


@dataclass(frozen=True)
class Found:
    """An operation of the document."""

    method: str
    path: str
    success: tuple[int, ...]
    body: Mapping[str, Any] = field(default_factory=dict)  # key -> placeholder, constant, or keys of its own
    answer: Mapping[str, str] = field(default_factory=dict)  # our word -> JMESPath


@dataclass(frozen=True)
class Document:
    """What an OpenAPI document says: where the gateway is, and what was found for each operation."""

    server: str
    matched: Mapping[str, Found]
    left_over: tuple[str, ...]  # routes that no operation was matched with
    people: Mapping[str, Found] = field(default_factory=dict)  # "sign_up" and "sign_in", where they were found
    security: Security = field(default_factory=Security)
    error_code: str = ""  # JMESPath
    notes: tuple[str, ...] = ()  # what could not be told


@dataclass(frozen=True)
class Route:
    """One route: `room` is the parameter that names the room, where its path has one, and `bare` whether it ends so."""

    method: str
    path: str
    operation: Node
    room: str
    in_body: bool
    bare: bool

    @property
    def of_room(self) -> bool:
        """Whether a room is named, in the path or, as remote procedure calls do, in the body."""
        return bool(self.room) or self.in_body


def read_openapi(file: Path) -> Document:
    """The operations that can be told from an OpenAPI document, JSON or YAML. Raises GreenroomError when it is none."""
    document = load_document(file)
    schemas = Schemas(document)
    routes = list(_routes(document, schemas))
    notes: list[str] = []
    matched: dict[str, Found] = {}
    taken: set[tuple[str, str]] = set()
    for points, name, route in sorted(_scores(routes), key=_order):
        if points >= _ENOUGH and name not in matched and (route.method, route.path) not in taken:
            matched[name] = _describe(name, route, OPERATIONS[name].placeholders, schemas, notes)
            taken.add((route.method, route.path))
    people = dict(_people(routes, taken, schemas, notes))
    server, security = server_of(document), security_of(document, schemas)
    code = error_code_of([route.operation for route in routes if (route.method, route.path) in taken], schemas)
    lost = [f"{reference} is another file and was not read: bundle the document first" for reference in schemas.lost]
    notes = [*lost, *server.notes, *security.notes, *notes]
    if matched and not code:
        notes.append("its refusals have no schema: where their code stands, error_code has to say")
    return Document(
        server.address,
        {name: matched[name] for name in WANTED if name in matched},
        tuple(f"{route.method.upper()} {route.path}" for route in routes if (route.method, route.path) not in taken),
        people,
        security,
        code,
        tuple(dict.fromkeys(notes)),
    )


def operations_wanted() -> tuple[str, ...]:
    """The operations that are looked for."""
    return tuple(WANTED)


def _routes(document: Node, schemas: Schemas) -> Iterator[Route]:
    for path, node in document["paths"].items():
        item = schemas.follow(node)
        for method in _METHODS:
            if isinstance(item.get(method), dict):
                shared = listed(item.get("parameters"))
                operation = item[method] | {"parameters": [*shared, *listed(item[method].get("parameters"))]}
                room = _room_in(path)
                in_body = not room and any(map(is_room_id, mapped(schemas.body(operation).get("properties"))))
                bare = bool(room) and path.rstrip("/").endswith(f"{{{room}}}")
                yield Route(method, path, operation, room, in_body, bare)


def _room_in(path: str) -> str:
    """The parameter that names the room: that which is called so, else the first behind a word for rooms, else the last
    that names nobody. "" where the path has none."""
    parts = path.split("/")
    found = [(name, parts[number - 1]) for number, part in enumerate(parts) for name in _PARAMETER.findall(part)]
    called = [name for name, _ in found if is_room_id(name)]
    behind = [name for name, before in found if set(words(before)) & ROOM]
    others = [name for name, before in found if not set(words(f"{before} {name}")) & (PERSON | AROUND)]
    return next(iter([*called[:1], *behind[:1], *others[-1:]]), "")


def _scores(routes: Sequence[Route]) -> Iterator[tuple[int, str, Route]]:
    for name, wanted in WANTED.items():
        for route in routes:
            if route.method in wanted.methods and route.of_room == wanted.of_room:
                called, said = (str(route.operation.get(key, "")) for key in ("operationId", "summary"))
                yield score(name, route.method, route.path, called, said, bare=route.bare), name, route


def _order(scored: tuple[int, str, Route]) -> tuple[int, int]:
    """The likeliest first; a path all of whose parameters are known goes before a better word, then a shorter one."""
    points, name, route = scored
    return 3 * _filled(route, OPERATIONS[name].placeholders).count(CHANGE_ME) - points, len(route.path)


def _describe(name: str, route: Route, given: frozenset[str], schemas: Schemas, notes: list[str]) -> Found:
    codes = [code for code in mapped(route.operation.get("responses")) if _SUCCESS.fullmatch(code)]
    where = f"{route.method.upper()} {route.path}"
    if not codes:
        notes.append(f"{where} names no status of its success: 200 was taken")
    path = _filled(route, given)
    if CHANGE_ME in path:
        notes.append(f"{where}: what to put in the place of its other parameters, it does not say")
    body = body_of(schemas.body(route.operation), given, schemas)
    if CHANGE_ME in str(body):
        notes.append(f"{where} demands keys that mean nothing to a live room: their values are CHANGE-ME")
    answer = {}
    if word := _ANSWERS.get(name):
        found = _find_id(word, route.operation, schemas)
        answer = {word: found} if found else {}
        if not found:
            notes.append(f"{where}: where the {word}'s id stands in its answer, its schema does not tell")
    return Found(route.method.upper(), path, tuple(sorted(map(int, codes))) or (200,), body, answer)


def _filled(route: Route, given: frozenset[str]) -> str:
    def filled(match: re.Match[str]) -> str:
        if match[1] == route.room and "room" in given:
            return "{room}"
        return "{account}" if set(words(match[1])) & PERSON and "account" in given else CHANGE_ME

    return _PARAMETER.sub(filled, route.path.replace("${", "{"))  # "${" would be a variable of the environment


def _people(
    routes: Sequence[Route], taken: set[tuple[str, str]], schemas: Schemas, notes: list[str]
) -> Iterator[tuple[str, Found]]:
    """The requests that make an account and sign a person in: those whose bodies hold a password, and more."""
    for name, known, answers in (("sign_up", SIGN_UP, ("account",)), ("sign_in", SIGN_IN, ("account", "token"))):
        best: tuple[int, Route] | None = None
        for route in routes:
            if route.method != "post" or (route.method, route.path) in taken or _PARAMETER.search(route.path):
                continue
            said = set(words(f"{route.path} {route.operation.get('operationId', '')}"))
            joined = "".join(words(route.path.rpartition("/")[2]))
            points = 4 * bool(said & set(known)) + 4 * (joined in known)
            points += 2 * (name == "sign_up" and bool(PERSON & said)) + 2 * ("auth" in said or name == "sign_up")
            keys = "".join(words(" ".join(mapped(schemas.body(route.operation).get("properties")))))
            if "password" in keys and points >= _ENOUGH and (best is None or points > best[0]):
                best = points, route
        if best is not None:
            route = best[1]
            codes = [code for code in mapped(route.operation.get("responses")) if _SUCCESS.fullmatch(code)]
            given = _MADE if name == "sign_up" else ("email", "password", "name")
            body = body_of(schemas.body(route.operation), given, schemas)
            found = {word: _find_id(word, route.operation, schemas) for word in answers}
            answer = {word: path for word, path in found.items() if path}
            taken.add((route.method, route.path))
            yield name, Found("POST", route.path, tuple(sorted(map(int, codes))) or (200,), body, answer)


def _find_id(word: str, operation: Node, schemas: Schemas) -> str:
    """The JMESPath of an id in the answer to a success, as far as its schema tells: the plainest that is called so."""
    found: list[tuple[int, str]] = []
    for code in mapped(operation.get("responses")):
        if code.startswith("2"):
            found += [(points, path) for path in schemas.paths(schemas.answer(operation, code))
                      if (points := _doubt(word, path)) is not None]  # fmt: skip
    return min(found, key=lambda one: one[0])[1] if found else ""


def _doubt(word: str, path: str) -> int | None:
    """How much speaks against a value of an answer being the id of a `word`, or None where it is something else."""
    parts = path.replace("[0]", "").split(".")
    for rank, called in enumerate(_ID_OF[word]):
        forms = [
            [f"{called}_id"],
            [f"{called}Id"],
            [called, "id"],
            [called, f"{called}_id"],
            [called, "uuid"],
            [called],
        ]
        for form in forms if called != "id" else [["id"]]:
            around = parts[: -len(form)]
            if parts[-len(form) :] == form and (called != "id" or set(around) <= _WRAPPERS | ROOM):
                deep, vague = 2 * (len(parts) - 1), 3 * (called == "id")
                return 100 * (deep + vague) + 50 * (form == [called]) + rank
    return None


_WRAPPERS = frozenset(("data", "result", "results", "response", "payload", "item", "items", "attributes"))
"""What answers are wrapped in."""
