"""`layout new`: an issue that builds, dated after the last one and under its head; a publication; a style."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

import layout
from layout.cli.main import main
from layout.editor.new_issue.last_issue import issues_beside, next_date, read_last
from layout.issue import load

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "issues" / "2026-11"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder of issues that holds the town's last one, with nothing of its own to draw."""
    shutil.copytree(TOWN, tmp_path / "2026-11", ignore=shutil.ignore_patterns("*.jpg", "sources"))
    return tmp_path


def first(folder: Path, *flags: str) -> int:
    return main(["new", str(folder), "--publication", "--date", "2026-12-20", "--lang", "zh", *flags])


def earlier(desk: Path, name: str, date: str, **changes: str) -> None:
    """The last issue once more, of another date."""
    shutil.copytree(desk / "2026-11", desk / name)
    file = desk / name / "issue.yaml"
    text = file.read_text(encoding="utf-8").replace("date: 2026-11-20", f"date: {date}")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("style", ["town", "campus", "bulletin"])
def test_a_new_publication_is_ready_for_the_press_in_every_style(style: str, tmp_path: Path) -> None:
    assert first(tmp_path / "2026-12", "--style", style) == 0
    report = layout.build(tmp_path / "2026-12", tmp_path / "out.pdf")
    assert report.ok, report.problems
    assert {problem.rule for problem in report.problems} <= {"S10", "fit", "L1", "L4"}


def test_the_next_issue_has_the_last_ones_head_and_follows_it(desk: Path) -> None:
    assert main(["new", str(desk / "2026-12"), "--lang", "zh"]) == 0
    last, new = read_last(desk / "2026-11").issue, load(desk / "2026-12")
    assert (new.publication, new.staff_box, new.style, new.profile) == (
        last.publication,
        last.staff_box,
        last.style,
        last.profile,
    )
    assert (new.number, new.total_number, new.date) == (12, 87, datetime.date(2026, 12, 20))
    assert new.colophon.print_date == datetime.date(2026, 12, 19)  # the day before, as it was
    assert [page.name for page in new.pages] == [page.name for page in last.pages[:2]]
    assert not set(new.articles) & set(last.articles) - {"briefs"}
    assert (desk / "2026-12" / "pictures" / "emblem.svg").read_bytes() == (TOWN / "pictures/emblem.svg").read_bytes()


def test_comments_and_spelling_of_what_is_kept_stay(desk: Path) -> None:
    file = desk / "2026-11" / "issue.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("  print_run: 6500", "  print_run:   6500   # 每户一份")
    file.write_text(text.replace("staff_box:", "# 值班编辑轮流\nstaff_box:"), encoding="utf-8")
    assert main(["new", str(desk / "2026-12")]) == 0
    new = (desk / "2026-12" / "issue.yaml").read_text(encoding="utf-8")
    assert "  print_run:   6500   # 每户一份\n" in new
    assert "# 值班编辑轮流\nstaff_box:" in new


