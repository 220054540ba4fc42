"""What stands before a deployment that is not open to everybody, and what it wants to see in each request."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel, ConfigDict

from greenroom.targetfile.web import Name


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Protection(_Table):
    """What every request brings along, whoever sends it, so that it is let through to the target at all: headers,
    cookies, or a user and a password by HTTP's Basic authentication."""

    services: list[Name] = []  # which are protected; none named: all
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    user: str = ""
    password: str = ""

    def covers(self, service: str) -> bool:
        """Whether requests to that service need it."""
        return self.is_there and (not self.services or service in self.services)

    @property
    def is_there(self) -> bool:
        """Whether anything is needed."""
        return bool(self.headers or self.cookies or self.user)

    def headers_for(self, service: str) -> Mapping[str, str]:
        """The headers of a request to that service; a proof of its own under the same name takes their place."""
        if not self.covers(service):
            return {}
        pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return ({"Authorization": f"Basic {pair}"} if self.user else {}) | self.headers

    def cookies_for(self, service: str) -> Mapping[str, str]:
        """The cookies of a request to that service."""
        return self.cookies if self.covers(service) else {}

    def problems(self, services: Collection[str], proof: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
        """Key, message and hint of what is wrong with it. `services` are those of the file, `proof` the headers by
        which somebody who is signed in is known."""
        for service in self.services:
            if service not in services:
                yield "services", f"unknown service {service!r}", f"of [addresses]: {', '.join(services)}"
        if not self.is_there and self.model_fields_set:
            yield "", "[protection] lets nobody through", "`headers`, `cookies`, or `user` and `password`"
        own = {name.lower() for name in proof}
        taken = [name for name in self.headers if name.lower() in own]
        if self.user and "authorization" in own and self.covers("gateway"):
            taken.append("Authorization")
        for name in taken:
            hint = "a request has each header once: name the `services` that people sign in to elsewhere, or a cookie"
            yield "", f"[protection] and [sign_in] headers both send {name}", hint
