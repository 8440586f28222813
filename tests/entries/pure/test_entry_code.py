"""The printed number."""

from __future__ import annotations

import pytest

from entries.pure.entry_code import entry_code


@pytest.mark.parametrize(("number", "text"), [(None, ""), (1, "001"), (47, "047"), (999, "999"), (1000, "1000")])
def test_a_number_is_printed_with_three_digits(number, text):
    assert entry_code(number) == text
