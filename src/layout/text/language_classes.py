"""Classes of characters and words by language, where they are not those of Simplified Chinese (rules L1–L4)."""

from __future__ import annotations

import re
from functools import cache

from .characters import CachedFunction, kind_of, kinds

_TRADITIONAL = dict.fromkeys("，、；：。．！？", "c")  # CLREQ: in the middle of the cell, in Taiwan and Hong Kong
_JAPANESE = {
    **dict.fromkeys("・：；", "c"),  # JLREQ cl-05
    **dict.fromkeys("！？‼⁇⁈⁉", "K"),  # cl-04
    **dict.fromkeys(
        "ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ", "k"
    ),  # cl-10, cl-11
    **dict.fromkeys("ヽヾゝゞ", "I"),  # cl-09
}
_CHANGED = {"zh-Hant-TW": _TRADITIONAL, "zh-Hant-HK": _TRADITIONAL, "ja": _JAPANESE}
CENTRED_LANGUAGES = frozenset(_CHANGED)
WESTERN_LANGUAGES = (
    "en",
    "ko",
    "ug",
)  # quotation marks, dashes and ellipses are proportional, words are spaced (L5–L7)

# Words of Korean: what stands between spaces, but for the full-width brackets (KLREQ).
KOREAN_WORD = re.compile(r"([ \t\n\r]*[^ \t\n\r\u3000《》〈〉「」『』【】〔〕（）]+[ \t\n\r]*|[ \t\n\r]+)")
_SYLLABLE = r"\uac00-\ud7a3\u3400-\u9fff"
_BETWEEN_SYLLABLES = re.compile(rf"(?<=[{_SYLLABLE}])(?=[{_SYLLABLE}])")


def is_western(language: str) -> bool:
    """Whether a language is set in words, with the marks of Latin type."""
    return language.startswith(WESTERN_LANGUAGES)


def centred_marks(language: str) -> str:
    """The marks that stand in the middle of their cell."""
    return "".join(mark for mark, kind in _CHANGED.get(language, {}).items() if kind in "cK")


@cache
def kinds_in(language: str) -> CachedFunction[str, int]:
    """The classes of tokens in a language."""
    changed = _CHANGED.get(language)
    if changed is None:
        return kinds
    return CachedFunction(lambda token: ord(changed[token]) if token in changed else kind_of(token))


def korean_parts(token: str) -> list[tuple[str, str]]:
    """A Korean word in syllables, after each of which but the last a line may end (KLREQ; rule L4)."""
    parts = [part for part in _BETWEEN_SYLLABLES.split(token) if part]
    return [*((part, "w") for part in parts[:-1]), (parts[-1], "")]
