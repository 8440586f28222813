"""The rows an action locks before it looks. Order: edition, stage, round, then the rest by primary key."""

from __future__ import annotations

from competitions.models import Edition, Round, Stage


def lock_edition(edition: Edition) -> Edition:
    """The edition as it is now, locked until the end of the transaction: set-up changes go one after another."""
    return Edition.objects.select_for_update().get(pk=edition.pk)


def lock_stage(stage: Stage) -> Stage:
    """The stage as it is now, locked, with its edition and its overrides."""
    return Stage.objects.select_for_update(of=("self",)).select_related("edition").prefetch_related("overrides").get(pk=stage.pk)


def lock_round(round_: Round) -> Round:
    """The round as it is now, locked, with its stage."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("edition", "stage")
    return locked.prefetch_related("stage__overrides").get(pk=round_.pk)
