"""The page of tokens."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.actions.api_token import create_api_token
from accounts.models import ApiToken
from core.secret_token import token_digest
from tests.cast import Cast
from tests.factories import moments

pytestmark = pytest.mark.django_db
PAGE = "/my/tokens/"


@pytest.fixture
def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.applicant)
    return client


def test_the_token_is_shown_once(cast: Cast, signed_in: Client) -> None:
    answer = signed_in.post(PAGE, {"name": "园区平台", "scope": "entrant", "days": "90"})
    (token,) = re.findall(r'id="token">(jgs_[\w-]+)<', answer.content.decode())
    assert ApiToken.objects.get().digest == token_digest(token)
    assert "no-store" in answer["Cache-Control"]
    again = signed_in.get(PAGE).content.decode()
    assert token not in again and "园区平台" in again


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("scope", "superuser"), ("days", "9999")])
def test_bad_input_is_named_and_makes_no_token(signed_in: Client, field: str, value: str) -> None:
    answer = signed_in.post(PAGE, {"name": "x", "scope": "entrant", "days": "90", field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not ApiToken.objects.exists()


def test_only_one_s_own_token_can_be_revoked(cast: Cast, signed_in: Client) -> None:
    row, _ = create_api_token(user=cast.rival, name="x", scope="entrant", days=30, actor=cast.rival, at=moments.SET_UP)
    assert signed_in.post(f"{PAGE}{row.public_id}/revoke/").status_code == 404
    row.refresh_from_db()
    assert row.revoked_at is None
