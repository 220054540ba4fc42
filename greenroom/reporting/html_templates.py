"""The templates of the page, compiled once and kept for the next run: compiling them takes longer than filling them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from greenroom.core import wording
from greenroom.core.project import PRIVATE
from greenroom.core.verdict import Verdict
from greenroom.reporting import exchange_text, words
from greenroom.reporting.html_filters import FILTERS

TEMPLATES = Path(__file__).parent / "templates"

_SYNTAX: dict[str, Any] = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates in the folder `folder`, which is made when it is needed.

    Whatever is wrong with the folder or a file in it, the page is still written: the template is compiled again.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._folder = folder

    def get_source_checksum(self, source: str) -> str:
        """What is compiled depends on the syntax as well as on the source."""
        return super().get_source_checksum(f"{_SYNTAX} {source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load what was kept, if it can be read."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # a file that was cut short raises whatever pickle and marshal make of it
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if it can be written."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def assets(styles: Sequence[str], scripts: Sequence[str]) -> dict[str, Markup | str]:
    """What a page has in it of these files: `style`, `script`, and `script_hash`, which is what the page's content
    policy allows to run: this script, and none that evidence may have smuggled in."""
    style, script = (
        "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names) for names in (styles, scripts)
    )
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return {"style": Markup(style), "script": Markup(script), "script_hash": f"sha256-{digest}"}


@cache
def environment() -> Environment:
    """The templates with their filters."""
    return templates_kept_in(PRIVATE / "templates")


def templates_kept_in(folder: Path) -> Environment:
    """The templates with their filters; compiled ones are kept in `folder`."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=CompiledTemplates(folder),
        undefined=StrictUndefined,
        **_SYNTAX,
    )
    made.filters.update(FILTERS)
    shared: dict[str, Any] = {
        "fold": exchange_text.fold,
        "failed": exchange_text.failed,
        "Verdict": Verdict,
        "meaning": words.MEANING,
        "plural": wording.plural,
    }
    made.globals.update(shared)
    return made
