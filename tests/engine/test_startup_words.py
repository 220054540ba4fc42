"""Why a target could not start, in the words of the runtimes that people write servers in."""

from __future__ import annotations

import pytest

from greenroom.drivers.startup_words import lines_around, telling_line

NODE = """node:internal/modules/run_main:123
    triggerUncaughtException(
    ^

Error: connect ECONNREFUSED 127.0.0.1:5544
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16) {
  errno: -111,
  code: 'ECONNREFUSED',
}

Node.js v20.20.2"""
NODE_MODULE = """Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'fastify' imported from /srv/main.mjs
    at packageResolve (node:internal/modules/esm/resolve:854:9)
  code: 'ERR_MODULE_NOT_FOUND'
}

Node.js v20.20.2"""
PYTHON = """Traceback (most recent call last):
  File "/srv/app.py", line 3, in <module>
    import nothing
ModuleNotFoundError: No module named 'nothing'"""
PYTHON_DATABASE = """psycopg.OperationalError: connection failed: connection refused
\tIs the server running on that host and accepting TCP/IP connections?
"""
JAVA = """Exception in thread "main" java.lang.IllegalStateException: no pool
\tat org.app.Main.main(Main.java:7)
Caused by: java.net.BindException: Address already in use
\tat java.base/sun.nio.ch.Net.bind0(Native Method)
\t... 12 more"""
GO = """2026/11/28 18:00:00 listening soon
panic: dial tcp 127.0.0.1:5432: connect: connection refused

goroutine 1 [running]:
main.main()
exit status 2"""
RUST = """thread 'main' panicked at src/main.rs:4:5:
no DATABASE_URL
note: run with `RUST_BACKTRACE=1`"""
LOG = """2026-11-28 18:00:00 INFO  boot
2026-11-28 18:00:01 ERROR port 8080 is taken
2026-11-28 18:00:01 INFO  bye"""
JSON_LOG = """{"level":"info","msg":"boot"}
{"level":"fatal","msg":"no DATABASE_URL"}
{"level":"info","msg":"bye"}"""
PLAIN = "oh\nno room on the disk\n"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (NODE, "Error: connect ECONNREFUSED 127.0.0.1:5544"),
        (NODE_MODULE, "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'fastify' imported from /srv/main.mjs"),
        (PYTHON, "ModuleNotFoundError: No module named 'nothing'"),
        (PYTHON_DATABASE, "psycopg.OperationalError: connection failed: connection refused"),
        (JAVA, "Caused by: java.net.BindException: Address already in use"),
        (GO, "panic: dial tcp 127.0.0.1:5432: connect: connection refused"),
        (RUST, "thread 'main' panicked at src/main.rs:4:5:"),
        (LOG, "2026-11-28 18:00:01 ERROR port 8080 is taken"),
        (JSON_LOG, '{"level":"fatal","msg":"no DATABASE_URL"}'),
        (PLAIN, "no room on the disk"),
        ("", ""),
    ],
)
def test_the_line_that_tells_why(said: str, why: str) -> None:
    assert telling_line(said.splitlines()) == why


def test_the_lines_around_it_are_a_hint() -> None:
    assert lines_around(["boot", "", "no room on the disk"]) == "it said:\n  boot\n  no room on the disk"
    assert lines_around(["no room on the disk"]) == "", "it is in the message already"
    long = [*(f"line {number}" for number in range(30)), "Error: no", *(f"    at {number}" for number in range(30))]
    assert lines_around(long).splitlines()[1:] == [f"  {line}" for line in long[26:34]]
