"""Who may open which page of results, and the public API that ends in them (law 8)."""

from __future__ import annotations

from django.urls import reverse

from results.actions.approval import approve_result
from results.actions.certificate import issue_certificates
from results.actions.computation import compute_round
from results.models import Notice
from tests.cast import Cast
from tests.factories.results import AFTER_FINAL, publish_final

SIGNED_IN = frozenset(
    ["organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief", "operator", "auditor", "applicant", "rival", "stranger", "foreigner"]
)
PUBLIC = SIGNED_IN | {"anonymous"}
ORGANISER = frozenset({"organiser", "organiser2"})
OVERSEER = ORGANISER | {"auditor"}
AT = AFTER_FINAL

AUDIENCE: dict[str, frozenset[str]] = {
    "results:results": PUBLIC,
    "results:table": PUBLIC,
    "results:breakdown": PUBLIC,
    "results:record": PUBLIC,
    "results:finalists": PUBLIC,
    "results:notice-detail": PUBLIC,
    "results:certificate": PUBLIC,
    "results:verify-lookup": PUBLIC,
    "results:verify": PUBLIC,
    "results:verifier": PUBLIC,
    "api-schema": PUBLIC,
    "api-editions": PUBLIC,
    "api-edition": PUBLIC,
    "api-entries": PUBLIC,
    "api-entry": PUBLIC,
    "api-results": PUBLIC,
    "api-result": PUBLIC,
    "results:ranking": OVERSEER,
    "results:ranking-record": OVERSEER,
    "results:export": OVERSEER,
    "POST results:compute": ORGANISER,
    "POST results:approve": ORGANISER,
    "results:publish": ORGANISER,
    "POST results:decide": ORGANISER,
    "POST results:invite": ORGANISER,
    "results:certificates": OVERSEER,
    "results:certificates-zip": OVERSEER,
    "POST results:certificates-issue": ORGANISER,
    "results:certificate-revoke": ORGANISER,
}


def addresses(cast: Cast) -> dict[str, str]:
    """Both rounds published, certificates issued, and an approved correction of the preliminary that waits."""
    final = publish_final(cast)
    certificate = issue_certificates(result=final, actor=cast.organiser, at=AT)[0]
    preliminary = cast.edition.rounds.get(kind="preliminary")
    correction = compute_round(round=preliminary, reason="复核", actor=cast.organiser, at=AT)
    for who in (cast.organiser, cast.organiser2):
        approve_result(result=correction, actor=who, at=AT)
    slug, notice = cast.edition.slug, Notice.objects.get(result=final)
    return {
        "results:results": reverse("results:results", args=[slug]),
        "results:table": reverse("results:table", args=[slug, "csv"]),
        "results:breakdown": reverse("results:breakdown", args=[slug, "final", 1]),
        "results:record": reverse("results:record", args=[slug, final.public_id]),
        "results:finalists": reverse("results:finalists", args=[slug]),
        "results:notice-detail": reverse("results:notice-detail", args=[slug, notice.public_id]),
        "results:certificate": reverse("results:certificate", args=[certificate.number]),
        "results:verify-lookup": reverse("results:verify-lookup"),
        "results:verify": reverse("results:verify", args=[certificate.verify_code]),
        "results:verifier": reverse("results:verifier"),
        "api-schema": reverse("api-schema"),
        "api-editions": reverse("api-editions"),
        "api-edition": reverse("api-edition", args=[slug]),
        "api-entries": reverse("api-entries", args=[slug]),
        "api-entry": reverse("api-entry", args=[slug, 1]),
        "api-results": reverse("api-results", args=[slug]),
        "api-result": reverse("api-result", args=[slug, final.public_id]),
        "results:ranking": reverse("results:ranking", args=[slug, "final"]),
        "results:ranking-record": reverse("results:ranking-record", args=[slug, "preliminary", 2]),
        "results:export": reverse("results:export", args=[slug, "preliminary", "csv"]),
        "POST results:compute": reverse("results:compute", args=[slug, "final"]),
        "POST results:approve": reverse("results:approve", args=[slug, "final"]),
        "results:publish": reverse("results:publish", args=[slug, "preliminary"]),
        "POST results:decide": reverse("results:decide", args=[slug, "final"]),
        "POST results:invite": reverse("results:invite", args=[slug, "preliminary"]),
        "results:certificates": reverse("results:certificates", args=[slug]),
        "results:certificates-zip": reverse("results:certificates-zip", args=[slug]),
        "POST results:certificates-issue": reverse("results:certificates-issue", args=[slug]),
        "results:certificate-revoke": reverse("results:certificate-revoke", args=[slug, certificate.number]),
    }
