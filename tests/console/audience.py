"""Who may open which page of `console` (law 8), and a real address for each."""

from __future__ import annotations

from django.urls import reverse

from core.outbox.models import Broadcast, Message
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
    "console:outbox-message": ORGANISERS,
    "POST console:outbox-reveal": ORGANISERS,
    "console:broadcast-list": ORGANISERS,
    "console:broadcast-write": ORGANISERS,
    "console:broadcast-detail": ORGANISERS,
    "console:message-kinds": ORGANISERS,
    "console:message-kind": ORGANISERS,
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
    broadcast = Broadcast.objects.create(
        edition=slug, audience="roles.judges", audience_words="全部评委", subject="通知", body="正文", count=1,
        sent_at=moments.SET_UP, sent_by="江晓",
    )  # fmt: skip
    found["console:outbox-message"] = reverse("console:outbox-message", args=[slug, failed.public_id])
    found["POST console:outbox-reveal"] = reverse("console:outbox-reveal", args=[slug, failed.public_id])
    found["console:broadcast-detail"] = reverse("console:broadcast-detail", args=[slug, broadcast.public_id])
    found["console:message-kind"] = reverse("console:message-kind", args=[slug, "judge-reminder"])
    found["console:journal-export"] = reverse("console:journal-export", args=[slug, "csv"])
    for name in ("dashboard", "journal", "outbox", "broadcast-list", "broadcast-write", "message-kinds"):
        found[f"console:{name}"] = reverse(f"console:{name}", args=[slug])
    return found
