from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.actions import give_consent, withdraw_consent
from accounts.models import Consent
from core.models import AuditEntry
from tests.factories import moments
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
AT = moments.SET_UP
LATER = AT + timedelta(days=1)


def test_given_twice_is_one_row_and_one_line() -> None:
    user = UserFactory()
    first = give_consent(user=user, document="privacy:2026", version=2, subject="e1", actor=user, at=AT)
    second = give_consent(user=user, document="privacy:2026", version=2, subject="e1", actor=user, at=LATER)
    assert first == second
    assert Consent.objects.get().given_at == AT
    assert AuditEntry.objects.count() == 1


def test_withdrawn_can_be_given_anew() -> None:
    user = UserFactory()
    consent = give_consent(user=user, document="privacy:2026", version=1, actor=user, at=AT)
    withdraw_consent(consent=consent, actor=user, at=LATER)
    withdraw_consent(consent=consent, actor=user, at=LATER + timedelta(days=1))
    assert Consent.objects.get().withdrawn_at == LATER
    again = give_consent(user=user, document="privacy:2026", version=1, actor=user, at=LATER)
    assert again.pk != consent.pk
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "accounts.consent.given",
        "accounts.consent.withdrawn",
        "accounts.consent.given",
    ]
