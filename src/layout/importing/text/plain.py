"""Plain text: a line is a paragraph, unless the text was wrapped at a fixed width."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from msgspec.structs import replace

from ...runtime.limits import MANUSCRIPT_CHARACTERS, MANUSCRIPT_TEXT_BYTES
from ..manuscript import Manuscript, SourceParagraph, clip, plain
from ..sources import read_source, within
from .encodings import decode

_INDENT = re.compile("(?:\u3000{1,4}| {2,8}|\t)(?=\\S)")
_END = '。！？…；：”’）》.!?;:)"'
_BULLET = re.compile("([•·●■◆▪-])[ \u3000\t]+(?=\\S)")
_NUMBER = re.compile("(\\d{1,2}[.)])[ \u3000\t]+(?=\\S)")
_RULE = re.compile("[-=_*~—─·\\s]{3,}")


def read_plain_text(path: Path) -> Manuscript:
    """A `.txt` file.

    Raises:
        ArticleError: `not-text`.
    """
    manuscript = Manuscript(path)
    text = decode(read_source(path, MANUSCRIPT_TEXT_BYTES), path, manuscript.notes)
    within(MANUSCRIPT_CHARACTERS, len(text), path)
    lines = re.split(r"[\n\x0b\x0c\x85\u2028\u2029]", text)
    number, apart = 0, False
    for line in _unwrapped(lines, manuscript):
        if not line.strip():
            apart = True
            continue
        number += 1
        if _RULE.fullmatch(line.strip()):
            manuscript.notes.report(
                "rule", f"分隔线“{line.strip()}”没有带进来", f"the rule “{line.strip()}” was left out", at=number
            )
            continue
        if any(unicodedata.category(c) == "Co" for c in line):
            manuscript.notes.report(
                "private-character",
                f"有造字区的字，字体里没有：{clip(line)}",
                f"characters of the private use area, which no font has: {clip(line)}",
                at=number,
                needs_review=True,
            )
        manuscript.blocks.append(replace(_paragraph(number, line), apart=apart))
        apart = False
    return manuscript


def _paragraph(number: int, line: str) -> SourceParagraph:
    text = line.strip()
    centred, right = line_placement(line)
    for pattern, ordered in ((_BULLET, False), (_NUMBER, True)):
        if found := pattern.match(text):
            label = found[1] if ordered else "•"
            return SourceParagraph(number, plain(text[found.end() :]), role="list", level=1, label=label)
    return SourceParagraph(number, plain(line.rstrip().lstrip(" \t")), centred=centred, right=right)


def line_placement(line: str) -> tuple[bool, bool]:
    """Whether a line is centred, or right aligned, by typed spaces: more than any indent."""
    indent = line[: len(line) - len(line.lstrip())]
    ems = sum(1 if _wide(character) else 2 if character == "\t" else 0.5 for character in indent)
    return 4 <= ems < 13, ems >= 13


def _unwrapped(lines: list[str], manuscript: Manuscript) -> list[str]:
    """Joins the lines of paragraphs that were wrapped at a fixed width."""
    widths = [_width(line) for line in lines if line.strip()]
    full = max(widths, default=0)
    if not 30 <= full <= 100:
        return lines
    # A line continues if it is full, does not end a sentence, and the next one is not indented.
    onward = [
        bool(line.strip()) and _width(line) >= 0.8 * full and bool(after.strip()) and not _INDENT.match(after)
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
    ]
    broken = sum(1 for line, on in zip(lines, onward, strict=True) if on and line.rstrip()[-1] not in _END)
    if broken < 3 or broken < 0.5 * sum(onward):
        return lines
    found: list[str] = []
    continues = False
    for line, on in zip(lines, onward, strict=True):
        if continues:
            found[-1] += (" " if _is_letter(found[-1][-1:]) and _is_letter(line[:1]) else "") + line.strip()
        else:
            found.append(line.rstrip())
        continues = on
    manuscript.notes.report(
        "wrapped-lines",
        f"每行约 {full // 2} 字就换行，当作同一段的各行接了起来，共 {sum(onward)} 处",
        f"lines broken at about {full // 2} characters were joined, {sum(onward)} of them",
        needs_review=True,
    )
    return found


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character or " ") in "WFA"


def _is_letter(character: str) -> bool:
    """Whether lines are joined with a space beside this character: Latin letters, not digits or Han."""
    return character.isascii() and (character.isalpha() or character in ",.;:")


def _width(line: str) -> int:
    """The width of a line in half ems."""
    return sum(2 if _wide(c) else 1 for c in line.rstrip())
