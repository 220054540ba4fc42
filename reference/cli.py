"""The command line: `up` serves a stack, `prepare` makes later starts quick."""

from __future__ import annotations

import argparse
import compileall
import os
from collections.abc import Sequence
from pathlib import Path

from reference.settings import PARTS, Limit, Options

CACHE = Path(os.environ.get("REFERENCE_CACHE") or ".greenroom/cache")


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 served and stopped, 2 misuse, 3 could not start, 4 a part died."""
    given = _parser().parse_args(arguments)
    if given.command == "prepare":
        return _prepare(given.cache_dir.absolute())
    from reference.supervisor import up

    return up(
        Options(
            ports={part: getattr(given, f"port_{part}") for part in PARTS},
            database_url=given.database_url,
            limit=given.limiter,
            demo=given.demo,
            cache_dir=given.cache_dir.absolute(),
            run_dir=given.run_dir.absolute() if given.run_dir else None,
            stdin=given.stdin,
        )
    )


def _prepare(cache_dir: Path) -> int:
    from reference.database.server import prepare
    from reference.failures import StartFailure
    from reference.supervisor import FAILED, say

    try:
        prepare(cache_dir)
        compileall.compile_dir(Path(__file__).parent, quiet=1)
        say({"prepared": True})
        return 0
    except StartFailure as failure:
        say({"prepared": False, "error": failure.code, "message": failure.message, "hint": failure.hint})
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reference", description="A reference for live rooms.")
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="serve everything; says so in one JSON line")
    prepare = commands.add_parser("prepare", help="fill the cache")
    for command in (up, prepare):
        command.add_argument("--cache-dir", type=Path, default=CACHE, help="folder of prepared databases (%(default)s)")
    for part in PARTS:
        up.add_argument(f"--port-{part.replace('_', '-')}", type=_port, default=0, metavar="N", help="0: any free port")
    up.add_argument("--database-url", metavar="URL", help="a PostgreSQL server to use instead of one of our own")
    up.add_argument(
        "--limiter",
        type=_limit,
        default=Limit(10_000, 900),
        metavar="COUNT/SECONDS",
        help="Go Lives for one address; the real system has 5/900, the default is out of a test run's way",
    )
    up.add_argument("--demo", action="store_true", help="make some people and rooms to play with")
    up.add_argument("--run-dir", type=Path, metavar="DIR", help="folder of this run, removed at its end")
    up.add_argument("--stdin", action="store_true", help="stop when standard input ends; take commands from it")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def _limit(text: str) -> Limit:
    try:
        return Limit.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
