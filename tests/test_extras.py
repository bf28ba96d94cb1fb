"""What an installation leaves out is named by its extra where it is needed, and missed nowhere else."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

import layout
from issues import article, copy, issue, write
from layout.cli.main import main
from layout.editor import doctor
from layout.runtime.extras import EXTRAS, ExtraName, is_installed

TOP = Path(__file__).parent.parent
CHART = {"id": "c", "kind": "bar", "data": [["香樟", 612], ["银杏", 306]], "title": "全校树木", "unit": "棵"}


def leave_out(monkeypatch: pytest.MonkeyPatch, *names: ExtraName) -> None:
    """Python finds none of the modules that these extras install."""
    for name in names:
        for module in EXTRAS[name].modules:
            for loaded in [one for one in sys.modules if one == module or one.startswith(f"{module}.")]:
                monkeypatch.delitem(sys.modules, loaded)
            monkeypatch.setitem(sys.modules, module, None)


def with_a_chart(folder: Path) -> Path:
    told = {"body": copy(40), "charts": [CHART]}
    return write(folder, issue({"a": told}, [{20: "a"}, {10: "c"}]))


def test_every_extra_is_one_of_the_distribution_and_all_has_them_all() -> None:
    extras = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(EXTRAS) <= set(extras)
    assert extras["all"] == [f"newsletter-layout[{','.join(EXTRAS)}]"]
    for name, extra in EXTRAS.items():
        assert len(extras[name]) == len(extra.modules)


def test_a_chart_without_matplotlib_is_an_error_at_the_chart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = with_a_chart(tmp_path / "issue")
    assert not [one for one in layout.compose(layout.load(folder)).problems if one.rule == "missing-extra"]
    leave_out(monkeypatch, "charts")
    report = layout.build(folder, tmp_path / "a.pdf", cache=False)
    problem = next(one for one in report.problems if one.rule == "missing-extra")
    assert (report.ok, (tmp_path / "a.pdf").exists()) == (False, False)
    assert "pip install 'newsletter-layout[charts]'" in problem.in_language("en")
    assert problem.mark is not None
    assert problem.mark.file.endswith("issue.yaml")


def test_an_issue_without_charts_needs_no_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out(monkeypatch, *EXTRAS)
    folder = write(tmp_path / "issue", issue({"a": article(300)}, [{20: "a"}]))
    assert layout.build(folder, tmp_path / "a.pdf", cache=False).ok


def test_an_article_from_word_without_python_docx_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("渡口添了新船，比旧船长四米。")
    document.save(str(tmp_path / "news.docx"))
    leave_out(monkeypatch, "word")
    assert main(["import", str(tmp_path / "news.docx"), "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert "news.docx" in said
    assert "pip install 'newsletter-layout[word]'" in said
    (tmp_path / "news.txt").write_text("渡口添了新船\n\n新船比旧船长四米。\n", encoding="utf-8")
    assert main(["import", str(tmp_path / "news.txt"), "--lang", "en"]) == 0


def test_the_preview_without_its_packages_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_out(monkeypatch, "preview")
    assert main(["preview", str(tmp_path), "--lang", "en"]) == 2
    assert "pip install 'newsletter-layout[preview]'" in capsys.readouterr().err


def test_doctor_names_what_is_left_out_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    (whole,) = doctor.extras()
    assert whole.good is True
    leave_out(monkeypatch, "charts", "word")
    assert (is_installed("charts"), is_installed("preview"), is_installed("word")) == (False, True, False)
    (finding,) = doctor.extras()
    assert finding.good is None
    assert "pip install 'newsletter-layout[charts,word]'" in finding.in_language("en")
