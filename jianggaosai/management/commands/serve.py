"""`manage.py serve`: web server and worker as one family, until Ctrl-C."""

from __future__ import annotations

import time
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from jianggaosai.demo_logins import DEMO_PASSWORD, demo_logins
from jianggaosai.family import Family
from jianggaosai.serving import is_port_free, web_command, worker_command

PATIENCE = 60


class Command(BaseCommand):
    help = "Serves the site with granian and runs the worker with its periodic jobs; Ctrl-C stops both."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="first migrate, collect the static files and build the demo edition if the database is empty",
        )

    def handle(self, *, host: str, port: int, no_worker: bool, prepare: bool, **options: Any) -> None:
        if not is_port_free(host, port):
            raise CommandError(f"Port {port} on {host} is in use. Stop what listens there, or choose another: PORT={port + 1} make run")
        if prepare:
            try:
                self.prepare()
            except KeyboardInterrupt:
                raise SystemExit(130)
        code = self.serve(host, port, with_worker=not no_worker)
        if code:
            raise SystemExit(code)

    def prepare(self) -> None:
        self.say("Migrating ...")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if "demo" in get_commands():
            call_command("demo", if_empty=True)

    def serve(self, host: str, port: int, *, with_worker: bool) -> int:
        """Starts the children, says where the site is once it answers, and watches until the end."""
        logins = demo_logins() if settings.DEBUG else []
        connections.close_all()
        family = Family(self.say)
        family.start("web", web_command(host, port))
        if with_worker:
            family.start("worker", worker_command())
        if self.answers(family, f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/healthz/live"):
            self.say(f"\nThe site is at http://{host}:{port}/   (Ctrl-C stops it)")
            for login in logins:
                self.say(f"  {login.role}  {login.login}  {DEMO_PASSWORD}  {login.name}")
        code = family.watch()
        self.say("Stopped.")
        return code

    def answers(self, family: Family, url: str) -> bool:
        """Waits until the site answers, a child ends, or somebody gives up."""
        deadline = time.monotonic() + PATIENCE
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while time.monotonic() < deadline and not family.asked.is_set() and not family.ended():
            try:
                with opener.open(url, timeout=2):
                    return True
            except OSError:
                time.sleep(0.1)
        return False

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
