"""Who may open the pages of the draw, the stage, the screen and the judges' live page (law 8).

tests/judging/audience.py merges these rows into the table of the app.
"""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.urls import reverse

from entries.models import Entry
from judging.actions.draw import prepare_draw, publish_draw, run_draw
from judging.models import (
    Assignment,
    Deck,
    Draw,
    DrawFile,
    FinalistReply,
    PaperSheet,
    RoadshowRoom,
    RoadshowSlot,
)
from tests.cast import ROLES, Cast
from tests.factories import moments
from tests.factories.competitions import GroupFactory, RoleFactory
from tests.factories.entries import EntryApplicantFactory, build_accepted_entry
from tests.factories.judging import AssignmentFactory, PanelFactory, PanelSeatFactory

PUBLIC = frozenset({*ROLES, "applicant", "rival", "stranger", "foreigner", "anonymous"})
OPERATORS = frozenset({"organiser", "organiser2", "operator"})
ORGANISERS = frozenset({"organiser", "organiser2"})
WATCHERS = OPERATORS | {"chief"}
SCORERS = frozenset({"examiner"})  # who is given the role in `addresses`
READERS = frozenset({"organiser", "organiser2", "auditor"})
SEATED = frozenset({"judge", "chief"})
LONG_BEFORE = moments.SET_UP

AUDIENCE: dict[str, frozenset[str]] = {
    "judging:final-entry": frozenset({"applicant"}),
    "judging:deck-own": frozenset({"applicant"}),
    "judging:finalist-list": ORGANISERS,
    "POST judging:finalist-remind": ORGANISERS,
    "judging:deck-show": WATCHERS,
    "judging:deck": WATCHERS,
    "judging:judge-deck": frozenset({"judge"}),
    "judging:judge-deck-file": frozenset({"judge"}),
    "judging:waiver": ORGANISERS,
    "judging:draw-manage": OPERATORS,
    "judging:draw-prepare": OPERATORS,
    "judging:draw-run": OPERATORS,
    "judging:draw-publish": OPERATORS,
    "judging:draw-again": OPERATORS,
    "judging:draw-room": OPERATORS,
    "POST judging:draw-plates": OPERATORS,
    "judging:draw-minutes": OPERATORS,
    "POST judging:draw-file-add": OPERATORS,
    "judging:draw-file": OPERATORS,
    "judging:draw-screen": PUBLIC,
    "judging:draw-screen-state": PUBLIC,
    "judging:draw-check": PUBLIC,
    "judging:draw-record": PUBLIC,
    "judging:stage-desk": WATCHERS,
    "POST judging:stage-open": OPERATORS,
    "POST judging:stage-step": OPERATORS,
    "POST judging:stage-presence": OPERATORS,
    "judging:stage-absent": OPERATORS,
    "POST judging:stage-check-in": OPERATORS,
    "judging:chair-stage": frozenset({"chief"}),
    "POST judging:chair-decide": frozenset({"chief"}),
    "judging:paper-list": SCORERS,
    "judging:paper-type": SCORERS,
    "judging:paper-check": SCORERS,
    "judging:sheet-list": READERS,
    "judging:sheet-entry": READERS,
    "judging:sheet-seat": READERS,
    "judging:sheet-own": SEATED,
    "judging:sheet-check": PUBLIC,
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
    RoleFactory(edition=cast.edition, user=cast.examiner, kind="scorer", granted_by=cast.organiser)
    rows = Assignment.objects.filter(entry=finalists[2]).order_by("seat__number")
    paper = PaperSheet.objects.create(assignment=rows[1], typed_by=cast.examiner, typed_at=LONG_BEFORE)
    slot = RoadshowSlot.objects.create(round=round, entry=finalists[2], position=1)
    room = RoadshowRoom.objects.create(round=round)
    finished = finalists[1]
    finished.applicants.all().delete()
    EntryApplicantFactory(entry=finished, organisation=cast.organisation, part="lead")
    deck = Deck.objects.create(
        round=round,
        entry=finished,
        number=1,
        file=ContentFile(b"x", name="deck.pdf"),
        original_name="路演.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_at=LONG_BEFORE,
        uploaded_by=cast.applicant,
    )
    waiver = ContentFile(b"x", name="waiver.pdf")
    FinalistReply.objects.create(round=round, entry=finalists[0], state="forfeited", waiver=waiver, waiver_name="声明.pdf")
    photo = DrawFile.objects.create(
        draw=published,
        kind="photo",
        file=ContentFile(b"x", name="photo.jpg"),
        original_name="照片.jpg",
        media_type="image/jpeg",
        sha256="0" * 64,
        uploaded_at=LONG_BEFORE,
        uploaded_by=cast.operator,
    )
    RoadshowSlot.objects.create(round=round, entry=finished, position=2, state="finished")
    slug = [cast.edition.slug]
    args = {
        "judging:final-entry": [finished.public_id],
        "judging:deck-own": [finished.public_id, deck.public_id],
        "judging:deck-show": [*slug, deck.public_id],
        "judging:deck": [*slug, deck.public_id],
        "judging:judge-deck": [Assignment.objects.get(seat__judge=cast.judge, entry=finished).public_id],
        "judging:judge-deck-file": [Assignment.objects.get(seat__judge=cast.judge, entry=finished).public_id],
        "judging:waiver": [*slug, finalists[0].code],
        "judging:draw-prepare": [*slug, track.code, groups[0].code],
        "judging:draw-run": [*slug, prepared.public_id],
        "judging:draw-publish": [*slug, drawn.public_id],
        "judging:draw-again": [*slug, published.public_id],
        "judging:draw-room": [*slug, published.public_id],
        "POST judging:draw-plates": [*slug, published.public_id],
        "judging:draw-minutes": [*slug, published.public_id],
        "POST judging:draw-file-add": [*slug, published.public_id],
        "judging:draw-file": [*slug, published.public_id, photo.public_id],
        "judging:draw-screen": [*slug, published.public_id],
        "judging:draw-screen-state": [*slug, published.public_id],
        "judging:draw-record": [*slug, published.public_id],
        "judging:stage-absent": [*slug, slot.position],
        "judging:paper-type": [*slug, rows[0].public_id],
        "judging:paper-check": [*slug, paper.public_id],
        "judging:sheet-list": [*slug, "final"],
        "judging:sheet-entry": [*slug, "final", finished.code],
        "judging:sheet-seat": [*slug, "final", 1],
        "judging:sheet-own": [*slug, "final"],
        "judging:sheet-check": [*slug, "final", f"entry-{finished.code}", "0" * 64],
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
