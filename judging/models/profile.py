"""What is known of a judge: the field, for the assignment; the employers, for conflicts."""

from __future__ import annotations

from django.db import models

from accounts.models import User


class JudgeProfile(models.Model):
    """One a person, kept over editions. `industries` holds codes of `entries.models.industry`, `ipc` symbols such as C09D or
    C09; `past_employers` has one employer a line. Filled in by the judge or by the organiser who invites."""

    class Kind(models.TextChoices):
        TECHNICAL = "technical", "技术专家"
        IP = "ip", "知识产权专家"
        INVESTMENT = "investment", "投资专家"

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="judge_profile", primary_key=True)
    kind = models.CharField("专家类别", max_length=10, choices=Kind, blank=True)
    title = models.CharField("职务或职称", max_length=60, blank=True)
    employer = models.CharField("现工作单位", max_length=120, blank=True)
    past_employers = models.TextField("曾工作单位", max_length=1000, blank=True)
    industries = models.JSONField("熟悉的产业", default=list, blank=True)
    ipc = models.JSONField("熟悉的 IPC 分类", default=list, blank=True)
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = verbose_name_plural = "评委档案"

    @property
    def employers(self) -> list[str]:
        """The present employer and the past ones."""
        return [name for name in [self.employer, *self.past_employers.splitlines()] if name.strip()]
