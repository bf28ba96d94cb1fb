"""An issue of eight pages from the files as offices send them, by the documented commands alone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from raw_files import BESIDE, MANUSCRIPTS, SAMPLES, raw_files

import layout
from layout.cli.main import main
from layout.issue.hygiene import clean

PAGES = "pages: [{name: 要闻}, {name: 民生}, {name: 民生}, {name: 校园}, {name: 校园}, {name: 副刊}, {name: 副刊}, {name: 综合}]"
TOO_SMALL = "巡诊车"


def plain(text: str) -> str:
    return clean(re.sub(r"[\s|]+", " ", text))


@pytest.mark.slow
def test_an_issue_of_eight_pages_comes_of_raw_files_and_few_edits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pillow_heif")
    shutil.copytree(SAMPLES / "2026-11", tmp_path / "2026-11")
    raw_files(tmp_path / "来稿")
    monkeypatch.chdir(tmp_path)
    assert main(["new", "2026-12", "--from", "2026-11", "-y"]) == 0
    capsys.readouterr()
    assert main(["import", "来稿", "--into", "2026-12", "--json"]) == 0
    table = json.loads(capsys.readouterr().out)["manuscripts"]
    assert [line["outcome"] for line in table] == ["new"] * len(MANUSCRIPTS)
    assert sum(line["pictures"] for line in table) == 3 + len(BESIDE)

    # What the editor does by hand: the samples go, eight pages, the picture that is too small goes.
    file = tmp_path / "2026-12" / "issue.yaml"
    text = file.read_text("utf-8")
    text = re.sub(r"  # 样稿：.*?  # 样稿到此为止。\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^pages:\n(?:  .*\n)+", f"{PAGES}\n", text, flags=re.MULTILINE)
    text = re.sub(rf"    pictures:\n      - id: {TOO_SMALL}-1\n        file: .*\n", "", text)
    file.write_text(text, "utf-8")

    issue = layout.load(file)
    samples = {name: layout.load(SAMPLES / name) for name in ("2026-11", "campus-autumn")}
    by_file = {Path(line["file"]).stem.removesuffix("-account"): line["article"] for line in table}
    for sent in MANUSCRIPTS:
        got, sample = issue.articles[by_file[sent.name]], samples[sent.issue].articles[sent.article]
        for field in ("headline", "kicker", "deck", "dateline"):
            assert plain(getattr(got, field)) == plain(getattr(sample, field)), (sent.name, field)
        if sample.byline:
            assert plain(got.byline) == plain(sample.byline), sent.name
        if sample.kind in ("verse", "questions", "letter", "names"):
            assert got.kind == sample.kind, sent.name
    main(["check", "2026-12", "--lang", "en"])
    said = capsys.readouterr()
    assert ": error" not in said.out + said.err
    assert main(["build", "2026-12", "-o", "八版.pdf", "--no-cache"]) == 0
    assert (tmp_path / "八版.pdf").stat().st_size > 100_000
