"""The WSGI entry point; granian serves it."""

import gc
import multiprocessing
import os
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from jianggaosai.cores import keep_to_a_core

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jianggaosai.settings.base")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # every view is loaded before the first visitor comes
if multiprocessing.parent_process() is not None:  # one of the web server's processes, before it starts its threads
    keep_to_a_core(Path(settings.DATA_DIR))

# What is loaded now stays. Without this each full collection of garbage walks through it, 80 ms in the middle of somebody's page.
gc.collect()
gc.freeze()
