"""docs/rules.md leads from each rule to its code and its test: every place it names exists, and a made-up one is reported."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.arch.sources import ROOT, tree

PAGE = ROOT / "docs" / "rules.md"
COLUMNS = 3
THEMES = (
    "报名与资格",
    "专利号码与清单",
    "形式审查",
    "网络投票与账本",
    "评审与回避",
    "计分与名次",
    "抽签与路演",
    "结果、公示与异议",
    "证书与导出",
    "隐私与日志",
)
REFERENCE = re.compile(r"([\w./-]+\.py)::([A-Za-z_]\w*(?:\.\w+)?)")


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its sentence, and what stands between backticks beside it."""

    rule: str
    code: tuple[str, ...]
    tests: tuple[str, ...]


def rows(text: str) -> Iterator[Row]:
    """The rows of all tables, without their heads; a line with another number of columns is refused."""
    for line in text.splitlines():
        if not line.startswith("| ") or line.startswith("| 规则 |"):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) != COLUMNS:
            raise ValueError(f"{len(cells)} columns: {line}")
        yield Row(cells[0], *(tuple(re.findall(r"`([^`]*)`", cell)) for cell in cells[1:]))


def defined(nodes: list[ast.stmt]) -> Iterator[str]:
    """Functions, classes and constants of a module or class body; those of a class as `Class.name`."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield node.name
            yield from (f"{node.name}.{inner}" for inner in defined(node.body) if "." not in inner)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def reference_fault(reference: str, *, is_test: bool) -> str | None:
    """Why `path.py::name` leads nowhere, or None."""
    found = REFERENCE.fullmatch(reference)
    if found is None:
        return f"{reference}: not a reference"
    path, name = found.groups()
    if path.startswith("tests/") != is_test or name.split(".")[-1].startswith("test_") != is_test:
        return f"{reference}: in the wrong column"
    if not (ROOT / path).is_file():
        return f"{reference}: no such file"
    if name not in set(defined(tree(ROOT / path).body)):
        return f"{reference}: no such name"
    return None


def faults(text: str) -> list[str]:
    """Everything that is wrong with the page."""
    found = []
    for row in rows(text):
        found += [f"{row.rule}: no code"] * (not row.code) + [f"{row.rule}: no test"] * (not row.tests)
        found += [fault for one in row.code if (fault := reference_fault(one, is_test=False))]
        found += [fault for one in row.tests if (fault := reference_fault(one, is_test=True))]
    return found


def test_every_rule_leads_to_code_and_a_test_that_exist() -> None:
    assert faults(PAGE.read_text(encoding="utf-8")) == []


def test_every_theme_has_its_rules_and_no_rule_stands_twice() -> None:
    text = PAGE.read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.M)[1:]
    themes = dict(zip(parts[::2], (list(rows(part)) for part in parts[1::2]), strict=True))
    assert tuple(themes) == THEMES
    assert [theme for theme, listed in themes.items() if len(listed) < 5] == []
    sentences = [row.rule for row in rows(text)]
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize(
    ("code", "test", "fault"),
    [
        ("`core/no_such_file.py::rank`", "GOOD", "core/no_such_file.py::rank: no such file"),
        ("`results/pure/rank.py::made_up`", "GOOD", "results/pure/rank.py::made_up: no such name"),
        ("`judging/pure/panel.py::PanelScore.made_up`", "GOOD", "judging/pure/panel.py::PanelScore.made_up: no such name"),
        ("`results/pure/rank.py`", "GOOD", "results/pure/rank.py: not a reference"),
        ("`tests/arch/test_files.py::LONGEST`", "GOOD", "tests/arch/test_files.py::LONGEST: in the wrong column"),
        ("GOOD", "`tests/arch/test_files.py::test_made_up`", "tests/arch/test_files.py::test_made_up: no such name"),
        ("GOOD", "`tests/arch/sources.py::tree`", "tests/arch/sources.py::tree: in the wrong column"),
        ("由人决定", "GOOD", "规则。: no code"),
        ("GOOD", "没有", "规则。: no test"),
    ],
)
def test_a_made_up_reference_is_reported(code: str, test: str, fault: str) -> None:
    code = code.replace("GOOD", "`results/pure/rank.py::rank`")
    test = test.replace("GOOD", "`tests/arch/test_files.py::test_no_file_is_longer_than_300_lines`")
    assert faults(f"| 规则 | 由何处判定 | 由何测试守住 |\n|---|---|---|\n| 规则。 | {code} | {test} |\n") == [fault]


def test_methods_are_found_and_a_torn_row_is_refused() -> None:
    assert reference_fault("core/transitions.py::Machine.target", is_test=False) is None
    with pytest.raises(ValueError, match="2 columns"):
        list(rows("| 规则。 | `results/pure/rank.py::rank` |"))
