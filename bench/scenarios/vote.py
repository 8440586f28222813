"""One vote by a new voter, against the naive view and against views that do nothing; the leaderboard beside them."""

from __future__ import annotations

from typing import Any

from bench import requests
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
        "profile": profiled,
    }
