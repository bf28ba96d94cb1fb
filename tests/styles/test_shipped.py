"""The styles that come with the library: every furniture fragment, read back from the PDF."""

from __future__ import annotations

import shutil
from pathlib import Path

import pdfplumber
import pytest
import yaml

import layout
from issues import article, issue, write
from layout.errors import has_errors
from layout.production import build
from layout.style.reader import load_style, shipped_styles

pytestmark = pytest.mark.slow  # each style is drawn

WIDTH = 595.276
ISSUES = Path(__file__).parents[2] / "issues"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><rect width="40" height="20"/></svg>'

PUBLICATION = {
    "title": "试刊",
    "sponsor": "试刊镇",
    "publisher": "试刊编辑组",
    "permit_no": "准印证号2026017",
    "permit_notice": "内部资料，免费交流",
}
EVERYTHING = {
    "total_number": 86,
    "staff_box": {"主编": "周怡", "校对": "沈小满"},
    "colophon": {
        "distribution": "本镇居民",
        "printer": "禾阳印务",
        "print_date": "2026-11-19",
        "print_run": 6500,
        "address": "人民路18号",
        "phone": "5550-2316",
        "email": "a@weijing.example",
        "website": "weijing.example",
    },
    "bulletin_head": {"classification": "注意保存"},
    "bulletin_foot": {
        "submitted_to": "县委。",
        "copied_to": "各局。",
        "issued_to": "各乡镇。",
        "approver": "顾怀瑾",
        "editor": "周以宁",
        "phone": "0800-5550-118",
        "print_run": 120,
    },
}
HEADS = ["秋收过半晒谷场上灯火通明", "水站换了新泵", "桥头集市开张", "书屋晚上九点关门"]


def furnished(style: str, names: list[str], publication: dict | None = None, **fields) -> dict:
    """An issue of one page with these furniture fragment, nine lines each."""
    units = load_style(style).grid.units
    rows: list[dict] = [{9: name} for name in names] + [{8: " ".join(["a"] * units)}]
    data = issue({"a": article(80)}, rows, style=style, **fields)
    return data | {"publication": PUBLICATION | (publication or {})}


def words(tmp_path: Path, data: dict, page: int = 1) -> list[dict]:
    """The words of a page of the built PDF, each with its place."""
    folder = write(tmp_path / "issue", data)
    report = build(folder, tmp_path / "out.pdf", cache=False)
    assert report.pdf, [problem.in_language("zh") for problem in report.problems]
    with pdfplumber.open(report.pdf) as pdf:
        return pdf.pages[page - 1].extract_words(keep_blank_chars=False, use_text_flow=False)


def text(tmp_path: Path, data: dict, page: int = 1) -> str:
    return "".join(word["text"] for word in words(tmp_path, data, page))


def test_three_styles_are_shipped() -> None:
    assert {"bulletin", "campus", "town"} <= set(shipped_styles())


@pytest.mark.parametrize("style", ["town", "campus", "bulletin"])
def test_every_piece_is_drawn_with_all_that_an_issue_may_say_and_with_nothing(style: str, tmp_path: Path) -> None:
    pieces = [name for name in load_style(style).furniture if name != "folio_line"]
    bare = {"title": "试刊", "sponsor": "", "publisher": "", "permit_no": "", "permit_notice": ""}
    for number, name in enumerate(pieces):
        for full in (True, False):
            data = furnished(style, [name], None if full else bare, **(EVERYTHING if full else {}))
            pages = layout.compose(layout.load(write(tmp_path / f"{number}{full}", data)))
            assert not has_errors(pages.problems), (name, full, pages.problems)
            assert name in {box.name for box in pages.pages[0].boxes}


@pytest.mark.parametrize("style", ["town", "campus", "bulletin"])
def test_page_numbers_stand_at_the_outer_edge(style: str, tmp_path: Path) -> None:
    data = furnished(style, [])
    units = load_style(style).grid.units
    for name in "bcd":
        data["articles"][name] = article(80)
        data["pages"].append({"name": f"{name}版", "areas": [{8: " ".join([name] * units)}]})
    folder = write(tmp_path / "issue", data)
    report = build(folder, tmp_path / "out.pdf", cache=False)
    with pdfplumber.open(report.pdf) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            if number == 1 and style != "bulletin":
                continue  # the front page has its nameplate
            margin = page.filter(lambda o: o.get("top", 0) < 45 or o.get("top", 0) > 785)
            (word,) = [w for w in margin.extract_words() if w["text"].strip("—") == str(number)]
            at = (word["x0"] + word["x1"]) / 2
            assert (at > WIDTH - 130) if number % 2 else (at < 130), (style, number, at)


