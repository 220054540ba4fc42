"""What stands before a deployment that is not open to everybody, and what it wants to see in each request."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from greenroom.targetfile.web import Name


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class ClientCertificate:
    """What a connection by TLS proves itself by: files in PEM, and what the key is encrypted with, if it is."""

    certificate: Path
    key: Path
    passphrase: str = ""


class Protection(_Table):
    """What every request brings along, whoever sends it, so that it is let through to the target at all: headers,
    cookies, a user and a password by HTTP's Basic authentication, or a certificate of the client's (mutual TLS)."""

    services: list[Name] = []  # which are protected; none named: all
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    user: str = ""
    password: str = ""
    certificate: str = ""  # a file in PEM, beside target.toml
    key: str = ""  # the same of its key; empty: it is in the file of the certificate
    passphrase: str = ""

    def covers(self, service: str) -> bool:
        """Whether requests to that service need it."""
        return self.is_there and (not self.services or service in self.services)

    @property
    def is_there(self) -> bool:
        """Whether anything is needed."""
        return bool(self.headers or self.cookies or self.user or self.certificate)

    def headers_for(self, service: str) -> Mapping[str, str]:
        """The headers of a request to that service; a proof of its own under the same name takes their place."""
        if not self.covers(service):
            return {}
        pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return ({"Authorization": f"Basic {pair}"} if self.user else {}) | self.headers

    def cookies_for(self, service: str) -> Mapping[str, str]:
        """The cookies of a request to that service."""
        return self.cookies if self.covers(service) else {}

    def certificates(self, addresses: Mapping[str, str], folder: Path) -> Mapping[str, ClientCertificate]:
        """The certificate of the client's for each address that wants one. `folder` is that of target.toml."""
        if not self.certificate:
            return {}
        certificate, key = (
            folder / Path(file).expanduser() for file in (self.certificate, self.key or self.certificate)
        )
        client = ClientCertificate(certificate, key, self.passphrase)
        return {
            address: client
            for service, address in addresses.items()
            if self.covers(service) and address.startswith("https:")
        }

    def problems(
        self, addresses: Mapping[str, str], proof: Mapping[str, str], folder: Path
    ) -> Iterator[tuple[str, str, str]]:
        """Key, message and hint of what is wrong with it. `addresses` are those of the file, `proof` the headers by
        which somebody who is signed in is known, `folder` is that of target.toml."""
        for service in self.services:
            if service not in addresses:
                yield "services", f"unknown service {service!r}", f"of [addresses]: {', '.join(addresses)}"
        if not self.is_there and self.model_fields_set:
            hint = "`headers`, `cookies`, `user` and `password`, or `certificate`"
            yield "", "[protection] lets nobody through", hint
        yield from self._problems_of_certificate(addresses, folder)
        own = {name.lower() for name in proof}
        taken = [name for name in self.headers if name.lower() in own]
        if self.user and "authorization" in own and self.covers("gateway"):
            taken.append("Authorization")
        for name in taken:
            hint = "a request has each header once: name the `services` that people sign in to elsewhere, or a cookie"
            yield "", f"[protection] and [sign_in] headers both send {name}", hint

    def _problems_of_certificate(self, addresses: Mapping[str, str], folder: Path) -> Iterator[tuple[str, str, str]]:
        for name, file in (("certificate", self.certificate), ("key", self.key)):
            if file and "${" not in file and not (folder / Path(file).expanduser()).is_file():
                yield name, f"there is no file {file}", "a file in PEM; its path begins at the folder of target.toml"
        if not self.certificate:
            return
        known = [address for service, address in addresses.items() if self.covers(service) and "${" not in address]
        if known and not any(address.startswith("https:") for address in known):
            yield "certificate", "none of the protected addresses is one of TLS", "an address that begins with https:"
