"""The pictures and files that the page shows: each picture is in the page once, and only so many bytes of them."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from greenroom.record.events import Attachment
from greenroom.reporting.attachments import file_of, is_image

_BYTES_OF_ONE = 3_000_000
_BYTES_OF_ALL = 16_000_000


@dataclass(frozen=True, slots=True)
class PageFile:
    """How the page shows an attachment.

    `data` is a data URI, of a picture at its first place; at a later place `anchor` leads to the first. `href` leads
    to the file beside the page. All empty: the file is gone.
    """

    name: str
    media_type: str
    anchor: str = ""
    data: str = ""
    href: str = ""

    @property
    def gone(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.anchor or self.href)


class Pictures:
    """Hands out attachments in the order in which the page comes to them. `folder` is where they lie, and `way` leads
    there from the page, where that is in another folder."""

    def __init__(self, folder: Path, way: str = "") -> None:
        self._folder, self._way = folder, way
        self._anchors: dict[str, str] = {}
        self._spent = 0

    def show(self, attachment: Attachment) -> PageFile:
        """How to show `attachment` at this place of the page. A file that can't be read counts as gone."""
        name, media_type = attachment.name, attachment.media_type
        file = file_of(attachment, self._folder)
        if file is None:
            return PageFile(name, media_type)
        href = quote(f"{self._way}/{attachment.path}" if self._way else attachment.path)
        try:
            size = file.stat().st_size
            if not is_image(attachment) or size > _BYTES_OF_ONE:
                return PageFile(name, media_type, href=href)
            content = file.read_bytes()
        except OSError:
            return PageFile(name, media_type)
        digest = hashlib.sha256(content).hexdigest()
        if digest in self._anchors:
            return PageFile(name, media_type, anchor=self._anchors[digest], href=href)
        if self._spent + size > _BYTES_OF_ALL:
            return PageFile(name, media_type, href=href)
        self._spent += size
        anchor = self._anchors[digest] = f"picture-{len(self._anchors) + 1}"
        data = f"data:{media_type};base64,{base64.b64encode(content).decode()}"
        return PageFile(name, media_type, anchor=anchor, data=data, href=href)
