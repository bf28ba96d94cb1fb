"""Articles come out of Word as their authors meant them."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_file import (
    LEDE,
    SIGN,
    Bring,
    WordFile,
    field,
    image,
    lost_words,
    numbered,
    p,
    picture,
    r,
    table,
    text_box,
    told,
    unsure,
)

from layout.importing import Imported, import_article
from layout.issue.body import Block
from layout.issue.markdown import parse
from layout.records import Prose

HERE = Path(__file__).parent
BOLD, KAI, HEI = "<w:b/>", '<w:rFonts w:eastAsia="楷体_GB2312"/>', '<w:rFonts w:eastAsia="黑体"/>'


def parsed(imported: Imported) -> tuple[Block, ...]:
    """The body as the issue's reader takes it."""
    body, problems = parse(Prose.of_file(imported.body, "稿.md"))
    assert not problems
    return body.blocks


def test_styles_say_what_is_headline_kicker_and_deck(bring: Bring) -> None:
    got = bring(
        WordFile(
            p("全镇晚稻收割完毕", style="yt"),
            p("湿谷当晚进烘房", style="a3"),
            p("晒粮不再看天色", style="a4"),
            p(LEDE),
            SIGN,
        )
    )
    assert got.fields == {
        "kicker": "全镇晚稻收割完毕",
        "headline": "湿谷当晚进烘房",
        "deck": "晒粮不再看天色",
        "byline": "镇农业服务中心",
    }
    assert got.body == f"{LEDE}\n"
    assert not unsure(got)


def test_heading_1_is_the_headline_and_heading_2_a_crosshead(bring: Bring) -> None:
    got = bring(WordFile(p("湿谷进烘房", style="1"), p(LEDE), p("卖得出", style="2"), p(LEDE), SIGN))
    assert got.fields["headline"] == "湿谷进烘房"
    assert got.body == f"{LEDE}\n\n## 卖得出\n\n{LEDE}\n"


def test_under_a_title_heading_1_is_a_crosshead(bring: Bring) -> None:
    got = bring(WordFile(p("湿谷进烘房", style="a3"), p(LEDE), p("卖得出", style="1"), p(LEDE), SIGN))
    assert got.fields["headline"] == "湿谷进烘房"
    assert "## 卖得出" in got.body
    assert not told(got, "several-headlines")


def test_a_style_based_on_the_title_is_one(bring: Bring) -> None:
    word = WordFile(p("湿谷进烘房", style="own"), p(LEDE), SIGN)
    word.styles["own"] = ("今日苇泾大题", '<w:basedOn w:val="a3"/>')
    assert bring(word).fields["headline"] == "湿谷进烘房"


def test_without_styles_size_and_centring_tell_the_headline_block_and_it_is_said(bring: Bring) -> None:
    got = bring(
        WordFile(
            p("全镇晚稻收割完毕", side="center", size=14),
            p("湿谷当晚进烘房", side="center", size=22),
            p("晒粮不再看天色", side="center", size=22),
            p("——收割侧记", side="center", size=14),
            p(LEDE),
            SIGN,
        )
    )
    assert got.fields["kicker"] == "全镇晚稻收割完毕"
    assert got.fields["headline"] == "湿谷当晚进烘房|晒粮不再看天色"
    assert got.fields["deck"] == "——收割侧记"
    note = next(n for n in got.notes if n.rule == "unsure-headline")
    assert "22 磅" in note.what.zh
    assert note.mark
    assert note.mark.line == 2


def test_a_forced_break_in_a_headline_is_where_it_may_be_broken(bring: Bring) -> None:
    got = bring(WordFile(p(r("湿谷进烘房"), "<w:r><w:br/></w:r>", r("晒粮不看天"), style="a3"), p(LEDE), SIGN))
    assert got.fields["headline"] == "湿谷进烘房|晒粮不看天"


def test_without_any_sign_the_file_names_the_article_and_it_is_said(bring: Bring) -> None:
    got = bring(WordFile(p(LEDE), p(LEDE), SIGN), "收割.docx")
    assert got.fields["headline"] == "收割"
    assert "no-headline" in unsure(got)


