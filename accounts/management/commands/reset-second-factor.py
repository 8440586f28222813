"""`manage.py reset-second-factor <email> --reason …`: when nobody is left who could reset it in the browser."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions.second_factor import reset_second_factor
from accounts.pure.email import normalize_email
from accounts.queries.people import user_with
from core import clock
from core.actor import SYSTEM
from core.errors import Refusal


class Command(BaseCommand):
    help = "Takes the second factor away from somebody who has lost it; journal and mail tell the reason."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="address of the account")
        parser.add_argument("--reason", required=True, help="at least ten characters")

    def handle(self, *args: Any, **options: Any) -> None:
        address = normalize_email(options["email"]).canonical
        user = user_with(address) if address else None
        if user is None:
            raise CommandError(f"没有邮箱为 {options['email']} 的账户。")
        try:
            reset_second_factor(user=user, reason=options["reason"], actor=SYSTEM, at=clock.now())
        except Refusal as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(f"{user.actor_label} 的两步验证已重置。")
