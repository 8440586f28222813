"""Finalists take their place or give it up, and hand in their decks."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

from django.db import transaction
from django.db.models import Max
from pypdf import PdfReader

from accounts.models import User
from competitions.models import Round
from core.audit import journal
from core.dates import moment
from core.errors import NotAllowed
from core.files import PPTX, CheckedFile
from core.outbox.models import Message
from core.outbox.send import queue_message
from entries.models import Entry
from judging import states
from judging.actions.guard import require, require_reason
from judging.actions.roadshow import move_room
from judging.errors.stage import (
    DeckNotWide,
    DeckOver,
    NotAFinalist,
    PresenterMissing,
    ReplyOver,
    WaiverMissing,
)
from judging.models import Assignment, Deck, FinalistReply, FinalTerms, RoadshowSlot
from judging.pure.slide_shape import is_wide, shape_of
from judging.queries.finalist import addresses_of, final_of, finalist_board, terms_for

OWN = "entries.submit_entry"


@transaction.atomic
def set_terms(
    *, round: Round, reply_by: datetime | None, deck_by: datetime | None, actor: User, at: datetime
) -> FinalTerms:
    """Until when finalists answer and hand in decks. Refuses everybody but the organiser."""
    require(actor, "judging.manage_panel", round)
    terms, _ = FinalTerms.objects.update_or_create(round=round, defaults={"reply_by": reply_by, "deck_by": deck_by})
    after = {"reply_by": reply_by, "deck_by": deck_by}
    journal.record(verb="judging.finalists.terms-set", obj=round, actor=actor, at=at, edition=round.edition.slug, after=after)
    return terms


@transaction.atomic
def accept_place(*, entry: Entry, presenter: str, presenter_title: str, actor: User, at: datetime) -> FinalistReply:
    """The finalist takes part and names who presents and answers; may be changed until the date.

    Refuses whoever does not act for the lead, an entry that is not in the final or gave its place up, and a late answer.
    """
    round, reply = _reply(entry, actor)
    _require_in_time(round, reply, at)
    name, title = presenter.strip(), presenter_title.strip()
    if not name or not title or len(name) > 40 or len(title) > 60:
        raise PresenterMissing
    reply.state = states.FINALIST.target("accept", reply.state)
    reply.presenter, reply.presenter_title = name, title
    return _answered(reply, "judging.finalist.accepted", {}, actor, at)


@transaction.atomic
def forfeit_place(*, entry: Entry, reason: str, waiver: CheckedFile | None, actor: User, at: datetime) -> FinalistReply:
    """The finalist gives the place up for good, with the sealed waiver; the panel does not score the entry any more.

    Refuses what `accept_place` refuses, a missing reason and a missing waiver.
    """
    round, reply = _reply(entry, actor)
    _require_in_time(round, reply, at)
    if waiver is None:
        raise WaiverMissing
    reply.state = states.FINALIST.target("forfeit", reply.state)
    reply.reason = require_reason(reason)
    reply.waiver, reply.waiver_name = waiver.stored(), waiver.original_name[:120]
    held = Assignment.objects.filter(seat__panel__round=round, entry=entry, state=states.ASSIGNED)
    held.update(state=states.ASSIGNMENT.target("withdraw", states.ASSIGNED), reason="弃赛")
    waiting = RoadshowSlot.objects.filter(round=round, entry=entry, state=states.WAITING)
    if waiting.update(state=states.SLOT.target("mark_absent", states.WAITING)):
        move_room(round.pk)
    return _answered(reply, "judging.finalist.forfeited", {"reason": reply.reason, "sha256": waiver.sha256}, actor, at)


def require_deck_open(entry: Entry, at: datetime) -> Round:
    """The final whose deck may be handed in now. Refuses entries that are not in it, and the time after the deadline."""
    round = final_of(entry)
    reply = FinalistReply.objects.filter(round=round, entry=entry).first() if round else None
    if round is None or (reply is not None and reply.state == states.FORFEITED):
        raise NotAFinalist(entry=entry.code, round=round.name if round else "决赛")
    end = terms_for(round, reply).deck_by
    if end is not None and at >= end:
        raise DeckOver(end=moment(end))
    return round


@transaction.atomic
def add_deck(*, entry: Entry, upload: CheckedFile, actor: User, at: datetime) -> Deck:
    """A new version of the slides; the earlier ones stay. Refuses pages that are not 16:9 and what is late."""
    if not actor.has_perm(OWN, entry):
        raise NotAllowed
    Entry.objects.select_for_update().get(pk=entry.pk)
    round = require_deck_open(entry, at)
    width, height = _page_size(upload.path, upload.kind)
    if not is_wide(width, height):
        raise DeckNotWide(name=upload.original_name, shape=shape_of(width, height))
    last = Deck.objects.filter(round=round, entry=entry).aggregate(last=Max("number"))["last"] or 0
    deck = Deck.objects.create(
        round=round,
        entry=entry,
        number=last + 1,
        file=upload.stored(),
        original_name=upload.original_name,
        media_type=upload.media_type,
        size=upload.size,
        sha256=upload.sha256,
        uploaded_at=at,
        uploaded_by=actor,
    )
    after = {"number": deck.number, "sha256": deck.sha256}
    journal.record(verb="judging.finalist.deck-added", obj=entry, actor=actor, at=at, edition=entry.edition.slug, after=after)
    return deck


@transaction.atomic
def remind_finalists(*, round: Round, actor: User, at: datetime) -> list[Message]:
    """A mail to everybody who has not answered or has no deck yet. Refuses everybody but the organiser."""
    require(actor, "judging.manage_panel", round)
    board = finalist_board(round)
    sent = []
    for row in board.late:
        context = {"edition": round.edition, "round": round, "entry": row.entry, "terms": terms_for(round, row.reply), "finalist": row}
        for address in addresses_of(row.entry):
            sent.append(
                queue_message(
                    channel="mail",
                    recipient=address,
                    template="finalist-reminder",
                    context=context,
                    at=at,
                    edition=round.edition.slug,
                )
            )
    after = {"entries": [row.entry.code for row in board.late]}
    journal.record(verb="judging.finalists.reminded", obj=round, actor=actor, at=at, edition=round.edition.slug, after=after)
    return sent


def _reply(entry: Entry, actor: User) -> tuple[Round, FinalistReply]:
    if not actor.has_perm(OWN, entry):
        raise NotAllowed
    Entry.objects.select_for_update().get(pk=entry.pk)
    round = final_of(entry)
    if round is None:
        raise NotAFinalist(entry=entry.code, round="决赛")
    reply, _ = FinalistReply.objects.select_for_update(of=("self",)).get_or_create(round=round, entry=entry)
    return round, reply


def _require_in_time(round: Round, reply: FinalistReply, at: datetime) -> None:
    end = terms_for(round, reply).reply_by
    if end is not None and at >= end:
        raise ReplyOver(end=moment(end))


def _answered(
    reply: FinalistReply, verb: str, after: dict[str, object], actor: User, at: datetime
) -> FinalistReply:
    reply.replied_at, reply.replied_by = at, actor
    reply.save()
    journal.record(verb=verb, obj=reply.entry, actor=actor, at=at, edition=reply.entry.edition.slug, after=after)
    return reply


def _page_size(path: Path, kind: str) -> tuple[int, int]:
    """Width and height of the first page, in the file's own unit."""
    if kind == PPTX:
        with zipfile.ZipFile(path) as archive:
            root = ElementTree.fromstring(archive.read("ppt/presentation.xml"))
        size = root.find("{http://schemas.openxmlformats.org/presentationml/2006/main}sldSz")
        return (int(size.get("cx", "0")), int(size.get("cy", "0"))) if size is not None else (0, 0)
    box = PdfReader(path).pages[0].mediabox
    return _hundredths(box.width), _hundredths(box.height)


def _hundredths(value: object) -> int:
    """Hundredths of a point, so that a page of 960 × 540.5 keeps its shape."""
    return int(float(str(value)) * 100)
