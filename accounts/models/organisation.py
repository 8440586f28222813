"""Enterprises, universities and other entrants, and the people who act for them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models.user import User
from accounts.pure.registration import PLACES
from core.public_id import new_public_id

DISTRICTS = [
    ("440703", "蓬江区"),
    ("440704", "江海区"),
    ("440705", "新会区"),
    ("440781", "台山市"),
    ("440783", "开平市"),
    ("440784", "鹤山市"),
    ("440785", "恩平市"),
    ("outside", "市外"),
]


class Organisation(models.Model):
    """An entrant (参赛主体). A credit code belongs to one verified organisation; claims that nobody has checked never
    lock the real firm out."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", "企业"
        UNIVERSITY = "university", "高等院校"
        RESEARCH_INSTITUTE = "research_institute", "科研院所"
        PUBLIC_INSTITUTION = "public_institution", "事业单位"
        SOCIAL_ORG = "social_org", "社会组织"
        TEAM = "team", "团队"
        INDIVIDUAL = "individual", "个人"
        OVERSEAS = "overseas", "港澳台及境外机构"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField("单位名称", max_length=120)
    kind = models.CharField("主体类型", max_length=24, choices=Kind)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    registered_in = models.CharField("登记地", max_length=8, choices=list(PLACES.items()), blank=True)
    registration_number = models.CharField("登记编号", max_length=40, blank=True)
    district = models.CharField("所在县（市、区）", max_length=8, choices=DISTRICTS)
    address = models.CharField("地址", max_length=200, blank=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    contact_mobile = models.CharField("联系手机", max_length=20, blank=True)
    contact_email = models.EmailField("联系邮箱", blank=True)
    verified_at = models.DateTimeField("核验时间", null=True, blank=True)
    created_at = models.DateTimeField("创建时间")
    members = models.ManyToManyField(User, through="Membership", related_name="organisations")

    KINDS_WITHOUT_USCC = (Kind.TEAM, Kind.INDIVIDUAL, Kind.OVERSEAS)

    class Meta:
        verbose_name = verbose_name_plural = "参赛主体"
        constraints = [
            models.UniqueConstraint(
                name="accounts_organisation_uscc_verified",
                fields=["uscc"],
                condition=Q(verified_at__isnull=False) & ~Q(uscc=""),
            ),
            models.CheckConstraint(
                name="accounts_organisation_uscc_needed",
                condition=Q(kind__in=["team", "individual", "overseas"]) | ~Q(uscc=""),
                violation_error_message="请填写统一社会信用代码。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def identifier(self) -> str:
        """What tells the organisation apart in a public register: credit code, or number and place; may be empty."""
        if self.uscc or not self.registration_number:
            return self.uscc
        return f"{self.registration_number}（{self.get_registered_in_display()}）"

    @property
    def identifier_label(self) -> str:
        return "登记编号" if self.registration_number else "统一社会信用代码"


class Membership(models.Model):
    """A person acting for an organisation."""

    class Role(models.TextChoices):
        OWNER = "owner", "管理员"
        EDITOR = "editor", "填报人"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("身份", max_length=8, choices=Role, default=Role.OWNER)
    joined_at = models.DateTimeField("加入时间")

    class Meta:
        verbose_name = verbose_name_plural = "成员"
        constraints = [models.UniqueConstraint(name="accounts_membership_once", fields=["organisation", "user"])]
