"""Much text, with every mark, number form and Latin mixture, in every measure of the grid, by both ways of breaking.

`python tests/text/test_stress.py [CHARACTERS]` sets that many characters (200,000) twelve times and prints how wide
the gaps between Han became.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from composing import FACES
from generated import Writer

from layout.text.fonts.faces import load_faces
from layout.text.paragraph import LineSetting, Paragraph, SetLine, TextRun

pytestmark = pytest.mark.slow  # text by the metre

MEASURES = (8, 12, 13, 16, 18, 28)
WAYS = ("first-fit", "optimum")
NEVER_FIRST = set("、，。．：；！？‼⁇⁈⁉”’）〕】〗］｝》〉」』～·々〻‰℃／％")
NEVER_LAST = set("“‘（〔【〖［｛《〈「『／")
STEPS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.5, 1.0, 99.0)


def medleys(characters: int) -> Iterator[str]:
    seed = written = 0
    while written < characters:
        text = Writer(seed).medley(400) if seed % 2 else Writer(seed).paragraph(400, numbers=0.15, latin=0.12)
        written += len(text)
        seed += 1
        yield text


def newsletter(characters: int) -> Iterator[str]:
    seed = written = 0
    while written < characters:
        text = Writer(seed).paragraph(160, numbers=0.05)
        written += len(text)
        seed += 1
        yield text


def check(text: str, lines: Sequence[SetLine], measure: float) -> None:
    """No forbidden start or end, right edges where they belong, nothing dropped."""
    assert "".join(text[line.start : line.end] for line in lines) == text
    printed = "".join(line.text.removesuffix("-") if line.hyphenated else line.text for line in lines)
    assert printed.replace(" ", "").replace("\u3000", "") == text.replace(" ", "").replace("\u3000", "")
    for before, line in zip([None, *lines], lines, strict=False):
        assert line.x + line.width <= measure + 0.01
        if line is not lines[-1]:
            if not is_ragged(line.text) and line.loose < 0.5:  # which is the most that all gaps get
                assert abs(line.x + line.width - measure) <= 0.01, (line.text, measure)
            assert line.text[-1] not in NEVER_LAST or line.forced, line.text
        if before and not before.forced:
            assert line.text[0] not in NEVER_FIRST, (before.text, line.text)


def is_ragged(text: str) -> bool:
    """Without Han and without a space there is no place to grow: such a line is ragged (rule E5)."""
    return " " not in text and not any("\u3400" <= character <= "\u9fff" for character in text)


def compose_all(
    texts: Sequence[str], faces: object = FACES, face: str = "Square"
) -> dict[tuple[float, str], list[SetLine]]:
    """Every line of every text, by measure and way; each text is analysed once."""
    lines: dict[tuple[float, str], list[SetLine]] = {(measure, way): [] for measure in MEASURES for way in WAYS}
    for text in texts:
        p = Paragraph([TextRun(text, face)], LineSetting(), faces)  # type: ignore[arg-type]
        for measure, way in lines:
            done = p.lines(p.break_lines([measure], way), [measure])  # type: ignore[call-overload]
            check(text, done, measure)
            lines[measure, way] += done
    return lines


def distribution(lines: Sequence[SetLine]) -> str:
    """Per cent of lines by what their Han gaps were given, the widest, lines that part marks, runts."""
    count = len(lines)
    shares = [f"{100 * sum(line.loose < 0 for line in lines) / count:6.2f}"]
    for low, high in pairwise(STEPS):
        number = sum(low < line.loose <= high for line in lines)
        shares.append(f"{100 * number / count:6.2f}")
    solid = 100 * sum(line.loose == 0 for line in lines) / count
    return (
        f"{count:7} {' '.join([shares[0], f'{solid:6.2f}', *shares[1:]])}   widest {max(line.loose for line in lines):.3f}"
        f"  parted marks {sum(line.forced for line in lines)}  runts {sum(line.runt for line in lines)}"
    )


def test_much_text_in_every_measure_by_both_ways() -> None:
    compose_all(list(medleys(30_000)))


def test_ordinary_text_from_thirteen_em_up_has_no_gap_to_be_seen() -> None:
    song = load_faces()
    lines = compose_all(list(newsletter(30_000)), song, "Song-Regular")
    for measure in MEASURES:
        plain, best = lines[measure, "first-fit"], lines[measure, "optimum"]
        assert max(line.loose for line in best) <= max(line.loose for line in plain) + 1e-6
        if measure >= 13:
            assert not any(line.runt for line in best)
            # An indented line of one clause without a mark has no choice: 1 em among nine gaps is 0.111.
            assert sum(line.loose > 0.1 for line in best if line.start == 0) <= 0.006 * len(best)
            assert sum(line.loose > 0.1 for line in best if line.start) <= 1
            assert max(line.loose for line in best) <= 0.2


@pytest.mark.parametrize("measure", [13, 18])
def test_the_optimum_stretches_far_less_than_first_fit(measure: float) -> None:
    def stretched(way: str) -> float:
        total = 0.0
        for text in newsletter(12_000):
            p = Paragraph([TextRun(text, "Square")], LineSetting(), FACES)
            ends = p.break_lines([measure], way)  # type: ignore[call-overload]
            total += sum(line.loose**2 for line in p.lines(ends, [measure]))
        return total

    assert stretched("optimum") < stretched("first-fit") / 2


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    for name, kind in (("every mark, number and Latin mixture", medleys), ("newsletter", newsletter)):
        print(f"{name}, {wanted} characters: per cent of lines by em given to each Han gap")
        print(" em        way   lines     <0      0 " + " ".join(f"≤{high:5.2f}" for high in STEPS[1:]))
        for (measure, way), done in compose_all(list(kind(wanted)), load_faces(), "Song-Regular").items():
            print(f"{measure:3} {way:>10} {distribution(done)}")
