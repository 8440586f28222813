from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from entries import states
from entries.actions.submission import submit_entry
from entries.actions.transition import advance
from entries.models import Entry
from tests.entries.returned import return_entry_with
from tests.entries.terms import build_own_accepted
from tests.factories import moments
from tests.factories.entries import FormalityReviewFactory, IPAssetFactory

AT = moments.DURING_REGISTRATION


def url(entry: Entry, name: str = "my-entry") -> str:
    return reverse(f"entries:{name}", args=[entry.public_id])


@pytest.fixture
def submitted(cast, draft) -> Entry:
    return submit_entry(entry=draft, actor=cast.applicant, at=AT)


def test_a_draft_says_what_is_left_and_leads_to_the_first_gap(as_applicant, empty_draft, draft):
    page = as_applicant.get(url(empty_draft)).content.decode()
    assert "还没有提交" in page and "请在 <strong>8月31日 18:00</strong> 前提交" in page
    assert f'href="{reverse("entries:register-step", args=[empty_draft.public_id, "applicant"])}">继续填写' in page

    page = as_applicant.get(url(draft)).content.decode()
    assert f'href="{reverse("entries:register-step", args=[draft.public_id, "review"])}">核对并提交' in page


def test_a_draft_after_the_deadline_offers_nothing_to_fill_in(client, cast, draft):
    client.force_login(cast.applicant)
    with clock.rehearse(moments.REGISTRATION_CLOSES):
        page = client.get(url(draft)).content.decode()

    assert "现在不在报名时间内" in page and "/edit/" not in page


def test_a_submitted_entry_shows_its_receipt_hash_and_the_way_back(as_applicant, submitted):
    page = as_applicant.get(url(submitted)).content.decode()

    assert "受理号 JGS2026-000001" in page
    assert submitted.submissions.get().sha256 in page
    assert url(submitted, "entry-recall") in page and "/edit/" not in page


def test_the_content_is_summed_up_and_a_return_says_what_is_locked(client, cast, draft):
    review = return_entry_with(draft, cast, "summary", "asset.1.number")
    review.comments.filter(field="summary").update(is_mended=True)
    client.force_login(cast.applicant)
    with clock.rehearse(review.decided_at):
        answer = client.get(url(draft))
    rows = {row.heading: (row.words, row.badge and row.badge[0]) for row in answer.context["rows"]}
    assert rows["专利清单"] == ("1 件，其中发明 1 件", "需补正")
    assert rows["项目信息"][1] == "已修改" and rows["附件材料"][1] == "已锁定"
    assert rows["申报主体"][0].startswith(cast.organisation.name)
    page = answer.content.decode()
    assert "还没有参赛编号" in page and draft.summary in page  # folded, and there


def test_an_accepted_entry_leads_to_its_page_poster_and_votes(client, cast):
    entry = build_own_accepted(cast)
    client.force_login(cast.applicant)
    with clock.rehearse(moments.DURING_VOTE):
        page = client.get(url(entry)).content.decode()
    for name, args in (("entry-detail", ["jgs2026", entry.number]), ("poster", ["jgs2026", entry.number]), ("own-votes", [entry.public_id])):
        assert f'href="{reverse(f"voting:{name}", args=args)}"' in page


def test_recalling_asks_first_and_is_open_while_registration_is(client, cast, submitted):
    client.force_login(cast.applicant)
    last = moments.REGISTRATION_CLOSES - timedelta(seconds=1)
    with clock.rehearse(moments.REGISTRATION_CLOSES):
        assert url(submitted, "entry-recall") not in client.get(url(submitted)).content.decode()
        assert client.post(url(submitted, "entry-recall")).status_code == 409
    with clock.rehearse(last):
        assert "撤回修改？" in client.get(url(submitted, "entry-recall")).content.decode()
        submitted.refresh_from_db()
        assert submitted.state == states.SUBMITTED
        client.post(url(submitted, "entry-recall"))

    submitted.refresh_from_db()
    assert submitted.state == states.DRAFT


