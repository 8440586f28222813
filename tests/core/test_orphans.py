from __future__ import annotations

import os
from datetime import timedelta

import pytest

from core.files.orphans import sweep_orphans
from tests.entries.conftest import draft, media, stored_files  # noqa: F401  fixtures
from tests.factories import moments

AT = moments.DURING_REGISTRATION


@pytest.mark.django_db
def test_only_old_files_that_no_row_knows_go(draft, media):  # noqa: F811
    known = stored_files(media)
    folder = media / "attachments" / "2027"
    folder.mkdir(parents=True, exist_ok=True)
    orphan, fresh, foreign = folder / "orphan.pdf", folder / "fresh.pdf", media / "reports.pdf"
    for path in (*known, orphan, foreign):
        path.write_bytes(b"x")
        os.utime(path, times=((AT - timedelta(hours=49)).timestamp(),) * 2)
    fresh.write_bytes(b"x")
    os.utime(fresh, times=(AT.timestamp(),) * 2)

    assert sweep_orphans(at=AT) == 1

    assert sorted(stored_files(media)) == sorted([*known, fresh, foreign])
