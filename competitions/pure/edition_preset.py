"""What an edition of 江高赛 starts with, as data. What no published source settles is listed in `UNCONFIRMED`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from competitions.pure.preset_rubrics import FINAL_RUBRIC, PRELIMINARY_RUBRIC
from competitions.pure.presets import final_preset, preliminary_preset
from competitions.pure.rubric import CriterionRow
from competitions.pure.vote_settings import VoteSettings

SHANGHAI = ZoneInfo("Asia/Shanghai")
LEAD_DAYS = 30  # an edition made late starts no sooner than this many days after its making


@dataclass(frozen=True, slots=True)
class StagePreset:
    """A stage; its window in days after the first day of the registration and hours (Asia/Shanghai)."""

    kind: str
    name: str
    opens: tuple[int, int]
    closes: tuple[int, int]
    note: str = ""

    def window(self, first_day: date) -> tuple[datetime, datetime]:
        """(opens_at, closes_at), aware, for a registration that begins on `first_day`."""
        return _moment(first_day, *self.opens), _moment(first_day, *self.closes)


@dataclass(frozen=True, slots=True)
class AwardPreset:
    """An award with the number for each group."""

    code: str
    name: str
    quota: int


@dataclass(frozen=True, slots=True)
class RoundPreset:
    """A round: kind (its stage has the same kind), name, stored rules and, when judges score it, the rubric."""

    kind: str
    name: str
    rules: Mapping[str, object]
    rubric: tuple[CriterionRow, ...] = ()
    rubric_name: str = ""
    judges_per_entry: int = 5


@dataclass(frozen=True, slots=True)
class PresetValue:
    """A value the organiser has to confirm: key, Chinese label, and the section of the set-up that shows it."""

    key: str
    label: str
    section: str


@dataclass(frozen=True, slots=True)
class EditionPreset:
    """Everything `create_edition` writes. `groups`: (code, name) of the groups of each track."""

    key: str
    name: str
    summary: str
    slogan: str
    edition_summary: str
    stages: tuple[StagePreset, ...]
    tracks: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    rounds: tuple[RoundPreset, ...]
    awards: tuple[AwardPreset, ...]
    entry_rules: Mapping[str, object] = field(default_factory=dict)


def first_day_for(year: int, made_on: date) -> date:
    """The first day of the registration: 1 July of the edition's year, or 30 days after it was made if that is later."""
    return max(date(year, 7, 1), made_on + timedelta(days=LEAD_DAYS))


def _moment(first_day: date, days: int, hour: int) -> datetime:
    return datetime.combine(first_day + timedelta(days=days), time(hour), SHANGHAI)


UNCONFIRMED = (
    PresetValue("schedule", "各阶段的起止时间", "schedule"),
    PresetValue("revenue_limit", "初创组营业收入上限", "entry-rules"),
    PresetValue("core_patent", "核心专利的类型和授权要求", "entry-rules"),
    PresetValue("entry_caps", "专利件数和项目数上限", "entry-rules"),
    PresetValue("corrections", "补正次数和天数", "entry-rules"),
    PresetValue("vote_rule", "每人票数与投票身份", "vote-rules"),
    PresetValue("vote_board", "投票期间的榜单显示", "vote-rules"),
    PresetValue("preliminary_rules", "初赛的公众投票占比和晋级名额", "rounds"),
    PresetValue("preliminary_panel", "初赛每个项目的评委数", "rounds"),
    PresetValue("final_rules", "决赛的计分与并列规则", "rounds"),
    PresetValue("final_panel", "决赛评委数和路演、答辩时长", "rounds"),
    PresetValue("preliminary_rubric", "初赛评分标准", "rubrics"),
    PresetValue("final_rubric", "决赛评分标准", "rubrics"),
    PresetValue("award_silver", "银奖名额", "awards"),
    PresetValue("award_merit", "优秀奖名额", "awards"),
)
UNCONFIRMED_KEYS = frozenset(value.key for value in UNCONFIRMED)

JIANGGAOSAI = EditionPreset(
    key="jianggaosai",
    name="江高赛",
    summary="专利赛道，初创组和成长组；网络投票与初赛并行，初赛后赛前辅导、抽签，再进决赛；每组金奖 2 个。",
    slogan="育好专利，布好局",
    edition_summary=(
        "从一件核心专利出发，把技术保护成一张网。大赛面向企业、高校院所和创新团队，以赛促培育、以赛促布局、以赛促转化。"
    ),
    stages=(
        StagePreset("registration", "报名", (0, 9), (61, 18)),
        StagePreset("formality", "形式审查", (62, 9), (76, 18)),
        StagePreset("public_vote", "网络投票", (81, 9), (91, 20)),
        StagePreset("preliminary", "初赛", (81, 9), (106, 18)),
        StagePreset("coaching", "赛前辅导与抽签", (111, 9), (142, 18), "含路演顺序抽签"),
        StagePreset("final", "决赛", (150, 9), (150, 18), "现场亮分"),
        StagePreset("notice", "公示", (153, 9), (160, 18)),
    ),
    tracks=(("patent", "专利赛道"),),
    groups=(("startup", "初创组"), ("growth", "成长组")),
    rounds=(
        RoundPreset("public_vote", "网络投票", VoteSettings().as_dict()),
        RoundPreset(
            "preliminary", "初赛", preliminary_preset().as_dict(), PRELIMINARY_RUBRIC, "初赛评分标准（书面评审）"
        ),
        RoundPreset("final", "决赛", final_preset().as_dict(), FINAL_RUBRIC, "决赛评分标准（路演答辩）"),
    ),
    awards=(AwardPreset("gold", "金奖", 2), AwardPreset("silver", "银奖", 3), AwardPreset("merit", "优秀奖", 5)),
    entry_rules={"core_types": ["invention", "design", "ic_layout"]},
)
PRESETS = {JIANGGAOSAI.key: JIANGGAOSAI}
