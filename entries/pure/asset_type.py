"""The kinds of intellectual property an entry can hold (domain: types of §6.4; words are stored values)."""

INVENTION = "invention"
UTILITY_MODEL = "utility_model"
DESIGN = "design"
PCT_APPLICATION = "pct_application"
FOREIGN = "foreign"
IC_LAYOUT = "ic_layout"

ASSET_TYPE_NAMES = {
    INVENTION: "发明专利",
    UTILITY_MODEL: "实用新型专利",
    DESIGN: "外观设计专利",
    PCT_APPLICATION: "PCT 国际申请",
    FOREIGN: "境外专利",
    IC_LAYOUT: "集成电路布图设计",
}
CN_PATENT_TYPES = frozenset({INVENTION, UTILITY_MODEL, DESIGN})
