"""The first part of public addresses: an edition's slug, which can never be one of our own words."""

from __future__ import annotations

RESERVED = (
    "accounts",
    "admin",
    "api",
    "certs",
    "dev",
    "healthz",
    "invitations",
    "joint",
    "judge",
    "my",
    "new",
    "org",
    "pages",
    "public",
    "screen",
    "static",
    "uploads",
    "verify",
)


class EditionSlug:
    """Path converter `edition`."""

    regex = "(?!(?:" + "|".join(RESERVED) + ")(?:/|$))[a-z0-9][a-z0-9-]{1,31}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
