"""Somebody signed in, whose browser posts forms as the pages' scripts do."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

from django.test import Client

from accounts.models import User
from bench.requests import FORM

TOKEN = "a" * 32  # what the page's cookie and its form agree on


def cookie_of(user: User) -> str:
    """The Cookie header of a new session of theirs, with TOKEN as the form's."""
    client = Client()
    client.force_login(user, backend="accounts.backends.PasswordBackend")
    session = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return f"{session}; csrftoken={TOKEN}"


async def post(port: int, path: str, cookie: str, fields: dict[str, object], *headers: str) -> tuple[int, bytes]:
    """Posts a form over a connection of its own; the status and the body of the answer."""
    body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
    head = [
        f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Cookie: {cookie}", *headers,
        f"Content-Type: {FORM}", f"Content-Length: {len(body)}",
    ]  # fmt: skip
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write("\r\n".join([*head, "", ""]).encode() + body)
    answer = await reader.read()
    writer.close()
    return int(answer.split(b" ", 2)[1]), answer.partition(b"\r\n\r\n")[2]
