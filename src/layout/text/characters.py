"""The characters of Chinese text and their classes.

A class is one ASCII letter, so the classes of a text are a row of bytes; `class_sets` has the sets of them that are
used. `spacing` defines for each class whether it may start or end a line and how far it shrinks and stretches. A
character not listed here is Han where it fills a square (`H`), a letter of a Western word, or a symbol (`Y`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple, TypeVar
from unicodedata import east_asian_width

EM, HALF_EM = 1000, 500  # the composer counts in thousandths of an em


class CharacterClass(NamedTuple):
    """One row of the table of classes.

    `width` is the natural width in thousandths of an em, 0 where it is the face's; `adjustable` the side of the
    cell that is white and can shrink: left, right, both or none; `slim` the class it becomes when set half width.
    """

    code: str
    name: str
    characters: str
    width: int
    adjustable: str
    slim: str
    source: str


_SPACE, _WIDTH = "CLREQ h-punctuation_adjustment_space", "GB/T 15834 "
# fmt: off
CLASSES = tuple(CharacterClass(*row) for row in (
    ("(", "开始夹注符号 opening mark", "“‘（〔【〖［｛《〈「『〝〘〚｟", EM, "left", "<", _SPACE),
    (")", "结束夹注符号 closing mark", "”’）〕】〗］｝》〉」』〞〟〙〛｠", EM, "right", ">", _SPACE),
    (",", "句内点号 pause", "，、；：", EM, "right", ";", _WIDTH + "5.1.1; " + _SPACE),
    (".", "句号 stop", "。．", EM, "right", ";", _WIDTH + "5.1.1; " + _SPACE),
    ("!", "问号、叹号 question or exclamation mark", "！？‼⁇⁈⁉", EM, "right", ";", _WIDTH + "5.1.1; " + _SPACE),
    (":", "间隔号 interpunct; its width is the setting's", "·・•‧", HALF_EM, "both", "", _WIDTH + "5.1.7"),
    ("=", "破折号 dash", "⸺", 2 * EM, "none", "", _WIDTH + "5.1.4"),  # rules B1, E11
    ("e", "省略号 ellipsis", "⋯…", 2 * EM, "none", "", _WIDTH + "5.1.5"),  # rule B2
    ("~", "连接号 long connector", "—～〜", EM, "none", "", _WIDTH + "5.1.6"),
    ("-", "短横连接号 short connector", "–-‐‑−", HALF_EM, "none", "", _WIDTH + "5.1.6"),
    ("/", "分隔号 solidus", "/／", HALF_EM, "none", "", _WIDTH + "5.1.9"),
    ("%", "后置符号 suffix symbol", "%‰℃℉°′″％", 0, "none", "", "CSS Text 3 line-break, class PO; UAX #14 LB25"),
    ("I", "叠字号 iteration mark", "々〻", EM, "none", "", "CSS Text 3 line-break"),
    ("X", "注释符号 annotation mark", "※", 0, "none", "", "CLREQ h-annotation_marks"),
    ("g", "不断行空格 no-break space", "\u00a0\u2007\u202f", 0, "none", "", "UAX #14 GL; rule B12"),
    ("j", "不断行 word joiner", "\u2060\ufeff", 0, "none", "", "UAX #14 WJ; rule B12"),
    ("Z", "全角空格 ideographic space", "\u3000", EM, "none", "", "rule D4"),
    ("_", "space typed between Han; its width is the setting's", " \t\n\r", EM, "none", "", "rules D4, J1"),
    ("c", "居中的点号 pause or stop in the middle of its cell", "", EM, "both", "", "CLREQ; JLREQ cl-05; rules L1, L2"),
    ("K", "区切り約物 dividing mark of Japanese", "", EM, "none", "", "JLREQ cl-04; rule L2"),
    ("k", "小书き假名、长音 small kana, prolonged sound", "", EM, "none", "", "JLREQ cl-09, cl-10, cl-11; rule L3"),
    ("O", "prefix of an ordinal", "第", EM, "none", "", "rule B8"),
    ("M", "measure word or unit, which holds to a number before it", "年月日时分秒点号元角万亿千百人个名位户家条项件"
     "次场亩斤吨米里届版期岁周天多余辆台套张间座路楼室层度倍成", EM, "none", "", "rule B6"),
))
# fmt: on
KIND_OF = {character: row.code for row in CLASSES for character in row.characters}

# Classes of words, and those that marks get when they are set half width.
DERIVED = {
    "H": "Han, or anything else set in a square",
    "A": "Western word",
    "N": "number with its sign, separators and suffix",
    "u": "Western unit",
    "v": "Western prefix of a number (No.)",
    "l": "Western opening mark on its own",
    "r": "Western closing mark on its own",
    "B": "part of a word that may be hyphenated here",
    "U": "part of an address that may be broken here",
    "R": "range up to its connector, where it may be broken rather than make a loose line",
    "J": "part of a word that is shaped apart for its direction or face, and holds to the next part",
    "S": "syllable after which a line may end though no white stands there (Tibetan)",
    "E": "letter of something too long for any line",
    "w": "part of a Korean word that may be parted here rather than make a loose line",
    "Y": "symbol",
    "m": "measure word next to its number",
    "z": "typed space beside a mark, which is not printed",
    "o": "the same, or any typed space, after an opening mark",
    "Q": "ideographic space after an opening mark",
    "<": "opening mark set half width",
    ">": "closing mark set half width",
    ";": "pause or stop set half width",
    "T": "two or three question or exclamation marks, one unit",
    "|": "edge of the paragraph",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WESTERN_UNITS = _words(
    "kg g mg t km m dm cm mm m² m³ km² hm² ha mu L mL ml kW kWh MW GW W V A Hz kHz MHz GHz KB "
    "MB GB TB Pa kPa MPa s min h km/h m/s ppm dB px pt ℃ °C kW·h MW·h GW·h MWh GWh Wh mAh t/a m³/s mg/L mol"
)
NUMBER_PREFIXES = _words("No. No Nos. Vol. vol. Fig. fig. p. pp. §")  # rule B8
FUNCTION_WORDS = frozenset("和与及或在对把将的之从向被为以比")  # should not end a frame (rule I2)
SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马方俞任袁柳唐罗薛"
    "雷贺倪汤滕殷毕郝邵傅齐康伍余顾孟黄萧尹姚邱汪毛戴宋庞熊纪项祝董梁杜阮蓝闵季贾江童颜郭梅盛林钟徐"
    "骆高夏蔡田樊胡凌霍万柯卢莫丁邓石崔程陆翁段侯宁龙叶黎白蒲赖卓屠池乔温庄阎连易廖耿欧曾游关肖刘侍"
)
TITLES = _words(
    "书记 镇长 乡长 区长 县长 市长 主任 主席 局长 处长 科长 院长 校长 所长 站长 队长 会长 社长 村长 组长 经理 "
    "董事长 委员 代表 教授 医生 老师 同志 先生 女士 记者 师傅"
)
# While a text is composed, a quotation mark or apostrophe of Western words is replaced by one of these
# noncharacters, which the pattern of a word includes (rule C7): mark, its width where the face has it as wide as Han.
# The ellipsis is one in English and Korean text alone (rule L7).
WESTERN_MARKS = {
    "“": ("\ufdd0", 480),
    "‘": ("\ufdd1", 300),
    "”": ("\ufdd2", 480),
    "’": ("\ufdd3", 300),
    "…": ("\ufdd4", 1000),
}
PLACEHOLDERS = frozenset(placeholder for placeholder, _ in WESTERN_MARKS.values())
FROM_WESTERN_MARK = {ord(placeholder): mark for mark, (placeholder, _) in WESTERN_MARKS.items()}
FILLS_VERTICAL_CELL = frozenset("：；！？")  # of their vertical forms less than half is white (rule V3)
TO_WESTERN_MARKS = {ord(mark): placeholder for mark, (placeholder, _) in WESTERN_MARKS.items()}
OPENING_QUOTES, CLOSING_QUOTES = "“‘", "”’"

_LETTERS = (
    r"A-Za-z\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0300-\u036f"
    r"\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff\u00bc-\u00be\u1d2c-\u1d6a\u2070-\u209c\u2150-\u215f\u2189"
)
_SCRIPTS = r"\u00b2\u00b3\u00b9\u1d2c-\u1d6a\u2070-\u209c"  # subscripts and superscripts
_FRACTIONS = r"\u00bc-\u00be\u2150-\u215f\u2189"
_CORE = rf"{_LETTERS}0-9"
_MARK = r"!-/:-@\[-`{-~"
_SIGN = r"−±￥¥£€№§"
_SUFFIX = r"‰℃℉°′″％"
_HEAD = rf"(?:[(\[{{<\"'$#@&+*_~\\^`|{_SIGN}\ufdd0\ufdd1]|\.{{1,3}}(?=[A-Za-z0-9])|-(?=\d[\d.]*[℃°%])){{0,9}}"
_TAIL = rf"[)\]}}>\"'.,;:!?%+*#_=&~\\^`|@${_SUFFIX}\ufdd2-\ufdd4]*"
# `_HEAD` includes the full stop of .NET (rule B16).
# A space between groups of three digits, except after a year, a time or a decimal (rule B11; GB/T 15835).
_GROUPS = (
    r"(?<=[0-9])(?<![0-9]{4})(?<![:.,/\-][0-9])(?<![:.,/\-][0-9]{2})(?<![:.,/\-][0-9]{3})"
    r"[ \u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))"
)
# Characters that join two letters or digits into one unit (rules B4, B5).
_INNER = rf"(?:[{_CORE}{_MARK}{_SIGN}{_SUFFIX}\ufdd0-\ufdd4]|[–—～·×‐‑\u00a0\u2060](?=[{_CORE}+−])|{_GROUPS})*"
# A sign or dash between typed spaces is a word of its own: tool -- four, a = b, A / B.
_SIGNS = "-–—/=+<>|&*~"
SIGNS_BETWEEN_WORDS = frozenset(_SIGNS)
_TYPED_SIGN = rf"(?:(?<=[ \t\n\r])|[ \t\n\r]+)(?:-{{2,3}}|[{_SIGNS}])[ \t\n\r]+"
_HAN = r"\u3400-\u9fff"
WHOLE_UNIT = re.compile(
    rf"((?=[ \t\n\r!-~–—…⋯！？{_LETTERS}{_SIGN}\ufdd0-\ufdd4])(?:"  # tests one character first: three times as fast
    rf"[ \t\n\r]*{_HEAD}[{_CORE}](?:{_INNER}[{_CORE}])?{_TAIL}[ \t\n\r]*"
    rf"|{_TYPED_SIGN}|[ \t\n\r]*[{_MARK}{_SIGN}\ufdd0-\ufdd4](?:[ \t\n\r]*(?![{_HAN} \t\n\r])|)"
    r"|——|……|⋯⋯|[！？]{2,3}|[ \t\n\r]+))"
)
COMBINING = r"\u0300-\u036f\u200d\u20d0-\u20f0\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
COMBINED = re.compile(rf"[{COMBINING}]")
_IN_NUMBERS = rf"\d.,:/\-–—～×%‰℃°′″％+− \u00a0\u2009\u202f{_SCRIPTS}{_FRACTIONS}"
# Possessive: else characters that both sets contain are divided between them in every way before the match fails.
_NUMBER = re.compile(rf"[^\w]*[\d{_FRACTIONS}][{_IN_NUMBERS}]*+[{_MARK}{_SUFFIX}\ufdd2\ufdd3]*", re.ASCII)
_SCRIPT = re.compile(rf"[{_SCRIPTS}]+")
ANNOTATION = re.compile(r"\[\d{1,3}\]", re.ASCII)
SPACES = " \t\n\r"


@cache
def whole_combined() -> re.Pattern[str]:
    """WHOLE_UNIT for texts with combining marks, selectors or joiners, which stay with their base character."""
    return re.compile(rf"((?:[^\x00-\x7f](?:[{COMBINING}]+(?:(?<=\u200d).)?)+)|{WHOLE_UNIT.pattern[1:-1]})")


def kind_of(token: str) -> int:
    """The class of a token, as the code point of its letter."""
    word = token.strip(SPACES)
    if len(word) < 2:
        if not word:
            return ord("_")
        listed = KIND_OF.get(word)
        if listed:
            return ord(listed)
        if re.match(rf"[{_CORE}]", word):
            if _SCRIPT.match(word):
                return ord("X")
            return ord("N" if _NUMBER.fullmatch(word) else "u" if word in WESTERN_UNITS else "A")
        if word.isascii() or word in _SIGN or word in PLACEHOLDERS:
            return ord("l" if word in "([{<\"'$#@&" + _SIGN + "\ufdd0\ufdd1" else "r")
        return ord("H" if east_asian_width(word) in "WF" else "Y")
    if word in ("——", "……", "⋯⋯"):
        return ord("=" if word == "——" else "e")
    if ANNOTATION.fullmatch(word) or _SCRIPT.fullmatch(word):
        return ord("X")
    if word[0] in "！？":
        return ord("T")
    if word in WESTERN_UNITS:
        return ord("u")
    if word in NUMBER_PREFIXES:
        return ord("v")
    if not word[0].isascii() and COMBINED.match(word[1]):
        return ord("H" if east_asian_width(word[0]) in "WF" else "Y")
    return ord("N" if _NUMBER.fullmatch(word) else "A")


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class CachedFunction(dict[_Key, _Value]):
    """A cache of a function's results; `map(cache.__getitem__, …)` runs without a call in Python for cached ones."""

    def __init__(self, function: Callable[[_Key], _Value]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, key: _Key) -> _Value:
        value = self[key] = self.function(key)
        return value


