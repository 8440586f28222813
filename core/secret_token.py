"""Secrets handed out once, in a link or to a program; only their digest is kept."""

from __future__ import annotations

import secrets

from core.canonical import sha256_hex


def new_token() -> str:
    """256 random bits as 43 characters that stand in an address without escaping."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What the database keeps of a token (hex SHA-256): with 256 random bits a plain hash is enough."""
    return sha256_hex(token.encode())
