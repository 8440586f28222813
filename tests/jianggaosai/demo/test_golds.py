"""The four golds of a world of 2023's size, found in four ways: by the job, by `manage.py recompute`, by
tools/verify_result.py on the published record after the database is gone, and by the formulas written out here."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation
from competitions.models import Criterion, Round
from core import clock
from core.canonical import sha256_hex
from core.clock import at_local
from entries.models import Entry, IPAsset
from jianggaosai.demo import outcome
from jianggaosai.demo.build import build_world
from jianggaosai.management.commands.demo import nothing_leaves
from judging.models import CriterionScore
from results.actions.publicity import save_publicity
from results.actions.request import request_computation
from results.models import AwardDecision, Computation, RoundResult

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]  # each builds a whole edition
NOW = at_local(2026, 11, 23, 15)
TOOL = Path(__file__).resolve().parents[3] / "tools" / "verify_result.py"
Golds = dict[str, list[str]]


class Gone(Exception):
    """Takes the world back: what follows has no database to ask."""


def half_up(value: Fraction) -> Fraction:
    """To two places, halves away from zero."""
    return Fraction(int(value * 100 + Fraction(1, 2)), 100)


def judges_totals(round_: Round) -> dict[str, list[Fraction]]:
    """Σ score × weight of each judge, by entry, from the rows of the marks alone."""
    weights = {one.pk: Fraction(one.weight) for one in Criterion.objects.filter(rubric__round=round_)}
    sums: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    scores = CriterionScore.objects.filter(version__sheet__assignment__seat__panel__round=round_)
    for entry, seat, criterion, score in scores.values_list(
        "version__sheet__assignment__entry__number", "version__sheet__assignment__seat__number", "criterion", "score"
    ):
        sums[f"{entry:03d}", seat] += Fraction(score) * weights[criterion]
    found: dict[str, list[Fraction]] = defaultdict(list)
    for (code, _), total in sums.items():
        found[code].append(total)
    return found


def best(totals: dict[str, Fraction], groups: dict[str, str], count: int) -> Golds:
    """The `count` entries of each group with the highest totals; the next one has less, so that no tie is hidden here."""
    found = {}
    for group in sorted(set(groups.values())):
        ordered = sorted((code for code in totals if groups[code] == group), key=lambda code: -totals[code])
        assert totals[ordered[count - 1]] > totals[ordered[count]], "the seed makes a tie; choose another one"
        found[group] = sorted(ordered[:count])
    return found


def golds_by_formulas(rounds: dict[str, Round], votes: dict[str, int], groups: dict[str, str]) -> Golds:
    """Preliminary: mean × 0.95 + 100 · votes ÷ most votes of the group × 0.05, ten of each group go on. Final: mean of the
    marks without one highest and one lowest, the first two of each group win gold. Every figure to two places."""
    means = {code: half_up(sum(marks) / len(marks)) for code, marks in judges_totals(rounds["preliminary"]).items()}
    most = {group: max(votes.get(code, 0) for code in means if groups[code] == group) for group in set(groups.values())}
    points = {code: half_up(Fraction(100 * votes.get(code, 0), most[groups[code]])) for code in means}
    blended = {code: half_up(means[code] * Fraction(95, 100) + points[code] * Fraction(5, 100)) for code in means}
    go_on = {code for codes in best(blended, groups, 10).values() for code in codes}
    marks = judges_totals(rounds["final"])
    assert set(marks) == go_on and {len(row) for row in marks.values()} == {7}
    trimmed = {code: half_up(sum(sorted(row)[1:-1]) / 5) for code, row in marks.items()}
    return best(trimmed, groups, 2)


def stored_golds(result: RoundResult) -> Golds:
    found: Golds = defaultdict(list)
    rows = AwardDecision.objects.filter(placing__result=result, award_type__code="gold")
    for code, number in rows.values_list("placing__group__code", "placing__entry__number").order_by("placing__entry__number"):
        found[code].append(f"{number:03d}")
    return dict(found)


def written_golds(record: dict[str, Any]) -> Golds:
    return {row["group"]: sorted(row["winners"]) for row in record["output"]["awards"] if row["award"] == "gold"}


def all_four_ways(monkeypatch: pytest.MonkeyPatch, commit: Callable[..., Any]) -> tuple[bytes, dict[str, Golds]]:
    """The published record, and the golds as the job stored them, as `recompute` confirms them and as the formulas have them."""
    settle_final = outcome.settle_final
    monkeypatch.setattr(outcome, "settle_final", lambda world: None)
    with nothing_leaves():
        world = build_world(stage="results", seed=7, now=NOW, vote_count=3000, tell=lambda *_: None)
    assert (Organisation.objects.filter(applications__isnull=False).distinct().count(), Entry.objects.count(), IPAsset.objects.count()) == (84, 70, 457)
    rounds = {one.kind: one for one in world.edition.rounds.all()}
    organiser, at = world.staff["organiser"], world.calendar.closes("final")

    def compute_by_job(*, round: Round, actor: Any, at: Any) -> RoundResult:
        with clock.rehearse(at), commit(execute=True):
            asked = request_computation(round=round, actor=actor, at=at)
        asked.refresh_from_db()
        assert asked.state == Computation.State.DONE, asked.message
        return asked.result

    monkeypatch.setattr(outcome, "compute_round", compute_by_job)
    with nothing_leaves(), clock.rehearse(world.calendar.now):
        settle_final(world)
    result = RoundResult.objects.get(round=rounds["final"])
    out = StringIO()
    call_command("recompute", result.public_id, stdout=out)
    assert out.getvalue() == f"一致：{len(result.record.encode())} 字节，SHA-256 {result.sha256}\n"
    save_publicity(edition=world.edition, values={"shows_judge_totals": True}, actor=organiser, at=at)
    answer = Client().get(reverse("results:record", args=[world.edition.slug, result.public_id]))
    assert sha256_hex(answer.content) == result.sha256
    votes = json.loads(world.edition.ledger_leaves.get(kind="final").body)["tally"]
    groups = {f"{one.number:03d}": one.group.code for one in Entry.objects.select_related("group") if one.number}
    found = {"job": stored_golds(result), "formulas": golds_by_formulas(rounds, votes, groups)}
    return answer.content, found


def test_four_golds_from_job_recompute_verifier_and_formulas(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    path = tmp_path / "record.json"
    with pytest.raises(Gone), transaction.atomic():
        data, golds = all_four_ways(monkeypatch, django_capture_on_commit_callbacks)
        path.write_bytes(data)
        raise Gone
    assert not RoundResult.objects.exists() and not Entry.objects.exists()
    done = subprocess.run(
        [sys.executable, "-I", str(TOOL), str(path), "--sha256", sha256_hex(data)],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "通过：每一步和最终结果均与重算一致。")
    assert {group: len(codes) for group, codes in golds["job"].items()} == {"startup": 2, "growth": 2}
    golds["record"] = written_golds(json.loads(data))
    assert golds["job"] == golds["formulas"] == golds["record"]
