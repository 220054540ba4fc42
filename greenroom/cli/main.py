"""The command line: `greenroom COMMAND`."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module

from greenroom import __version__
from greenroom.core import garbage
from greenroom.core.errors import GreenroomError, Inconclusive
from greenroom.core.verdict import Exit

with garbage.paused():
    import typer

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

COMMANDS = ("run", "report", "doctor", "serve", "steps", "lint", "init", "audit", "sweep")


def _register(wanted: str | None) -> None:
    """Import the module of the command that is wanted, or of all for the help: a gate waits for every import."""
    for name in [wanted] if wanted in COMMANDS else COMMANDS:
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
    """Run a command. Misuse and faults of our own end with exit 3 and a line or two, since 1 is a verdict; a traceback
    only with GREENROOM_DEBUG=1."""
    try:
        with garbage.paused():
            _register(next((argument for argument in sys.argv[1:] if not argument.startswith("-")), None))
        code = app(standalone_mode=False)  # what a command's Exit carries comes back as a value
        if code == _CTRL_C:
            raise KeyboardInterrupt
        sys.exit(code if isinstance(code, int) else 0)
    except (typer.Abort, KeyboardInterrupt):
        _complain("interrupted")
    except GreenroomError as error:
        if os.environ.get("GREENROOM_DEBUG"):
            traceback.print_exc()
        _complain(str(error))
    except Inconclusive as unclear:
        print(f"{unclear.message}\n  hint: {unclear.hint}" if unclear.hint else unclear.message, file=sys.stderr)
        sys.exit(Exit.COULD_NOT_TELL)
    except typer.TyperException as error:
        if not error.format_message():
            sys.exit(Exit.ERROR)  # no command at all: the help has been shown
        context = getattr(error, "ctx", None)
        hint = f"{context.command_path} --help" if context else "greenroom --help"
        _complain(f"{error.format_message()}\n  hint: {hint}")
    except Exception as fault:
        if os.environ.get("GREENROOM_DEBUG"):
            traceback.print_exc()
        _complain(f"{_words(fault)}\n  hint: GREENROOM_DEBUG=1 shows where")


def _words(fault: Exception) -> str:
    if isinstance(fault, OSError) and fault.strerror:
        return f"{fault.filename}: {fault.strerror}" if fault.filename else fault.strerror
    return f"a fault of Greenroom itself: {type(fault).__name__}: {fault}"


def _complain(message: str) -> None:
    print(message, file=sys.stderr)
    sys.exit(Exit.ERROR)


if __name__ == "__main__":
    main()
