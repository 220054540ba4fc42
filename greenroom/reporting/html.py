"""`report.html`: the whole run as one page that needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from markupsafe import Markup

from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.html_pictures import Pictures
from greenroom.reporting.html_templates import TEMPLATES, environment
from greenroom.reporting.html_view import page_of

_STYLES = ("base.css", "top.css", "cards.css", "evidence.css", "print.css")


def write_report(run: Conclusion, out: Path) -> None:
    """Write `run` as one HTML page to the file `out`.

    Promises that no scenario checked are shown as not checked. The attachments of the record are looked for in the
    folder of `out`: pictures become part of the page, others are linked. The page loads nothing, sends nothing, and is
    readable without its script. Raises OSError when `out` can't be written.
    """
    out.write_text(html_of(run, out.parent), encoding="utf-8", errors="replace")


def html_of(run: Conclusion, folder: Path) -> str:
    """The page of `run`, whose attachments lie in `folder`."""
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    style = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in _STYLES)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            page=page_of(run),
            pictures=Pictures(folder),
            style=Markup(style),
            script=Markup(script),
            script_hash=_content_hash(script),
        )
    )


def _content_hash(script: str) -> str:
    """What the page's content policy allows to run: this script, and none that evidence may have smuggled in."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
