"""What a signal does, and when: at once, at the end of what must not be interrupted, or nothing more."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from greenroom.core import interruption


@pytest.fixture(autouse=True)
def handled() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    interruption.begin()
    yield
    interruption.begin()
    for number, handler in kept.items():
        signal.signal(number, handler)


def send(number: signal.Signals = signal.SIGTERM) -> None:
    os.kill(os.getpid(), number)


def test_the_first_interrupts_and_the_next_change_nothing() -> None:
    with pytest.raises(KeyboardInterrupt):
        send()
    send()
    send(signal.SIGINT)
    assert interruption.said() == "interrupted by SIGTERM"


def test_what_must_not_be_interrupted_is_carried_out_first() -> None:
    done = False
    with pytest.raises(KeyboardInterrupt), interruption.held_back():
        send()
        done = True
    assert done


def test_one_that_was_swallowed_is_raised_again_until_it_is_noted() -> None:
    with pytest.raises(KeyboardInterrupt):
        send()
    with pytest.raises(KeyboardInterrupt):
        interruption.check()
    interruption.noted()
    interruption.check()


def test_what_is_about_to_end_ends_by_itself_and_the_next_command_can_be_interrupted() -> None:
    interruption.let_finish()
    send()
    assert interruption.said() == "interrupted by SIGTERM"
    interruption.begin()
    assert interruption.said() == ""
    with pytest.raises(KeyboardInterrupt):
        send()


def test_what_is_ignored_stays_ignored() -> None:
    """As by nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    interruption.watch()
    send(signal.SIGHUP)
    assert interruption.said() == ""
