"""What stands before the next stage, stage by stage."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from competitions.models import Edition, Round, Stage
from competitions.queries import gates
from console.queries.facts import read_facts
from console.queries.next_step import NextStep, next_step
from core.actor import SYSTEM
from core.errors import Reason
from entries import states
from entries.models import Entry
from judging.models import Draw, RoadshowRoom, RoadshowSlot
from results.models import ResultApproval, ResultPublication, RoundResult
from tests.cast import Cast
from tests.factories import moments as m
from tests.factories.entries import EntryFactory, build_accepted_entry
from tests.factories.judging import lock_sheet_at
from tests.judging.scene import MARKS, build_scene
from tests.voting.ballots import build_vote
from voting.actions.close import close_vote
from voting.models import VoteCase


def link(name: str, *args: str) -> str:
    return "/".join((name, *args))


def ask(edition: Edition, at) -> NextStep:
    return next_step(read_facts(Edition.objects.get(pk=edition.pk), at), link)


def codes(found: NextStep) -> list[str]:
    return [reason.code for reason in found.reasons]


def compute(cast: Cast, kind: str, approved_by: tuple[User, ...] = (), published: bool = False) -> None:
    round_ = cast.edition.rounds.get(kind=kind)
    number = round_.results.count() + 1
    result = RoundResult.objects.create(round=round_, version=number, record="{}", sha256="0" * 64, computed_at=m.PRELIMINARY_CLOSES)
    for user in approved_by:
        ResultApproval.objects.create(result=result, by=user, at=m.PRELIMINARY_CLOSES)
    if published:
        ResultPublication.objects.create(result=result, by=cast.organiser, at=m.PRELIMINARY_CLOSES)


def test_an_edition_that_is_not_public_must_first_be_made_so(cast: Cast) -> None:
    Edition.objects.filter(pk=cast.edition.pk).update(published_at=None)
    Stage.objects.filter(edition=cast.edition, kind="notice").delete()
    Edition.objects.get(pk=cast.edition.pk).roles.filter(kind="organiser", user=cast.organiser2).delete()
    found = ask(cast.edition, m.SET_UP)
    assert found.title == "公开本届前" and found.reasons
    assert {one.url for one in found.reasons} == {"competitions:setup"}


def test_before_the_registration_its_gate_is_asked_for(cast: Cast) -> None:
    Stage.objects.filter(edition=cast.edition, kind="registration").update(gate_released_at=None)
    found = ask(cast.edition, m.SET_UP)
    assert found.title == "进入“报名”前"
    assert [(one.code, one.url) for one in found.reasons] == [("gate", "competitions:stage-manage")]
    late = ask(cast.edition, m.DURING_REGISTRATION)
    assert late.title == "进入“报名”前" and codes(late) == ["gate"]


def test_while_entries_come_in_nothing_is_missing(cast: Cast) -> None:
    found = ask(cast.edition, m.DURING_REGISTRATION)
    assert found.title == "进入“形式审查”前" and codes(found) == []
    assert found.done == ["“形式审查”已放行"]
    assert found.hint == "报名8月31日 18:00 自动截止。形式审查9月1日 09:00 开始，放行后自动开放。"


def test_undecided_and_returned_entries(cast: Cast) -> None:
    for state in (states.SUBMITTED, states.UNDER_REVIEW, states.RETURNED, states.DRAFT):
        EntryFactory(edition=cast.edition, state=state)
    found = ask(cast.edition, m.DURING_FORMALITY)
    assert [one.message for one in found.reasons] == ["2 个项目还没有形式审查结论", "1 个项目正在补正"]
    Entry.objects.all().delete()
    assert "形式审查已全部办结，通过 0 个项目" in ask(cast.edition, m.DURING_FORMALITY).done


def test_the_vote_must_be_opened_cleared_and_counted(cast: Cast) -> None:
    assert "ledger" in codes(ask(cast.edition, m.DURING_VOTE))
    build_vote(1, edition=cast.edition)
    assert not {"ledger", "cases", "tally"} & set(codes(ask(cast.edition, m.DURING_VOTE)))
    VoteCase.objects.create(
        edition=cast.edition, verb="hold", reason="R1", evidence="x", proposed_at=m.DURING_VOTE, proposed_by=cast.organiser
    )
    found = ask(cast.edition, m.DURING_VOTE)
    assert [(one.message, one.url) for one in found.reasons if one.code == "cases"] == [("1 项异常处理等待复核", "voting:case-list")]
    assert "tally" in codes(ask(cast.edition, m.DURING_PRELIMINARY))


def test_the_preliminary_from_sheets_to_publication(cast: Cast) -> None:
    assert "no_participants" in codes(ask(cast.edition, m.DURING_VOTE))
    scene = build_scene(cast)
    found = ask(cast.edition, m.DURING_VOTE)
    assert ("sheets", "初赛有 1 位评委的评分没有交齐") in [(one.code, one.message) for one in found.reasons]
    lock_sheet_at(scene.assignment, MARKS)
    assert "result" in codes(ask(cast.edition, m.DURING_VOTE))
    compute(cast, "preliminary", (cast.organiser,))
    found = ask(cast.edition, m.DURING_VOTE)
    assert ("approval", "初赛结果已计算，还需 1 人核准") in [(one.code, one.message) for one in found.reasons]
    compute(cast, "preliminary", (cast.organiser, cast.organiser2))
    assert "publication" in codes(ask(cast.edition, m.DURING_VOTE))
    compute(cast, "preliminary", (cast.organiser, cast.organiser2), published=True)
    found = ask(cast.edition, m.DURING_VOTE)
    assert "初赛结果已公布" in found.done
    assert not {"approval", "publication", "sheets", "result"} & set(codes(found))


def test_the_final_from_the_draw_to_the_last_entrant(cast: Cast) -> None:
    compute(cast, "preliminary", (cast.organiser, cast.organiser2), published=True)
    scene = build_scene(cast, kind="final")
    group = scene.entries[0].group
    found = ask(cast.edition, m.DURING_COACHING)
    assert [(one.code, one.message) for one in found.reasons if one.code == "draw"] == [("draw", f"{group.name}还没有公布出场顺序")]
    Draw.objects.create(round=scene.round, group=group, method="hand", state="published", prepared_at=m.DURING_COACHING, prepared_by=cast.organiser)
    found = ask(cast.edition, m.DURING_COACHING)
    assert "draw" not in codes(found) and "1 个组的出场顺序已公布" in found.done
    assert "room" in codes(ask(cast.edition, m.DURING_FINAL))
    RoadshowRoom.objects.create(round=scene.round)
    slot = RoadshowSlot.objects.create(round=scene.round, entry=scene.entries[0], position=1)
    assert "1 个项目还没有完成路演" in [one.message for one in ask(cast.edition, m.DURING_FINAL).reasons]
    slot.state = "finished"
    slot.save(update_fields=["state"])
    found = ask(cast.edition, m.DURING_FINAL)
    assert "全部项目已完成路演" in found.done and {"sheets"} <= set(codes(found))


def test_when_everything_is_over(cast: Cast) -> None:
    build_vote(1, edition=cast.edition)
    close_vote(edition=cast.edition, actor=SYSTEM, at=m.VOTE_CLOSES + timedelta(minutes=5))
    for kind in ("preliminary", "final"):
        compute(cast, kind, (cast.organiser, cast.organiser2), published=True)
    found = ask(cast.edition, m.NOTICE_CLOSES + timedelta(days=1))
    assert found.title == "结束本届前" and codes(found) == ["tally"]
    assert {"初赛结果已公布", "决赛结果已公布"} <= set(found.done)


def test_an_edition_without_a_final_is_not_asked_about_it(cast: Cast) -> None:
    build_accepted_entry(cast.edition, 1)
    Round.objects.filter(edition=cast.edition, kind="final").delete()
    assert not {"draw", "room", "slots"} & set(codes(ask(cast.edition, m.DURING_FINAL)))


@pytest.mark.parametrize("kind", ["public_vote", "preliminary"])
def test_stages_that_have_not_opened_are_not_asked(cast: Cast, kind: str) -> None:
    Stage.objects.filter(edition=cast.edition, kind=kind).update(gate_released_at=None)
    asked = {"public_vote": {"ledger", "tally"}, "preliminary": {"no_participants", "sheets"}}[kind]
    assert not asked & set(codes(ask(cast.edition, m.DURING_VOTE)))


def test_what_another_app_wants_before_the_gate_is_listed_with_its_link(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Reason("coaching", "2 个项目还没有约定辅导。", url="/coaching/")
    monkeypatch.setattr(gates, "_conditions", {"public_vote": [lambda edition: [missing]]})
    before = m.VOTE_OPENS - timedelta(hours=1)
    assert missing not in ask(cast.edition, before).reasons  # its gate is released already
    Stage.objects.filter(edition=cast.edition, kind="public_vote").update(gate_released_at=None)
    assert missing in ask(cast.edition, before).reasons
