"""Who may open the addresses of the composition root: everybody."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from core import clock
from jianggaosai import heartbeat
from tests.cast import Cast

EVERYBODY = {
    *("anonymous", "organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief"),
    *("operator", "auditor", "applicant", "rival", "stranger", "foreigner"),
}
AUDIENCE = dict.fromkeys(("front", "accessibility", "health-live", "health-ready", "health-worker", "public-file"), EVERYBODY)


def addresses(cast: Cast) -> dict[str, str]:
    heartbeat.note_worker(clock.now())
    picture = Path(settings.PUBLIC_MEDIA_ROOT) / "arch" / "file.txt"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text("public", encoding="utf-8")
    return {
        "front": "/",
        "accessibility": "/pages/accessibility/",
        "health-live": "/healthz/live",
        "health-ready": "/healthz/ready",
        "health-worker": "/healthz/worker",
        "public-file": "/public/arch/file.txt",
    }
