"""What an OpenAPI document says beside its routes: where the gateway is, how people sign in, how it refuses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from greenroom.targetfile.openapi_schema import Node, Schemas, listed, mapped

UNKNOWN_HOST = "https://CHANGE-ME.invalid"
_HOLE = re.compile(r"\{([^}]*)\}")
_CODES = ("error_code", "errorCode", "error.code", "error.error_code", "error.errorCode", "code", "error", "reason",
          "error.type", "error.reason", "type", "errors.code", "status")  # fmt: skip


@dataclass(frozen=True)
class Server:
    """The gateway's address, and what could not be told of it."""

    address: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Security:
    """How requests prove who asks: the headers and cookies of [sign_in], and what could not be told."""

    headers: Mapping[str, str] | None = None
    cookies: bool = False
    notes: tuple[str, ...] = ()


def server_of(document: Node) -> Server:
    """The address of the first server; "" where the document names none."""
    if "swagger" in document:
        return _server_of_swagger(document)
    servers = [one for one in listed(document.get("servers")) if isinstance(one, dict) and one.get("url")]
    if not servers:
        return Server("", ("it names no server: where the gateway is, it does not say",))
    notes: list[str] = []
    url, variables = str(servers[0]["url"]), mapped(servers[0].get("variables"))
    for name in _HOLE.findall(url):
        variable = mapped(variables.get(name))
        default = variable.get("default", next(iter(listed(variable.get("enum"))), None))
        url = url.replace(f"{{{name}}}", str(default) if default is not None else "CHANGE-ME")
        values = ", ".join(map(str, listed(variable.get("enum"))))
        filled = f"is filled with {default!r}" if default is not None else "has no default"
        notes.append(f"the variable {{{name}}} of its server {filled}" + (f"; it may be {values}" if values else ""))
    if not _is_address(url):
        notes.append(f"its server {url!r} is no whole address: on which host, it does not say")
        url = UNKNOWN_HOST + ("/" + url.strip("./") if re.fullmatch(r"[\w./~-]+", url) else "")
    if len(servers) > 1:
        others = ", ".join(str(one["url"]) for one in servers[1:])
        notes.append(f"the first of its servers was taken; there are also {others}")
    return Server(url.rstrip("/"), tuple(notes))


def _server_of_swagger(document: Node) -> Server:
    host, base = str(document.get("host", "")), str(document.get("basePath", "")).strip("/")
    schemes = [str(one) for one in listed(document.get("schemes"))]
    scheme = "https" if "https" in schemes or not schemes else schemes[0]
    notes = [] if schemes or not host else ["it names no scheme: https was taken"]
    if not host:
        notes.append("it names no host: where the gateway is, it does not say")
    address = f"{scheme}://{host}"
    if host and not _is_address(address):
        notes.append(f"its host {address!r} is no address")
    known = address if _is_address(address) else UNKNOWN_HOST
    return Server(known + (f"/{base}" if re.fullmatch(r"[\w./~-]+", base) else ""), tuple(notes))


def _is_address(url: str) -> bool:
    """Whether a target file can have it as an address. Braces and "${" would be filled in there."""
    return re.fullmatch(r"https?://[^\s/{}$\[\]]+(/[^\s{}$]*)?", url) is not None


def security_of(document: Node, schemas: Schemas) -> Security:
    """How requests prove who asks, of the first scheme that the whole document requires, or of the only one."""
    components = mapped(document.get("components"))
    schemes = mapped(document.get("securityDefinitions")) or mapped(components.get("securitySchemes"))
    asked = [name for one in listed(document.get("security")) for name in mapped(one)] or list(schemes)
    found = [(name, schemas.follow(schemes.get(name))) for name in dict.fromkeys(asked) if name in schemes]
    if not found:
        return Security(notes=("it describes no security scheme: a bearer token was taken",))
    name, scheme = found[0]
    notes = [f"security scheme {name}: {_said(scheme)}"]
    if len(found) > 1:
        notes.append(f"the security scheme {name} was taken; there are also {', '.join(one for one, _ in found[1:])}")
    headers, cookies = _proof(scheme)
    if headers is None and not cookies:
        notes.append("how that is sent, [sign_in] has to say")
    return Security(headers, cookies, tuple(notes))


def _proof(scheme: Node) -> tuple[Mapping[str, str] | None, bool]:
    kind, place = str(scheme.get("type", "")).lower(), scheme.get("in")
    if kind == "apikey" and place == "cookie":
        return {}, True
    if kind == "apikey" and place == "header":
        header = str(scheme.get("name", "Authorization"))
        return {header: "Bearer {token}" if header.lower() == "authorization" else "{token}"}, False
    bearer = kind in ("oauth2", "openidconnect") or str(scheme.get("scheme", "")).lower() == "bearer"
    return ({"Authorization": "Bearer {token}"} if bearer else None), False


def _said(scheme: Node) -> str:
    kind = str(scheme.get("type", "no type"))
    where = f" {scheme.get('name')!r} in {scheme.get('in')}" if scheme.get("in") else ""
    word = f" {scheme.get('scheme')}" if scheme.get("scheme") else ""
    flows = [*mapped(scheme.get("flows")).values(), scheme]
    tokens = next((flow["tokenUrl"] for flow in flows if isinstance(flow, dict) and flow.get("tokenUrl")), "")
    tokens = tokens or scheme.get("openIdConnectUrl", "")
    return f"{kind}{word}{where}" + (f"; tokens from {tokens}" if tokens else "")


def error_code_of(operations: Iterable[Node], schemas: Schemas) -> str:
    """The JMESPath of a refusal's code: the likeliest key of most refusals; "" where their schemas don't tell."""
    counted: Counter[str] = Counter()
    for operation in operations:
        for code in mapped(operation.get("responses")):
            if code[:1] == "4" or code == "default":
                paths = list(schemas.paths(schemas.answer(operation, code)))
                found: Any = next((wanted for wanted in _CODES if wanted in paths), None)
                counted.update([found] if found else [])
    return counted.most_common(1)[0][0] if counted else ""
