"""One part of a scenario in the environment of the measured server: `python -m bench.child migrate|prepare|measure …`."""

from __future__ import annotations

import importlib
import json
import sys

import django

django.setup()

from bench.server import Server  # noqa: E402  settings come first
from bench.world import migrate  # noqa: E402


def main(part: str, scenario: str = "", quick: str = "", rounds: str = "", port: str = "", group: str = "") -> None:
    if part == "migrate":
        migrate()
        return
    module = importlib.import_module(f"bench.scenarios.{scenario}")
    if part == "prepare":
        module.prepare(quick == "quick")
    else:
        figures = module.measure(Server(int(port), int(group)), quick == "quick", int(rounds))
        sys.stdout.write(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
