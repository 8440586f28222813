"""Objections on their way, and an arbitrator who may look into them."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from competitions.models import Edition, Role
from core.files import PDF, CheckedFile, check_upload
from jianggaosai.demo.pdf import sample_pdf
from results.actions.objection import Party, file_objection
from results.models import Notice, Objection
from tests.factories.accounts import UserFactory
from tests.factories.competitions import RoleFactory

PERSON = Party("示例个人", "+8613800138000", "person@example.invalid")
UNIT = Party("示例单位乙", "+8613800138001", "unit@example.invalid", "示例联系人")


def build_arbitrator(edition: Edition, name: str = "仲平", email: str = "arbitrator@example.invalid") -> User:
    user = UserFactory(name=name, email=email)
    RoleFactory(edition=edition, user=user, kind=Role.Kind.ARBITRATOR, granted_by=edition.created_by)
    return user


def sealed_scan() -> tuple[str, CheckedFile]:
    """What a unit brings along; good for one objection."""
    upload = SimpleUploadedFile("异议书.pdf", sample_pdf("objection"), "application/pdf")
    return "signed", check_upload(upload, allowed=(PDF,), max_size=10_000)


def build_objection(notice: Notice, actor: User, at: Any, **changes: Any) -> Objection:
    values = {"kind": "person", "party": PERSON, "grounds": "公示的总分与现场宣布的不一致，请核实。"}
    return file_objection(notice=notice, actor=actor, at=at, **{**values, **changes})
