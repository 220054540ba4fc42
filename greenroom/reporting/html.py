"""`report.html`: the whole run as one page that needs nothing but itself."""

from __future__ import annotations

from pathlib import Path

from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.html_pictures import Pictures
from greenroom.reporting.html_templates import assets, environment
from greenroom.reporting.html_view import page_of

_STYLES = ("base.css", "top.css", "cards.css", "evidence.css", "print.css")
_SCRIPTS = ("report.js", "page.js")


def write_report(run: Conclusion, out: Path) -> None:
    """Write `run` as one HTML page to the file `out`.

    Promises that no scenario checked are shown as not checked. The attachments of the record are looked for in the
    folder of `out`: pictures become part of the page, others are linked. The page loads nothing, sends nothing, and is
    readable without its script. Raises OSError when `out` can't be written.
    """
    out.write_text(html_of(run, out.parent), encoding="utf-8", errors="replace")


def html_of(run: Conclusion, folder: Path) -> str:
    """The page of `run`, whose attachments lie in `folder`."""
    template = environment().get_template("report.html.j2")
    return template.render(page=page_of(run), pictures=Pictures(folder), **assets(_STYLES, _SCRIPTS))
