"""Every verb the code records has words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from competitions.actions import stage as stage_actions
from console.journal_objects import OBJECTS
from console.journal_words import WORDS, naming, phrase
from entries.actions.transition import PAST
from judging import states
from results.actions.arbitration import VERBS
from tests.arch.sources import APPS, name, python_files, tree

VERB = re.compile(rf"(?:{'|'.join(APPS)})\.[a-z]+\.[a-z_-]+")
# Verbs put together while the program runs: how they begin, and what can follow.
PUT_TOGETHER = {
    "competitions.stage.": {"paused", "resumed", "extended"},
    "entries.attachment.": {"added", "replaced", "removed"},
    "entries.entry.": set(PAST.values()),
    "judging.slot.": set(states.SLOT.moves),
    "results.objection.": {*VERBS.values(), "carried-out"},
}


def verbs_in(module: ast.AST) -> Iterator[str]:
    """Texts of three parts that begin with an app, and every text of the kind f"app.noun.{…}" spelled out."""
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            start = node.values[0].value if isinstance(node.values[0], ast.Constant) else ""
            if re.fullmatch(rf"(?:{'|'.join(APPS)})\.[a-z]+\.", start):
                yield from (start + end for end in PUT_TOGETHER[start])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and VERB.fullmatch(node.value):
            yield node.value


def recorded() -> dict[str, str]:
    """Each verb with a file that records it."""
    files = [path for path in python_files() if not name(path).startswith("console/") and ({"actions", "outbox"} & set(path.parts) or path.name == "adapter.py")]
    return {verb: name(path) for path in files for verb in verbs_in(tree(path))}


def test_every_recorded_verb_has_words() -> None:
    found = recorded()
    assert len(found) > 70
    assert {verb: file for verb, file in found.items() if verb not in WORDS} == {}


def test_no_words_for_a_verb_nobody_records() -> None:
    assert set(WORDS) - set(recorded()) == set()


def test_every_model_of_ours_has_a_word_and_no_word_is_left_over() -> None:
    assert {model._meta.label_lower for model in apps.get_models() if model._meta.app_label in APPS} == set(OBJECTS)


def test_a_verb_without_words_is_seen() -> None:
    found = set(verbs_in(ast.parse('record(verb="voting.ballot.eaten"); record(verb=f"competitions.stage.{x}")')))
    assert found == {"voting.ballot.eaten", "competitions.stage.paused", "competitions.stage.resumed", "competitions.stage.extended"}
    with pytest.raises(KeyError):
        list(verbs_in(ast.parse('record(verb=f"voting.ballot.{x}")')))


def test_the_words_of_a_stage_are_those_its_action_records() -> None:
    source = Path(stage_actions.__file__).read_text(encoding="utf-8")
    assert all(f'"{past}"' in source for past in PUT_TOGETHER["competitions.stage."])


def test_an_unknown_verb_is_shown_as_its_code() -> None:
    assert phrase("old.thing.done") == "old.thing.done"
    assert phrase("voting.tally.finalised") == "票数终计"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ({"after": {"title": "关于报名的通知"}}, "“关于报名的通知”"),
        ({"before": {"name": "金奖"}}, "“金奖”"),
        ({"after": {"title": "", "state": "sent"}}, ""),
        ({}, ""),
        ({"after": {"number": 47, "state": "accepted"}}, " 047 号"),
        ({"after": {"number": "YY26-01-003"}}, " YY26-01-003"),
        ({"after": {"numbers": ["JG26-G-001"]}}, " JG26-G-001"),
        ({"after": {"numbers": ["JG26-G-001", "JG26-G-002"]}}, " 2 份，JG26-G-001 起"),
        ({"after": {"number": None}}, ""),
    ],
)
def test_the_name_of_what_was_done(content: dict, shown: str) -> None:
    assert naming(content) == shown
