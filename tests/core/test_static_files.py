"""Collected static files: whatever a module imports has a name that changes with its content."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import LazySettings
from django.core.management import call_command

IMPORT = re.compile(r"""(?:import|export)\b[^'"()]*?['"](\./[^'"]+\.js)['"]""")


def test_a_module_imports_hashed_names_that_exist(settings: LazySettings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "core.static_files.HashedStaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    hashed = [path for path in (tmp_path / "js").rglob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", path.name)]
    found = [(path, target) for path in hashed for target in IMPORT.findall(path.read_text())]
    assert len(found) > 10
    for path, target in found:
        assert re.search(r"\.[0-9a-f]{12}\.js$", target), (path.name, target)
        assert (path.parent / target).is_file(), (path.name, target)
