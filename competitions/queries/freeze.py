"""What may no longer be changed: a rule is frozen once the stage it governs has opened."""

from __future__ import annotations

from datetime import datetime

from competitions.errors import StageOpened
from competitions.models import Edition, Round, Stage
from competitions.queries.schedule import has_stage_opened, view_stage


def require_unopened(edition: Edition, kind: str, *, what: str, at: datetime) -> None:
    """Refuses (StageOpened) when the stage of this kind has opened; `what` names the setting in the sentence."""
    if has_stage_opened(edition, kind, at):
        raise StageOpened(stage=Stage.Kind(kind).label, what=what)


def is_round_frozen(round_: Round, at: datetime) -> bool:
    """Whether the round's stage has opened, so that its rules and rubric stay as they are."""
    return round_.edition.is_published and view_stage(round_.stage, at).has_opened


def require_round_unopened(round_: Round, *, what: str, at: datetime) -> None:
    """The same for the stage of a round."""
    if is_round_frozen(round_, at):
        raise StageOpened(stage=round_.stage.name, what=what)
