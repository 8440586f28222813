"""The figures to reach, and whether one is reached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure with what it must be and what is aimed at; `at_least` says which way is better."""

    name: str
    must: float
    aim: float
    at_least: bool = True

    def mark(self, value: float) -> str:
        """aim, must or MISSED."""
        for bound, word in ((self.aim, "aim"), (self.must, "must")):
            if value >= bound if self.at_least else value <= bound:
                return word
        return "MISSED"


GOALS = {
    "vote_over_naive": Goal("vote ÷ naive view", 5, 10),
    "vote_over_nothing": Goal("vote ÷ no-op POST", 0.25, 0.45),
    "sqlite_over_postgresql": Goal("vote on SQLite ÷ on PostgreSQL", 0.8, 1.2),
    "board_over_empty": Goal("leaderboard GET ÷ no-op GET, server CPU", 1.5, 1.2, at_least=False),
    "slow_uploads": Goal("vote p95 with eight slow uploads ÷ without", 1.5, 1.2, at_least=False),
    "tally_growth": Goal("tally after 1,000 new ballots, large ledger ÷ 0.1 M", 1.3, 1.1, at_least=False),
    "seal_million": Goal("seal and sign 1 M ballots, s", 10, 5, at_least=False),
    "recount": Goal("independent recount of 160,000, s", 5, 2, at_least=False),
    "replay": Goal("159,400 ballots over HTTP, s", 120, 60, at_least=False),
    "list_queries": Goal("queries of a list page with 1,000 entries", 15, 8, at_least=False),
    "export_seconds": Goal("export of a list with 1,000 entries, seconds", 3, 1, at_least=False),
    "list_p95": Goal("list page with 1,000 entries, p95 ms", 150, 60, at_least=False),
    "result": Goal("result of a round at 2023's size, s", 5, 1, at_least=False),
    "import_500": Goal("import of 500 patents from a spreadsheet, s", 3, 1, at_least=False),
    "marks_beside_viewers": Goal("a judge's marks saved beside 500 viewers, p95 ms", 500, 100, at_least=False),
    "failed_saves": Goal("autosaves at once that failed", 0, 0, at_least=False),
    "lost_saves": Goal("acknowledged autosaves not found in the entry", 0, 0, at_least=False),
    "lost_or_doubled": Goal("acknowledged votes not found as rows, or rows not acknowledged", 0, 0, at_least=False),
}
