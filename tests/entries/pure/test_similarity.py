from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries.pure.similarity import ALIKE, similarity


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("一种高精度伺服压装方法", "高精度伺服压装装置及其应用", True),
        ("高精度伺服压装与在线检测一体机", "高精度伺服压装和在线检测一体机", True),
        ("高精度伺服压装一体机", "水性木器漆用自交联乳液", False),
        ("一种方法", "一种装置", False),
        ("", "", False),
    ],
)
def test_titles_that_say_the_same_are_alike(one, other, is_alike):
    assert (similarity(one, other) >= ALIKE) is is_alike


@given(st.text(max_size=60), st.text(max_size=60))
def test_alike_is_mutual_and_between_0_and_100(one, other):
    assert 0 <= similarity(one, other) == similarity(other, one) <= 100
