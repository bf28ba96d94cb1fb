"""Fonts that a style names: copies with tables changed, cut, moved or missing."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path
from random import Random

from layout.runtime.resources import data_folder

from . import issues, mutation
from .case import Input, Kind

TABLES = (
    b"cmap",
    b"head",
    b"hhea",
    b"hmtx",
    b"maxp",
    b"loca",
    b"glyf",
    b"GSUB",
    b"GPOS",
    b"OS/2",
    b"post",
    b"name",
    b"vhea",
    b"vmtx",
)


@lru_cache(maxsize=4)
def source(name: str) -> bytes:
    """A sound font; of the library's own faces a small part."""
    if name == "Square":
        return (Path(__file__).parents[1] / "fonts" / "Square.ttf").read_bytes()
    import io

    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(data_folder("fonts") / f"{name}.ttf")
    options = Options(layout_features=["*"], notdef_outline=True)
    subset = Subsetter(options)
    subset.populate(text="新船下水渡口添了月日第期版要闻试刊社，。、“”（）——……0123456789abcXYZ .-")
    subset.subset(font)
    with io.BytesIO() as data:
        font.save(data)
        return data.getvalue()


def tables(data: bytes) -> dict[bytes, tuple[int, int, int]]:
    """Of each table the place of its entry, its offset and its length."""
    count = struct.unpack_from(">H", data, 4)[0]
    found = {}
    for number in range(count):
        at = 12 + 16 * number
        tag, _, offset, length = struct.unpack_from(">4sIII", data, at)
        found[tag] = at, offset, length
    return found


def changed(random: Random, data: bytes) -> bytes:
    every = tables(data)
    tag = random.choice([tag for tag in TABLES if tag in every])
    entry, offset, length = every[tag]
    found = bytearray(data)
    match random.randrange(9):
        case 0 | 1 | 2 | 3:
            piece = mutation.change_bytes(random, data[offset : offset + min(length, random.choice((16, 64, 4096)))])
            found[offset : offset + len(piece)] = piece[: length or 1]
        case 4:
            struct.pack_into(">I", found, entry + 8, random.choice((0, 1, len(data) - 4, len(data), 2**32 - 1)))
        case 5:
            struct.pack_into(">I", found, entry + 12, random.choice((0, 1, 7, length * 2, 2**32 - 1)))
        case 6:
            found[entry : entry + 4] = b"none"
        case 7:
            del found[random.choice((0, 11, 12 + 16 * 3, offset, offset + length // 2)) :]
        case _:
            found = bytearray(mutation.change_bytes(random, data))
    return bytes(found)


def generate(random: Random) -> Input:
    data = source(random.choice(("Square", "Kai-Regular", "Hei-Bold")))
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        if len(data) > 200:
            try:
                data = changed(random, data)
            except (struct.error, IndexError):
                break
    if random.random() < 0.05:
        data = random.choice(
            (b"", b"wOF2" + data[4:], b"ttcf" + data[4:], b"OTTO" + data[4:], b"<html>", data[:3], b"wOFF" + bytes(60))
        )
    face = {"face": "Odd"}
    style = {"name": "own", "extends": "town", "fonts": {"Odd": "odd.ttf"}, "text": {"body": face}}
    if random.random() < 0.3:
        style["headlines"] = {"minor": {"face": "Odd"}}
    if random.random() < 0.2:
        style["fallback"] = ["Odd", "Song-Regular"]
    text = random.choice(("新船7月10日下水，添了“abc”。", "渡口添了新船——第3版……（要闻）XYZ。", "新船下水。" * 30))
    issue = {
        "publication": {"title": "试刊", "sponsor": "试刊社", "publisher": "试刊社"},
        "number": 1,
        "date": "2026-11-20",
        "style": "style",
        "articles": {"a": {"headline": "渡口添了新船", "body": text}},
        "pages": [{"name": "要闻", "areas": [{20: "a"}]}],
    }
    files = {
        "issue.yaml": issues.dump(issue).encode(),
        "style/style.yaml": issues.dump(style).encode(),
        "style/odd.ttf": data,
    }
    options = {"pdf": True} | (
        {"command": ["build", "{issue}", "-o", "{out}/a.pdf", "--screen"]} if random.random() < 0.1 else {}
    )
    return Input("fonts", files, {}, options)


def attempt(given: Input, folder: Path) -> str:
    return issues.attempt(given, folder)


KIND = Kind("fonts", generate, attempt, weight=6, full=500)
