"""Whether the number, the type and the dates of an IP asset agree with one another and with today."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from core.parsed import Fault, Findings, Parsed
from entries.pure import application_number, pct_number
from entries.pure.asset_type import ASSET_TYPE_NAMES, CN_PATENT_TYPES, DESIGN, INVENTION, UTILITY_MODEL

# Numbers whose year is the year of filing (for PCT entries into China: of the international filing).
_FILING_YEAR_SCHEMES = frozenset({application_number.SCHEME, pct_number.SCHEME})
# Designs filed from this day on last 15 years instead of 10 (amended Patent Law).
LONGER_DESIGN_TERM_FROM = date(2021, 6, 1)


def cross_check(
    number: Parsed, *, asset_type: str, filed_on: date | None, granted_on: date | None, today: date
) -> Findings:
    """Compare a read number with the declared type and dates of the asset; a missing date is not judged.

    The only fault is a grant before the filing; everything else can have a good reason (a divisional application
    bears a later year than its filing date) and is a warning.
    """
    return Findings(
        faults=_order_faults(filed_on, granted_on),
        warnings=(
            *_kind_warnings(number, asset_type),
            *_year_warnings(number, filed_on),
            *_future_warnings(number, filed_on, granted_on, today),
            *_term_warnings(asset_type, number.country, filed_on, today),
        ),
    )


def term_ends_on(asset_type: str, filed_on: date) -> date | None:
    """Return the first day on which a Chinese patent is past its term, or None for other kinds of asset.

    Invention 20 years, utility model 10, design 15 (filed before 2021-06-01: 10), counted from the filing date. A
    filing on 29 February ends on 28 February where the last year has no such day.
    """
    if asset_type not in CN_PATENT_TYPES:
        return None
    design_years = 15 if filed_on >= LONGER_DESIGN_TERM_FROM else 10
    year = filed_on.year + {INVENTION: 20, UTILITY_MODEL: 10, DESIGN: design_years}[asset_type]
    try:
        return filed_on.replace(year=year)
    except ValueError:
        return filed_on.replace(year=year, day=28) if year <= date.max.year else None


def repeated_numbers(canonicals: Iterable[str]) -> tuple[str, ...]:
    """Return each canonical number that one entry names more than once, in the order of first mention."""
    return tuple(number for number, count in Counter(canonicals).items() if number and count > 1)


def _order_faults(filed_on: date | None, granted_on: date | None) -> tuple[Fault, ...]:
    if filed_on is None or granted_on is None or granted_on >= filed_on:
        return ()
    return (Fault("grant_before_filing", f"授权公告日 {granted_on} 早于申请日 {filed_on}，请检查年份。"),)


def _kind_warnings(number: Parsed, asset_type: str) -> tuple[Fault, ...]:
    shown, declared = ASSET_TYPE_NAMES.get(number.kind), ASSET_TYPE_NAMES.get(asset_type)
    if not shown or not declared or shown == declared:
        return ()
    # A national patent of another country is declared by its type and read as a foreign number.
    if number.country != "CN" and asset_type in CN_PATENT_TYPES:
        return ()
    return (Fault("kind", f"号码表示的是{shown}，您选择的是{declared}，请核对类型或号码。"),)


def _year_warnings(number: Parsed, filed_on: date | None) -> tuple[Fault, ...]:
    if number.scheme not in _FILING_YEAR_SCHEMES or number.year is None or filed_on is None:
        return ()
    if number.year == filed_on.year:
        return ()
    message = f"号码中的年份是 {number.year}，申请日是 {filed_on}，请核对；分案申请可以不一致。"
    return (Fault("year", message),)


def _future_warnings(
    number: Parsed, filed_on: date | None, granted_on: date | None, today: date
) -> tuple[Fault, ...]:
    found = []
    if number.year is not None and number.year > today.year:
        found.append(Fault("future_year", f"号码中的年份 {number.year} 还没有到，请核对。"))
    for code, name, day in (("future_filing", "申请日", filed_on), ("future_grant", "授权公告日", granted_on)):
        if day is not None and day > today:
            found.append(Fault(code, f"{name} {day} 晚于今天 {today}，请检查日期。"))
    return tuple(found)


def _term_warnings(asset_type: str, country: str, filed_on: date | None, today: date) -> tuple[Fault, ...]:
    end = term_ends_on(asset_type, filed_on) if filed_on and country == "CN" else None
    if end is None or today < end:
        return ()
    name = ASSET_TYPE_NAMES[asset_type]
    return (Fault("term_expired", f"{name}自申请日 {filed_on} 起算，保护期已于 {end} 届满，请核对申请日或法律状态。"),)
