"""Makes the measured database: an open vote with seventy entries, and the same entries for the naive view."""

from __future__ import annotations

import os
from datetime import timedelta

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    from bench.world import build

    build(timedelta(days=5))


if __name__ == "__main__":
    main()
