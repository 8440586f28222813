"""Who may open which page of results, and the public API that ends in them (law 8)."""

from __future__ import annotations

from django.urls import reverse

from core.ledger.checkpoint import Checkpoint, format_checkpoint
from judging.models import Assignment
from results.actions.approval import approve_result
from results.actions.computation import compute_round
from results.actions.package import build_package, request_package
from results.actions.publication import publish_result
from results.models import Bye, Notice
from tests.cast import Cast
from tests.factories.entries import EntryApplicantFactory, EntryFactory
from tests.factories.objections import UNIT, build_objection, sealed_scan
from tests.factories.results import AFTER_FINAL, certify, publish_final
from voting.models import LedgerCheckpoint
from voting.queries.published import ledger_folder
from voting.queries.signing import sign_by_all

SIGNED_IN = frozenset(
    ["organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief", "operator", "auditor", "applicant", "rival", "stranger", "foreigner"]
)
PUBLIC = SIGNED_IN | {"anonymous"}
ORGANISER = frozenset({"organiser", "organiser2"})
OVERSEER = ORGANISER | {"auditor"}
NOBODY: frozenset[str] = frozenset()  # without a token
AT = AFTER_FINAL

AUDIENCE: dict[str, frozenset[str]] = {
    "results:results": PUBLIC,
    "results:table": PUBLIC,
    "results:breakdown": PUBLIC,
    "results:record": PUBLIC,
    "results:own-result": OVERSEER | {"examiner", "applicant"},
    "results:finalists": PUBLIC,
    "results:notice-detail": PUBLIC,
    "results:certificate": PUBLIC,
    "results:verify-lookup": PUBLIC,
    "results:verify": PUBLIC,
    "POST results:verify-file": PUBLIC,
    "results:certificate-style": ORGANISER,
    "results:certificate-sample": ORGANISER,
    "results:certificate-reissue": ORGANISER,
    "results:verifier": PUBLIC,
    "results:draw-verifier": PUBLIC,
    "api-schema": PUBLIC,
    "api-editions": PUBLIC,
    "api-edition": PUBLIC,
    "api-entries": PUBLIC,
    "api-entry": PUBLIC,
    "api-results": PUBLIC,
    "api-result": PUBLIC,
    "api-announcements": PUBLIC,
    "api-board": PUBLIC,
    "api-checkpoint": PUBLIC,
    "api-notices": PUBLIC,
    "api-own-entries": NOBODY,
    "api-own-entry": NOBODY,
    "POST api-own-entry-submit": NOBODY,
    "api-tasks": NOBODY,
    "api-task": NOBODY,
    "api-listed-entries": NOBODY,
    "api-list": NOBODY,
    "api-ranking": NOBODY,
    "POST api-ranking-compute": NOBODY,
    "results:ranking": OVERSEER,
    "results:ranking-record": OVERSEER,
    "results:export": OVERSEER,
    "results:exports": OVERSEER,
    "results:list-file": OVERSEER | {"examiner"},
    "POST results:package-request": OVERSEER,
    "results:package-file": ORGANISER,  # asked for by an organiser, so with lists that an auditor may not take
    "POST results:compute": ORGANISER,
    "POST results:approve": ORGANISER,
    "results:publish": ORGANISER,
    "POST results:decide": ORGANISER,
    "POST results:invite": ORGANISER,
    "POST results:vacate": ORGANISER,
    "results:byes": ORGANISER,
    "results:simulator": ORGANISER,
    "results:stability": OVERSEER,
    "POST results:bye-end": ORGANISER,
    "results:changes": OVERSEER,
    "results:public-changes": PUBLIC,
    "results:notice-list": PUBLIC,
    "results:objection-new": PUBLIC,
    "results:objection": PUBLIC,
    "results:objection-lookup": PUBLIC,
    "results:notices": OVERSEER,
    "results:publicity": ORGANISER,
    "results:calendar": ORGANISER,
    "POST results:calendar-remove": ORGANISER,
    "POST results:notice-close": ORGANISER,
    "results:letter": ORGANISER,
    "results:objection-detail": OVERSEER,
    "POST results:objection-contact": OVERSEER,
    "results:objection-file": OVERSEER,
    "POST results:objection-step": OVERSEER,
    "results:certificates": OVERSEER,
    "POST results:certificates-issue": ORGANISER,
    "results:certificate-revoke": ORGANISER,
}


