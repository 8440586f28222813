"""What an organiser decides about a public vote: the vote rule, what the board shows when, and who counts as a voter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from competitions.pure.rule_reader import RuleFault, RuleReader
from competitions.pure.vote_rule import VoteRule

LIVE, DELAYED, DAILY, ORDER, HIDDEN = "live", "delayed", "daily", "order", "hidden"
POLICIES = {
    LIVE: "实时显示票数",
    DELAYED: "延迟显示票数",
    DAILY: "每天定时更新票数",
    ORDER: "只显示先后，不显示票数",
    HIDDEN: "截止前若干小时起不显示票数",
}
IDENTITIES = {"device": "浏览器设备", "wechat": "微信", "sms": "手机短信验证码"}
MAX_MINUTES = 24 * 60
MAX_HOURS = 7 * 24


@dataclass(frozen=True, slots=True)
class BoardPolicy:
    """What the board shows while the vote runs; afterwards it shows the final tally.

    `minutes`: by how much the figures lag (policies delayed, order, hidden); `hour`: when they are renewed (daily,
    0–23, Asia/Shanghai); `hours`: how long before the end they disappear (hidden). Refuses (RuleFault) other values.
    """

    policy: str = DELAYED
    minutes: int = 10
    hour: int = 9
    hours: int = 24

    def __post_init__(self) -> None:
        faults = []
        if self.policy not in POLICIES:
            faults.append(f"榜单：显示方式“{self.policy}”未知，应为 {'、'.join(POLICIES)} 之一。")
        if not 0 <= self.minutes <= MAX_MINUTES:
            faults.append(f"榜单：延迟应为 0 至 {MAX_MINUTES} 分钟，现为 {self.minutes}。")
        if self.policy == DELAYED and self.minutes == 0:
            faults.append("榜单：延迟 0 分钟就是实时显示，请改选“实时显示票数”或填写分钟数。")
        if not 0 <= self.hour <= 23:
            faults.append(f"榜单：更新时刻应为 0 至 23 点，现为 {self.hour}。")
        if not 1 <= self.hours <= MAX_HOURS:
            faults.append(f"榜单：隐藏时长应为 1 至 {MAX_HOURS} 小时，现为 {self.hours}。")
        if faults:
            raise RuleFault(faults)

    def as_dict(self) -> dict[str, object]:
        """The policy with the members it uses, and no other."""
        used = {DELAYED: ("minutes",), DAILY: ("hour",), ORDER: ("minutes",), HIDDEN: ("minutes", "hours")}
        return {"policy": self.policy, **{name: getattr(self, name) for name in used.get(self.policy, ())}}

    @classmethod
    def from_dict(cls, data: object) -> "BoardPolicy":
        reader = RuleReader(data, "榜单")
        fields: dict[str, Any] = {
            "policy": reader.text("policy", DELAYED),
            "minutes": reader.whole("minutes", 10),
            "hour": reader.whole("hour", 9),
            "hours": reader.whole("hours", 24),
        }
        return reader.build(lambda: cls(**fields))

    def sentence(self) -> str:
        """What the rules page says about the figures shown during the vote."""
        lag = f"票数延迟 {self.minutes} 分钟更新" if self.minutes else "票数实时更新"
        return {
            LIVE: "投票期间票数实时显示。",
            DELAYED: f"投票期间{lag}，不显示名次。",
            DAILY: f"投票期间票数每天 {self.hour}:00 更新一次，不显示名次。",
            ORDER: "投票期间只显示项目的先后，不显示票数。",
            HIDDEN: f"投票期间{lag}，截止前 {self.hours} 小时起不再显示，结束核查后公布。",
        }[self.policy]


@dataclass(frozen=True, slots=True)
class VoteSettings:
    """The rules of a public vote as `Round.rules` stores them. Refuses (RuleFault), naming every fault at once.

    `identity`: device, wechat or sms, what a voter must show; `browsers`: beside WeChat, plain browsers count too.
    """

    vote_rule: VoteRule = field(default_factory=VoteRule)
    board: BoardPolicy = field(default_factory=BoardPolicy)
    identity: str = "device"
    browsers: bool = False

    def __post_init__(self) -> None:
        if self.identity not in IDENTITIES:
            raise RuleFault([f"投票身份“{self.identity}”未知，应为 {'、'.join(IDENTITIES)} 之一。"])
        if self.browsers and self.identity != "wechat":
            raise RuleFault(["“普通浏览器也可投票”只用于微信身份，请取消勾选或改选微信。"])

    def as_dict(self) -> dict[str, object]:
        rule = {"preset": self.vote_rule.preset, **self.vote_rule.as_dict()}
        also = {"browsers": True} if self.browsers else {}
        return {"vote_rule": rule, "board": self.board.as_dict(), "identity": self.identity, **also}

    @classmethod
    def from_dict(cls, data: object) -> "VoteSettings":
        reader = RuleReader(data, "投票规则")
        rule = _part(reader, _rule_from, reader.field("vote_rule"), VoteRule())
        board = _part(reader, BoardPolicy.from_dict, reader.field("board") or {}, BoardPolicy())
        identity = reader.text("identity", "device")
        browsers = reader.flag("browsers", False)
        return reader.build(lambda: cls(rule, board, identity, browsers))

    def sentences(self) -> list[str]:
        """The rules in Chinese, one sentence each."""
        return [
            self.vote_rule.sentence(),
            f"投票身份按{IDENTITIES[self.identity]}识别{'，不用微信的按浏览器设备识别' if self.browsers else ''}。",
            self.board.sentence(),
        ]


def _rule_from(data: object) -> VoteRule:
    """The stored rule names the preset it is an instance of; what the rule says must agree with the name."""
    if not isinstance(data, Mapping):
        raise RuleFault(["投票规则：缺少“vote_rule”。"])
    members = {key: value for key, value in data.items() if key != "preset"}
    rule = VoteRule.from_dict(members)
    if data.get("preset", rule.preset) != rule.preset:
        raise RuleFault([f"投票规则：写明的方式“{data['preset']}”与各项设置不符，按设置应为“{rule.preset}”。"])
    return rule


def _part(reader: RuleReader, make, data: object, otherwise):
    try:
        return make(data)
    except RuleFault as fault:
        reader.faults.extend(fault.faults)
        return otherwise
