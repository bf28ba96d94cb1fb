"""Pages of the web, saved or pasted."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from word_file import Bring, image, told, unsure, words_of

from layout.importing import Imported, import_article

LEDE = "11月12日清晨6:30，望苇桥北端的围挡撤下，东圩村村民陆惠芳推着自行车走上桥面，后座上是读三年级的女儿。"


def page(*inner: str, title: str = "望苇桥通行了_苇泾镇", charset: str = "utf-8") -> bytes:
    html = f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title></head><body>{"".join(inner)}</body></html>'
    return html.encode("gb18030" if charset.startswith("gb") else charset)


def article(*inner: str) -> bytes:
    return page(f"<article><h1>望苇桥通行了</h1><p>{LEDE}</p>{''.join(inner)}<p>（镇村建办）</p></article>")


def web(bring: Bring, data: bytes) -> Imported:
    return bring(data, "页.html")


NAV = '<div class="nav"><a href="/">首页</a><a href="/n">新闻</a><a href="/g">公开</a></div>'
FOOT = '<div id="footer">版权所有 苇泾镇</div><script>var 脚本 = 1;</script>'


def test_a_government_page_gives_its_article_and_reports_the_rest(bring: Bring) -> None:
    got = web(
        bring,
        page(
            NAV,
            '<div class="position">当前位置：首页 &gt; 新闻</div><h1>望苇桥通行了</h1><div class="info">浏览：123</div>',
            f'<div class="TRS_Editor"><p>{LEDE}</p><p align="right">（镇村建办）</p></div>',
            '<div class="share">分享到微信</div><ul><li><a href="a">相关一</a></li><li><a href="b">相关二</a></li>',
            '<li><a href="c">相关三</a></li></ul>',
            FOOT,
            charset="gb2312",
        ),
    )
    assert got.fields == {"headline": "望苇桥通行了", "byline": "镇村建办"}
    assert got.body == f"{LEDE}\n"
    for words in ("首页", "当前位置", "浏览：123", "分享到微信", "相关三", "版权所有"):
        assert words in told(got, "navigation")
    assert "脚本" not in words_of(got)
    assert "GB18030" in told(got, "encoding")


def test_looks_become_marks(bring: Bring) -> None:
    got = web(
        bring,
        article(
            '<p>有<strong>粗</strong>、<span style="font-weight:bold">也粗</span>、<em>斜</em>、',
            '<span style="font-family:楷体">楷</span>，面积12 m<sup>2</sup>，<ruby>苇<rt>wěi</rt></ruby>泾。</p>',
        ),
    )
    assert "有**粗**、**也粗**、*斜*、*楷*，面积12 m²，[苇]{wěi}泾。" in got.body


def test_lists_tables_quotes_and_crossheads(bring: Bring) -> None:
    got = web(
        bring,
        article(
            "<h3>怎么过河</h3><ol><li>先议</li><li>后建<ul><li>桥面</li></ul></li></ol><blockquote><p>雨天能走。</p></blockquote>",
            '<table><tr><th>村</th><th>人</th></tr><tr><td rowspan="2">东圩</td><td>900</td></tr><tr><td>1026</td></tr></table>',
        ),
    )
    assert "## 怎么过河\n\n1. 先议\n2. 后建\n   - 桥面\n\n> 雨天能走。" in got.body
    assert "| 村 | 人 |\n| --- | --- |\n| 东圩 | 900 |\n|   | 1026 |" in got.body
    assert "merged-cells" in unsure(got)


def test_text_without_paragraphs_is_parted_at_its_breaks(bring: Bring) -> None:
    got = web(bring, page(f"<h1>望苇桥通行了</h1><div>　　{LEDE}<br><br>　　第二段说完了。<br>（镇村建办）</div>"))
    assert got.body == f"{LEDE}\n\n第二段说完了。\n"
    assert got.fields["byline"] == "镇村建办"


def test_a_table_that_only_arranges_the_page_is_read_in_order(bring: Bring) -> None:
    got = web(
        bring,
        page(f"<table><tr><td><h1>望苇桥通行了</h1><p>{LEDE}</p><p>{LEDE}</p></td><td>旁边一栏。</td></tr></table>"),
    )
    assert got.fields["headline"] == "望苇桥通行了"
    assert got.body == f"{LEDE}\n\n{LEDE}\n\n旁边一栏。\n"


def test_pictures_beside_the_page_and_inside_it_come_along(bring: Bring, tmp_path: Path) -> None:
    (tmp_path / "页_files").mkdir()
    (tmp_path / "页_files" / "桥.png").write_bytes(image())
    inside = base64.b64encode(image(200, 100)).decode()
    got = web(
        bring,
        article(
            '<figure><img src="页_files/桥.png" alt="石桥"><figcaption>傍晚的桥。王明 摄</figcaption></figure>',
            f'<p><img src="x.gif" data-src="data:image/png;base64,{inside}"></p><p>{LEDE}</p>',
        ),
    )
    first, second = got.pictures
    assert (first.caption, first.credit, first.alt) == ("傍晚的桥。", "王明 摄", "石桥")
    assert second.data == image(200, 100)


@pytest.mark.parametrize(
    "source",
    ["https://x.example/b.jpg", "../secret.png", "/etc/hostname", "file:///etc/hostname", "data:image/png;base64,***"],
)
def test_no_picture_is_taken_from_elsewhere(bring: Bring, tmp_path: Path, source: str) -> None:
    (tmp_path.parent / "secret.png").write_bytes(image())
    got = web(bring, article(f'<p><img src="{source}" alt="桥"></p>'))
    assert not got.pictures
    assert source in told(got, "linked-picture")


def test_videos_frames_and_deleted_words_are_reported(bring: Bring) -> None:
    got = web(
        bring,
        article('<p>看<video src="a.mp4"></video><iframe src="https://v.example/1"></iframe><del>旧话</del>。</p>'),
    )
    assert "a.mp4" in told(got, "embedded-object")
    assert "https://v.example/1" in told(got, "embedded-object")
    assert "旧话" in told(got, "tracked-changes")


def test_hidden_content_is_reported(bring: Bring) -> None:
    got = web(bring, article('<p style="display:none">藏着的话</p>'))
    assert "藏着的话" not in got.body
    assert "藏着的话" in told(got, "navigation")


def test_the_pages_title_stands_in_for_a_headline(bring: Bring) -> None:
    got = web(bring, page(f"<p>{LEDE}</p><p>{LEDE}</p>"))
    assert got.fields["headline"] == "望苇桥通行了"
    assert "no-headline" in unsure(got)


def test_a_fragment_pasted_from_the_clipboard(bring: Bring) -> None:
    head = "Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000999\r\nSourceURL:https://x.example/\r\n"
    got = web(bring, f"{head}<html><body><!--StartFragment--><h1>望苇桥通行了</h1><p>{LEDE}</p></body></html>".encode())
    assert got.fields["headline"] == "望苇桥通行了"
    assert got.body == f"{LEDE}\n"


def test_html_written_by_word(bring: Bring) -> None:
    got = web(
        bring,
        page(
            '<div class="WordSection1"><p class="MsoNormal" align="center" style="text-align:center"><b><span style="font-size:22.0pt">望苇桥通行了</span>'
            "</b></p>",
            f'<p class="MsoNormal"><span lang="ZH-CN">{LEDE}<o:p></o:p></span></p><!--[if gte mso 9]><xml>设置</xml><![endif]--></div>',
        ),
    )
    assert got.fields["headline"] == "望苇桥通行了"
    assert got.body == f"{LEDE}\n"


@pytest.mark.parametrize(
    "broken",
    ["<p>甲乙丙丁。<b>没有关<p>第二段</div></table>", "<<<>>><p>字", "<p>&nosuch; &#xZZ; 字</p>", "只有字，没有标签。"],
)
def test_broken_html_never_stops(bring: Bring, broken: str) -> None:
    assert "字" in words_of(web(bring, broken.encode())) or "甲乙丙丁" in words_of(web(bring, broken.encode()))


def test_a_page_without_an_article(tmp_path: Path) -> None:
    from layout.importing import ArticleError

    path = tmp_path / "a.html"
    path.write_bytes(page(NAV, FOOT))
    with pytest.raises(ArticleError) as caught:
        import_article(path)
    assert caught.value.problems[0].rule == "no-text"
