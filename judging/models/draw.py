"""The draw of the roadshow's running order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from competitions.models import Group, Round
from core.public_id import new_public_id
from entries.models import Entry
from judging import states


class Draw(models.Model):
    """A draw for a group of the final. Computed: `commitment` (signed note) is published a day before, `code` on the day.
    By hand: witness and minutes. A redraw is a new row that names its reason and uses the next code.

    `labels` lists `{"label", "entry", "organisations"}` as they were committed to. `plates_shown`: how many places the
    hall's screen shows; `screen_version` rises with every change it may show.
    """

    class Method(models.TextChoices):
        HAND = "hand", "现场抽签"
        COMPUTED = "computed", "可验证计算抽签"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="draws")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="draws")
    method = models.CharField("方式", max_length=8, choices=Method)
    state = models.CharField("状态", max_length=10, choices=list(states.DRAW.labels.items()), default=states.PREPARED)
    attempt = models.PositiveSmallIntegerField("第几次", default=1)
    labels = models.JSONField("名单", default=list)
    sources_text = models.TextField("公开数值的来源（一行一个）", max_length=600, blank=True)
    commitment = models.TextField("承诺书", blank=True)
    wrapped_secret = models.TextField(blank=True)
    code = models.CharField("开签码", max_length=64, blank=True)
    public_values = models.TextField("公开数值（一行一个）", max_length=600, blank=True)
    witness = models.CharField("见证人", max_length=60, blank=True)
    reason = models.CharField("重抽原因", max_length=200, blank=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    plates_shown = models.PositiveSmallIntegerField("已亮号牌", default=0)
    screen_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="judging_draw_attempt", fields=["round", "group", "attempt"]),
            models.UniqueConstraint(
                name="judging_draw_one_current", fields=["round", "group"], condition=~Q(state="replaced")
            ),
        ]


class DrawPosition(models.Model):
    """An entry's place in the order (from 1)."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="positions")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="draw_positions")
    position = models.PositiveSmallIntegerField()
    is_drawn_by_staff = models.BooleanField("工作人员代抽", default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="judging_drawposition_entry", fields=["draw", "entry"]),
            models.UniqueConstraint(name="judging_drawposition_position", fields=["draw", "position"]),
        ]


class DrawFile(models.Model):
    """Evidence of a draw: a photograph of the stage, the minutes with their signatures."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "现场照片"
        MINUTES = "minutes", "签字的抽签记录"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField("种类", max_length=8, choices=Kind)
    file = models.FileField(upload_to="draws/")
    original_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["uploaded_at", "pk"]
