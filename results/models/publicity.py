"""How an edition makes results public: notice period, working days, what of the marks is shown, the look of certificates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from competitions.models import Edition
from results.pure.notice_period import COUNTINGS, LONGEST, WORKING


class PublicitySettings(models.Model):
    """One row an edition. Single judges' totals are shown, by seat number only, once an organiser confirmed it."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="publicity", primary_key=True)
    notice_days = models.PositiveSmallIntegerField("公示天数", default=5)
    notice_counting = models.CharField("天数按", max_length=8, choices=list(COUNTINGS.items()), default=WORKING)
    judge_totals_confirmed_at = models.DateTimeField("确认公开各评委总分", null=True, blank=True)
    judge_totals_confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    committee = models.CharField("证书落款", max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="results_publicity_days", condition=Q(notice_days__gte=1) & Q(notice_days__lte=LONGEST)
            )
        ]

    @property
    def shows_judge_totals(self) -> bool:
        return self.judge_totals_confirmed_at is not None


class Seal(models.Model):
    """A picture of the committee's seal; the newest stands on new certificates, older ones stay for those issued with them."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="seals")
    file = models.FileField("印章图片", upload_to="seals/")
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]


class CalendarDay(models.Model):
    """A day the edition counts otherwise than announced: a holiday, or a weekend day that is worked."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="calendar_days")
    day = models.DateField("日期")
    is_working = models.BooleanField("上班")
    name = models.CharField("说明", max_length=40)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(name="results_calendarday_once", fields=["edition", "day"])]
