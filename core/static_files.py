"""Static files under names that change with their content, modules that import each other included."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedStaticFiles(ManifestStaticFilesStorage):
    """Names with a hash are held by browsers for a year. Without this switch the imports inside a module would keep the
    names without one, and a browser would go on using last year's file beside this year's.

    Only our own scripts are read for imports. Minified code of others has what looks like imports and is none; its folders bear
    its version.
    """

    support_js_module_import_aggregation = True

    def url_converter(self, name: str, hashed_files: Any, template: str | None = None) -> Any:  # type: ignore[override]
        if name.endswith(".js") and not name.startswith("js/"):
            return lambda match: match[0]
        return super().url_converter(name, hashed_files, template)
