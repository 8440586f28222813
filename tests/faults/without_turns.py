"""The server as it would be without core.slow_bodies: the negative control of the slow uploads."""

from tests.faults.server_settings import *  # noqa: F403
from tests.faults.server_settings import MIDDLEWARE as ALL

MIDDLEWARE = [one for one in ALL if one != "core.slow_bodies.SlowBodies"]
