"""The commands behind the site."""

from __future__ import annotations

import socket

import pytest
from pytest_django import Settings

from jianggaosai import serving
from jianggaosai.serving import PROCESSES, is_port_free, process_count, web_command, worker_command


def option(command: list[str], name: str) -> str:
    return command[command.index(name) + 1]


@pytest.mark.parametrize(("embedded", "jobs"), [(True, "1"), (False, "2")])
def test_one_job_at_a_time_on_sqlite_two_on_postgresql(monkeypatch: pytest.MonkeyPatch, embedded: bool, jobs: str) -> None:
    monkeypatch.setattr(serving, "is_embedded", lambda: embedded)
    web, worker = web_command("127.0.0.1", 8123), worker_command()
    assert (option(web, "--workers"), option(web, "--blocking-threads"), option(web, "--port")) == (str(PROCESSES), "16", "8123")
    assert option(worker, "--concurrency") == jobs
    assert "-B" in worker


@pytest.mark.parametrize(("cores", "processes"), [(0, 2), (1, 2), (2, 2), (3, 3), (4, 4), (64, 4)])
def test_there_are_as_many_processes_as_cores_within_reason(cores: int, processes: int) -> None:
    assert process_count(cores) == processes


@pytest.mark.parametrize(("debug", "expires"), [(True, "0"), (False, "31536000")])
def test_hashed_names_are_held_for_a_year(settings: Settings, debug: bool, expires: str) -> None:
    settings.DEBUG = debug
    assert option(web_command("127.0.0.1", 8123), "--static-path-expires") == expires


def test_a_taken_port_is_not_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not is_port_free("127.0.0.1", taken.getsockname()[1])
        port = taken.getsockname()[1]
    assert is_port_free("127.0.0.1", port)
