"""The parts of docs/ that are written from the code: environment, states, permissions, commands.

`pages(root)` gives each file's text as it should be; `manage.py docs` writes them, a test compares them.
"""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import rules.permissions
from django.apps import apps
from django.core.management import get_commands, load_command_class

from core.transitions import Machine
from jianggaosai.env import VARIABLES, Variable

COMPOSE_ONLY = (
    "",
    "# Only for docker compose: password of the database (letters and digits), and the port on this machine.",
    "POSTGRES_PASSWORD=",
    "#HTTP_PORT=8000",
)
MADE = "<!-- Written by `make docs` from the code; do not edit. -->"


def local_apps(root: Path) -> list[str]:
    """Names of the apps that live in this repository, in their order."""
    return [config.name for config in apps.get_app_configs() if Path(config.path).parent == root]


def environment_table() -> str:
    rows = [f"| `{v.name}` | {v.kind} | {_default(v)} | {v.help} |" for v in VARIABLES]
    return "\n".join(["| variable | type | default | what it is for |", "|---|---|---|---|", *rows])


def _default(variable: Variable) -> str:
    if variable.default in ("", []):
        return "–"
    return "no" if variable.default is False else f"`{variable.default}`"


def env_example() -> str:
    """A file for `docker compose` and for `set -a; . ./.env`: every variable, those with a default commented out."""
    lines = ["# Every variable the platform reads; written by `make docs` from jianggaosai/env.py. Copy to .env and fill in."]
    for variable in VARIABLES:
        value = "" if variable.default in ("", [], False) else variable.default
        quoted = f'"{value}"' if re.search(r"[\s<>]", str(value)) else value
        lines += ["", f"# {variable.help} ({variable.kind})", f"#{variable.name}={quoted}"]
    return "\n".join([*lines, *COMPOSE_ONLY]) + "\n"


def machines(app: str) -> list[Machine]:
    """The state tables of an app's `states` module, in the order they stand there."""
    if find_spec(f"{app}.states") is None:
        return []
    return [value for value in vars(import_module(f"{app}.states")).values() if isinstance(value, Machine)]


def states_page(root: Path) -> str:
    parts = ["# States", MADE]
    for app in local_apps(root):
        for machine in machines(app):
            words = "\n".join(f"| `{state}` | {label} |" for state, label in machine.labels.items())
            moves = "\n".join(
                f"| `{move.verb}` | {move.label} | {', '.join(f'`{s}`' for s in move.sources)} | `{move.target}` | `{move.may}` |"
                for move in machine.moves.values()
            )
            parts += [
                f"## {app}: {machine.name}",
                f"```mermaid\n{machine.mermaid()}\n```",
                f"| state | word on the page |\n|---|---|\n{words}",
                f"| step | word on the button | from | to | permission |\n|---|---|---|---|---|\n{moves}",
            ]
    return "\n\n".join(parts) + "\n"


def permissions_page(root: Path) -> str:
    """Who may do what: the predicate of every permission of ours. `has_role:a,b` means one of these roles in the edition."""
    ours = {name: p for name, p in rules.permissions.permissions.items() if name.split(".")[0] in local_apps(root)}
    rows = [f"| `{name}` | `{str(predicate.name).replace('|', 'or').replace('&', 'and')}` |" for name, predicate in sorted(ours.items())]
    table = "\n".join(["| permission | who has it |", "|---|---|", *rows])
    note = "`has_role:a,b` means: holds one of these roles in the edition the object belongs to. Strangers get 404."
    return "\n\n".join(["# Permissions", MADE, note, table]) + "\n"


def commands_table(root: Path) -> str:
    local = local_apps(root)
    rows = [
        f"| `manage.py {name}` | {load_command_class(app, name).help} |"
        for name, app in sorted(get_commands().items())
        if isinstance(app, str) and app in local
    ]
    return "\n".join(["| command | what it does |", "|---|---|", *rows])


def fill(text: str, mark: str, part: str) -> str:
    """`text` with what stands between `<!-- mark -->` and `<!-- /mark -->` replaced; ValueError when the marks are missing."""
    pattern = re.compile(rf"(<!-- {mark} -->\n).*?(\n<!-- /{mark} -->)", re.S)
    if not pattern.search(text):
        raise ValueError(f"no marks for {mark!r}")
    return pattern.sub(lambda found: found[1] + part + found[2], text)


def pages(root: Path) -> dict[str, str]:
    """Path below `root` → the text the file should have."""
    operations = (root / "docs" / "operations.md").read_text(encoding="utf-8")
    operations = fill(operations, "environment", environment_table())
    return {
        ".env.example": env_example(),
        "docs/operations.md": fill(operations, "commands", commands_table(root)),
        "docs/states.md": states_page(root),
        "docs/permissions.md": permissions_page(root),
    }
