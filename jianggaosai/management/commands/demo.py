"""`manage.py demo`: builds the demo world into an empty database."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from competitions.models import Edition
from core import clock
from jianggaosai.demo.build import DEFAULT_VOTES, build_world
from jianggaosai.demo.calendar import STAGES
from jianggaosai.demo_logins import DEMO_PASSWORD


class Command(BaseCommand):
    help = "Builds the demo edition at the size of 2023 into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stage", choices=STAGES, default="voting", help="the stage that is running")
        parser.add_argument("--seed", type=int, default=2023, help="same seed, same names, numbers, marks and votes")
        parser.add_argument("--now", type=datetime.fromisoformat, help="the moment the world stands at (default: now)")
        parser.add_argument("--votes", type=int, default=DEFAULT_VOTES, help="public votes; 159400 is the real size")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is an edition already")

    def handle(self, **options: Any) -> None:
        if Edition.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("The database holds an edition already; the demo world is built into an empty one.")
        now = options["now"] or clock.now()
        if now.tzinfo is None:
            now = now.replace(tzinfo=clock.SHANGHAI)
        with nothing_leaves():
            world = build_world(
                stage=options["stage"], seed=options["seed"], now=now, vote_count=options["votes"], tell=self.tell
            )
        self.stdout.write(f"{world.edition.name}：演示数据已建立（{options['stage']}），演示密码 {DEMO_PASSWORD}")

    def tell(self, what: str, done: int, of: int) -> None:
        """A progress bar on a terminal, one line a part otherwise."""
        if self.stdout.isatty():
            filled = done * 30 // of
            self.stdout.write(f"\r{what} [{'█' * filled}{'·' * (30 - filled)}] {done:,}/{of:,} ", ending="\n" if done >= of else "")
            self.stdout.flush()
        elif done >= of:
            self.stdout.write(f"{what} {done:,}")


@contextmanager
def nothing_leaves() -> Iterator[None]:
    """Mails of the demo world are delivered to nobody, at once, in this process: none is left for the worker to send."""
    backend, rates, eager = settings.EMAIL_BACKEND, settings.OUTBOX_RATES, current_app.conf.task_always_eager
    settings.EMAIL_BACKEND, settings.OUTBOX_RATES = "django.core.mail.backends.dummy.EmailBackend", {}
    current_app.conf.task_always_eager = True
    try:
        yield
    finally:
        settings.EMAIL_BACKEND, settings.OUTBOX_RATES = backend, rates
        current_app.conf.task_always_eager = eager
