"""The source page comes out as it was printed: four column breaks and all line counts, read back from the PDF.

The page's text is not ours: the tests set its shape (for each paragraph the run of Han, marks and digits). With
SOURCE_PAGE naming a folder that holds `articles.yaml` and `column-breaks.yaml` they hold the text itself to it too.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import defaultdict
from itertools import cycle, pairwise
from pathlib import Path

import pdfplumber
import pytest
import yaml
from source_page import write_issue

import layout

SHAPE = Path(__file__).parent / "fixtures" / "source_shape.yaml"
HAN, DIGITS = cycle("山高水长风清月明春华秋实"), cycle("12468017395")
EM, LEFT, TOP, LEADING = 9.0, 36.638, 50.0, 15.0
# article → (page, first line of its area, [(left edge in em, measure, lines)]): what the printed page had
PRINTED = {
    "lead": (1, 14, [(0, 18, 29), (20, 18, 12), (40, 18, 12)]),
    "safety": (1, 26, [(20, 28, 15)]),
    "branch": (2, 5, [(0, 28, 16), (30, 28, 16)]),
    "branch.2": (2, 21, [(0, 28, 16)]),
    "deputies": (2, 21, [(30, 28, 21)]),
}
THREADS = {"lead": ["lead"], "safety": ["safety"], "branch": ["branch", "branch.2"], "deputies": ["deputies"]}


def words(shape: str) -> str:
    """Neutral text of a shape."""
    parts = []
    for token in shape.split():
        if token.isdigit():
            parts += [next(HAN) for _ in range(int(token))]
        elif token[0] == "#":
            parts += [next(DIGITS) for _ in range(int(token[1:]))]
        else:
            parts.append(" " if token == "_" else token)
    return "".join(parts)


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A folder with articles in the shape of the source page, or the source page itself."""
    if given := os.environ.get("SOURCE_PAGE"):
        return Path(given)
    folder = tmp_path_factory.mktemp("shape")
    shape = yaml.safe_load(SHAPE.read_text(encoding="utf-8"))
    for article in shape["articles"]:
        article["headline"], article["byline"] = words(article["headline"]), words(article["byline"])
        article["paragraphs"] = [words(paragraph) for paragraph in article["paragraphs"]]
    (folder / "articles.yaml").write_text(yaml.safe_dump({"articles": shape["articles"]}, allow_unicode=True))
    (folder / "column-breaks.yaml").write_text(yaml.safe_dump({"column_breaks": shape["column_breaks"]}))
    return folder


@pytest.fixture(scope="module")
def pdf(source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("issue")
    write_issue(source, folder)
    report = layout.build(folder, folder / "out.pdf")
    assert report.ok, [problem.in_language() for problem in report.problems]
    with pdfplumber.open(report.pdf) as opened:
        yield opened


def typed(source: Path) -> dict[str, list[str]]:
    articles = yaml.safe_load((source / "articles.yaml").read_text(encoding="utf-8"))["articles"]
    return {article["id"]: [bare(p) for p in article["paragraphs"]] for article in articles}


def bare(text: str) -> str:
    """Without spaces, marks full width: what extraction and typing have in common."""
    return re.sub(r"\s", "", text).translate(str.maketrans(",;:?!()", "，；：？！（）"))


def columns(pdf, name: str) -> list[list[list[dict]]]:
    """The glyphs of each line of each column of an article, by their origins in the PDF."""
    number, first, shapes = PRINTED[name]
    page = pdf.pages[number - 1]
    bleed = float(page.trimbox[0])
    found = []
    for left, measure, _ in shapes:
        rows: dict[int, list[dict]] = defaultdict(list)
        for char in page.chars:
            x, y = char["matrix"][4] - bleed, page.height - char["matrix"][5] - bleed
            em, row = (x - LEFT) / EM - left, (y - TOP - 10.92) / LEADING
            body = "Song-Regular" in char["fontname"] and abs(char["size"] - EM) < 0.01
            if body and -0.51 <= em < measure and abs(row - round(row)) < 0.01 and round(row) >= first:
                rows[round(row)].append({"text": char["text"], "em": em})
        lines, row = [], min(rows)
        while row in rows:
            lines.append(sorted(rows[row], key=lambda char: char["em"]))
            row += 1
        found.append(lines)
    return found


def text(line: list[dict]) -> str:
    return bare("".join(char["text"] for char in line))


@pytest.mark.parametrize("name", PRINTED)
def test_every_column_has_the_lines_it_had_in_print(pdf, name):
    assert [len(lines) for lines in columns(pdf, name)] == [lines for *_, lines in PRINTED[name][2]]


@pytest.mark.parametrize("id", THREADS)
def test_the_columns_hold_the_whole_text_in_order(pdf, source, id):
    read = "".join(text(line) for name in THREADS[id] for column in columns(pdf, name) for line in column)
    assert read == "".join(typed(source)[id])


def test_the_four_column_breaks_fall_where_they_fell_in_print(pdf, source):
    breaks = yaml.safe_load((source / "column-breaks.yaml").read_text(encoding="utf-8"))["column_breaks"]
    texts = typed(source)
    raw = {a["id"]: a["paragraphs"] for a in yaml.safe_load((source / "articles.yaml").read_text())["articles"]}
    found = set()
    for id, names in THREADS.items():
        lines = [column for name in names for column in columns(pdf, name)]
        at = 0
        for column in lines[:-1]:
            at += sum(len(text(line)) for line in column)
            paragraph, offset = 0, at
            while offset > len(texts[id][paragraph]):
                offset -= len(texts[id][paragraph])
                paragraph += 1
            found.add((id, paragraph + 1, offset))
    wanted = {
        (b["article"], b["paragraph"], len(bare(raw[b["article"]][b["paragraph"] - 1][: b["offset"]]))) for b in breaks
    }
    assert found == wanted


def test_every_line_but_last_ones_is_as_wide_as_its_measure(pdf, source):
    for name, (_, _, shapes) in PRINTED.items():
        for (_, measure, _), lines in zip(shapes, columns(pdf, name), strict=True):
            full = [line for line, after in pairwise(lines) if after[0]["em"] < 1]
            assert all(abs(line[-1]["em"] + 1 - measure) < 0.01 for line in full if line[-1]["text"].isalpha())
            assert all(line[0]["em"] > -0.51 for line in lines)


def test_extraction_gives_each_article_whole(pdf, source):
    read = bare(subprocess.run(["pdftotext", "-raw", pdf.path, "-"], capture_output=True, check=True, text=True).stdout)
    read = re.sub(r"\f", "", read)
    for paragraphs in typed(source).values():
        assert "".join(paragraphs) in read


def test_digits_are_half_an_em(pdf):
    steps = [
        after["em"] - char["em"]
        for name in PRINTED
        for column in columns(pdf, name)
        for line in column
        for char, after in pairwise(line)
        if char["text"].isdigit() and after["text"].isdigit()
    ]
    assert steps
    assert all(abs(step - 0.5) < 0.01 for step in steps)
