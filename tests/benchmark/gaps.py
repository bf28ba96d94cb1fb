"""How wide the gaps between Han get, ours and Typst's: python tests/benchmark/gaps.py [PARAGRAPHS]

Needs `pip install typst`. Sets each paragraph of a file (one a line, `#` for remarks) in the same face, at several
measures, and prints which share of its lines, last ones left out, has a gap between two Han over 0.05, 0.10 and
0.20 em, and how many paragraphs end in a runt, a last line of fewer than two Han.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

import pymupdf
import typst

from layout.text.fonts.faces import load_faces
from layout.text.paragraph import LineSetting, Paragraph, TextRun

HERE = Path(__file__).parent
MEASURES = (8, 10, 12, 14, 18, 22, 28)
LIMITS = (0.05, 0.10, 0.20)
SIZE = 10.0
Line = list[tuple[str, float]]  # each character with its origin, em
SOURCE = """
#set page(width: {width}pt, height: auto, margin: 0pt)
#set text(font: "Newsletter Song", size: {size}pt, lang: "zh", region: "cn")
#set par(justify: true, linebreaks: "optimized", first-line-indent: (amount: 2em, all: true), leading: 6pt)
{text}
"""


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def by_layout(text: str, measure: float) -> list[Line]:
    paragraph = Paragraph([TextRun(text)], LineSetting(), load_faces())
    lines = paragraph.lines(paragraph.break_lines([measure]), [measure])
    return [[pair for piece in line.pieces for pair in zip(piece.text, piece.xs, strict=True)] for line in lines]


def by_typst(text: str, measure: float) -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.typ")
        escaped = "".join(f"\\{c}" if c in "#$*_`<>@=-+/~\\[]'\"" else c for c in text)
        source.write_text(SOURCE.format(width=measure * SIZE, size=SIZE, text=escaped), encoding="utf-8")
        pdf = typst.compile(str(source), font_paths=[str(HERE.parents[1] / "fonts")], ignore_system_fonts=True)
    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_INHIBIT_SPACES
    with pymupdf.open(stream=pdf, filetype="pdf") as opened:
        characters = [
            (round(char["origin"][1], 1), char["origin"][0] / SIZE, char["c"])
            for block in opened[0].get_text("rawdict", flags=flags)["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            for char in span["chars"]
        ]
    rows = groupby(sorted(characters), key=lambda one: one[0])
    return [[(char, x) for _, x, char in row] for _, row in rows]


def widest(line: Line) -> float:
    """The widest gap between two Han, em."""
    gaps = [x - before - 1 for (one, before), (other, x) in pairwise(line) if is_han(one) and is_han(other)]
    return max(gaps, default=0.0)


def is_runt(lines: list[Line]) -> bool:
    return len(lines) > 1 and sum(char.isalnum() for char, _ in lines[-1]) < 2


def table(paragraphs: list[str]) -> Iterator[str]:
    yield (
        f"{'em':>4}  "
        + "  ".join(f"{who:>9} {limit:.2f}" for who in ("layout", "Typst") for limit in LIMITS)
        + "   runts"
    )
    for measure in MEASURES:
        cells, runts = [], []
        for setter in (by_layout, by_typst):
            made = [setter(text, measure) for text in paragraphs]
            worst = [widest(line) for lines in made for line in lines[:-1]]
            cells += [f"{sum(gap > limit + 0.001 for gap in worst) / len(worst):14.1%}" for limit in LIMITS]
            runts.append(sum(map(is_runt, made)))
        yield f"{measure:>4}  " + "  ".join(cells) + f"   {runts[0]} / {runts[1]}"


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "paragraphs.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    for row in table([line for line in lines if line and not line.startswith("#")]):
        print(row, flush=True)


if __name__ == "__main__":
    main()
