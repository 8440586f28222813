"""An entry (参赛项目): one project with its portfolio of patents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from competitions.models import Edition, Group, Track
from core.public_id import new_public_id
from entries import states
from entries.models.industry import INDUSTRIES
from entries.pure.entry_code import entry_code

LONG_TEXTS = ("description", "advantages", "layout", "market", "team", "needs")
"""Pages of text, which lists do without."""


class Entry(models.Model):
    """One project in one edition. `version` rises with every save, so that two colleagues cannot overwrite each other
    silently. `number` is given once, on passing the formality examination: edition-wide, gap-free, never reused."""

    class Maturity(models.TextChoices):
        RESEARCH = "research", "研发阶段"
        PILOT = "pilot", "中试或小批量"
        MASS = "mass", "规模化生产"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="entries", null=True, blank=True, verbose_name="赛道")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="entries", null=True, blank=True, verbose_name="组别")
    group_reason = models.CharField("分组理由", max_length=200, blank=True)
    group_overridden_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    number = models.PositiveIntegerField("参赛编号", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=list(states.LABELS.items()), default=states.DRAFT)
    version = models.PositiveIntegerField(default=1)

    title = models.CharField("项目名称", max_length=50, blank=True)
    short_name = models.CharField("大屏简称", max_length=8, blank=True)
    industry = models.CharField("所属产业", max_length=16, choices=INDUSTRIES, blank=True)
    ipc_main = models.CharField("主分类号", max_length=20, blank=True)
    maturity = models.CharField("项目阶段", max_length=10, choices=Maturity, blank=True)
    pitch = models.CharField("一句话介绍", max_length=60, blank=True)
    summary = models.CharField("公开简介", max_length=300, blank=True)
    description = models.TextField("技术方案与效果", max_length=4000, blank=True)
    advantages = models.TextField("与同类技术相比的优势", max_length=2000, blank=True)
    layout = models.TextField("专利布局思路", max_length=4000, blank=True)
    market = models.TextField("市场与转化情况", max_length=4000, blank=True)
    team = models.TextField("团队情况", max_length=2000, blank=True)
    needs = models.TextField("融资与合作需求", max_length=1000, blank=True)
    # The stored file of the attachment of the kind COVER, so that lists need no further question.
    cover = models.ImageField("封面", upload_to="covers/", blank=True)
    cover_alt = models.CharField("封面说明", max_length=80, blank=True)
    is_display_consented = models.BooleanField("同意公开展示", default=False)
    is_award_free_declared = models.BooleanField("声明未获国家、省级专利奖", default=False)
    is_truth_declared = models.BooleanField("承诺材料真实、权属无争议、不涉密", default=False)

    is_sharing_consented = models.BooleanField("同意向投融资机构提供", default=False)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True)

    created_at = models.DateTimeField("创建时间")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("保存时间")
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    accepted_at = models.DateTimeField("通过时间", null=True, blank=True)
    organisations = models.ManyToManyField(Organisation, through="EntryApplicant", related_name="entries")

    class Meta:
        verbose_name = verbose_name_plural = "参赛项目"
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(name="entries_entry_number", fields=["edition", "number"]),
            models.CheckConstraint(
                name="entries_entry_accepted_is_numbered",
                condition=~Q(state__in=["accepted", "disqualified"]) | Q(number__isnull=False, group__isnull=False),
            ),
            models.CheckConstraint(name="entries_entry_number_positive", condition=Q(number__isnull=True) | Q(number__gte=1)),
        ]
        indexes = [models.Index(fields=["edition", "state"], name="entries_entry_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    @property
    def code(self) -> str:
        """The number as it is printed: three digits ("047"), empty before acceptance."""
        return entry_code(self.number)

    @property
    def is_public(self) -> bool:
        return self.state == states.ACCEPTED and self.is_display_consented
