"""An embedded target: started, owned through its standard input, controlled, and told apart when it does not start."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from greenroom.core.errors import GreenroomError, TargetUnavailable
from greenroom.drivers.launch import LaunchedTarget
from greenroom.targetfile.model import Launch

READY = (
    'print("warming up"); print(json.dumps({"ready": True, "gateway": "http://127.0.0.1:1", "port": 1}), flush=True)\n'
)
SERVE = READY + "for line in sys.stdin: print(json.dumps({'done': line.strip()}), flush=True)\n"


def launched(folder: Path, program: str, seconds: float = 30) -> LaunchedTarget:
    command = [sys.executable, "-c", "import json, sys\n" + program]
    controls = {"restart-gateway": "restart gateway", "lie": "lie"}
    return LaunchedTarget(Launch(command=command, controls=controls), folder, seconds)


def test_it_says_its_addresses_and_ends_when_it_is_let_go(tmp_path: Path) -> None:
    target = launched(tmp_path, SERVE).wait_ready()
    assert target.ready == {"ready": "True", "gateway": "http://127.0.0.1:1", "port": "1"}
    assert target.alive
    target.control("restart-gateway", 30)
    target.stop()
    assert not target.alive
    target.stop()


def test_it_is_started_in_its_directory(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    program = 'import os; print(json.dumps({"ready": True, "where": os.getcwd()}), flush=True); sys.stdin.read()'
    launch = Launch(command=[sys.executable, "-c", "import json, sys\n" + program], directory="inner")
    target = LaunchedTarget(launch, tmp_path, 30).wait_ready()
    target.stop()
    assert Path(target.ready["where"]) == (tmp_path / "inner").resolve()


@pytest.mark.parametrize("directory", [".", "none"])
def test_a_command_that_does_not_exist(tmp_path: Path, directory: str) -> None:
    with pytest.raises(GreenroomError, match="the target could not be launched: /no/such/program") as refused:
        LaunchedTarget(Launch(command=["/no/such/program"], directory=directory), tmp_path, 30)
    assert refused.value.code == "launch-failed" and "[launch]" in refused.value.hint


def test_one_that_says_why_it_cannot(tmp_path: Path) -> None:
    why = '{"ready": False, "error": "no_root", "message": "not as root", "hint": "another user"}'
    with pytest.raises(GreenroomError, match="the target could not start: not as root") as refused:
        launched(tmp_path, f"print(json.dumps({why}))").wait_ready()
    assert (refused.value.code, refused.value.hint) == ("no_root", "another user")


def test_one_that_ends_without_a_word_is_known_by_its_last(tmp_path: Path) -> None:
    with pytest.raises(GreenroomError, match="could not start: no room on the disk"):
        launched(tmp_path, 'print("oh\\nno room on the disk\\n", file=sys.stderr); sys.exit(4)').wait_ready()
    with pytest.raises(GreenroomError, match="could not start: it said nothing, and ended with the exit code 4"):
        launched(tmp_path, "sys.exit(4)").wait_ready()
    with pytest.raises(GreenroomError, match="could not start: it said nothing, and was ended by SIGKILL"):
        launched(tmp_path, "import os; os.kill(os.getpid(), 9)").wait_ready()


def test_one_that_is_not_ready_in_time_is_unavailable_and_ended(tmp_path: Path) -> None:
    target = launched(tmp_path, "sys.stdin.read()", seconds=0.1)
    with pytest.raises(TargetUnavailable, match=r"not ready within 0\.1 s"):
        target.wait_ready()
    assert not target.alive


def test_odd_bytes_before_the_ready_line_are_no_trouble(tmp_path: Path) -> None:
    target = launched(tmp_path, "sys.stdout.buffer.write(b'so\\xffon\\n');" + READY + "sys.stdin.read()", seconds=10)
    assert target.wait_ready().ready
    target.stop()


def test_one_that_talks_and_is_never_ready_is_not_waited_for_longer(tmp_path: Path) -> None:
    talks = "import select\nwhile not select.select([sys.stdin], [], [], 0.02)[0]:\n    print('soon', flush=True)"
    target = launched(tmp_path, talks, seconds=0.3)
    with pytest.raises(TargetUnavailable, match=r"not ready within 0\.3 s"):
        target.wait_ready()


def test_a_control_that_is_not_done_makes_it_unavailable(tmp_path: Path) -> None:
    target = launched(
        tmp_path, READY + 'sys.stdin.readline(); print(json.dumps({"error": "no"}), flush=True)'
    ).wait_ready()
    with pytest.raises(TargetUnavailable, match="did not lie within 30 s"):
        target.control("lie", 30)
    target.stop()


SERVER = """
import http.server, os, sys
answer = type("H", (http.server.BaseHTTPRequestHandler,), {"log_message": lambda *_: None})
print("a server says much, and no JSON", file=sys.stderr)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), answer).serve_forever()
"""


def test_a_server_is_ready_once_it_listens_at_the_port_that_it_got(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SERVER, "${launch.port.gateway}"]
    launch = Launch(command=command, ports=["gateway"], ready="ports")
    one, other = (LaunchedTarget(launch, tmp_path, 30).wait_ready() for _ in range(2))
    assert one.ready.keys() == {"port.gateway"} and one.ready != other.ready
    for target in (one, other):
        assert target.alive
        target.stop()
        assert not target.alive


def test_ports_and_variables_reach_a_target_that_says_its_line(tmp_path: Path) -> None:
    program = "import json, os, sys; print(json.dumps({'ready': True, 'said': os.environ['PORT']})); sys.stdin.read()"
    environment = {"PORT": "${launch.port.web}"}
    launch = Launch(command=[sys.executable, "-uc", program], ports=["web"], environment=environment)
    target = LaunchedTarget(launch, tmp_path, 30).wait_ready()
    target.stop()
    assert target.ready["said"] == target.ready["port.web"]


@pytest.mark.parametrize(
    ("program", "seconds", "error", "said"),
    [
        ("import sys; sys.exit('no room on the disk')", 30, GreenroomError, "could not start: no room on the disk"),
        ("print('no room on the disk')", 30, GreenroomError, "could not start: no room on the disk"),
        ("import sys; sys.stdin.read()", 0.2, TargetUnavailable, "did not listen at its ports within 0.2 s"),
    ],
)
def test_a_server_that_does_not_listen(
    tmp_path: Path, program: str, seconds: float, error: type[Exception], said: str
) -> None:
    launch = Launch(command=[sys.executable, "-c", program], ports=["gateway"], ready="ports")
    with pytest.raises(error, match=said):
        LaunchedTarget(launch, tmp_path, seconds).wait_ready()
