"""`greenroom serve`: the embedded target, for hands-on use."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import typer
from rich.text import Text

from greenroom.core.console import Console
from greenroom.core.errors import GreenroomError
from greenroom.core.project import DEFAULT_TARGET, ROOT
from greenroom.drivers.launch import LaunchedTarget
from greenroom.targetfile.load import read_target
from greenroom.targetfile.served import write_served


def serve(
    target: str = typer.Option(DEFAULT_TARGET, "--target", metavar="NAME", help="A target that can be launched."),
    demo: bool = typer.Option(True, "--demo/--empty", help="With some people and rooms to play with."),
    write_target: str = typer.Option(
        "", "--write-target", metavar="DIR", help="Write a target for it: greenroom run --target DIR in another shell."
    ),
    limiter: str = typer.Option("", "--limiter", metavar="COUNT/SECONDS", help="Switch the Go Live limiter on: 5/900."),
) -> None:
    """Start the reference implementation with people and rooms to play with, and print where it is.

    With --write-target DIR other commands can use it until it ends: DIR/target.toml describes it, its database and keys
    are in DIR/.env, which only you can read.
    """
    file = read_target(target, ROOT)
    described = file.resolve()
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
        written = write_served(file, launched.ready, Path(write_target)) if write_target else []
        named = write_target if "/" in write_target else f"./{write_target}"
        _show(console, launched.ready, named if written else "", demo=demo)
        while not stopped.wait(0.5) and launched.alive:
            pass
    finally:
        launched.stop()
    if not stopped.is_set():
        raise GreenroomError(f"{target} ended by itself", hint="GREENROOM_DEBUG=1 shows its complaints")
    console.print("stopped")


def _show(console: Console, ready: dict[str, str], target: str, *, demo: bool) -> None:
    """Each address on a line of its own, however long: they are there to be copied."""
    for name in ("web", "gateway", "data_api", "auth", "database", "gateway_log"):
        if name in ready:
            address = ready[name] + ("/comm/live-rooms" if name == "web" else "")
            label = f"{name.replace('_', ' '):<13}"
            console.print(Text.assemble((label, "bold"), address), soft_wrap=True)
    if target:
        console.print(f"\na target for it, in another shell:   greenroom run --target {target}", soft_wrap=True)
    if demo:
        console.print("\nsign in as [bold]ada@example.test[/], password [bold]greenroom[/]")
    console.print("Ctrl-C stops it")
