"""`manage.py rotate-ledger-key`: a new signing key for receipts and checkpoints; the old one goes on signing beside it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from jianggaosai import env, keys


class Command(BaseCommand):
    help = "Makes a new ledger signing key. Embedded: puts it before the old one; otherwise prints what to set. Then restart."

    def handle(self, *args: Any, **options: Any) -> None:
        both = f"{keys.new_key()},{settings.LEDGER_SIGNING_KEY}"
        if env.get("LEDGER_SIGNING_KEY"):
            self.stdout.write(f"LEDGER_SIGNING_KEY={both}")
        else:
            keys.replace_file(settings.DATA_DIR / "keys", "ledger", both)
            self.stdout.write("新密钥已写入，旧密钥继续一同签检查点。请重新启动服务。")
