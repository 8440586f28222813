"""The live final: who is on stage, what the hall and the judges see."""

from __future__ import annotations

from django.db import models

from competitions.models import Round
from core.public_id import new_public_id
from entries.models import Entry
from judging import states


class RoadshowSlot(models.Model):
    """An entrant's turn. `phase_at` is when the present phase began; timers are derived from it; `phase_before_at` when the
    one before it began, so that a step taken too early can be taken back with its clock. `revealed_at` is the first reveal:
    from then on marks stay, even when the reveal is undone. `hold_reason`: why the chief judge stops the reveal (争议)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="slots")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField("出场次序")
    state = models.CharField("状态", max_length=10, choices=list(states.SLOT.labels.items()), default=states.WAITING)
    phase_at = models.DateTimeField(null=True, blank=True)
    phase_before_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    reveal_step = models.PositiveSmallIntegerField("亮分步骤", default=0)
    override_reason = models.CharField("缺评说明", max_length=200, blank=True)
    hold_reason = models.CharField("暂停亮分原因", max_length=200, blank=True)
    checked_in_at = models.DateTimeField("签到时间", null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="judging_roadshowslot_entry", fields=["round", "entry"]),
            models.UniqueConstraint(name="judging_roadshowslot_position", fields=["round", "position"]),
        ]


class RoadshowRoom(models.Model):
    """The one live state of a final; `version` rises with every change, and a client ignores a lower one."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="room", primary_key=True)
    current = models.ForeignKey(RoadshowSlot, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    screen_token = models.CharField(max_length=12, default=new_public_id, unique=True)
