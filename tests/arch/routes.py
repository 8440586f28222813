"""Every address of the project by its name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver


@cache
def paths() -> dict[str, str]:
    """Full name → pattern as written, without a leading slash."""
    return dict(_walk(get_resolver()))


def _walk(resolver: URLResolver, prefix: str = "", path: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern, inner, path + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", path + str(pattern.pattern)
