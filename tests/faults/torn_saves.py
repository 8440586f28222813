"""The server as it would be if a save of the patent list or of the project were not one transaction: the negative control of test_mid_save."""

from tests.faults.server_settings import *  # noqa: F403
from tests.faults.server_settings import INSTALLED_APPS as ALL

INSTALLED_APPS = [*ALL, "tests.faults.tearing.Tearing"]
