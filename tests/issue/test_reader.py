"""An issue's folder is read: articles, bodies, pictures, maps, and where all of it came from."""

from __future__ import annotations

import os
import pickle
from fractions import Fraction
from pathlib import Path

import pytest
from issue_folders import FAIR, GOOD, write

from layout.errors import Severity
from layout.issue import changes, load
from layout.issue.model import Issue


@pytest.fixture
def issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Issue:
    write(tmp_path / "issues" / "07")
    monkeypatch.chdir(tmp_path)
    return load("issues/07")


def test_articles_come_with_bodies_from_either_place(issue: Issue) -> None:
    ferry, fair = issue.articles["ferry"], issue.articles["fair"]
    assert [block.text for block in ferry.body.blocks] == [
        "柳渡口的新船7月1日下水，可载40人（含船员）。",
        "老船工说：“船快了，人不急。”",
    ]
    assert [block.kind for block in fair.body.blocks] == ["paragraph", "crosshead", "paragraph"]
    assert (ferry.id, ferry.rank, ferry.title, ferry.signature) == (
        "ferry",
        "lead",
        "渡口换了新船过河只要四分钟",
        "镇村建办",
    )
    assert ferry.body.characters == 39
    assert issue.problems == ()


def test_places_read_from_the_current_folder(issue: Issue) -> None:
    ferry = issue.articles["ferry"]
    assert str(ferry.mark) == "issues/07/issue.yaml:7:3"
    assert str(ferry.marks["headline"]) == "issues/07/issue.yaml:9:15"
    assert str(ferry.body.blocks[1].mark) == "issues/07/issue.yaml:14:7"
    assert str(issue.articles["fair"].body.blocks[2].place(2)).startswith("issues/07/fair.md:5:")
    assert str(issue.pages[0].areas[1].mark) == "issues/07/issue.yaml:24:9"
    assert str(issue.pages[0].marks["columns.fair"]) == "issues/07/issue.yaml:26:25"


def test_pictures_have_names_sizes_and_paths(issue: Issue) -> None:
    (picture,) = issue.articles["ferry"].pictures
    assert (picture.id, picture.width, picture.height) == ("ferry-1", 6, 4)
    assert picture.path == Path("issues/07/pictures/boat.png")
    assert issue.floats()["ferry-1"] == ("ferry", picture)


def test_a_map_is_rows_of_names_with_heights(issue: Issue) -> None:
    rows = issue.pages[0].areas
    assert [(row.lines, row.cells) for row in rows] == [
        (7, ("nameplate",)),
        (20, ("ferry", "ferry", "ferry")),
        (None, ("ferry-1", "fair", "fair")),
    ]
    assert issue.pages[0].columns == {"ferry": 3, "fair": 2}


def test_a_height_may_be_a_share(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("- 20:", "- 1/3:"))
    assert load(tmp_path).pages[0].areas[1].height.share == Fraction(1, 3)


def test_the_same_whichever_way_the_folder_is_named(issue: Issue, tmp_path: Path) -> None:
    for path in (
        tmp_path / "issues" / "07",
        "issues/07/",
        "./issues/07/issue.yaml",
        tmp_path / "issues" / "07" / "issue.yaml",
    ):
        other = load(path)
        assert other == issue
        assert other.articles["ferry"].marks == issue.articles["ferry"].marks


def test_an_issue_goes_to_another_process_whole(issue: Issue) -> None:
    copy = pickle.loads(pickle.dumps(issue))
    assert copy == issue
    assert copy.articles["ferry"].body == issue.articles["ferry"].body
    assert copy.articles["ferry"].headline.typed == "渡口换了新船|过河只要四分钟"


def test_a_file_from_a_windows_editor_reads_alike(tmp_path: Path) -> None:
    write(tmp_path / "a")
    write(tmp_path / "b", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), FAIR.replace("\n", "\r\n"))
    first, second = load(tmp_path / "a"), load(tmp_path / "b")
    assert first == second
    assert [a.body.text for a in first.articles.values()] == [a.body.text for a in second.articles.values()]


def test_what_hygiene_changed_can_be_listed(issue: Issue) -> None:
    told = [(str(mark), before, after) for mark, before, after in changes(issue)]
    assert told == [
        ("issues/07/issue.yaml:12:19", ",", "，"),
        ("issues/07/issue.yaml:12:25", "(", "（"),
        ("issues/07/issue.yaml:12:29", ")", "）"),
        ("issues/07/issue.yaml:14:11", ':"', "：“"),
        ("issues/07/issue.yaml:14:16", ",", "，"),
        ("issues/07/issue.yaml:14:21", '"', "”"),
    ]


