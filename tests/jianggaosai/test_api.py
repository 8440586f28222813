"""The read-only API: public data only, problem details for errors, and a schema that is reviewed."""

from __future__ import annotations

import pytest
import yaml
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from competitions.models import Edition
from core import clock
from results.actions.approval import approve_result
from results.actions.computation import compute_round
from tests.arch.sources import ROOT
from tests.factories import moments
from tests.factories.results import (
    AFTER_PRELIMINARY,
    approve_and_publish,
    build_preliminary,
    publish_final,
    publish_preliminary,
)

API = "/api/v1/editions/"


def test_the_schema_is_the_reviewed_one(tmp_path):
    """After a change: manage.py spectacular --file docs/openapi.yaml, and look at the difference."""
    path = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(path), validate=True, fail_on_warn=True)
    assert yaml.safe_load(path.read_text()) == yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text())


def test_public_editions_with_their_schedule(client, cast):
    Edition.objects.filter(slug="other2026").update(published_at=None)
    assert [one["slug"] for one in client.get(API).json()["results"]] == ["jgs2026"]
    with clock.rehearse(moments.DURING_VOTE):
        edition = client.get(f"{API}jgs2026/").json()
    phases = {stage["kind"]: stage["phase"] for stage in edition["stages"]}
    assert (phases["registration"], phases["public_vote"], phases["final"]) == ("closed", "open", "upcoming")
    assert edition["groups"] == [
        {"track": "patent", "code": "startup", "name": "初创组"},
        {"track": "patent", "code": "growth", "name": "成长组"},
    ]
    assert client.get(f"{API}other2026/").status_code == 404


def test_entries_show_what_the_gallery_shows(client, cast):
    build_preliminary(cast.edition)
    cast.edition.entries.filter(number=2).update(is_display_consented=False)
    cast.edition.entries.filter(number=3).update(state="disqualified")
    rows = client.get(f"{API}jgs2026/entries/").json()["results"]
    assert [row["number"] for row in rows] == [1, 11, 12]
    assert set(rows[0]) == {
        "number", "title", "track", "group", "group_name", "industry", "maturity", "pitch", "summary", "organisations",
    }  # fmt: skip
    for query, found in (("group=growth", [11, 12]), ("q=012", [12]), (f"q={rows[0]['title']}", [1]), ("industry=none", []), ("q=%00", [1, 11, 12])):
        assert [row["number"] for row in client.get(f"{API}jgs2026/entries/?{query}").json()["results"]] == found, query
    assert client.get(f"{API}jgs2026/entries/2/").status_code == 404
    assert client.get(f"{API}jgs2026/entries/1/").json() == rows[0]


def test_results_appear_with_their_publication(client, cast):
    result = compute_round(round=build_preliminary(cast.edition), actor=cast.organiser, at=AFTER_PRELIMINARY)
    approve_result(result=result, actor=cast.organiser, at=AFTER_PRELIMINARY)
    assert client.get(f"{API}jgs2026/results/").json()["results"] == []
    assert client.get(f"{API}jgs2026/results/{result.public_id}/").status_code == 404


def test_a_published_result_with_the_figures_of_its_page(client, cast):
    result = publish_final(cast)
    listed = client.get(f"{API}jgs2026/results/").json()["results"]
    assert [(one["round"], one["version"]) for one in listed] == [("preliminary", 1), ("final", 1)]
    found = client.get(f"{API}jgs2026/results/{result.public_id}/").json()
    assert (found["sha256"], found["record_url"]) == (result.sha256, f"/jgs2026/results/{result.public_id}/record.json")
    first = found["standings"][0]
    assert (first["number"], first["place"], first["panel_score"], first["total"], first["awards"]) == (
        2,
        1,
        "90.00",
        "90.00",
        ["金奖"],
    )


def test_who_does_not_go_on_is_not_listed(client, cast):
    round_ = build_preliminary(cast.edition)
    rule = {"method": "top_n", "top_n": 1, "percent": "0", "min": 0, "max": None, "byes": 0, "backfill": False}
    round_.rules = {**round_.rules, "advance": {"*": rule}}
    round_.save()
    result = compute_round(round=round_, actor=cast.organiser, at=AFTER_PRELIMINARY)
    approve_and_publish(result, cast, AFTER_PRELIMINARY)
    rows = client.get(f"{API}jgs2026/results/{result.public_id}/").json()["standings"]
    assert [row["number"] for row in rows] == [1, 11]


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("get", f"{API}nothing/", 404, "没有这个资源。"),
        ("get", "/api/v1/nothing/", 404, "没有这个资源。"),
        ("get", f"{API}nothing/entries/", 404, "没有这个资源。"),
        ("post", API, 405, "这个地址不支持该方法。"),
    ],
)
def test_errors_are_problem_details(client, db, method, path, status, title):
    response = getattr(client, method)(path)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert (response.json()["status"], response.json()["title"]) == (status, title)


@pytest.mark.parametrize(("numbers", "queries"), [((1,), 4), ((1, 2, 3), 4)])
def test_entries_cost_the_same_for_one_and_three(client, cast, numbers, queries):
    marks = {number: ("startup", ["90"] * 3) for number in numbers}
    publish_preliminary(cast, marks=marks, votes={f"{number:03d}": 1 for number in numbers})
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{API}jgs2026/entries/")
    assert len(captured) == queries
