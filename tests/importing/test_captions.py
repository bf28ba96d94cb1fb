"""Captions under, above and beside pictures, listed elsewhere and inside the text; pictures that phones make."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from word_file import LEDE, NAMESPACES, Bring, WordFile, image, p, picture, r, table, text_box, told, unsure

MORE = "老船工何守仁把缆绳盘好，坐在船头，说这条河他走了四十二年，一块石头一块石头都认得。"
TITLE = p("渡口换了新船", style="a3")
BOAT, SHORE = p(picture("rId10")), p(picture("rId11"))
Captions = list[tuple[str, str]]


def floating(reference: str) -> str:
    """A run with a picture that floats beside the text."""
    return (
        '<w:r><w:drawing><wp:anchor><wp:docPr id="1" name="图片 1"/><a:graphic>'
        f'<a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:blipFill><a:blip r:embed="{reference}"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def captions(bring: Bring, *blocks: str) -> tuple[Captions, str]:
    """The captions and credits of an article with these blocks after its lede, and its body without lede and end."""
    file = WordFile(TITLE, p(LEDE), *blocks, p(MORE))
    for number in (1, 2):
        file.part(f"media/image{number}.jpg", image(400 + number, kind="JPEG"), "image")
    got = bring(file)
    text = got.body.removeprefix(f"{LEDE}\n\n").removesuffix(f"{MORE}\n").strip()
    return [(one.caption, one.credit) for one in got.pictures], text


ONE = [("新船离岸。", "苏南枝 摄")]
TWO = [("新船离岸。", ""), ("老船靠岸。", "")]


@pytest.mark.parametrize(
    "blocks",
    [
        (BOAT, p("新船离岸。 苏南枝 摄")),
        (BOAT, p("新船离岸。（苏南枝 摄）")),
        (BOAT, p("▲新船离岸。苏南枝／摄")),
        (p("下图：新船离岸。（苏南枝 摄）"), BOAT),
        (p("新船离岸。（苏南枝摄）", style="a5"), BOAT),
        (p(picture("rId10"), r("新船离岸。（苏南枝摄）")),),
        (p(picture("rId10"), "<w:r><w:br/></w:r>", r("新船离岸。（苏南枝摄）")),),
        (table([BOAT, p("新船离岸。（苏南枝摄）")]),),
        (table([p("新船离岸。（苏南枝摄）"), BOAT]),),
        (p(floating("rId10"), text_box(p("新船离岸。（苏南枝摄）"))),),
        (p(text_box(BOAT, p("新船离岸。（苏南枝摄）"))),),
    ],
)
def test_a_caption_under_above_or_beside_its_picture(blocks: tuple[str, ...], bring: Bring) -> None:
    assert captions(bring, *blocks) == (ONE, "")


@pytest.mark.parametrize(
    "lines",
    [
        (BOAT, SHORE, p("左图：新船离岸。右图：老船靠岸。")),
        (BOAT, SHORE, p("（左）新船离岸。（右）老船靠岸。")),
        (BOAT, SHORE, p("图1：新船离岸。 图2：老船靠岸。")),
        (BOAT, SHORE, p("图1 新船离岸。"), p("图2 老船靠岸。")),
        (table([BOAT, SHORE], ["新船离岸。", "老船靠岸。"]),),
        (table([BOAT, SHORE], ["左图：新船离岸。", "右图：老船靠岸。"]),),
        (p("图一：新船离岸。"), p("图二：老船靠岸。"), BOAT, SHORE),
        (p("图一：新船离岸。"), p("图二：老船靠岸。"), p(MORE), BOAT, p(MORE), SHORE),
    ],
)
def test_each_of_two_pictures_gets_its_own_caption(lines: tuple[str, ...], bring: Bring) -> None:
    assert captions(bring, *lines)[0] == TWO


def test_the_credit_at_the_end_of_a_shared_line_is_that_of_both(bring: Bring) -> None:
    line = p("左图为新船离岸。右图为老船靠岸。（苏南枝 摄）")
    assert captions(bring, BOAT, SHORE, line)[0] == [("图为新船离岸。", "苏南枝 摄"), ("图为老船靠岸。", "苏南枝 摄")]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("新船走的是老航线。（图为新船离岸，苏南枝摄）", "图为新船离岸", "苏南枝 摄"),
        ("新船走的是老航线。图为新船离岸。", "图为新船离岸。", ""),
    ],
)
def test_a_caption_at_the_end_of_the_text_beside_a_picture_moves_to_it_and_is_asked_about(
    line: str, caption: str, credit: str, bring: Bring
) -> None:
    long = f"{MORE}{line.partition('。')[0]}。"
    assert captions(bring, p(MORE + line), BOAT) == ([(caption, credit)], long)


def test_a_paragraph_that_only_mentions_a_picture_stays(bring: Bring) -> None:
    line = "新船走的是老航线（见图1），图为旧图，没有新的。"
    assert captions(bring, p(line), BOAT) == ([("", "")], line)


def test_of_two_pictures_with_one_caption_the_last_has_it_and_it_is_asked(bring: Bring) -> None:
    file = WordFile(TITLE, p(LEDE), BOAT, SHORE, p("图为新船离岸。"), p(MORE))
    for number in (1, 2):
        file.part(f"media/image{number}.jpg", image(400 + number, kind="JPEG"), "image")
    got = bring(file)
    assert [one.caption for one in got.pictures] == ["", "图为新船离岸。"]
    assert "shared-caption" in unsure(got)


def test_captions_of_a_table_on_a_page_go_with_their_pictures(bring: Bring) -> None:
    from base64 import b64encode

    tags = [f'<td><img src="data:image/png;base64,{b64encode(image(300 + n)).decode()}"></td>' for n in range(2)]
    rows = f"<tr>{''.join(tags)}</tr><tr><td>新船离岸。</td><td>老船靠岸。</td></tr>"
    got = bring(f"<h1>渡口换了新船</h1><p>{LEDE}</p><table>{rows}</table><p>{MORE}</p>".encode(), "页.html")
    assert [(one.caption, one.credit) for one in got.pictures] == TWO
    assert "新船离岸" not in got.body


FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42" + bytes(range(256)) * 40


@pytest.mark.parametrize("between", [b"", b"\x00\x00\x30\x0a\x10\x00\x00\x00MotionPhoto_Data"])
def test_of_a_motion_photo_the_still_is_taken_and_the_film_told(between: bytes, bring: Bring) -> None:
    still = image(400, 300, "JPEG")
    file = WordFile(TITLE, p(LEDE), BOAT, p(MORE))
    file.part("media/image1.jpg", still + between + FILM, "image")
    got = bring(file)
    assert got.pictures[0].data == still
    assert f"{len(between) + len(FILM):,} 字节" in told(got, "picture-kind")


def test_a_plain_jpeg_is_kept_byte_for_byte(bring: Bring) -> None:
    out = io.BytesIO()
    Image.effect_noise((400, 300), 90).save(out, "JPEG", comment=b"\x00\x00\x00\x18ftypmp42")
    file = WordFile(TITLE, p(LEDE), BOAT, p(MORE))
    file.part("media/image1.jpg", out.getvalue(), "image")
    assert bring(file).pictures[0].data == out.getvalue()
