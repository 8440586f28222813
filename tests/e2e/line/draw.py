"""The running order: start-ups by a computed draw, grown firms by numbers drawn by hand, both by the operator."""

from __future__ import annotations

from judging.models import Draw
from tests.e2e.line.scene import SLUG, Line, fill, follow, go, press, sees

BY_HAND = {6: 1, 4: 2, 5: 3}  # number of the project → number it drew
SOURCE = "2027 年 11 月 2 日双色球七个号码，两位数字，空格分隔"


def drawn(line: Line) -> None:
    """The computed draw is committed to two days before its public values are typed in."""
    line.begin("coaching")
    page = line.page_of("operator")
    go(page, "judging:draw-manage", SLUG)
    follow(page, "准备初创组抽签")
    fill(page, {"method": "computed", "sources_text": SOURCE})
    press(page, "准备并公开承诺")
    line.moment.pass_by(days=2)
    go(page, "judging:draw-manage", SLUG)
    follow(page, "录入公开数值并抽签")
    fill(page, {"value-1": "03 09 14 21 27 30 11", "witness": "示例公证员", "is_checked": True})
    press(page, "抽签")
    _publish(line, "初创组")
    follow(page, "准备成长组抽签")
    fill(page, {"method": "hand"})
    press(page, "准备并公开承诺")
    follow(page, "录入现场抽签结果")
    fill(page, {f"place-{line.entry(number).public_id}": place for number, place in BY_HAND.items()})
    fill(page, {"witness": "示例公证员", "is_checked": True})
    press(page, "抽签")
    _publish(line, "成长组")
    assert Draw.objects.filter(round=line.round("final"), state="published").count() == 2
    visitor = line.page_of("visitor")
    go(visitor, "judging:draw-check", SLUG)
    sees(visitor, "03 09 14 21 27 30 11", "示例公证员")


def _publish(line: Line, group: str) -> None:
    page = line.page_of("operator")
    go(page, "judging:draw-manage", SLUG)
    follow(page, "公布出场顺序")
    press(page, "公布出场顺序")
    sees(page, f"{group}的出场顺序已公布。")
