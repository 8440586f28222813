"""Uploads against a real server: killed in the middle, and with senders and readers on very bad lines."""

from __future__ import annotations

import hashlib
import http.client
import io
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfWriter

from core.uploads.models import UploadSession
from entries.models import Attachment, Entry
from jianggaosai.serving import PROCESSES, THREADS
from tests.cast import Cast, build_cast
from tests.entries.audience import _entry
from tests.entries.returned import return_entry_with
from tests.faults.uploading import Sender, Server
from tests.jianggaosai.test_serve import free_port

PIECE = 400_000
MORE = (PROCESSES + 1) * THREADS  # than all web processes have together


def large_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_attachment("noise", os.urandom(1_200_000))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


CONTENT = large_pdf()


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


@pytest.fixture
def entry(cast: Cast) -> Entry:
    """Returned with years to mend it: open at whatever time the server's clock shows."""
    entry = _entry(cast)
    review = return_entry_with(entry, cast, "files")
    review.due_at = review.due_at.replace(year=2100)
    review.save()
    return entry


@pytest.fixture
def make_server(tmp_path: Path, settings) -> Iterator[Callable[..., Server]]:
    row = connection.settings_dict
    user = ":".join(quote(part, safe="") for part in (row["USER"], row["PASSWORD"]) if part)
    environment = {name: value for name, value in os.environ.items() if name not in {"DEBUG", "TEST_DATA_DIR"}} | {
        "DATABASE_URL": f"postgresql://{user}@{row['HOST']}:{row['PORT']}/{row['NAME']}",
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "tests.faults.server_settings",
    }
    settings.UPLOAD_ROOT, settings.MEDIA_ROOT = tmp_path / "uploads", tmp_path / "media"
    started: list[Server] = []

    def make(**changes: str) -> Server:
        server = Server(environment | changes, free_port())
        started.append(server)
        server.start()
        return server

    yield make
    for server in started:
        server.kill()


def sender_to(server: Server, cast: Cast) -> Sender:
    browser = Client()
    browser.force_login(cast.applicant, backend="accounts.backends.PasswordBackend")
    return Sender(server.port, browser.cookies["sessionid"].value)


def begun(sender: Sender, entry: Entry) -> str:
    what = {"purpose": "entries.attachment", "target": entry.public_id, "slot": "proposal", "name": "稿.pdf"}
    return str(sender.begin(**what, size=len(CONTENT), fingerprint="f")["id"])


def stored(root: Path) -> list[Path]:
    return [path for path in (root / "media").rglob("*") if path.is_file()]


