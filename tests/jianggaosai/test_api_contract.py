"""The API answers as its schema says, whatever it is asked: schemathesis makes the requests from docs/openapi.yaml."""

from __future__ import annotations

import pytest
import requests
import schemathesis
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from accounts.actions.api_token import create_api_token
from core import clock
from tests.arch.sources import ROOT
from tests.cast import Cast
from tests.factories.results import AFTER_FINAL, publish_final

pytestmark = pytest.mark.django_db
SCHEMA = schemathesis.openapi.from_path(ROOT / "docs" / "openapi.yaml").exclude(path="/api/v1/schema/")
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
SCOPES = {"my": ("applicant", "entrant"), "judge": ("judge", "judge"), "org": ("organiser", "organiser")}


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Published results; nobody is throttled."""
    monkeypatch.setattr("accounts.caller.CallerThrottle.THROTTLE_RATES", {"caller": "100000/min"})
    cache.clear()
    publish_final(cast)
    return cast


@SCHEMA.parametrize()
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_every_operation_keeps_to_the_schema(case: schemathesis.Case, world: Cast) -> None:
    for name, value in {"slug": "jgs2026", "kind": "final", "what": "entries", "number": 1}.items():
        if name in case.path_parameters:
            case.path_parameters[name] = value
    case.validate_response(answer(case, token_for(case, world)), checks=CHECKS)


def token_for(case: schemathesis.Case, world: Cast) -> str:
    """A fresh token of the person the part of the API is for; empty for what is public."""
    part = case.operation.path.removeprefix("/api/v1/").split("/")[0]
    if part not in SCOPES:
        return ""
    who, scope = SCOPES[part]
    person = getattr(world, who)
    person.api_tokens.all().delete()
    return create_api_token(user=person, name="x", scope=scope, days=30, actor=person, at=AFTER_FINAL)[1]


def answer(case: schemathesis.Case, token: str) -> schemathesis.Response:
    """Asks through Django's own client, so that the test's transaction sees it, and hands the answer on."""
    sent = case.as_transport_kwargs(base_url="http://testserver")
    prepared = requests.Request(sent["method"], sent["url"], params=sent.get("params"), json=sent.get("json"), data=sent.get("data")).prepare()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with clock.rehearse(AFTER_FINAL):
        got = Client().generic(
            prepared.method, prepared.path_url, prepared.body or b"", prepared.headers.get("Content-Type", ""), headers=headers
        )
    sent_back = {name.lower(): [value] for name, value in got.headers.items()}
    return schemathesis.Response(got.status_code, sent_back, got.content, prepared, elapsed=0.0, verify=False)
