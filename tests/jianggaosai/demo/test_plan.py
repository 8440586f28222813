"""The demo world on paper: the counts of 2023, right numbers, and the same again from the same seed."""

from datetime import date

from accounts.pure.uscc import parse_uscc
from entries.pure.ip_number import parse_ip_number
from jianggaosai.demo.plan import make_plan

FIRST_DAY = date(2026, 7, 1)
PLAN = make_plan(2023, FIRST_DAY)


def test_it_has_the_size_of_2023() -> None:
    assert len(PLAN.organisations) == 84
    assert len(PLAN.projects) == 70
    assert sum(len(project.rows) for project in PLAN.projects) == 457


def test_every_organisation_takes_part_and_one_leads_two_projects() -> None:
    leads = [project.lead for project in PLAN.projects]
    joint = [project.joint for project in PLAN.projects if project.joint is not None]
    assert set(leads) | set(joint) == set(range(84))
    assert (leads.count(0), len(set(leads)), len(joint)) == (2, 69, 15)


def test_numbers_carry_their_check_characters_and_never_repeat() -> None:
    rows = [row for project in PLAN.projects for row in project.rows]
    parsed = [parse_ip_number(row["number_raw"], row["asset_type"]) for row in rows]
    assert [one.faults for one in parsed if one.faults] == []
    assert len({one.canonical for one in parsed}) == 457
    codes = [parse_uscc(organisation.uscc) for organisation in PLAN.organisations]
    assert [one for one in codes if one.faults or one.warnings] == []


def test_names_for_the_big_screen_fit_and_differ() -> None:
    short = [project.short_name for project in PLAN.projects]
    assert max(map(len, short)) <= 8
    assert len(set(short)) == len(short)


def test_every_name_says_it_is_an_example() -> None:
    assert all("示例" in organisation.name for organisation in PLAN.organisations)
    assert len({organisation.name for organisation in PLAN.organisations}) == 84
    assert len({project.title for project in PLAN.projects}) == 70


def test_each_project_has_one_granted_core_patent() -> None:
    for project in PLAN.projects:
        (core,) = [row for row in project.rows if row["is_core"]]
        assert core["granted_on"] < FIRST_DAY


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    assert make_plan(2023, FIRST_DAY) == PLAN
    assert make_plan(2024, FIRST_DAY) != PLAN
