"""Statistics of a round's marks for the committee (trust.md §1 Severity, Reliability, Stability).

Shown, never counted: the official score is `judging.pure`. Floats are allowed here. Every function takes marks as
`judging.queries.marks.round_marks` gives them: entry → judge → mark, None (or absence) where there is no mark.
"""

from judging.statistics.agreement import Icc, KendallW, icc, kendall_w
from judging.statistics.alpha import krippendorff_alpha
from judging.statistics.fit import Fit, Sheet, additive_fit, mixed_fit, outlying_sheets
from judging.statistics.resampling import BootstrapRanks, judge_bootstrap_ranks, leave_one_judge_out
from judging.statistics.table import Marks

__all__ = [
    "BootstrapRanks",
    "Fit",
    "Icc",
    "KendallW",
    "Marks",
    "Sheet",
    "additive_fit",
    "icc",
    "judge_bootstrap_ranks",
    "kendall_w",
    "krippendorff_alpha",
    "leave_one_judge_out",
    "mixed_fit",
    "outlying_sheets",
]
