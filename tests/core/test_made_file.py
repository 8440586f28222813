"""Files made for one answer."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from core.files.made import made_file


@pytest.mark.parametrize(("inline", "kind"), [(False, "attachment"), (True, "inline")])
def test_a_file_comes_under_its_name_whatever_signs_it_has(inline, kind):
    response = made_file(b"data", "application/pdf", "初赛 “名次”\r\n.pdf", inline=inline)
    how, name = response.headers["Content-Disposition"].split("; filename*=UTF-8''")
    assert (how, unquote(name)) == (kind, "初赛 “名次”\r\n.pdf")
    assert (response.headers["Content-Type"], response.content) == ("application/pdf", b"data")
