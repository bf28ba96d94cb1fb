"""Mutation testing: small changes to the rules, one at a time, and whether a test fails of each.

    python tests/mutation.py --sample 200 --seed 1

A sample is drawn by a seed, the same number from each area. A mutant inside a function replaces that function's code in
a fork of a process that has already collected the area's tests, and only the tests that run the changed line are run,
the quickest first. A mutant outside functions (a table, a constant) is imported anew in a fork. A mutant is killed when
a test fails, or when the tests take several times the processor time that they take without it.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import importlib.machinery
import os
import pickle
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "layout"
SLOW = 4.0  # seconds: tests that take longer are left out
LEAST_SECONDS, TIMES = 15, 6  # of processor time: what a mutant's tests may take, and as a multiple of what they took


class Area(NamedTuple):
    sources: str  # a pattern of paths below src/layout
    tests: tuple[str, ...]  # below tests


AREAS = {
    "text": Area("text/**/*.py", ("text", "text_headline", "test_faces.py", "test_fonts.py", "test_font_tables.py")),
    "checks": Area("page/checks/*.py", ("page/test_makeup_boundaries.py", "plan/test_lint.py", "rules")),
    "preflight": Area(
        "press/preflight/*.py",
        (
            "press/test_preflight_boundaries.py",
            "press/test_file_rules.py",
            "press/test_preflight_report.py",
            "press/test_rules.py",
            "press/test_walker.py",
            "press/test_printer.py",
            "press/test_own_printer.py",
            "press/test_preflight_worker.py",
        ),
    ),
}
# Tests that build whole issues or compose by the metre: more of them is not worth its minutes to every mutant.
WHOLE_ISSUES = ("text/test_finished_page.py", "text/test_type_area.py", "text/test_stress.py")

# Mutants that no test in this process can kill: "path: qualified name: change" and why.
EQUIVALENT: dict[str, str] = {
    "press/preflight/worker.py: module: __name__ == '__main__' → __name__ != '__main__'": (
        "only a process of its own runs it; press/test_preflight_worker.py starts one"
    ),
    "press/preflight/page_rules.py: _PageCheck._line: self.seen.sound.add(appearance) → pass": (
        "what broke no rule is looked at again, and breaks none"
    ),
    "press/preflight/total_ink.py: module: 40000000 → 40000001": "one dot in forty million",
    "press/preflight/total_ink.py: module: 40000000 → 39999999": "one dot in forty million",
    "text/line_breaking.py: _ends: 0 → 1": "the least tail where no gap is held to the fair one, and so not looked at",
    "text/line_breaking.py: _ends: 0 → -1": "the least tail where no gap is held to the fair one, and so not looked at",
    "text/line_breaking.py: _ends: if endless: → if not endless:": (
        "how far is searched: what lies further is wider than any line holds"
    ),
    "press/preflight/page_pictures.py: module: __name__ == '__main__' → __name__ != '__main__'": (
        "only a process of its own runs it; press/test_preflight_report.py starts one"
    ),
    "press/preflight/page_rules.py: _PageCheck.report: 0 → -1": (
        "the value of a rule whose words give no value; the limit likewise"
    ),
    **{
        f"press/preflight/total_ink.py: heavy_squares: {change}": "dots are points: the scale is 1"
        for change in (
            "(y1 - top) * scale → (y1 - top) / scale",
            "(y1 - bottom) * scale → (y1 - bottom) / scale",
            "(left - x0) * scale → (left - x0) / scale",
            "(right - x0) * scale → (right - x0) / scale",
            "side * scale → side / scale",
            "column / scale → column * scale",
            "row / scale → row * scale",
            "across / scale → across * scale",
            "height / scale → height * scale",
        )
    },
    "page/checks/headlines.py: check_tombstones: 0.0 → -1.0": "a right edge is further right than either",
    "page/checks/headlines.py: check_tombstones: 0.0 → 1.0": "a right edge is further right than either",
    "page/checks/headlines.py: check_headline_cover: one.y < top + inspection.grid.height → "
    "one.y <= top + inspection.grid.height": "nothing begins at the foot of the page",
    "page/checks/columns.py: check_measures: measure < LEAST_BESIDE_EM - 0.01 → measure <= LEAST_BESIDE_EM - 0.01": (
        "a measure is a whole number of em"
    ),
    "page/checks/inspection.py: PageInspection.white: 0 → -1": "a column ends at its foot or above it, never below",
}


class Mutant(NamedTuple):
    path: Path
    line: int
    scope: str  # the qualified name of what it is in
    change: str
    number: int  # the how-manieth of its file

    @property
    def key(self) -> str:
        return f"{self.path.relative_to(SOURCE)}: {self.scope}: {self.change}"


# Mutants: a walk of the tree that yields every change, and can make the one of a number.

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

Change = tuple[ast.AST, str, Callable[[], None]]  # where, what, and doing it


def _changes(tree: ast.Module) -> Iterator[tuple[str, ast.AST, str, Callable[[], None]]]:
    """Every change that can be made to the tree, with the name of the scope that it is in."""

    def walk(node: ast.AST, scope: str) -> Iterator[tuple[str, ast.AST, str, Callable[[], None]]]:
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "type_comment"):
                continue
            for index, child in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(child, ast.AST) or _is_no_code(child):
                    continue
                put = _putter(node, name, index if isinstance(value, list) else None)
                for where, what, do in _changes_of(child, put):
                    yield scope or "module", where, what, do
                inner = ".".join(filter(None, (scope, child.name))) if isinstance(child, _FUNCTIONS) else scope
                yield from walk(child, inner)

    yield from walk(tree, "")


def _is_no_code(node: ast.AST) -> bool:
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.Assert, ast.Raise)):
        return True
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Message", "Words"):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)  # a docstring


def _putter(parent: ast.AST, name: str, index: int | None) -> Callable[[ast.AST], None]:
    def put(node: ast.AST) -> None:
        if index is None:
            setattr(parent, name, node)
        else:
            getattr(parent, name)[index] = node

    return put


def _changes_of(node: ast.AST, put: Callable[[ast.AST], None]) -> Iterator[Change]:
    def to(new: ast.AST) -> Change:
        ast.fix_missing_locations(ast.copy_location(new, node))
        return node, f"{ast.unparse(node).splitlines()[0]} → {ast.unparse(new).splitlines()[0]}", lambda: put(new)

    match node:
        case ast.Compare():
            for index, operator in enumerate(node.ops):
                new = copy.deepcopy(node)
                new.ops[index] = _COMPARISONS[type(operator)]()
                yield to(new)
        case ast.BinOp() if type(node.op) in _ARITHMETIC and not _is_text(node.left) and not _is_text(node.right):
            new_operation = copy.deepcopy(node)
            new_operation.op = _ARITHMETIC[type(node.op)]()
            yield to(new_operation)
        case ast.AugAssign():
            yield to(ast.Pass())
        case ast.BoolOp():
            new_logic = copy.deepcopy(node)
            new_logic.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield to(new_logic)
        case ast.UnaryOp(op=ast.Not() | ast.USub()) if not isinstance(node.operand, ast.Constant):
            yield to(copy.deepcopy(node.operand))
        case ast.Constant(value=bool()):
            yield to(ast.Constant(not node.value))
        case ast.Constant(value=int() | float()):
            yield to(ast.Constant(node.value + 1))
            yield to(ast.Constant(node.value - 1))
        case ast.If() | ast.IfExp() | ast.While():
            new_test = copy.deepcopy(node)
            new_test.test = ast.UnaryOp(ast.Not(), node.test)
            yield to(new_test)
        case ast.Expr(value=ast.Call()):
            yield to(ast.Pass())
        case ast.Break():
            yield to(ast.Continue())
        case ast.Continue():
            yield to(ast.Break())
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield to(ast.Return(ast.Constant(None)))
        case ast.Call(func=ast.Name(id=name)) if name in _NAMES:
            new_call = copy.deepcopy(node)
            new_call.func = ast.Name(_NAMES[name], ast.Load())
            yield to(new_call)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))


def mutants_of(path: Path) -> list[Mutant]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        Mutant(path, getattr(node, "lineno", 1), scope, what, number)
        for number, (scope, node, what, _) in enumerate(_changes(tree))
    ]


def mutated(mutant: Mutant) -> CodeType:
    """The whole module's code with the change made."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    for number, (_, _, _, do) in enumerate(_changes(tree)):
        if number == mutant.number:
            do()
            break
    return compile(ast.fix_missing_locations(tree), str(mutant.path), "exec", dont_inherit=True)


