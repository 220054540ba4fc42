"""The attachments of one Allure result: texts that are written, files that are copied."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from allure_commons.model2 import Attachment as AllureAttachment
from allure_commons.model2 import TestResult

from greenroom.record.events import Attachment
from greenroom.reporting.attachments import file_of

_ENDINGS = {"text/plain": "txt", "text/csv": "csv", "application/json": "json"}


_TRACE = "application/vnd.allure.playwright-trace"
"""The type of a trace, which Allure 3 opens in its viewer."""


def _type_of(attachment: Attachment) -> str:
    is_trace = attachment.media_type == "application/zip" and "trace" in attachment.name
    return _TRACE if is_trace else attachment.media_type


class AllureWriter(Protocol):
    """What is used of Allure's own file logger, which has no types."""

    def report_result(self, result: TestResult) -> None: ...
    def report_attached_file(self, source: str, file_name: str) -> None: ...
    def report_attached_data(self, body: bytes, file_name: str) -> None: ...


class AllureFiles:
    """Puts files beside a result and names them after `seed`, so that the same record gives the same names.

    `folder` is the run's, where the attachments of the record lie. Raises OSError when a file can't be written.
    """

    def __init__(self, logger: AllureWriter, folder: Path, seed: str) -> None:
        self._logger = logger
        self._folder = folder
        self._seed = seed
        self._made = 0

    @property
    def uuid(self) -> str:
        """The id of the result that these files belong to."""
        return str(uuid5(NAMESPACE_URL, f"greenroom:{self._seed}"))

    def text(self, name: str, body: str, media_type: str = "text/plain") -> AllureAttachment:
        """Attach `body` under `name`."""
        source = self._name(_ENDINGS.get(media_type, "txt"))
        self._logger.report_attached_data(body.encode("utf-8", "replace"), source)
        return AllureAttachment(name=name, source=source, type=media_type)

    def table(self, name: str, rows: Iterable[Sequence[str]]) -> AllureAttachment:
        """Attach `rows` under `name` as CSV, which Allure shows as a table."""
        sheet = io.StringIO()
        csv.writer(sheet, lineterminator="\n").writerows(rows)
        return self.text(name, sheet.getvalue(), "text/csv")

    def copy(self, attachments: Iterable[Attachment]) -> list[AllureAttachment]:
        """Attach copies of a record's files; those that are gone are left out."""
        copies = []
        for attachment in attachments:
            file = file_of(attachment, self._folder)
            if file is None:
                continue
            source = self._name(file.suffix.lstrip(".") or "bin")
            self._logger.report_attached_file(str(file), source)
            copies.append(AllureAttachment(name=attachment.name, source=source, type=_type_of(attachment)))
        return copies

    def _name(self, ending: str) -> str:
        self._made += 1
        return f"{uuid5(NAMESPACE_URL, f'greenroom:{self._seed}/{self._made}')}-attachment.{ending}"
