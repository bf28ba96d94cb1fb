"""Regular expressions mean the same on every Python from 3.11.0 on.

Before 3.11.5 a group inside a possessive quantifier or an atomic group can match nothing (CPython gh-106052).
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import layout
from layout.pdfcontent.statements import statements

ROOT = Path(layout.__file__).parent
GROUP_REPEATED = re.compile(r"(?<!\\)(?:\\\\)*\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")
HOLDS_A_GROUP = (_constants.SUBPATTERN, _constants.BRANCH, _constants.MAX_REPEAT, _constants.MIN_REPEAT)


def has_a_group_where_none_may_be(pattern: Any, *, inside: bool = False) -> bool:
    """Whether a parsed pattern has anything but single characters inside what is never gone back to."""
    for operator, value in pattern:
        if inside and operator in (*HOLDS_A_GROUP, _constants.POSSESSIVE_REPEAT, _constants.ATOMIC_GROUP):
            return True
        below = inside or operator in (_constants.POSSESSIVE_REPEAT, _constants.ATOMIC_GROUP)
        for part in _parts(value):
            if has_a_group_where_none_may_be(part, inside=below):
                return True
    return False


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, _parser.SubPattern):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _parts(part)


def is_wrong(text: str) -> bool:
    """Whether a text that looks so breaks the rule as a pattern, or as a part of one."""
    try:
        return has_a_group_where_none_may_be(_parser.parse(text))
    except re.error:
        return True


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            value = node.value
            yield node.lineno, value if isinstance(value, str) else value.decode("latin-1")


@pytest.mark.parametrize("pattern", ["(?:ab?c)*+", "(?:a|b)++", "(?>ab?c)", "(x(?:a|b)?+)", r"\\(?:ab?){2,3}+"])
def test_the_rule_finds_what_it_forbids(pattern):
    assert has_a_group_where_none_may_be(_parser.parse(pattern)) or "a|b" in pattern  # a|b is parsed as a class
    assert GROUP_REPEATED.search(pattern)


@pytest.mark.parametrize("pattern", [r"[^()]*+(?:\\.[^()]*+)*", r"\s++", r"\)++", "(?:ab)+"])
def test_the_rule_lets_single_characters_be(pattern):
    assert not has_a_group_where_none_may_be(_parser.parse(pattern))
    assert not GROUP_REPEATED.search(pattern)


@pytest.mark.slow
def test_no_text_in_the_source_has_a_group_in_what_is_never_gone_back_to():
    wrong = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in sorted(ROOT.rglob("*.py"))
        for line, text in texts(ast.parse(file.read_text(encoding="utf-8")))
        if GROUP_REPEATED.search(text) and text != string.punctuation and is_wrong(text)
    ]
    assert wrong == []


def test_no_pattern_of_a_module_has_a_group_in_what_is_never_gone_back_to():
    wrong = []
    seen = 0
    for module in pkgutil.walk_packages(layout.__path__, "layout."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                seen += 1
                if has_a_group_where_none_may_be(_parser.parse(value.pattern, value.flags & ~re.UNICODE)):
                    wrong.append(f"{module.name}.{name}")
    assert seen > 50
    assert wrong == []


@pytest.mark.parametrize(
    ("content", "operators"),
    [
        (b"BT /F1 9 Tf 1 0 0 rg 1 2 Td (a\\)(b(c))) Tj ET q Q", [b"BT", b"Tf", b"rg", b"lines", b"ET", b"q", b"Q"]),
        (b"1 2 m 3 4 l 1 2 3 4 5 6 c h f", [b"subpath", b"f"]),
        (b"/GS1 gs EMC /P <</MCID 0>> BDC 1 2 Td [(a)-3<0041>]TJ S", [b"gs", b"lines", b"S"]),
        (b"((( q (a", [b"q", b"a"]),
    ],
)
def test_a_content_stream_is_read_alike_on_every_python(content, operators):
    def name(statement: tuple[bytes, ...]) -> bytes:
        lines, subpath, _, operator, _, other = statement
        return b"lines" if lines else b"subpath" if subpath else operator or other

    assert [found for found in map(name, statements(content)) if found] == operators


@pytest.mark.parametrize("turn", [b"EMC ", b"1 ", b"(", b"(() ", b"[(a)", b"[ ", b"<< ", b"(\\a", b"1 2 Td (a) Tj "])
def test_a_stream_of_one_thing_over_and_over_is_read_whole_in_bounded_memory(turn):
    """What the engine keeps to go back to has an end; what is over it is a statement of its own, and nothing is lost."""
    data = turn * 5000
    told = b"".join(b"".join(statement) for statement in statements(data))
    assert told.translate(None, b" ") == data.translate(None, b" ")
