"""A copy of the reference that writes down, with the time, which of its statements it comes by."""

from __future__ import annotations

import json
from pathlib import Path

from tests.mutants.mutant import Kind
from tests.mutants.probes import page, python, sql
from tests.mutants.probes.probe import Probe, with_probes

PROBES = {Kind.SQL: sql.probes, Kind.PYTHON: python.probes, Kind.PAGE: page.probes}
ENDINGS = {Kind.SQL: ".sql", Kind.PYTHON: ".py", Kind.PAGE: ".js"}
_PLACES = {
    Kind.SQL: ("reference/database/schema", "reference/database/migrations"),
    Kind.PYTHON: ("reference/gateway", "reference/data_api", "reference/auth"),
    Kind.PAGE: ("reference/web/static/js",),
}
SHARED = ("reference/http_common.py", "reference/tokens.py", "reference/pool.py")
ADDRESS = "/reached/"
SAID_BY_POSTGRES, SAID_BY_PYTHON = "postgres.log", "reached.txt"
SEPARATOR = "greenroom-reached "
"""What stands before a probe's name in PostgreSQL's log."""
_MODULE = '''"""Writes down which statements are come by."""

import os
import time

_FILE = os.open({file!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
_last: dict[str, float] = {{}}


def reached(name: str) -> None:
    now = time.time()
    if now - _last.get(name, 0.0) > 0.02:
        _last[name] = now
        os.write(_FILE, f"{{now:.3f}} {{name}}\\n".encode())
'''
_IN_PAGES = (
    "globalThis.reached ??= ((seen, due) => (name) => { if (seen.has(name)) return; seen.add(name);"
    f" if (due.push(name) === 1) queueMicrotask(() => fetch('{ADDRESS}' + due.splice(0).join(','),"
    " { keepalive: true }).catch(() => {})); })(new Set(), []);\n"
)
_STATIC = "        file = files.get(request.url.path)\n"


def name_of(file: Path | str, probe: Probe) -> str:
    """What a probe is written down as. Statements that begin at one place are told apart by their ends."""
    path = Path(file)
    return f"{path.parent.name}_{path.name}:{probe.start}-{probe.end}"


def instrument(copy: Path, said: Path) -> None:
    """Puts the probes into the copy of the reference; they write into the folder `said`.

    Raises ValueError when the reference is no longer what this was written for.
    """
    for kind, places in _PLACES.items():
        files = [path for place in places for path in sorted((copy / place).glob(f"*{ENDINGS[kind]}"))]
        for path in [*files, *((copy / one for one in SHARED) if kind is Kind.PYTHON else ())]:
            text = path.read_text(encoding="utf-8")
            path.write_text(_instrumented(kind, path, text), encoding="utf-8")
    (copy / "reference" / "reached.py").write_text(_MODULE.format(file=str(said / SAID_BY_PYTHON)), encoding="utf-8")
    _replace(copy / "reference/web/app.py", _STATIC, _answering_pages())
    cluster = copy / "reference/database/cluster.py"
    _replace(
        cluster, "        self._log = log\n", f"        self._log = log = Path({str(said / SAID_BY_POSTGRES)!r})\n"
    )
    terse = '    "log_error_verbosity": "terse",\n    "log_min_error_statement": "panic",\n'
    _replace(cluster, '    "log_min_messages"', f'{terse}    "log_min_messages"')


def _instrumented(kind: Kind, path: Path, text: str) -> str:
    def said(probe: Probe) -> str:
        name = json.dumps(name_of(path, probe))
        if kind is Kind.SQL:
            return f"raise log '{SEPARATOR}{name[1:-1]}'; "
        if kind is Kind.PAGE:
            return f"reached({name}); "
        line = text[probe.at :]
        return f"{line[: len(line) - len(line.lstrip())]}__import__('reference.reached').reached.reached({name})\n"

    return (_IN_PAGES if kind is Kind.PAGE else "") + with_probes(text, list(PROBES[kind](text)), said)


def _answering_pages() -> str:
    told = "__import__('reference.reached').reached.reached(name)"
    return (
        f'        if request.url.path.startswith("{ADDRESS}"):\n'
        f'            for name in request.url.path[{len(ADDRESS)}:].split(","):\n'
        f"                {told}\n"
        f"            return Response(status_code=204)\n{_STATIC}"
    )


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{path.name} is no longer as the probes know it: {old.strip()!r} is not there once")
    path.write_text(text.replace(old, new), encoding="utf-8")
