"""The measured edition: its slug, and how many entries it has."""

SLUG = "bench2026"
ENTRIES = 70