kinds: CachedFunction[str, int] = CachedFunction(kind_of)
REACH = 6  # characters on either side of a quotation mark in which a letter is looked for
_WESTERN = re.compile(rf"[{_CORE}{_MARK}]")
_BESIDE_WESTERN = re.compile(rf"[“”‘’][ “”‘’]{{0,{REACH - 1}}}[{_CORE}]|[{_CORE}{_MARK}][ “”‘’]{{0,{REACH - 1}}}[“”‘’]")


def with_western_marks(text: str) -> str:
    """The text with placeholders for the quotation marks and apostrophes of Western words (rule C7).

    A mark is Western if it is next to a Western word and neither it nor its partner is next to Han.
    """
    if not _BESIDE_WESTERN.search(text):
        return text
    out = list(text)
    open_marks: list[tuple[int, str, tuple[str, str]]] = []
    for at, mark in enumerate(text):
        if mark in OPENING_QUOTES:
            open_marks.append((at, mark, _sides(text, at)))
        elif mark in CLOSING_QUOTES:
            before, after = _sides(text, at)
            partner = OPENING_QUOTES[CLOSING_QUOTES.index(mark)]
            letters = at and before == "A" and text[at - 1] not in SPACES
            paired = any(opening_mark == partner for _, opening_mark, _ in open_marks[-REACH:])
            if mark == "’" and letters and (not paired or (text[at + 1 : at + 2].isalpha() and after == "A")):
                out[at] = WESTERN_MARKS[mark][0]
                continue
            if not paired:
                sides, opening = {before, after}, None
            else:
                while open_marks[-1][1] != partner:
                    open_marks.pop()
                opening, _, first = open_marks.pop()
                sides = {before, after, *first}
            if "H" not in sides and "A" in sides:
                out[at] = WESTERN_MARKS[mark][0]
                if opening is not None:
                    out[opening] = WESTERN_MARKS[partner][0]
    return "".join(out)


def _sides(text: str, at: int) -> tuple[str, str]:
    """What is before and after a mark, other marks and spaces skipped: A Western, H anything else, "" nothing."""
    before = text[max(at - REACH, 0) : at].rstrip(" “”‘’")[-1:]
    after = text[at + 1 : at + 1 + REACH].lstrip(" “”‘’")[:1]
    return _side(before), _side(after)


def _side(character: str) -> str:
    return "" if not character else "A" if _WESTERN.match(character) else "H"
