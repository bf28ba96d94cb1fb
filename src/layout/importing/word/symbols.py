"""Characters of Word's symbol faces, which have codes of their own (Unicode's mapping files of Symbol and Wingdings)."""

from __future__ import annotations

from types import MappingProxyType


def _row(first: int, characters: str) -> dict[int, str]:
    """A run of codes; a space stands for one that has no character of Unicode."""
    return {first + index: character for index, character in enumerate(characters) if character != " "}


_SYMBOL = MappingProxyType(
    _row(0x22, "∀ ∃")
    | _row(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")
    | _row(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ")
    | _row(0xA2, "′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…")
    | _row(0xC4, "⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓")
    | _row(0xE5, "∑")
    | _row(0xF2, "∫")
)
_WINGDINGS = MappingProxyType(
    _row(0x21, "✏✂✁")
    | _row(0x28, "☎✆✉")
    | _row(0x36, "⌛")
    | _row(0x3E, "✇✍")
    | _row(0x41, "✌")
    | _row(0x45, "☜☞☝☟")
    | _row(0x4A, "☺")
    | _row(0x4C, "☹")
    | _row(0x6C, "●❍■□ ❑❒")
    | _row(0x75, "◆❖")
    | _row(0x81, "①②③④⑤⑥⑦⑧⑨⑩")
    | _row(0x8C, "❶❷❸❹❺❻❼❽❾❿")
    | _row(0x9F, "•")
    | _row(0xA1, "○")
    | _row(0xA4, "◉◎")
    | _row(0xA7, "▪□")
    | _row(0xAB, "★")
    | _row(0xB2, "✧")
    | _row(0xD8, "➢")
    | _row(0xDF, "←→↑↓↖↗↙↘")
    | _row(0xE8, "➔")
    | _row(0xEF, "⇦⇨⇧⇩")
    | _row(0xFB, "✗✓☒☑")
)
_WINGDINGS_2 = MappingProxyType(_row(0x4F, "✗✓☒☑") | _row(0x96, "●") | _row(0xA2, "■□"))
_FACES = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def symbol_of(face: str, code: str) -> str:
    """The character of a symbol by its face and its code in hexadecimal (`F0FC`, or `00FC`); "" where it is unknown."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    table = _FACES.get(face.strip().lower())
    return table.get(number - 0xF000 if number >= 0xF000 else number, "") if table is not None else ""
