"""`manage.py publish_ledger <edition>`: the ledger as static files, as far as they may be public now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from competitions.models import Edition
from core import clock
from core.errors import Refusal
from voting.exports.ledger import write_ledger
from voting.queries.published import ledger_folder, published_entries


class Command(BaseCommand):
    help = "Writes the vote ledger of an edition as files that tools/verify_ledger.py checks, as far as they may be public."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="slug of the edition")
        parser.add_argument("--out", type=Path, help="directory to write into (default: the public folder)")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = Edition.objects.filter(slug=options["edition"]).first()
        if edition is None:
            raise CommandError(f"没有代号为 {options['edition']} 的届次。")
        folder = options["out"] or ledger_folder(edition)
        try:
            count = write_ledger(edition, folder, clock.now())
        except Refusal as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(f"{count} 条记录的哈希、{published_entries(folder)} 条记录的全文已写入 {folder}。")
