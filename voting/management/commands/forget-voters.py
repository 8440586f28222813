"""`manage.py forget-voters <edition>`: destroys what ties votes to persons; `--replay` does so again after a restore."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from competitions.models import Edition
from core import clock
from core.actor import SYSTEM
from core.errors import Refusal
from voting.actions.forget import forget_voters, replay_erasures


class Command(BaseCommand):
    help = "Destroys the voter key, salts, evidence and identities of an edition, 190 days after its vote; cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", nargs="?", help="slug of the edition")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--replay", action="store_true", help="forget again what a restored backup has brought back")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["replay"]:
            again = replay_erasures(actor=SYSTEM, at=clock.now())
            self.stdout.write(f"重新销毁 {len(again)} 届：{'、'.join(e.slug for e in again) or '无'}")
            return
        edition = Edition.objects.filter(slug=options["edition"] or "").first()
        if edition is None:
            raise CommandError(f"没有代号为 {options['edition']} 的届次。")
        if not options["yes"] and input(f"销毁 {edition.name} 的投票人信息，不可恢复。输入 {edition.slug} 确认：") != edition.slug:
            raise CommandError("没有确认，什么也没有做。")
        try:
            forget_voters(edition=edition, actor=SYSTEM, at=clock.now())
        except Refusal as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(f"{edition.name}：投票人信息已销毁，账本仍可核验。")
