"""WeasyPrint stands behind one adapter: what is private of it is named and held to a version, and the public way draws the same."""

from __future__ import annotations

import ast
import sys
import tomllib
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import numpy
import pypdfium2
import pytest

import layout
from layout.composition import Composition
from layout.errors import Severity
from layout.pdf.document import write_pdf
from layout.pdf.weasyprint import engine, private_api, public_api
from layout.runtime.store import ArtifactStore

from .compositions import faces, issue, page, press
from .furniture_piece import plain, torture
from .readers import assert_clean

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "layout"
SAMPLES = sorted(path.parent.name for path in (ROOT / "issues").glob("*/issue.yaml"))
CHANGING = ("update", "setdefault", "pop", "clear", "popitem")
OTHER = {"weasyprint": "71.0", "pydyf": "0.13.0"}


@pytest.fixture
def draws_plainly(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Another version of WeasyPrint seems to be installed; the drawings that were made the public way."""
    drawn: list[object] = []

    def plain_drawing(document: object, draw=public_api.plain_drawing) -> object:  # type: ignore[no-untyped-def]
        drawn.append(draw(document))
        return drawn[-1]

    monkeypatch.setattr(public_api, "plain_drawing", plain_drawing)
    monkeypatch.setattr(private_api, "installed_versions", lambda: OTHER)
    return drawn


def pixels(path: Path, dpi: int = 100) -> list[numpy.ndarray]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.render(scale=dpi / 72).to_numpy().astype(int) for page in pdf]


def assert_draws_the_same(quick: Path, slow: Path) -> None:
    """No pixel may be seen to differ: 3 of 255 on a channel is what numbers of six places can shift an edge by."""
    for number, (one, other) in enumerate(zip(pixels(quick), pixels(slow), strict=True), 1):
        assert one.min() < 200, "the page is blank"
        assert abs(one - other).max() <= 3, number


def written(composition: Composition, path: Path) -> list[str]:
    ArtifactStore.clear_memory()
    return [
        p.rule for p in write_pdf(composition, path, faces=composition.faces or faces(), target=press(), cache=None)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_furniture_of_the_samples_is_drawn_the_same_either_way(
    sample: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    composition = layout.compose(layout.load(ROOT / "issues" / sample))
    assert written(composition, tmp_path / "quick.pdf") == []
    drawn = request.getfixturevalue("draws_plainly")
    assert written(composition, tmp_path / "slow.pdf") == ["weasyprint-version"]
    assert drawn
    assert_draws_the_same(tmp_path / "quick.pdf", tmp_path / "slow.pdf")


def test_gradients_shadows_pictures_and_spot_colours_are_drawn_the_same_either_way(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    composition = issue(page(boxes=(torture(tmp_path),)))
    assert written(composition, tmp_path / "quick.pdf") == []
    request.getfixturevalue("draws_plainly")
    assert written(composition, tmp_path / "slow.pdf") == ["weasyprint-version"]
    assert_draws_the_same(tmp_path / "quick.pdf", tmp_path / "slow.pdf")
    assert_clean(tmp_path / "slow.pdf")


def test_what_does_not_fit_is_reported_the_public_way_too(tmp_path: Path, draws_plainly: list[object]) -> None:
    crowded = issue(page(boxes=(plain("<p>" + "字" * 200, width=80.0),)))
    assert written(crowded, tmp_path / "a.pdf") == ["furniture-overflow", "weasyprint-version"]
    assert draws_plainly
    assert not (tmp_path / "a.pdf").exists()


def test_another_version_is_reported_with_the_one_to_install(draws_plainly: list[object]) -> None:
    problem = private_api.version_problem()
    assert problem is not None
    assert problem.severity is Severity.WARNING
    assert "weasyprint 71.0" in problem.what.en
    assert "weasyprint==70.0" in problem.remedy.en


def test_the_installed_versions_are_those_that_the_private_names_are_held_to() -> None:
    assert private_api.version_problem() is None
    assert private_api.installed_versions() == {name: version(name) for name in private_api.HELD_TO}
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {f"{name}=={held}" for name, held in private_api.HELD_TO.items()} <= set(pinned)


@pytest.mark.parametrize("private", [private for private in private_api.PRIVATE_NAMES if private.module])
def test_every_private_name_is_there(private: private_api.PrivateName) -> None:
    engine.open_weasyprint()
    found: object = import_module(private.module)
    for name in private.name.split("."):
        found = getattr(found, name)


def imports(tree: ast.AST) -> set[str]:
    """The packages that a module imports, by statement or by name."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module or "")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            found |= {str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)}
    return {name.partition(".")[0] for name in found}


def changes_modules(tree: ast.AST) -> bool:
    """Whether a module puts something into `sys.modules`, or takes something out of it."""
    changed = [n.value for n in ast.walk(tree) if isinstance(n, ast.Subscript) and not isinstance(n.ctx, ast.Load)]
    called = [n.value for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in CHANGING]
    return "sys.modules" in map(ast.unparse, [*changed, *called])


def test_no_other_module_imports_weasyprint_or_changes_what_is_imported() -> None:
    importing, changing = set(), set()
    for file in sorted(SOURCES.rglob("*.py")):
        name = file.relative_to(SOURCES).as_posix()
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if imports(tree) & {"weasyprint", "pydyf"}:
            importing.add(name)
        if changes_modules(tree):
            changing.add(name)
    assert {name.rpartition("/")[0] for name in importing} == {"pdf/weasyprint"}
    # The command leaves out `typing_extensions`, which msgspec looks for: measured and explained at its top.
    assert changing <= {"pdf/weasyprint/engine.py", "cli/main.py"}
    assert "pdf/weasyprint/engine.py" in changing


def test_the_quick_way_leaves_weasyprint_as_it_was() -> None:
    fonts = import_module("weasyprint.pdf.fonts")
    before = fonts.get_hb_object_data
    document = engine.open_weasyprint().HTML(string="<p>字").render(font_config=engine.font_configuration(faces()))
    assert private_api.quick_drawing(document).fonts
    assert fonts.get_hb_object_data is before
    assert "fontTools.subset" not in sys.modules or sys.modules["fontTools.subset"].__spec__
