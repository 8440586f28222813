"""The whole world, up to a stage."""

from __future__ import annotations

from datetime import datetime
from random import Random

from core import clock
from core.planner import learn_sizes
from jianggaosai.demo import (
    final,
    formality,
    office,
    outcome,
    panelists,
    registration,
    scoring,
    unfinished,
    votes,
)
from jianggaosai.demo.calendar import make_calendar
from jianggaosai.demo.edition import build_edition
from jianggaosai.demo.people import judges, staff
from jianggaosai.demo.plan import make_plan
from jianggaosai.demo.world import Progress, World

DEFAULT_VOTES = 15_940


def build_world(*, stage: str, seed: int, now: datetime, vote_count: int, tell: Progress) -> World:
    """Builds the third edition as it stands in `stage` at `now` (see `calendar.STAGES`), with `vote_count` votes.

    The caller gives an empty database.
    """
    calendar = make_calendar(stage, now)
    with clock.rehearse(now):
        made_at = calendar.before("registration", days=60)
        people, panel = staff(made_at), judges(made_at)
        edition = build_edition(calendar, people, panel)
        plan = make_plan(seed, calendar.first_day)
        world = World(calendar, plan, Random(f"world-{seed}"), tell, people, panel, edition)
        registration.register_everybody(world)
        office.settle_claims(world)
        if calendar.reached("formality"):
            formality.examine_everybody(world)
            office.write_to(world, "entries.accepted", "formality")
        else:
            unfinished.leave_unfinished(world)
            office.write_to(world, "entries.drafts", "registration")
        office.extend_terms(world)
        if calendar.reached("voting"):
            votes.vote(world, vote_count)
            panelists.fill_profiles(world)
            scoring.seat_preliminary(world)
            scoring.seat_final(world)
            scoring.score_preliminary(world)
            panelists.invite_more(world)
            learn_sizes()
        if calendar.reached("final"):
            outcome.settle_preliminary(world)
            final.answer_finalists(world)
            final.draw_order(world)
            final.hold_final(world)
            learn_sizes()
        if calendar.reached("notice"):
            outcome.settle_final(world)
    return world