def test_a_dateline_with_its_reporter_leaves_the_text(bring: Bring) -> None:
    got = bring(WordFile(p("湿谷进烘房", style="a3"), p(f"本镇讯（通讯员 何佳） {LEDE}")))
    assert got.fields["dateline"] == "本镇讯"
    assert got.fields["byline"] == "通讯员 何佳"
    assert got.body == f"{LEDE}\n"


def test_bold_hei_kai_and_italic_are_marked(bring: Bring) -> None:
    got = bring(
        WordFile(
            p("题目", style="a3"),
            p(
                r(f"{LEDE}其中"),
                r("粗体", BOLD),
                r("、"),
                r("黑体字", HEI),
                r("、"),
                r("楷体", KAI),
                r("和"),
                r("斜体", "<w:i/>"),
                r("。"),
            ),
            SIGN,
        )
    )
    assert got.body == f"{LEDE}其中**粗体**、**黑体字**、*楷体*和*斜体*。\n"


def test_a_bold_lead_in_is_parted_from_its_text(bring: Bring) -> None:
    got = bring(WordFile(p("题目", style="a3"), p(LEDE), p(r("把表填细。", BOLD), r("表上只列八项。")), SIGN))
    assert "**把表填细。** 表上只列八项。" in got.body


def test_where_all_text_is_kai_or_bold_it_is_no_emphasis(bring: Bring) -> None:
    got = bring(WordFile(p("题目", style="a3"), p(r(LEDE, KAI + BOLD)), p(r(LEDE, KAI + BOLD)), SIGN))
    assert "*" not in got.body
    assert "粗体" in told(got, "formatting")


def test_a_short_bold_line_is_a_crosshead_and_it_is_said(bring: Bring) -> None:
    got = bring(WordFile(p("题目", style="a3"), p(LEDE), p(r("小户的谷子照旧晒", BOLD)), p(LEDE), SIGN))
    assert "## 小户的谷子照旧晒" in got.body
    assert "小户的谷子照旧晒" in told(got, "unsure-crosshead")


def test_numbered_lines_with_text_under_them_are_crossheads_and_in_a_row_a_list(bring: Bring) -> None:
    lines = [
        "一、主要做法",
        "（一）先看水路",
        LEDE,
        "（二）再定工期",
        LEDE,
        "二、今年要办",
        "三、明年要办",
        "四、后年要办",
        LEDE,
    ]
    got = bring(WordFile(p("题目", style="a3"), p(LEDE), *(p(line) for line in lines), SIGN))
    kinds = [block.kind for block in parsed(got)]
    assert [block.source for block in parsed(got) if block.kind == "crosshead"] == [
        "一、主要做法",
        "（一）先看水路",
        "（二）再定工期",
    ]
    assert kinds.count("paragraph") == 7


def test_numbers_that_word_writes_by_itself_are_text(bring: Bring) -> None:
    word = WordFile(
        p("题目", style="a3"),
        p(LEDE),
        numbered("先烘", 1),
        numbered("后晒", 1),
        numbered("甲村", 2, 1),
        p(LEDE),
        numbered("卖得出", 3),
        p(LEDE),
        numbered("卖上价", 3),
        p(LEDE),
        numbered("丙村", 2),
        numbered("再收", 1),
        SIGN,
    )
    word.numbering(_1=("decimal", "%1."), _2=("bullet", "·"), _3=("chineseCounting", "%1、"))
    got = bring(word)
    body = got.body
    assert [block.label for block in parsed(got) if block.kind == "list"] == ["1.", "2.", "•", "•", "3."]
    assert "1. 先烘\n2. 后晒\n   - 甲村\n" in body
    assert "## 一、卖得出" in body
    assert "## 二、卖上价" in body
    assert "3. 再收" in body


def test_a_table_is_a_table(bring: Bring) -> None:
    got = bring(WordFile(p("题目", style="a3"), p(LEDE), table(["村", "亩"], ["桃浜|村", "6200"]), SIGN))
    assert "| 村 | 亩 |\n| --- | --- |\n| 桃浜\\|村 | 6200 |" in got.body


