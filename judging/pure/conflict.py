"""What in the records hints at a conflict of interest between a judge and an entry. It proposes; a person decides."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MEMBER, AUTHOR, EMPLOYER, PAST_EMPLOYER, INVENTOR, CONTACT = "member", "author", "employer", "past", "inventor", "contact"
LABELS = {
    MEMBER: "是参赛单位的成员",
    AUTHOR: "填报了这个项目",
    EMPLOYER: "现工作单位与项目有关",
    PAST_EMPLOYER: "曾工作单位与项目有关",
    INVENTOR: "与发明人同名",
    CONTACT: "联系方式与参赛单位相同",
}
LEGAL_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "集团公司", "集团", "公司", "(有限合伙)", "(普通合伙)")
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class JudgeFacts:
    """`contacts`: the judge's mail address and mobile."""

    name: str
    employer: str = ""
    past_employers: tuple[str, ...] = ()
    contacts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """`bodies`: applicants, owners of patents (co-owners too) and agencies; `inventors`: names; `contacts` of applicants."""

    bodies: tuple[str, ...] = ()
    inventors: tuple[str, ...] = ()
    contacts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """`code` is one of those above, `detail` the name that was found on both sides."""

    code: str
    detail: str

    @property
    def sentence(self) -> str:
        return f"{LABELS[self.code]}：{self.detail}" if self.detail else LABELS[self.code]

    @property
    def ground(self) -> str:
        """How a dismissal remembers what was looked at."""
        return f"{self.code}:{self.detail}"


def find_conflicts(judge: JudgeFacts, entry: EntryFacts) -> list[Finding]:
    """Everything the two have in common, once each, in order."""
    found = {Finding(EMPLOYER, body) for body in entry.bodies if same_body(judge.employer, body)}
    found |= {
        Finding(PAST_EMPLOYER, body) for body in entry.bodies for past in judge.past_employers if same_body(past, body)
    }
    found |= {Finding(INVENTOR, judge.name) for name in entry.inventors if judge.name and _plain(name) == _plain(judge.name)}
    if judge.contacts & entry.contacts:
        found.add(Finding(CONTACT, ""))
    return sorted(found)


def same_body(one: str, other: str) -> bool:
    """Whether two names mean the same body: equal without legal form, width and spaces, or one the beginning of the other
    (五邑大学, 五邑大学机电工程学院). Names of fewer than four characters must be equal."""
    first, second = sorted((_core(one), _core(other)), key=len)
    if not first or len(first) < 2:
        return False
    return first == second or (len(first) >= SHORTEST and second.startswith(first))


def split_names(text: str) -> list[str]:
    """The names in a field where several stand, separated by commas, semicolons, slashes, enumeration marks or breaks.

    Blanks separate Chinese names only: "Wang Wu" is one name.
    """
    plain = unicodedata.normalize("NFKC", text)
    for mark in "、,;/|\n\r\t":
        plain = plain.replace(mark, ";")
    parts: Iterable[str] = (part.strip() for part in plain.split(";"))
    return [name for part in parts for name in (part.split() if part and not part.isascii() else [part]) if name]


def short_name(body: str) -> str:
    """A body's name as people say it, without its legal form; empty where little would be left of it."""
    plain = unicodedata.normalize("NFKC", body).strip()
    for form in LEGAL_FORMS:
        plain = plain.removesuffix(form)
    return plain if len(plain) >= SHORTEST else ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _core(name: str) -> str:
    plain = _plain(name)
    for form in LEGAL_FORMS:
        plain = plain.removesuffix(form)
    return plain
