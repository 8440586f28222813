"""What a token opens: its person's rights, within its scope, and nobody else's marks."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.actions.api_token import create_api_token
from accounts.models import User
from core import clock
from core.models import AuditEntry
from entries.models import Entry
from judging.models import ScoreSheet, ScoreSheetVersion
from results.models import Computation
from tests.cast import Cast
from tests.entries.dossiers import build_submitted_entry
from tests.factories import moments
from tests.factories.entries import build_accepted_entry
from tests.factories.results import AFTER_FINAL, publish_final
from tests.judging.scene import MARKS, Scene, build_scene

pytestmark = pytest.mark.django_db
API = "/api/v1/"
SLUG = "jgs2026"


class Caller:
    """A program that acts for somebody."""

    def __init__(self, user: User, scope: str) -> None:
        _, self.token = create_api_token(user=user, name="test", scope=scope, days=365, actor=user, at=moments.SET_UP)
        self.client = Client()

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        sent = {} if method == "get" else {"content_type": "application/json"}
        with clock.rehearse(self.at):
            return getattr(self.client, method)(
                API + path, data=data, headers={"Authorization": f"Bearer {self.token}", **headers}, **sent
            )

    at = moments.DURING_PRELIMINARY


@pytest.fixture
def scene(cast: Cast) -> Scene:
    scene = build_scene(cast, entry_count=2)
    for seat in scene.seats.values():
        seat.declared_at = moments.DURING_VOTE
        seat.save()
    return scene


def test_a_judge_reads_scores_and_submits_only_their_own_sheet(cast: Cast, scene: Scene) -> None:
    judge, path = Caller(cast.judge, "judge"), f"judge/tasks/{scene.assignment.public_id}/"
    (task,) = judge.call("get", "judge/tasks/").json()
    assert (task["public_id"], task["number"], task["state"]) == (scene.assignment.public_id, 1, "empty")
    assert not {"organisation", "organisations", "lead"} & set(task)
    assert [one["code"] for one in judge.call("get", path).json()["criteria"]] == list(MARKS)
    saved = judge.call("put", path, {"marks": {"A": "50.5", "B": None}, "sequence": 1}).json()
    assert (saved["marks"], saved["sequence"], saved["state"]) == ({"A": "50.5"}, 1, "draft")
    done = judge.call("post", path, {"marks": MARKS, "comment": "好"}).json()
    assert done["state"] == "locked" and str(ScoreSheetVersion.objects.get().total) == "86.500000"
    assert judge.call("put", path, {"marks": MARKS, "sequence": 9}).status_code == 409
    assert Caller(cast.judge2, "judge").call("get", path).status_code == 404


@pytest.mark.parametrize("marks", [{"A": "999"}, {"Z": "1"}, {"A": "50.3"}, {"A": "many"}])
def test_a_bad_mark_is_refused_with_its_reason_and_nothing_is_kept(cast: Cast, scene: Scene, marks: dict) -> None:
    answer = Caller(cast.judge, "judge").call("put", f"judge/tasks/{scene.assignment.public_id}/", {"marks": marks, "sequence": 1})
    assert 400 <= answer.status_code < 500 and answer["Content-Type"] == "application/problem+json"
    assert not ScoreSheet.objects.exclude(draft={}).exists()


@pytest.mark.parametrize("body", [{}, {"marks": [], "sequence": 1}, {"marks": {}, "sequence": 0}, []])
def test_a_malformed_body_names_its_faults(cast: Cast, scene: Scene, body: Any) -> None:
    answer = Caller(cast.judge, "judge").call("put", f"judge/tasks/{scene.assignment.public_id}/", body)
    assert answer.status_code == 400 and answer.json()["errors"]


def test_a_body_that_is_no_json_is_a_problem(cast: Cast, scene: Scene) -> None:
    answer = Caller(cast.judge, "judge").call("put", f"judge/tasks/{scene.assignment.public_id}/", "text")
    assert (answer.status_code, answer.json()["title"]) == (400, "请求有误。")


@pytest.mark.parametrize(
    "path", ["judge/tasks/", "my/entries/", f"org/{SLUG}/entries/", f"org/{SLUG}/lists/entries/", f"org/{SLUG}/results/final/"]
)
@pytest.mark.parametrize("scope", ["entrant", "judge", "organiser"])
def test_a_token_of_another_scope_opens_nothing(cast: Cast, path: str, scope: str) -> None:
    fitting = {"judge": "judge", "my": "entrant", "org": "organiser"}[path.split("/")[0]]
    answer = Caller(cast.organiser, scope).call("get", path)
    assert answer.status_code == (403 if scope != fitting else (404 if path.endswith("final/") else 200))


@pytest.mark.parametrize("header", ["Bearer nothing", "Bearer jgs_nothing", "Bearer", "Basic eDp5"])
def test_a_bad_token_is_401(client: Client, cast: Cast, header: str) -> None:
    answer = client.get(f"{API}my/entries/", headers={"Authorization": header})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="api"')


def test_an_entrant_sees_and_submits_their_own_entries_alone(cast: Cast) -> None:
    entry = build_submitted_entry(cast)
    mine, theirs = Caller(cast.applicant, "entrant"), Caller(cast.rival, "entrant")
    assert [one["public_id"] for one in mine.call("get", "my/entries/").json()["results"]] == [entry.public_id]
    assert mine.call("get", f"my/entries/{entry.public_id}/").json()["content"]["project"]["title"] == entry.title
    assert theirs.call("get", "my/entries/").json()["results"] == []
    assert theirs.call("get", f"my/entries/{entry.public_id}/").status_code == 404
    refused = mine.call("post", f"my/entries/{entry.public_id}/submit/")
    assert refused.status_code in (404, 409) and Entry.objects.get().version == entry.version


def test_an_organiser_lists_filters_and_pages(cast: Cast) -> None:
    for number in (1, 2, 3):
        build_accepted_entry(cast.edition, number)
    organiser = Caller(cast.organiser, "organiser")
    first = organiser.call("get", f"org/{SLUG}/entries/", {"page_size": "2"}).json()
    assert (first["count"], [row["number"] for row in first["results"]]) == (3, [1, 2])
    assert organiser.call("get", f"org/{SLUG}/entries/", {"q": "003"}).json()["count"] == 1
    assert organiser.call("get", f"org/{SLUG}/entries/", {"state": "draft"}).json()["count"] == 0
    assert organiser.call("get", f"org/{SLUG}/entries/", {"group": "x"}).json()["count"] == 0
    code = first["results"][0]["group"]
    assert organiser.call("get", f"org/{SLUG}/entries/", {"group": code}).json()["count"] == Entry.objects.filter(group__code=code).count() > 0
    assert Caller(cast.foreigner, "organiser").call("get", f"org/{SLUG}/entries/").status_code == 404


def test_a_list_and_a_ranking_have_the_figures_of_their_pages(cast: Cast) -> None:
    result = publish_final(cast)
    organiser = Caller(cast.organiser, "organiser")
    organiser.at = AFTER_FINAL
    ranking = organiser.call("get", f"org/{SLUG}/results/final/").json()
    assert (ranking["sha256"], ranking["state"]) == (result.sha256, "published")
    assert [row["total"] for row in ranking["standings"]] == [str(one.total) for one in result.placings.all()]
    awards = organiser.call("get", f"org/{SLUG}/lists/awards/").json()
    assert awards["count"] == sum(one.awards.count() for one in result.placings.all()) > 0
    assert AuditEntry.objects.filter(verb="results.export.taken", actor=cast.organiser.public_id).count() == 1


def test_a_list_is_narrowed_as_on_its_page_and_given_in_pages(cast: Cast) -> None:
    for number in (1, 2, 3):
        build_accepted_entry(cast.edition, number)
    Entry.objects.filter(number=3).update(state="withdrawn")
    organiser, path = Caller(cast.organiser, "organiser"), f"org/{SLUG}/lists/entries/"
    whole = organiser.call("get", path).json()
    assert (whole["count"], whole["next"], len(whole["rows"])) == (3, None, 3)
    part = organiser.call("get", path, {"state": "accepted", "page_size": "1", "page": "2"}).json()
    assert (part["count"], part["next"], [row["number"] for row in part["rows"]]) == (2, None, ["002"])
    assert "page_size=1" in part["previous"] and "state=accepted" in part["previous"]
    assert organiser.call("get", path, {"page": "9"}).status_code == 404


def test_a_computation_that_is_not_ready_is_refused_with_reasons(cast: Cast, scene: Scene) -> None:
    organiser = Caller(cast.organiser, "organiser")
    answer = organiser.call("post", f"org/{SLUG}/results/preliminary/compute/", {})
    assert answer.status_code == 409 and answer.json()["reasons"] and not Computation.objects.exists()


def test_an_answer_one_has_already_is_304(cast: Cast) -> None:
    build_accepted_entry(cast.edition, 1)
    organiser = Caller(cast.organiser, "organiser")
    first = organiser.call("get", f"org/{SLUG}/entries/")
    again = organiser.call("get", f"org/{SLUG}/entries/", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    build_accepted_entry(cast.edition, 2)
    assert organiser.call("get", f"org/{SLUG}/entries/", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_too_many_calls_are_told_when_to_come_back(cast: Cast, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.caller.CallerThrottle.THROTTLE_RATES", {"caller": "2/min"})
    caller = Caller(cast.applicant, "entrant")
    answers = [caller.call("get", "my/entries/").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert int(caller.call("get", "my/entries/")["Retry-After"]) > 0