def sample(seed: int, count: int, areas: Sequence[str]) -> list[tuple[str, Mutant]]:
    chosen: list[tuple[str, Mutant]] = []
    for place, area in enumerate(areas):
        share = count * (place + 1) // len(areas) - count * place // len(areas)
        everything = [one for path in sorted(SOURCE.glob(AREAS[area].sources)) for one in mutants_of(path)]
        picked = random.Random(f"{seed} {area}").sample(everything, min(share, len(everything)))
        chosen += [(area, one) for one in sorted(picked) if one.key not in EQUIVALENT]
    return chosen


# Running: `_warm` collects an area's tests and forks for each mutant in a function; `_cold` forks before any import.


class Coverage:
    """A plugin: which lines each test runs, its fixtures' lines among them, and the seconds that it takes."""

    def __init__(self, area: str) -> None:
        import coverage

        self.seconds: dict[str, float] = {}
        self.fixtures: dict[str, set[str]] = {}
        self.context = ""
        self.measure = coverage.Coverage(
            data_file=None, include=[str(path) for path in SOURCE.glob(AREAS[area].sources)], config_file=False
        )

    def switch(self, context: str) -> str:
        """Lines run from now on are `context`'s; returns whose they were."""
        before, self.context = self.context, context
        self.measure.switch_context(context)
        return before

    def pytest_runtest_protocol(self, item: Any) -> None:
        self.switch(item.nodeid)
        self.began = time.process_time()
        self.fixtures[item.nodeid] = {f"fixture {name}" for name in getattr(item, "fixturenames", ())}

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.seconds[nodeid] = time.process_time() - self.began

    def tests_by_line(self) -> dict[tuple[str, int], set[str]]:
        found: dict[tuple[str, int], set[str]] = {}
        data = self.measure.get_data()
        for file in data.measured_files():
            for line, contexts in data.contexts_by_lineno(file).items():
                shared = {context for context in contexts if context.startswith("fixture ")}
                found[file, line] = {one for one in contexts if one and one not in shared} | {
                    test for test, names in self.fixtures.items() if names & shared
                }
        return found


