"""Which of an audience a message reaches, and by which way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.outbox.audiences import Audience, Recipient
from core.outbox.models import Message

SITE, MAIL, SMS = Message.Channel.SITE, Message.Channel.MAIL, Message.Channel.SMS


@dataclass(frozen=True, slots=True)
class Reach:
    """`posts`: for each way and address, once, who is behind it. `people` are those reached, each once. `unreached` counts
    the names nothing goes to."""

    posts: dict[tuple[str, str], Recipient]
    people: tuple[Recipient, ...]
    unreached: int

    def count(self, channel: str) -> int:
        return sum(1 for way, _ in self.posts if way == channel)

    @property
    def figures(self) -> str:
        """The numbers an organiser saw, to be held against those at the sending: people, mails, site only, short messages."""
        return "-".join(map(str, (len(self.people), self.count(MAIL), self.count(SITE), self.count(SMS))))


def reach(audience: Audience, edition: Any, *, by_mail: bool, by_sms: bool) -> Reach:
    """Mail and short messages where they are wanted and an address is known. On the site always: what is mailed to an
    address is listed there for whoever has confirmed it (ADR 0015); an account without mail gets a message of its own."""
    return reach_of(audience.people(edition), by_mail=by_mail, by_sms=by_sms)


def reach_of(people: Iterable[Recipient], *, by_mail: bool, by_sms: bool) -> Reach:
    posts: dict[tuple[str, str], Recipient] = {}
    reached: dict[str, Recipient] = {}
    names: dict[str, bool] = {}
    for one in people:
        ways = _ways(one, by_mail=by_mail, by_sms=by_sms)
        for way in ways:
            posts.setdefault(way, one)
        if ways:
            reached.setdefault(one.address, one)
        names[one.name] = names.get(one.name, False) or bool(ways)
    return Reach(posts, tuple(reached.values()), sum(1 for is_reached in names.values() if not is_reached))


def _ways(one: Recipient, *, by_mail: bool, by_sms: bool) -> list[tuple[str, str]]:
    ways: list[tuple[str, str]] = []
    if by_mail and one.email:
        ways.append((MAIL, one.address))
    elif one.has_account and one.address:
        ways.append((SITE, one.address))
    if by_sms and one.mobile:
        ways.append((SMS, one.mobile))
    return ways
