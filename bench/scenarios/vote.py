"""One vote by a new voter, against the naive view and against views that do nothing; the leaderboard beside them."""

from __future__ import annotations

from typing import Any

from bench import requests
from bench.goals import GOALS
from bench.profile import profile
from bench.rounds import Kind, alternate
from bench.server import Server
from bench.world import build
from core import clock
from voting.models import Ballot

HTTP, BOTH = True, True


def prepare(quick: bool) -> None:
    build()


def measure(server: Server, quick: bool, rounds: int) -> dict[str, Any]:
    at = clock.now()
    kinds = {
        "nothing": Kind(requests.nothings(at), 204),
        "vote": Kind(requests.votes(at), 302),
        "naive": Kind(requests.naives(at), 201),
        "empty": Kind(requests.empties(at), 200),
        "board": Kind(requests.boards(at), 200),
    }
    found = alternate(server, kinds, 1.5 if quick else 6.0, rounds)
    rows, profiled = Ballot.objects.count(), profile(requests.votes(at))
    return {
        "kinds": found,
        "accepted": kinds["vote"].accepted,
        "rows": rows,
        "vote_over_naive": kinds["vote"].rate / kinds["naive"].rate,
        "vote_over_nothing": kinds["vote"].rate / kinds["nothing"].rate,
        "board_over_empty": found["board"]["server_cpu_us"] / max(found["empty"]["server_cpu_us"], 1),
        "lost_or_doubled": abs(kinds["vote"].accepted - rows),
        "profile": f"{_budget(kinds['vote'], kinds['nothing'])}\n\n{profiled}",
    }


def _budget(vote: Kind, nothing: Kind) -> str:
    """How much CPU of the whole machine a vote takes, how much it may, and who takes it: on full cores rates go by that alone."""
    must = GOALS["vote_over_nothing"].must
    return (
        f"A vote takes {vote.cpu_us:,.0f} µs of CPU in all: the web server {vote.server_cpu_us:,.0f}, others (a database server above all) "
        f"{vote.others_us:,.0f}, the client {vote.client_us:,.0f}. The no-op POST takes {nothing.cpu_us:,.0f}; "
        f"for a ratio of {must} a vote may take {nothing.cpu_us / must:,.0f}."
    )
