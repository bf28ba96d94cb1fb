"""What an editor sees at once and a program must: by the corpus, and case by case."""

from __future__ import annotations

import io
import sys
from collections import Counter
from pathlib import Path

import pytest
from corpus import originals, score_half
from corpus.characters import came, files, held
from corpus.scoring import FIELDS, LEAST, table
from word_file import LEDE, SIGN, Bring, WordFile, image, p, r, told
from word_file import table as word_table

from layout.importing import id_of, import_article, write_into
from layout.issue import load

TITLE = p("题目", style="a3")
MANUAL = Path(__file__).parents[2] / "docs" / "manuscripts.md"
MARK = "<!-- python -m corpus aside -->\n\n"


@pytest.mark.slow
@pytest.mark.parametrize("half", ["open", "aside", "fresh"])
def test_the_fields_of_the_corpus_are_found(half: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """`pytest --update` writes the figures of the manual anew."""
    count, scores = score_half(half, tmp_path)
    assert count >= 60
    for name in FIELDS:
        one = scores[name]
        assert min(one.precision, one.recall) >= LEAST[half], (name, one.misses)
    if half == "aside":
        begin, mark, shown = MANUAL.read_text(encoding="utf-8").partition(MARK)
        if request.config.getoption("--update"):
            MANUAL.write_text(begin + mark + table(count, scores), encoding="utf-8")
            shown = table(count, scores)
        assert shown == table(count, scores)


def test_no_character_of_the_corpus_is_lost(tmp_path: Path) -> None:
    """By a reader of each format that shares no code with the importers."""
    for path in files(tmp_path):
        came_in, told_of = came(import_article(path))
        assert held(path) - came_in - told_of == Counter(), path.name


def test_no_name_of_an_original_is_used_twice() -> None:
    names = [one["name"] for half in ("open", "aside", "fresh") for one in originals(half)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("安环部  卫守拙", "安环部 卫守拙"),
        ("（安环部 卫守拙）", "安环部 卫守拙"),
        ("节能办　水怀瑾", "节能办 水怀瑾"),
        ("文/王英 图/李芳", "文/王英 图/李芳"),
        ("厂长 欧阳北辰", "厂长 欧阳北辰"),
    ],
)
def test_a_centred_line_of_department_and_name_is_the_byline(line: str, byline: str, bring: Bring) -> None:
    got = bring(
        WordFile(p("三号锅炉停炉检修", side="center", size=22), p(line, side="center", size=16), p(LEDE, size=16))
    )
    assert (got.fields.get("byline"), got.fields.get("deck")) == (byline, None)


def test_where_an_author_works_does_not_replace_the_author(bring: Bring) -> None:
    got = bring(f"雨棚下的书摊\n\n余青\n\n　　{LEDE}\n（作者单位：质检中心）\n")
    assert got.fields["byline"] == "余青"
    assert "质检中心" in told(got, "about-author")


def test_a_row_of_totals_and_its_table_are_read_by_an_issue(bring: Bring, issue: Path) -> None:
    rows = [[p(cell) for cell in row] for row in (["村", "吨"], ["东圩", "12"], ["南荡", "7"], ["合计", "19"])]
    got = bring(WordFile(TITLE, p(LEDE), word_table(*rows), p(LEDE), SIGN))
    written = write_into(issue, got, "water")
    (found,) = load(written.issue).articles["water"].tables
    assert (found.id, [list(row) for row in found.rows], list(found.total)) == (
        "water-table-1",
        [["东圩", "12"], ["南荡", "7"]],
        ["合计", "19"],
    )


@pytest.mark.parametrize("attribute", ["src", "data-src", "data-original", "data-lazy-src", "_src"])
def test_a_picture_beside_a_page_is_found_whichever_attribute_names_it(
    attribute: str, bring: Bring, tmp_path: Path
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "1.png").write_bytes(image())
    other = "data-src" if attribute != "data-src" else "src"
    page = f"<h1>新船下水</h1><p>{LEDE}</p><img {attribute}='files/1.png' {other}='https://a.example/640'><p>{LEDE}</p>"
    assert len(bring(page.encode(), "页.html").pictures) == 1


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("安全｜三千天怎么算", "安全｜三千天怎么算"),
        ("安全 | 三千天怎么算 | 苇泾政府网", "安全 ｜ 三千天怎么算"),
        ("湿谷_苇泾镇", "湿谷"),
    ],
)
def test_a_title_is_not_cut_at_a_bar_but_before_the_name_of_a_site(title: str, headline: str, bring: Bring) -> None:
    got = bring(
        f"<html><head><title>{title}</title></head><body><p>{LEDE}</p><p>{LEDE}</p></body></html>".encode(), "页.html"
    )
    assert got.fields["headline"] == headline