def grant_bye_row(round_, cast: Cast) -> None:
    """Of an entry that is in no round: the correction that waits stays what it was computed from."""
    entry = EntryFactory(edition=round_.edition, number=99)
    Bye.objects.create(round=round_, entry=entry, reason="直接晋级", granted_at=AT, granted_by=cast.organiser)


def addresses(cast: Cast) -> dict[str, str]:
    """Both rounds published, certificates issued, and an approved correction of the preliminary that waits."""
    final = publish_final(cast)
    certificate = certify(final, cast)[0]
    preliminary = cast.edition.rounds.get(kind="preliminary")
    correction = compute_round(round=preliminary, reason="复核", actor=cast.organiser, at=AT)
    for who in (cast.organiser, cast.organiser2):
        approve_result(result=correction, actor=who, at=AT)
    package = build_package(package_id=request_package(edition=cast.edition, actor=cast.organiser, at=AT).pk, at=AT)
    corrected = compute_round(round=final.round, reason="补录", actor=cast.organiser, at=AT)
    for who in (cast.organiser, cast.organiser2):
        approve_result(result=corrected, actor=who, at=AT)
    publish_result(result=corrected, actor=cast.organiser, at=AT)
    grant_bye_row(preliminary, cast)
    own = cast.edition.entries.get(number=1)
    EntryApplicantFactory(entry=own, organisation=cast.organisation, part="joint", joined_at=AT)
    open_notice = Notice.objects.get(result=corrected)
    filed = build_objection(open_notice, cast.organiser, AT, kind="unit", party=UNIT, files=[sealed_scan()])
    slug, notice = cast.edition.slug, Notice.objects.get(result=final)
    return {
        "results:results": reverse("results:results", args=[slug]),
        "results:table": reverse("results:table", args=[slug, "csv"]),
        "results:breakdown": reverse("results:breakdown", args=[slug, "final", 1]),
        "results:own-result": reverse("results:own-result", args=[own.public_id]),
        "results:record": reverse("results:record", args=[slug, final.public_id]),
        "results:finalists": reverse("results:finalists", args=[slug]),
        "results:notice-detail": reverse("results:notice-detail", args=[slug, notice.public_id]),
        "results:certificate": reverse("results:certificate", args=[certificate.number]),
        "results:verify-lookup": reverse("results:verify-lookup"),
        "results:verify": reverse("results:verify", args=[certificate.verify_code]),
        "results:notice-list": reverse("results:notice-list", args=[slug]),
        "results:objection-lookup": reverse("results:objection-lookup", args=[slug]),
        "results:objection-new": reverse("results:objection-new", args=[slug, open_notice.public_id]),
        "results:objection": reverse("results:objection", args=[slug, filed.public_id]),
        "results:notices": reverse("results:notices", args=[slug]),
        "results:publicity": reverse("results:publicity", args=[slug]),
        "results:calendar": reverse("results:calendar", args=[slug]),
        "POST results:calendar-remove": reverse("results:calendar-remove", args=[slug, "2026-10-10"]),
        "POST results:notice-close": reverse("results:notice-close", args=[slug, open_notice.public_id]),
        "results:letter": reverse("results:letter", args=[slug, open_notice.public_id]),
        "results:objection-detail": reverse("results:objection-detail", args=[slug, filed.public_id]),
        "POST results:objection-contact": reverse("results:objection-contact", args=[slug, filed.public_id]),
        "results:objection-file": reverse("results:objection-file", args=[slug, filed.public_id, 1]),
        "POST results:objection-step": reverse("results:objection-step", args=[slug, filed.public_id, "answer"]),
        "POST results:verify-file": reverse("results:verify-file"),
        "results:certificate-style": reverse("results:certificate-style", args=[slug]),
        "results:certificate-sample": reverse("results:certificate-sample", args=[slug]),
        "results:certificate-reissue": reverse("results:certificate-reissue", args=[slug, certificate.number]),
        "results:verifier": reverse("results:verifier"),
        "results:draw-verifier": reverse("results:draw-verifier"),
        "api-schema": reverse("api-schema"),
        "api-editions": reverse("api-editions"),
        "api-edition": reverse("api-edition", args=[slug]),
        "api-entries": reverse("api-entries", args=[slug]),
        "api-entry": reverse("api-entry", args=[slug, 1]),
        "api-results": reverse("api-results", args=[slug]),
        "api-result": reverse("api-result", args=[slug, final.public_id]),
        **api_addresses(cast),
        "results:ranking": reverse("results:ranking", args=[slug, "final"]),
        "results:ranking-record": reverse("results:ranking-record", args=[slug, "preliminary", 2]),
        "results:export": reverse("results:export", args=[slug, "preliminary", "csv"]),
        "results:exports": reverse("results:exports", args=[slug]),
        "results:list-file": reverse("results:list-file", args=[slug, "entries", "csv"]),
        "POST results:package-request": reverse("results:package-request", args=[slug, "edition"]),
        "results:package-file": reverse("results:package-file", args=[slug, package.public_id]),
        "POST results:compute": reverse("results:compute", args=[slug, "final"]),
        "POST results:approve": reverse("results:approve", args=[slug, "final"]),
        "results:publish": reverse("results:publish", args=[slug, "preliminary"]),
        "POST results:decide": reverse("results:decide", args=[slug, "final"]),
        "POST results:vacate": reverse("results:vacate", args=[slug, "final"]),
        "results:simulator": reverse("results:simulator", args=[slug, "preliminary"]),
        "results:stability": reverse("results:stability", args=[slug, "preliminary"]),
        "results:byes": reverse("results:byes", args=[slug, "preliminary"]),
        "POST results:bye-end": reverse("results:bye-end", args=[slug, "preliminary", 99]),
        "results:changes": reverse("results:changes", args=[slug, "preliminary", 2]),
        "results:public-changes": reverse("results:public-changes", args=[slug, corrected.public_id]),
        "POST results:invite": reverse("results:invite", args=[slug, "preliminary"]),
        "results:certificates": reverse("results:certificates", args=[slug]),
            "POST results:certificates-issue": reverse("results:certificates-issue", args=[slug]),
        "results:certificate-revoke": reverse("results:certificate-revoke", args=[slug, certificate.number]),
    }


