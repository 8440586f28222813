"""Refusals: what the platform says when it will not do something, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


class Refusal(Exception):
    """An act was refused and nothing was changed.

    Subclasses set `code` (machine word), `status` (HTTP) and `message` (a Chinese sentence with `{placeholders}`: what is
    wrong, the fact, what to do). Keyword arguments fill the placeholders and are kept in `params`.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    message: ClassVar[str] = "现在不能这样做。"

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.text)

    @property
    def text(self) -> str:
        return self.message.format(**self.params)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a step is blocked: a sentence, and where it can be mended (`field` or `url`)."""

    code: str
    message: str
    field: str = ""
    url: str = ""


class Blocked(Refusal):
    """A step has unmet conditions; all of them are listed, not only the first."""

    code = "blocked"
    message = "还有 {count} 项未完成，完成后才能继续。"

    def __init__(self, reasons: list[Reason]) -> None:
        self.reasons = reasons
        super().__init__(count=len(reasons))


class WrongState(Refusal):
    """The object is not in a state from which this step leads on."""

    code = "wrong_state"
    message = "当前状态是“{state}”，不能{verb}。请刷新页面查看最新状态。"


class NotAllowed(Refusal):
    """The actor may see the object but not do this; strangers never get here, they get 404."""

    code = "not_allowed"
    status = 403
    message = "您没有做这一步的权限。如需办理，请联系组委会。"


class TooManyRequests(Refusal):
    """A bucket against load is empty."""

    code = "too_many_requests"
    status = 429
    message = "操作太频繁，请 {seconds} 秒后再试。"
