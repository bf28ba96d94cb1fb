"""The words of a headline: the segmenter's, with terms, numbers, Western words and names of persons kept whole.

The segmenter has a dictionary; what it cannot have in it stands in `word_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..characters import SURNAMES
from . import word_tables as tables

_HANGUL = re.compile("[\uac00-\ud7a3]+")  # words of Korean, which are typed with spaces between them


class SegmentedWord(Struct):
    """A word from `start` to `end` of the text, in characters.

    `tag` is its class (`word_tables`). `name`: it is a person's name. `whole`: it is certainly one word, not a guess
    of the segmenter.
    """

    start: int
    end: int
    text: str
    tag: str
    name: bool = False
    whole: bool = False


def segment(text: str, terms: Sequence[str] = ()) -> list[SegmentedWord]:
    """The words of `text`, in order and without a gap; `terms`, numbers, Western words and names are one word each."""
    import rjieba  # takes 110 ms, so imported only when a headline has to be broken

    words, at = [], 0
    for token, tag in _tokens(rjieba.tag(text)):
        words.append(SegmentedWord(at, at + len(token), token, _class(token, tag), tag == "nr" and _has_surname(token)))
        at += len(token)
    starts = {word.start for word in words}
    wholes = [(m.start(), m.end(), "n") for m in tables.LATIN.finditer(text)]
    wholes += [(m.start(), m.end(), "n") for m in _HANGUL.finditer(text)]
    wholes += [
        (m.start(), _number_end(m), _number_tag(m)) for m in tables.NUMBER_WORD.finditer(text) if m.start() in starts
    ]
    wholes += [(at, at + len(term), "n") for term in terms for at in occurrences(text, term)]
    return _with_tails(list(_joined_names(_with_wholes(words, wholes, text))))


def _tokens(tagged: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The segmenter's words; a guess of three characters that begins or ends with a word is divided (达人|教)."""
    import rjieba

    for token, tag in tagged:
        if (
            len(token) == 3
            and is_han_text(token)
            and not (tag == "nr" and _has_surname(token))
            and not rjieba.has_word(token)
        ):
            at = 2 if rjieba.has_word(token[:2]) else 1 if rjieba.has_word(token[1:]) else 0
            if at:
                yield from (*rjieba.tag(token[:at]), *rjieba.tag(token[at:]))
                continue
        yield token, tag


def _class(token: str, tag: str) -> str:
    """The class of a token by the segmenter's tag."""
    if token in tables.NOUNS_TOO:
        return "w"
    if tag == "f" and token not in tables.PLACES_AFTER:
        return "n"
    word_class = tables.WORD_CLASSES.get(tag, tag[:1] or "x")
    return "v" if word_class == "u" and len(token) > 1 else word_class  # 追着


def _with_tails(words: list[SegmentedWord]) -> list[SegmentedWord]:
    """The words, with 队, 会, 员 and the like joined to the word before, which they make a noun."""
    out: list[SegmentedWord] = []
    for number, word in enumerate(words):
        following = words[number + 1].tag if number + 1 < len(words) else ""
        tail = word.text in tables.TAILS and not (word.tag == "v" and following in ("v", "a", "d"))
        if (
            tail
            and out
            and out[-1].tag in tables.BEFORE_TAIL
            and len(out[-1].text) > 1
            and is_han_text(out[-1].text)
            and not out[-1].name
        ):
            last = out[-1]
            out[-1] = SegmentedWord(last.start, word.end, last.text + word.text, "n", whole=True)
        else:
            out.append(word)
    return out


def _has_surname(name: str) -> bool:
    return len(name) < 5 and (name[0] in SURNAMES or name[:2] in tables.COMPOUND_SURNAMES)


def occurrences(text: str, term: str) -> Iterator[int]:
    """Where `term` stands in `text`, without overlaps."""
    at = text.find(term)
    while at >= 0:
        yield at
        at = text.find(term, at + len(term))


def _number_end(found: re.Match[str]) -> int:
    """Where the number ends: before the 起 of 起来 and the like, which belongs to the next word."""
    end = found.end()
    return end - 1 if found[0][-1] in "起多余" and found[1] in ("来", "点", "草") else end


def _number_tag(found: re.Match[str]) -> str:
    """b for a limit or an age, t for a date, else m."""
    if found[0].endswith(("以上", "以下", "岁")):
        return "b"
    return "t" if re.search("[年月日时点]起?$|年度$|学[年期]$", found[0]) else "m"


def _with_wholes(words: list[SegmentedWord], wholes: list[tuple[int, int, str]], text: str) -> list[SegmentedWord]:
    """The words, each span of `wholes` (start, end, class) made one word; what a span leaves of a word stays a word."""
    for start, end, tag in wholes:
        if end - start < 2 or any(word.start <= start and end <= word.end for word in words):
            continue
        out: list[SegmentedWord] = []
        for word in words:
            if word.end <= start or word.start >= end:
                out.append(word)
                continue
            if word.start < start:
                out.append(SegmentedWord(word.start, start, text[word.start : start], word.tag))
            if out and out[-1].start == start:
                out[-1] = SegmentedWord(start, end, text[start:end], tag, whole=True)
            elif not any(other.start <= start < other.end for other in out):
                out.append(SegmentedWord(start, end, text[start:end], tag, whole=True))
            if word.end > end:
                out.append(SegmentedWord(end, word.end, text[end : word.end], word.tag))
        words = out
    return words


def _joined_names(words: list[SegmentedWord]) -> Iterator[SegmentedWord]:
    """The words, with a name made whole where the segmenter parted its surname or divided the given name."""
    import rjieba

    left = list(reversed(words))
    before: SegmentedWord | None = None
    while left:
        word = left.pop()
        after = left[-1] if left else None
        role = before is not None and before.text[-1] in tables.ROLE_ENDS and before.tag == "n"
        length = _given_name_length(word, after, role) if after is not None else 0
        if after is not None and length:
            left.pop()
            end = after.start + length
            if end < after.end:
                rest = after.text[length:]
                left.append(SegmentedWord(end, after.end, rest, _class(rest, rjieba.tag(rest)[0][1])))
            word = SegmentedWord(word.start, end, word.text + after.text[:length], "n", name=True, whole=True)
        before = word
        yield word


def _given_name_length(word: SegmentedWord, after: SegmentedWord, role: bool) -> int:
    """How many characters of the word `after` belong to the name that `word` begins; `role`: an office stands before."""
    import rjieba

    if not is_han_text(after.text) or after.text[0] in tables.NOT_FIRST | tables.NOT_LAST or len(after.text) > 2:
        return 0
    compound = word.text[:2] in tables.COMPOUND_SURNAMES
    surname = len(word.text) == 1 + compound and (
        compound or (word.text in SURNAMES and (role or word.name) and after.tag != "m")
    )
    if surname:
        return len(after.text) if len(after.text) == 2 or after.tag in tables.GIVEN_NAME else 0
    if not (role and word.name and len(word.text) == 2 + compound):
        return 0
    if len(after.text) == 1:
        return 1 if after.tag in tables.GIVEN_NAME else 0  # 李德|厚
    return 0 if after.whole or rjieba.has_word(after.text) else 1  # 欧阳明|远到


def is_han_text(text: str) -> bool:
    """Whether all characters are Han (BMP ideographs and 〇)."""
    return all("\u3400" <= char <= "\u9fff" or char == "〇" for char in text)
