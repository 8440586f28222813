"""The demo world as it is built: through the actions, at any stage, the same from the same seed."""

from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import Organisation, OwnershipClaim
from core.clock import at_local
from core.outbox.models import Broadcast
from entries.models import AssetSheet, DeadlineExtension, Entry, IPAsset, JointInvitation, TeamMember
from entries.queries.asset_sheet import judge_sheet
from entries.queries.dossier import open_dossier
from jianggaosai.demo.build import build_world
from jianggaosai.management.commands.demo import nothing_leaves
from judging.models import ScoreSheetVersion
from results.models import AwardDecision, Certificate
from voting.models import Ballot
from voting.queries.tally import final_tally

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]  # each builds a whole edition
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
    assert Organisation.objects.filter(applications__isnull=False).distinct().count() == 84
    assert Organisation.objects.filter(applications__isnull=True).get().claims.count() == 1  # who disputes a code
    assert Entry.objects.filter(state="accepted").count() == 70
    assert IPAsset.objects.count() == 457
    assert sum(final_tally(world.edition).values()) == 300
    golds = AwardDecision.objects.filter(award_type__code="gold")
    assert Counter(golds.values_list("placing__group__code", flat=True)) == {"startup": 2, "growth": 2}
    assert Certificate.objects.filter(award__in=golds).count() == 4
    if connection.vendor == "postgresql":  # or the marks are joined row by row, which takes minutes
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'judging_scoresheetversion'")
            assert cursor.fetchone()[0] == ScoreSheetVersion.objects.count()


def test_while_the_registration_runs_some_projects_are_still_drafts_with_something_on_every_page() -> None:
    world = build("registration", votes=0)
    assert Counter(Entry.objects.values_list("state", flat=True)) == {"submitted": 48, "draft": 22}
    sheet = AssetSheet.objects.get()
    judged = judge_sheet(sheet, open_dossier(sheet.entry), NOW.date())
    assert (len(judged.good), len(judged.faulty)) == (4, 4) and sheet.user == world.owners[0]
    assert JointInvitation.objects.filter(applicant__organisation=world.organisations[0], declined_at=None).count() == 1
    assert TeamMember.objects.filter(entry=world.entries[0]).count() == 3
    assert Broadcast.objects.get().audience == "entries.drafts"
    assert Counter(OwnershipClaim.objects.values_list("decision", flat=True)) == {"upheld": 1, "": 2}
    assert DeadlineExtension.objects.get().kind == "registration"


def test_while_entries_are_examined_all_that_wait_have_an_examiner() -> None:
    world = build("formality", votes=0)
    waiting = world.edition.entries.filter(state__in=("submitted", "under_review"))
    assert waiting.exists() and not waiting.filter(assignment__isnull=True).exists()
    assert Counter(DeadlineExtension.objects.values_list("kind", flat=True)) == {"registration": 1, "correction": 1}
    assert Broadcast.objects.get().audience == "entries.accepted"
