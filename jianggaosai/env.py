"""Every environment variable the platform reads, once: name, type, default and what it is for.

The table in docs/operations.md is generated from `VARIABLES`; nothing else reads `os.environ`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _flag(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    read: Callable[[str], Any]
    default: Any
    help: str

    @property
    def kind(self) -> str:
        return {_flag: "yes/no", _words: "comma list", int: "number", str: "text"}[self.read]


VARIABLES: tuple[Variable, ...] = (
    Variable("DEBUG", _flag, False, "Developer pages and demo logins. Off on every server that people can reach."),
    Variable("SECRET_KEY", str, "", "Django's signing key. Embedded mode makes one in DATA_DIR on first use."),
    Variable("ALLOWED_HOSTS", _words, [], "Host names the site answers to."),
    Variable("CSRF_TRUSTED_ORIGINS", _words, [], "Origins with scheme, when a proxy changes the host."),
    Variable("SITE_URL", str, "http://127.0.0.1:8000", "Address printed in mails, QR codes and certificates."),
    Variable("DATABASE_URL", str, "", "PostgreSQL; empty means SQLite in DATA_DIR."),
    Variable("REDIS_URL", str, "", "Cache and job broker; empty means files in DATA_DIR."),
    Variable("DATA_DIR", str, "", "Where embedded data, media and keys live; empty means `var/` beside manage.py."),
    Variable("STATIC_ROOT", str, "", "Where collected static files lie; empty means `static/` in DATA_DIR."),
    Variable("TRUSTED_PROXIES", _words, [], "Addresses or networks of proxies whose X-Forwarded-For is believed."),
    Variable("SECURE_COOKIES", _flag, False, "Cookies over HTTPS only, HSTS and redirect; on wherever TLS ends in front."),
    Variable("STAFF_SECOND_FACTOR", _flag, True, "Staff and system administrators must sign in with a second factor; off only for trials (DEBUG: always off)."),
    Variable("RETIRED_SECRET_KEYS", _words, [], "Former SECRET_KEYs as key@2026-11-01T00:00+08:00 (when retired): tokens of voters stay good 30 days."),
    Variable("LEDGER_SIGNING_KEY", _words, [], "Base64 of the 32-byte Ed25519 seed that signs receipts and checkpoints; to rotate: new,old."),
    Variable("KEY_WRAPPING_KEY", str, "", "Base64 of the 32-byte key that wraps the campaign keys of editions."),
    Variable("BACKUP_PASSPHRASE", str, "", "Seals the keys inside backups; without it they are left out of them."),
    Variable("MAIL_HOST", str, "", "SMTP server; empty prints mail on the console."),
    Variable("MAIL_PORT", int, 465, "SMTP port."),
    Variable("MAIL_USER", str, "", "SMTP user."),
    Variable("MAIL_PASSWORD", str, "", "SMTP password."),
    Variable("MAIL_FROM", str, "江高赛组委会 <noreply@example.invalid>", "Sender of mails."),
    Variable("WECHAT_APP_ID", str, "", "WeChat official account that vouches for voters; empty: a sandbox while DEBUG is on."),
    Variable("WECHAT_APP_SECRET", str, "", "Its secret."),
    Variable("WECHAT_API_URL", str, "https://api.weixin.qq.com", "Where a code is exchanged for an openid (or a relay in front of it)."),
    Variable("SMS_ACCESS_KEY", str, "", "Access key of the SMS provider (Aliyun); empty writes short messages to the log."),
    Variable("SMS_ACCESS_SECRET", str, "", "Secret of that key; signs each request."),
    Variable("SMS_SIGN_NAME", str, "", "Approved signature that stands before each short message."),
    Variable("SMS_TEMPLATES", _words, [], "Approved templates: kind=code pairs, such as sign_in_code=SMS_1,vote_code=SMS_2."),
    Variable("SMS_ENDPOINT", str, "https://dysmsapi.aliyuncs.com", "Address of the provider's interface."),
    Variable("LOG_JSON", _flag, False, "One JSON object a log line instead of plain text."),
)

_BY_NAME = {variable.name: variable for variable in VARIABLES}


def get(name: str) -> Any:
    """Value of a declared variable, typed; an undeclared name is a KeyError."""
    variable = _BY_NAME[name]
    text = os.environ.get(name)
    return variable.default if text is None or text == "" else variable.read(text)
