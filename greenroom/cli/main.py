"""The command line: `greenroom COMMAND`."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

from greenroom.core import garbage, interruption

if __name__ == "__main__" or Path(sys.argv[0]).name == "greenroom":
    interruption.watch(nothing_begun=True)  # what follows takes a moment

from greenroom import __version__
from greenroom.core.errors import GreenroomError, Inconclusive
from greenroom.core.fault import explain, keep
from greenroom.core.verdict import Exit

with garbage.paused():
    import typer

    from greenroom.core.console import protect_output, unwritten

app = typer.Typer(
    name="greenroom",
    help="Says of any implementation of live rooms whether its promises hold: by HTTP, in a browser, and in SQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="rich",
    epilog="Exit codes: 0 conformant, 1 not conformant, 2 could not tell, 3 misuse or an error of the harness.",
)


_CTRL_C = 130
"""What typer makes of a KeyboardInterrupt."""

COMMANDS = (
    "run",
    "explore",
    "capture",
    "merge",
    "report",
    "compare",
    "doctor",
    "serve",
    "steps",
    "lint",
    "init",
    "audit",
    "logs",
    "migration",
    "monitor",
    "sweep",
)
FOR_WRITERS = ("editor", "completion")
"""Commands that help to write: after the others in the help."""


def _register(wanted: str | None) -> None:
    """Import the module of the command that is wanted, or of all for the help: a gate waits for every import."""
    every = (*COMMANDS, *FOR_WRITERS)
    for name in [wanted] if wanted in every else every:
        app.command(name)(getattr(import_module(f"greenroom.cli.{name}"), name))


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"greenroom {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show it."),
) -> None:
    """Options of every command."""


def main() -> None:
    """Run a command. Misuse, interruptions and faults of our own end with exit 3 and a line or two, since 1 is a
    verdict; the traceback of a fault is kept in a file, and shown with GREENROOM_DEBUG=1."""
    interruption.begin()
    protect_output()
    try:
        code = _run()
    except KeyboardInterrupt:
        print(interruption.said() or "interrupted", file=sys.stderr)
        code = Exit.ERROR
    if interruption.said():
        interruption.end_at_once(code)
    sys.exit(code)


def _run() -> int:
    """The exit code of the command. Raises KeyboardInterrupt when it was interrupted."""
    try:
        Path.cwd()
        if "_GREENROOM_COMPLETE" in os.environ:  # a shell asks what may come next
            import_module("typer.completion").completion_init()
        wanted = next((argument for argument in sys.argv[1:] if not argument.startswith("-")), None)
        with garbage.paused():
            _register(wanted)
        code = app(standalone_mode=False)  # what a command's Exit carries comes back as a value
        if code == _CTRL_C:
            raise KeyboardInterrupt
        code = code if isinstance(code, int) else 0
        sys.stdout.flush()
        if unwritten():
            print(f"standard output can't be written: {unwritten()}", file=sys.stderr)
            if code == Exit.CONFORMANT and (wanted != "run" or "--plan" in sys.argv):
                return Exit.ERROR  # what was to be said is lost; a run has its reports
        return code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except GreenroomError as error:
        if os.environ.get("GREENROOM_DEBUG"):
            keep(error)
        return _complain(str(error))
    except Inconclusive as unclear:
        _complain(f"{unclear.message}\n  hint: {unclear.hint}" if unclear.hint else unclear.message)
        return Exit.COULD_NOT_TELL
    except typer.TyperException as error:
        if not error.format_message():
            return Exit.ERROR  # no command at all: the help has been shown
        context = getattr(error, "ctx", None)
        hint = f"{context.command_path} --help" if context else "greenroom --help"
        return _complain(f"{error.format_message()}\n  hint: {hint}")
    except Exception as fault:
        return _complain(explain(fault))


def _complain(message: str) -> int:
    print(message, file=sys.stderr)
    return Exit.ERROR


if __name__ == "__main__":
    main()
