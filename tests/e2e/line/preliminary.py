"""The panel is seated and dealt out; one judge scores and recuses in the browser, the others through the action."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Page, expect

from judging import states
from judging.actions.panel import seat_judge, sign_declaration
from judging.actions.sheet import lock_sheet
from judging.models import Assignment, PanelSeat
from tests.e2e.line.marks import preliminary_sheet
from tests.e2e.line.scene import SLUG, Line, fill, follow, go, press, sees
from tests.e2e.line.setting_up import JUDGES

KIND = "preliminary"


def panel(line: Line) -> None:
    """Six judges, the first seated in the browser; five a project are dealt out at random as previewed."""
    page = line.page_of("organiser")
    go(page, "judging:panel-manage", SLUG, KIND)
    fill(page, {"judge": line.people[JUDGES[0]].pk, "number": 1, "is_chief": True})
    press(page, "安排入席")
    round_ = line.round(KIND)
    for number, who in enumerate(JUDGES[1:], start=2):
        seat_judge(round=round_, user=line.people[who], number=number, actor=line.people["organiser"], at=line.moment.at)
    go(page, "judging:assignment-preview", SLUG, KIND)
    press(page, "按此预览写入分配")
    sees(page, "已按预览写入分配。")
    assert Assignment.objects.filter(seat__panel__round=round_).count() == 6 * 5


def judge_scores_and_recuses(line: Line) -> None:
    """A judge fills in the profile, signs the declaration, scores the first entry, steps back from the second.

    It is the one who has no seat in the final: the conflict holds there too, and would leave an entry with four marks.
    """
    line.begin(KIND, hours=2)
    page = line.page_of("judge5")
    go(page, "judging:task-list")
    fill(page, {"kind": "technical", "employer": "示例研究院"})
    press(page, "保存，下一步签署声明")
    page.locator("[name='agree']").check()
    press(page, "签署声明")
    first, second = _assignments(line, "judge5")[:2]
    go(page, "judging:score", first.public_id)
    score_in_browser(page, preliminary_sheet(first.entry.number))
    go(page, "judging:score", second.public_id)
    follow(page, "申请回避")
    fill(page, {"reason": "曾为该单位提供过专利咨询"})
    press(page, "确认回避")
    second.refresh_from_db()
    assert second.state == states.RECUSED


def organiser_sends_a_substitute(line: Line) -> None:
    """The one judge who did not have the entry takes the recused judge's place."""
    recused = Assignment.objects.get(seat__panel__round=line.round(KIND), state=states.RECUSED)
    held = Assignment.objects.filter(entry=recused.entry).values("seat_id")
    free = PanelSeat.objects.filter(panel__round=line.round(KIND)).exclude(pk__in=held).get()
    page = line.page_of("organiser")
    go(page, "judging:panel-manage", SLUG, KIND)
    form = page.locator(f"form[action='{reverse('judging:assignment-add', args=[SLUG, KIND])}']")
    form.locator("[name$='seat']").select_option(str(free.pk))
    form.locator("[name$='entry']").select_option(str(recused.entry_id))
    form.get_by_role("button", name="手工分配").click()
    expect(page.locator("#entries")).to_be_visible()
    assert Assignment.objects.filter(seat=free, entry=recused.entry, state=states.ASSIGNED).exists()


def others_score(line: Line) -> None:
    """Every other sheet is handed in; an entry has five marks, the recused judge's is none of them."""
    for seat in PanelSeat.objects.filter(panel__round=line.round(KIND), declared_at__isnull=True):
        sign_declaration(seat=seat, actor=seat.judge, at=line.moment.at)
    for who in JUDGES:
        for row in _assignments(line, who):
            if row.state == states.ASSIGNED and not _is_locked(row):
                lock(line, row, preliminary_sheet(row.entry.number))


def score_in_browser(page: Page, marks: dict) -> None:
    """Fills in the sheet and submits it for good."""
    fill(page, {f"mark-{code}": mark for code, mark in marks.items()})
    press(page, "提交评分")
    press(page, "确认提交")
    sees(page, "提交")
    expect(page.get_by_role("button", name="确认提交")).to_have_count(0)


def lock(line: Line, row: Assignment, marks: dict) -> None:
    lock_sheet(assignment=row, marks=marks, comment="", feedback="", actor=row.seat.judge, at=line.moment.at)


def _assignments(line: Line, who: str) -> list[Assignment]:
    rows = Assignment.objects.filter(seat__panel__round=line.round(KIND), seat__judge=line.people[who])
    return list(rows.select_related("seat__judge", "entry", "seat__panel__round").order_by("entry__number"))


def _is_locked(row: Assignment) -> bool:
    sheet = getattr(row, "sheet", None)
    return sheet is not None and sheet.state == states.LOCKED
