"""Draws as the organiser's page and the public page show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from competitions.models import Edition, Group, Round
from entries import states as entry_states
from entries.models import Entry
from judging import states
from judging.models import Draw
from judging.pure.draw import NOTICE
from judging.queries.desk import finalists_by_group
from judging.queries.draw import draws_of


@dataclass(frozen=True, slots=True)
class DrawView:
    """A draw with what pages show of it. `rows`: (position, label, entry), empty before the draw."""

    draw: Draw
    rows: list[tuple[int, str, Entry]]

    @property
    def is_computed(self) -> bool:
        return self.draw.method == Draw.Method.COMPUTED

    @property
    def is_shown(self) -> bool:
        """Code, values and order are public: published, or replaced after it had been drawn."""
        return is_shown(self.draw)

    @property
    def opens_at(self) -> datetime | None:
        """From when on the draw may take place; None where it may at once."""
        if not self.is_computed or self.draw.attempt > 1:
            return None
        return self.draw.prepared_at + NOTICE

    @property
    def values(self) -> list[tuple[str, str]]:
        """Each source the commitment names with its value, empty text before the draw."""
        sources = [line.strip() for line in self.draw.sources_text.splitlines() if line.strip()]
        values = self.draw.public_values.splitlines() or [""] * len(sources)
        return list(zip(sources, values, strict=True))

    @property
    def labels(self) -> list[str]:
        return [row["label"] for row in self.draw.labels]


@dataclass(frozen=True, slots=True)
class DrawGroup:
    """A group of the final: finalists, the current draw if any, the attempts before it."""

    group: Group
    entries: list[Entry]
    current: DrawView | None
    earlier: list[DrawView]


def is_shown(draw: Draw) -> bool:
    """A draw that was replaced is shown with its reason, so that nobody can draw in silence until the order suits."""
    return draw.state == states.PUBLISHED or (draw.state == states.REPLACED and draw.drawn_at is not None)


def view_draw(draw: Draw) -> DrawView:
    """`draw.positions` with their entries may be prefetched."""
    labels = {row["entry"]: row["label"] for row in draw.labels}
    places = draw.positions.all()
    return DrawView(draw, [(one.position, labels[one.entry.public_id], one.entry) for one in places])


def draw_groups(round: Round) -> list[DrawGroup]:
    """Every group of the final in order, for the organiser."""
    draws = [view_draw(draw) for draw in draws_of(round.edition) if draw.round_id == round.pk]
    found = []
    for group, entries in finalists_by_group(round):
        own = [view for view in draws if view.draw.group_id == group.pk]
        current = next((view for view in own if view.draw.state != states.REPLACED), None)
        found.append(DrawGroup(group, entries, current, [view for view in own if view is not current]))
    return found


def public_draws(edition: Edition) -> list[DrawView]:
    """Every draw, the newest attempt of a group first."""
    return [view_draw(draw) for draw in draws_of(edition)]


def get_shown_draw(edition: Edition, public_id: str) -> Draw:
    """A computed draw whose result is public; 404 otherwise."""
    draws = Draw.objects.filter(public_id=public_id, round__edition=edition, method=Draw.Method.COMPUTED)
    draw = draws.select_related("round__edition", "group").first()
    if draw is None or not is_shown(draw):
        raise Http404
    return draw


def entries_drawing(draw: Draw) -> list[Entry]:
    """Whose place is drawn now: everybody prepared for who still takes part."""
    ids = [row["entry"] for row in draw.labels]
    return list(Entry.objects.filter(public_id__in=ids, state=entry_states.ACCEPTED).order_by("number"))
