"""What is written back lies in the issue's folder: imported articles, mended texts, the files of a new issue."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
import yaml
from hostile import WORDS, everything_opened, secrets

import issues
from layout.cli.main import main
from layout.style.new import copy_style


def tree(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "bridge.md"
    file.write_text("# 望苇桥通行了\n\n桥今天通行。\n", encoding="utf-8")
    return file


BODIES = ["../secrets/old.md", "{secrets}/old.md", "linked/old.md", "texts/../../secrets/old.md", "'../secrets/old.md'"]


@pytest.mark.parametrize("body", BODIES)
def test_an_import_writes_nowhere_else(body: str, article: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    hidden = secrets(tmp_path / "secrets")
    folder = tmp_path / "issue"
    issues.write(
        folder, f"number: 1\narticles:\n  old:\n    headline: 旧\n    body_file: {body.format(secrets=hidden)}\n"
    )
    (folder / "linked").symlink_to(hidden)
    before, text = tree(hidden), (folder / "issue.yaml").read_text()
    assert main(["import", str(article), "--into", str(folder)]) == 1
    assert "outside-folder" in "".join(capsys.readouterr())
    assert tree(hidden) == before
    assert (folder / "issue.yaml").read_text() == text


def test_an_import_follows_no_link_out_of_the_issue(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    hidden = secrets(tmp_path / "secrets")
    (hidden / "issue.yaml").write_text("number: 1\narticles:\n  old: {headline: 旧}\n", encoding="utf-8")
    before = tree(hidden)
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "issue.yaml").symlink_to(hidden / "issue.yaml")
    assert main(["import", str(article), "--into", str(linked)]) == 1
    article_link = issues.write(tmp_path / "issue", "number: 1\n")
    (article_link / "bridge.md").symlink_to(hidden / "canary.md")
    assert main(["import", str(article), "--into", str(article_link)]) == 1
    (article_link / "bridge.md").unlink()
    (article_link / "bridge.md").symlink_to(hidden / "new.md")
    assert main(["import", str(article), "--into", str(article_link)]) == 1
    assert WORDS not in "".join(capsys.readouterr())
    assert tree(hidden) == before


def test_an_import_brings_no_picture_out_through_a_link(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    hidden = secrets(tmp_path / "secrets")
    (tmp_path / "pages").mkdir()
    (hidden / "canary.png").rename(tmp_path / "pages" / "boat.png")
    page = tmp_path / "pages" / "a.html"
    page.write_text("<h1>船</h1><p>船来了。</p><img src='boat.png'>", encoding="utf-8")
    folder = issues.write(tmp_path / "issue", "number: 1\n")
    (folder / "pictures").symlink_to(hidden)
    before = tree(hidden)
    assert main(["import", str(page), "--into", str(folder), "--id", "boat"]) == 1
    assert "outside-folder" in "".join(capsys.readouterr())
    assert tree(hidden) == before


MANUSCRIPTS = {
    "picture above": "<h1>船</h1><p>字<img src='../secrets/canary.png'></p>",
    "picture by file": "<h1>船</h1><p>字<img src='file://{secrets}/canary.png'></p>",
    "picture by link": "<h1>船</h1><p>字<img src='link.png'></p>",
    "encoded": "<h1>船</h1><p>字<img src='%2e%2e/secrets/canary.png'></p>",
    "entity": '<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secrets}/canary.txt">]><h1>船</h1><p>字&x;</p>',
    "xhtml": '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secrets}/canary.txt">]>'
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>船</h1><p>字&x;</p></body></html>',
    "frame": "<h1>船</h1><p>字</p><iframe src='../secrets/canary.html'></iframe><object data='../secrets/canary.html'>",
}


@pytest.mark.parametrize("page", MANUSCRIPTS)
def test_a_page_of_the_web_brings_nothing_from_beside_its_folder(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    hidden = secrets(tmp_path / "secrets")
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "a.html"
    file.write_text(MANUSCRIPTS[page].format(secrets=hidden), encoding="utf-8")
    (tmp_path / "in" / "link.png").symlink_to(hidden / "canary.png")
    folder = issues.write(tmp_path / "issue", "number: 1\n")
    with everything_opened() as opened:
        main(["import", str(file), "--into", str(folder), "--id", "boat"])
    assert not [name for name in opened if os.path.realpath(name).startswith(str(hidden)) or "NETWORK" in name]
    assert WORDS not in "".join(capsys.readouterr())
    assert not [path for path, data in tree(folder).items() if WORDS.encode() in data or path.endswith(".png")]


PARTS = {
    "entity": '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file://{secrets}/canary.txt">]>{head}<w:p><w:r><w:t>字&x;</w:t></w:r>'
    "</w:p>{tail}",
    "parameter": '<!DOCTYPE w:document [<!ENTITY % x SYSTEM "file://{secrets}/canary.txt"> %x;]>{head}<w:p><w:r><w:t>字</w:t>'
    "</w:r></w:p>{tail}",
}


@pytest.mark.parametrize("part", PARTS)
def test_a_word_file_brings_no_entity_from_elsewhere(part: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    hidden = secrets(tmp_path / "secrets")
    source = Path(__file__).parents[1] / "importing" / "saved_by_libreoffice.docx"
    file = tmp_path / "a.docx"
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    text = (
        PARTS[part]
        .replace("{secrets}", str(hidden))
        .replace("{head}", head)
        .replace("{tail}", "</w:body></w:document>")
    )
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == "word/document.xml" else old.read(name))
    with everything_opened() as opened:
        main(["import", str(file)])
    assert not [name for name in opened if os.path.realpath(name).startswith(str(hidden)) or "NETWORK" in name]
    assert WORDS not in "".join(capsys.readouterr())


# fix

MENDABLE = "publication: {title: 试刊, sponsor: 试刊社}\nnumber: 1\ndate: 2026-11-20\narticles:\n  a:\n    headline: 旧\n    body_file: %s\n"


@pytest.mark.parametrize("body", ["../secrets/typo.md", "{secrets}/typo.md", "link.md", "../issue/typo.md"])
def test_nothing_is_mended_outside_the_folder(body: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    hidden = secrets(tmp_path / "secrets")
    (hidden / "typo.md").write_text("他说 : ,,好,, .  " + WORDS, encoding="utf-8")
    folder = issues.write(tmp_path / "issue", MENDABLE % body.format(secrets=hidden))
    (folder / "typo.md").write_text("他说,好.\n", encoding="utf-8")
    (folder / "link.md").symlink_to(hidden / "typo.md")
    before = tree(hidden)
    with everything_opened() as opened:
        assert main(["fix", str(folder)]) == 1
    assert not [name for name in opened if os.path.realpath(name).startswith(str(hidden))]
    assert "outside-folder" in (said := "".join(capsys.readouterr()))
    assert WORDS not in said
    assert tree(hidden) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["issue", "secrets"]


def test_a_mended_file_behind_a_link_inside_stays_a_link(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    folder = issues.write(tmp_path / "issue", MENDABLE % "now.md")
    (folder / "texts").mkdir()
    (folder / "texts" / "a.md").write_text("他说,好。\n", encoding="utf-8")
    (folder / "now.md").symlink_to("texts/a.md")
    main(["fix", str(folder)])
    assert (folder / "now.md").is_symlink()
    assert (folder / "texts" / "a.md").read_text(encoding="utf-8") == "他说，好。\n"


# new


def last(folder: Path, hidden: Path, **publication: str) -> Path:
    data = issues.issue({"a": issues.article(200)}, [{30: " ".join(["a"] * 6)}])
    data["publication"] |= publication
    issues.write(folder, data)
    (folder / "link.png").symlink_to(hidden / "canary.png")
    return folder


@pytest.mark.parametrize("emblem", ["../secrets/canary.png", "{secrets}/canary.png", "link.png"])
def test_a_new_issue_takes_over_nothing_from_outside_the_last(emblem: str, tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    old = last(tmp_path / "old", hidden, emblem=emblem.format(secrets=hidden))
    before = set(tree(tmp_path))
    with everything_opened() as opened:
        main(["new", str(tmp_path / "new"), "--from", str(old), "--yes"])
    assert not [name for name in opened if os.path.realpath(name).startswith(f"{hidden}/canary")]
    assert not [path for path in set(tree(tmp_path)) - before if "canary" in path or "link" in path]


def test_a_new_issue_takes_over_a_style_without_its_links_out(tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    old = last(tmp_path / "old", hidden)
    text = (old / "issue.yaml").read_text(encoding="utf-8").replace("style: town", "style: own")
    (old / "issue.yaml").write_text(text, encoding="utf-8")
    (old / "own").mkdir()
    (old / "own" / "style.yaml").write_text("name: own\nextends: town\n", encoding="utf-8")
    (old / "own" / "a.css").symlink_to(hidden / "canary.css")
    assert main(["new", str(tmp_path / "new"), "--from", str(old), "--yes"]) == 0
    assert sorted(path.name for path in (tmp_path / "new" / "own").iterdir()) == ["style.yaml"]


def test_a_copied_style_brings_no_links_out(tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "style.yaml").write_text("name: own\nextends: town\n", encoding="utf-8")
    (tmp_path / "own" / "a.css").symlink_to(hidden / "canary.css")
    copy_style(str(tmp_path / "own"), tmp_path / "copy")
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["style.yaml"]
    assert yaml.safe_load((tmp_path / "copy" / "style.yaml").read_text())["name"] == "copy"
