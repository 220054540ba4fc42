"""The terminal, or a pipe in its place. A reader that goes away neither ends a run nor changes its exit code."""

from __future__ import annotations

import os
from typing import Any

import rich.console


class Console(rich.console.Console):
    """Rich's console, without its colours for numbers and words, that falls silent when nobody reads any more.

    Rich itself would end the program, with exit 1: "not conformant" to whoever reads exit codes.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(highlight=False, **options)

    def on_broken_pipe(self) -> None:
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())  # what is left in buffers goes there as well
        os.close(nowhere)
