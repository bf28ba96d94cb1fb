"""Proofs: what the editor signs off, the proofreader reads, and the comparison with an earlier build."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import issues
import layout
from layout.cli.main import main
from layout.editor.build import make_build
from layout.editor.proofs.comparison import compare
from layout.editor.proofs.proof_sheet import MAGENTA, RED, proof_composition
from layout.editor.proofs.text_proof import text_proof


def story(folder: Path, characters: int = 1350, **fields: object) -> Path:
    """An issue of two pages, one story running from the first to the second."""
    articles = {
        "harvest": issues.article(characters, byline="农业服务中心"),
        "market": issues.article(300, headline="集市开在腊月里"),
    }
    data = issues.issue(articles, [{20: "harvest"}, {30: "market"}], {"harvest": 3, "market": 2}, **fields)
    data["pages"].append({"name": "综合", "areas": [{10: "harvest"}, {40: "."}], "columns": {"harvest": 2}})
    return issues.write(folder, data)


def proof(folder: Path) -> layout.Composition:
    build = make_build(folder, 1)
    return proof_composition(build.composition, build.style.grid.grid(build.style.sheet))


def labels(composition: layout.Composition, page: int) -> list[str]:
    return [line.text for f in composition.pages[page - 1].frames if f.role == "proof" for line in f.lines]


def test_a_proof_sheet_says_how_much_each_column_holds(tmp_path: Path) -> None:
    folder = story(tmp_path)
    composed = layout.compose(layout.load(folder))
    sheet = proof(folder)
    fit = {fit.article: fit for fit in composed.fit}
    assert f"harvest {fit['harvest'].characters}/{fit['harvest'].capacity} 字" in labels(sheet, 1)
    market = [f for f in composed.pages[0].frames if f.article == "market" and f.role == "body"]
    for frame in market:
        said = f"{len(frame.lines)} 行 {sum(len(line.text) for line in frame.lines)} 字"
        assert said in labels(sheet, 1)


def test_threads_are_arrows_from_column_to_column_and_to_the_next_page(tmp_path: Path) -> None:
    sheet = proof(story(tmp_path))
    heads = [[s for b in page.boxes for s in b.shapes if s.fill == MAGENTA] for page in sheet.pages]
    # harvest: two steps inside page 1 and one away; on page 2 one that comes and one inside. market has one column.
    assert [len(found) for found in heads] == [3, 2]
    assert "→ 第2版" in labels(sheet, 1)
    assert "第1版 →" in labels(sheet, 2)


@pytest.mark.slow
def test_overset_stands_in_red_under_the_last_column(tmp_path: Path) -> None:
    folder = story(tmp_path, 5000)
    over = layout.compose(layout.load(folder)).overset[0]
    sheet = proof(folder)
    assert f"+{over.characters} 字 {over.lines} 行" in labels(sheet, over.page)
    assert any(s.fill == RED for b in sheet.pages[over.page - 1].boxes for s in b.shapes)


def test_the_text_proof_has_every_line_once_and_what_found_no_room(tmp_path: Path) -> None:
    folder = story(tmp_path, 5000)
    build = make_build(folder, 1)
    said = text_proof(build.issue, build.composition)
    printed = [
        line.text
        for article in ("harvest", "market")
        for page in build.composition.pages
        for frame in page.frames
        for line in frame.lines
        if (frame.article, frame.role) == (article, "body")
    ]
    typed = build.issue.articles["harvest"].body.text
    lines = [line[7:].strip("\u3000 ") for line in said.splitlines() if line[:5].strip().isdigit()]
    assert [line for line in lines if not line.startswith("（")] == printed
    section = said.split("【market】")[0]
    numbered = [line[7:].strip("\u3000 ") for line in section.splitlines() if line[:5].strip().isdigit()]
    left = section.split("〔没有排下")[1].split("\n", 1)[1].strip()
    assert "".join(line for line in numbered if not line.startswith("（")) + left == typed


def test_the_command_writes_pictures_a_pdf_and_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = story(tmp_path / "issue"), tmp_path / "proof"
    assert main(["proof", str(folder), "-o", str(out), "--ppi", "72", "--lang", "zh"]) == 0
    written = capsys.readouterr().out.split()
    assert written == [str(out / name) for name in ("page-1.png", "page-2.png", "proof.pdf", "text.txt")]
    with pikepdf.open(out / "proof.pdf") as pdf:
        width, height = (float(value) for value in pdf.pages[0].mediabox[2:])
    assert Image.open(out / "page-1.png").size == pytest.approx((width, height), abs=1)
    found = subprocess.run(["pdftotext", str(out / "proof.pdf"), "-"], capture_output=True, text=True, check=True)
    assert "审核" in found.stdout
    assert "harvest" in found.stdout


def test_a_clean_proof_is_the_page_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = story(tmp_path / "issue"), tmp_path / "proof"
    main(["proof", str(folder), "-o", str(out), "--clean", "--ppi", "72"])
    capsys.readouterr()
    assert Image.open(out / "page-1.png").size == pytest.approx((595, 842), abs=1)


def test_an_overset_issue_is_proofed_with_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = story(tmp_path / "issue", 5000), tmp_path / "proof"
    assert main(["proof", str(folder), "-o", str(out), "--ppi", "72"]) == 1
    assert (out / "page-1.png").is_file()
    assert "overset" in capsys.readouterr().err


@pytest.mark.slow
def test_comparing_finds_the_page_and_the_place_that_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = story(tmp_path / "issue"), tmp_path / "proof"
    old = tmp_path / "old.pdf"
    layout.compose(layout.load(folder)).write_pdf(old)
    assert main(["proof", str(folder), "-o", str(out), "--compare", str(old), "--lang", "zh"]) == 0
    assert "没有不同" in capsys.readouterr().out
    text = (folder / "issue.yaml").read_text(encoding="utf-8")
    (folder / "issue.yaml").write_text(text.replace("集市开在腊月里", "集市开在正月里"), encoding="utf-8")
    assert main(["proof", str(folder), "-o", str(out), "--compare", str(old), "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "第 1 版 1 处不同" in said
    assert "第 2 版" not in said
    picture = Image.open(out / "compare-1.png").convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1 << 20)}
    assert any(r > 200 > 100 > max(g, b) for r, g, b in colours)  # what only the old one had
    assert any(b > 200 > 100 > max(r, g) for r, g, b in colours)  # what only the new one has


def test_comparing_with_the_folder_of_an_earlier_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = story(tmp_path / "issue"), tmp_path / "proof"
    main(["proof", str(folder), "-o", str(out), "--ppi", "72"])
    capsys.readouterr()
    assert main(["proof", str(folder), "-o", str(tmp_path / "new"), "--compare", str(out), "--lang", "en"]) == 0
    assert capsys.readouterr().out.strip() == "nothing differs"


def test_a_page_more_is_reported(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    layout.compose(layout.load(story(tmp_path / "a"))).write_pdf(two)
    with pikepdf.open(two) as pdf:
        del pdf.pages[1]
        pdf.save(one)
    assert [(d.page, d.only) for d in compare(one, two)] == [(2, "new")]


@pytest.mark.parametrize("old", ["nowhere.pdf", "text.txt"])
def test_what_cannot_be_compared_is_reported(tmp_path: Path, old: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = story(tmp_path / "issue")
    (tmp_path / "text.txt").write_text("no PDF")
    command = ["proof", str(folder), "-o", str(tmp_path / "proof"), "--compare", str(tmp_path / old), "--lang", "en"]
    assert main(command) == 1
    assert old in capsys.readouterr().err


def test_an_issue_that_cannot_be_read_gives_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "layout", "proof", str(tmp_path / "nothing"), "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
