"""What a server must not run with: embedded pieces while DEBUG is off (`manage.py check --deploy`)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

from jianggaosai import env


@register(Tags.security, deploy=True)
def embedded_pieces(**_: Any) -> list[Error]:
    """One error for each embedded piece that is left on a server."""
    if settings.DEBUG:
        return []
    missing = [
        ("DATABASE_URL", "the database is an SQLite file", "jianggaosai.E001"),
        ("REDIS_URL", "cache and jobs use files", "jianggaosai.E002"),
        ("SECRET_KEY", "the secret key is a file of the embedded mode", "jianggaosai.E003"),
        ("LEDGER_SIGNING_KEY", "the ledger's signing key is a file of the embedded mode", "jianggaosai.E004"),
        ("KEY_WRAPPING_KEY", "the key that wraps campaign keys is a file of the embedded mode", "jianggaosai.E005"),
        ("MAIL_HOST", "mail is printed on the console", "jianggaosai.E006"),
        ("SMS_ACCESS_KEY", "short messages are written to the log", "jianggaosai.E008"),
        ("ALLOWED_HOSTS", "no host name is set", "jianggaosai.E007"),
    ]
    found = [Error(f"{name} is not set: {what}.", id=code) for name, what, code in missing if not env.get(name)]
    if not settings.STAFF_SECOND_FACTOR:
        found.append(Error("STAFF_SECOND_FACTOR is off: a stolen password is enough to work as staff.", id="jianggaosai.E009"))
    return found
