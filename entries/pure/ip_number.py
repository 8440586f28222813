"""The one front door for the number of an IP asset: picks the reader by asset type and country."""

from core.parsed import Fault, Parsed, refused
from core.text import fold_code
from entries.pure.application_number import parse_application_number
from entries.pure.asset_type import CN_PATENT_TYPES, FOREIGN, IC_LAYOUT, PCT_APPLICATION
from entries.pure.foreign_number import parse_foreign_number
from entries.pure.ic_layout_number import parse_ic_layout_number
from entries.pure.pct_number import parse_pct_application


def parse_ip_number(raw: str, asset_type: str, country: str = "CN") -> Parsed:
    """Read the application or registration number of an asset of the declared type; never raises on text.

    asset_type: a word of `asset_type`. country: two letters; it matters for `foreign`, and an invention, utility
    model or design of another country than CN (or none) is read as a foreign number. An unknown type is refused.
    """
    if asset_type == PCT_APPLICATION:
        return parse_pct_application(raw)
    if asset_type == IC_LAYOUT:
        return parse_ic_layout_number(raw)
    if asset_type == FOREIGN or (asset_type in CN_PATENT_TYPES and fold_code(country) not in ("", "CN")):
        return parse_foreign_number(raw, country)
    if asset_type in CN_PATENT_TYPES:
        return parse_application_number(raw)
    return refused("unknown", Fault("asset_type", "请先选择知识产权类型，再填写号码。"))
