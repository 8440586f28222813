"""First drafts of the rules page and the privacy notice, filled from the edition's settings; the organiser edits them."""

from __future__ import annotations

import re

from django.template.loader import render_to_string

from competitions.errors import RuleInvalid
from competitions.models import Edition, EditionPage, Round
from competitions.pure.vote_settings import VoteSettings
from competitions.queries.rule_set import round_rule_set, scored_rounds, vote_settings

TEMPLATES = {EditionPage.Kind.RULES: "competitions/texts/rules.md", EditionPage.Kind.PRIVACY: "competitions/texts/privacy.md"}
CORE_TYPES = {"invention": "发明专利", "utility_model": "实用新型专利", "design": "外观设计专利", "ic_layout": "集成电路布图设计"}


def page_template(edition: Edition, kind: str) -> str:
    """The draft (Markdown) of a page, as the settings are now. A rule that cannot be used is left out: the publish guard
    names it."""
    text = render_to_string(TEMPLATES[EditionPage.Kind(kind)], _facts(edition))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _facts(edition: Edition) -> dict:
    rounds = {round_.kind: round_ for round_ in edition.rounds.select_related("stage", "edition")}
    return {
        "edition": edition,
        "stages": edition.stages.order_by("position"),
        "groups": _group_names(edition),
        "entry_rules": edition.entry_rules,
        "core_types": "、".join(CORE_TYPES.get(code, code) for code in edition.entry_rules.core_types),
        "vote": _vote(rounds.get(Round.Kind.PUBLIC_VOTE)),
        "vote_round": rounds.get(Round.Kind.PUBLIC_VOTE),
        "rounds": [_round_facts(round_) for round_ in scored_rounds(edition)],
        "awards": edition.award_types.prefetch_related("quotas__group"),
    }


def _group_names(edition: Edition) -> list[str]:
    names = [track.groups.values_list("name", flat=True) for track in edition.tracks.all()]
    return list(dict.fromkeys(name for one in names for name in one))


def _round_facts(round_: Round) -> dict:
    return {
        "round": round_,
        "sentences": _sentences(round_),
        "talk": duration(round_.talk_seconds),
        "answer": duration(round_.answer_seconds),
    }


def duration(seconds: int) -> str:
    """8 分钟, 90 秒, 5 分 30 秒."""
    minutes, rest = divmod(seconds, 60)
    if not rest:
        return f"{minutes} 分钟"
    return f"{minutes} 分 {rest} 秒" if minutes > 1 else f"{seconds} 秒"


def _sentences(round_: Round) -> list[str]:
    try:
        return round_rule_set(round_).sentences()
    except RuleInvalid:
        return []


def _vote(round_: Round | None) -> VoteSettings | None:
    try:
        return vote_settings(round_) if round_ else None
    except RuleInvalid:
        return None
