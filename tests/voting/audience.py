"""Who may open the pages of the vote."""

from __future__ import annotations

from tests.cast import Cast
from tests.factories import moments
from tests.voting.ballots import build_vote, vote
from voting.actions.case import propose_case
from voting.actions.ledger import seal_ledger
from voting.models import Ballot

EVERYBODY = {
    *("anonymous", "organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief"),
    *("operator", "auditor", "applicant", "rival", "stranger", "foreigner"),
}
ORGANISERS = {"organiser", "organiser2"}
AUDIENCE = {
    "voting:gallery": EVERYBODY,
    "voting:entry-detail": EVERYBODY,
    "voting:board": EVERYBODY,
    "voting:board-data": EVERYBODY,
    "voting:vote": EVERYBODY,
    "voting:confirm": EVERYBODY,
    "voting:challenge": EVERYBODY,
    "POST voting:cast": EVERYBODY,
    "voting:receipt-lookup": EVERYBODY,
    "voting:receipt": EVERYBODY,
    "voting:receipt-note": set(),  # the voter's own device only; everybody once the tally is final
    "voting:monitor": ORGANISERS | {"auditor"},
    "voting:case-list": ORGANISERS | {"auditor"},
    "voting:case-detail": ORGANISERS | {"auditor"},
    "voting:case-create": ORGANISERS,
    "POST voting:close": ORGANISERS,
    "voting:final-approve": ORGANISERS,
}


def addresses(cast: Cast) -> dict[str, str]:
    edition = build_vote(2, edition=cast.edition)
    (outcome,) = vote(edition, 1)
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    case = propose_case(
        edition=edition,
        verb="hold",
        reason="R1",
        evidence="测试",
        ballots=list(Ballot.objects.all()),
        actor=cast.organiser,
        at=moments.DURING_VOTE,
    )
    public, org = f"/{edition.slug}/", f"/org/{edition.slug}/vote/"
    return {
        "voting:gallery": f"{public}entries/",
        "voting:entry-detail": f"{public}entries/1/",
        "voting:board": f"{public}board/",
        "voting:board-data": f"{public}board/data.json",
        "voting:vote": f"{public}vote/",
        "voting:confirm": f"{public}vote/confirm/?e=1",
        "voting:challenge": f"{public}vote/challenge/",
        "POST voting:cast": f"{public}vote/cast/",
        "voting:receipt-lookup": f"{public}vote/receipt/",
        "voting:receipt": f"{public}vote/receipt/{outcome.code}/",
        "voting:receipt-note": f"{public}vote/receipt/{outcome.code}/note/",
        "voting:monitor": org,
        "voting:case-list": f"{org}cases/",
        "voting:case-create": f"{org}cases/new/",
        "voting:case-detail": f"{org}cases/{case.public_id}/",
        "POST voting:close": f"{org}close/",
        "voting:final-approve": f"{org}final/",
    }
