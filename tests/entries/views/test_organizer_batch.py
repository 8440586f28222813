"""Pages on which several entries are handled at once, terms are put off and names mended; and the applicant's filings."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from entries.actions import pick_up_entry, start_entry
from entries.models import DeadlineExtension, ExaminerAssignment
from entries.queries.extension import is_registration_open
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry
from tests.entries.terms import build_clean_entry, build_own_accepted, until
from tests.factories import moments
from tests.factories.accounts import MembershipFactory


def ask(cast: Cast, who: str, name: str, *args: object, at: datetime = AT, data: dict | None = None):
    client = Client()
    client.force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    url = reverse(f"entries:{name}", args=args)
    with clock.rehearse(at):
        return client.get(url) if data is None else client.post(url, data, follow=True)


def text(response) -> str:
    return response.content.decode()


def test_ticked_entries_are_previewed_affirmed_and_passed(cast: Cast) -> None:
    slug, clean, doubtful = cast.edition.slug, build_clean_entry(cast), build_submitted_entry(cast, title="缺申报书")
    chosen = {"entry": [clean.public_id, doubtful.public_id]}
    page = text(ask(cast, "examiner", "formality-bulk", slug, data={**chosen, "preview": "1"}))
    assert "其中 1 份没有疑点" in page and "请单独审查" in page
    refused = ask(cast, "examiner", "formality-bulk", slug, data=chosen)
    assert refused.status_code == 422 and "请先逐项人工核对" in text(refused)
    clean.refresh_from_db()
    assert clean.state == "submitted"
    done = text(ask(cast, "examiner", "formality-bulk", slug, data={**chosen, "is_examined": "on"}))
    assert "共 2 份，已通过 1 份" in done and "001" in done
    assert "请先在队列中勾选" in text(ask(cast, "examiner", "formality-bulk", slug, data={"preview": "1"}))


def test_entries_are_assigned_and_spread_from_the_queue(cast: Cast) -> None:
    slug, entry = cast.edition.slug, build_submitted_entry(cast)
    assert "把未分派的 1 份平均分派" in text(ask(cast, "organiser", "formality-queue", slug))
    assert "平均分派" not in text(ask(cast, "examiner", "formality-queue", slug))
    assert "请先勾选" in text(ask(cast, "organiser", "formality-assign", slug, data={"entry": entry.public_id}))
    assert not ExaminerAssignment.objects.exists()
    data = {"entry": entry.public_id, "examiner": cast.examiner.pk}
    assert "已把 1 份分派给甄敏" in text(ask(cast, "organiser", "formality-assign", slug, data=data))
    build_submitted_entry(cast)
    assert "已平均分派 1 份" in text(ask(cast, "organiser", "formality-assign", slug, data={"spread": "1"}))


def test_a_draft_s_registration_is_put_off(cast: Cast, draft) -> None:
    slug = cast.edition.slug
    page = text(ask(cast, "organiser", "entry-extend", slug, draft.public_id, at=moments.REGISTRATION_CLOSES))
    assert "对这个单位本届的全部项目有效" in page
    data = {"kind": "registration", "until": "2026-09-02T18:00", "reason": "台风停工"}
    done = ask(cast, "organiser", "entry-extend", slug, draft.public_id, at=moments.REGISTRATION_CLOSES, data=data)
    assert "已准许延期" in text(done) and "台风停工" in text(done)
    assert DeadlineExtension.objects.get().until == clock.at_local(2026, 9, 2, 18)
    mine = text(ask(cast, "applicant", "my-entry", draft.public_id, at=moments.REGISTRATION_CLOSES))
    assert "9月2日 18:00" in mine
    submitted = build_submitted_entry(cast)
    assert "没有可以延长的期限" in text(ask(cast, "organiser", "entry-extend", slug, submitted.public_id))


def test_an_organisation_without_a_draft_gets_a_longer_registration(cast: Cast) -> None:
    slug, at = cast.edition.slug, moments.REGISTRATION_CLOSES
    assert "还没有准许过延期" in text(ask(cast, "organiser", "extension-list", slug, at=at))
    data = {"words": "没有的单位", "until": "2026-09-02T18:00", "reason": "台风停工"}
    assert "没有找到这个单位" in text(ask(cast, "organiser", "extension-list", slug, at=at, data=data))
    twin = MembershipFactory(organisation__name="抢注的", organisation__uscc=cast.rival_organisation.uscc).organisation
    data["words"] = "９１４４ 0400192548256n"
    which = ask(cast, "organiser", "extension-list", slug, at=at, data=data)
    assert which.status_code == 422 and "有 2 个账户登记过" in text(which) and twin.public_id in text(which)
    past = {**data, "organisation": cast.rival_organisation.public_id, "until": "2026-07-02T18:00"}
    assert "新的期限应晚于现在" in text(ask(cast, "organiser", "extension-list", slug, at=at, data=past))
    assert not DeadlineExtension.objects.exists()
    data["organisation"] = cast.rival_organisation.public_id
    done = text(ask(cast, "organiser", "extension-list", slug, at=at, data=data))
    assert "已准许“示例企业壬”的报名延至 2026-09-02 18:00" in done and "江晓 准许" in done
    assert start_entry(edition=cast.edition, organisation=cast.rival_organisation, actor=cast.rival, at=at)
    assert not is_registration_open(cast.edition, twin, at)


def test_a_name_is_mended_with_a_reason(cast: Cast) -> None:
    slug, entry = cast.edition.slug, build_own_accepted(cast)
    page = ask(cast, "organiser", "entry-correct", slug, entry.public_id, data={"title": "改正", "reason": ""})
    assert page.status_code == 422
    data = {"title": "改正", "short_name": entry.short_name, "contact_email": "new@example.com", "reason": "错字"}
    done = text(ask(cast, "organiser", "entry-correct", slug, entry.public_id, data=data))
    assert "形成新的一版" in done and "第 2 版" in done


def test_an_applicant_adds_a_filing_and_sees_the_growth(cast: Cast) -> None:
    until(cast, moments.COACHING_CLOSES)
    entry, at = build_own_accepted(cast), moments.DURING_COACHING
    data = {
        "asset_type": "invention", "country": "CN", "title": "一种新方法", "number_raw": "202610000001.4",
        "filed_on": "2026-09-20", "status": "filed", "owners": "示例企业丁",
    }  # fmt: skip
    refused = ask(cast, "applicant", "filings", entry.public_id, at=at, data=data)
    assert "最后一位应为 9" in text(refused) and entry.assets.count() == 1
    data["number_raw"] = "202610000001.9"
    assert "新增 1 件" in text(ask(cast, "applicant", "filings", entry.public_id, at=at, data=data))
    assert "新增 1 件" in text(ask(cast, "applicant", "my-entry", entry.public_id, at=at))
    assert "新增 1 件" in text(ask(cast, "organiser", "entry-inspect", cast.edition.slug, entry.public_id, at=at))
    files = text(ask(cast, "applicant", "register-step", entry.public_id, "files", at=at))
    assert "附件材料" in files
    other = ask(cast, "applicant", "register-step", entry.public_id, "project", at=at)
    assert other.status_code == 302
    closed = text(ask(cast, "applicant", "filings", entry.public_id, at=moments.COACHING_CLOSES))
    assert "填报已于" in closed and "填报一件" not in closed


def test_high_value_inventions_are_counted(cast: Cast) -> None:
    entry = build_own_accepted(cast)
    assert "高价值发明专利" not in text(ask(cast, "auditor", "entry-inspect", cast.edition.slug, entry.public_id))
    entry.assets.update(is_pledged=True, family="US10681263B2")
    page = text(ask(cast, "auditor", "entry-inspect", cast.edition.slug, entry.public_id))
    assert "高价值发明专利 1 件" in page and "有海外同族 1" in page and "实现质押融资 1" in page


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize("late", [False, True])
def test_a_preview_asks_no_more_for_many_entries(cast: Cast, items: int, late: bool, django_assert_num_queries) -> None:
    chosen = [build_submitted_entry(cast) for _ in range(items)]
    for entry in chosen:
        entry.assets.update(number="202210000101.3")  # each repeats the others; 15 statements are the sign-in
        pick_up_entry(entry=entry, actor=cast.examiner, at=AT)
    build_submitted_entry(cast).assets.update(number="202210000101.3")
    data = {"entry": [one.public_id for one in chosen], "preview": "1"}
    with django_assert_num_queries(43 if late else 38):
        ask(cast, "examiner", "formality-bulk", cast.edition.slug, data=data, at=moments.DURING_VOTE if late else AT)
