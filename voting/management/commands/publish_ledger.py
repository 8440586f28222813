"""`manage.py publish_ledger <edition> --out DIR`: the final ledger as static files for everybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from competitions.models import Edition
from core.errors import Refusal
from voting.exports.ledger import write_ledger


class Command(BaseCommand):
    help = "Writes the vote ledger of an edition as files that tools/verify_ledger.py checks. Only after the final tally."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="slug of the edition")
        parser.add_argument("--out", type=Path, required=True, help="directory to write into; made when missing")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = Edition.objects.filter(slug=options["edition"]).first()
        if edition is None:
            raise CommandError(f"没有代号为 {options['edition']} 的届次。")
        try:
            count = write_ledger(edition, options["out"])
        except Refusal as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(f"{count} 条记录已写入 {options['out']}。")
