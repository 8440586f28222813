"""Which stage must lie before which. Stages may overlap where the competition lets them (vote beside preliminary)."""

from collections.abc import Mapping
from datetime import datetime

OPENS, CLOSES = 0, 1
EDGES = {OPENS: "开始", CLOSES: "截止"}
NAMES = {
    "registration": "报名",
    "formality": "形式审查",
    "public_vote": "网络投票",
    "preliminary": "初赛",
    "coaching": "赛前辅导与抽签",
    "final": "决赛",
    "notice": "公示",
}
ORDER = (
    ("registration", OPENS, "formality", OPENS),
    ("registration", CLOSES, "formality", CLOSES),
    ("registration", CLOSES, "public_vote", OPENS),
    ("registration", CLOSES, "preliminary", OPENS),
    ("formality", CLOSES, "public_vote", OPENS),
    ("formality", CLOSES, "preliminary", OPENS),
    ("preliminary", CLOSES, "coaching", OPENS),
    ("public_vote", CLOSES, "final", OPENS),
    ("preliminary", CLOSES, "final", OPENS),
    ("coaching", OPENS, "final", OPENS),
    ("coaching", CLOSES, "final", CLOSES),
    ("final", CLOSES, "notice", OPENS),
)


def schedule_faults(windows: Mapping[str, tuple[datetime, datetime]]) -> list[str]:
    """One Chinese sentence for each stage that does not end after it begins and each pair in the wrong order.

    `windows` maps the kind of a stage to (opens_at, closes_at); kinds an edition does not have are left out.
    """
    faults = [
        f"{NAMES[kind]}的截止时间须晚于开始时间。" for kind, (opens, closes) in windows.items() if closes <= opens
    ]
    for earlier, edge, later, other in ORDER:
        if earlier in windows and later in windows and windows[earlier][edge] > windows[later][other]:
            faults.append(f"{NAMES[earlier]}的{EDGES[edge]}时间不能晚于{NAMES[later]}的{EDGES[other]}时间。")
    return faults
