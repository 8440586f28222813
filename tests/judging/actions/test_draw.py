"""The draw: committed to before, drawn under witness, published, drawn again only with a reason."""

import base64
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from competitions.queries import gates
from core.canonical import canonical_json
from core.errors import Blocked, Reason
from core.models import AuditEntry
from judging.actions.draw import prepare_draw, publish_draw, redraw, run_draw
from judging.errors.stage import (
    BadDrawInput,
    CommitmentTooFresh,
    DrawAlreadyPrepared,
    DrawNeedsEntries,
    DrawOrderIncomplete,
    DrawReasonMissing,
    WitnessMissing,
)
from judging.models import Draw, DrawPosition
from judging.queries.draw import published_record
from tests.cast import Cast
from tests.factories import moments
from tests.factories.entries import EntryApplicantFactory
from tests.factories.finals import Final, build_final

AT = moments.DURING_COACHING
NEXT_DAY = AT + timedelta(days=1)
SOURCES = "2026 年 11 月 11 日 双色球第 2026130 期 七个号码，两位数字，空格分隔"
VALUES = "03 09 14 21 27 30 11"
VERIFIER = Path(__file__).parents[3] / "tools" / "verify_draw.py"


@pytest.fixture
def final(cast: Cast) -> Final:
    return build_final(cast.edition)


@pytest.fixture
def draw(cast: Cast, final: Final) -> Draw:
    return prepare(cast, final, "computed")


def prepare(cast: Cast, final: Final, method: str, **changes: object) -> Draw:
    arguments = {
        "round": final.round,
        "group": final.entries[0].group,
        "entries": final.entries,
        "method": method,
        "sources_text": SOURCES if method == "computed" else "",
        "actor": cast.operator,
        "at": AT,
    }
    return prepare_draw(**{**arguments, **changes})


def run(cast: Cast, draw: Draw, **changes: object) -> Draw:
    arguments = {"draw": draw, "public_values": VALUES, "witness": "区公证员", "actor": cast.operator, "at": NEXT_DAY}
    return run_draw(**{**arguments, **changes})


def test_a_computed_draw_publishes_its_commitment_and_hides_its_secret(draw: Draw) -> None:
    assert "001 项目1" in draw.commitment
    assert draw.code == ""
    assert "chain 25" in draw.commitment
    assert AuditEntry.objects.filter(verb="judging.draw.prepared").count() == 1


