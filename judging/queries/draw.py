"""Draws as they were committed to and published."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from competitions.models import Edition
from core.keyring.ring import verifier_key_of
from entries import states as entry_states
from entries.models import Entry
from judging import states
from judging.models import Draw
from judging.pure import draw as pure


def commitment_of(draw: Draw) -> pure.Commitment:
    """The commitment a computed draw was prepared with, read back from its signed note and labels."""
    lines = draw.commitment.split("\n")
    organisations = None
    if f"neighbours {pure.RULE_APART}" in lines:
        organisations = {row["label"]: tuple(row["organisations"]) for row in draw.labels}
    _, length, end = next(line for line in lines if line.startswith("chain ")).split(" ")
    return pure.Commitment(
        name=lines[1],
        labels=tuple(row["label"] for row in draw.labels),
        sources=tuple(line.strip() for line in draw.sources_text.splitlines() if line.strip()),
        chain_end=end,
        chain_length=int(length),
        organisations=organisations,
    )


def labels_withdrawn(draw: Draw) -> list[str]:
    """Labels whose entries no longer take part. Once drawn, who was skipped is what the order leaves out."""
    if draw.drawn_at is not None:
        staying = set(draw.positions.values_list("entry__public_id", flat=True))
    else:
        ids = [row["entry"] for row in draw.labels]
        accepted = Entry.objects.filter(public_id__in=ids, state=entry_states.ACCEPTED)
        staying = set(accepted.values_list("public_id", flat=True))
    return [row["label"] for row in draw.labels if row["entry"] not in staying]


def published_record(draw: Draw) -> dict[str, object]:
    """What `tools/verify_draw.py` reads, of a computed draw that has been drawn."""
    return pure.draw_record(
        commitment_of(draw),
        draw.commitment,
        verifier_key_of(draw.commitment),
        draw.code,
        draw.public_values.split("\n"),
        withdrawn=labels_withdrawn(draw),
        draw_number=draw.attempt,
        reason=draw.reason,
    )


def draws_of(edition: Edition) -> list[Draw]:
    """Every draw of the edition's final, replaced ones too, group after group, newest attempt first."""
    draws = Draw.objects.filter(round__edition=edition).select_related("group__track", "round")
    draws = draws.prefetch_related("positions__entry")
    return list(draws.order_by("group__track__position", "group__position", "-attempt"))


def current_draws(round_id: int) -> list[Draw]:
    """The published draws of a round in the order of the groups."""
    draws = Draw.objects.filter(round_id=round_id, state=states.PUBLISHED).select_related("group__track")
    draws = draws.prefetch_related("positions__entry")
    return list(draws.order_by("group__track__position", "group__position"))


def get_draw_for(user: Any, public_id: str, *, to: str) -> Draw:
    """The draw when `user` has the permission `to` on it; 404 otherwise."""
    draw = Draw.objects.filter(public_id=public_id).select_related("round__edition", "group").first()
    if draw is None or not user.has_perm(to, draw):
        raise Http404
    return draw