@pytest.mark.parametrize("style", ["town", "campus"])
def test_two_ears_stand_beside_the_title(style: str, tmp_path: Path) -> None:
    data = furnished(style, ["nameplate"], {"ear": ["天气", "多云"], "ear_left": ["本期", "八版"]}, **EVERYTHING)
    found = {word["text"]: word["x0"] for word in words(tmp_path, data)}
    title = next(x for word, x in found.items() if word.startswith("试") and x > 100)
    assert found["八版"] < 150 < title < 430 < found["多云"]


@pytest.mark.parametrize("style", ["town", "campus", "bulletin"])
def test_a_drawn_title_takes_the_place_of_the_set_one(style: str, tmp_path: Path) -> None:
    (tmp_path / "issue").mkdir()
    (tmp_path / "issue" / "title.svg").write_text(SVG)
    piece = "bulletin_head" if style == "bulletin" else "nameplate"
    plain, drawn = furnished(style, [piece]), furnished(style, [piece], {"logotype": "title.svg"})
    sizes = [max(float(word["bottom"] - word["top"]) for word in words(tmp_path, data)) for data in (plain, drawn)]
    assert sizes[0] > 40 > sizes[1]


def test_teasers_name_the_pages_that_the_build_finds(tmp_path: Path) -> None:
    data = furnished("town", ["teasers"])
    for name, head in zip("bcd", HEADS[1:], strict=True):
        data["articles"][name] = article(80, rank="major", headline=head)
        data["pages"].append({"name": name, "areas": [{20: name}]})
    assert "第2版水站换了新泵第3版桥头集市开张第4版书屋晚上九点关门" in text(tmp_path, data)
    data["pages"][1:] = reversed(data["pages"][1:])
    assert "第2版书屋晚上九点关门第3版桥头集市开张第4版水站换了新泵" in text(tmp_path, data)
    data["teasers"] = [{"article": "b", "text": "新泵一天能送三千吨水"}, {"article": "d"}]
    assert "第4版新泵一天能送三千吨水第2版书屋晚上九点关门" in text(tmp_path, data)


@pytest.mark.parametrize("style", ["town", "campus", "bulletin"])
def test_a_colophon_says_all_that_the_law_wants(style: str, tmp_path: Path) -> None:
    """Rule L1."""
    said = text(tmp_path, furnished(style, ["colophon"], **EVERYTHING))
    for part in (
        "准印证号2026017",
        "内部资料，免费交流",
        "试刊编辑组",
        "本镇居民",
        "禾阳印务",
        "11月19日",
        "6500份",
        "第1期",
    ):
        assert part in said, part


def test_a_staff_box_prints_posts_as_they_are_written(tmp_path: Path) -> None:
    said = text(tmp_path, furnished("town", ["staff_box"], **EVERYTHING))
    assert "主编周怡校对沈小满" in said
    assert "电话5550-2316" in said


def test_a_bulletin_has_the_head_and_foot_of_an_official_paper(tmp_path: Path) -> None:
    data = furnished("bulletin", ["bulletin_head"], **EVERYTHING)
    data["articles"]["b"] = article(80, headline="水站换了新泵", department="工作动态")
    data["pages"].append({"name": "二", "areas": [{20: "b b"}, {6: "bulletin_foot"}]})
    head = text(tmp_path, data)
    for part in ("注意保存", "试刊", "第1期（总第86期）", "试刊编辑组", "2026年11月20日", "本期目录"):
        assert part in head, part
    assert "水站换了新泵（2）" in head
    foot = text(tmp_path, data, 2)
    assert "报：县委。送：各局。发：各乡镇。" in foot
    assert "签发：顾怀瑾编辑：周以宁" in foot
    assert foot.index("发：各乡镇。") < foot.index("（共印120份）")
    with pdfplumber.open(tmp_path / "out.pdf") as pdf:
        red = [edge for edge in (*pdf.pages[0].rects, *pdf.pages[0].lines, *pdf.pages[0].curves)
               if edge["width"] > 400 and tuple(edge["non_stroking_color"] or ()) == (0, 1, 1, 0.1)]  # fmt: skip
    assert red, "the red rule under the head"