def test_the_modeline_leads_to_a_schema(desk: Path) -> None:
    assert main(["new", str(desk / "2026-12")]) == 0
    first_line = (desk / "2026-12" / "issue.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert (desk / "2026-12" / first_line.partition("$schema=")[2]).is_file()
    (desk / "shared").mkdir()
    (desk / "shared" / "issue.schema.json").write_text("{}", encoding="utf-8")
    file = desk / "2026-11" / "issue.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("../../schema", "../shared"), encoding="utf-8")
    assert main(["new", str(desk / "of" / "next"), "--from", str(desk / "2026-11")]) == 0
    text = (desk / "of" / "next" / "issue.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../shared/issue.schema.json\n")


@pytest.mark.parametrize(
    ("before", "due"),
    [
        ("2026-11-13", "2026-11-27"),
        ("2026-11-06", "2026-12-04"),
        ("2026-10-20", "2026-12-20"),
        ("2026-08-20", "2027-02-20"),
    ],
)
def test_it_is_due_as_long_after_the_last_as_that_after_the_one_before(desk: Path, before: str, due: str) -> None:
    earlier(desk, "before", before)
    assert next_date(issues_beside(desk / "new")).isoformat() == due


def test_a_month_after_the_31st_is_the_last_of_a_shorter_month(desk: Path) -> None:
    earlier(desk, "later", "2027-01-31")
    assert main(["new", str(desk / "next"), "--from", str(desk / "later")]) == 0
    assert load(desk / "next").date == datetime.date(2027, 3, 31)  # two months, as from November


def test_numbers_begin_again_with_the_year(desk: Path) -> None:
    assert main(["new", str(desk / "2027-01"), "--date", "2027-01-20"]) == 0
    new = load(desk / "2027-01")
    assert (new.number, new.total_number) == (1, 87)


def test_flags_go_before_what_is_reckoned(desk: Path) -> None:
    flags = ["--date", "2026-12-05", "--number", "30", "--total-number", "120", "--style", "campus"]
    assert main(["new", str(desk / "x"), *flags]) == 0
    new = load(desk / "x")
    assert (new.date.isoformat(), new.number, new.total_number, new.style) == ("2026-12-05", 30, 120, "campus")


def test_a_style_of_the_issues_own_comes_along(desk: Path) -> None:
    style = desk / "2026-11" / "ours"
    assert main(["new", "--style", str(style), "--from", "campus"]) == 0
    file = desk / "2026-11" / "issue.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("style: town", "style: ours"), encoding="utf-8")
    assert main(["new", str(desk / "2026-12")]) == 0
    for path in style.iterdir():
        assert (desk / "2026-12" / "ours" / path.name).read_bytes() == path.read_bytes()


def test_the_newest_of_several_is_followed_and_it_is_said(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    earlier(desk, "other", "2026-12-01", **{"title: 今日苇泾": "title: 柳渡月报"})
    assert main(["new", str(desk / "next"), "--lang", "zh"]) == 0
    assert "接《柳渡月报》第11期（other）；别的刊物用 --from 指明" in capsys.readouterr().err
    assert load(desk / "next").publication.title == "柳渡月报"


def test_nothing_is_overwritten(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    assert main(["new", str(desk / "2026-11"), "--publication", "--lang", "zh"]) == 1
    assert "已经有东西了，没有动它" in capsys.readouterr().err
    assert main(["new", "--style", str(desk / "2026-11")]) == 1
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before
    (desk / "empty").mkdir()
    assert main(["new", str(desk / "empty")]) == 0


def test_a_half_written_folder_is_never_left(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("layout.editor.new_issue.starter.shutil.copyfile", full)
    assert main(["new", str(desk / "2026-12")]) == 1
    assert [path.name for path in desk.iterdir()] == ["2026-11"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 2),
        (["{desk}/x", "--date", "12月20日"], 2),
        (["{desk}/x", "--number", "0"], 2),
        (["{desk}/x", "--title", "另一份"], 2),
        (["{desk}/x", "--from", "{desk}/nowhere"], 1),
        (["{desk}/x", "--style", "towm"], 1),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(
    arguments: list[str], status: int, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", *(argument.format(desk=desk) for argument in arguments), "--lang", "zh"]) == status
    assert capsys.readouterr().err.strip()
    assert not (desk / "x").exists()


def test_on_a_terminal_it_asks_and_enter_takes_what_is_usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["柳渡月报", "柳渡镇人民政府", "", "准印证号：柳内资准字第2026021号", "12月20日", "2026-12-20"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: next(answers))
    assert main(["new", str(tmp_path / "first"), "--publication"]) == 0
    new = load(tmp_path / "first")
    assert (new.publication.title, new.publication.publisher) == ("柳渡月报", "编印单位待填")
    assert new.date == datetime.date(2026, 12, 20)
    assert list(answers) == []
    answers = iter(["", "13"])
    assert main(["new", str(tmp_path / "second")]) == 0
    assert (load(tmp_path / "second").date.isoformat(), load(tmp_path / "second").number) == ("2027-01-20", 13)


def test_a_dialogue_that_is_broken_off_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", gone)
    assert main(["new", str(tmp_path / "first")]) == 2
    assert not (tmp_path / "first").exists()


def test_a_title_that_internal_material_may_not_have_is_reported_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert first(tmp_path / "x", "--title", "柳渡报") == 0
    assert "[L2]" in capsys.readouterr().err


def test_words_that_yaml_would_take_for_something_else(tmp_path: Path) -> None:
    assert first(tmp_path / "x", "--title", "no", "--sponsor", "一: 二 # 三", "--permit-no", "[12]") == 0
    publication = load(tmp_path / "x").publication
    assert (publication.title, publication.sponsor.typed, publication.permit_no) == ("no", "一: 二 # 三", "[12]")