def test_merged_cells_are_parted_and_reported(bring: Bring) -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("合计")}</w:tc>'
    down = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc>"
    got = bring(
        WordFile(p("题目", style="a3"), p(LEDE), table(["村", "亩", "吨"], [wide, "9"], [down, "1", "2"]), SIGN)
    )
    assert "| 合计 |   | 9 |\n|   | 1 | 2 |" in got.body
    assert "merged-cells" in unsure(got)


def test_a_table_inside_a_table_is_reported(bring: Bring) -> None:
    inner = table(["甲", "乙"], ["丙", "丁"])
    got = bring(WordFile(p("题目", style="a3"), p(LEDE), table(["村", "亩"], ["桃浜", inner + p("")]), SIGN))
    assert "甲 乙；丙 丁" in got.body
    assert "nested-table" in unsure(got)


def test_a_picture_comes_out_byte_for_byte_with_its_caption_and_credit(bring: Bring) -> None:
    word = WordFile(
        p("题目", style="a3"),
        p(LEDE),
        p(picture("rId10", "暮色中的石桥")),
        p("傍晚的石桥。（王明 摄）", style="a5"),
        p(LEDE),
        SIGN,
    )
    word.part("media/image1.png", data := image(3000, 2000), "image")
    got = bring(word)
    (shown,) = got.pictures
    assert shown.data == data
    assert (shown.caption, shown.credit, shown.alt, shown.suffix) == ("傍晚的石桥。", "王明 摄", "暮色中的石桥", ".png")
    assert "石桥。" not in got.body
    assert "3000×2000" in told(got, "picture")


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("图为铺回原处的石板。 王文炳摄", "图为铺回原处的石板。", "王文炳 摄"),
        ("▲石板路　党群办 供图", "石板路", "党群办 供图"),
        ("图1：石板路（图片来源：镇村建办）", "石板路", "来源：镇村建办"),
        ("图片说明：晒谷场", "晒谷场", ""),
    ],
)
def test_captions_without_a_style(bring: Bring, line: str, caption: str, credit: str) -> None:
    word = WordFile(p("题目", style="a3"), p(LEDE), p(picture("rId10")), p(line), p(LEDE), SIGN)
    word.part("media/image1.png", image(), "image")
    (shown,) = bring(word).pictures
    assert (shown.caption, shown.credit) == (caption, credit)


def test_a_short_centred_line_under_a_picture_is_a_caption_but_not_surely(bring: Bring) -> None:
    word = WordFile(
        p("题目", style="a3"), p(LEDE), p(picture("rId10")), p("晒谷场上的竹匾", side="center"), p(LEDE), SIGN
    )
    word.part("media/image1.png", image(), "image")
    got = bring(word)
    assert got.pictures[0].caption == "晒谷场上的竹匾"
    assert "unsure-caption" in unsure(got)


@pytest.mark.parametrize("size", [0, 22])
def test_a_headline_under_a_picture_is_no_caption(bring: Bring, size: float) -> None:
    word = WordFile(p(picture("rId10")), p("湿谷进烘房", side="center", size=size), p(LEDE), SIGN)
    word.part("media/image1.png", image(), "image")
    got = bring(word)
    assert got.fields["headline"] == "湿谷进烘房"
    assert got.pictures[0].caption == ""


def test_tracked_changes_are_accepted_and_reported(bring: Bring) -> None:
    got = bring(
        WordFile(
            p("题目", style="a3"),
            p(
                r(LEDE),
                f'<w:ins w:id="1" w:author="何佳">{r("后来加的。")}</w:ins>',
                '<w:del w:id="2"><w:r><w:delText>删去的。</w:delText></w:r></w:del>',
            ),
            SIGN,
        )
    )
    assert got.body == f"{LEDE}后来加的。\n"
    assert "“删去的。”改为“后来加的。”" in told(got, "tracked-changes")


def test_paragraphs_run_on_where_the_end_between_them_was_deleted(bring: Bring) -> None:
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    got = bring(WordFile(p("题目", style="a3"), p(LEDE[:20], properties=gone), p(LEDE[20:]), SIGN))
    assert got.body == f"{LEDE}\n"


