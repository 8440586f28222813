import json
import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from competitions.models import Role
from core import clock
from entries.models import Attachment
from judging import states
from judging.actions.sheet import save_sheet
from judging.models import ScoreSheet, ScoreSheetVersion
from tests.arch.test_audience import SIGN_IN
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.factories.competitions import CriterionFactory, RoleFactory
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.judging.scene import MARKS, build_scene

AT = moments.DURING_PRELIMINARY


@pytest.fixture(autouse=True)
def _during_the_preliminary():
    with clock.rehearse(AT):
        yield


def url(scene, name="score", *more):
    return reverse(f"judging:{name}", args=[scene.assignment.public_id, *more])


def sent(marks=None, sequence=1, **fields):
    return {**{f"mark-{code}": mark for code, mark in (marks or MARKS).items()}, "sequence": sequence, **fields}


def test_the_form_works_without_scripts_from_draft_to_submission(scene, client):
    client.force_login(scene.cast.judge)
    saved = client.post(url(scene), sent({"A": "20.5"}, action="save", comment="好"))
    assert saved.headers["Location"] == url(scene) + "#marks"
    page = client.get(url(scene)).content.decode()
    assert 'name="mark-A" type="number" inputmode="decimal" min="0" max="60" step="0.5" value="20.5"' in page
    assert "还有 1 项未评" in page and 'name="sequence" value="2"' in page and "已保存 10:00" in page
    assert client.get(url(scene, "submit")).headers["Location"] == url(scene) + "#marks"
    asked = client.post(url(scene), sent(sequence=2, action="submit", comment="好"))
    assert asked.headers["Location"] == url(scene, "submit")
    page = client.get(url(scene, "submit")).content.decode()
    assert "确认提交 86.5 分" in page and "提交后不能修改" in page
    assert ScoreSheetVersion.objects.count() == 0
    done = client.post(url(scene, "submit"), {"sequence": "2"})
    assert done.headers["Location"] == "/judge/"
    assert ScoreSheet.objects.get().state == states.LOCKED
    page = client.get(url(scene)).content.decode()
    assert "不能再修改" in page and 'name="mark-A"' not in page and "86.5" in page


def test_only_what_was_shown_is_submitted(scene, client):
    client.force_login(scene.cast.judge)
    client.post(url(scene), sent(action="submit"))
    client.post(url(scene), sent({"A": "10", "B": "10"}, sequence=2, action="save"))
    answer = client.post(url(scene, "submit"), {"sequence": "1"})
    assert "请核对下面的最新内容" in answer.content.decode()
    assert ScoreSheetVersion.objects.count() == 0


