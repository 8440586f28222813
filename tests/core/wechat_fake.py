"""A local stand-in for api.weixin.qq.com: codes are good once, errors carry WeChat's numbers."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest


class FakeWeChat:
    def __init__(self) -> None:
        self.app_id, self.secret = "wx0123456789abcdef", secrets.token_hex(16)
        self.codes: dict[str, str] = {}
        self.asked: list[str] = []
        self.fault = ""
        self.over = threading.Event()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                fake.answer(self)

            def log_message(self, *args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def new_code(self, openid: str) -> str:
        code = secrets.token_hex(16)
        self.codes[code] = openid
        return code

    def close(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        self.asked.append(parts.path)
        status, body, headers = self.reply(parts.path, {key: values[0] for key, values in parse_qs(parts.query).items()})
        if self.fault == "silent":
            self.over.wait(2)
            return
        handler.send_response(status)
        for name, value in {"Content-Type": "text/plain", "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def reply(self, path: str, query: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        faults = {
            "500": (500, b"{}", {}),
            "html": (200, b"<html>", {}),
            "list": (200, b"[]", {}),
            "redirect": (302, b"", {"Location": f"{self.url}/elsewhere"}),
            "no openid": (200, b'{"access_token": "x"}', {}),
        }
        if self.fault in faults:
            return faults[self.fault]
        return 200, json.dumps(self.exchange(path, query)).encode(), {}

    def exchange(self, path: str, query: dict[str, str]) -> dict[str, object]:
        if path != "/sns/oauth2/access_token" or query.get("grant_type") != "authorization_code":
            return {"errcode": 40001, "errmsg": "invalid request"}
        if query.get("appid") != self.app_id:
            return {"errcode": 40013, "errmsg": "invalid appid"}
        if query.get("secret") != self.secret:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        openid = self.codes.pop(query.get("code", ""), None)
        if openid is None:
            return {"errcode": 40163, "errmsg": "code been used"}
        return {"access_token": "a", "expires_in": 7200, "refresh_token": "r", "openid": openid, "scope": "snsapi_base"}


@pytest.fixture
def fake_wechat() -> Iterator[FakeWeChat]:
    fake = FakeWeChat()
    yield fake
    fake.close()
