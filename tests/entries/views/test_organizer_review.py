"""The review page and the conclusions."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from core.clock import at_local
from entries import states
from entries.actions import note_comment, pick_up_entry, return_entry
from entries.models import Entry, FormalityReview
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry, file_submission, list_file
from tests.factories import moments


@pytest.fixture(autouse=True)
def _during_the_examination():
    with clock.rehearse(AT):
        yield


@pytest.fixture
def client(cast: Cast) -> Client:
    found = Client()
    found.force_login(cast.examiner, backend="accounts.backends.PasswordBackend")
    return found


@pytest.fixture
def organiser(cast: Cast) -> Client:
    found = Client()
    found.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    return found


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return build_submitted_entry(cast, title="陈皮仓储陈化环境智能调控")


@pytest.fixture
def held(cast: Cast, entry: Entry) -> Entry:
    return pick_up_entry(entry=entry, actor=cast.examiner, at=AT)


def url(entry: Entry, name: str = "formality-review", *args: str) -> str:
    return reverse(f"entries:{name}", args=[entry.edition.slug, entry.public_id, *args])


def test_a_waiting_entry_is_picked_up_from_its_page(client: Client, entry: Entry) -> None:
    page = client.get(url(entry))
    assert "开始审查" in page.content.decode() and "写意见" not in page.content.decode()
    assert client.post(url(entry, "formality-pick-up")).headers["Location"] == url(entry)
    assert "写意见" in client.get(url(entry)).content.decode()
    assert entry.reviews.get().decision == ""


def test_the_second_examiner_sees_who_was_first(organiser: Client, held: Entry) -> None:
    page = organiser.get(url(held)).content.decode()
    assert "甄敏已开始审查，由其作出结论。" in page and "放回队列，改派他人" in page
    assert organiser.post(url(held, "formality-pick-up")).status_code == 409
    assert held.reviews.count() == 1


def test_it_goes_back_into_the_queue(organiser: Client, held: Entry) -> None:
    answer = organiser.post(url(held, "formality-release"))
    assert answer.headers["Location"] == reverse("entries:formality-queue", args=["jgs2026"])
    held.refresh_from_db()
    assert (held.state, FormalityReview.objects.count()) == (states.SUBMITTED, 0)


@pytest.mark.parametrize("tab", ["applicant", "project", "patents", "files"])
def test_every_tab_has_its_content_and_comments(client: Client, held: Entry, tab: str) -> None:
    list_file(held)
    page = client.get(url(held), {"tab": tab}).content.decode()
    marks = {"applicant": "91440606722473344C", "project": "木器漆乳液", "patents": "202210000101.3", "files": "申报书.pdf"}
    assert marks[tab] in page and "写意见" in page


def test_a_comment_is_written_changed_and_removed_without_script(client: Client, held: Entry) -> None:
    name = "asset.1.number"
    form = client.get(url(held), {"tab": "patents", "comment": name}).content.decode()
    assert form.count('name="message"') == 1

    answer = client.post(url(held, "formality-comment"), {"field": name, "tab": "patents", "message": "校验位不对。"})
    assert answer.headers["Location"] == f"{url(held)}?tab=patents#f-{name}"
    page = client.get(url(held), {"tab": "patents"}).content.decode()
    assert "改意见" in page and "字段意见 1" in page and "有字段意见时不能直接通过" in page
    assert "校验位不对。" in client.get(url(held), {"tab": "patents", "comment": name}).content.decode()

    client.post(url(held, "formality-comment-drop"), {"field": name, "tab": "patents"})
    assert not held.reviews.get().comments.exists()


def test_an_empty_comment_is_said_beside_its_field(client: Client, held: Entry) -> None:
    answer = client.post(url(held, "formality-comment"), {"field": "summary", "tab": "project", "message": " "})
    assert answer.status_code == 422
    assert "请写明怎么改。" in answer.content.decode()
    assert not held.reviews.get().comments.exists()


def test_a_resubmission_shows_what_changed_and_the_last_round(client: Client, cast: Cast, held: Entry) -> None:
    comments = [("summary", "请写明效果数据。")]
    returned = return_entry(entry=held, comments=comments, note="其余无误", actor=cast.examiner, at=AT)
    Entry.objects.filter(pk=returned.pk).update(summary="干燥时间缩短 30%。", state=states.UNDER_REVIEW)
    file_submission(Entry.objects.get(pk=returned.pk))

    page = client.get(url(held)).content.decode()
    assert "本次改动 1" in page and "上次退回补正" in page and "请写明效果数据。" in page
    assert "<ins><span class=\"visually-hidden\">改为</span>干燥时间缩短 30%。</ins>" in page
    assert "本次改动" in client.get(url(held), {"tab": "applicant"}).content.decode()
    assert "开始审查" in page


def test_passing_asks_for_the_manual_checks(client: Client, held: Entry) -> None:
    address = url(held, "formality-decide", "accept")
    assert "初创组" in client.get(address).content.decode()
    refused = client.post(address, {"note": ""})
    assert (refused.status_code, "请先逐项人工核对" in refused.content.decode()) == (422, True)
    held.refresh_from_db()
    assert held.number is None

    done = client.post(address, {"is_examined": "on", "note": "齐全"}, follow=True)
    held.refresh_from_db()
    assert (held.number, held.state) == (1, states.ACCEPTED)
    assert "已通过，参赛编号 001，组别：初创组。" in done.content.decode()


def test_a_refusal_is_said_on_the_page_of_the_conclusion(client: Client, cast: Cast, held: Entry) -> None:
    note_comment(entry=held, field="summary", message="请改短。", actor=cast.examiner, at=AT)
    answer = client.post(url(held, "formality-decide", "accept"), {"is_examined": "on"})
    assert (answer.status_code, "还有 1 条字段意见" in answer.content.decode()) == (409, True)
    held.refresh_from_db()
    assert held.state == states.UNDER_REVIEW


def test_returning_takes_the_noted_comments_and_the_term(client: Client, cast: Cast, held: Entry) -> None:
    note_comment(entry=held, field="summary", message="请改短。", actor=cast.examiner, at=AT)
    address = url(held, "formality-decide", "return")
    assert 'value="2026-09-10T18:00"' in client.get(address).content.decode()
    wrong = client.post(address, {"due_at": "soon"})
    assert (wrong.status_code, "补正期限应写成日期和时间" in wrong.content.decode()) == (422, True)

    client.post(address, {"due_at": "2026-09-08T12:00", "note": "请尽快"})
    review = held.reviews.get()
    assert (review.decision, review.due_at, review.note) == ("return", at_local(2026, 9, 8, 12), "请尽快")
    assert review.comments.get().message == "请改短。"
    page = client.get(url(held)).content.decode()
    assert "补正期限 9月8日 12:00" in page and "开始审查" not in page


def test_an_overdue_correction_is_confirmed(client: Client, cast: Cast, held: Entry) -> None:
    return_entry(entry=held, comments=[("summary", "请改短。")], actor=cast.examiner, at=AT)
    with clock.rehearse(moments.DURING_VOTE):
        assert "确认逾期，不予通过" in client.get(url(held)).content.decode()
        address = url(held, "formality-decide", "reject")
        assert client.post(address, {"reason_code": "", "note": ""}).status_code == 422
        client.post(address, {"reason_code": "missing_commitment", "note": "逾期未补正"})
    held.refresh_from_db()
    assert held.state == states.REJECTED
    assert "上次不予通过" in client.get(url(held)).content.decode()


def test_who_does_not_hold_it_gets_no_form(organiser: Client, held: Entry) -> None:
    page = organiser.get(url(held, "formality-decide", "accept")).content.decode()
    assert "甄敏已开始审查" in page and 'name="is_examined"' not in page
    assert organiser.post(url(held, "formality-decide", "accept"), {"is_examined": "on"}).status_code == 409
    held.refresh_from_db()
    assert held.state == states.UNDER_REVIEW


def test_unknown_conclusions_and_other_editions_do_not_exist(client: Client, cast: Cast, held: Entry) -> None:
    assert client.get(url(held, "formality-decide", "maybe")).status_code == 404
    elsewhere = reverse("entries:formality-review", args=[cast.other_edition.slug, held.public_id])
    assert client.get(elsewhere).status_code == 404


def test_outside_the_stage_the_page_reads_but_does_not_act(client: Client, entry: Entry) -> None:
    with clock.rehearse(moments.DURING_VOTE):
        page = client.get(url(entry)).content.decode()
    assert "形式审查未开放" in page and "开始审查，" not in page and "formality-pick-up" not in page
    assert "现在不能审查这个项目" in page


def test_the_page_takes_as_many_queries_with_three_in_the_queue(client: Client, cast: Cast, held: Entry) -> None:
    """Counted against each other, not as a number: the frame of the console asks questions of its own."""
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get(url(held))
        counts.append(len(queries))
        build_submitted_entry(cast)
    assert counts[0] == counts[2]
    assert counts[0] <= 60
