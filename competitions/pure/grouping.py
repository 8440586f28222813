"""Which group an entry belongs to: computed from the applicants' revenue, never chosen freely (domain.md §0.2)."""

from collections.abc import Iterable
from decimal import Decimal

from core.fault import Fault
from core.rounding import exact_sum

STARTUP = "startup"
GROWTH = "growth"
ENTERPRISE = "enterprise"
OVERSEAS = "overseas"
KINDS = (ENTERPRISE, "university", "research_institute", "public_institution", "social_org", "individual", OVERSEAS)
THRESHOLD = Decimal(20_000_000)


def group_for(
    kinds_and_revenues: Iterable[tuple[str, Decimal | None]], threshold: Decimal = THRESHOLD
) -> tuple[str, str]:
    """The group code (`startup` 初创组 or `growth` 成长组) of an entry and one Chinese sentence saying why.

    Takes (applicant kind, revenue of the last settled tax year in yuan) for each applicant. The revenues of the
    enterprises are added up; exactly the threshold is still start-up; without an enterprise the entry is start-up.
    An overseas applicant counts as an enterprise when its revenue is given. Refuses an entry without applicants, an
    unknown kind, an enterprise without revenue and a negative revenue.
    """
    applicants = list(kinds_and_revenues)
    if not applicants:
        raise Fault("no_applicant", "没有参赛主体，无法确定组别。请先填写参赛主体。")
    revenues = [revenue for kind, revenue in applicants if _counts(kind, revenue) and revenue is not None]
    if not revenues:
        return STARTUP, "参赛主体中没有企业，归入初创组。"
    total = exact_sum(revenues)
    whose = "参赛企业" if len(revenues) == 1 else f"{len(revenues)} 家参赛企业合计"
    if total <= threshold:
        return STARTUP, f"{whose}上年度营业收入 {_wan(total)}，不超过 {_wan(threshold)}，归入初创组。"
    return GROWTH, f"{whose}上年度营业收入 {_wan(total)}，超过 {_wan(threshold)}，归入成长组。"


def _counts(kind: str, revenue: Decimal | None) -> bool:
    if kind not in KINDS:
        raise Fault("unknown_kind", f"参赛主体类型“{kind}”未知，无法确定组别。")
    if kind != ENTERPRISE and not (kind == OVERSEAS and revenue is not None):
        return False
    if revenue is None:
        raise Fault("revenue_missing", "有参赛企业未填写上年度营业收入，无法确定组别。请按汇算清缴数填写。")
    if revenue < 0:
        raise Fault("revenue_negative", f"营业收入不能为负：{revenue}。")
    return True


def _wan(amount: Decimal) -> str:
    """Exactly, never rounded: one cent above the line must not read like the line itself."""
    text = f"{amount / 10000:,f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} 万元"
