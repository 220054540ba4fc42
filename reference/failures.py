"""Why a stack could not start, as a value that the command line prints."""

from __future__ import annotations


class StartFailure(Exception):
    """`code` is for programs, `message` says what happened, `hint` what to do about it."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
