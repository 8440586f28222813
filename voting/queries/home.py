"""The vote's figures on the edition's home page."""

from __future__ import annotations

from datetime import datetime

from competitions.home_figures import Figure
from competitions.models import Edition
from core.figures import thousands
from voting.queries.board import board, voter_count
from voting.queries.campaign import vote_schedule


def vote_figures(edition: Edition, at: datetime) -> list[Figure]:
    """Votes as the board shows them, and voters; nothing before the vote opens or while the board shows no figures."""
    schedule = vote_schedule(edition)
    if schedule is None or not schedule.has_opened(at):
        return []
    figures = board(edition, at, schedule)
    if figures.total is None:
        return []
    hint = "经核查并由两人批准的最终票数" if figures.is_final else figures.note
    return [
        Figure("网络投票", thousands(figures.total), "票", hint),
        Figure("参与投票", thousands(voter_count(edition, at)), "人", "按投票设备计" if figures.is_final else "按投票设备计，每 10 分钟更新"),
    ]
