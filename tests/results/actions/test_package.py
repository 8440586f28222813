"""The complete package: asked for, built once, thrown away in time."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from core.errors import NotAllowed
from core.models import AuditEntry
from results.actions import package as module
from results.actions.package import build_package, drop_expired_packages, request_package, waiting_packages
from results.errors import PackageEmpty, PackageRunning
from results.exports.lists import LISTS
from results.exports.packages import KINDS
from results.models import EditionPackage
from results.queries.access import packages_for
from tests.cast import Cast
from tests.factories.results import AFTER_FINAL, publish_final

pytestmark = pytest.mark.django_db
AT = AFTER_FINAL
State = EditionPackage.State


@pytest.fixture(autouse=True)
def _media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def ask(cast: Cast) -> EditionPackage:
    return request_package(edition=cast.edition, actor=cast.organiser, at=AT)


def test_the_package_holds_everything_with_its_hash(cast: Cast) -> None:
    result = publish_final(cast)
    package = build_package(package_id=ask(cast).pk, at=AT)
    assert (package.state, package.done) == (State.DONE, package.steps)
    assert package.expires_at == AT + timedelta(days=7)
    content = Path(package.file.path).read_bytes()
    assert (package.sha256, package.size) == (hashlib.sha256(content).hexdigest(), len(content))
    with zipfile.ZipFile(package.file.path) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        assert set(manifest["files"]) == set(names) - {"manifest.json"}
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == sha for name, sha in manifest["files"].items())
        record = next(name for name in names if name.startswith("名次/") and "决赛" in name and name.endswith("-计算记录.json"))
        assert archive.read(record).decode() == result.record
    endings = {name.rsplit(".", 1)[-1] for name in names if name.startswith("名次/")}
    assert endings == {"xlsx", "csv", "json", "pdf"} and any(name.startswith("公告/") for name in names)


def test_one_package_at_a_time(cast: Cast) -> None:
    ask(cast)
    with pytest.raises(PackageRunning):
        ask(cast)
    assert EditionPackage.objects.count() == 1


def test_the_package_holds_the_lists_its_taker_may_take_and_no_other(cast: Cast) -> None:
    """An auditor gets no contacts by taking everything at once, nor by fetching what an organiser asked for."""
    publish_final(cast)
    held = {}
    for who in (cast.organiser, cast.auditor):
        package = build_package(package_id=request_package(edition=cast.edition, actor=who, at=AT).pk, at=AT)
        with zipfile.ZipFile(package.file.path) as archive:
            held[who] = {Path(name).stem for name in archive.namelist() if name.startswith("名单/")}
        takers = [one for one in (cast.organiser, cast.organiser2, cast.auditor) if packages_for(one, cast.edition).filter(pk=package.pk).exists()]
        assert takers == [cast.organiser, cast.organiser2, *([cast.auditor] if who == cast.auditor else [])]
    assert held[cast.organiser] == {one.name for one in LISTS.values()}
    assert held[cast.auditor] == {one.name for one in LISTS.values() if cast.auditor.has_perm(one.permission, cast.edition)}
    assert not {"联系人", "评委邀请", "消息"} & held[cast.auditor] and {"参赛项目", "评分明细"} <= held[cast.auditor]


@pytest.mark.parametrize("who", ["judge", "applicant", "examiner", "foreigner"])
def test_only_those_who_run_the_edition_may_ask(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        request_package(edition=cast.edition, actor=getattr(cast, who), at=AT)
    assert not EditionPackage.objects.exists() and not AuditEntry.objects.filter(verb="results.package.requested").exists()


def test_building_twice_gives_one_file(cast: Cast) -> None:
    package = build_package(package_id=ask(cast).pk, at=AT)
    again = build_package(package_id=package.pk, at=AT + timedelta(hours=1))
    assert (again.sha256, again.finished_at) == (package.sha256, AT)
    assert AuditEntry.objects.filter(verb="results.package.built").count() == 1


def test_a_part_that_is_refused_leaves_no_file(cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(*_: object, **__: object) -> list:
        def part() -> None:
            raise PackageRunning(name="资料包")

        return [part]

    asked = ask(cast)
    monkeypatch.setitem(module.KINDS, "edition", replace(module.KINDS["edition"], parts=refused))
    package = build_package(package_id=asked.pk, at=AT)
    assert (package.state, package.file.name, package.size) == (State.FAILED, "", 0)
    assert "资料包" in package.message and not list(tmp_path.rglob("*.zip"))


def test_a_lost_request_is_found_and_an_old_file_goes(cast: Cast) -> None:
    package = ask(cast)
    assert waiting_packages(AT + timedelta(minutes=14)) == []
    assert waiting_packages(AT + timedelta(minutes=16)) == [package.pk]
    path = Path(build_package(package_id=package.pk, at=AT).file.path)
    assert drop_expired_packages(at=AT + timedelta(days=7) - timedelta(seconds=1)) == 0 and path.exists()
    assert drop_expired_packages(at=AT + timedelta(days=7)) == 1 and not path.exists()
    package.refresh_from_db()
    assert (package.state, package.file.name) == (State.EXPIRED, "")


def test_asking_for_a_package_makes_no_part_of_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there would be any is asked cheaply, and agrees with what the job finds."""

    def never(edition: object, at: object) -> list[object]:
        raise AssertionError("made in the request")

    for key, kind in KINDS.items():
        assert kind.has_parts(cast.edition, AT) is bool(kind.parts(cast.edition, AT, cast.organiser)), key
        monkeypatch.setitem(KINDS, key, replace(kind, parts=never))
    request_package(edition=cast.edition, actor=cast.organiser, at=AT)
    with pytest.raises(PackageEmpty):
        request_package(edition=cast.edition, kind="certificates", actor=cast.organiser, at=AT)
