"""Starting, stopping, being killed, and saying clearly why a start failed."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import urllib3

from greenroom.core.project import ROOT
from reference.database.binaries import find_binaries
from reference.database.cache import Cache, copy_folder
from reference.database.cluster import Cluster
from reference.rundir import RunDir
from tests.support.running_reference import Running, at_once, call, eventually, moment

pytestmark = pytest.mark.integration


def family(running: Running) -> list[psutil.Process]:
    parent = psutil.Process(running.process.pid)
    return [parent, *parent.children(recursive=True)]


def all_gone(processes: list[psutil.Process]) -> bool:
    return not any(process.is_running() and process.status() != "zombie" for process in processes)


@contextmanager
def no_other_start(folder: Path) -> Iterator[None]:
    """Starts take turns at the folder that their runs' folders lie in; it is ours while the block runs."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def refused(url: str) -> bool:
    try:
        call("GET", url, None, {})
    except urllib3.exceptions.HTTPError:
        return True
    return False


def test_it_starts_quickly_is_modest_and_leaves_nothing(stack: Running) -> None:
    """With a cache that is warm: `stack` has been started from it."""
    began = time.monotonic()
    running = Running()
    assert time.monotonic() - began < 5  # 0.6 s on an idle machine
    processes = family(running)
    assert sum(process.memory_full_info().pss for process in processes) < 250 * 2**20
    began = time.monotonic()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(5) == 0
    assert time.monotonic() - began < 2
    assert all_gone(processes) and not Path(running["run_dir"]).exists()


def test_two_stacks_never_meet_and_a_killed_one_is_swept() -> None:
    one, two = at_once(Running, Running)
    host, room = one.host()
    assert one.go_live(host, room).status == 201
    assert two.sql("select * from live_rooms") == []
    assert two.gateway(host, "GET", "/rooms/me").status == 401

    processes = family(one)
    with no_other_start(Path(one["run_dir"]).parent):  # it would sweep as well
        one.process.kill()
        one.process.wait(5)
        eventually(lambda: all_gone(processes))
        assert Path(one["run_dir"]).exists()
    RunDir.claim(None).remove()
    assert not Path(one["run_dir"]).exists() and Path(two["run_dir"]).exists()
    assert two.stop() == 0 and not Path(two["run_dir"]).exists()


