"""TCP ports on loopback: reserved for the whole run, listened on only while a part serves."""

from __future__ import annotations

import socket

from reference.failures import StartFailure

HOST = "127.0.0.1"


def reserve(port: int, part: str) -> socket.socket:
    """A socket that keeps `port` (0: any free one) ours without answering on it.

    A part that is stopped must refuse connections, and must get its own port back. Bound without listening, this
    socket does both: Linux lets a second one listen on the port, and hands the port to nobody else.
    Raises StartFailure when somebody else has the port.
    """
    keeper = _socket()
    try:
        keeper.bind((HOST, port))
    except OSError as error:
        keeper.close()
        raise _in_use(port, part) from error
    return keeper


def listen(keeper: socket.socket, part: str) -> socket.socket:
    """A listening socket on the reserved port; the caller closes it. Raises StartFailure when somebody else has it."""
    port = port_of(keeper)
    listener = _socket()
    try:
        listener.bind((HOST, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        raise _in_use(port, part) from error
    return listener


def port_of(keeper: socket.socket) -> int:
    return int(keeper.getsockname()[1])


def refuses(port: int) -> bool:
    """Whether nobody listens on `port`."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) != 0


def _socket() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return made


def _in_use(port: int, part: str) -> StartFailure:
    option = f"--port-{part.replace('_', '-')}"
    hint = f"free it, or give another with {option} (0: any free one)"
    return StartFailure("port_in_use", f"port {port} for the {part} is in use", hint)
