"""What a stack is started with, and what its parts are told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEFAULT_TENANT = "00000000-0000-0000-0000-000000000001"
PARTS = ("gateway", "web", "data_api", "auth")


@dataclass(frozen=True, slots=True)
class Limit:
    """`count` requests in `seconds` for one client address."""

    count: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> Limit:
        """From "COUNT/SECONDS". Raises ValueError for anything else."""
        count, slash, seconds = text.partition("/")
        limit = cls(int(count), int(seconds)) if slash else None
        if limit is None or limit.count < 1 or limit.seconds < 1:
            raise ValueError(f"{text!r} is not COUNT/SECONDS, two whole numbers above zero")
        return limit


@dataclass(frozen=True, slots=True)
class Options:
    """The command line of `up`. A port of 0 is any free one."""

    ports: dict[str, int]
    database_url: str | None
    limit: Limit
    demo: bool
    cache_dir: Path
    run_dir: Path | None
    stdin: bool


@dataclass(frozen=True, slots=True)
class Keys:
    """The secret that signs tokens, and the two long-lived keys signed with it. Made anew for every run."""

    jwt_secret: str
    anon: str
    service: str


@dataclass(frozen=True, slots=True)
class Database:
    """Connection strings: the owner's, and one per part, each with the rights of that part only."""

    owner: str
    gateway: str
    data_api: str
    auth: str


@dataclass(frozen=True, slots=True)
class StackConfig:
    """Everything a part may need to know of the others."""

    urls: dict[str, str]
    keys: Keys
    database: Database
    limit: Limit
    gateway_log: Path
    version: str
