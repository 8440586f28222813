"""The demo world as it is built: through the actions, at any stage, the same from the same seed."""

from collections import Counter
from typing import Any

import pytest
from django.db import transaction

from accounts.models import Organisation
from core.clock import at_local
from entries.models import Entry, IPAsset
from jianggaosai.demo.build import build_world
from jianggaosai.management.commands.demo import nothing_leaves
from judging.models import ScoreSheetVersion
from results.models import AwardDecision, Certificate
from voting.models import Ballot
from voting.queries.tally import final_tally

pytestmark = pytest.mark.django_db
NOW = at_local(2026, 11, 23, 15)


def build(stage: str, votes: int = 300, seed: int = 7) -> Any:
    with nothing_leaves():
        return build_world(stage=stage, seed=seed, now=NOW, vote_count=votes, tell=lambda *_: None)


class Undone(Exception):
    """Takes a built world back."""


def picture(stage: str) -> dict[str, Any]:
    """Names, numbers, marks and votes of a world that is taken back at once."""
    found: dict[str, Any] = {}
    try:
        with transaction.atomic():
            build(stage)
            found["entries"] = list(Entry.objects.order_by("number").values_list("number", "title", "group__code"))
            found["patents"] = list(IPAsset.objects.order_by("number").values_list("number", "title"))
            found["votes"] = Counter(Ballot.objects.values_list("entry__number", flat=True))
            found["marks"] = sorted(
                ScoreSheetVersion.objects.values_list(
                    "sheet__assignment__entry__number", "sheet__assignment__seat__number", "total"
                )
            )
            raise Undone
    except Undone:
        return found


def test_the_same_seed_gives_the_same_names_numbers_marks_and_votes() -> None:
    first, second = picture("voting"), picture("voting")
    assert first == second
    assert sum(first["votes"].values()) == 300
    assert len(first["entries"]) == 70
    assert first["marks"]


def test_at_the_end_stand_four_golds_with_their_certificates() -> None:
    world = build("results")
    assert Organisation.objects.count() == 84
    assert Entry.objects.filter(state="accepted").count() == 70
    assert IPAsset.objects.count() == 457
    assert sum(final_tally(world.edition).values()) == 300
    golds = AwardDecision.objects.filter(award_type__code="gold")
    assert Counter(golds.values_list("placing__group__code", flat=True)) == {"startup": 2, "growth": 2}
    assert Certificate.objects.filter(award__in=golds).count() == 4


def test_while_the_registration_runs_some_projects_are_still_drafts() -> None:
    build("registration", votes=0)
    assert Counter(Entry.objects.values_list("state", flat=True)) == {"submitted": 48, "draft": 22}