def test_withdrawing_asks_first(as_applicant, submitted):
    assert "退赛后不能自行恢复" in as_applicant.get(url(submitted, "entry-withdraw")).content.decode()
    submitted.refresh_from_db()
    assert submitted.state == states.SUBMITTED

    as_applicant.post(url(submitted, "entry-withdraw"), {"reason": "改投他赛"})

    submitted.refresh_from_db()
    assert submitted.state == states.WITHDRAWN
    page = as_applicant.get(url(submitted)).content.decode()
    assert "已退赛" in page and "改投他赛" in page
    assert as_applicant.get(url(submitted, "entry-withdraw")).status_code == 409


def test_a_returned_entry_lists_the_comments_with_links_and_opens_when_all_are_mended(client, cast, submitted):
    review = return_entry_with(submitted, cast, "summary", "file.proposal")
    client.force_login(cast.applicant)
    with clock.rehearse(moments.DURING_FORMALITY):
        page = client.get(url(submitted)).content.decode()
        assert "材料退回补正，还有 3 天" in page and "项目信息 · 公开简介" in page
        assert f'/my/entries/{submitted.public_id}/edit/files/#file-proposal"' in page
        assert "还有 2 处未修改，改完即可提交" in page
        assert client.post(url(submitted, "entry-resubmit")).status_code == 409

        review.comments.update(is_mended=True)
        assert "全部改完，可以提交" in client.get(url(submitted)).content.decode()
        client.post(url(submitted, "entry-resubmit"))

    submitted.refresh_from_db()
    assert submitted.state == states.UNDER_REVIEW


def test_after_its_term_a_returned_entry_is_closed(client, cast, submitted):
    review = return_entry_with(submitted, cast, "summary")
    client.force_login(cast.applicant)
    with clock.rehearse(review.due_at):
        page = client.get(url(submitted)).content.decode()

    assert "补正期限 2026年9月8日 10:00 已过" in page
    assert "重新提交</button>" not in page and "去修改" not in page


def test_an_accepted_entry_shows_its_number(as_applicant, cast, submitted):
    advance(submitted, "pick_up", actor=cast.examiner, at=AT)
    advance(submitted, "accept", actor=cast.examiner, at=AT, changes={"number": 47, "accepted_at": AT})

    page = as_applicant.get(url(submitted)).content.decode()
    assert '<span class="jg-no jg-no--plain">047</span>' in page
    assert "形式审查通过，参赛编号 047" in page


def test_a_rejected_entry_says_why(as_applicant, cast, submitted):
    FormalityReviewFactory(entry=submitted, examiner=cast.examiner, decision="reject", reason_code="duplicate", note="与 012 号相同。")
    Entry.objects.filter(pk=submitted.pk).update(state=states.REJECTED)

    assert "原因：重复申报。与 012 号相同。" in as_applicant.get(url(submitted)).content.decode()


@pytest.mark.parametrize("state", [states.UNDER_REVIEW, states.DISQUALIFIED])
def test_every_state_has_its_words(as_applicant, submitted, state):
    Entry.objects.filter(pk=submitted.pk).update(state=state, number=1)

    page = as_applicant.get(url(submitted)).content.decode()
    assert {"under_review": "正在形式审查", "disqualified": "已取消参赛资格"}[state] in page


def test_the_page_asks_no_more_of_the_database_for_more_patents(as_applicant, draft, django_assert_max_num_queries):
    as_applicant.get(url(draft))
    with django_assert_max_num_queries(34) as one:
        as_applicant.get(url(draft))
    for number in (1, 2):
        IPAssetFactory(entry=draft, number="", number_raw=f"x{number}", is_core=False)

    with django_assert_max_num_queries(len(one)) as three:
        as_applicant.get(url(draft))
    assert len(three) == len(one)
