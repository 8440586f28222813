"""Where the organiser mends what a computation still waits for; a page that does not exist is not linked."""

from __future__ import annotations

from competitions.models import Round
from competitions.stage_links import Link, link, present
from results.queries.state import previous_round


def input_links(round: Round) -> dict[str, list[Link]]:
    """Links for each topic of `results.queries.guard.InputStatus`."""
    slug, kind = round.edition.slug, round.kind
    prior = previous_round(round)
    wanted: dict[str, list[Link | None]] = {
        "stage": [link("赛程", "competitions:stage-manage", slug)],
        "previous": [link(f"{prior.name}结果", "results:ranking", slug, prior.kind)] if prior else [],
        "entries": [link("项目列表", "entries:entry-list", slug)],
        "sheets": [link("评审进度", "judging:progress", slug, kind)],
        "votes": [link("投票监控", "voting:monitor", slug)],
        "rules": [link("计分规则", "competitions:setup", slug)],
    }
    return {topic: present(links) for topic, links in wanted.items()}
