"""The draw of a group's running order: committed to, drawn, published, and drawn again only with a reason.

Rules: trust norm §4. The computed draw is reproduced by anybody with `tools/verify_draw.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from competitions.models import Group, Round
from competitions.queries import gates
from core.actor import Actor
from core.audit.journal import record
from core.errors import Blocked
from core.fault import Fault
from core.files import CheckedFile
from core.keyring.ring import sign_note
from core.wrapping import unwrap, wrap
from entries.models import Entry
from judging import states
from judging.errors.stage import (
    BadDrawInput,
    CommitmentTooFresh,
    DrawAlreadyPrepared,
    DrawNeedsEntries,
    DrawnFirst,
    DrawOrderIncomplete,
    DrawReasonMissing,
    PlatesBeyond,
    RoomMoved,
    RoomOpened,
    WitnessMissing,
)
from judging.models import Draw, DrawFile, DrawPosition, RoadshowRoom
from judging.pure import draw as pure
from judging.queries.draw import commitment_of, labels_withdrawn


@transaction.atomic
def prepare_draw(
    *,
    round: Round,
    group: Group,
    entries: Sequence[Entry],
    method: str,
    sources_text: str = "",
    keep_apart: bool = False,
    actor: Actor,
    at: datetime,
) -> Draw:
    """Fixes who takes part and, for a computed draw, publishes the signed commitment.

    `sources_text`: one line for each public value that will be used, with its exact textual form. Refuses an empty list
    of entries, entries without a short name, a computed draw without sources, and a second draw beside a current one.
    """
    if not entries:
        raise DrawNeedsEntries(group=group.name)
    labels = [_label_row(entry) for entry in sorted(entries, key=lambda one: one.number or 0)]
    draw = Draw(
        round=round, group=group, method=method, labels=labels, sources_text=sources_text, prepared_at=at, prepared_by=actor
    )
    if method == Draw.Method.COMPUTED:
        _commit(draw, secrets.token_bytes(pure.SECRET_BYTES), keep_apart=keep_apart)
    try:
        with transaction.atomic():
            draw.save()
    except IntegrityError:
        raise DrawAlreadyPrepared(group=group.name)
    _journal("judging.draw.prepared", draw, actor, at, {"method": method, "labels": [row["label"] for row in labels]})
    return draw


@transaction.atomic
def run_draw(
    *,
    draw: Draw,
    public_values: str = "",
    witness: str,
    order: Sequence[Entry] | None = None,
    drawn_by_staff: Collection[Entry] = (),
    actor: Actor,
    at: datetime,
) -> Draw:
    """Draws. Computed: reveals the code and orders by the public values (one line each). By hand: records `order`;
    for whom staff drew because nobody had come stands in `drawn_by_staff`.

    Refuses a computed draw less than a day after its commitment, values that do not fit the commitment, a drawing by hand
    that leaves somebody out, a draw without a witness, and (Blocked) while another app's condition of the draw is unmet.
    """
    draw = _lock(draw)
    target = states.DRAW.target("draw", draw.state)
    if not witness.strip():
        raise WitnessMissing
    if reasons := gates.unmet(gates.DRAW, draw.round.edition):
        raise Blocked(reasons)
    if draw.method == Draw.Method.COMPUTED:
        if at < draw.prepared_at + pure.NOTICE and draw.attempt == 1:
            raise CommitmentTooFresh(since=f"{draw.prepared_at.astimezone():%Y-%m-%d %H:%M}")
        ordered = _computed_order(draw, public_values)
    else:
        ordered = _hand_order(draw, order or [])
    draw.state, draw.drawn_at, draw.witness = target, at, witness.strip()
    draw.screen_version += 1
    draw.save()
    by_public_id = {entry.public_id: entry for entry in Entry.objects.filter(public_id__in=ordered)}
    by_staff = {entry.public_id for entry in drawn_by_staff} if draw.method == Draw.Method.HAND else set()
    DrawPosition.objects.bulk_create(
        DrawPosition(draw=draw, entry=by_public_id[one], position=place, is_drawn_by_staff=one in by_staff)
        for place, one in enumerate(ordered, start=1)
    )
    after: dict[str, object] = {"order": ordered, "code": draw.code, "values": draw.public_values, "by_staff": sorted(by_staff)}
    _journal("judging.draw.drawn", draw, actor, at, after)
    return draw


@transaction.atomic
def publish_draw(*, draw: Draw, actor: Actor, at: datetime) -> Draw:
    """Makes the order public."""
    draw = _lock(draw)
    draw.state = states.DRAW.target("publish", draw.state)
    draw.published_at = at
    draw.save(update_fields=["state", "published_at"])
    _journal("judging.draw.published", draw, actor, at, {})
    return draw


@transaction.atomic
def redraw(*, draw: Draw, reason: str, actor: Actor, at: datetime) -> Draw:
    """Replaces a draw by a new attempt under the next code of the same commitment; the old one stays readable.

    Refuses without a reason, and once the room has taken its order.
    """
    draw = _lock(draw)
    if not reason.strip():
        raise DrawReasonMissing
    if RoadshowRoom.objects.filter(round=draw.round_id).exists():
        raise RoomOpened
    draw.state = states.DRAW.target("replace", draw.state)
    draw.save(update_fields=["state"])
    again = Draw.objects.create(
        round=draw.round,
        group=draw.group,
        method=draw.method,
        attempt=draw.attempt + 1,
        labels=draw.labels,
        sources_text=draw.sources_text,
        commitment=draw.commitment,
        wrapped_secret=draw.wrapped_secret,
        reason=reason.strip(),
        prepared_at=at,
        prepared_by=actor,
    )
    _journal("judging.draw.replaced", again, actor, at, {"reason": again.reason, "attempt": again.attempt})
    return again


@transaction.atomic
def show_plates(*, draw: Draw, count: int, version: int, actor: Actor, at: datetime) -> Draw:
    """The hall's screen shows the first `count` places. `version` is the screen version the operator saw.

    Refuses before the draw, a number beyond the order, and when somebody acted meanwhile.
    """
    draw = _lock(draw)
    if draw.screen_version != version:
        raise RoomMoved
    if draw.drawn_at is None or not 0 <= count <= draw.positions.count():
        raise PlatesBeyond
    draw.plates_shown = count
    draw.screen_version += 1
    draw.save(update_fields=["plates_shown", "screen_version"])
    _journal("judging.draw.plates-shown", draw, actor, at, {"count": count})
    return draw


@transaction.atomic
def add_draw_file(*, draw: Draw, kind: str, upload: CheckedFile, actor: User, at: datetime) -> DrawFile:
    """Keeps a photograph or the signed minutes. Refuses before the draw."""
    draw = _lock(draw)
    if draw.drawn_at is None:
        raise DrawnFirst
    found = DrawFile.objects.create(
        draw=draw,
        kind=kind,
        file=upload.stored(),
        original_name=upload.original_name,
        media_type=upload.media_type,
        sha256=upload.sha256,
        uploaded_at=at,
        uploaded_by=actor,
    )
    _journal("judging.draw.file-added", draw, actor, at, {"kind": kind, "sha256": found.sha256})
    return found


def _lock(draw: Draw) -> Draw:
    return Draw.objects.select_for_update().select_related("round__edition", "group").get(pk=draw.pk)


def _label_row(entry: Entry) -> dict[str, object]:
    try:
        text = pure.label(entry.code, entry.short_name)
    except Fault as fault:
        raise BadDrawInput(detail=f"{entry.code}《{entry.title}》：{fault.message}")
    names = sorted(entry.organisations.values_list("name", flat=True))
    return {"label": text, "entry": entry.public_id, "organisations": names}


def _commit(draw: Draw, secret: bytes, *, keep_apart: bool) -> None:
    rows = draw.labels
    sources = tuple(line.strip() for line in draw.sources_text.splitlines() if line.strip())
    fault = pure.sources_fault(len(rows), sources) if sources else ""
    if fault:
        raise BadDrawInput(detail=fault)
    try:
        commitment = pure.Commitment(
            name=f"{draw.round.edition.short_name} {draw.round.name} {draw.group.name}",
            labels=tuple(row["label"] for row in rows),
            sources=sources,
            chain_end=pure.chain_end(secret),
            organisations={row["label"]: tuple(row["organisations"]) for row in rows} if keep_apart else None,
        )
    except Fault as fault:
        raise BadDrawInput(detail=fault.message)
    draw.commitment = sign_note(pure.commitment_note_body(commitment), at=draw.prepared_at)
    draw.wrapped_secret = wrap(secret, key=settings.KEY_WRAPPING_KEY, label="judging.draw")


def _computed_order(draw: Draw, public_values: str) -> list[str]:
    values = [line.strip() for line in public_values.splitlines() if line.strip()]
    secret = unwrap(draw.wrapped_secret, key=settings.KEY_WRAPPING_KEY, label="judging.draw")
    entry_of = {row["label"]: row["entry"] for row in draw.labels}
    try:
        code = pure.code_for(secret, draw.attempt)
        labels = pure.draw_order(
            commitment_of(draw), code, values, withdrawn=labels_withdrawn(draw), draw_number=draw.attempt
        )
    except Fault as fault:
        raise BadDrawInput(detail=fault.message)
    draw.code, draw.public_values = code, "\n".join(values)
    return [entry_of[label] for label in labels]


def _hand_order(draw: Draw, order: Sequence[Entry]) -> list[str]:
    withdrawn = set(labels_withdrawn(draw))
    expected = {row["entry"] for row in draw.labels if row["label"] not in withdrawn}
    given = [entry.public_id for entry in order]
    if set(given) != expected or len(given) != len(expected):
        raise DrawOrderIncomplete(count=len(expected))
    return given


def _journal(verb: str, draw: Draw, actor: Actor, at: datetime, after: dict[str, object]) -> None:
    record(verb=verb, obj=draw, actor=actor, at=at, edition=draw.round.edition.slug, after=after)