EVERYTHING = """\
publication: {title: 柳渡月报, terms: [柳渡口], ear: [天气, 晴]}
number: 1
date: 2026-07-15
staff_box: {主编: 许知远, 校对: 林小满}
colophon: {printer: 青石印务, print_date: 2026-07-14, print_run: 800}
bulletin_foot: {submitted_to: 县委。}
teasers: [{article: news, text: 三条简讯}]
fit: {tracking: never}
articles:
  news:
    kind: briefs
    department: 镇村短讯
    headline: 简讯
    items:
      - headline: 书屋延时
        body: 开到晚上九点。
        byline: (文化站)
      - body: 冬至设摊。
  grove:
    headline: 数树
    editors_note: 一棵一棵数。
    byline: [{name: 季安, role: 通讯员, department: 林业站}, {name: 沈一}]
    drop_initial: true
    length: 400
    body: |
      一共十二棵。

      ![](grove-chart-1)

      ![](说)
    charts: [{kind: bar, unit: 棵, data: [[樟, 7], [杏, 5]]}]
    tables: [{columns: [{title: 树}, {title: 棵, align: decimal}], rows: [[樟, 7.0], [杏, 5.5]], total: [合计, 12.5]}]
    names: [{heading: 参加者, names: [江临, {name: 顾远, deceased: true}]}]
    pull_quotes: [{text: 数树就是数年轮。, speaker: 老陈, id: 说}]
    pictures:
      - {id: 叶, file: pictures/boat.png, alt: 叶, crop: [1.2, 1.8], keep: [0.1, 0, 0.9, 1]}
      - {file: pictures/boat.png, alt: 叶}
    groups: [{pictures: [叶, grove-2], columns: 2}]
  song:
    kind: verse
    headline: 收　篙
    body: |
      收篙的人

      把河水
pages:
  - {name: 要闻, spread: true, pinned: true, head_spans: {grove: 2}, columns: {grove: [2, 1]}, fit: {deck: allow}}
"""


def test_every_element_of_a_page_has_its_place(tmp_path: Path) -> None:
    issue = load(write(tmp_path, EVERYTHING))
    news, grove, song = issue.articles.values()
    assert [(b.kind, b.text) for b in news.body.blocks] == [
        ("item_head", "书屋延时"),
        ("paragraph", "开到晚上九点。"),
        ("item_byline", "文化站"),
        ("paragraph", "冬至设摊。"),
    ]
    assert [b.name for b in grove.body.blocks if b.kind == "figure"] == ["grove-chart-1", "说"]
    assert grove.signature == "林业站 通讯员 季安\u3000沈一"
    assert grove.editors_note.text == "一棵一棵数。"
    assert set(issue.floats()) == {
        "叶", "grove-2", "grove-group-1", "grove-chart-1", "grove-table-1", "grove-names-1", "说"
    }  # fmt: skip
    assert [b.number for b in song.body.blocks] == [1, 2]
    assert song.headline == "收\u3000篙"
    page = issue.pages[0]
    assert (page.spread, page.pinned, page.head_columns("grove"), page.fit.deck) == (True, True, 2, "allow")
    assert issue.staff_box == {"主编": "许知远", "校对": "林小满"}
    assert (issue.colophon.printer, issue.colophon.print_run) == ("青石印务", 800)
    assert issue.colophon.print_date.isoformat() == "2026-07-14"
    assert issue.metadata()["title"] == "柳渡月报 第1期"


def test_what_is_worth_a_look_does_not_stop_the_issue(tmp_path: Path) -> None:
    text = GOOD.replace(", alt: 一条白色渡船靠在码头", "").replace("人不急。", "人不急。下转第3版")
    issue = load(write(tmp_path, text))
    assert [(p.rule, p.severity) for p in issue.problems] == [
        ("typed-jump", Severity.WARNING),
        ("no-alt", Severity.WARNING),
    ]


def test_an_article_may_wait_for_its_text_while_the_issue_is_planned(tmp_path: Path) -> None:
    text = GOOD.replace("    body_file: fair.md\n", "    length: 400\n")
    issue = load(write(tmp_path, text), drafts=True)
    assert issue.articles["fair"].length == 400
    assert [p.rule for p in issue.problems] == ["empty-body"]


def test_reading_does_not_depend_on_the_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    before = load(tmp_path)
    monkeypatch.setitem(os.environ, "LC_ALL", "C")
    assert load(tmp_path) == before
