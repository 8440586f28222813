"""Small frozen inputs of a round, for the tests of the record and of the verifier."""

from competitions.pure.presets import final_preset, preliminary_preset

RUBRIC = [{"code": "A", "name": "总评", "max": "100", "step": "0.005", "weight": "1"}]


def entry(code: str, group: str = "startup", status: str = "competing") -> dict:
    return {"code": code, "group": group, "rubric": "all", "status": status}


def sheets(code: str, *marks: str | None) -> list[dict]:
    """One sheet for each mark of entry `code`, by judges J1, J2 …; None is an absent judge."""
    return [
        {
            "entry": code,
            "judge": f"J{number}",
            "scores": None if mark is None else {"A": mark},
            "reason": "缺席" if mark is None else "",
        }
        for number, mark in enumerate(marks, start=1)
    ]


def round_input(rules: dict, marks: dict[str, list], *, growth: tuple[str, ...] = (), **members) -> dict:
    """A whole input: `marks` maps entry code to its judges' marks; codes in `growth` are in that group."""
    data = {
        "format": "jianggaosai-result-input/1",
        "rule_set": rules,
        "groups": [{"code": "startup", "name": "初创组"}, {"code": "growth", "name": "成长组"}],
        "rubrics": {"all": RUBRIC},
        "entries": [entry(code, "growth" if code in growth else "startup") for code in marks],
        "sheets": [sheet for code, row in marks.items() for sheet in sheets(code, *row)],
        "votes": None,
        "prior_totals": {},
        "decisions": [],
        "meta": {"edition": "2026"},
    }
    return {**data, **members}


def final_input(marks: dict[str, list], **members) -> dict:
    return round_input(final_preset().as_dict(), marks, **members)


def preliminary_input(marks: dict[str, list], votes: dict[str, int] | None, **members) -> dict:
    return round_input(preliminary_preset().as_dict(), marks, votes=votes, **members)


FINAL_MARKS = {
    "E01": ["88.5", "91", "86.5", "90", "92.5", "89", "84"],
    "E02": ["90", "90", "90", "90", "90", "90", "90"],
    "E03": ["89", "89", "89", "89", "89", "70", "95"],
    "E04": ["80", "90", "100", "60", "95", "95", "95"],
    "E05": ["88", None, "88", "87", "86", "85", "99"],
    "G01": ["90", "90", "90", "90", "90", "90", "90"],
    "G02": ["90", "90", "90", "90", "90", "90", "90"],
    "G03": ["90", "90", "90", "90", "90", "90", "90"],
    "G04": ["70", "70", "70", "70", "70", "70", "70"],
}


def sample_final(**members) -> dict:
    """A final with a tie decided by the untrimmed sum, a missing judge, and three golds tied at two."""
    return final_input(FINAL_MARKS, growth=("G01", "G02", "G03", "G04"), **members)


def sample_preliminary(**members) -> dict:
    marks = {f"E{n:02}": [str(70 + n), str(72 + n), "80.5"] for n in range(1, 13)}
    marks |= {"E12": marks["E11"], "G01": ["66", "77", "88"]}
    votes = {code: 37 * n for n, code in enumerate(marks)} | {"E12": 37 * 10}
    return preliminary_input(marks, **{"votes": votes, "growth": ("G01",), **members})
