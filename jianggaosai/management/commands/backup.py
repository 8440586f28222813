"""`manage.py backup`: database, files and, with a passphrase, keys in one archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from core import clock
from jianggaosai import env
from jianggaosai.backup.make import drop_older, make_backup


class Command(BaseCommand):
    help = "Writes database, files and (with BACKUP_PASSPHRASE) keys into one archive; nobody is held up meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, help="folder of the archive; DATA_DIR/backups unless named")
        parser.add_argument("--keep", type=int, default=0, help="then delete all but so many of the newest archives there")

    def handle(self, *, to: Path | None, keep: int, **options: Any) -> None:
        folder = to or Path(settings.DATA_DIR) / "backups"
        passphrase = env.get("BACKUP_PASSPHRASE")
        path = make_backup(folder=folder, passphrase=passphrase, at=clock.now(), tell=self.stdout.write)
        if not passphrase:
            self.stdout.write("没有设置 BACKUP_PASSPHRASE，备份中不含密钥，请另行保管。")
        for gone in drop_older(folder, keep=keep) if keep > 0 else []:
            self.stdout.write(f"已删除旧备份 {gone.name}")
        self.stdout.write(f"已备份到 {path}")
