"""The five cases in which a granted invention counts as a high-value patent in the national plan (domain rules §6.4)."""

from dataclasses import dataclass
from datetime import date

EMERGING, OVERSEAS, LONG_LIVED, PLEDGED, AWARDED = "emerging", "overseas", "long_lived", "pledged", "awarded"
BADGES = {
    EMERGING: "战略性新兴产业",
    OVERSEAS: "有海外同族",
    LONG_LIVED: "维持超过十年",
    PLEDGED: "实现质押融资",
    AWARDED: "获国家科学技术奖或中国专利奖",
}
LONG_YEARS = 10
_AWARDS = ("国家科学技术", "国家技术发明", "国家科技进步", "国家自然科学", "中国专利奖", "中国专利金奖", "中国专利银奖", "中国专利优秀奖")


@dataclass(frozen=True, slots=True)
class PatentFacts:
    """What is known of one patent: `is_invention_in_force` says that it is a granted Chinese invention that is alive."""

    is_invention_in_force: bool
    filed_on: date | None = None
    has_overseas_family: bool = False
    is_pledged: bool = False


def high_value_badges(patent: PatentFacts, *, is_emerging: bool, awards: str, today: date) -> tuple[str, ...]:
    """The cases that hold for the patent, as keys of BADGES in the order of the plan; none for anything but an invention in
    force. `is_emerging` and `awards` (as typed) are said of the project and hold for its patents."""
    if not patent.is_invention_in_force:
        return ()
    found = {
        EMERGING: is_emerging,
        OVERSEAS: patent.has_overseas_family,
        LONG_LIVED: _is_older(patent.filed_on, today),
        PLEDGED: patent.is_pledged,
        AWARDED: any(award in awards for award in _AWARDS),
    }
    return tuple(key for key, holds in found.items() if holds)


def _is_older(filed_on: date | None, today: date) -> bool:
    """More than ten years have passed since the filing: on the anniversary itself not yet."""
    return filed_on is not None and (today.year - filed_on.year, (today.month, today.day)) > (LONG_YEARS, (filed_on.month, filed_on.day))
