"""Which address a webhook may call. An organiser types it, our server calls it: it must not reach what only we can reach."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from core.errors import Refusal

TIMEOUT = 10


class BadTarget(Refusal):
    """The address may not be called."""

    code = "webhook_target"
    status = 422
    message = "{why}"


def read_target(url: str) -> SplitResult:
    """The parts of an address that may be called; refuses (BadTarget) another scheme, a user name and a missing host."""
    parts = urlsplit(url)
    try:
        port_is_read = parts.port is None or 0 < parts.port < 65536
    except ValueError:
        port_is_read = False
    if parts.scheme != "https" and not settings.WEBHOOKS_MAY_CALL_LOCAL:
        raise BadTarget(why="地址应以 https:// 开头。")
    if not parts.hostname or parts.username or not port_is_read:
        raise BadTarget(why="地址应写成 https://主机名/路径，不带用户名。")
    return parts


def resolve(parts: SplitResult) -> str:
    """The network address to call, looked up once: what was checked is what is called (no rebinding of the name).

    Refuses (BadTarget) a name that cannot be found, and any that leads to a private, loopback or reserved address.
    """
    assert parts.hostname
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadTarget(why=f"找不到主机 {parts.hostname}，请核对地址。") from None
    addresses = [str(one[4][0]) for one in found]
    if not settings.WEBHOOKS_MAY_CALL_LOCAL and not all(ipaddress.ip_address(one).is_global for one in addresses):
        raise BadTarget(why="地址指向内部网络，不能使用。请填写对方系统的公网地址。")
    return addresses[0]


class PinnedConnection(http.client.HTTPSConnection):
    """HTTPS to an address that was checked, with the certificate held against the host's name."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._context_to_use = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT, context=self._context_to_use)
        self._address = address

    def connect(self) -> None:
        raw = socket.create_connection((self._address, self.port), TIMEOUT)
        self.sock = self._context_to_use.wrap_socket(raw, server_hostname=self.host)


def open_connection(parts: SplitResult) -> http.client.HTTPConnection:
    """A connection to the address, not yet used. Plain HTTP exists for the tests' own server alone."""
    assert parts.hostname
    address = resolve(parts)
    if parts.scheme == "http":
        return http.client.HTTPConnection(address, parts.port or 80, timeout=TIMEOUT)
    return PinnedConnection(parts.hostname, parts.port or 443, address)
