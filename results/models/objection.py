"""Objections (异议) to what is on public notice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from competitions.models import Edition
from core.append_only import AppendOnly
from core.public_id import new_public_id
from entries.models import Entry
from results.models.notice import Notice
from results.models.round_result import RoundResult
from results.states import FILED, OBJECTION


class Objection(models.Model):
    """Filed by a unit or a person; who that is lies in `ObjectionParty`, which may be deleted. `number` is the
    acknowledgement; `public_id` opens the filer's own page. `effect` is what an upheld one does to the result."""

    class Kind(models.TextChoices):
        UNIT = "unit", "单位"
        PERSON = "person", "个人"

    class Effect(models.TextChoices):
        NONE = "none", "不影响结果"
        RECOMPUTE = "recompute", "更正后重新计算"
        DISQUALIFY = "disqualify", "取消项目资格并重新计算"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="objections")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections")
    number = models.CharField("受理号", max_length=20, unique=True)
    kind = models.CharField("提出人类型", max_length=8, choices=Kind)
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="objections", null=True, blank=True, verbose_name="涉及项目"
    )
    grounds = models.TextField("异议内容和理由", max_length=3000)
    state = models.CharField("状态", max_length=14, choices=list(OBJECTION.labels.items()), default=FILED)
    filed_at = models.DateTimeField("提出时间")
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    investigator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    effect = models.CharField("对结果的影响", max_length=10, choices=Effect, blank=True)
    carried_out = models.ForeignKey(RoundResult, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="results_objection_disqualifies_an_entry", condition=~Q(effect="disqualify") | Q(entry__isnull=False)
            )
        ]


class ObjectionParty(models.Model):
    """Who objects, and how to reach them; deletable without touching the objection."""

    objection = models.OneToOneField(Objection, on_delete=models.CASCADE, related_name="party", primary_key=True)
    name = models.CharField("单位名称或姓名", max_length=120)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    mobile = models.CharField("手机", max_length=20)
    email = models.EmailField("邮箱")


class ObjectionFile(models.Model):
    """Evidence, or the scan with seal or signature; read through a permission check only."""

    class Kind(models.TextChoices):
        SIGNED = "signed", "盖章或签名的异议书扫描件"
        EVIDENCE = "evidence", "证据材料"

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField("材料", max_length=8, choices=Kind)
    file = models.FileField("文件", upload_to="objections/%Y/%m/")
    original_name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("格式", max_length=100)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["kind", "pk"]


class ObjectionMaterial(models.Model):
    """A file that was sent ahead of an objection still being written; becomes an ObjectionFile with it, or goes after two days.

    `owner` is the code of a person or of a visitor's cookie; `slot` the field of the form, of which it is the one file."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="materials")
    owner = models.CharField("上传人", max_length=40)
    slot = models.CharField("材料", max_length=12)
    file = models.FileField("文件", upload_to="objections/%Y/%m/")
    original_name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("格式", max_length=100)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField("上传时间", db_index=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="results_material_once", fields=["notice", "owner", "slot"])]

    @property
    def kind(self) -> str:
        """The kind of file it becomes."""
        return ObjectionFile.Kind.SIGNED if self.slot == ObjectionFile.Kind.SIGNED else ObjectionFile.Kind.EVIDENCE


class ObjectionStep(AppendOnly):
    """One step of an objection: who took it, when, and what they wrote; `source` is empty for the filing itself."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12)
    source = models.CharField(max_length=14, blank=True)
    target = models.CharField(max_length=14)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    note = models.TextField(max_length=3000, blank=True)

    class Meta:
        ordering = ["at", "pk"]
