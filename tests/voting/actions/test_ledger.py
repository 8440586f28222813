"""Sealing, closing, cases, the final tally; the independent verifier reads what comes out."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from competitions.models import StageOverride
from core import clock
from core.actor import SYSTEM
from core.errors import Blocked
from core.models import AuditEntry
from entries import states
from entries.models import Entry
from tests.cast import Cast
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.voting.ballots import AFTER, build_vote, vote
from tools import verify_ledger
from voting import errors, tasks
from voting.actions.case import propose_case, release_case
from voting.actions.close import close_vote
from voting.actions.final import finalise_tally
from voting.actions.ledger import seal_ledger
from voting.actions.open import open_vote
from voting.models import Ballot, LedgerCheckpoint, LedgerLeaf, TallyApproval, VoteCase
from voting.pure.tally import Counted
from voting.queries.case_leaf import coming_tally
from voting.queries.ledger import unsealed_count
from voting.queries.tally import final_tally, tally

pytestmark = pytest.mark.django_db


def kinds(edition: object) -> list[str]:
    return list(LedgerLeaf.objects.filter(edition=edition).order_by("index").values_list("kind", flat=True))


def test_opening_twice_returns_the_same_leaf_and_writes_one_line_into_the_journal() -> None:
    edition = build_vote()
    again = open_vote(edition=edition, actor=SYSTEM, at=moments.DURING_VOTE)
    assert (again.index, kinds(edition)) == (0, ["open"])
    body = json.loads(again.body)
    assert (body["entries"], body["rules"]["quota"]["limit"]) == (["001", "002", "003"], 5)
    assert "每人每天可投 5 个项目" in body["rules"]["text"]
    assert AuditEntry.objects.filter(verb="voting.vote.opened").count() == 1


def test_nothing_opens_before_its_time_or_without_entries() -> None:
    edition = build_vote(opened=False)
    with pytest.raises(errors.NotOpenYet):
        open_vote(edition=edition, actor=SYSTEM, at=moments.VOTE_OPENS - timedelta(seconds=1))
    Entry.objects.update(is_display_consented=False)
    with pytest.raises(errors.NothingToVoteOn):
        open_vote(edition=edition, actor=SYSTEM, at=moments.DURING_VOTE)
    assert seal_ledger(edition=edition, at=moments.DURING_VOTE) is None
    assert not LedgerLeaf.objects.exists()


def test_sealing_gives_every_ballot_one_gapless_place_and_signs_it() -> None:
    edition = build_vote()
    vote(edition, 1, 2, voter=1)
    assert seal_ledger(edition=edition, at=moments.DURING_VOTE).size == 3
    assert seal_ledger(edition=edition, at=moments.DURING_VOTE) is None
    vote(edition, 1, voter=2)
    checkpoint = seal_ledger(edition=edition, at=moments.DURING_VOTE)
    assert (checkpoint.size, kinds(edition)) == (4, ["open", "vote", "vote", "vote"])
    assert checkpoint.note.split("\n")[:2] == [f"testserver/{edition.slug}/vote", "4"]
    assert list(LedgerLeaf.objects.exclude(ballot=None).values_list("body", flat=True)) == list(
        Ballot.objects.order_by("pk").values_list("leaf", flat=True)
    )
    assert unsealed_count(edition) == 0


def test_two_editions_do_not_seal_each_other_s_ballots() -> None:
    one, two = build_vote(), build_vote()
    vote(one, 1)
    vote(two, 1)
    vote(one, 2)
    seal_ledger(edition=two, at=moments.DURING_VOTE)
    seal_ledger(edition=one, at=moments.DURING_VOTE)
    assert (kinds(one), kinds(two)) == (["open", "vote", "vote"], ["open", "vote"])


def test_pauses_extensions_and_withdrawals_are_written_once() -> None:
    edition = build_vote()
    stage = edition.stages.get(kind="public_vote")
    start = moments.DURING_VOTE
    StageOverride.objects.create(stage=stage, kind="pause", at=start, reason="维护", by=edition.created_by)
    StageOverride.objects.create(
        stage=stage, kind="resume", at=start + timedelta(hours=2), reason="恢复", by=edition.created_by
    )
    StageOverride.objects.create(
        stage=stage,
        kind="extend",
        at=start + timedelta(hours=3),
        until=moments.VOTE_CLOSES + timedelta(days=1),
        reason="延长",
        by=edition.created_by,
    )
    Entry.objects.filter(number=3).update(state=states.WITHDRAWN)
    seal_ledger(edition=edition, at=start + timedelta(hours=4))
    seal_ledger(edition=edition, at=start + timedelta(hours=5))
    bodies = [json.loads(body) for body in LedgerLeaf.objects.order_by("index").values_list("body", flat=True)[1:]]
    assert [(body["t"], body.get("until"), body.get("e")) for body in bodies] == [
        ("pause", None, None),
        ("resume", "2026-09-30T14:00Z", None),
        ("extend", "2026-10-01T12:00Z", None),
        ("withdraw", None, "003"),
    ]


def test_the_count_continues_and_equals_a_count_from_the_start() -> None:
    edition = build_vote()
    vote(edition, 1, 2, voter=1)
    assert tally(edition)["001"] == Counted()
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    assert tally(edition)["001"] == Counted(valid=1)
    vote(edition, 1, voter=2)
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    assert {code: counted.valid for code, counted in tally(edition).items()} == {"001": 2, "002": 1, "003": 0}


def test_closing_waits_for_the_end_seals_what_is_left_and_happens_once() -> None:
    edition = build_vote()
    vote(edition, 1)
    for early in (moments.DURING_VOTE, moments.VOTE_CLOSES + timedelta(seconds=29)):
        with pytest.raises(errors.VoteStillOpen):
            close_vote(edition=edition, actor=SYSTEM, at=early)
    assert kinds(edition) == ["open"]
    leaf = close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    assert close_vote(edition=edition, actor=SYSTEM, at=AFTER + timedelta(days=1)) == leaf
    assert (kinds(edition), json.loads(leaf.body)["at"]) == (["open", "vote", "close"], "2026-09-30T12:00Z")


def test_a_case_is_released_by_a_second_person_and_only_then_changes_the_count() -> None:
    edition = build_vote()
    first, second = UserFactory(), UserFactory()
    for voter in range(4):
        vote(edition, 1, voter=voter)
    with pytest.raises(errors.CaseIsEmpty):
        propose(edition, first, Ballot.objects.all())
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    case = propose(edition, first, Ballot.objects.order_by("pk")[:2])
    assert tally(edition)["001"] == Counted(valid=4)
    with pytest.raises(errors.SamePerson):
        release_case(case=case, is_released=True, actor=first, at=AFTER)
    release_case(case=case, is_released=True, actor=second, at=AFTER)
    with pytest.raises(errors.CaseIsDecided):
        release_case(case=case, is_released=True, actor=second, at=AFTER)
    assert tally(edition)["001"] == Counted(valid=2, void=2)
    assert json.loads(LedgerLeaf.objects.get(kind="void").body)["of"] == [1, 2]
    with pytest.raises(errors.CaseCannotApply, match="剔除"):
        propose(edition, first, Ballot.objects.order_by("pk")[:1])
    assert VoteCase.objects.count() == 1


def test_a_case_released_during_the_vote_gets_its_leaf_after_the_close() -> None:
    edition = build_vote()
    first, second = UserFactory(), UserFactory()
    vote(edition, 1, 2, voter=1)
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    for verb in ("hold", "void"):
        case = propose(edition, first, Ballot.objects.filter(entry__number=1), verb=verb)
        release_case(case=case, is_released=True, actor=second, at=moments.DURING_VOTE)
    assert kinds(edition) == ["open", "vote", "vote"]
    assert (tally(edition)["001"], coming_tally(edition).counted()["001"]) == (Counted(valid=1), Counted(void=1))
    with pytest.raises(errors.CaseCannotApply):
        propose(edition, first, Ballot.objects.filter(entry__number=1))
    vote(edition, 3, voter=2)
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    assert kinds(edition) == ["open", "vote", "vote", "vote", "close", "hold", "void"]
    assert tally(edition) == coming_tally(edition).counted()
    assert tally(edition)["001"] == Counted(void=1)


def test_a_dismissed_case_changes_nothing() -> None:
    edition = build_vote()
    vote(edition, 1)
    seal_ledger(edition=edition, at=moments.DURING_VOTE)
    case = propose(edition, UserFactory(), Ballot.objects.all())
    release_case(case=case, is_released=False, note="证据不足", actor=UserFactory(), at=AFTER)
    assert (tally(edition)["001"], kinds(edition)) == (Counted(valid=1), ["open", "vote"])


def propose(edition: object, actor: object, ballots: object, verb: str = "void") -> VoteCase:
    return propose_case(
        edition=edition, verb=verb, reason="R1", evidence="间隔 1 秒", ballots=list(ballots), actor=actor, at=AFTER
    )


def test_the_final_tally_needs_two_persons_no_open_case_and_no_unsealed_ballot(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    one, two = cast.organiser, cast.organiser2
    vote(edition, 1, voter=1)
    vote(edition, 1, 2, voter=2)
    with pytest.raises(errors.VoteNotClosed):
        finalise_tally(edition=edition, actor=one, at=AFTER)
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    case = propose(edition, one, Ballot.objects.order_by("pk")[:1])
    with pytest.raises(Blocked) as blocked:
        finalise_tally(edition=edition, actor=one, at=AFTER)
    assert [reason.code for reason in blocked.value.reasons] == ["open_cases"]
    release_case(case=case, is_released=True, actor=two, at=AFTER)
    finalise_tally(edition=edition, actor=one, at=AFTER)
    with pytest.raises(errors.AlreadyApproved):
        finalise_tally(edition=edition, actor=one, at=AFTER)
    assert final_tally(edition) == {}
    finalise_tally(edition=edition, actor=two, at=AFTER)
    numbers = {entry.pk: entry.number for entry in Entry.objects.all()}
    assert {numbers[pk]: votes for pk, votes in final_tally(edition).items()} == {1: 1, 2: 1, 3: 0}
    with pytest.raises(errors.AlreadyFinal):
        finalise_tally(edition=edition, actor=one, at=AFTER)
    assert TallyApproval.objects.count() == 2


def test_an_approval_lapses_when_the_ledger_grows(cast: Cast) -> None:
    edition = build_vote(edition=cast.edition)
    vote(edition, 1)
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    finalise_tally(edition=edition, actor=cast.organiser, at=AFTER)
    Entry.objects.filter(number=1).update(state=states.DISQUALIFIED)
    finalise_tally(edition=edition, actor=cast.organiser2, at=AFTER)
    assert final_tally(edition) == {}
    finalise_tally(edition=edition, actor=cast.organiser, at=AFTER)
    assert sorted(final_tally(edition).values()) == [0, 0]
    assert kinds(edition) == ["open", "vote", "close", "withdraw", "final"]


def test_the_published_ledger_of_a_campaign_passes_the_independent_verifier(cast: Cast, tmp_path: Path) -> None:
    edition = build_vote(4, edition=cast.edition)
    for voter in range(6):
        vote(edition, 1 + voter % 4, 1 + (voter + 1) % 4, voter=voter)
        seal_ledger(edition=edition, at=moments.DURING_VOTE)
    receipt = tmp_path / "receipt.txt"
    receipt.write_text(Ballot.objects.order_by("pk")[3].receipt)
    close_vote(edition=edition, actor=SYSTEM, at=AFTER)
    case = propose(edition, cast.organiser, Ballot.objects.order_by("pk")[:3], verb="hold")
    release_case(case=case, is_released=True, actor=cast.organiser2, at=AFTER)
    case = propose(edition, cast.organiser, Ballot.objects.order_by("pk")[:3], verb="restore")
    release_case(case=case, is_released=True, actor=cast.organiser2, at=AFTER)
    finalise_tally(edition=edition, actor=cast.organiser, at=AFTER)
    finalise_tally(edition=edition, actor=cast.organiser2, at=AFTER)
    out = StringIO()
    call_command("publish_ledger", edition.slug, out=tmp_path / "ledger", stdout=out)
    assert "17 条记录的哈希、17 条记录的全文" in out.getvalue()
    faults, lines = verify_ledger.verify(tmp_path / "ledger", [receipt])
    assert list(faults) == []
    assert "定稿：已定稿" in lines
    data = (tmp_path / "ledger" / "leaves.jsonl").read_bytes()
    (tmp_path / "ledger" / "leaves.jsonl").write_bytes(data.replace(b'"e":"001"', b'"e":"002"', 1))
    faults, _ = verify_ledger.verify(tmp_path / "ledger", [receipt])
    assert faults


def test_the_jobs_open_seal_and_close_by_themselves() -> None:
    edition = build_vote(opened=False)
    with clock.rehearse(moments.DURING_VOTE):
        tasks.open_due_votes.delay()
        vote(edition, 1)
        tasks.close_due_votes.delay()
        tasks.seal_ledgers.delay()
    assert kinds(edition) == ["open", "vote"]
    with clock.rehearse(AFTER):
        tasks.close_due_votes.delay()
        tasks.close_due_votes.delay()
    assert kinds(edition) == ["open", "vote", "close"]
    assert LedgerCheckpoint.objects.count() == 3