def test_the_words_round_a_page_of_an_account_are_left_out_and_reported(bring: Bring) -> None:
    body = f"<p>点击上方蓝字关注我们</p><p>{LEDE}</p><p>END</p><p>编辑：白洛　审核：顾行简</p><p>长按识别二维码关注我们</p>"
    got = bring(f"<h1>新船下水</h1>{body}".encode(), "页.html")
    assert got.body == f"{LEDE}\n"
    assert all(words in told(got, "boilerplate") for words in ("蓝字", "END", "二维码"))
    assert "白洛" in told(got, "editors")


def test_a_note_that_nothing_explains_comes_in_as_it_was_typed(bring: Bring, issue: Path) -> None:
    got = bring(f"# 新船下水\n\n{LEDE}[^1]\n\n{LEDE}\n".encode(), "稿.md")
    written = write_into(issue, got, "boat")
    assert "[^1]" in load(written.issue).articles["boat"].body.text


def test_a_tracked_change_is_reported_as_what_became_of_what(bring: Bring) -> None:
    change = '<w:del w:id="1"><w:r><w:delText>二十六</w:delText></w:r></w:del>' + f'<w:ins w:id="2">{r("6")}</w:ins>'
    got = bring(WordFile(TITLE, p(LEDE), p(r("这个月共开了"), change, r("次会。")), SIGN))
    assert "“二十六”改为“6”；现为：这个月共开了6次会。" in told(got, "tracked-changes")


def test_what_print_changes_is_reported_with_both_forms_and_its_place(bring: Bring) -> None:
    got = bring(f"新船,下水\n\n　　{LEDE}\n　　船能坐40人(含船员).日期：7月20日    地点：渡口\n".encode(), "稿.txt")
    said = told(got, "hygiene")
    assert "headline“新船,下水”→“新船，下水”" in said
    assert "正文第 3 行“40人(含船员”→“40人（含船员”" in said
    assert "20日    地点：”→“20日　地点：”" in said
    assert "船,下水" in got.fields["headline"]  # the file keeps what was typed


def heic() -> bytes:
    pillow_heif = pytest.importorskip("pillow_heif")
    from PIL import Image

    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.new("RGB", (128, 96), "teal").save(out, "HEIF")
    return out.getvalue()


def test_a_picture_of_a_phone_becomes_a_jpeg_of_the_same_size(bring: Bring, tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "1.heic").write_bytes(heic())
    (picture,) = bring(f"<h1>新船</h1><p>{LEDE}</p><img src='1.heic'><p>{LEDE}</p>".encode(), "页.html").pictures
    assert (picture.suffix, picture.usable, Image.open(io.BytesIO(picture.data)).size) == (".jpg", True, (128, 96))


def test_without_its_reader_a_picture_of_a_phone_is_kept_and_the_way_out_reported(
    bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "1.heic").write_bytes(heic())
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    got = bring(f"<h1>新船</h1><p>{LEDE}</p><img src='1.heic'><p>{LEDE}</p>".encode(), "页.html")
    assert (got.pictures[0].suffix, got.pictures[0].usable) == (".heic", False)
    assert "JPEG" in next(note.remedy.zh for note in got.notes if note.rule == "picture-kind")


def test_a_list_of_names_is_set_as_one(bring: Bring, issue: Path) -> None:
    got = bring(f"先进个人名单\n\n　　{LEDE}\n一线\n丁铁山 柏 青 欧阳北辰\n管理\n方汀 卫昭\n".encode(), "名单.txt")
    written = write_into(issue, got, id_of(Path("名单.txt")))
    article = load(written.issue).articles["名单"]
    assert article.kind == "names"
    assert [(group.heading, list(group.names)) for group in article.names] == [
        ("一线", ["丁铁山", "柏青", "欧阳北辰"]),
        ("管理", ["方汀", "卫昭"]),
    ]


def test_news_that_names_people_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "稿.txt"
    path.write_text(f"新船下水\n\n　　{LEDE}\n　　参加试航的有顾行简、卫昭、沈一舟。\n", "utf-8")
    assert "kind" not in import_article(path).fields
