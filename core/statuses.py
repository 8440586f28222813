"""Words for status: one word, icon and tone for a status across the whole site (DESIGN.md §5, components.html §8).

An app that has statuses of its own adds them to the same table with `add_statuses` when it is loaded, so that page,
PDF and spreadsheet say the same word.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TONES = frozenset({"mute", "ok", "info", "warn", "danger", "brand", "gold"})


@dataclass(frozen=True, slots=True)
class Status:
    """What a reader sees of a status: `word` in Chinese, `icon` a name of the sprite, `tone` one of TONES."""

    word: str | Promise
    icon: str
    tone: str = "mute"


STATUSES: dict[str, dict[str, Status]] = {
    "stage": {
        "upcoming": Status(_("未开始"), "ring"),
        "delayed": Status(_("推迟"), "clock", "warn"),
        "open": Status(_("进行中"), "dot", "gold"),
        "paused": Status(_("已暂停"), "pause", "warn"),
        "closed": Status(_("已结束"), "check", "ok"),
    },
    "entry": {
        "draft": Status(_("草稿"), "edit"),
        "submitted": Status(_("待形式审查"), "inbox", "info"),
        "under_review": Status(_("待形式审查"), "inbox", "info"),
        "returned": Status(_("需补正"), "undo", "warn"),
        "accepted": Status(_("形式通过"), "check", "ok"),
        "rejected": Status(_("形式不通过"), "x", "danger"),
        "judging": Status(_("评审中"), "score", "info"),
        "advanced": Status(_("入围决赛"), "flag", "brand"),
        "eliminated": Status(_("未入围"), "ban"),
        "withdrawn": Status(_("已撤回"), "out"),
        "disqualified": Status(_("已取消资格"), "ban", "danger"),
    },
    "sheet": {
        "empty": Status(_("未评"), "ring"),
        "draft": Status(_("草稿"), "half", "warn"),
        "submitted": Status(_("已提交"), "check", "ok"),
        "recused": Status(_("已回避"), "user-x", "info"),
        "reopened": Status(_("退回重评"), "unlock", "warn"),
    },
    "vote": {
        "open": Status(_("可投票"), "ballot", "brand"),
        "cast": Status(_("今日已投"), "check", "ok"),
        "closed": Status(_("已截止"), "lock"),
        "held": Status(_("待核"), "eye", "warn"),
        "void": Status(_("已剔除"), "ban", "danger"),
    },
    "award": {
        "gold": Status(_("金奖"), "trophy", "gold"),
        "silver": Status(_("银奖"), "medal", "brand"),
        "merit": Status(_("优秀奖"), "medal"),
    },
    "term": {
        "normal": Status(_("常规"), "inbox"),
        "soon": Status(_("3 天内"), "clock", "warn"),
        "today": Status(_("今日处理"), "clock", "danger"),
        "overdue": Status(_("已逾期"), "alert", "danger"),
        "cleared": Status(_("已清空"), "check", "ok"),
    },
}


def add_statuses(kind: str, words: dict[str, Status]) -> None:
    """Add the statuses of an app; refuses with ValueError a tone unknown to the design or a second word for one."""
    table = STATUSES.setdefault(kind, {})
    for value, status in words.items():
        if status.tone not in TONES:
            raise ValueError(f"{status.tone!r} is no tone of the design")
        if table.get(value, status) != status:
            raise ValueError(f"{kind} {value} already has the word {table[value].word}")
        table[value] = status


def status_of(kind: str, value: str) -> Status:
    """The status shown for a value; refuses with LookupError one that has no word yet."""
    try:
        return STATUSES[kind][value]
    except KeyError:
        raise LookupError(f"no word for the status {value!r} of {kind!r}; add it with core.statuses.add_statuses")
