"""Who may open the addresses of the composition root: everybody."""

from __future__ import annotations

from tests.cast import Cast

EVERYBODY = {
    *("anonymous", "organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief"),
    *("operator", "auditor", "applicant", "rival", "stranger", "foreigner"),
}
AUDIENCE = dict.fromkeys(("front", "accessibility", "health-live", "health-ready", "health-worker", "public-file"), EVERYBODY)


def addresses(cast: Cast) -> dict[str, str]:
    return {
        "front": "/",
        "accessibility": "/pages/accessibility/",
        "health-live": "/healthz/live",
        "health-ready": "/healthz/ready",
        "health-worker": "/healthz/worker",
        "public-file": "/public/arch/file.txt",
    }