def test_a_draw_that_keeps_neighbours_apart_satisfies_the_verifier_too(cast: Cast, final: Final, tmp_path: Path) -> None:
    """Two projects of one organisation: its name is part of the signed commitment."""
    shared = final.entries[0].organisations.get()
    EntryApplicantFactory(entry=final.entries[1], organisation=shared, part="joint")
    drawn = run(cast, prepare(cast, final, "computed", keep_apart=True))
    path = tmp_path / "draw.json"
    path.write_bytes(canonical_json(published_record(drawn)))
    said = subprocess.run([sys.executable, VERIFIER, path], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert drawn.commitment.count(f" {shared.name}\n") == 2


def test_the_published_record_satisfies_the_independent_verifier(cast: Cast, draw: Draw, tmp_path: Path) -> None:
    drawn = publish_draw(draw=run(cast, draw), actor=cast.operator, at=NEXT_DAY)
    path = tmp_path / "draw.json"
    path.write_bytes(canonical_json(published_record(drawn)))
    good = subprocess.run([sys.executable, VERIFIER, path], capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stdout
    record = json.loads(path.read_text(encoding="utf-8"))
    record["order"].reverse()
    path.write_text(json.dumps(record), encoding="utf-8")
    bad = subprocess.run([sys.executable, VERIFIER, path], capture_output=True, text=True, check=False)
    assert bad.returncode == 1


def test_a_draw_prepared_before_the_key_was_changed_is_checked_by_the_old_key(
    cast: Cast, draw: Draw, tmp_path: Path, settings: LazySettings
) -> None:
    settings.LEDGER_SIGNING_KEY = base64.b64encode(bytes(range(32))).decode()
    drawn = publish_draw(draw=run(cast, draw), actor=cast.operator, at=NEXT_DAY)
    path = tmp_path / "draw.json"
    path.write_bytes(canonical_json(published_record(drawn)))
    done = subprocess.run([sys.executable, VERIFIER, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_finalist_gets_one_place(cast: Cast, draw: Draw, final: Final) -> None:
    drawn = run(cast, draw)
    assert [place.position for place in drawn.positions.all()] == [1, 2, 3]
    assert {place.entry for place in drawn.positions.all()} == set(final.entries)


def test_a_withdrawn_entry_is_skipped(cast: Cast, draw: Draw, final: Final) -> None:
    final.entries[1].state = "withdrawn"
    final.entries[1].save()
    drawn = run(cast, draw)
    assert {place.entry_id for place in drawn.positions.all()} == {final.entries[0].pk, final.entries[2].pk}
    assert published_record(drawn)["withdrawn"] == ["002 项目2"]


def test_a_condition_of_another_app_holds_the_draw(cast: Cast, draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = [Reason("coaching", "2 个项目的赛前辅导还没有完成。")]
    monkeypatch.setattr(gates, "_conditions", {gates.DRAW: [lambda edition: missing]})
    with pytest.raises(Blocked) as refused:
        run(cast, draw)
    assert refused.value.reasons == missing
    assert not DrawPosition.objects.exists()
    missing.clear()
    assert run(cast, draw).state == "drawn"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"at": NEXT_DAY - timedelta(seconds=1)}, CommitmentTooFresh),
        ({"witness": " "}, WitnessMissing),
        ({"public_values": ""}, BadDrawInput),
        ({"public_values": "1\n2"}, BadDrawInput),
    ],
)
def test_a_refused_draw_changes_nothing(cast: Cast, draw: Draw, changes: dict, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        run(cast, draw, **changes)
    draw.refresh_from_db()
    assert (draw.state, draw.code, DrawPosition.objects.count()) == ("prepared", "", 0)


def test_a_redraw_needs_a_reason_and_uses_the_next_code(cast: Cast, draw: Draw) -> None:
    first = run(cast, draw)
    with pytest.raises(DrawReasonMissing):
        redraw(draw=first, reason="", actor=cast.operator, at=NEXT_DAY)
    again = redraw(draw=first, reason="第一次公布的号码录入有误", actor=cast.operator, at=NEXT_DAY)
    second = run(cast, again)
    first.refresh_from_db()
    assert (first.state, second.attempt) == ("replaced", 2)
    assert first.code != second.code
    assert first.positions.count() == 3


def test_a_draw_by_hand_records_the_order(cast: Cast, final: Final) -> None:
    draw = prepare(cast, final, "hand")
    order = [final.entries[2], final.entries[0], final.entries[1]]
    drawn = run(cast, draw, public_values="", order=order)
    assert [place.entry for place in drawn.positions.all()] == order


def test_a_draw_by_hand_leaves_nobody_out(cast: Cast, final: Final) -> None:
    draw = prepare(cast, final, "hand")
    with pytest.raises(DrawOrderIncomplete):
        run(cast, draw, order=final.entries[:2])
    assert DrawPosition.objects.count() == 0


def test_a_group_has_one_current_draw(cast: Cast, draw: Draw, final: Final) -> None:
    with pytest.raises(DrawAlreadyPrepared):
        prepare(cast, final, "hand")
    assert Draw.objects.count() == 1


def test_nobody_to_draw_for_is_refused(cast: Cast, final: Final) -> None:
    with pytest.raises(DrawNeedsEntries):
        prepare(cast, final, "computed", entries=[])


def test_an_entry_without_a_short_name_is_named(cast: Cast, final: Final) -> None:
    final.entries[0].short_name = ""
    with pytest.raises(BadDrawInput, match="001"):
        prepare(cast, final, "computed")
    assert Draw.objects.count() == 0
