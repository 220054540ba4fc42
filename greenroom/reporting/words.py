"""The words and number formats that all reports share, so that the same thing is called the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from greenroom.core.verdict import Verdict
from greenroom.record.events import Header, TargetInfo

MEANING: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.PASSED: "the promise held",
        Verdict.KNOWN_FAILURE: "listed as failing, and still failing",
        Verdict.NOT_APPLICABLE: "the target does not declare what this needs",
        Verdict.UNEXPECTEDLY_FIXED: "listed as failing, but it passes: the list is stale",
        Verdict.INCONCLUSIVE: "the environment was in the way",
        Verdict.ERROR: "the harness or its configuration is at fault",
        Verdict.BLOCKED: "what it needs to begin does not work: not judged",
        Verdict.FLAKY: "failed, then passed on a retry",
        Verdict.FAILED: "a promise is broken",
        Verdict.CONTRADICTION: "gateway, page and database tell different stories",
    }
)

ATTENTION: Final = tuple(verdict for verdict in reversed(Verdict) if verdict.rank >= Verdict.UNEXPECTEDLY_FIXED.rank)
"""The verdicts a person has to look at, worst first."""


def sources_sentence(target: TargetInfo) -> str:
    """Who showed which relation, in one sentence; "" when the database showed all of them, as it should be."""
    if all(source == "database" for source in target.sources.values()):
        return ""
    by: dict[str, list[str]] = {}
    for relation, source in target.sources.items():
        by.setdefault(source, []).append(relation)
    told = [f"{' and '.join(by[source])} by the {source}" for source in ("gateway", "page") if source in by]
    shown = f"the target shows {', '.join(told)}" if told else ""
    return "; ".join(filter(None, (shown, f"nobody shows {', '.join(by[''])}" if "" in by else "")))


def part_text(header: Header) -> str:
    """What part of a run this is, or how it was put together: `shard 2 of 5`, `3 shards put together`; "" for a whole
    run."""
    if header.shard is not None:
        return f"shard {header.shard.number} of {header.shard.of}"
    return f"{len(header.merged)} shards put together" if header.merged else ""


def enumerated(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def seconds_text(seconds: float) -> str:
    """A duration as people say it: `4 ms`, `0.41 s`, `17.2 s`, `2 min 05 s`, `1 h 02 min`."""
    if seconds < 0.0995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 9.995:
        return f"{seconds:.2f} s"
    if seconds < 99.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    return f"{minutes // 60} h {minutes % 60:02d} min"


def milliseconds_text(seconds: float) -> str:
    """The duration of an exchange: `12 ms`, and seconds from ten seconds up."""
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else seconds_text(seconds)


def clip(text: str, limit: int) -> str:
    """`text` on one line and at most `limit` characters long, with an ellipsis where something was left out."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: max(limit - 1, 0)].rstrip() + "…"


def path_of(url: str) -> str:
    """The path and query of `url`: what tells one request from another within a target."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "") if parts.netloc else url


def tail_of(url: str) -> str:
    """The last part of the path of `url`, as in `…/end`; the ids before it only make a line long."""
    path = path_of(url).partition("?")[0].rstrip("/")
    head, _, tail = path.rpartition("/")
    return f"…/{tail}" if head else path or "/"
