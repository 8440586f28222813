"""Who may open the pages of the draw, the stage, the screen and the judges' live page (law 8).

tests/judging/audience.py merges these rows into the table of the app.
"""

from __future__ import annotations

from django.urls import reverse

from entries.models import Entry
from judging.actions.draw import prepare_draw, publish_draw, run_draw
from judging.models import Draw, RoadshowRoom, RoadshowSlot
from tests.cast import ROLES, Cast
from tests.factories import moments
from tests.factories.competitions import GroupFactory
from tests.factories.entries import build_accepted_entry
from tests.factories.judging import AssignmentFactory, PanelFactory, PanelSeatFactory

PUBLIC = frozenset({*ROLES, "applicant", "rival", "stranger", "foreigner", "anonymous"})
OPERATORS = frozenset({"organiser", "organiser2", "operator"})
WATCHERS = OPERATORS | {"chief"}
SEATED = frozenset({"judge", "chief"})
LONG_BEFORE = moments.SET_UP

AUDIENCE: dict[str, frozenset[str]] = {
    "judging:draw-manage": OPERATORS,
    "judging:draw-prepare": OPERATORS,
    "judging:draw-run": OPERATORS,
    "judging:draw-publish": OPERATORS,
    "judging:draw-again": OPERATORS,
    "judging:draw-check": PUBLIC,
    "judging:draw-record": PUBLIC,
    "judging:stage-desk": WATCHERS,
    "POST judging:stage-open": OPERATORS,
    "POST judging:stage-step": WATCHERS,
    "POST judging:stage-presence": OPERATORS,
    "judging:stage-absent": OPERATORS,
    "judging:screen": PUBLIC,
    "judging:screen-state": PUBLIC,
    "judging:live": SEATED,
    "judging:live-state": SEATED,
}


def addresses(cast: Cast) -> dict[str, str]:
    """A final of three groups, whose draws are prepared, drawn and published, and a room with one waiting entrant."""
    round = cast.edition.rounds.get(kind="final")
    panel = PanelFactory(round=round, name="决赛评审组")
    seats = [PanelSeatFactory(panel=panel, judge=cast.people[who], number=place) for place, who in enumerate(sorted(SEATED), start=1)]
    track = cast.edition.tracks.get()
    groups = [*track.groups.order_by("position"), GroupFactory(track=track, code="third", name="第三组", position=3)]
    finalists = [build_accepted_entry(cast.edition, 901 + place, group, short_name="项目") for place, group in enumerate(groups)]
    for entry in finalists:
        for seat in seats:
            AssignmentFactory(seat=seat, entry=entry)
    prepared, drawn, published = (_draw(cast, entry, until) for until, entry in enumerate(finalists))
    slot = RoadshowSlot.objects.create(round=round, entry=finalists[2], position=1)
    room = RoadshowRoom.objects.create(round=round)
    slug = [cast.edition.slug]
    args = {
        "judging:draw-prepare": [*slug, track.code, groups[0].code],
        "judging:draw-run": [*slug, prepared.public_id],
        "judging:draw-publish": [*slug, drawn.public_id],
        "judging:draw-again": [*slug, published.public_id],
        "judging:draw-record": [*slug, published.public_id],
        "judging:stage-absent": [*slug, slot.position],
        "judging:screen": [*slug, room.screen_token],
        "judging:screen-state": [*slug, room.screen_token],
    }
    return {key: reverse(key.removeprefix("POST "), args=args.get(key, slug)) for key in AUDIENCE}


def _draw(cast: Cast, entry: Entry, until: int) -> Draw:
    """A computed draw of one entry: 0 prepared, 1 drawn, 2 published."""
    actor = cast.operator
    draw = prepare_draw(
        round=entry.edition.rounds.get(kind="final"),
        group=entry.group,
        entries=[entry],
        method="computed",
        sources_text="双色球第 2026130 期",
        actor=actor,
        at=LONG_BEFORE,
    )
    if until:
        draw = run_draw(draw=draw, public_values="3", witness="公证员", actor=actor, at=moments.REGISTRATION_OPENS)
    return publish_draw(draw=draw, actor=actor, at=moments.REGISTRATION_OPENS) if until > 1 else draw
