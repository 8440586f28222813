"""Makes the measured database: an open vote with seventy entries, and the same entries for the naive view."""

from __future__ import annotations

from datetime import timedelta

import django

django.setup()

from bench.world import build  # noqa: E402

if __name__ == "__main__":
    build(timedelta(days=5))
