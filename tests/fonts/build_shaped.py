"""Subsets of Noto fonts (OFL 1.1, OFL-Noto.txt) for tests of scripts that are shaped, with their GSUB and GPOS.

python tests/fonts/build_shaped.py FOLDER     FOLDER has the fonts of Debian's fonts-noto-core
"""

from __future__ import annotations

import sys
from pathlib import Path

import uharfbuzz as hb

UYGHUR = "ئاەبپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىي،؛؟ «»:.!-0123456789\u200c\u200d\u200e\u200f"
HEBREW = "אבגדהוזחטיכךלמםנןסעפףצץקרשת ־.,:!?-()0123456789" + "".join(map(chr, range(0x05B0, 0x05C3)))
TIBETAN = " ་།༄༅ཀཁགངཆཏདནཔབམཞཡརལཤསིེོུྐྱྒྟྲླ༠༡༢"  # few: each can stand under each
FONTS = {
    "Uyghur.ttf": ("NotoNaskhArabic-Regular.ttf", UYGHUR),
    "Hebrew.ttf": ("NotoSerifHebrew-Regular.ttf", HEBREW),
    "Tibetan.ttf": ("NotoSerifTibetan-Regular.ttf", TIBETAN),
}


def subset(source: Path, characters: str) -> bytes:
    """The font with these characters and every glyph that they can become."""
    face = hb.Face(hb.Blob.from_file_path(str(source)))
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    wanted.flags = hb.SubsetFlags.NO_HINTING
    data: bytes = hb.subset(face, wanted).blob.data
    return data


if __name__ == "__main__":
    for name, (source, characters) in FONTS.items():
        Path(__file__).with_name(name).write_bytes(subset(Path(sys.argv[1]) / source, characters))
