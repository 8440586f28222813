"""Health and public files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from core import clock
from jianggaosai.tasks import note_worker
from tests.factories import moments


@pytest.mark.django_db
def test_live_and_ready(client: Client) -> None:
    assert client.get("/healthz/live").content == b"ok\n"
    assert client.get("/healthz/ready").json() == {"database": "ok"}


def test_a_worker_never_seen_is_missing(client: Client) -> None:
    answer = client.get("/healthz/worker")
    assert (answer.status_code, answer.json()) == (503, {"worker": "missing", "seconds": None})


@pytest.mark.parametrize(("later", "status", "word"), [(180, 200, "ok"), (181, 503, "missing")])
def test_a_worker_is_alive_for_three_minutes(client: Client, later: int, status: int, word: str) -> None:
    with clock.rehearse(moments.SET_UP):
        note_worker()
    with clock.rehearse(moments.SET_UP + timedelta(seconds=later)):
        answer = client.get("/healthz/worker")
    assert (answer.status_code, answer.json()) == (status, {"worker": word, "seconds": later})


def test_a_public_file_is_served_and_asked_for_again(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.PUBLIC_MEDIA_ROOT = tmp_path / "public"
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "checkpoint").write_text("size 3\n")
    (tmp_path / "secret").write_text("secret")
    answer = client.get("/public/checkpoint")
    assert b"".join(answer.streaming_content) == b"size 3\n"
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("max-age=60", "nosniff")
    again = client.get("/public/checkpoint", headers={"if-modified-since": answer["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"), [("/public/nothing", 404), ("/public/../secret", 400), ("/public/%2e%2e/secret", 400)]
)
def test_what_is_not_there_or_outside_is_not_served(
    client: Client, settings: Settings, tmp_path: Path, path: str, status: int
) -> None:
    settings.PUBLIC_MEDIA_ROOT = tmp_path / "public"
    (tmp_path / "public").mkdir()
    (tmp_path / "secret").write_text("secret")
    answer = client.get(path)
    assert answer.status_code == status
    assert b"secret" not in answer.content
