"""Whether an edition can be opened to the public: every reason against it, and what should be known before."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, Q

from competitions.errors import RuleInvalid
from competitions.models import Edition, EditionPage, Group, Role, Round, Stage
from competitions.pure.edition_preset import UNCONFIRMED, PresetValue
from competitions.pure.rubric import rubric_faults, sum_faults
from competitions.pure.schedule_order import schedule_faults
from competitions.queries.rule_set import (
    round_rule_set,
    rubric_for,
    rubric_rows,
    scored_rounds,
    vote_settings,
)
from core.errors import Reason

NEEDED_ORGANISERS = 2
WECHAT_MISSING = "网络投票选择了微信验证，但平台还没有配置微信公众号。请联系平台管理员配置，或改选其他投票人验证方式。"
NEEDED_STAGES = (Stage.Kind.REGISTRATION, Stage.Kind.FORMALITY, Stage.Kind.FINAL)


def publish_reasons(edition: Edition) -> list[Reason]:
    """All reasons why the edition cannot be published yet; `field` names the section of the set-up that mends each."""
    return [
        *_page_reasons(edition),
        *_stage_reasons(edition),
        *_group_reasons(edition),
        *_round_reasons(edition),
        *_role_reasons(edition),
    ]


def publish_warnings(edition: Edition) -> list[str]:
    """What does not block publishing but should be known: unconfirmed presets, and rules that are allowed but risky."""
    waiting = unconfirmed(edition)
    found = [f"还有 {len(waiting)} 项预设值没有确认：{'、'.join(value.label for value in waiting)}。"] if waiting else []
    for round_ in scored_rounds(edition):
        try:
            found += [f"{round_.name}：{sentence}" for sentence in round_rule_set(round_).warnings()]
        except RuleInvalid:
            continue  # named among the reasons
    return found


def unconfirmed(edition: Edition) -> list[PresetValue]:
    """The preset values nobody has confirmed yet, in order."""
    done = set(edition.confirmations.values_list("key", flat=True))
    return [value for value in UNCONFIRMED if value.key not in done]


def _page_reasons(edition: Edition) -> list[Reason]:
    published = set(edition.pages.filter(published_at__isnull=False).values_list("kind", flat=True))
    return [
        Reason("page_missing", f"“{EditionPage.Kind(kind).label}”还没有发布。", "pages")
        for kind in EditionPage.Kind.values
        if kind not in published
    ]


def _stage_reasons(edition: Edition) -> list[Reason]:
    windows = {stage.kind: (stage.opens_at, stage.closes_at) for stage in edition.stages.all()}
    missing = [f"赛程缺少“{Stage.Kind(kind).label}”阶段。" for kind in NEEDED_STAGES if kind not in windows]
    return [Reason("schedule", text, "schedule") for text in [*missing, *schedule_faults(windows)]]


def _group_reasons(edition: Edition) -> list[Reason]:
    groups = Group.objects.filter(track__edition=edition).annotate(
        places=Count("award_quotas", filter=Q(award_quotas__quota__gte=1))
    )
    if not groups:
        return [Reason("group_missing", "还没有设置组别。", "groups")]
    return [
        Reason("quota_missing", f"{group.name}没有任何奖项名额。", "awards") for group in groups if not group.places
    ]


def _round_reasons(edition: Edition) -> list[Reason]:
    found = []
    for round_ in edition.rounds.select_related("stage").order_by("position"):
        found += _vote_reasons(round_) if round_.kind == Round.Kind.PUBLIC_VOTE else _scored_reasons(round_)
    if not scored_rounds(edition):
        found.append(Reason("round_missing", "没有评委评分的轮次，无法产生结果。", "rounds"))
    return found


def _vote_reasons(round_: Round) -> list[Reason]:
    try:
        found = vote_settings(round_)
    except RuleInvalid as refusal:
        return [Reason("vote_rule", refusal.text, "vote-rules")]
    if found.identity == "wechat" and not settings.WECHAT_APP_ID and not settings.DEBUG:
        return [Reason("wechat_missing", WECHAT_MISSING, "vote-rules")]
    return []


def _scored_reasons(round_: Round) -> list[Reason]:
    found = []
    try:
        rules = round_rule_set(round_)
        if rules.needs_votes and not round_.edition.rounds.filter(kind=Round.Kind.PUBLIC_VOTE).exists():
            found.append(Reason("votes_missing", f"{round_.name}要用公众投票计分，但本届没有网络投票。", "rounds"))
    except RuleInvalid as refusal:
        found.append(Reason("rule_set", f"{round_.name}：{refusal.text}", "rounds"))
    for track in round_.edition.tracks.all():
        rubric = rubric_for(round_, track.pk)
        rows = rubric_rows(rubric) if rubric else []
        faults = rubric_faults(rows) or sum_faults(rows)
        found += [Reason("rubric", f"{round_.name}·{track.name}：{fault}", "rubrics") for fault in faults]
    return found


def _role_reasons(edition: Edition) -> list[Reason]:
    held = Role.objects.filter(edition=edition, kind=Role.Kind.ORGANISER, ended_at__isnull=True, user__is_active=True)
    people = held.values("user").distinct().count()
    if people >= NEEDED_ORGANISERS:
        return []
    return [
        Reason(
            "organisers_missing",
            f"组委会成员只有 {people} 人。结果和投票核查须由两人分别审批，请再授予至少一人组委会角色。",
            "roles",
        )
    ]
