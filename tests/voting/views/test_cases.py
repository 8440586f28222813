"""The case page: choosing by entry, time and signal, preview, proposal, release, what the public reads, appeals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from competitions.models import Edition
from core import clock
from core.models import AuditEntry, Message
from entries.models import Entry
from tests.cast import Cast
from tests.factories import moments
from tests.voting.ballots import AFTER, build_vote, vote
from tests.voting.views.casework import client_of, hidden, make_final, preview, propose, release_all
from voting.actions.ledger import seal_ledger
from voting.models import BallotEvidence, VoteAppeal, VoteCase, VoteCaseRelease
from voting.pure.tally import Counted
from voting.queries.case_leaf import coming_tally

pytestmark = pytest.mark.django_db
NOW = moments.DURING_VOTE
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """Six votes: three for 1 from one range with one agent, one of them by text message; three for 2, an hour later."""
    edition = build_vote(edition=cast.edition)
    farm = {"agent": 'Farm "7" (x)', "device": "d" * 32, "proof": "plain"}
    for voter in range(3):
        address = {"address": f"198.51.100.{voter}", **farm}
        vote(edition, 1, voter=voter, level=2 if voter == 0 else 0, evidence=address)
    for voter in range(3, 6):
        vote(edition, 2, voter=voter, at=LATER, evidence={"address": "198.51.101.9"})
    seal_ledger(edition=edition, at=LATER)
    return edition


@pytest.fixture
def one(cast: Cast) -> Client:
    return client_of(cast.organiser)


@pytest.mark.parametrize(
    ("criteria", "votes"),
    [
        ({"entries": "1"}, 3),
        ({"entries": "001, 2"}, 6),
        ({"since": "2026-09-25T10:30"}, 3),
        ({"until": "2026-09-25T10:30", "entries": "2"}, 0),
        ({"address": "198.51.100."}, 3),
        ({"address": "198.51.10"}, 6),
        ({"agent": '"7" (X'}, 3),
        ({"agent": "198"}, 0),
        ({"device": "d" * 32}, 3),
        ({"device": "d"}, 0),
        ({"proof": "plain"}, 3),
        ({"level": "2"}, 1),
        ({"level": "0"}, 5),
        ({"ballots": "1-2, 5"}, 3),
        ({"ballots": "1-4", "entries": "2"}, 1),
    ],
)
def test_ballots_are_chosen_by_entry_time_and_signal(one: Client, edition: Edition, criteria: dict, votes: int) -> None:
    with clock.rehearse(LATER):
        answer = preview(one, edition, **criteria)
    assert answer.context["preview"].count == votes
    assert not VoteCase.objects.exists()


def test_the_preview_says_who_is_behind_and_the_journal_who_looked(one: Client, edition: Edition) -> None:
    with clock.rehearse(LATER):
        page = preview(one, edition, address="198.51.100.")
    found = page.context["preview"]
    assert (found.voters, found.addresses, found.devices, found.agents) == (3, 3, 1, 1)
    assert found.by_entry == ((1, Entry.objects.get(number=1).title, 3),)
    assert found.by_level == (("设备", 2), ("手机验证", 1))
    assert "提出剔除 3 票" in page.content.decode()
    assert AuditEntry.objects.filter(verb="voting.evidence.searched").count() == 1


def test_the_committee_sees_how_surely_voters_were_known(one: Client, edition: Edition) -> None:
    page = one.get(f"/org/{edition.slug}/vote/cases/").content.decode()
    assert "手机验证 <strong" in page and "（16.7%）" in page and "（83.3%）" in page


@pytest.mark.parametrize(
    ("criteria", "words"),
    [
        ({}, "至少填写一项条件"),
        ({"entries": "甲"}, "不是项目编号"),
        ({"entries": "77"}, "本届没有编号 077"),
        ({"ballots": "0"}, "不是选票"),
        ({"ballots": "甲乙"}, "没有找到"),
        ({"since": "2026-09-25T12:00", "until": "2026-09-25T11:00"}, "结束时间应晚于开始时间"),
    ],
)
def test_criteria_that_cannot_be_name_the_mistake(one: Client, edition: Edition, criteria: dict, words: str) -> None:
    answer = preview(one, edition, **criteria)
    assert answer.status_code == 422 and words in answer.content.decode()


def test_a_case_goes_from_preview_to_release(cast: Cast, one: Client, edition: Edition) -> None:
    two = client_of(cast.organiser2)
    with clock.rehearse(LATER):
        url = propose(one, edition, address="198.51.100.").url
        assert "须由另一位组委会成员复核" in one.get(url).content.decode()
        assert one.post(url, {"decision": "release"}).status_code == 409
        assert not VoteCaseRelease.objects.exists()
        assert two.post(url, {"decision": "release", "note": "属实"}).status_code == 302
        assert coming_tally(edition).counted()["001"] == Counted(void=3)
        assert preview(one, edition, entries="1").context["preview"].count == 0, "voided already"
        again = preview(one, edition, entries="1", verb="restore").context["preview"]
        assert again.count == 3
    assert "已生效" in one.get(f"/org/{edition.slug}/vote/cases/").content.decode()


def test_what_is_proposed_is_what_was_previewed(one: Client, edition: Edition) -> None:
    """Votes sealed after the preview stay out; criteria changed after it lead to a new preview."""
    with clock.rehearse(LATER):
        page = preview(one, edition, entries="1").content.decode()
        vote(edition, 1, voter=9, at=LATER)
        seal_ledger(edition=edition, at=LATER)
        data = {"verb": "void", "entries": "1", "below": hidden(page, "below"), "digest": hidden(page, "digest")}
        data |= {"reason": "R1", "evidence": "x", "step": "propose"}
        changed = one.post(f"/org/{edition.slug}/vote/cases/new/", {**data, "entries": "2"})
        assert "筛选条件在预览之后改过" in changed.content.decode() and not VoteCase.objects.exists()
        assert one.post(f"/org/{edition.slug}/vote/cases/new/", {**data, "evidence": ""}).status_code == 422
        assert one.post(f"/org/{edition.slug}/vote/cases/new/", data).status_code == 302
    assert VoteCase.objects.get().ballots.count() == 3


def test_forgotten_evidence_finds_nothing_by_signal(one: Client, edition: Edition) -> None:
    BallotEvidence.objects.all().delete()
    with clock.rehearse(LATER):
        assert preview(one, edition, address="198.51.100.").context["preview"].count == 0
        assert preview(one, edition, entries="1").context["preview"].count == 3


def test_after_the_final_tally_numbers_are_public_and_nothing_can_be_proposed(cast: Cast, one: Client, edition: Edition) -> None:
    with clock.rehearse(LATER):
        propose(one, edition, address="198.51.100.", reason="R1")
        propose(one, edition, ballots="4", verb="hold", reason="R4")
    release_all(cast, edition)
    make_final(cast, edition)
    with clock.rehearse(AFTER):
        assert "还有 1 票暂缓计票" in one.get(f"/org/{edition.slug}/vote/final/").content.decode()
        propose(one, edition, ballots="4", reason="R4")
    release_all(cast, edition)
    board = Client().get(f"/{edition.slug}/board/").content.decode()
    assert "R1 程序自动投票" not in board
    make_final(cast, edition)
    board = Client().get(f"/{edition.slug}/board/").content.decode()
    assert "R1 程序自动投票" in board and "R4 掩护性投票" in board
    assert "198.51" not in board and "同一秒" not in board
    assert one.get(f"/org/{edition.slug}/vote/cases/new/").status_code == 302
    assert "不能再提出处理" in one.get(f"/org/{edition.slug}/vote/cases/").content.decode()


class TestAppeal:
    """The organisation that leads an entry may appeal after the final tally; the committee answers once."""

    @pytest.fixture
    def entry(self, cast: Cast, edition: Edition) -> Entry:
        entry = Entry.objects.get(number=1)
        row = entry.applicants.get(part="lead")
        row.organisation = cast.organisation
        row.save()
        return entry

    def removed(self, cast: Cast, one: Client, edition: Edition) -> None:
        with clock.rehearse(LATER):
            propose(one, edition, address="198.51.100.")
        release_all(cast, edition)
        make_final(cast, edition)

    def test_it_is_filed_answered_and_mailed(self, cast: Cast, one: Client, edition: Edition, entry: Entry) -> None:
        url, own = f"/my/entries/{entry.public_id}/votes/", client_of(cast.applicant)
        assert "票数还没有终计" in own.get(url).content.decode()
        assert own.post(url, {"text": "我们认为这些票是员工投的。"}).status_code == 409
        self.removed(cast, one, edition)
        with clock.rehearse(AFTER):
            assert "查看票数核查" in own.get("/my/").content.decode()
            assert "R3 同一设备多账户" in own.get(url).content.decode()
            assert own.post(url, {"text": "短"}).status_code == 422
            assert own.post(url, {"text": "我们认为这些票是员工投的。"}).status_code == 302
            assert own.post(url, {"text": "我们认为这些票是员工投的。"}).status_code == 409
            appeal = VoteAppeal.objects.get()
            answer = f"/org/{edition.slug}/vote/appeals/{appeal.public_id}/"
            assert "同一设备多账户 3 票" in one.get(answer).content.decode()
            assert one.post(answer, {"answer": "经复查维持原处理。"}).status_code == 302
            assert one.post(answer, {"answer": "改口"}).status_code == 409
        assert "经复查维持原处理" in own.get(url).content.decode()
        assert Message.objects.get(subject__contains="申诉的答复").recipient == cast.applicant.email
        verbs = set(AuditEntry.objects.filter(verb__startswith="voting.appeal").values_list("verb", flat=True))
        assert verbs == {"voting.appeal.filed", "voting.appeal.answered"}

    def test_without_a_removed_vote_or_from_others_there_is_none(
        self, cast: Cast, one: Client, edition: Edition, entry: Entry
    ) -> None:
        url = f"/my/entries/{entry.public_id}/votes/"
        make_final(cast, edition)
        assert client_of(cast.applicant).post(url, {"text": "我们认为这些票是员工投的。"}).status_code == 409
        for who in (cast.rival, cast.stranger):
            assert client_of(who).get(url).status_code == 404
        assert one.post(url, {"text": "组委会不能替申报单位申诉。"}).status_code == 404
        assert not VoteAppeal.objects.exists()


def test_the_list_shows_the_cases_of_a_state_and_so_does_its_file(cast: Cast, one: Client, edition: Edition) -> None:
    for number, decision in ((1, None), (2, True), (3, False)):
        case = VoteCase.objects.create(edition=edition, verb="hold", reason="R1", evidence=f"第 {number} 件", proposed_at=LATER, proposed_by=cast.organiser)
        if decision is not None:
            VoteCaseRelease.objects.create(case=case, is_released=decision, at=LATER, by=cast.organiser2)
    page = f"/org/{edition.slug}/vote/cases/"
    shown = {state: [case.evidence for case in one.get(f"{page}?state={state}").context["page_obj"]] for state in ("", "waiting", "released", "dismissed", "x")}
    assert shown == {
        "": ["第 1 件", "第 3 件", "第 2 件"], "waiting": ["第 1 件"], "released": ["第 2 件"], "dismissed": ["第 3 件"], "x": ["第 1 件", "第 3 件", "第 2 件"],
    }  # fmt: skip
    html = one.get(f"{page}?state=waiting").content.decode()
    address = f"/org/{edition.slug}/exports/cases.json?state=waiting"
    assert address in html and "按本页当前的筛选" in html
    assert [row["evidence"] for row in one.get(address).json()["rows"]] == ["第 1 件"]
    VoteCase.objects.filter(release=None).delete()
    assert "没有这个状态的处理" in one.get(f"{page}?state=waiting").content.decode()
