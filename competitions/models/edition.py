"""An edition (届) of the competition, its rules for entries, and which preset values were confirmed."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import User


class Edition(models.Model):
    """One year's competition. Published editions are public; `slug` is the first part of every public address."""

    slug = models.CharField(
        "网址代号", max_length=32, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]{1,31}$", "只能用小写字母、数字和连字符。")]
    )
    name = models.CharField("全称", max_length=80)
    short_name = models.CharField("简称", max_length=20)
    ordinal = models.PositiveSmallIntegerField("第几届")
    year = models.PositiveSmallIntegerField("年份")
    slogan = models.CharField("口号", max_length=60, blank=True)
    summary = models.CharField("一句话介绍", max_length=200, blank=True)
    host_text = models.TextField("主办、承办单位", blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    contact_hours = models.CharField("办公时间", max_length=80, blank=True)
    contact_email = models.EmailField("联系邮箱", blank=True)
    filing_number = models.CharField("备案号", max_length=60, blank=True)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    archived_at = models.DateTimeField("归档时间", null=True, blank=True)
    created_at = models.DateTimeField("创建时间")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "届"
        ordering = ["-year", "-ordinal"]
        constraints = [models.UniqueConstraint(name="competitions_edition_ordinal", fields=["ordinal", "year"])]

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class EntryRules(models.Model):
    """What an entry of the edition must have (domain rules of eligibility and caps)."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="entry_rules", primary_key=True)
    min_assets = models.PositiveSmallIntegerField("专利最少件数", default=1)
    max_companions = models.PositiveSmallIntegerField("除核心专利外最多件数", default=20)
    core_types = models.JSONField("核心专利可选类型", default=list)
    core_must_be_granted = models.BooleanField("核心专利须已授权", default=True)
    core_granted_from = models.DateField("核心专利授权日不早于", null=True, blank=True)
    startup_revenue_limit = models.DecimalField("初创组营收上限（元）", max_digits=16, decimal_places=2, default=20_000_000)
    max_entries_enterprise = models.PositiveSmallIntegerField("每家企业最多项目数", default=3)
    max_entries_individual = models.PositiveSmallIntegerField("每位个人或团队最多项目数", default=1)
    max_entries_university = models.PositiveSmallIntegerField("每所高校、科研院所最多项目数", null=True, blank=True)
    max_entries_other = models.PositiveSmallIntegerField("其他单位最多项目数", null=True, blank=True)
    needs_award_declaration = models.BooleanField("须声明未获国家、省级专利奖", default=False)
    required_files = models.JSONField("提交时必交的材料", default=list)
    needs_recommendation = models.BooleanField("市外单位须交推荐函", default=True)
    attachments_until = models.DateTimeField("通过审查后附件可补充到", null=True, blank=True)
    filings_until = models.DateTimeField("参赛后新增专利可填报到", null=True, blank=True)
    max_correction_rounds = models.PositiveSmallIntegerField("最多补正次数", default=2)
    correction_days = models.PositiveSmallIntegerField("每次补正天数", default=5)

    class Meta:
        constraints = [
            models.CheckConstraint(name="competitions_entryrules_some_asset", condition=Q(min_assets__gte=1)),
            models.CheckConstraint(
                name="competitions_entryrules_caps_agree", condition=Q(min_assets__lte=F("max_companions") + 1)
            ),
        ]


class PresetConfirmation(models.Model):
    """The organiser has looked at a preset value and confirmed it; a value without a row here is marked 待确认."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="confirmations")
    key = models.CharField(max_length=60)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="competitions_presetconfirmation_once", fields=["edition", "key"])]
