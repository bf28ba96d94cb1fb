"""A folder of manuscripts goes into an issue at once, and again when an author sends a new version."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
import yaml
from PIL import Image
from test_command import layout_import
from word_file import LEDE, SIGN, WordFile, p

from layout.importing import ArticleError
from layout.importing.folder.batch import ImportedBatch, Outcome, import_all
from layout.importing.folder.manuscript_folder import SourceFile, manuscripts_in, natural
from layout.issue import load

BRIDGE = "望苇桥通行了\n\n（记者 顾行舟）\n\n七月一日上午九时，望苇桥正式通行。\n\n老人们说，这一天等了三十年。\n\n桥长三百二十米，双向两车道。\n"
SCHOOL = "# 村小添了图书室\n\n（苏南枝）\n\n图书室有书四千册。\n\n周三下午全体学生去借书。\n"


def picture(colour: str, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(out, path.suffix[1:].replace("jpg", "jpeg"))
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three manuscripts, two of them with pictures beside, a saved page, and a picture that is nobody's."""
    place = tmp_path / "来稿"
    place.mkdir()
    (place / "2.望苇桥（终稿）.txt").write_text(BRIDGE, encoding="utf-8")
    picture("red", place / "望苇桥1.jpg")
    picture("green", place / "2-2.png")
    (place / "10.村小.md").write_text(SCHOOL, encoding="utf-8")
    WordFile(p("湿谷进烘房", side="center", size=22), p(LEDE), SIGN).save(place / "1.收割.docx")
    (place / "11.渔汛.html").write_text(
        "<html><body><h1>渔汛早到</h1><p>三月初，湖上已有船。渔民说，今年的水暖得早，网也下得早。</p>"
        '<img data-src="11.渔汛_files/1.jpg"></body></html>',
        encoding="utf-8",
    )
    picture("blue", place / "11.渔汛_files" / "1.jpg")
    picture("black", place / "11.渔汛_files" / "logo.png")
    picture("white", place / "IMG_0031.jpg")
    (place / "~$1.收割.docx").write_bytes(b"x")
    return place


def bring_in(folder: Path, issue: Path) -> ImportedBatch:
    return import_all(issue, manuscripts_in(folder)[0])


def outcomes(batch: ImportedBatch) -> dict[str, Outcome]:
    return {line.article: line.outcome for line in batch.manuscripts}


def content(issue: Path) -> dict[str, bytes]:
    return {path.relative_to(issue).as_posix(): path.read_bytes() for path in issue.rglob("*") if path.is_file()}


# The folder.


def test_manuscripts_stand_in_the_order_of_their_numbers_with_their_pictures(folder: Path) -> None:
    found, others = manuscripts_in(folder)
    assert [(source.name, [path.name for path in source.pictures]) for source in found] == [
        ("1.收割.docx", []),
        ("2.望苇桥（终稿）.txt", ["2-2.png", "望苇桥1.jpg"]),
        ("10.村小.md", []),
        ("11.渔汛.html", []),
    ]
    assert [path.name for path in others] == ["IMG_0031.jpg"]


def test_names_sort_with_their_numbers_as_numbers() -> None:
    assert sorted(["10-甲", "2-乙", "丙", "1-丁"], key=natural) == ["1-丁", "2-乙", "10-甲", "丙"]


def test_a_folder_of_its_own_gives_its_pictures_to_the_one_manuscript(tmp_path: Path) -> None:
    place = tmp_path / "来稿" / "3 村小"
    picture("red", place / "微信图片_20261103.jpg")
    (place / "稿子.txt").write_text(BRIDGE, encoding="utf-8")
    (source,), others = manuscripts_in(tmp_path / "来稿")
    assert (source.name, [path.name for path in source.pictures]) == ("3 村小/稿子.txt", ["微信图片_20261103.jpg"])
    assert others == []


def test_links_out_of_the_folder_are_passed_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "别处.txt").write_text(BRIDGE, encoding="utf-8")
    os.symlink(tmp_path / "别处.txt", folder / "3.别处.txt")
    assert "3.别处.txt" not in [source.name for source in manuscripts_in(folder)[0]]


def test_a_folder_of_too_many_files_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from layout.importing.folder import manuscript_folder

    monkeypatch.setattr(manuscript_folder, "FOLDER_FILES", manuscript_folder.FOLDER_FILES._replace(most=3))
    with pytest.raises(ArticleError, match="folder-files"):
        manuscripts_in(folder)


# The command.


