"""`python -IS start_reference.py SOCKET WORD...`: as `python -m reference WORD...`, by the starter at the socket."""

import json
import os
import socket
import sys


def main() -> int:
    """Returns the exit code of the reference."""
    address, *arguments = sys.argv[1:]
    folder = os.getcwd()  # noqa: PTH109 - pathlib takes longer to import than all this takes
    order = {"folder": folder, "arguments": arguments, "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as starter:
        starter.connect(address)
        said = json.dumps(order).encode() + b"\n"
        sent = socket.send_fds(starter, [said], [0, 1, 2])
        starter.sendall(said[sent:])
        return int(starter.recv(16) or 1)


if __name__ == "__main__":
    sys.exit(main())
