"""What an entry may tell beyond the required: market, layout work, needs, figures by year, transactions, the team.

Amounts are yuan (Decimal); people type and read them in 万元. Source of the fields: domain rules §2.2.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from entries.models.applicant import EntryApplicant
from entries.models.entry import Entry

# The strategic emerging industries of the national statistics (战略性新兴产业分类), by their first level.
EMERGING_CLASSES = [
    ("ict", "新一代信息技术"),
    ("equipment", "高端装备制造"),
    ("materials", "新材料"),
    ("biology", "生物"),
    ("vehicles", "新能源汽车"),
    ("energy", "新能源"),
    ("saving", "节能环保"),
    ("creative", "数字创意"),
    ("services", "相关服务"),
]


class EntryDetails(models.Model):
    """The optional facts of a project, one row an entry; missing while nothing was filled in."""

    class LayoutWork(models.TextChoices):
        NAVIGATION = "navigation", "专利导航"
        MINING = "mining", "专利挖掘"
        FTO = "fto", "自由实施（侵权风险）分析"

    class Need(models.TextChoices):
        EQUITY = "equity", "股权融资"
        PLEDGE_LOAN = "pledge_loan", "质押贷款"
        LEASEBACK = "leaseback", "售后回租"
        TRANSFER = "transfer", "专利转让"
        LICENCE = "licence", "专利许可"
        SPACE = "space", "场地落户"
        COACHING = "coaching", "专业辅导"

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="details")
    keywords = models.CharField("关键词", max_length=100, blank=True)
    emerging_class = models.CharField("战略性新兴产业类别", max_length=12, choices=EMERGING_CLASSES, blank=True)
    layout_work = models.JSONField("做过的布局工作", default=list, blank=True)
    planned_filings = models.PositiveSmallIntegerField("一年内计划新申请（件）", null=True, blank=True)
    products = models.CharField("应用专利的产品", max_length=200, blank=True)
    market_size = models.CharField("市场规模与来源", max_length=200, blank=True)
    standards = models.CharField("参与制定的标准", max_length=300, blank=True)
    awards = models.CharField("获奖情况", max_length=300, blank=True)
    valuation = models.DecimalField("专利评估值（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    agency = models.CharField("专利代理或服务机构", max_length=120, blank=True)
    need_kinds = models.JSONField("需求类型", default=list, blank=True)
    need_amount = models.DecimalField("意向金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "补充信息"


class ApplicantProfile(models.Model):
    """The optional facts of one applicant, as of this entry."""

    class Title(models.TextChoices):
        HIGH_TECH = "high_tech", "高新技术企业"
        SPECIALISED = "specialised", "专精特新企业"
        DEMONSTRATION = "demonstration", "知识产权示范企业"
        COMPETITIVE = "competitive", "知识产权优势企业"
        CERTIFIED = "certified", "知识产权管理体系认证"

    applicant = models.OneToOneField(EntryApplicant, on_delete=models.CASCADE, related_name="profile")
    founded_year = models.PositiveSmallIntegerField("成立年份", null=True, blank=True)
    registered_capital = models.DecimalField("注册资本（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    legal_representative = models.CharField("法定代表人", max_length=60, blank=True)
    rd_spend = models.DecimalField("上一年度研发投入（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    staff = models.PositiveIntegerField("职工人数", null=True, blank=True)
    rd_staff = models.PositiveIntegerField("其中研发人员", null=True, blank=True)
    titles = models.JSONField("资质荣誉", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "主体概况"
        constraints = [
            models.CheckConstraint(
                name="entries_applicantprofile_staff",
                condition=Q(staff__isnull=True) | Q(rd_staff__isnull=True) | Q(rd_staff__lte=models.F("staff")),
            )
        ]


class YearFigure(models.Model):
    """Sales, profit, tax and exports of the project in one year; a profit may be a loss."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="figures")
    year = models.PositiveSmallIntegerField("年份")
    sales = models.DecimalField("销售额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    profit = models.DecimalField("利润（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    tax = models.DecimalField("纳税（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    exports = models.DecimalField("出口（元）", max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(name="entries_yearfigure_once", fields=["entry", "year"])]


class Transaction(models.Model):
    """A deal with the patents of the entry."""

    class Kind(models.TextChoices):
        TRANSFER = "transfer", "转让"
        LICENCE = "licence", "许可"
        PLEDGE_LOAN = "pledge_loan", "质押贷款"
        CAPITAL = "capital", "作价入股"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="transactions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField("类型", max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    partner = models.CharField("对方", max_length=120, blank=True)

    class Meta:
        ordering = ["position", "pk"]


class TeamMember(models.Model):
    """A person of the project's team; the first is the leader."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="members")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField("姓名", max_length=60)
    role = models.CharField("分工", max_length=60, blank=True)
    degree = models.CharField("学历职称", max_length=40, blank=True)
    field = models.CharField("专业方向", max_length=60, blank=True)

    class Meta:
        ordering = ["position", "pk"]
