"""`greenroom serve`: the embedded target, for hands-on use."""

from __future__ import annotations

import signal
import threading

import typer
from rich.table import Table

from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import DEFAULT_TARGET, ROOT
from greenroom.drivers.launch import LaunchedTarget
from greenroom.targetfile.load import read_target


def serve(
    target: str = typer.Option(DEFAULT_TARGET, "--target", metavar="NAME", help="A target that can be launched."),
    demo: bool = typer.Option(True, "--demo/--empty", help="With some people and rooms to play with."),
    limiter: str = typer.Option("", "--limiter", metavar="COUNT/SECONDS", help="Switch the Go Live limiter on: 5/900."),
) -> None:
    """Start the reference implementation with people and rooms to play with, and print where it is."""
    described = read_target(target, ROOT).resolve()
    if described.launch is None:
        raise GreenroomError(f"the target {target!r} is not launched by Greenroom", hint="it runs somewhere already")
    extra = [*(["--demo"] if demo else []), *(["--limiter", limiter] if limiter else [])]
    launch = described.launch.model_copy(update={"command": [*described.launch.command, *extra]})
    console = Console()
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: stopped.set())
    with console.status(f"starting {target} …"):
        launched = LaunchedTarget(launch, described.folder, described.deadlines.launch).wait_ready()
    try:
        _show(console, launched.ready, demo=demo)
        while not stopped.wait(0.5) and launched.alive:
            pass
    finally:
        launched.stop()
    if not stopped.is_set():
        raise GreenroomError(f"{target} ended by itself", hint="GREENROOM_DEBUG=1 shows its complaints")
    console.print("stopped")


def _show(console: Console, ready: dict[str, str], *, demo: bool) -> None:
    table = Table.grid(padding=(0, 2))
    for name in ("web", "gateway", "data_api", "auth", "database", "gateway_log"):
        if name in ready:
            address = ready[name] + ("/comm/live-rooms" if name == "web" else "")
            table.add_row(f"[bold]{name.replace('_', ' ')}[/]", address)
    console.print(table)
    if demo:
        console.print("\nsign in as [bold]ada@example.test[/], password [bold]greenroom[/]")
    console.print("Ctrl-C stops it")