def test_footnotes_go_to_the_end_with_their_marks(bring: Bring) -> None:
    mark = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    word = WordFile(p("题目", style="a3"), p(r(LEDE[:-1]), mark, r("。")), p("末段说完了。（党群办）"))
    word.notes("footnotes", _3=p("<w:r><w:footnoteRef/></w:r>", r(" 见《苇泾水利志》。")), _9=p("没有引用的一条"))
    got = bring(word)
    assert got.body == f"{LEDE[:-1]}①。\n\n末段说完了。\n\n①见《苇泾水利志》。\n"
    assert got.fields["byline"] == "党群办"
    assert "没有引用的一条" in told(got, "footnote")


def test_comments_headers_and_footers_are_reported_and_left_out(bring: Bring) -> None:
    word = WordFile(p("题目", style="a3"), p(r(LEDE), '<w:r><w:commentReference w:id="1"/></w:r>'), SIGN)
    word.notes("comments", _1=p("这个数要核实"), _2=p("全文再读一遍"))
    word.part("header1.xml", f'<w:hdr xmlns:w="{WORD}">{p("内部资料")}</w:hdr>', "header")
    word.part("footer1.xml", f'<w:ftr xmlns:w="{WORD}">{p("第1页")}</w:ftr>', "footer")
    got = bring(word)
    assert got.body == f"{LEDE}\n"
    assert "第 2 段：何佳 的批注没有带进来：这个数要核实" in told(got, "comment")
    assert "全文再读一遍" in told(got, "comment")
    assert {"内部资料", "第1页"} <= set(told(got, "header").replace("：", "\n").split("\n"))


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_words_in_text_boxes_come_once_and_are_reported(bring: Bring) -> None:
    got = bring(WordFile(p("题目", style="a3"), p(r(LEDE), text_box(p("链接"), p("烘房有12台机器。"))), p(LEDE), SIGN))
    assert got.body.count("烘房有12台机器。") == 1
    assert "链接 烘房有12台机器。" in told(got, "text-box")


def test_a_picture_in_a_text_box_comes_once(bring: Bring) -> None:
    word = WordFile(p("题目", style="a3"), p(r(LEDE), text_box(p(picture("rId10")), p("图为竹匾。"))), SIGN)
    word.part("media/image1.png", image(), "image")
    (shown,) = bring(word).pictures
    assert shown.caption == "图为竹匾。"


def test_a_headline_in_wordart_is_found(bring: Bring) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="湿谷进烘房"/></v:shape></w:pict></w:r>'
    got = bring(WordFile(p(art), p(LEDE), SIGN))
    assert got.fields["headline"] == "湿谷进烘房"


def test_links_keep_their_address_where_the_words_do_not_say_it(bring: Bring) -> None:
    word = WordFile(
        p("题目", style="a3"),
        p(
            r(LEDE),
            f'<w:hyperlink r:id="rId10">{r("公示网页")}</w:hyperlink>',
            r("和"),
            field('HYPERLINK "https://www.weijing.example/"', r("www.weijing.example")),
            r("。"),
        ),
        SIGN,
    )
    word.relate("hyperlink", "https://www.weijing.example/vote", external=True)
    got = bring(word)
    assert got.body == f"{LEDE}[公示网页](https://www.weijing.example/vote)和www.weijing.example。\n"
    assert "https://www.weijing.example/vote" in told(got, "link")


def test_readings_dots_and_raised_figures_are_kept(bring: Bring) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('wěi')}</w:rt><w:rubyBase>{r('苇')}</w:rubyBase></w:ruby></w:r>"
    got = bring(
        WordFile(
            p("题目", style="a3"),
            p(
                r(LEDE),
                ruby,
                r("泾，"),
                r("务必", '<w:em w:val="dot"/>'),
                r("12 m"),
                r("2", '<w:vertAlign w:val="superscript"/>'),
                r("H"),
                r("2", '<w:vertAlign w:val="subscript"/>'),
                r("O。"),
            ),
            SIGN,
        )
    )
    assert got.body == f"{LEDE}[苇]{{wěi}}泾，[务必]{{.}}12 m²H₂O。\n"


