"""Forms of what decides: the vote rule, the rules and seats of a scored round."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from competitions.models import Round
from competitions.pure.advance_rule import PERCENT, TOP_N
from competitions.pure.panel_rule import PLAIN, TRIMMED
from competitions.pure.rule_set import PANEL, PUBLIC_VOTE, TIE_STEPS
from competitions.pure.vote_rule import DAY, EDITION, GROUP, VoteRule
from competitions.pure.vote_settings import IDENTITIES, POLICIES

BLANK = [("", "——")]
CUSTOM = "custom"
PRESETS = [
    ("per_day", "每天若干票，同一项目每天至多 1 票"),
    ("per_day_free", "每天若干票，可以全部投给同一项目"),
    ("choose", "每天一张选票，一次选满规定的项目数"),
    ("per_edition", "整个投票期间若干票，同一项目至多 1 票"),
    (CUSTOM, "自定义"),
]
METHODS = [
    ("none", "不计入总分"),
    ("max", "按同组最高票折算为百分制"),
    ("rank", "按同组票数名次折算为百分制"),
    ("log", "按票数的对数折算为百分制"),
    ("steps", "第 1 名 10 分，逐名减 0.5 分"),
]
HUNDRED = Decimal(100)


class VoteRulesForm(forms.Form):
    """The settings of a public vote; what contradicts itself is found by `VoteSettings`."""

    preset = forms.ChoiceField(
        label="投票方式", choices=PRESETS, widget=forms.RadioSelect, help_text="多数赛事用第一种。选“自定义”时才看计票周期和同一项目票数。"
    )
    period = forms.ChoiceField(label="计票周期（自定义）", required=False, choices=[(DAY, "每天（零点起算）"), (EDITION, "整个投票期间")])
    limit = forms.IntegerField(label="每人票数", min_value=1, max_value=100, help_text="一个周期内每人可投多少票；选票方式按下面的至多数。")
    per_entry_limit = forms.IntegerField(
        label="同一项目票数（自定义）", required=False, min_value=1, max_value=100, help_text="一个周期内同一项目最多得到同一人的多少票。"
    )
    scope = forms.ChoiceField(label="票数范围", choices=[(EDITION, "全部项目合计"), (GROUP, "每个组别分别计算")])
    choose_min = forms.IntegerField(
        label="一次至少选几个", required=False, min_value=1, max_value=100, help_text="只用于“每天一张选票”。"
    )
    choose_max = forms.IntegerField(
        label="一次至多选几个", required=False, min_value=1, max_value=100, help_text="只用于“每天一张选票”。"
    )
    identity = forms.ChoiceField(
        label="投票身份", choices=list(IDENTITIES.items()), help_text="要求越高，参与的人越少；与奖金挂钩时可要求短信。"
    )
    browsers = forms.BooleanField(
        label="普通浏览器也可投票", required=False, help_text="只用于微信身份：不用微信的人按浏览器设备识别，勾选前请考虑一人两份票的可能。"
    )
    policy = forms.ChoiceField(label="榜单显示", choices=list(POLICIES.items()))
    minutes = forms.IntegerField(label="延迟分钟数", min_value=0, max_value=1440, help_text="用于延迟、只显示先后和截止前隐藏。")
    hour = forms.IntegerField(label="每天更新时刻（点）", min_value=0, max_value=23, help_text="用于每天定时更新。")
    hours = forms.IntegerField(label="截止前隐藏小时数", min_value=1, max_value=168, help_text="用于截止前隐藏。")

    @staticmethod
    def initial_of(rules: dict[str, Any]) -> dict[str, Any]:
        """The values of the form from stored rules."""
        board = {"minutes": 10, "hour": 9, "hours": 24, **rules.get("board", {})}
        stored = {key: value for key, value in rules.get("vote_rule", {}).items() if key != "preset"}
        rule = VoteRule(**stored)
        preset = rule.preset if rule.is_plain else CUSTOM
        return {**stored, **board, "preset": preset, "identity": rules.get("identity", "device"), "browsers": rules.get("browsers", False)}

    def clean(self) -> dict[str, Any]:
        """What a preset does not use is taken from the preset, so that nothing left over contradicts it."""
        data = super().clean() or {}
        preset = data.get("preset")
        wanted = {"choose": ("choose_min", "choose_max"), CUSTOM: ("period", "per_entry_limit")}.get(preset or "", ())
        for name in wanted:
            if data.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, f"“{dict(PRESETS)[preset]}”须填写这一项。")
        return data

    def rules(self) -> dict[str, Any]:
        """What was entered, as `Round.rules` stores it; numbers that cannot be are refused by `VoteSettings`."""
        data = self.cleaned_data
        board = ("policy", "minutes", "hour", "hours")
        return {
            "vote_rule": self._rule(),
            "board": {name: data[name] for name in board},
            "identity": data["identity"],
            "browsers": data["browsers"],
        }

    def _rule(self) -> dict[str, Any]:
        data = self.cleaned_data
        least, most = data["choose_min"], data["choose_max"]
        if data["preset"] == CUSTOM:
            names = ("limit", "per_entry_limit", "period", "scope")
            return {**{name: data[name] for name in names}, "choose_min": None, "choose_max": None}
        if data["preset"] == "choose":
            choice = {"limit": most, "per_entry_limit": 1, "period": DAY, "scope": data["scope"]}
            return {**choice, "choose_min": least, "choose_max": most}
        return VoteRule.from_preset(data["preset"], data["limit"], data["scope"]).as_dict()


class RoundRulesForm(forms.Form):
    """The rule set of a scored round in plain fields; awards stay what they are."""

    method = forms.ChoiceField(label="评委分", choices=[(PLAIN, "全部评分的平均分"), (TRIMMED, "去掉最高、最低分后的平均分")])
    drop_high = forms.IntegerField(label="去掉最高分个数", min_value=0, max_value=5, help_text="用于去分方法。")
    drop_low = forms.IntegerField(label="去掉最低分个数", min_value=0, max_value=5, help_text="用于去分方法。")
    min_marks = forms.IntegerField(label="至少几个评分才去分", min_value=1, max_value=50, help_text="用于去分方法。")
    vote_percent = forms.DecimalField(
        label="公众投票占比（%）",
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text="其余为评委分。超过 10% 时刷票可能左右名次，发布前会提醒。",
    )
    public_vote = forms.ChoiceField(label="公众投票计分方法", choices=METHODS, help_text="算式见保存后的规则。")
    tie_1 = forms.ChoiceField(label="总分相同，先比较", required=False)
    tie_2 = forms.ChoiceField(label="仍相同，再比较", required=False)
    tie_3 = forms.ChoiceField(label="仍相同，再比较（第三步）", required=False, help_text="最后仍相同的并列。")
    advance_method = forms.ChoiceField(
        label="晋级方式",
        required=False,
        choices=[("", "本轮不产生晋级"), (TOP_N, "每组前若干名"), (PERCENT, "每组前百分之几")],
    )
    minimum = forms.IntegerField(label="每组最少晋级", required=False, min_value=0)
    maximum = forms.IntegerField(label="每组最多晋级", required=False, min_value=1, help_text="不限制时留空。")
    byes = forms.IntegerField(
        label="每组直接晋级名额", required=False, min_value=0, max_value=50, help_text="不参加本轮排名、不占晋级名额；没有时填 0。"
    )
    backfill = forms.BooleanField(
        label="评审后有项目弃赛或被取消资格时按名次递补", required=False, help_text="不勾选时名额空缺。已公布的名次和得分不变。"
    )

    def __init__(self, *args: Any, groups: dict[str, str], stored: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(stored, groups), **kwargs)
        self.groups, self.stored = groups, stored
        steps = BLANK + [(key, word) for key, word in TIE_STEPS.items() if key != "total"]
        for name in ("tie_1", "tie_2", "tie_3"):
            self.fields[name].choices = steps
        for key, name in groups.items():
            self.fields[f"advance_{key}"] = forms.DecimalField(
                label=f"{name}晋级名额或百分比", required=False, min_value=0, max_digits=6, decimal_places=2
            )
        last = ["minimum", "maximum", "byes", "backfill"]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def rules(self) -> dict[str, Any]:
        """What was entered, as `Round.rules` stores it; what the form does not show is kept."""
        data = self.cleaned_data
        share = data["vote_percent"] / HUNDRED
        weights = {PANEL: str(1 - share)} | ({PUBLIC_VOTE: str(share)} if share else {})
        panel = {name: data[name] for name in ("method", "drop_high", "drop_low", "min_marks")}
        chain = dict.fromkeys(data[name] for name in ("tie_1", "tie_2", "tie_3") if data[name])
        return {
            **self.stored,
            "panel": {**self.stored.get("panel", {}), **panel},
            "weights": weights,
            "public_vote": data["public_vote"],
            "tie_chain": ["total", *chain],
            "advance": self._advance(),
        }

    def _advance(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data["advance_method"]:
            return {}
        shared = {"method": data["advance_method"], "min": data["minimum"] or 0, "max": data["maximum"], "byes": data["byes"] or 0}
        rows = {}
        for key in self.groups:
            value = data[f"advance_{key}"] or Decimal(0)
            size = {"top_n": int(value)} if data["advance_method"] == TOP_N else {"percent": str(value)}
            rows[key] = {**shared, **size, "backfill": data["backfill"]}
        return rows


def _initial(stored: dict[str, Any], groups: dict[str, str]) -> dict[str, Any]:
    advance = stored.get("advance", {})
    sample = next(iter(advance.values()), {})
    chain = [step for step in stored.get("tie_chain", []) if step != "total"] + ["", "", ""]
    weight = Decimal(stored.get("weights", {}).get(PUBLIC_VOTE, "0"))
    values = {
        **stored.get("panel", {}),
        "vote_percent": (weight * HUNDRED).normalize().__format__("f"),
        "public_vote": stored.get("public_vote", "none"),
        **{f"tie_{place}": chain[place - 1] for place in (1, 2, 3)},
        "advance_method": sample.get("method", ""),
        "minimum": sample.get("min", 0),
        "byes": sample.get("byes", 0),
        "maximum": sample.get("max"),
        "backfill": sample.get("backfill", False),
    }
    for key in groups:
        rule = advance.get(key, advance.get("*", {}))
        values[f"advance_{key}"] = rule.get("percent") if rule.get("method") == PERCENT else rule.get("top_n")
    return values


class RoundSeatsForm(forms.ModelForm):
    class Meta:
        model = Round
        fields = [
            "judges_per_entry",
            "is_blind",
            "hides_numbers",
            "calibration_count",
            "spread_alarm",
            "distance_alarm",
            "talk_seconds",
            "answer_seconds",
            "warn_seconds",
            "strikes_dropped",
        ]
        help_texts = {
            "judges_per_entry": "分配评委时每个项目由几位评委评分，至少 3 位，建议 5 位。",
            "is_blind": "勾选后评委看不到单位名称、权利人和发明人，附件只看匿名版。",
            "hides_numbers": "仅在隐去单位名称时有效：专利号能查到权利人。",
            "calibration_count": "开评前全体评委先评的项目数，0 至 2；评完才能评其他项目。",
            "spread_alarm": "一个项目的最高分与最低分相差超过这个分数时提醒，可加派评委。",
            "distance_alarm": "有评委偏离该项目平均分超过这个分数时提醒。",
            "warn_seconds": "路演和答辩结束前多少秒提醒。",
            "strikes_dropped": "亮分时大屏逐分划去去掉的最高、最低分，评分表上同样划去；不勾选则只公布算法和得分。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["judges_per_entry"].min_value = 1
        if self.instance.kind != Round.Kind.PRELIMINARY:
            del self.fields["calibration_count"]
        if self.instance.rules.get("panel", {}).get("method") != TRIMMED:
            del self.fields["strikes_dropped"]
        if self.instance.kind != Round.Kind.FINAL:
            for name in ("talk_seconds", "answer_seconds", "warn_seconds"):
                del self.fields[name]
