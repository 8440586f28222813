"""The API answers as its schema says, whatever it is asked: schemathesis makes the requests from docs/openapi.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.actions.api_token import create_api_token
from core import clock
from entries.models import EntryApplicant
from judging.models import Assignment, PanelSeat
from tests.arch.sources import ROOT
from tests.cast import Cast
from tests.factories.results import AFTER_FINAL, publish_final

pytestmark = pytest.mark.django_db
SCHEMA = schemathesis.openapi.from_path(ROOT / "docs" / "openapi.yaml").exclude(path="/api/v1/schema/")
CHECKS = [
    not_a_server_error, status_code_conformance, response_schema_conformance, response_headers_conformance, content_type_conformance,
]  # fmt: skip
SCOPES = {"my": ("applicant", "entrant"), "judge": ("judge", "judge"), "org": ("organiser", "organiser")}


@dataclass(frozen=True)
class World:
    """A published edition, and by the beginning of a path what its parameters must be so that there is something."""

    cast: Cast
    known: dict[str, dict[str, Any]]


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> World:
    """Published results, one of the entries the applicant's, one of the seats the judge's; nobody is throttled."""
    monkeypatch.setattr("accounts.caller.CallerThrottle.THROTTLE_RATES", {"caller": "100000/min"})
    result = publish_final(cast)
    part = EntryApplicant.objects.filter(entry__number=1).first()
    task = Assignment.objects.filter(seat__panel__round__kind="final").first()
    assert part is not None and task is not None
    EntryApplicant.objects.filter(pk=part.pk).update(organisation=cast.organisation)
    PanelSeat.objects.filter(pk=task.seat_id).update(judge=cast.judge, declared_at=AFTER_FINAL)
    known = {
        "editions": {"public_id": result.public_id},
        "my": {"public_id": part.entry.public_id},
        "judge": {"public_id": task.public_id},
    }
    return World(cast, known)


@SCHEMA.parametrize()
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_every_operation_keeps_to_the_schema(case: schemathesis.Case, world: World) -> None:
    for name, value in {"slug": "jgs2026", "kind": "final", "number": 1, **world.known.get(part_of(case), {})}.items():
        if name in case.path_parameters:
            case.path_parameters[name] = value
    case.validate_response(answer(case, token_for(case, world.cast)), checks=CHECKS)


def test_what_is_there_is_answered_with_200(world: World) -> None:
    """So that the test above looks at real answers and not only at refusals."""
    for operation in SCHEMA.get_all_operations():
        found = operation.ok()
        if found.method.upper() != "GET":
            continue
        names = {"slug": "jgs2026", "kind": "final", "number": 1, "what": "awards", **world.known.get(found.path.split("/")[3], {})}
        case = found.Case(path_parameters={name: value for name, value in names.items() if f"{{{name}}}" in found.path})
        got = answer(case, token_for(case, world.cast))
        assert (got.status_code, found.path) == (404 if found.path.endswith("/checkpoint/") else 200, found.path)
        case.validate_response(got, checks=CHECKS)


def part_of(case: schemathesis.Case) -> str:
    return case.operation.path.removeprefix("/api/v1/").split("/")[0]


def token_for(case: schemathesis.Case, cast: Cast) -> str:
    """A fresh token of the person the part of the API is for; empty for what is public."""
    part = part_of(case)
    if part not in SCOPES:
        return ""
    who, scope = SCOPES[part]
    person = getattr(cast, who)
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
