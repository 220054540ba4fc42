"""The files beside a record: found by the paths that the record gives, and never outside the run's folder."""

from __future__ import annotations

from pathlib import Path

from greenroom.record.events import Attachment


def file_of(attachment: Attachment, folder: Path) -> Path | None:
    """The file of `attachment` in the run's `folder`; None when it is gone, or when its path leads out of there."""
    base = folder.resolve()
    try:
        found = (base / attachment.path).resolve()
        return found if found.is_relative_to(base) and found.is_file() else None
    except (OSError, ValueError):
        return None


def is_image(attachment: Attachment) -> bool:
    """Whether a browser shows it as a picture."""
    return attachment.media_type in ("image/png", "image/jpeg", "image/webp", "image/gif")
