"""The people of the demo world and their logins."""

from __future__ import annotations

from datetime import datetime

from accounts.actions.user import register_user
from accounts.models import User
from core.actor import SYSTEM
from jianggaosai.demo_logins import DEMO_PASSWORD

DOMAIN = "demo.invalid"
# local part of the address, name
STAFF = {
    "organiser": "江晓",
    "organiser2": "江越",
    "examiner": "甄敏",
    "chief": "席评",
    "operator": "台控",
    "auditor": "沈计",
    "arbitrator": "仲平",
}
JUDGES = ["钟评", "岳评", "方正", "公明", "衡之", "严谨", "允执", "秉公", "持平", "明镜", "如一", "不偏", "知度", "量衡", "准绳"]


def demo_user(local_part: str, name: str, at: datetime) -> User:
    """Somebody with a demo login; it works only while DEBUG is on."""
    return register_user(
        name=name, email=f"{local_part}@{DOMAIN}", actor=SYSTEM, at=at, is_demo=True, password=DEMO_PASSWORD
    )


def plain_user(local_part: str, name: str, at: datetime) -> User:
    """Somebody of the demo world nobody signs in as."""
    return register_user(name=name, email=f"{local_part}@{DOMAIN}", actor=SYSTEM, at=at)


def staff(at: datetime) -> dict[str, User]:
    """The organisers and officials, by role."""
    return {role: demo_user(role, name, at) for role, name in STAFF.items()}


def judges(at: datetime) -> list[User]:
    """Fifteen judges; the first three have a login."""
    found = []
    for number, name in enumerate(JUDGES, start=1):
        make = demo_user if number <= 3 else plain_user
        found.append(make(f"judge{number:02d}", name, at))
    return found
