from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.judging.scene import Scene, build_scene


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return build_scene(cast)
