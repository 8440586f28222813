"""Who may open the addresses of core: uploads belong to the person who began them."""

from __future__ import annotations

from django.urls import reverse

from core.uploads.models import UploadSession
from tests.cast import ROLES, Cast
from tests.factories import moments

SIGNED_IN = {*ROLES, "applicant", "rival", "stranger", "foreigner"}
OWNER = {"applicant"}
AUDIENCE = {
    "POST uploads:begin": SIGNED_IN,
    "uploads:chunk": OWNER,
    "POST uploads:finish": OWNER,
    "POST uploads:discard": OWNER,
}


def addresses(cast: Cast) -> dict[str, str]:
    session = UploadSession.objects.create(
        owner=cast.applicant.actor_code,
        purpose="entries.attachment",
        target="0",
        slot="deck",
        name="a.pdf",
        size=9,
        begun_at=moments.DURING_VOTE,
        expires_at=moments.DURING_VOTE.replace(year=2100),
    )
    found = {"POST uploads:begin": reverse("uploads:begin")}
    return found | {key: reverse(key.removeprefix("POST "), args=[session.public_id]) for key in AUDIENCE if key not in found}