def test_what_would_be_markdown_reads_back_as_typed(bring: Bring) -> None:
    odd = "3*4*5 _x_ [a](b) `c` <b> & ~~d~~ \\e | 《书》"
    got = bring(
        WordFile(
            p("题目", style="a3"),
            p(LEDE),
            p(f"1. {odd}"),
            p("# 不是标题"),
            p("- 不是列表"),
            p("> 不是引文"),
            p(LEDE),
            SIGN,
        )
    )
    assert [block.source for block in parsed(got)] == [
        LEDE,
        f"1. {odd}",
        "# 不是标题",
        "- 不是列表",
        "> 不是引文",
        LEDE,
    ]
    assert {block.kind for block in parsed(got)} == {"paragraph"}


def test_a_drop_initial_joins_its_text(bring: Bring) -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    got = bring(WordFile(p("题目", style="a3"), p("到", properties=frame), p(LEDE[1:]), SIGN))
    assert got.body == f"{LEDE}\n"


def test_a_poem_is_verse_with_its_stanzas(bring: Bring) -> None:
    lines = ["收篙的人", "把河水", "还给了河", "", "缆绳盘成圆", "像一句话", "说到了头"]
    got = bring(WordFile(p("收篙", style="a3"), p("沈小满", side="center"), *(p(line) for line in lines)))
    assert got.fields == {"headline": "收篙", "byline": "沈小满", "kind": "verse"}
    assert got.body == "\n".join(lines) + "\n"


def test_a_department_under_the_headline_is_the_byline_and_its_date_the_dateline(bring: Bring) -> None:
    got = bring(
        WordFile(
            p("关于冬季清淤的", side="center", size=22),
            p("情况汇报", side="center", size=22),
            p("云棠县河长办", side="center", size=16),
            p("（2026年11月12日）", side="center", size=16),
            p(LEDE, size=16),
            p("一、先看水路", size=16),
            p(LEDE, size=16),
        )
    )
    assert got.fields == {
        "headline": "关于冬季清淤的|情况汇报",
        "dateline": "（2026年11月12日）",
        "byline": "云棠县河长办",
    }
    assert {"unsure-byline", "date"} <= unsure(got)
    assert "## 一、先看水路" in got.body


def test_an_official_signature_at_the_right_is_the_byline_and_its_date_is_reported(bring: Bring) -> None:
    got = bring(
        WordFile(p("清淤安排", style="a3"), p(LEDE), p("县河长办", side="right"), p("2026年11月18日", side="right"))
    )
    assert got.fields["byline"] == "县河长办"
    assert "unsure-byline" in unsure(got)
    assert "2026年11月18日" in told(got, "date")


def test_a_quotation_style_is_a_quote_and_a_summary_a_field(bring: Bring) -> None:
    word = WordFile(
        p("题目", style="a3"),
        p("十二台烘干机，六家人用。", style="tl"),
        p(LEDE),
        p("谷子当晚就进烘房。", style="a6"),
        p(LEDE),
        SIGN,
    )
    word.styles["tl"] = ("提要", "")
    got = bring(word)
    assert got.fields["summary"] == "十二台烘干机，六家人用。"
    assert "\n> 谷子当晚就进烘房。\n" in got.body


def test_a_file_saved_by_libreoffice(tmp_path: Path) -> None:
    """Made once from the `.fodt` beside it: `soffice --convert-to docx saved_by_libreoffice.fodt`."""
    path = HERE / "saved_by_libreoffice.docx"
    got = import_article(path)
    assert got.fields == {
        "headline": "石板编了号|一块一块铺回去",
        "deck": "老街一万一千多块青石板回到原处",
        "dateline": "本镇讯",
        "byline": "镇村建办",
    }
    assert "码进粮站旧仓库①。**换下来的只有214块**，用的是*同一座山*的石料。" in got.body
    assert "## 先弄清哪块是哪块" in got.body
    assert "1. 照着图纸写号；\n2. 逐块拍照；\n3. 分街码放。" in got.body
    assert "| 下塘街 | 6500 | 118 |" in got.body
    assert got.pictures[0].caption == "图为铺回原处的石板。"
    assert {"tracked-changes", "comment", "footnote", "text-box"} <= unsure(got)
    assert not lost_words(path, got)
