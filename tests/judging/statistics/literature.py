"""Tables of marks whose coefficients are published."""

from __future__ import annotations


def table(*columns: str) -> dict[int, dict[str, float | None]]:
    """entry → judge → mark from one text a judge; "." is a gap."""
    read = [[None if word == "." else float(word) for word in column.split()] for column in columns]
    return {row: {f"评委 {judge}": column[row] for judge, column in enumerate(read, start=1)} for row in range(len(read[0]))}


# Shrout & Fleiss 1979, table 2: six targets, four judges.
SHROUT_FLEISS = table("9 6 8 7 10 6", "2 1 4 1 5 2", "5 3 6 2 6 4", "8 2 8 6 9 7")

# The anxiety data of R's irr: twenty subjects, three raters.
ANXIETY = table(
    "3 3 3 4 5 5 2 3 5 2 2 6 1 5 2 2 1 2 4 3",
    "3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4",
    "2 1 4 4 3 2 1 6 1 1 1 2 3 3 1 1 3 3 2 2",
)

# Krippendorff 2011: twelve units, four observers, with gaps.
KRIPPENDORFF = table(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