def api_addresses(cast: Cast) -> dict[str, str]:
    """The other addresses of the API; a ledger with one published checkpoint for `api-checkpoint`."""
    slug, entry = cast.edition.slug, cast.edition.entries.order_by("pk").first()
    origin, folder = "ledger.example.invalid", ledger_folder(cast.edition)
    note = sign_by_all(origin, format_checkpoint(Checkpoint(origin, 1, bytes(32))))
    LedgerCheckpoint.objects.create(edition=cast.edition, size=1, root="0" * 64, note=note, frontier={}, at=AT)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "checkpoint").write_text(note)
    return {
        **{f"api-{name}": reverse(f"api-{name}", args=[slug]) for name in ("announcements", "board", "checkpoint", "notices")},
        "api-own-entries": reverse("api-own-entries"),
        "api-own-entry": reverse("api-own-entry", args=[entry.public_id]),
        "POST api-own-entry-submit": reverse("api-own-entry-submit", args=[entry.public_id]),
        "api-tasks": reverse("api-tasks"),
        "api-task": reverse("api-task", args=[Assignment.objects.order_by("pk").first().public_id]),
        "api-listed-entries": reverse("api-listed-entries", args=[slug]),
        "api-list": reverse("api-list", args=[slug, "entries"]),
        "api-ranking": reverse("api-ranking", args=[slug, "final"]),
        "POST api-ranking-compute": reverse("api-ranking-compute", args=[slug, "final"]),
    }
