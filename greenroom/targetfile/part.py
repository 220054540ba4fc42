"""Some tables of a target file, for commands that need nothing else of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from greenroom.targetfile.model import DatabaseAccess, Logs, Migration
from greenroom.targetfile.secrets import TargetSecrets
from greenroom.targetfile.watch import Watch


class TargetPart(BaseModel):
    """What was asked for of a target file; tables that were not are as if they were not there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    environment: Literal["", "disposable", "shared", "production"] = ""
    database: DatabaseAccess | None = None
    logs: Logs = Logs()
    watch: Watch = Watch()
    migration: Migration | None = None
    folder: Path = Field(Path(), exclude=True)
    _secrets: TargetSecrets = PrivateAttr(TargetSecrets())
    _launched: bool = PrivateAttr(False)
    _shown: frozenset[str] = PrivateAttr(frozenset())

    def completed(self, secrets: TargetSecrets, *, launched: bool, shown: Iterable[str]) -> TargetPart:
        """The same, which knows what else the file says: its secrets, whether it is launched, its operations' names."""
        part = self.model_copy()
        part._secrets, part._launched, part._shown = secrets, launched, frozenset(shown)
        return part

    @property
    def called(self) -> str:
        """Its name, or that of its folder."""
        return self.name or self.folder.resolve().name

    @property
    def secrets(self) -> TargetSecrets:
        """What must not be shown of it."""
        return self._secrets

    @property
    def launched(self) -> bool:
        """Whether it is launched for each run, and gone with it."""
        return self._launched

    @property
    def shown_over_http(self) -> frozenset[str]:
        """Relations that an operation shows, so that relations.sql may leave them out."""
        return frozenset({"listing"}) & self._shown
