"""Who may open which page of `console` (law 8), and a real address for each."""

from __future__ import annotations

from django.urls import reverse

from core.outbox.models import Message
from tests.cast import Cast
from tests.factories import moments

ORGANISERS = {"organiser", "organiser2"}
STAFF = ORGANISERS | {"examiner", "auditor"}
AUDIENCE: dict[str, set[str]] = {
    "console:chooser": STAFF | {"foreigner"},
    "console:dashboard": STAFF,
    "console:journal": ORGANISERS | {"auditor"},
    "console:journal-export": ORGANISERS | {"auditor"},
    "console:outbox": ORGANISERS,
    "POST console:outbox-resend": ORGANISERS,
}


def addresses(cast: Cast) -> dict[str, str]:
    """An address for each name of `AUDIENCE`; makes the message the last one needs."""
    slug = cast.edition.slug
    failed = Message.objects.create(
        channel="mail", recipient="a@example.invalid", subject="通知", body="正文", edition=slug, state="failed",
        attempts=6, queued_at=moments.SET_UP, due_at=moments.SET_UP,
    )  # fmt: skip
    found = {"console:chooser": reverse("console:chooser")}
    found["POST console:outbox-resend"] = reverse("console:outbox-resend", args=[slug, failed.public_id])
    for name in ("dashboard", "journal", "journal-export", "outbox"):
        found[f"console:{name}"] = reverse(f"console:{name}", args=[slug])
    return found
