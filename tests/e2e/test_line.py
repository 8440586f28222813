"""The whole competition in a browser, with all four roles: from an edition made from the preset to the golds in the XLSX.

The clock stands where the test puts it (tests/e2e/moment.py); the steps are in tests/e2e/line/.
"""

from __future__ import annotations

import pytest
from pytest_django.live_server_helper import LiveServer

from core.clock import at_local
from tests.e2e.conftest import PageAt
from tests.e2e.line import entering, entrants, preliminary, setting_up, voting
from tests.e2e.line.scene import Line
from tests.e2e.moment import Moment


@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_the_whole_line(page_at: PageAt, live_server: LiveServer, moment: Moment) -> None:
    line = Line(page_at, live_server.url, moment)
    moment.go_to(at_local(2027, 5, 10, 10))
    setting_up.organiser_signs_in(line)
    setting_up.edition_from_the_preset(line)
    setting_up.roles(line)
    setting_up.goes_public(line)
    entering.signs_up(line)
    entering.organisation(line)
    entering.registers(line)
    entrants.register(line)
    entering.examiner_returns(line)
    entering.applicant_mends(line)
    entering.examiner_passes(line)
    entrants.pass_formality(line)
    voting.public_votes(line)
    preliminary.panel(line)
    preliminary.judge_scores_and_recuses(line)
    preliminary.organiser_sends_a_substitute(line)
    preliminary.others_score(line)
    voting.made_final(line)