def test_a_bulletin_is_one_column_of_larger_type(tmp_path: Path) -> None:
    data = furnished("bulletin", [])
    data["articles"]["a"] = article(600)
    data["pages"][0]["areas"] = [{30: "a a"}]
    pages = layout.compose(layout.load(write(tmp_path, data)))
    body = [frame for frame in pages.pages[0].frames if frame.role == "body"]
    assert {frame.column for frame in body} == {1}
    assert {line.size for frame in body for line in frame.lines} == {12.0}
    baselines = [line.baseline for frame in body for line in frame.lines]
    assert {round((b - baselines[0]) % 20, 3) for b in baselines} <= {0.0, 20.0}


# The sample issues in these styles.


@pytest.mark.parametrize("name", ["campus-autumn", "bulletin-12"])
def test_the_samples_compose_without_a_fault(name: str) -> None:
    loaded = layout.load(ISSUES / name)
    pages = layout.compose(loaded)
    assert [problem.in_language("zh") for problem in pages.problems if problem.severity.name == "ERROR"] == []
    assert not pages.overset


def test_the_campus_sample_has_two_jumps_and_a_double_truck() -> None:
    pages = layout.compose(layout.load(ISSUES / "campus-autumn")).pages
    assert [page.name for page in pages][3:5] == ["跨版专题", "跨版专题"]
    said = {(page.number, line.text) for page in pages for frame in page.frames for line in frame.lines
            if frame.role in ("jump_line", "continuation_line")}  # fmt: skip
    assert said == {
        (1, "（下转第3版）"),
        (3, "（上接第1版）老锅炉房变成长明自习室"),
        (2, "（下转第6版）"),
        (6, "（上接第2版）凌晨四点的面点房"),
    }


@pytest.mark.parametrize("style", ["town", "campus", "bulletin"])
@pytest.mark.parametrize("title", ["青", "今日苇泾", "苇泾镇居民生活通讯周刊"])
def test_a_title_of_any_length_keeps_clear_of_the_ears(style: str, title: str, tmp_path: Path) -> None:
    piece = "bulletin_head" if style == "bulletin" else "nameplate"
    ears = {"ear": ["天气", "多云"], "ear_left": ["本期", "八版"]}
    data = furnished(style, [piece], {"title": title} | ears)
    words(tmp_path, data)
    with pdfplumber.open(tmp_path / "out.pdf") as pdf:
        found = [char for char in pdf.pages[0].chars if char["size"] > 18 and char["top"] < 170]
    assert "".join(char["text"] for char in found) == title
    room = (80, WIDTH - 80) if style == "bulletin" else (36 + 116, WIDTH - 36 - 116)
    assert room[0] <= found[0]["x0"]
    assert found[-1]["x1"] <= room[1]


@pytest.mark.parametrize("style", ["town", "campus", "bulletin"])
def test_every_element_of_the_specimen_is_set_in_each_style(style: str, tmp_path: Path) -> None:
    """One article a page; text keeps to the style's grid and stays in its type area, whatever the element."""
    folder = tmp_path / "specimen"
    shutil.copytree(ISSUES / "specimen", folder)
    data = yaml.safe_load((folder / "issue.yaml").read_text(encoding="utf-8"))
    own = load_style(style)
    grid = own.grid.grid(own.sheet)
    units = " ".join(["{0}"] * grid.units)
    data["style"] = style
    data["pages"] = [{"name": name, "areas": [{grid.lines: units.format(name)}]} for name in data["articles"]]
    data.pop("teasers", None)
    for one in data["articles"].values():
        one.pop("headline_direction", None)  # which wants an area of its own
    pages = layout.compose(layout.load(write(folder, data)))
    faults = {problem.rule for problem in pages.problems if problem.severity.name == "ERROR"}
    assert not faults - {"overset", "inset-left-over"}, faults
    frames = [frame for page in pages.pages for frame in page.frames]
    assert {frame.role for frame in frames} >= {
        "body",
        "headline",
        "kicker",
        "deck",
        "summary",
        "department",
        "caption",
    }
    for frame in frames:
        for line in frame.lines:
            assert line.x >= grid.left - 0.01, (frame.role, line.text)
            assert line.x + line.width <= grid.left + grid.width + 0.01, (frame.role, line.text)
    on_grid = [line.baseline - grid.baseline(0) for frame in frames if frame.role == "body" for line in frame.lines]
    assert all(abs(y / grid.leading - round(y / grid.leading)) < 1e-3 for y in on_grid)