def test_what_was_acknowledged_survives_the_kill_and_the_upload_goes_on(make_server, cast, entry, tmp_path) -> None:
    server = make_server()
    sender = sender_to(server, cast)
    public_id = begun(sender, entry)
    assert sender.put(public_id, 0, CONTENT[:PIECE])[1]["offset"] == PIECE
    sender.half_put(public_id, PIECE, CONTENT[PIECE : 2 * PIECE], PIECE // 2)
    server.kill()

    server.start()
    assert begun(sender, entry) == public_id
    status, state = sender.ask("GET", f"/uploads/{public_id}/")
    assert (status, state["offset"]) == (200, PIECE)
    assert sender.put(public_id, PIECE, CONTENT[PIECE : 2 * PIECE])[1]["offset"] == 2 * PIECE
    server.kill()

    server.start()
    for offset in range(2 * PIECE, len(CONTENT), PIECE):
        assert sender.put(public_id, offset, CONTENT[offset : offset + PIECE])[0] == 200
    assert sender.ask("POST", f"/uploads/{public_id}/finish/")[0] == 200

    attached = Attachment.objects.get(entry=entry)
    assert attached.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert [path.read_bytes() for path in stored(tmp_path)] == [CONTENT]
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize("delay", [0, 0.02, 0.06, 0.15, 0.4])
def test_a_kill_while_the_file_is_taken_in_gives_one_attachment_in_the_end(make_server, cast, entry, tmp_path, delay) -> None:
    server = make_server()
    sender = sender_to(server, cast)
    public_id = begun(sender, entry)
    for offset in range(0, len(CONTENT), PIECE):
        sender.put(public_id, offset, CONTENT[offset : offset + PIECE])
    line = socket.create_connection(("127.0.0.1", server.port))
    head = "".join(f"{name}: {value}\r\n" for name, value in sender.headers.items())
    line.sendall(f"POST /uploads/{public_id}/finish/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Length: 0\r\n\r\n".encode())
    time.sleep(delay)
    server.kill()

    server.start()
    status, answer = sender.ask("POST", f"/uploads/{public_id}/finish/")

    assert status == 200 and answer["url"]
    attached = Attachment.objects.get(entry=entry)
    with attached.file.open("rb") as kept:
        assert kept.read() == CONTENT
    assert UploadSession.objects.get().state == UploadSession.State.COMPLETE


def slow_senders(server: Server, cast: Cast, entry: Entry, count: int) -> list[socket.socket]:
    """Each has announced a piece, sent a little of it and sends a byte now and then."""
    sender = sender_to(server, cast)
    public_id = begun(sender, entry)
    lines = [sender.half_put(public_id, 0, CONTENT[:PIECE], 1000) for _ in range(count)]
    over = threading.Event()

    def trickle(line: socket.socket) -> None:
        while not over.wait(0.2):
            try:
                line.sendall(b"x")
            except OSError:
                return

    for line in lines:
        threading.Thread(target=trickle, args=(line,), daemon=True).start()
    server.over = over  # type: ignore[attr-defined]
    time.sleep(1)
    return lines


def alive(server: Server, patience: float) -> int:
    sender = http.client.HTTPConnection("127.0.0.1", server.port, timeout=patience)
    sender.request("GET", "/healthz/live")
    return sender.getresponse().status


def test_more_slow_uploads_than_threads_do_not_hold_them(make_server, cast, entry) -> None:
    server = make_server()
    lines = slow_senders(server, cast, entry, MORE)

    assert [alive(server, 60) for _ in range(12)] == [200] * 12

    server.over.set()
    assert len(lines) == MORE


def test_without_taking_turns_they_would(make_server, cast, entry) -> None:
    server = make_server(DJANGO_SETTINGS_MODULE="tests.faults.without_turns")
    slow_senders(server, cast, entry, MORE)

    with pytest.raises(TimeoutError):
        for _ in range(12):
            alive(server, 5)
    server.over.set()


def test_more_slow_readers_than_threads_do_not_hold_them(make_server, cast, entry, tmp_path) -> None:
    server = make_server()
    sender = sender_to(server, cast)
    path = tmp_path / "media" / "attachments" / "film.mp4"
    path.parent.mkdir(parents=True)
    path.write_bytes(os.urandom(30_000_000))
    film = Attachment.objects.create(
        entry=entry, kind="video", file="attachments/film.mp4", original_name="film.mp4", media_type="video/mp4",
        size=30_000_000, sha256="0" * 64, uploaded_at=entry.created_at, uploaded_by=cast.applicant,
    )  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in sender.headers.items())
    lines = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(MORE)]
    first = []
    for line in lines:
        line.sendall(f"GET /my/files/{film.public_id}/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\n".encode())
        first.append(line.recv(12).decode()[9:])

    assert set(first) == {"200", "503"} and first.count("200") <= PROCESSES
    assert [alive(server, 60) for _ in range(12)] == [200] * 12
    assert sender.ask("GET", f"/my/files/{film.public_id}/", Range="bytes=29999990-")[1] == path.read_bytes()[-10:]

    for line in lines:
        line.close()
    assert any(len(sender.ask("GET", f"/my/files/{film.public_id}/")[1]) == 30_000_000 for _ in range(20)), "the turns came back"
