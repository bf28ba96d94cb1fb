"""Text as editors and strangers type it: good Chinese, Markdown, and characters from the edges of Unicode."""

from __future__ import annotations

from random import Random

from plan.random_issues import CHARACTERS, HEADS
from text.generated import LATIN, MARKS, NUMBERS, RUNS_OF_MARKS, Writer

# Each class of characters that has ever confused a program that sets text.
ODD = {
    "surrogate": ["\ud800", "\udfff", "\ud83d\ude00"],
    "bidi": ["\u202a", "\u202b", "\u202e", "\u2066", "\u2067", "\u2069", "\u200e", "\u200f", "\u061c"],
    "joiner": ["\u200d", "\u200c", "\u2060", "\ufeff", "\u034f", "👩\u200d👩\u200d👧", "\u180e"],
    "unassigned": ["\u0378", "\U000e0fff", "\ufdd0", "\uffff", "\U0010ffff", "\U0001fffe"],
    "private": ["\ue000", "\uf8ff", "\U000f0000", "\U00100000"],
    "combining": ["\u0301", "e\u0301", "\u20dd", "永\u3099", "\u0300" * 40, "\U000e0100", "葛\U000e0100", "\ufe0f"],
    "control": ["\0", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\x9b"],
    "line": ["\r", "\u2028", "\u2029", "\n\n", "\n", "\v"],
    "space": ["\t", "\xa0", "\u3000", "\u2003", "\u200b", "\u202f", "\u205f", "\u1680", "\xad"],
    "wide": ["𠮷", "𪚥", "〇", "々", "ｱ", "Ａ", "ﬁ", "㍿", "①", "⿰", "〾", "㊗", "龘", "\u2e80", "\uf900"],
    "other": ["العربية", "עברית", "ไทย", "हिन्दी", "한국어", "ひらがな", "Ωμέγα", "Привет", "ß", "İ", "ı", "ǅ"],
    "emoji": ["😀", "🇨🇳", "👍🏽", "1\ufe0f\u20e3", "☺", "™", "♂"],
    "sign": ["|", "｜", "\\", "`", "$", "%", "{{", "}}", "{%", "<b>", "</p>", "&amp;", "&#0;", "<!--", "]]>", "~", "^"],
}
LONG = {"word": "international" * 30, "digits": "1234567890" * 40, "marks": "，" * 200, "dots": "…" * 301, "address":
        "https://example.org/" + "a/" * 200}  # fmt: skip

# What Markdown has and bodies may not, and what is neither.
NOISE = (
    "# 一级", "### 三级", "---", "***", "```\ncode\n```", "    code", "<div>html</div>", "<!-- c -->", "&nbsp;&lt;",
    "[a]: http://x", "[^1]", "![x](../secret.png)", "![](https://example.org/a.png)", "**", "*", "***a*b**",
    "> > > >", "- - - -", "|", "|-|", "[](", "[a](b", "[字]{", "[字]{}", "[]{.}", "[字]{a b c d}", "`````````", "\\",
    "\\*", "~~x~~", "<http://example.org>", "[x](javascript:alert(1))", "[x](file:///etc/passwd)",
    "\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    "*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_*_",
    "> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > 深",
    "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - 深", "1) 甲", "+ 乙", "a\\\nb", "a  \nb", "``` verse",
    "&#x202e;", "&#1114112;",
)  # fmt: skip


def odd(random: Random) -> str:
    return random.choice(ODD[random.choice([*ODD])])


def head(random: Random) -> str:
    words = random.randint(1, 14)
    start = random.randrange(len(HEADS) - words)
    text = HEADS[start : start + words]
    if random.random() < 0.2:
        at = random.randint(0, len(text))
        text = text[:at] + random.choice("| ，：“”（）·—7A%") + text[at:]
    return text


def name(random: Random) -> str:
    return Writer(random.randrange(1 << 30)).name()


def sentence(random: Random, length: int) -> str:
    return "".join(random.choice(CHARACTERS) for _ in range(length)) + "。"


def paragraph(random: Random) -> str:
    roll, writer = random.random(), Writer(random.randrange(1 << 30))
    length = random.choice((1, 5, 20, 60, 120))
    if roll < 0.5:
        return sentence(random, length)
    if roll < 0.75:
        return writer.paragraph(length, 0.2, 0.1)
    if roll < 0.95:
        return writer.medley(length)
    return random.choice([*LONG.values()])


def stirred(random: Random, text: str, times: int = 2) -> str:
    """The text with some odd characters in it."""
    for _ in range(random.randint(1, times)):
        at = random.randint(0, len(text))
        text = text[:at] + odd(random) + text[at:]
    return text


def block(random: Random, ids: list[str]) -> str:
    """A block of a body in Markdown."""
    text = paragraph(random)
    choice = random.randrange(24)
    if choice < 11:
        return text
    lines = [sentence(random, random.randint(1, 30)) for _ in range(random.randint(1, 4))]
    made = {
        11: f"## {head(random)}",
        12: "\n".join(f"> {line}" for line in lines),
        13: "\n".join(f"{random.choice(('-', '*', '  -'))} {line}" for line in lines),
        14: "\n".join(f"{number}. {line}" for number, line in enumerate(lines, random.choice((1, 0, 7, 999999999)))),
        15: f"**{head(random)}** {text}",
        16: f"{text[:5]}[{text[:3] or '文'}]{{.}}*{head(random)}*[柳渡]{{liǔ dù}}{text[5:]}",
        17: table(random),
        18: "```verse\n" + "\n".join(lines) + "\n```",
        19: f"[{head(random)}](https://example.org/{random.randint(1, 99)}){text}",
        20: "".join(random.choice(RUNS_OF_MARKS + NUMBERS + LATIN) for _ in range(random.randint(1, 30))),
        21: random.choice(MARKS) * random.randint(1, 80),
        22: f"![]({random.choice(ids)})" if ids else text,
    }
    if choice in made:
        return made[choice]
    return random.choice(NOISE) if random.random() < 0.4 else text


def table(random: Random) -> str:
    columns = random.randint(1, 5)
    rows = [[head(random)[:6].replace("|", "") if random.random() < 0.6 else str(random.randint(-9, 9999)) for _ in range(columns)]
            for _ in range(random.randint(2, 7))]  # fmt: skip
    rule = [random.choice(("---", ":-:", "--:", ":--")) for _ in range(columns)]
    return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], rule, *rows[1:]])


def body(random: Random, ids: list[str]) -> str:
    blocks = [block(random, ids) for _ in range(random.choice((1, 1, 2, 2, 3, 5)))]
    if not any(part[:1] not in "#!>-|`" for part in blocks):
        blocks.append(paragraph(random))
    text = "\n\n".join(blocks)
    if random.random() < 0.08:
        text = stirred(random, text, 4)
    if random.random() < 0.05:
        text = scrambled(random, text)
    return text


def scrambled(random: Random, text: str) -> str:
    """A text with pieces moved, doubled and cut."""
    for _ in range(random.randint(1, 4)):
        start, end = sorted(random.randint(0, len(text)) for _ in range(2))
        piece = text[start:end][:80]
        at = random.randint(0, len(text))
        text = random.choice((text[:start] + text[end:], text[:at] + piece + text[at:], text + piece * 3))[:20_000]
    return text
