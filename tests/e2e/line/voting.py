"""The public votes on a phone and looks at the board; the vote is closed and made final by two organisers."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from playwright.sync_api import expect

from tests.e2e.line.scene import SLUG, Line, follow, go, press, sees
from voting.actions.cast import cast_ballots
from voting.actions.ledger import seal_ledger

PICKED = (1, 4)
# How many more votes each project gets from people who are not in the room.
OTHERS = {1: 2, 2: 4, 3: 1, 4: 3, 5: 5, 6: 2}


def public_votes(line: Line) -> None:
    """Chooses two on a phone of 390 px, checks the ballot, submits, keeps the receipt, sees the board."""
    line.begin("public_vote")
    page = line.page_of("visitor", 390)
    go(page, "voting:vote", SLUG)
    for number in PICKED:
        page.locator(f"[data-pick='{number}']").click()
    follow(page, "提交选票")
    expect(page.get_by_role("heading", name="人机验证")).to_be_visible()
    sees(page, "验证已完成")
    press(page, "提交 2 票")
    sees(page, "投票成功，已收到 2 票", "伺服压装", "已收到，1 分钟内写入账本")
    _others_vote(line)
    seal_ledger(edition=line.edition, at=line.moment.at)
    page.reload()
    sees(page, "您的投票在第 0 号账页第")
    follow(page, "查看票数")
    expect(page.get_by_role("heading", level=1)).to_have_text("投票进度")


def made_final(line: Line) -> None:
    """After the end one organiser closes, then both approve the same ledger."""
    line.end("public_vote")
    for who in ("organiser", "organiser2"):
        page = line.page_of(who)
        go(page, "voting:final-approve", SLUG)
        if who == "organiser":
            press(page, "封账")
            sees(page, "已封账")
        press(page, "批准 19 票")  # 2 of the phone, 17 of the others
    sees(line.page_of("organiser2"), "已终计", "最终有效票 19 票")


def _others_vote(line: Line) -> None:
    serial = 0
    for number, count in OTHERS.items():
        for _ in range(count):
            serial += 1
            with transaction.atomic():
                outcomes = cast_ballots(
                    edition=line.edition,
                    entry_ids=[line.entry(number).pk],
                    voter_tag=f"{serial:032x}",
                    identity_level=0,
                    submission=UUID(int=serial, version=4),
                    evidence={"address": "240.0", "agent": "test"},
                    at=line.moment.at,
                )
            assert [one.is_accepted for one in outcomes] == [True]
