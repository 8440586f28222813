"""Tokens of programs: shown once, kept as a hash, ended at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.actions.api_token import (
    MOST_TOKENS,
    create_api_token,
    note_token_use,
    revoke_api_token,
)
from accounts.errors import TooManyTokens
from accounts.models import ApiToken
from accounts.queries.api_tokens import find_token
from core.models import AuditDetail, AuditEntry
from core.secret_token import token_digest
from tests.cast import Cast
from tests.factories import moments

pytestmark = pytest.mark.django_db
AT = moments.SET_UP


def make(cast: Cast, **fields: object) -> tuple[ApiToken, str]:
    values = {"name": "园区平台", "scope": "entrant", "days": 30, "at": AT, **fields}
    return create_api_token(user=cast.applicant, actor=cast.applicant, **values)


def test_only_the_hash_is_kept_anywhere(cast: Cast) -> None:
    row, token = make(cast)
    assert (row.digest, row.hint, row.expires_at) == (token_digest(token), token[:8], AT + timedelta(days=30))
    assert len(token) > 40 and token not in str(ApiToken.objects.values()) + str(AuditDetail.objects.values())
    assert AuditEntry.objects.filter(verb="accounts.apitoken.created", object_id=row.public_id).count() == 1


def test_a_token_is_found_until_its_end(cast: Cast) -> None:
    row, token = make(cast)
    assert find_token(token_digest(token), row.expires_at - timedelta(seconds=1)) == row
    assert find_token(token_digest(token), row.expires_at) is None
    assert find_token(token_digest(token + "x"), AT) is None


def test_a_revoked_token_and_one_of_a_closed_account_open_nothing(cast: Cast) -> None:
    row, token = make(cast)
    _, other = make(cast)
    revoke_api_token(token=row, actor=cast.applicant, at=AT)
    revoke_api_token(token=row, actor=cast.applicant, at=AT)
    assert find_token(token_digest(token), AT) is None and find_token(token_digest(other), AT) is not None
    assert AuditEntry.objects.filter(verb="accounts.apitoken.revoked").count() == 1
    cast.applicant.is_active = False
    cast.applicant.save()
    assert find_token(token_digest(other), AT) is None


def test_an_eleventh_token_is_refused_and_an_ended_one_does_not_count(cast: Cast) -> None:
    rows = [make(cast)[0] for _ in range(MOST_TOKENS)]
    with pytest.raises(TooManyTokens):
        make(cast)
    assert ApiToken.objects.count() == MOST_TOKENS
    revoke_api_token(token=rows[0], actor=cast.applicant, at=AT)
    make(cast)
    assert ApiToken.objects.count() == MOST_TOKENS + 1


def test_use_is_noted_to_ten_minutes(cast: Cast) -> None:
    row, _ = make(cast)
    for minutes, noted in ((0, 0), (9, 0), (10, 10)):
        note_token_use(token=row, at=AT + timedelta(minutes=minutes))
        row.refresh_from_db()
        assert row.used_at == AT + timedelta(minutes=noted)