def _fixture_contexts(coverage: Coverage) -> Any:
    import pytest

    class Fixtures:
        @pytest.hookimpl(wrapper=True)
        def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Any:
            if fixturedef.scope == "function":
                return (yield)
            before = coverage.switch(f"fixture {fixturedef.argname}")
            try:
                return (yield)
            finally:
                coverage.switch(before)

    return Fixtures()


class Loop:
    """A plugin: instead of running the tests collected, `work` is done with them."""

    def __init__(self, work: Callable[[Any], None]) -> None:
        self.work = work

    def pytest_runtestloop(self, session: Any) -> bool:
        self.work(session)
        return True


def _pytest(area: str, *plugins: Any) -> None:
    import pytest
    from hypothesis import HealthCheck, settings

    settings.register_profile("mutation", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    tests = [str(ROOT / "tests" / one) for one in AREAS[area].tests if (ROOT / "tests" / one).exists()]
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not slow", "-q", "-s", "--no-summary"]
    options += [f"--ignore={ROOT / 'tests' / one}" for one in WHOLE_ISSUES]
    options += ["--rootdir", str(ROOT), "--hypothesis-profile", "mutation"]
    pytest.main([*options, *tests], plugins=list(plugins))


def _run(session: Any, items: Sequence[Any], stop: bool) -> bool:
    """Whether all tests pass."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed and stop:
            return False
    return not session.testsfailed


class Result(NamedTuple):
    killed: bool
    by: str


def _fork(work: Callable[[], Any], seconds: float) -> Any:
    """What `work` gives in a fork with folders of its own; None where it takes too long or dies."""
    folder = tempfile.mkdtemp(prefix="mutant-")
    answer = Path(folder, "answer")
    process = os.fork()
    if not process:
        try:
            os.setpgid(0, 0)
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            os.environ |= {"TMPDIR": folder, "LAYOUT_CACHE": f"{folder}/cache"}
            tempfile.tempdir = None
            answer.write_bytes(pickle.dumps(work()))
        finally:
            os._exit(0)
    end, state = time.monotonic() + 20 * seconds, (0, 0)
    while not state[0] and time.monotonic() < end:
        time.sleep(0.01)
        state = os.waitpid(process, os.WNOHANG)
    with suppress(OSError):
        os.killpg(process, signal.SIGKILL)  # and whatever the tests have started
    if not state[0]:
        os.waitpid(process, 0)
    found = pickle.loads(answer.read_bytes()) if answer.exists() else None
    shutil.rmtree(folder, ignore_errors=True)
    return found


def _measured(area: str) -> tuple[dict[str, float], dict[tuple[str, int], set[str]], list[str]]:
    coverage, failed = Coverage(area), []

    class Failures:
        def pytest_runtest_logreport(self, report: Any) -> None:
            if report.failed:
                failed.append(report.nodeid)

    with coverage.measure.collect():
        _pytest(area, coverage, _fixture_contexts(coverage), Failures())
    return coverage.seconds, coverage.tests_by_line(), failed


def _replace_code(mutant: Mutant) -> bool:
    """Gives every function that holds the change its new code; False where there is none."""
    done = False
    outer = _outer_function(mutated(mutant), mutant)
    for one in gc.get_objects() if outer else ():
        if isinstance(one, FunctionType) and outer and _same(one.__code__, outer):
            if one.__code__.co_freevars != outer.co_freevars:
                return False
            one.__code__ = outer
            done = True
    return done


def _same(one: CodeType, other: CodeType) -> bool:
    return (one.co_filename, one.co_firstlineno, one.co_name) == (
        other.co_filename,
        other.co_firstlineno,
        other.co_name,
    )


def _outer_function(code: CodeType, mutant: Mutant) -> CodeType | None:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if one.co_name == "<lambda>" or one.co_name.startswith("<"):
                continue
            first, *rest = mutant.scope.split(".")
            if one.co_name == first and one.co_firstlineno <= mutant.line:
                is_class = "__qualname__" in one.co_names and "__module__" in one.co_names
                if not is_class:
                    return one
                found = _outer_function(one, mutant._replace(scope=".".join(rest))) if rest else None
                if found:
                    return found
    return None


def _in_function(mutant: Mutant) -> bool:
    """Is the change in a body, and not in a default, a decorator or a table?"""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.FunctionDef) and node.body[0].lineno <= mutant.line <= (node.end_lineno or 0)
        for node in ast.walk(tree)
    )


def _cold(area: str, mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether the tests pass with the module imported as it is changed."""
    code, target = mutated(mutant), str(mutant.path)
    whole = importlib.machinery.SourceFileLoader.get_code

    def get_code(self: Any, name: str) -> CodeType | None:
        return code if self.path == target else whole(self, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
    passed: list[bool] = []

    def work(session: Any) -> None:
        items = {item.nodeid: item for item in session.items}
        chosen = [items[name] for name in tests if name in items]
        passed.append(not session.testsfailed and len(chosen) == len(tests) and _run(session, chosen, stop=True))

    _pytest(area, Loop(work))
    return bool(passed and passed[0])


def _preload() -> None:
    """Imports what is not ours, before the forks."""
    import hypothesis  # noqa: F401
    import numpy  # noqa: F401
    import pikepdf  # noqa: F401
    import pytest  # noqa: F401
    import yaml  # noqa: F401
    from fontTools import subset, ttLib  # noqa: F401
    from PIL import Image  # noqa: F401


def test_area(area: str, mutants: Sequence[Mutant], report: Callable[[Mutant, Result], None]) -> None:
    measured = _fork(lambda: _measured(area), 1200)
    if measured is None:
        sys.exit(f"{area}: the tests do not run")
    seconds, by_line, failed = measured
    usable = {name for name, took in seconds.items() if took <= SLOW and name not in failed}
    print(f"{area}: {len(seconds)} tests, {len(failed)} fail without any change, {len(usable)} used", flush=True)
    by_file: dict[str, set[str]] = {}
    for (file, _), names in by_line.items():
        by_file.setdefault(file, set()).update(names)

    def chosen(names: set[str]) -> tuple[list[str], float]:
        tests = sorted(names & usable, key=lambda name: seconds[name])
        return tests, max(LEAST_SECONDS, TIMES * sum(seconds[name] for name in tests))

    cold = [one for one in mutants if not _in_function(one)]
    for mutant in cold:
        tests, limit = chosen(by_file.get(str(mutant.path), set()))
        passed = _fork(lambda mutant=mutant, tests=tests: _cold(area, mutant, tests), limit + 30)
        report(mutant, Result(passed is not True, f"of {len(tests)} tests, imported anew"))

    def work(session: Any) -> None:
        items = {item.nodeid: item for item in session.items}
        everything, limit = chosen(usable)
        if _fork(lambda: _run(session, [items[name] for name in everything], stop=True), limit) is not True:
            raise SystemExit(f"{area}: the tests fail in a fork without any change")
        for mutant in mutants:
            if mutant in cold:
                continue
            tests, limit = chosen(_covering(by_line, mutant))

            def attempt(mutant: Mutant = mutant, tests: list[str] = tests) -> bool | str:
                if not _replace_code(mutant):
                    return "not replaced"
                return _run(session, [items[name] for name in tests], stop=True)

            passed = _fork(attempt, limit) if tests else True
            if passed == "not replaced":
                passed = _fork(lambda mutant=mutant, tests=tests: _fresh(area, mutant, tests), limit + 60)
            report(mutant, Result(passed is not True, f"of {len(tests)} tests"))

    _pytest(area, Loop(work))


def _fresh(area: str, mutant: Mutant, tests: Sequence[str]) -> bool:
    """As `_cold`, after the library has been imported: all of it and the tests are forgotten first."""
    for name in [*sys.modules]:
        file = getattr(sys.modules[name], "__file__", None) or ""
        if name.split(".")[0] == "layout" or file.startswith(str(ROOT / "tests")):
            del sys.modules[name]
    return _cold(area, mutant, tests)


def _covering(by_line: dict[tuple[str, int], set[str]], mutant: Mutant) -> set[str]:
    """The tests that run the statement: its lines are those up to the nearest before it that any test runs."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    statements = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= mutant.line <= (node.end_lineno or node.lineno)
    ]
    inner = max(statements, key=lambda node: (node.lineno, -(node.end_lineno or 0)))
    last = inner.body[0].lineno - 1 if isinstance(getattr(inner, "body", None), list) else inner.end_lineno or 0
    names: set[str] = set()
    for line in range(inner.lineno, max(last, mutant.line) + 1):
        names |= by_line.get((str(mutant.path), line), set())
    return names


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=200, metavar="N", help="mutants, the same number from each area")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--area", action="append", choices=sorted(AREAS), help="only this one")
    parser.add_argument(
        "--only", default="", metavar="TEXT", help="of the sample, only mutants that have this in their line"
    )
    parser.add_argument(
        "--tests",
        nargs="+",
        metavar="PATH",
        help="only these, below tests: quicker, and the share is the least it can be",
    )
    options = parser.parse_args()
    if options.tests:
        AREAS.update({name: area._replace(tests=tuple(options.tests)) for name, area in AREAS.items()})
    sys.path.insert(0, str(ROOT / "src"))
    sys.path.insert(0, str(ROOT / "tests"))
    os.chdir(ROOT)
    drawn = sample(options.seed, options.sample, options.area or sorted(AREAS))
    drawn = [(area, one) for area, one in drawn if options.only in one.key]
    _preload()
    total = killed = 0
    for area in dict.fromkeys(area for area, _ in drawn):
        mutants = [one for other, one in drawn if other == area]
        lines = _in_fork_of_its_own(area, mutants)
        survived = [line for line in lines if line]
        total, killed = total + len(lines), killed + len(lines) - len(survived)
        print(f"{area}: {len(lines) - len(survived)} of {len(lines)} killed", flush=True)
    print(f"killed {killed} of {total}: {killed / max(total, 1):.1%}")


def _in_fork_of_its_own(area: str, mutants: Sequence[Mutant]) -> list[str]:
    """One line for each mutant, empty if it was killed. Survivors are printed as they are found."""
    read_end, write_end = os.pipe()
    process = os.fork()
    if not process:

        def report(mutant: Mutant, result: Result) -> None:
            line = "" if result.killed else f"lived  {mutant.key}  (line {mutant.line}, {result.by})"
            if line:
                print(line, flush=True)
            os.write(write_end, f"{line}\n".encode())

        try:
            test_area(area, mutants, report)
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as pipe:
        lines = pipe.read().split("\n")[:-1]
    os.waitpid(process, 0)
    return lines


if __name__ == "__main__":
    main()