def test_the_table_has_a_line_for_each_manuscript(
    folder: Path, issue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert layout_import(str(folder), "--into", str(issue)) == 0
    out, err = capsys.readouterr()
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["稿件", "稿名", "结果", "标题", "署名", "体裁", "字", "图", "要看"]
    assert lines[2][:5] == ["2.望苇桥（终稿）.txt", "望苇桥", "新稿", "望苇桥通行了", "记者"]
    assert lines[2][-3:-1] == ["45", "2"]
    assert [line[0] for line in lines[1:]] == [
        "1.收割.docx",
        "2.望苇桥（终稿）.txt",
        "10.村小.md",
        "11.渔汛.html",
        "合计",
    ]
    assert "1 个文件不知道归哪篇，没有导入：IMG_0031.jpg" in err
    assert "收割、望苇桥、村小、渔汛 还没有版位" in err
    articles = load(issue).articles
    assert list(articles) == ["ferry", "收割", "望苇桥", "村小", "渔汛"]
    assert len(articles["望苇桥"].pictures) == 2
    assert len(articles["渔汛"].pictures) == 1


def test_the_table_as_json(folder: Path, issue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert layout_import(str(folder), "--into", str(issue), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [(m["article"], m["outcome"], m["headline"]) for m in found["manuscripts"]] == [
        ("收割", "new", "湿谷进烘房"),
        ("望苇桥", "new", "望苇桥通行了"),
        ("村小", "new", "村小添了图书室"),
        ("渔汛", "new", "渔汛早到"),
    ]
    assert str(issue / "望苇桥.md") in found["written"]


def test_without_an_issue_the_table_is_shown_and_nothing_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(folder)
    assert layout_import(str(folder), language="en") == 0
    assert "望苇桥通行了" in capsys.readouterr().out
    assert content(folder) == before


def test_a_manuscript_that_cannot_be_read_stops_no_other(
    folder: Path, issue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "4.旧稿.doc").write_bytes(b"x")
    assert layout_import(str(folder), "--into", str(issue)) == 1
    out, err = capsys.readouterr()
    assert "没有导入" in next(line for line in out.splitlines() if line.startswith("4.旧稿.doc"))
    assert "另存为" in err
    assert len(load(issue).articles) == 5


def test_the_issues_own_folder_is_no_folder_of_manuscripts(issue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(issue)
    assert layout_import(str(issue), "--into", str(issue)) == 1
    assert "就是期号文件夹" in capsys.readouterr().err
    assert content(issue) == before


def test_an_issue_inside_the_folder_is_passed_over(folder: Path) -> None:
    inside = folder / "2026-12"
    inside.mkdir()
    (inside / "issue.yaml").write_text("articles: {}\n", encoding="utf-8")
    (inside / "旧.md").write_text(SCHOOL, encoding="utf-8")
    assert layout_import(str(folder), "--into", str(inside)) == 0
    assert "旧" not in (inside / "issue.yaml").read_text(encoding="utf-8")


# Again.


def test_what_did_not_change_is_left_as_it_is(folder: Path, issue: Path) -> None:
    bring_in(folder, issue)
    before = content(issue)
    assert set(outcomes(bring_in(folder, issue)).values()) == {Outcome.UNCHANGED}
    assert content(issue) == before


def test_a_new_version_replaces_an_article_that_nobody_touched(folder: Path, issue: Path) -> None:
    bring_in(folder, issue)
    source = folder / "2.望苇桥（终稿）.txt"
    source.write_text(BRIDGE.replace("三百二十米", "三百二十一米").replace("通行了", "通车了"), encoding="utf-8")
    assert outcomes(bring_in(folder, issue))["望苇桥"] is Outcome.REPLACED
    assert "三百二十一米" in (issue / "望苇桥.md").read_text(encoding="utf-8")
    assert load(issue).articles["望苇桥"].headline == "望苇桥通车了"
    assert outcomes(bring_in(folder, issue))["望苇桥"] is Outcome.UNCHANGED


def test_a_new_version_of_another_name_is_known(folder: Path, issue: Path) -> None:
    bring_in(folder, issue)
    (folder / "2.望苇桥（终稿）.txt").unlink()
    (folder / "2.望苇桥（终稿2）.txt").write_text(BRIDGE.replace("三十年", "四十年"), encoding="utf-8")
    assert outcomes(bring_in(folder, issue))["望苇桥"] is Outcome.REPLACED
    assert "四十年" in (issue / "望苇桥.md").read_text(encoding="utf-8")


def test_what_the_editor_changed_is_kept_and_merged(folder: Path, issue: Path) -> None:
    bring_in(folder, issue)
    body = issue / "望苇桥.md"
    body.write_text(body.read_text(encoding="utf-8").replace("老人们说", "村里的老人说"), encoding="utf-8")
    text = (issue / "issue.yaml").read_text(encoding="utf-8")
    edited = text.replace(
        "    headline: 望苇桥通行了\n", "    # 头条\n    rank: lead\n    headline: 望苇桥|今天通行  # 社长定\n"
    )
    assert edited != text
    (issue / "issue.yaml").write_text(edited, encoding="utf-8")
    (folder / "2.望苇桥（终稿）.txt").write_text(
        BRIDGE.replace("三百二十米", "三百二十一米").replace("顾行舟", "顾行舟 苏南枝"), encoding="utf-8"
    )
    batch = bring_in(folder, issue)
    assert outcomes(batch)["望苇桥"] is Outcome.MERGED
    assert "村里的老人说" in body.read_text(encoding="utf-8")
    assert "三百二十一米" in body.read_text(encoding="utf-8")
    after = (issue / "issue.yaml").read_text(encoding="utf-8")
    assert after == edited.replace("    byline: 记者 顾行舟\n", "    byline: 记者 顾行舟 苏南枝\n")


def test_a_conflict_is_shown_with_both_forms_and_the_editors_stands(
    folder: Path, issue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring_in(folder, issue)
    body = issue / "望苇桥.md"
    body.write_text(body.read_text(encoding="utf-8").replace("三百二十米", "三百二十余米"), encoding="utf-8")
    text = (issue / "issue.yaml").read_text(encoding="utf-8").replace("望苇桥通行了", "望苇桥今天通行")
    (issue / "issue.yaml").write_text(text, encoding="utf-8")
    (folder / "2.望苇桥（终稿）.txt").write_text(
        BRIDGE.replace("三百二十米", "三百二十一米")
        .replace("望苇桥通行了", "望苇桥通车了")
        .replace("三十年", "四十年"),
        encoding="utf-8",
    )
    assert layout_import(str(folder), "--into", str(issue), "--json") == 1
    out, err = capsys.readouterr()
    line = next(m for m in json.loads(out)["manuscripts"] if m["article"] == "望苇桥")
    assert line["outcome"] == "conflict"
    assert line["conflicts"] == [
        {"where": "headline", "line": 0, "editor": "望苇桥今天通行", "author": "望苇桥通车了"},
        {
            "where": "body",
            "line": 5,
            "editor": "桥长三百二十余米，双向两车道。\n",
            "author": "桥长三百二十一米，双向两车道。\n",
        },
    ]
    assert f"{body}:5:1: 提醒: 望苇桥 的 body 两边都改了" in err
    kept = body.read_text(encoding="utf-8")
    assert "三百二十余米" in kept
    assert "四十年" in kept
    assert load(issue).articles["望苇桥"].headline == "望苇桥今天通行"


def test_an_article_that_the_editor_deleted_does_not_come_back(folder: Path, issue: Path) -> None:
    bring_in(folder, issue)
    text = (issue / "issue.yaml").read_text(encoding="utf-8")
    start, end = text.index("  望苇桥:"), text.index("  村小:")
    (issue / "issue.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    (folder / "2.望苇桥（终稿）.txt").write_text(BRIDGE + "\n桥头立了碑。\n", encoding="utf-8")
    assert outcomes(bring_in(folder, issue))["望苇桥"] is Outcome.REMOVED
    assert (issue / "issue.yaml").read_text(encoding="utf-8") == text[:start] + text[end:]


def test_captions_of_the_editors_stay_with_their_pictures(folder: Path, issue: Path) -> None:
    bring_in(folder, issue)
    text = (issue / "issue.yaml").read_text(encoding="utf-8")
    text = text.replace(
        "file: pictures/望苇桥-2.jpg\n", "file: pictures/望苇桥-2.jpg\n        caption: 通车现场\n        width: 2\n"
    )
    (issue / "issue.yaml").write_text(text, encoding="utf-8")
    picture("yellow", folder / "2-2.png")
    picture("orange", folder / "2-1.png")
    batch = bring_in(folder, issue)
    assert outcomes(batch)["望苇桥"] is Outcome.MERGED
    entry = yaml.safe_load((issue / "issue.yaml").read_text(encoding="utf-8"))["articles"]["望苇桥"]
    assert entry["pictures"][1] == {
        "id": "望苇桥-2",
        "file": "pictures/望苇桥-2.jpg",
        "caption": "通车现场",
        "width": 2,
    }
    assert (issue / "pictures/望苇桥-2.jpg").read_bytes() == (folder / "望苇桥1.jpg").read_bytes()
    sent = {(folder / name).read_bytes() for name in ("2-1.png", "2-2.png")}
    assert sent <= {path.read_bytes() for path in (issue / "pictures").iterdir()}


def test_a_picture_that_the_editor_retouched_is_not_overwritten(folder: Path, issue: Path) -> None:
    bring_in(folder, issue)
    retouched = picture("purple", issue / "pictures" / "望苇桥-1.png").read_bytes()
    picture("yellow", folder / "2-2.png")
    batch = bring_in(folder, issue)
    assert outcomes(batch)["望苇桥"] is Outcome.CONFLICT
    assert (issue / "pictures" / "望苇桥-1.png").read_bytes() == retouched


def test_another_text_under_an_old_name_is_a_new_article(folder: Path, issue: Path) -> None:
    bring_in(folder, issue)
    before = (issue / "村小.md").read_bytes()
    (folder / "10.村小.md").write_text("# 运动会定在十月\n\n今年的项目有六个，各班先报名。\n", encoding="utf-8")
    found = outcomes(bring_in(folder, issue))
    assert found["村小-2"] is Outcome.NEW
    assert (issue / "村小.md").read_bytes() == before


def test_two_manuscripts_of_one_name_are_two_articles(issue: Path, tmp_path: Path) -> None:
    place = tmp_path / "来稿"
    place.mkdir()
    (place / "1.会议.txt").write_text(BRIDGE, encoding="utf-8")
    (place / "2.会议.txt").write_text(SCHOOL, encoding="utf-8")
    assert list(outcomes(bring_in(place, issue))) == ["会议", "会议-2"]
    assert list(outcomes(bring_in(place, issue))) == ["会议", "会议-2"]


# The record.


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[]",
        b'{"version": 2}',
        b'{"version": 1, "articles": {"a": {"source": 1}}}',
        b"[" * 100_000,
        '{"version": 1, "articles": {}, "x": 1}'.encode("utf-16"),
    ],
    ids=["cut", "list", "later", "wrong", "deep", "utf-16"],
)
def test_a_damaged_record_is_refused_and_nothing_written(folder: Path, issue: Path, data: bytes) -> None:
    (issue / "import-log.json").write_bytes(data)
    before = content(issue)
    with pytest.raises(ArticleError) as caught:
        bring_in(folder, issue)
    assert caught.value.problems[0].rule == "import-log"
    assert content(issue) == before


def test_a_record_that_names_files_elsewhere_writes_none(folder: Path, issue: Path, tmp_path: Path) -> None:
    bring_in(folder, issue)
    record = issue / "import-log.json"
    found = json.loads(record.read_text(encoding="utf-8"))
    article = found["articles"]["望苇桥"]
    article["entry"] = article["entry"].replace("body_file: 望苇桥.md", "body_file: ../别处.md")
    article["pictures"][0][0] = "../../别处.png"
    record.write_text(json.dumps(found), encoding="utf-8")
    (folder / "2.望苇桥（终稿）.txt").write_text(BRIDGE.replace("三十年", "四十年"), encoding="utf-8")
    before = sorted(path for path in tmp_path.rglob("*") if issue not in path.parents)
    assert outcomes(bring_in(folder, issue))["望苇桥"] in (Outcome.REFUSED, Outcome.CONFLICT)
    assert sorted(path for path in tmp_path.rglob("*") if issue not in path.parents) == before


def test_a_record_that_is_a_link_out_of_the_folder_is_refused(folder: Path, issue: Path, tmp_path: Path) -> None:
    (tmp_path / "别处.json").write_text('{"version": 1}', encoding="utf-8")
    os.symlink(tmp_path / "别处.json", issue / "import-log.json")
    with pytest.raises(ArticleError):
        bring_in(folder, issue)


def test_all_is_written_or_nothing(folder: Path, issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from layout.runtime import files

    before = content(issue)
    real = files.put

    def put(draft: Path, target: Path) -> None:
        if target.name == "import-log.json":
            raise OSError(28, "No space left on device")
        real(draft, target)

    monkeypatch.setattr(files, "put", put)
    with pytest.raises(ArticleError, match="No space left"):
        bring_in(folder, issue)
    assert content(issue) == before


def test_one_file_and_then_its_folder_are_the_same_manuscript(folder: Path, issue: Path) -> None:
    path = folder / "10.村小.md"
    import_all(issue, [SourceFile(path, path.name)])
    assert outcomes(bring_in(folder, issue))["村小"] is Outcome.UNCHANGED
