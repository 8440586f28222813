"""What applicants have begun and not finished: a spreadsheet with faults, an invitation without an answer; and the optional facts."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from accounts.models import User
from core.table_import import Line
from entries.actions.applicants import add_applicant
from entries.actions.asset_sheet import keep_sheet
from entries.actions.details import save_details
from entries.models import Entry
from entries.pure.application_number import make_application_number
from jianggaosai.demo.names import person_name
from jianggaosai.demo.plan import ProjectPlan
from jianggaosai.demo.world import World

HEADER = ["序号", "申请号", "类型", "专利名称", "申请日", "授权公告日", "专利权人", "发明人"]
SHEET_ROWS = 8
ASKING = 3  # before the last project, which is the demo applicant's: another firm's draft that asks for theirs


def leave_unfinished(world: World) -> None:
    """While the registration runs: the demo applicant's draft has a spreadsheet waiting, four of eight rows with a fault,
    and another firm waits for their answer to its invitation."""
    own, other = world.entries[-1], world.entries[-1 - ASKING]
    at = world.calendar.within("registration", 0.97)
    keep_sheet(entry=own, name="专利清单.xlsx", sheets=[_lines(world)], actor=world.owners[0], at=at)
    add_applicant(entry=other, organisation=world.organisations[0], revenue=None, actor=other.created_by, at=at)


def tell_more(world: World, entry: Entry, plan: ProjectPlan, actor: User, at: datetime) -> Entry:
    """The step 补充信息 of a project, in full."""
    random, lead = Random(f"details-{plan.title}"), entry.applicants.get(part="lead")
    year = world.edition.year
    sales = [Decimal(random.randrange(300, 900)) * 10_000 for _ in range(3)]
    blocks = {
        "details": {
            "keywords": "；".join([plan.short_name, "核心专利", "产业化"]),
            "emerging_class": "equipment",
            "layout_work": ["navigation", "fto"],
            "planned_filings": 6,
            "products": f"{plan.short_name}系列产品",
            "need_kinds": ["pledge_loan", "licence"],
            "need_amount": Decimal(8_000_000),
        },
        "profiles": {lead.pk: {"founded_year": year - 12, "staff": 186, "rd_staff": 42, "titles": ["high_tech", "specialised"]}},
        "figures": [
            {"year": year - back, "sales": amount, "profit": amount / 10, "tax": amount / 20}
            for back, amount in enumerate(sales, start=1)
        ],
        "transactions": [{"kind": "licence", "year": year - 1, "amount": Decimal(600_000), "partner": "示例配套企业"}],
        "members": [
            {"name": person_name(random), "role": role, "degree": degree, "field": "机械工程"}
            for role, degree in (("负责人", "正高级工程师"), ("结构设计", "硕士"), ("控制算法", "博士"))
        ],
    }
    return save_details(entry=entry, version=entry.version, blocks=blocks, actor=actor, at=at)


def _lines(world: World) -> list[Line]:
    random = Random(f"sheet-{world.plan.projects[-1].title}")
    owner, first_day = world.organisations[0].name, world.calendar.first_day
    lines = [Line(1, HEADER)]
    for number in range(1, SHEET_ROWS + 1):
        filed_on = first_day - timedelta(days=300 + 90 * number)
        granted_on = filed_on + timedelta(days=280)
        code = make_application_number(filed_on.year, "2", random.randrange(1_000_000, 9_999_999))
        cells = [str(number), code, "实用新型", f"一种压装夹具的改进结构（{number}）", str(filed_on), str(granted_on), owner, person_name(random)]
        lines.append(Line(number + 1, _spoilt(number, cells)))
    return lines


def _spoilt(number: int, cells: list[str]) -> list[str]:
    """A wrong check digit, a number cut short, and two days there are not."""
    if number == 2:
        cells[1] = cells[1][:-1] + ("1" if cells[1][-1] != "1" else "2")
    elif number == 4:
        cells[1] = cells[1][:-3]
    elif number == 5:
        cells[4] = "2024-02-30"
    elif number == 7:
        cells[5] = "2024-13-05"
    return cells
