"""Aliyun's request signature ACS3-HMAC-SHA256. Standard library only, no clock: everything signed is passed in."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import quote

ALGORITHM = "ACS3-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent. `headers` have lower-case names; `x-acs-content-sha256` is added to them."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def __post_init__(self) -> None:
        self.headers["x-acs-content-sha256"] = hashlib.sha256(self.body).hexdigest()


def authorization(request: Request, key: str, secret: str) -> str:
    """The value of the Authorization header."""
    names = ";".join(sorted(_signed(request)))
    return f"{ALGORITHM} Credential={key},SignedHeaders={names},Signature={signature(request, secret)}"


def signature(request: Request, secret: str) -> str:
    """HMAC-SHA256, in hex, over the hash of the request in its canonical form."""
    digest = hashlib.sha256(canonical(request).encode()).hexdigest()
    return hmac.new(secret.encode(), f"{ALGORITHM}\n{digest}".encode(), hashlib.sha256).hexdigest()


def canonical(request: Request) -> str:
    """Method, path, query, signed headers, their names and the hash of the body, a line each."""
    signed = _signed(request)
    names = sorted(signed)
    query = "&".join(f"{_encoded(name)}={_encoded(request.query[name])}" for name in sorted(request.query))
    lines = "".join(f"{name}:{signed[name].strip()}\n" for name in names)
    return "\n".join([request.method, request.path, query, lines, ";".join(names), request.headers["x-acs-content-sha256"]])


def _signed(request: Request) -> dict[str, str]:
    return {
        name: value
        for name, value in request.headers.items()
        if name in ("host", "content-type") or name.startswith("x-acs-")
    }


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
