"""The names of rules in the source: what every call that makes a problem says, found in the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import layout

SOURCE = Path(layout.__file__).parent
# Calls by which a module reports through another one: name → index of the rule among their arguments.
REPORTING = {"Problem": 0, "Finding": 0, "add_error": 0, "add_problem": 0, "report": 0, "question": 0, "reject": 1}


class Use(NamedTuple):
    rule: str
    call: str  # what is called
    place: str
    severity: str  # the name given in the call, empty where none is


@cache
def uses() -> tuple[Use, ...]:
    """Every name of a rule that the source reports by."""
    return tuple(use for path, tree in _modules() for use in _uses(tree, path.relative_to(SOURCE).as_posix()))


def words() -> set[str]:
    """Every string of the source outside the catalogue."""
    return {
        node.value
        for _, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@cache
def _modules() -> tuple[tuple[Path, ast.Module], ...]:
    """The modules of the source but for the tables of the catalogue."""
    return tuple(
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(SOURCE.rglob("*.py"))
        if path.parent.name != "rules" or path.name == "severities.py"
    )


def _uses(tree: ast.Module, file: str) -> Iterator[Use]:
    indices = dict(REPORTING)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
            if "rule" in names:
                indices[node.name] = names.index("rule")
            elif node.name in indices:  # its own, of another kind
                del indices[node.name]
    for scope in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]:
        for node in _own_nodes(scope):
            if isinstance(node, ast.Call) and (name := _name(node.func)) in indices:
                given = [*node.args[indices[name] :][:1], *(k.value for k in node.keywords if k.arg == "rule")]
                for rule in {word for one in given[:1] for word in _strings(one, scope)}:
                    yield Use(rule, name, f"{file}:{node.lineno}", _severity(node))


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function or a module, without those of the functions inside it."""
    for node in ast.iter_child_nodes(scope):
        if not isinstance(node, ast.FunctionDef):
            yield node
            yield from _own_nodes(node)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _strings(node: ast.expr, scope: ast.AST) -> Iterator[str]:
    """The strings that an expression may be: itself, either branch, the values of a local name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body, scope)
        yield from _strings(node.orelse, scope)
    elif isinstance(node, ast.Name):
        for assigned in _own_nodes(scope):
            if isinstance(assigned, ast.Assign):
                for target in assigned.targets:
                    yield from _assigned(target, assigned.value, node.id)


def _assigned(target: ast.expr, value: ast.expr, name: str) -> Iterator[str]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _assigned(one, other, name)
    elif isinstance(target, ast.Name) and target.id == name:
        yield from _strings(value, target)


def _severity(node: ast.Call) -> str:
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    return next((one.attr for one in given if isinstance(one, ast.Attribute) and _name(one.value) == "Severity"), "")
