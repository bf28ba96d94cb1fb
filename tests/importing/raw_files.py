"""The raw files of an issue as offices send them: Word files of many habits, texts in GB 18030, saved pages, pictures.

The texts are those of the sample issues, which were written for the project.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from corpus.habits import SUFFIX, save
from corpus.writers import FORMATS, write
from msgspec import Struct
from PIL import Image, ImageDraw

import layout
from layout.issue import Article

SAMPLES = Path(__file__).parents[2] / "issues"


class Sent(Struct, frozen=True):
    """An article of a sample issue, how its office saves it, and what the file is called."""

    issue: str
    article: str
    habit: str
    name: str


def _sent(issue: str, *rows: tuple[str, str, str]) -> list[Sent]:
    return [Sent(issue, *row) for row in rows]


MANUSCRIPTS = (
    *_sent(
        "2026-11",
        ("bridge", "styled", "01望苇桥通行（镇村建办）"),
        ("vote", "wps", "02民生实事票决-终稿"),
        ("street", "bold", "03架空线入地"),
        ("drill", "kai", "04水上救援演练（附图）"),
        ("clinic", "alike", "05巡诊车"),
        ("harvest", "direct", "06晚稻收割"),
        ("workshop", "typed", "07纽扣厂技改"),
        ("insurance", "left", "08医保缴费提示"),
        ("school", "libre", "09半亩菜地"),
        ("craft", "wps", "10篾匠章水林 文化站供稿"),
        ("letter", "notepad", "19读者来信"),
        ("poem", "notepad", "20诗一首"),
    ),
    *_sent(
        "campus-autumn",
        ("boiler", "kai", "11老锅炉房"),
        ("pastry", "bold", "12面点房"),
        ("boat", "direct", "13巡逻小船"),
        ("gardener", "wps", "14对话裴大山"),
        ("thermos", "styled", "15三百只暖瓶"),
        ("mug", "alike", "16桂花落进搪瓷缸"),
        ("scholars", "kai", "17奖学金名单"),
        ("midterms", "typed", "18考试安排"),
        ("bike", "notepad", "21扳手站"),
        ("exam", "notepad", "22期末不再定成绩"),
        ("trees", "account", "23全校3186棵树"),
        ("relay", "account", "24掉棒之后"),
    ),
)
# The pictures: the manuscript that each is of, its kind, and its caption where the author wrote one in the manuscript.
INSIDE: Mapping[str, str] = MappingProxyType(
    {
        "harvest": "图为桃浜村农家院里的竹匾。 镇农业服务中心供图",
        "craft": "▲章水林工作台上的淘米篮。（沈一舟 摄）",
        "relay": "决赛结束后的跑道",
    }
)
BESIDE = (
    ("01望苇桥通行（镇村建办）1.jpg", "turned"),
    ("01望苇桥通行（镇村建办）2.tif", "cmyk"),
    ("04水上救援演练（附图）.heic", "heic"),
    ("11老锅炉房.jpg", "motion"),
    ("12面点房.png", "plain"),
    ("13巡逻小船.jpg", "plain"),
    ("05巡诊车.jpg", "small"),
)
LETTERS = {"crosshead": "H", "verse": "V"}


def raw_files(folder: Path) -> list[Path]:
    """Writes the files of an issue of eight pages into a folder: 24 manuscripts, 10 pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    issues = {name: layout.load(SAMPLES / name) for name in ("2026-11", "campus-autumn")}
    written = []
    for sent in MANUSCRIPTS:
        article = issues[sent.issue].articles[sent.article]
        lines = "\n".join(_lines(article, INSIDE.get(sent.article, "")))
        original = {"name": sent.name, "lines": lines}
        path = (write if sent.habit in FORMATS else save)(original, sent.habit, folder)
        suffix = SUFFIX.get(sent.habit, ".docx")
        if suffix == ".html":  # a saved page keeps the name of its folder
            written.append(path)
            continue
        written.append(path.rename(folder / f"{sent.name}{suffix}"))
    for name, kind in BESIDE:
        (folder / name).write_bytes(photograph(kind))
        written.append(folder / name)
    return written


def _lines(article: Article, caption: str) -> Iterator[str]:
    """An article as lines of the corpus."""
    headline = article.headline.replace("|", " ")
    if article.kicker:
        yield f"K {article.kicker}"
    yield f"T {headline}"
    if article.deck:
        yield f"D {article.deck}"
    if article.byline and not article.dateline:
        yield f"B {article.byline}"
    start = article.dateline and f"{article.dateline}　"
    for count, block in enumerate(article.body.blocks):
        if block.table is not None:
            yield from (f"= {'|'.join(row)}" for row in _rows(block.table))
            continue
        letter = LETTERS.get(block.kind, "P")
        label = f"{block.label} " if block.label.rstrip(".").isdigit() else ""
        yield f"{letter} {label}{start if letter == 'P' else ''}{block.text}"
        start = "" if letter == "P" else start
        if caption and count == 1:
            yield from ("I photograph", f"A {caption}")
    for table in article.tables:
        yield from (f"= {'|'.join(row)}" for row in _rows(table))
    for group in article.names:
        yield from (f"G {group.heading}", f"N {'　'.join(group.names)}")
    if article.byline and article.dateline:
        yield f"S （{article.byline}）"


def _rows(table: Any) -> Iterator[list[str]]:
    yield [str(column.title).replace("|", "") for column in table.columns]
    yield from ([str(cell) or " " for cell in row] for row in table.rows)


def photograph(kind: str) -> bytes:
    """A picture of sky, water and a bank, so that its right side is seen on the page."""
    size = (160, 120) if kind == "small" else (2000, 1400)
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((0, height * 2 // 3, width, height), fill=(60, 110, 120))
    draw.ellipse(
        (width * 3 // 4, height // 8, width * 3 // 4 + height // 6, height // 8 + height // 6), fill=(240, 200, 90)
    )
    draw.rectangle((width // 6, height // 2, width // 2, height * 2 // 3), fill=(120, 80, 50))
    out = io.BytesIO()
    match kind:
        case "turned":
            exif = Image.Exif()
            exif[0x0112] = 6
            image.transpose(Image.Transpose.ROTATE_90).save(out, "JPEG", quality=90, exif=exif)
        case "cmyk":
            image.convert("CMYK").save(out, "TIFF", compression="tiff_lzw")
        case "heic":
            import pillow_heif

            pillow_heif.register_heif_opener()
            image.save(out, "HEIF", quality=80)
        case "motion":
            image.save(out, "JPEG", quality=90)
            out.write(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42" + bytes(4096))
        case "plain" | "small":
            image.save(out, "PNG" if kind == "plain" else "JPEG")
    return out.getvalue()


if __name__ == "__main__":
    import sys

    for path in raw_files(Path(sys.argv[1])):
        print(path.name)
