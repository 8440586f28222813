"""Ranks of numbers, for statistics only: the official ranking is `results.pure.rank`."""

from __future__ import annotations

import numpy as np

from judging.statistics.table import Floats


def mean_ranks(values: Floats) -> Floats:
    """1 for the smallest; equal values share the mean of their ranks."""
    distinct, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    shared: Floats = (last - (counts - 1) / 2)[place]
    return shared


def places_of(scores: Floats) -> np.ndarray:
    """1 for the highest in every row of `scores`; equal scores share the better place (1, 2, 2, 4)."""
    return 1 + (scores[:, None, :] > scores[:, :, None] + 1e-9).sum(axis=2)
