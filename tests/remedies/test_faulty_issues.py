"""A remedy works: each of a hundred faulty issues is reported at its place, mended as the message says, and sound."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from faulty_issues import Fault, apply, load_faults, write_base
from issue_folder import IssueFolder
from said_remedies import said_remedies

from layout.capacity import slots_of, wrong_lengths
from layout.cli.main import main
from layout.errors import Problem, Severity
from layout.production import BuildStopped, Production, build
from layout.rules.hygiene import HYGIENE_RULES
from layout.rules.makeup import MAKEUP
from layout.rules.pages import ELEMENT_RULES, FITTING, FURNITURE_RULES, MAPS, TEXT_RULES
from layout.rules.proofreading import PROOFREADING, REGULATION
from layout.rules.reading import FILE_RULES, ISSUE_RULES, STYLE_RULES

FAULTS = load_faults()
# Rules without a fault, and why.
NOT_HERE = (
    dict.fromkeys(("face-fallback", "fit", "replanned"), "a note, with nothing to do")
    | dict.fromkeys(("no-folder", "empty-folder", "unreadable"), "there is no issue yet: tests/issue, tests/security")
    | dict.fromkeys(
        ("furniture", "furniture-overflow", "style-sheet", "not-for-press", "unknown-font"),
        "reported when the PDF is written: tests/pdf",
    )
    | dict.fromkeys(
        ("no-glyph", "picture-profile", "picture-unreadable"), "of the PDF's writing: tests/pdf, tests/hostile"
    )
    | dict.fromkeys(("unknown-printer", "extends", "icc"), "of a printer's profile, no part of the issue: tests/press")
    | dict.fromkeys(("E12", "orphan", "stranded-head"), "a matter of chance in a text: tests/page, tests/plan")
    | dict.fromkeys(("headline-too-long", "headline-part-too-wide"), "of the headline fitter called by itself")
    | {"plan-over": "the planner holds such articles over first: tests/plan"}
    | dict.fromkeys(
        ("language", "unsupported-script", "vertical-unplaced"), "of text in other languages, with their own tests"
    )
    | {"plan-empty": "of an issue that has nothing to plan: not tried here yet"}
    | {"extension": "an installed package is broken: tests/test_extensions.py"}
    | {"yaml-shape": "of `layout new` and `layout import`, which write into issue.yaml: tests/importing"}
)
_built: set[str] = set()  # by the bytes of the folder
_checked: dict[str, list[Problem]] = {}  # by the bytes of the folder: many issues are the same when mended


def digest(folder: Path) -> str:
    """The digest of all files of a folder."""
    whole = sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            whole.update(f"{file.relative_to(folder)} {file.stat().st_size}\n".encode() + file.read_bytes())
    return whole.hexdigest()


def check(folder: Path) -> list[Problem]:
    """What `layout check` and `layout capacity` report of an issue."""
    key = digest(folder)
    if key not in _checked:
        job = Production()
        with suppress(BuildStopped):
            issue = job.read(folder)
            job.proofread(issue)
            composition = job.compose(issue, check_pages=True)
            job.report.problems += wrong_lengths(issue, composition, slots_of(issue, composition))
        _checked[key] = job.report.problems
    return _checked[key]


def rules(problems: list[Problem]) -> list[str]:
    """The rules of errors and warnings, each once."""
    return list(dict.fromkeys(problem.rule for problem in problems if problem.severity is not Severity.NOTE))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("issue")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_reported_at_its_place_and_its_remedy_mends_it(fault: Fault, folder: Path) -> None:
    write_base(fault.base, folder)
    assert rules(check(folder)) == [], "the base is not sound"
    place = apply(fault.change, fault.base, folder)
    found = check(folder)
    problem = reported(fault, found, place)
    edits = changes(fault, problem)
    assert edits, f"the remedy names no change: {problem.remedy.en}"
    for words, edit in edits.items():
        mended = folder.with_name("mended")
        shutil.copytree(folder, mended)
        edit(mended)
        left = check(mended)
        shutil.rmtree(mended)
        assert problem.rule not in {one.rule for one in left}, f"“{words}” leaves {told(left)}"
        assert rules(left) == [], f"“{words}” brings {told(left)}"


def test_a_hundred_faults_and_each_once() -> None:
    assert len(FAULTS) >= 100
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


def test_every_rule_that_an_editor_meets_has_a_fault() -> None:
    met = {rule for fault in FAULTS for rule in fault.reports}
    pages = (MAPS, TEXT_RULES, ELEMENT_RULES, FURNITURE_RULES, FITTING, MAKEUP)
    tables = (*pages, FILE_RULES, ISSUE_RULES, STYLE_RULES, PROOFREADING, REGULATION)
    wanted = {id for table in tables for id in table} | {rule.name for rule in HYGIENE_RULES if not rule.sure}
    assert wanted - met == set(NOT_HERE)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_mended_issue_is_built(fault: Fault, folder: Path) -> None:
    """To the PDF, which the preflight lets pass."""
    write_base(fault.base, folder)
    apply(fault.change, fault.base, folder)
    problem = next(problem for problem in check(folder) if problem.rule == fault.reports[0])
    for edit in changes(fault, problem).values():
        mended = folder.with_name("mended")
        shutil.copytree(folder, mended)
        edit(mended)
        key = digest(mended)
        if key not in _built:
            report = build(mended, mended / "out.pdf")
            assert report.ok, told(report.problems)
            assert report.pdf
            assert report.pdf.read_bytes().startswith(b"%PDF-1.6")
            _built.add(key)
        shutil.rmtree(mended)


def reported(fault: Fault, found: list[Problem], place: tuple[str, int, int] | None) -> Problem:
    """The problem that a fault is about."""
    wanted = fault.reports[0]
    own = [problem for problem in found if problem.rule == wanted]
    assert own, told(found)
    problem = own[0]
    severe = set(rules(found))
    assert severe | {wanted} == set(fault.reports), told(found)
    for words in fault.says:
        assert words in problem.in_language("en") or words in problem.in_language("zh"), told([problem])
    if fault.at:
        assert str(problem.mark) == f"issue/{fault.at}", told([problem])
    elif place:
        assert problem.mark
        mark = (Path(problem.mark.file).relative_to("issue").as_posix(), problem.mark.line, problem.mark.column)
        assert mark == place, told([problem])
    else:
        assert problem.mark is None or problem.mark.file == "issue", f"nothing is pointed at: {told([problem])}"
    return problem


def changes(fault: Fault, problem: Problem) -> dict[str, Callable[[Path], object]]:
    """What the remedy may be read as: each of its choices."""
    made: dict[str, Callable[[Path], object]] = {}
    if fault.choices is None:
        for words, edit in said_remedies(problem).items():
            made[words] = lambda path, edit=edit: edit(IssueFolder(path))
    else:
        for words, change in fault.choices.items():
            assert re.sub(r"#\d+$", "", words) in problem.remedy.en, f"the remedy says: {problem.remedy.en}"
            made[words] = lambda path, change=change: apply(change, fault.base, path)
    if problem.fix and problem.mark and "ours/" not in problem.mark.file:  # a style is not the issue's
        made["layout fix"] = lambda path: main(["fix", str(path)])
    return made


def told(problems: list[Problem]) -> str:
    return "\n" + "\n".join(problem.in_language("en") + "\n" + problem.in_language("zh") for problem in problems)
