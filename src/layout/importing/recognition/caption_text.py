"""The forms of captions as authors type them: 图为……, ▲……, 左图：……, 图1 ……, （图为……，某某摄）."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 200  # characters of a caption
_NUMBER = r"[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳]"
_SIDE = r"[左右上下中]"


class Captioned(NamedTuple):
    caption: str
    credit: str


_CAPTION_LABEL = re.compile(
    rf"^\s*(?:[▲△▼▽↑↓◆◎●■□※*]+\s*|(?:图片说明|图说|图注|配图|{_SIDE}?图)\s*[:：]\s*|[【\[]图[】\]]\s*"
    rf"|图\s*(?:{_NUMBER})\s*(?:[:：.、\s\u3000]\s*|(?=[为是]))|{_SIDE}(?=图[为是])|[（(](?:{_SIDE}|{_SIDE}?图|{_NUMBER})[）)]\s*)"
)
_CAPTION_SIGN = re.compile(
    rf"^\s*(?:[▲△▼▽↑↓]|[（(]{_SIDE}图?[）)]\S|{_SIDE}?图[为是：:]|图片说明|图说|图注|[【\[]图[】\]]|图\s*(?:{_NUMBER})\s*[:：.、为是\s\u3000])"
)
# The label of one of several captions in a line, at its beginning or after a mark.
_PART = re.compile(
    rf"(?:^|(?<=[。；;，,\s\u3000]))(?:{_SIDE}图[：:为是]|图\s*(?:{_NUMBER})\s*[：:.、为是\s\u3000]|[（(](?:{_SIDE}|{_SIDE}?图|{_NUMBER})[）)])"
)
# A caption in brackets at the end of a paragraph, and one that is its last sentence.
_IN_BRACKETS = re.compile(
    rf"[（(](?P<caption>{_SIDE}?图(?:{_NUMBER})?[为是：:][^（）()]{{2,80}}(?:[（(][^（）()]*[）)])?)[）)][。.]?$"
)
_LAST_SENTENCE = re.compile(
    rf"(?<=[。！？”」）])\s*(?P<caption>{_SIDE}?图[为是][^。！？]{{2,60}}[。.]?(?:\s*[（(][^（）()]*[）)])?)$"
)
_MAKER_AFTER_COMMA = re.compile(
    r"[，,；;。]\s*(?P<who>[\u4e00-\u9fff]{2,4}(?:[、\s][\u4e00-\u9fff]{2,4})*)\s*[／/]?(?P<what>摄影|供图|绘图|制图|摄|绘)$"
)
_MAKER = r"摄影|绘图|制图|供图|插图|绘|摄|图"
_CREDIT_AT_END = re.compile(
    rf"\s*(?:[（(]\s*(?P<in>[^（）()]{{2,20}}?[\s\u3000/／]*(?:{_MAKER}))\s*[）)]"
    rf"|(?<=[。！？\s\u3000])(?P<after>[\u4e00-\u9fff]{{2,10}}(?:[\s\u3000]+[\u4e00-\u9fff]{{2,8}})?[\s\u3000/／]*(?:{_MAKER}))"
    rf"|[（(]?\s*(?:摄影|供图|绘图|制图|图片来源|来源)\s*[:：/／]\s*(?P<label>[^（）()。]{{2,20}})[）)]?)[。]?\s*$"
)


def looks_like_caption(text: str) -> bool:
    """Whether a line has the form of a caption (图为……, ▲……, 图1 ……)."""
    return has_caption_sign(text) or (len(text) <= LONGEST and bool(_CREDIT_AT_END.search(_without_caption(text))))


def has_caption_sign(text: str) -> bool:
    """Whether a line begins as nothing but a caption does."""
    return len(text) <= LONGEST and bool(_CAPTION_SIGN.match(text))


def _without_caption(text: str) -> str:
    """A text without the caption in brackets at its end: its credit is not that of the text."""
    return "" if _IN_BRACKETS.search(text) else text


def caption_inside(text: str) -> tuple[str, str] | None:
    """The text without the caption at its end, in brackets or as its last sentence, and the caption."""
    for form in (_IN_BRACKETS, _LAST_SENTENCE):
        if (found := form.search(text)) and found.start() > 0:
            return text[: found.start()].rstrip(), found["caption"]
    return None


def captions_in(text: str, count: int) -> list[Captioned]:
    """The captions of `count` pictures in one line (左图：…… 右图：……); empty where it has not as many. A credit at the
    end of the line is that of all."""
    starts = [found.start() for found in _PART.finditer(text)]
    if len(starts) != count or starts[0] != 0:
        return []
    parts = [
        text[start:end].strip(" \u3000；;，,") for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
    found = [split_caption(part) for part in parts]
    shared = found[-1].credit if not any(one.credit for one in found[:-1]) else ""
    return [Captioned(one.caption, one.credit or shared) for one in found]


def split_caption(text: str) -> Captioned:
    """A caption without its label, and the credit at its end."""
    text = _CAPTION_LABEL.sub("", text.strip())
    found = _CREDIT_AT_END.search(text)
    if not found and (maker := _MAKER_AFTER_COMMA.search(text)):
        return Captioned(text[: maker.start()].rstrip(), f"{maker['who']} {maker['what']}")
    if not found:
        return Captioned(text.strip(), "")
    credit = found["in"] or found["after"]
    if credit:
        credit = re.sub(rf"[\s\u3000/／]*({_MAKER})$", r" \1", credit.strip())
    else:
        word = re.search(r"摄影|供图|绘图|制图|来源", found.group())
        credit = f"{found['label'].strip()} {'摄' if word and word[0] == '摄影' else word[0] if word else '供图'}"
        credit = f"来源：{found['label'].strip()}" if word and word[0] == "来源" else credit
    return Captioned(text[: found.start()].rstrip(), " ".join(credit.split()))
