"""`manage.py restore`: an archive of `manage.py backup` into an empty, migrated database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from jianggaosai import env
from jianggaosai.backup.archive import BadArchive
from jianggaosai.backup.load import NotRestorable, restore_backup


class Command(BaseCommand):
    help = "Restores an archive of `backup` into an empty, migrated database, and compares ledgers, journal and results."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--accept-other-keys", action="store_true", help="go on although the keys here are others")

    def handle(self, *, archive: Path, accept_other_keys: bool, **options: Any) -> None:
        try:
            restore_backup(
                path=archive,
                passphrase=env.get("BACKUP_PASSPHRASE"),
                accept_other_keys=accept_other_keys,
                at=clock.now(),
                tell=self.stdout.write,
            )
        except (BadArchive, NotRestorable) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("已恢复：账本、操作日志和结果与备份时一致。请重新启动网站；所有人须重新登录。")
