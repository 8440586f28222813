"""Short random identifiers for addresses; primary keys never leave the database."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: no i, l, o, u
LENGTH = 10


def new_public_id() -> str:
    """Ten characters, 50 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
