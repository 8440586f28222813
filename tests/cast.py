"""The same people in every test.

| who | what they are |
|---|---|
| 江晓 `organiser` | organiser of the edition; 江越 `organiser2` is the second one |
| 甄敏 `examiner` | formality examiner |
| 钟评 `judge`, 岳评 `judge2` | judges; 冯评 `conflicted` is a judge in conflict with the applicant's entry |
| 席评 `chief` | chief judge |
| 台控 `operator` | steers the roadshow |
| 沈计 `auditor` | auditor |
| 丁工 `applicant` | owner of 示例企业丁, which leads an entry |
| 任工 `rival` | owner of 示例企业壬 |
| 外人 `stranger` | signed in, belongs to nothing |
| 别届 `foreigner` | organiser of another edition |
"""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.models import Organisation, User
from competitions.models import Edition, Role
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.competitions import RoleFactory, build_edition

ROLES = {
    "organiser": ("江晓", Role.Kind.ORGANISER),
    "organiser2": ("江越", Role.Kind.ORGANISER),
    "examiner": ("甄敏", Role.Kind.EXAMINER),
    "judge": ("钟评", Role.Kind.JUDGE),
    "judge2": ("岳评", Role.Kind.JUDGE),
    "conflicted": ("冯评", Role.Kind.JUDGE),
    "chief": ("席评", Role.Kind.CHIEF_JUDGE),
    "operator": ("台控", Role.Kind.STAGE_OPERATOR),
    "auditor": ("沈计", Role.Kind.AUDITOR),
}


@dataclass
class Cast:
    edition: Edition
    other_edition: Edition
    people: dict[str, User] = field(default_factory=dict)
    organisation: Organisation | None = None
    rival_organisation: Organisation | None = None

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def build_cast() -> Cast:
    """An edition by the preset, with everybody in their place."""
    cast = Cast(edition=build_edition(slug="jgs2026"), other_edition=build_edition(slug="other2026"))
    granter = cast.edition.created_by
    for name, (label, kind) in ROLES.items():
        cast.people[name] = UserFactory(name=label, email=f"{name}@example.invalid")
        RoleFactory(edition=cast.edition, user=cast.people[name], kind=kind, granted_by=granter)
    for name, label in (("applicant", "丁工"), ("rival", "任工"), ("stranger", "外人"), ("foreigner", "别届")):
        cast.people[name] = UserFactory(name=label, email=f"{name}@example.invalid")
    RoleFactory(edition=cast.other_edition, user=cast.people["foreigner"], granted_by=granter)
    cast.organisation = OrganisationFactory(name="示例企业丁", uscc="91440606722473344C")
    cast.rival_organisation = OrganisationFactory(name="示例企业壬", uscc="91440400192548256N")
    MembershipFactory(organisation=cast.organisation, user=cast.people["applicant"])
    MembershipFactory(organisation=cast.rival_organisation, user=cast.people["rival"])
    return cast
