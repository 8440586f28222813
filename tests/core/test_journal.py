"""The audit journal: written with every act, sealed in batches, and any later change shows."""

from datetime import timedelta

import pytest

from core import append_only
from core.actor import SYSTEM
from core.audit.journal import record
from core.audit.seal import seal_journal, verify_journal
from core.models import AuditDetail, AuditEntry, AuditSeal
from tests.factories import moments
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
LATER = moments.SET_UP + timedelta(minutes=10)


def write(count: int) -> list[AuditEntry]:
    user = UserFactory()
    return [
        record(verb="core.test.made", obj=user, actor=SYSTEM, at=moments.SET_UP, after={"n": n}) for n in range(count)
    ]


def test_an_act_is_written_with_its_details_beside_it() -> None:
    (entry,) = write(1)
    assert (entry.actor, entry.verb, entry.object_type) == ("system", "core.test.made", "accounts.user")
    assert entry.detail.content["after"] == {"n": 0}


def test_sealing_chains_batches_and_leaves_the_young_ones() -> None:
    write(3)
    first = seal_journal(at=LATER)
    assert first is not None
    record(verb="core.test.made", obj=UserFactory(), actor=SYSTEM, at=LATER)
    assert seal_journal(at=LATER) is None  # too young: its neighbours may still be uncommitted
    second = seal_journal(at=LATER + timedelta(minutes=5))
    assert second is not None
    assert (first.count, second.count) == (3, 1)
    assert verify_journal() == []


def test_erasing_details_keeps_the_chain() -> None:
    write(2)
    seal_journal(at=LATER)
    AuditDetail.objects.all().delete()
    assert verify_journal() == []


def test_a_changed_line_is_named() -> None:
    write(2)
    seal_journal(at=LATER)
    append_only.remove_triggers()
    AuditEntry.objects.update(actor="somebody")
    append_only.install_triggers()
    assert verify_journal() == [f"第 {AuditSeal.objects.get().pk} 号封存的校验值不符，其中有记录被改动。"]


def test_a_missing_line_is_named() -> None:
    entries = write(2)
    seal_journal(at=LATER)
    append_only.remove_triggers()
    AuditDetail.objects.all().delete()
    AuditEntry.objects.filter(pk=entries[0].pk).delete()
    append_only.install_triggers()
    assert verify_journal() == [f"第 {AuditSeal.objects.get().pk} 号封存应有 2 条记录，现有 1 条。"]
