"""A server of its own and a sender of pieces, for tests that kill the one and let the other go on."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from jianggaosai.serving import web_command

ROOT = Path(__file__).parents[2]
TOKEN = "a" * 32


@dataclass
class Server:
    """granian with the command of `manage.py serve`, in a process group that can be killed as a whole."""

    environment: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        command = web_command("127.0.0.1", self.port)
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)
        for _ in range(600):
            try:
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                line.request("GET", "/healthz/live")
                if line.getresponse().status == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
        raise AssertionError("the server did not come up")

    def kill(self) -> None:
        """kill -9, workers included."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None


@dataclass
class Sender:
    """A signed-in browser without patience."""

    port: int
    session: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, self.headers | headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, json.loads(content) if content[:1] == b"{" else content

    def begin(self, **what: Any) -> dict[str, Any]:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        status, answer = self.ask("POST", "/uploads/", urlencode(what).encode(), **form)
        assert status == 201, answer
        return answer

    def put(self, public_id: str, offset: int, chunk: bytes) -> tuple[int, Any]:
        return self.ask("PUT", f"/uploads/{public_id}/?offset={offset}", chunk)

    def half_put(self, public_id: str, offset: int, chunk: bytes, sent: int) -> socket.socket:
        """Announces `chunk`, sends its first `sent` bytes and leaves the rest open."""
        line = socket.create_connection(("127.0.0.1", self.port), 60)
        head = [f"PUT /uploads/{public_id}/?offset={offset} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        head += [f"{name}: {value}" for name, value in self.headers.items()] + [f"Content-Length: {len(chunk)}"]
        line.sendall("\r\n".join([*head, "", ""]).encode() + chunk[:sent])
        return line
