"""`manage.py docs`: writes the generated parts of docs/ and .env.example; `--check` only compares."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jianggaosai.reference import pages


class Command(BaseCommand):
    help = "Writes the generated parts of docs/ and .env.example; --check names those that have drifted and fails."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail when a file has drifted")

    def handle(self, *, check: bool, **options: Any) -> None:
        root = settings.BASE_DIR
        drifted = []
        for path, text in pages(root).items():
            file = root / path
            if not file.is_file() or file.read_text(encoding="utf-8") != text:
                drifted.append(path)
                if not check:
                    file.write_text(text, encoding="utf-8")
        if check and drifted:
            raise CommandError(f"Drifted: {', '.join(drifted)}. Run `make docs` and commit.")
        self.stdout.write("\n".join(f"wrote {path}" for path in drifted) or "docs/ is up to date")