def test_a_wrong_mark_is_named_and_everything_typed_is_kept(scene, client):
    client.force_login(scene.cast.judge)
    answer = client.post(url(scene), sent({"A": "61", "B": "12"}, action="save", comment="评语在此"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#n-A"' in page and "应在 0 至 60" in page
    assert 'value="61"' in page and 'value="12"' in page and "评语在此" in page
    assert ScoreSheet.objects.count() == 0


def test_a_save_from_an_old_page_shows_both_and_loses_neither(scene, client):
    client.force_login(scene.cast.judge)
    client.post(url(scene), sent({"A": "30"}, sequence=5, action="save"))
    answer = client.post(url(scene), sent({"A": "20"}, sequence=2, action="save"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "专利质量与布局 30" in page and 'value="20"' in page and 'name="sequence" value="6"' in page
    assert ScoreSheet.objects.get().draft == {"A": "30"}


def test_the_autosave_tells_the_truth(scene, client):
    client.force_login(scene.cast.judge)
    answer = client.post(url(scene, "autosave"), sent({"A": "20"}, sequence=4))
    assert (answer.status_code, answer.json()) == (200, {"sequence": 4, "saved": "10:00"})
    late = client.post(url(scene, "autosave"), sent({"A": "10"}, sequence=3))
    assert (late.status_code, late.json()["code"]) == (409, "draft_outdated")
    wrong = client.post(url(scene, "autosave"), sent({"A": "99"}, sequence=5))
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["A"])
    for odd in ("", "-1", "x", "9" * 11, "2000000001"):
        assert client.post(url(scene, "autosave"), sent({"A": "10"}, sequence=odd)).status_code == 409
    assert ScoreSheet.objects.get().draft == {"A": "20"}
    assert client.get(url(scene, "autosave")).status_code == 405


def test_a_lost_session_is_not_taken_for_a_save(scene, client):
    answer = client.post(url(scene, "autosave"), sent())
    assert answer.headers["Location"].startswith(SIGN_IN)
    assert ScoreSheet.objects.count() == 0


def test_recusing_asks_for_the_reason(scene, client):
    client.force_login(scene.cast.judge)
    assert client.post(url(scene, "recuse"), {"reason": " "}).status_code == 422
    scene.assignment.refresh_from_db()
    assert scene.assignment.state == states.ASSIGNED
    assert client.post(url(scene, "recuse"), {"reason": "曾为其提供咨询"}).headers["Location"] == "/judge/"
    page = client.get(url(scene)).content.decode()
    assert "您已回避这个项目：曾为其提供咨询" in page and 'name="mark-A"' not in page


def test_two_level_rubrics_have_headings_and_weights_count(scene, client):
    rubric = scene.round.rubrics.get()
    head = CriterionFactory(rubric=rubric, code="C", name="现场表现", max_score=10, position=3)
    CriterionFactory(rubric=rubric, code="C1", name="答辩", max_score=10, weight="0.5", parent=head, position=1)
    client.force_login(scene.cast.judge)
    page = client.get(url(scene)).content.decode()
    assert re.search(r"<h3[^>]*>现场表现", page)
    assert 'name="mark-C1"' in page and 'name="mark-C"' not in page
    assert 'data-weight="0.5"' in page and "/ 105" in page


def upload(scene, kind, name):
    return Attachment.objects.create(
        entry=scene.entries[0],
        kind=kind,
        file=ContentFile(b"%PDF-1.4", name="x.pdf"),
        original_name=name,
        media_type="application/pdf",
        size=8,
        sha256="0" * 64,
        uploaded_at=AT,
        uploaded_by=scene.cast.applicant,
    )


def blind(scene) -> tuple[str, list[str]]:
    """Makes the round blind; the name of the applicant, and everything that must not be read."""
    scene.round.is_blind = True
    scene.round.save()
    entry = scene.entries[0]
    organisation = entry.organisations.get()
    entry.title = f"{organisation.name}的乳液"
    entry.description = f"{organisation.name}的丁一工程师提出。"
    entry.team = "负责人赵钱孙"
    entry.save()
    entry.assets.update(owners=organisation.name, inventors="丁一工程师；周吴", title="周吴方法")
    return organisation.name, [organisation.name, "丁一工程师", "周吴", "赵钱孙"]


def test_a_blind_round_hides_names_everywhere(scene, client):
    name, secrets = blind(scene)
    original = upload(scene, "proposal", f"{name}申报书.pdf")
    proposal = upload(scene, "anonymised", f"{name}匿名版.PDF")
    letter = upload(scene, "recommendation_letter", f"{name}推荐函.pdf")
    client.force_login(scene.cast.judge)
    client.post(url(scene), sent(action="save"))
    pages = [client.get(one).content.decode() for one in (url(scene), url(scene, "submit"), url(scene, "recuse"), "/judge/")]
    for page in pages:
        assert [word for word in secrets if word in page] == []
    assert "本轮隐去单位名称" in pages[0] and "〔已隐去〕的乳液" in pages[0] and "001-匿名版申报书.pdf" in pages[0]
    answer = client.get(url(scene, "attachment", proposal.public_id))
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert name not in answer.headers["Content-Disposition"]
    assert {client.get(url(scene, "attachment", one.public_id)).status_code for one in (letter, original)} == {404}


def test_an_open_round_shows_names_and_every_file(scene, client):
    letter = upload(scene, "recommendation_letter", "推荐函.pdf")
    client.force_login(scene.cast.judge)
    page = client.get(url(scene)).content.decode()
    assert scene.entries[0].organisations.get().name in page and "推荐函.pdf" in page and "本轮隐去" not in page
    assert client.get(url(scene, "attachment", letter.public_id)).content == b"%PDF-1.4"
    assert client.get(url(scene, "attachment", "nothing")).status_code == 404


def test_no_judge_ever_reads_anothers_marks(scene, client):
    """judge2 and the chief mark the same entry with marks found nowhere else; no page of the judge holds them."""
    odd = {"A": "41.5", "B": "21.5"}
    for who in ("judge2", "chief"):
        other = AssignmentFactory(seat=scene.seats[who], entry=scene.entries[0])
        sheet = lock_sheet_at(other, odd)
        ScoreSheet.objects.filter(pk=sheet.pk).update(comment="别人的评语", feedback="别人的建议")
    client.force_login(scene.cast.judge)
    client.post(url(scene), sent(action="save"))
    addresses = [url(scene, name) for name in ("score", "submit", "recuse")] + ["/judge/", "/my/", "/judge/?state=locked"]
    pages = [client.get(one).content.decode() for one in addresses]
    pages += [client.post(url(scene, "autosave"), sent(sequence=9)).content.decode()]
    for page in pages:
        assert [word for word in ("41.5", "21.5", "63.0", "别人的") if word in page] == []
    for name in ("score", "autosave", "submit", "recuse"):
        strange = reverse(f"judging:{name}", args=[other.public_id])
        assert {client.get(strange).status_code, client.post(strange, sent()).status_code} <= {404, 405}
    assert ScoreSheet.objects.get(assignment=other).draft == odd


def test_system_administrators_do_not_open_sheets(scene, client):
    root = UserFactory(is_superuser=True)
    client.force_login(root)
    assert client.get(url(scene)).status_code == 404
    RoleFactory(edition=scene.cast.edition, user=root, kind=Role.Kind.JUDGE)
    assert client.get(url(scene)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_score_page_costs_the_same_however_many_tasks(cast, client, count, django_assert_num_queries):
    scene = build_scene(cast, entry_count=count)
    for entry in scene.entries[1:]:
        AssignmentFactory(seat=scene.seats["judge"], entry=entry)
    save_sheet(assignment=scene.assignment, marks=MARKS, comment="", feedback="", sequence=1, actor=cast.judge, at=AT)
    client.force_login(cast.judge)
    client.get(url(scene))
    with django_assert_num_queries(19):
        client.get(url(scene))


def test_a_page_of_problems_is_json_for_the_script(scene, client):
    client.force_login(scene.cast.judge)
    lock_sheet_at(scene.assignment, MARKS)
    answer = client.post(url(scene, "autosave"), sent())
    assert answer.status_code == 409
    assert json.loads(answer.content)["code"] == "sheet_locked"