@pytest.mark.parametrize(("number", "after"), [(signal.SIGTERM, 0.15), (signal.SIGKILL, 0.35)])
def test_ended_while_it_starts(number: signal.Signals, after: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "reference", "up"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    family = psutil.Process(process.pid)
    deadline = time.monotonic() + after
    children: set[psutil.Process] = set()
    while time.monotonic() < deadline:
        children.update(family.children(recursive=True))
    process.send_signal(number)
    _, errors = process.communicate(timeout=5)
    eventually(lambda: all_gone(list(children)))
    assert "Traceback" not in errors


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        failed = Running("--port-data-api", str(port))
    assert failed.process.wait(5) == 3
    assert failed.ready["ready"] is False and failed.ready["error"] == "port_in_use"
    assert str(port) in failed.ready["message"] and "--port-data-api" in failed.ready["hint"]


def test_a_database_that_refuses() -> None:
    urls = ("postgresql://nobody@127.0.0.1:1/x", "postgresql:///x?host=/nowhere", "nonsense")
    for failed in at_once(*[lambda url=url: Running("--database-url", url) for url in urls]):
        assert failed.process.wait(5) == 3
        assert failed.ready["error"] == "database_refused" and failed.ready["hint"]


def test_a_broken_cache_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    failed = Running("--cache-dir", str(tmp_path / "file" / "cache"))
    assert failed.process.wait(5) == 3 and failed.ready["error"] == "cache_dir"


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that the database's user can pass through, which pytest's own are not."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


def test_a_postgres_that_can_not_start(folder: Path) -> None:
    run_dir = RunDir.claim(folder / "run")
    broken = run_dir.path / "data"
    broken.mkdir()
    find_binaries().give(broken)
    cluster = Cluster(find_binaries(), broken, run_dir.sockets, run_dir.path / "log")
    with pytest.raises(Exception, match="did not start"):
        cluster.wait("greenroom")
    run_dir.remove()
    assert not run_dir.path.exists()


def test_a_port_and_a_folder_of_ones_own(folder: Path) -> None:
    wanted = folder / ("long-" * 20) / "run"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = Running("--port-gateway", str(port), "--run-dir", str(wanted))
    assert running["run_dir"] == str(wanted) and len(running.sql("select 1")) == 1
    assert running["gateway"] == f"http://127.0.0.1:{port}/api/v1/live"
    assert running.command("stop gateway") == {"done": "stop gateway"}
    assert refused(running["gateway"] + "/health")
    assert call("GET", running["data_api"] + "/health", None, {}).status == 200
    assert running.command("start gateway") == {"done": "start gateway"}
    assert call("GET", running["gateway"] + "/health", None, {}).status == 200
    assert running.command("start gateway") == {"done": "start gateway"}
    assert running.command("fly")["error"] == "unknown_command"

    second = Running("--run-dir", str(wanted))
    assert second.process.wait(5) == 3 and second.ready["error"] == "run_dir"
    assert running.stop() == 0 and not wanted.exists()


def test_two_first_starts_share_an_empty_cache(tmp_path: Path) -> None:
    option = ("--cache-dir", str(tmp_path / "cache"))
    for running in at_once(lambda: Running(*option), lambda: Running(*option)):
        assert running.ready["ready"] and running.stop() == 0
    assert sorted(path.name.split("-")[0] for path in (tmp_path / "cache").iterdir() if path.is_dir()) == ["base", "db"]


def test_the_demo_under_the_limiter_of_the_real_system() -> None:
    running = Running("--demo", "--limiter", "5/900")
    statuses = [row["status"] for row in running.sql("select status from live_rooms order by status")]
    assert statuses == ["live", "live", "live", "lobby", "scheduled"]
    password = {"email": "edsger@example.test", "password": "greenroom"}
    key = {"apikey": running["anon_key"]}
    token = call("POST", running["auth"] + "/token?grant_type=password", password, key).body["access_token"]
    room = running.gateway(token, "GET", "/rooms/me").body["room"]["id"]
    path, wanted = f"/rooms/{room}/sessions", {"starts_at": moment()}
    for left in (4, 3, 2, 1, 0):
        answer = running.gateway(token, "POST", path, wanted)
        assert (answer.status, answer.error) == (409, "ROOM_NOT_IDLE")
        assert answer.headers["RateLimit-Limit"] == "5" and answer.headers["RateLimit-Remaining"] == str(left)
        assert 890 <= int(answer.headers["RateLimit-Reset"]) <= 900
    before = running.rows(room)
    limited = running.gateway(token, "POST", path, wanted)
    assert (limited.status, limited.error) == (429, "RATE_LIMIT_EXCEEDED")
    assert int(limited.headers["Retry-After"]) > 0 and running.rows(room) == before
    assert running.gateway(token, "POST", f"/rooms/{room}/end").status == 200
    assert running.stop() == 0


def test_a_database_that_goes_away_ends_the_stack() -> None:
    running = Running()
    children = psutil.Process(running.process.pid).children()
    next(child for child in children if child.name() == "postgres").send_signal(signal.SIGQUIT)
    assert running.process.wait(5) == 4
    assert not Path(running["run_dir"]).exists()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A PostgreSQL server that is somebody else's."""
    run_dir = RunDir.claim(None)
    binaries = find_binaries()
    data = run_dir.path / "data"
    copy_folder(Cache(ROOT / ".greenroom" / "cache", binaries, run_dir.path).base(), data)
    cluster = Cluster(binaries, data, run_dir.sockets, run_dir.path / "log")
    cluster.wait("postgres")
    yield cluster.address("postgres")
    cluster.stop()
    run_dir.remove()


def databases(url: str) -> set[Any]:
    with psycopg.connect(url) as connection:
        return {row[0] for row in connection.execute("select datname from pg_database")}


def test_a_server_of_somebody_else(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("create role builder login createdb createrole")
    url = server.replace("postgres@", "builder@")
    before = databases(server)
    killed, kept = at_once(lambda: Running("--database-url", url), lambda: Running("--database-url", url))
    assert kept.ready["ready"], kept.ready
    host, room, _ = kept.live(guests=1)
    assert killed.sql("select * from live_rooms") == []
    assert kept.rest(host, "POST", "/rpc/end_live_room", {"p_room_id": room}).body["changed"]
    assert kept.rest(None, "GET", "/live_rooms?select=id").status == 200
    assert kept.rest(None, "GET", "/live_room_sessions").status == 401
    killed.process.kill()
    killed.process.wait(5)
    assert len(databases(server) - before) == 3
    third = Running("--database-url", url)
    assert len(databases(server) - before) == 3  # the killed one's is gone, the living one's is not
    assert {third.stop(), kept.stop()} == {0}
    (template,) = databases(server) - before
    assert template.startswith("greenroom_template_")
