"""Who may open the pages of the vote."""

from __future__ import annotations

import shutil
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from entries.exports.cover import cover_tag
from entries.models import Entry
from tests.cast import Cast
from tests.factories import moments
from tests.voting.ballots import build_vote, vote
from voting.actions.case import propose_case
from voting.actions.image_challenge import new_image_challenge
from voting.actions.ledger import seal_ledger
from voting.exports.ledger import write_ledger
from voting.models import Ballot, VoteAppeal
from voting.queries.published import ledger_folder

EVERYBODY = {
    *("anonymous", "organiser", "organiser2", "examiner", "judge", "judge2", "conflicted", "chief"),
    *("operator", "auditor", "applicant", "rival", "stranger", "foreigner"),
}
ORGANISERS = {"organiser", "organiser2"}
AUDIENCE = {
    "voting:gallery": EVERYBODY,
    "voting:entry-detail": EVERYBODY,
    "voting:poster": EVERYBODY,
    "voting:share-image": EVERYBODY,
    "voting:cover": EVERYBODY,
    "voting:board": EVERYBODY,
    "voting:board-data": EVERYBODY,
    "voting:vote": EVERYBODY,
    "voting:confirm": EVERYBODY,
    "voting:challenge": EVERYBODY,
    "voting:challenge-picture": EVERYBODY,
    "POST voting:code-send": EVERYBODY,
    "voting:wechat-start": set(),  # an edition of devices does not ask WeChat (tests/voting/views/test_wechat.py)
    "voting:wechat-return": set(),
    "voting:wechat-sandbox": set(),
    "POST voting:cast": EVERYBODY,
    "voting:receipt-lookup": EVERYBODY,
    "voting:receipt": EVERYBODY,
    "voting:receipt-note": set(),  # the voter's own device only; everybody once the tally is final
    "voting:receipt-proof": EVERYBODY,
    "voting:ledger": EVERYBODY,
    "voting:leaf-proof": EVERYBODY,
    "voting:ledger-consistency": EVERYBODY,
    "voting:monitor": ORGANISERS | {"auditor"},
    "voting:monitor-data": ORGANISERS | {"auditor"},
    "voting:monitor-file": ORGANISERS | {"auditor"},
    "voting:case-list": ORGANISERS | {"auditor"},
    "voting:case-detail": ORGANISERS | {"auditor"},
    "voting:case-create": ORGANISERS,
    "voting:appeal-list": ORGANISERS | {"auditor"},
    "voting:appeal-answer": ORGANISERS | {"auditor"},
    "voting:own-votes": ORGANISERS | {"auditor", "examiner", "applicant"},
    "POST voting:close": ORGANISERS,
    "voting:final-approve": ORGANISERS,
}


def cover_of_first(entry: Entry) -> str:
    """Gives the first entry a cover and returns its tag."""
    out = BytesIO()
    Image.new("RGB", (400, 200), "teal").save(out, "PNG")
    entry.cover.save("cover.png", ContentFile(out.getvalue()))
    return cover_tag(entry.cover)


def addresses(cast: Cast) -> dict[str, str]:
    edition = build_vote(2, edition=cast.edition)
    (outcome,) = vote(edition, 1)
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    shutil.rmtree(ledger_folder(edition), ignore_errors=True)
    write_ledger(edition, ledger_folder(edition), moments.DURING_VOTE)
    case = propose_case(
        edition=edition,
        verb="hold",
        reason="R1",
        evidence="测试",
        ballots=list(Ballot.objects.all()),
        actor=cast.organiser,
        at=moments.DURING_VOTE,
    )
    entry = Entry.objects.get(edition=edition, number=1)
    entry.applicants.filter(part="lead").update(organisation=cast.organisation)
    appeal = VoteAppeal.objects.create(entry=entry, text="测试", filed_at=moments.DURING_VOTE, filed_by=cast.applicant)
    public, org = f"/{edition.slug}/", f"/org/{edition.slug}/vote/"
    return {
        "voting:gallery": f"{public}entries/",
        "voting:entry-detail": f"{public}entries/1/",
        "voting:poster": f"{public}entries/1/poster/",
        "voting:share-image": f"{public}entries/1/card-old.png",
        "voting:cover": f"{public}entries/1/cover-{cover_of_first(entry)}-tall.jpg",
        "voting:board": f"{public}board/",
        "voting:board-data": f"{public}board/data.json",
        "voting:vote": f"{public}vote/",
        "voting:confirm": f"{public}vote/confirm/?e=1",
        "voting:challenge": f"{public}vote/challenge/",
        "voting:challenge-picture": f"{public}vote/challenge/{new_image_challenge(at=moments.DURING_VOTE)}.png",
        "POST voting:code-send": f"{public}vote/code/",
        "voting:wechat-start": f"{public}vote/wechat/",
        "voting:wechat-return": f"{public}vote/wechat/return/",
        "voting:wechat-sandbox": f"{public}vote/wechat/sandbox/",
        "POST voting:cast": f"{public}vote/cast/",
        "voting:receipt-lookup": f"{public}vote/receipt/",
        "voting:receipt": f"{public}vote/receipt/{outcome.code}/",
        "voting:receipt-note": f"{public}vote/receipt/{outcome.code}/note/",
        "voting:receipt-proof": f"{public}vote/receipt/{outcome.code}/proof/",
        "voting:ledger": f"{public}ledger/",
        "voting:leaf-proof": f"{public}ledger/proof/1/",
        "voting:ledger-consistency": f"{public}ledger/consistency/1/",
        "voting:monitor": org,
        "voting:monitor-data": f"{org}figures.json",
        "voting:monitor-file": f"{org}hours.csv",
        "voting:case-list": f"{org}cases/",
        "voting:case-create": f"{org}cases/new/",
        "voting:case-detail": f"{org}cases/{case.public_id}/",
        "voting:appeal-list": f"{org}appeals/",
        "voting:appeal-answer": f"{org}appeals/{appeal.public_id}/",
        "voting:own-votes": f"/my/entries/{entry.public_id}/votes/",
        "POST voting:close": f"{org}close/",
        "voting:final-approve": f"{org}final/",
    }
