"""Settings of the test run: embedded by default, PostgreSQL when DATABASE_URL is set; jobs always eager."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if not os.environ.get("TEST_DATA_DIR"):
    # One folder a process: parallel test processes never share a database file. It goes when the process ends.
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="jgs-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
else:
    os.environ["DATA_DIR"] = os.environ["TEST_DATA_DIR"]
os.environ["SITE_URL"] = "http://testserver"

from jianggaosai.settings.base import *  # noqa: E402, F403
from jianggaosai.settings.base import DATA_DIR, DATABASES, STORAGES, TEMPLATES  # noqa: E402

DEBUG = False
SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# A real broker may be named in the environment: tests must not publish to it.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str] = {}
# An in-memory SQLite shares its cache between threads and fails race tests: always a file.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
TEMPLATES[0]["OPTIONS"]["debug"] = True
ACCOUNT_RATE_LIMITS = False
STAFF_IDLE_MINUTES = 0  # tests of it turn it on; others go from one week of the contest to the next with one session
STAFF_SECOND_FACTOR = False  # tests of it turn it on; all others sign staff in without
VOTE_PROOF_COST = 10
OUTBOX_KEEPS_CODES = True
SMS_ACCESS_KEY = ""
