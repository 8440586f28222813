"""One entry as the committee sees it, and the organiser's decisions on it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation
from competitions.models import Group
from core import clock
from core.audit.models import AuditEntry
from core.errors import NotAllowed
from entries import states
from entries.actions import accept_entry, pick_up_entry
from entries.actions.contacts import reveal_contacts
from entries.models import Entry
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry, list_file
from tests.factories.entries import build_accepted_entry

SECRET = ("13800138000", "wang@example.invalid")


@pytest.fixture(autouse=True)
def _during_the_examination():
    with clock.rehearse(AT):
        yield


@pytest.fixture
def entry(cast: Cast) -> Entry:
    found = build_accepted_entry(cast.edition, 47, title="陈皮仓储", created_by=cast.applicant)
    Organisation.objects.filter(applications__entry=found).update(
        contact_name="王小明", contact_mobile="+8613800138000", contact_email="wang@example.invalid"
    )
    return found


def client_of(cast: Cast, who: str) -> Client:
    found = Client()
    found.force_login(cast.people[who], backend="accounts.backends.PasswordBackend")
    return found


def url(entry: Entry, name: str = "entry-inspect") -> str:
    return reverse(f"entries:{name}", args=[entry.edition.slug, entry.public_id])


def test_everything_is_there_and_contacts_are_masked(cast: Cast) -> None:
    entry = build_submitted_entry(cast, title="海藻基包装膜")
    list_file(entry)
    pick_up_entry(entry=entry, actor=cast.examiner, at=AT)
    accept_entry(entry=entry, note="齐全", actor=cast.examiner, at=AT)
    page = client_of(cast, "auditor").get(url(entry)).content.decode()
    for words in ("海藻基包装膜", "参赛编号 001", "202210000101.3", "申报书.pdf", "审查记录", "齐全", "专利快照（报名时）", "初创组"):
        assert words in page
    assert "丁某" in page and "c***@example.invalid" in page and "contact@example.invalid" not in page
    assert "取消资格" not in page and "显示完整联系方式" not in page
    assert not AuditEntry.objects.filter(verb="entries.contact.revealed").exists()


def test_revealing_contacts_is_journaled_and_not_kept_by_the_browser(cast: Cast, entry: Entry) -> None:
    client = client_of(cast, "examiner")
    masked = client.get(url(entry)).content.decode()
    assert all(word not in masked for word in SECRET) and "138****8000" in masked

    answer = client.post(url(entry, "entry-contacts"))
    assert "wang@example.invalid" in answer.content.decode() and "13800138000" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    line = AuditEntry.objects.get(verb="entries.contact.revealed")
    assert (line.actor, line.object_id, line.edition) == (cast.examiner.actor_code, entry.public_id, "jgs2026")
    assert all(word not in str(line.detail.content) for word in SECRET)


def test_an_auditor_does_not_reveal(cast: Cast, entry: Entry) -> None:
    assert client_of(cast, "auditor").post(url(entry, "entry-contacts")).status_code == 404
    with pytest.raises(NotAllowed):
        reveal_contacts(entry=entry, actor=cast.auditor, at=AT)
    assert not AuditEntry.objects.exists()


def test_the_organiser_changes_the_group(cast: Cast, entry: Entry) -> None:
    client, growth = client_of(cast, "organiser"), Group.objects.get(track__edition=cast.edition, code="growth")
    form = client.get(url(entry, "entry-regroup")).content.decode()
    assert "现在的组别：初创组" in form and f'<option value="{growth.pk}">' in form
    assert client.post(url(entry, "entry-regroup"), {"group": growth.pk, "reason": ""}).status_code == 422

    answer = client.post(url(entry, "entry-regroup"), {"group": growth.pk, "reason": "复核营收"}, follow=True)
    assert "组别已调整。" in answer.content.decode() and "（江晓 调整）" in answer.content.decode()
    entry.refresh_from_db()
    assert (entry.group, entry.number) == (growth, 47)


def test_a_refused_change_is_said_on_its_page(cast: Cast, entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(state=states.WITHDRAWN)
    growth = Group.objects.get(track__edition=cast.edition, code="growth")
    answer = client_of(cast, "organiser").post(url(entry, "entry-regroup"), {"group": growth.pk, "reason": "太晚"})
    assert (answer.status_code, "不能调整组别" in answer.content.decode()) == (409, True)
    entry.refresh_from_db()
    assert entry.group.code == "startup"


def test_disqualifying_asks_first_and_reinstating_brings_back(cast: Cast, entry: Entry) -> None:
    client = client_of(cast, "organiser")
    assert "取消 047 的参赛资格？" in client.get(url(entry, "entry-disqualify")).content.decode()
    assert client.post(url(entry, "entry-disqualify"), {"reason": " "}).status_code == 422
    entry.refresh_from_db()
    assert entry.state == states.ACCEPTED

    client.post(url(entry, "entry-disqualify"), {"reason": "权属造假"})
    entry.refresh_from_db()
    assert (entry.state, entry.number) == (states.DISQUALIFIED, 47)
    assert "恢复到审查" in client.get(url(entry)).content.decode()

    client.post(url(entry, "entry-reinstate"), {"reason": "异议成立"})
    entry.refresh_from_db()
    assert (entry.state, entry.number) == (states.UNDER_REVIEW, 47)
