"""What the demo world consists of, decided from the seed alone: 84 organisations, 70 projects, 457 patents.

One organisation leads two projects; fifteen projects are joint entries with a second organisation: 69 leads and 15 others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from accounts.pure import uscc
from entries.pure.application_number import make_application_number
from jianggaosai.demo import names

PROJECT_COUNT = 70
PATENT_COUNT = 457
JOINT_COUNT = 15
LEAST_PATENTS, MOST_PATENTS = 3, 14
KIND_DIGITS = {"invention": "1", "utility_model": "2", "design": "3"}
DISTRICTS = ["440703", "440704", "440705", "440781", "440783", "440784", "440785", "outside"]
CREDIT_PREFIX = {"enterprise": "91", "university": "12", "research_institute": "12"}


@dataclass(frozen=True, slots=True)
class OrganisationPlan:
    name: str
    kind: str
    uscc: str
    district: str
    revenue: Decimal | None
    contact: str


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """A project: its lead and joint organisation (indices), texts, patent rows, and a hidden quality (0…1)."""

    lead: int
    joint: int | None
    industry: str
    title: str
    short_name: str
    rows: tuple[dict[str, Any], ...]
    quality: float
    appeal: float


@dataclass(frozen=True, slots=True)
class Plan:
    organisations: tuple[OrganisationPlan, ...]
    projects: tuple[ProjectPlan, ...]


def make_plan(seed: int, first_day: date) -> Plan:
    """The same seed and first day of the registration give the same plan."""
    random = Random(f"jianggaosai-demo-{seed}")
    titles = _titles(random)
    organisations = _organisations(random, [industry for industry, _, _ in titles])
    counts = _patent_counts(random)
    serials = iter(random.sample(range(1_000_000, 9_999_999), PATENT_COUNT))
    joint = dict(zip(sorted(random.sample(range(1, PROJECT_COUNT), JOINT_COUNT)), range(PROJECT_COUNT - 1, 84), strict=True))
    projects = []
    for index, (industry, title, short_name) in enumerate(titles):
        lead = 0 if index == PROJECT_COUNT - 1 else index
        owner = organisations[lead].name
        rows = _patents(random, title, owner, counts[index], serials, first_day)
        projects.append(
            ProjectPlan(
                lead=lead,
                joint=joint.get(index),
                industry=industry,
                title=title,
                short_name=short_name,
                rows=tuple(rows),
                quality=random.betavariate(5, 3),
                appeal=random.lognormvariate(0, 0.9),
            )
        )
    return Plan(tuple(organisations), tuple(projects))


def _titles(random: Random) -> list[tuple[str, str, str]]:
    """Industry, title and name for the big screen of every project."""
    found = [(industry, title, short) for industry, titles in names.PROJECTS.items() for title, short in titles.items()]
    random.shuffle(found)
    more = [(industry, f"新一代{title}", f"新{short}") for industry, title, short in found[: PROJECT_COUNT - len(found)]]
    return found + more


def _organisations(random: Random, industries: list[str]) -> list[OrganisationPlan]:
    kinds = ["university"] * 6 + ["research_institute"] * 4 + ["enterprise"] * 74
    random.shuffle(kinds)
    kinds[0] = "enterprise"  # the demo applicant's own firm
    return [_organisation(random, index, kind, industries[index % PROJECT_COUNT]) for index, kind in enumerate(kinds)]


def _organisation(random: Random, index: int, kind: str, industry: str) -> OrganisationPlan:
    region = random.choice(["440703", "440704", "440705", "440781", "440783", "440784", "440785"])
    body8 = "MA" + f"{random.randrange(10**6):06d}"
    body17 = f"{CREDIT_PREFIX[kind]}{region}{body8}{uscc.organisation_check_character(body8)}"
    revenue = Decimal(round(random.lognormvariate(16.6, 1.1), -3)) if kind == "enterprise" else None
    return OrganisationPlan(
        name=names.organisation_name(kind, index, industry),
        kind=kind,
        uscc=body17 + uscc.check_character(body17),
        district=region if random.random() < 0.93 else "outside",
        revenue=revenue,
        contact=names.person_name(random),
    )


def _patent_counts(random: Random) -> list[int]:
    counts = [LEAST_PATENTS] * PROJECT_COUNT
    while sum(counts) < PATENT_COUNT:
        index = random.randrange(PROJECT_COUNT)
        if counts[index] < MOST_PATENTS:
            counts[index] += 1
    return counts


def _patents(
    random: Random, title: str, owner: str, count: int, serials: Any, first_day: date
) -> list[dict[str, Any]]:
    """Rows as the patent table takes them; the first is the core patent, granted."""
    inventors = "、".join(names.person_name(random) for _ in range(random.randint(1, 3)))
    rows = []
    for position, patent in enumerate(names.patent_titles(random, title, count)):
        kind = "invention" if position == 0 else random.choices(["invention", "utility_model", "design"], [6, 3, 1])[0]
        filed_on = first_day - timedelta(days=random.randint(500, 1800) if position == 0 else random.randint(120, 2200))
        granted_on = filed_on + timedelta(days=random.randint(240, 460))
        is_granted = position == 0 or granted_on < first_day
        number = make_application_number(filed_on.year, KIND_DIGITS[kind], next(serials))
        rows.append(
            {
                "asset_type": kind,
                "country": "CN",
                "title": patent[:100],
                "number_raw": f"ZL{number}" if is_granted else number,
                "filed_on": filed_on,
                "granted_on": granted_on if is_granted else None,
                "status": "granted" if is_granted else "substantive_exam" if kind == "invention" else "filed",
                "owners": owner,
                "inventors": inventors,
                "is_core": position == 0,
            }
        )
    return rows
