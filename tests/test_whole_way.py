"""From an issue folder to a PDF: nothing lost, nothing out of place, the same bytes every time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import layout
from issues import article, copy, issue, write
from layout.composition import Composition

FORBIDDEN_START = set("、，。．：；！？”’）〕】〗］｝》〉」』·～")
FORBIDDEN_END = set("“‘（〔【〖［｛《〈「『")
MARKS = "，。；：！？、"
SENTENCES = st.text(
    alphabet="春种秋收山高水长灯火通明风调雨顺" + MARKS + "“”（）《》0123456789aK", min_size=1, max_size=400
)
MAPS = [
    ([{30: "a"}, {20: "b"}], {"a": 3, "b": 2}),
    ([{20: "a b"}, {30: "b"}], {"b": 2}),
    ([{5: "a.headline"}, {12: "a"}, {17: "a b b"}, {16: "b"}], {"a": 3}),
    ([{4: "a.headline"}, {10: "a"}, {10: "b a.2"}, {20: "a.3"}], {"a": [2, 1, 3]}),
]


@st.composite
def issues(draw):
    areas, columns = draw(st.sampled_from(MAPS))
    bodies = draw(st.lists(st.lists(SENTENCES, min_size=1, max_size=5), min_size=2, max_size=2))
    articles = {
        name: article(
            headline=copy(draw(st.integers(4, 20))), body="\n\n".join("文" + p for p in paragraphs), byline="党群办"
        )
        for name, paragraphs in zip("ab", bodies, strict=True)
    }
    return issue(articles, areas, columns)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed(pages: Composition, id: str) -> str:
    """An article's body as it stands on its pages, line after line."""
    frames = [frame for page in pages.pages for frame in page.frames if frame.article == id and frame.role == "body"]
    return bare("".join(line.text for frame in frames for line in frame.lines))


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=issues())
def test_text_in_is_text_out_and_no_line_leaves_its_frame(data, tmp_path):
    folder = write(tmp_path, data)
    loaded = layout.load(folder)
    pages = layout.compose(loaded)
    left_over = {over.article: over.characters for over in pages.overset}
    for id, written in loaded.articles.items():
        text = bare(written.body.text)
        found = printed(pages, id)
        assert text.startswith(found)
        assert len(text) - len(found) <= left_over.get(id, 0)
    for page in pages.pages:
        for frame in page.frames:
            for line in frame.lines:
                assert line.x >= frame.x - 4.6  # an opening mark stands half an em outside, its ink flush
                assert line.x + line.width <= frame.x + frame.width + 0.1
                if frame.role == "body" and not line.ends_paragraph:
                    assert line.text[0] not in FORBIDDEN_START or line.start == 0
    assert layout.compose(loaded) == pages


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=issues())
def test_all_body_baselines_stand_on_the_grid(data, tmp_path):
    pages = layout.compose(layout.load(write(tmp_path, data)))
    lines = [line for page in pages.pages for frame in page.frames if frame.role == "body" for line in frame.lines]
    assert all(
        abs((line.baseline - 50 - 10.92) % 15) < 1e-6 or abs((line.baseline - 50 - 10.92) % 15 - 15) < 1e-6
        for line in lines
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    articles = {"a": article(700, byline="党群办", dateline="本镇讯"), "b": article(500)}
    return write(
        tmp_path_factory.mktemp("issue"),
        issue(articles, [{7: "nameplate"}, {4: "a.headline"}, {16: "a"}, {17: "a b b"}], {"a": 3, "b": 1}),
    )


def test_independent_readers_have_nothing_to_say(folder, tmp_path):
    pdf = layout.build(folder, tmp_path / "out.pdf").pdf
    assert pdf
    for command in (
        ["qpdf", "--check", str(pdf)],
        ["mutool", "draw", "-q", "-o", str(tmp_path / "m%d.png"), "-r", "36", str(pdf)],
        ["pdftoppm", "-r", "36", str(pdf), str(tmp_path / "p")],
        ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=nullpage", str(pdf)],
    ):
        done = subprocess.run(command, capture_output=True, text=True)
        # Debian builds MuPDF without colour management, and it says so of every file that has a profile
        said = done.stderr.replace("warning: ICC support is not available\n", "")
        assert (done.returncode, said) == (0, ""), command[0]


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_anywhere(folder, tmp_path):
    first = tmp_path / "first.pdf"
    layout.build(folder, first, cache=False)
    elsewhere = tmp_path / "elsewhere" / "deep"
    shutil.copytree(folder, elsewhere)
    environment = os.environ | {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "7", "LANG": "zh_CN.UTF-8"}
    second = tmp_path / "second.pdf"
    command = [sys.executable, "-m", "layout", "build", str(elsewhere), "-o", str(second), "--no-cache"]
    subprocess.run(command, env=environment, check=True, capture_output=True, cwd=tmp_path)
    assert first.read_bytes() == second.read_bytes()


def test_a_build_with_warm_caches_gives_the_same_bytes(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / "cache"))
    pdfs = []
    for number in range(2):
        layout.build(folder, tmp_path / f"{number}.pdf")
        pdfs.append((tmp_path / f"{number}.pdf").read_bytes())
    layout.build(folder, tmp_path / "without.pdf", cache=False)
    assert pdfs[0] == pdfs[1] == (tmp_path / "without.pdf").read_bytes()


def test_the_composition_is_printed_as_json(folder, capsys):
    import json

    from layout.cli.main import main

    assert main(["compose", str(folder)]) == 0
    tree = json.loads(capsys.readouterr().out)
    frame = next(frame for frame in tree["pages"][0]["frames"] if frame["role"] == "body")
    assert frame["article"] == "a"
    assert frame["lines"][0]["glyphs"][0] == ["本", frame["lines"][0]["x"]]
    assert {"text", "x", "baseline", "width", "size", "face", "paragraph", "start", "end"} <= set(frame["lines"][0])
