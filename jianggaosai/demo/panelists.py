"""How the judges came: invited by link, with a profile each; some have not answered yet."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from jianggaosai.demo.world import World
from judging.actions.invitation import invite_judge, withdraw_invitation
from judging.actions.profile import save_profile

# kind, title, employer, past employers, industries, IPC
PROFILES = (
    ("technical", "教授", "示例大学材料学院", "示例涂料研究所", ("materials",), ("C08F", "C09D")),
    ("technical", "研究员", "示例机械研究院", "", ("equipment",), ("B23Q", "B65G")),
    ("ip", "专利代理师", "示例知识产权服务中心", "示例专利代理事务所", ("materials", "semiconductor"), ("C09D", "H01M")),
    ("investment", "投资总监", "示例创业投资有限公司", "示例产业基金", ("electronics", "biomedicine"), ()),
    ("technical", "高级工程师", "示例食品检验所", "", ("agriculture",), ("A23L",)),
)
WAITING = (("许可", "xu.ke@demo.invalid"), ("成文", "cheng.wen@demo.invalid"))
TAKEN_BACK = ("贾设", "jia.she@demo.invalid")


def fill_profiles(world: World) -> None:
    """Every judge and the chief says what they know and where they worked; one has worked for an entrant."""
    at = world.calendar.before("registration", days=20)
    for index, judge in enumerate([*world.judges, world.staff["chief"]]):
        kind, title, employer, past, industries, ipc = PROFILES[index % len(PROFILES)]
        save_profile(
            edition=world.edition,
            judge=judge,
            values={"kind": kind, "title": title, "employer": employer, "past_employers": _past(world, index, past)},
            industries=industries,
            ipc=ipc,
            actor=judge,
            at=at,
        )


def invite_more(world: World) -> None:
    """Two invitations wait for an answer, one was taken back."""
    organiser: User = world.staff["organiser"]
    at = world.calendar.now - timedelta(days=3)
    for name, email in WAITING:
        invite_judge(edition=world.edition, name=name, identity=email, actor=organiser, at=at)
    name, email = TAKEN_BACK
    mistaken = invite_judge(edition=world.edition, name=name, identity=email, actor=organiser, at=at)
    withdraw_invitation(invitation=mistaken, actor=organiser, at=at + timedelta(hours=1))


def _past(world: World, index: int, past: str) -> str:
    """The seventh judge has been with an entrant: what the records hint at, for the organiser to decide."""
    return world.organisations[0].name if index == 6 and world.organisations else past
