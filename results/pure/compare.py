"""What differs between two records of one round: what was put in, and what came out. Read by people who ask why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

RULES, STATUS, MARK, VOTES, DECISION = "rules", "status", "mark", "votes", "decision"
TOTAL, PLACE, ADVANCE, AWARD = "total", "place", "advance", "award"
CAUSES = (RULES, STATUS, MARK, VOTES, DECISION)
EFFECTS = (TOTAL, PLACE, ADVANCE, AWARD)
STATUS_WORDS = {
    "competing": "参评", "declined": "弃赛", "struck": "评审后取消资格", "bye": "直接晋级", "withdrawn": "退赛",
    "disqualified": "取消资格", "": "不在名单",
}
WENT_ON = {"advanced": "晋级", "byes": "直接晋级", "declined": "让出名额"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `topic`: one of CAUSES or EFFECTS; `entry`: code of the entry, empty for what concerns all;
    `name`: the judge, the award or the rule it is about, where there is one; `before` and `after` as shown, "—" for none."""

    topic: str
    entry: str
    name: str
    before: str
    after: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every difference between two records (results/pure/record.py), causes first, by entry; empty when none matters."""
    found = [*_sentences(before["rule_text"], after["rule_text"])]
    for topic, read in _READERS.items():
        old, new = read(before), read(after)
        found += [
            Change(topic, *key, old.get(key, "—"), new.get(key, "—"))
            for key in sorted(old.keys() | new.keys())
            if old.get(key, "—") != new.get(key, "—")
        ]
    return found


def _sentences(old: list[str], new: list[str]) -> list[Change]:
    gone = [Change(RULES, "", "", sentence, "—") for sentence in old if sentence not in new]
    return gone + [Change(RULES, "", "", "—", sentence) for sentence in new if sentence not in old]


def _statuses(record: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {(row["code"], ""): STATUS_WORDS[row["status"]] for row in record["input"]["entries"]}


def _marks(record: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    reasons = {(row["entry"], row["judge"]): row["reason"] for row in record["input"]["sheets"]}
    rows = record["steps"]["judge_totals"]
    return {(row["entry"], row["judge"]): row["total"] or reasons[row["entry"], row["judge"]] for row in rows}


def _vote_counts(record: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {(code, ""): str(count) for code, count in (record["input"]["votes"] or {}).items()}


def _decisions(record: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {("", f"{row['kind']} {row.get('group', '')} {row.get('award', '')}".strip()): _decided(row) for row in record["input"]["decisions"]}


def _decided(row: Mapping[str, Any]) -> str:
    what = "、".join(row.get("entries", [])) or str(row.get("count", ""))
    return f"{what}（{row['reason']}）" if what else row["reason"]


def _totals(record: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {(row["entry"], ""): row["total"] for row in record["output"]["placings"]}


def _places(record: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {(row["entry"], ""): row["shown"] for row in record["output"]["placings"]}


def _goes_on(record: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    groups = [row for row in record["output"]["advance"].values() if row]
    return {(code, ""): word for row in groups for key, word in WENT_ON.items() for code in row[key]}


def _awards(record: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {(code, row["name"]): "获奖" for row in record["output"]["awards"] for code in row["winners"]}


_READERS: dict[str, Callable[[Mapping[str, Any]], dict[tuple[str, str], str]]] = {
    STATUS: _statuses,
    MARK: _marks,
    VOTES: _vote_counts,
    DECISION: _decisions,
    TOTAL: _totals,
    PLACE: _places,
    ADVANCE: _goes_on,
    AWARD: _awards,
}
