"""Recognises bylines, credits and datelines in the forms that authors type."""

from __future__ import annotations

import re
from typing import NamedTuple

from .persons import is_byline, is_department, is_name, says_two_makers

# One pair of brackets may be inside: （党群办（宣传））.
_BRACKETED = r"[（(](?P<inner>(?:[^（）()]|[（(][^（）()]*[）)])+)[）)]"
_AT_END = re.compile(rf"{_BRACKETED}[。.]?\s*$")
_WHOLE = re.compile(rf"{_BRACKETED}[。.]?")
_LABEL = r"(?:作\s*者|撰\s*文|撰\s*稿|文\s*字|供\s*稿|投\s*稿|来\s*稿|撰稿人|供稿人|供稿单位|报送单位|文图|图文|文/图|图/文|文|图|摄影报道)"
_ROLE = r"(?:特约|本[刊报网镇校])?(?:通讯员|记者|评论员|撰稿人|小记者)"
_LABELLED = re.compile(rf"(?:{_LABEL})\s*[:：/／|｜]\s*(?P<who>\S.*)|[□■◎◇●▲]\s*(?P<marked>\S.*)")
_NAMED = re.compile(r"(?:作\s*者|撰\s*文|撰\s*稿|供\s*稿)[\s\u3000]+(?P<who>\S{2,4})")  # a label without its colon
_STAFF = re.compile(r"本(?:刊|报|报刊)(?:特约)?(?:评论员|编辑部|观察员|编者)")
_BY_ROLE = re.compile(rf"{_ROLE}[\s\u3000:：]*\S.*")
# 文 alone only after a space, as names may end in it.
_SUPPLIED = re.compile(r"(?P<who>.{1,20}?)(?:[\s\u3000]*(?:供稿|撰稿|报送|提供)|[\s\u3000]+文)")
_EDITORS = re.compile(
    r"[（(]?\s*(?:责任编辑|责编|编辑|编审|审核|审稿|校对|初审|复审|终审|核稿|签发|监制|排版|录入)\s*[:：|｜/]\s*\S.*"
)
_CREDIT = re.compile(r"(?:摄影|摄|图片|图|供图|照片|绘图|制图|插图)\s*[:：/／]\s*(?P<who>\S.{0,20})")
_SUPPLIED_PICTURE = re.compile(r"(?:图片|照片|本文图片)(?:均?由)\s*(?P<who>.{1,20}?)\s*(?:提供|拍摄|供图)")
# Brackets at the end of a text that are not a byline.
_NO_BYLINE = re.compile(
    r"(?:全文|本文)?完|待续|未完.*|下转.*|上接.*|转.*版|略|[图表见注据]\s*.*|来源.*|摘自.*|转载.*|原载.*|节选.*|摘要|掌声.*|鼓掌.*|笑.*|上|中|下|[一二三四五六七八九十\d]+"
)
_ENDED = re.compile(r"[。！？…!?.；”’」』）)]\s*$")
_IN_SENTENCE = re.compile(r"[，。；！？：,;!?:]|\d")

# 本镇讯, 本刊讯（记者 某某）, 新华社北京7月15日电; at the start of a text, before a gap or a bracket.
DATELINE = re.compile(
    r"[【\[（(]?(?P<source>本(?:[刊报网镇校县市区乡村台院厂社站局会所系省州旗处]|街道|公司|集团|单位|学院|社区|中心)讯|[\u4e00-\u9fff]{2,6}讯(?=[\s\u3000（(】\]）)])|[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日电)[】\]）)]?"
    r"(?:\s*[（(](?P<who>[^（）()]{2,24})[）)])?[\s\u3000:：]*"
)
_NO_DATELINE = ("通讯", "简讯", "短讯", "喜讯", "音讯", "电讯", "资讯", "快讯")


_MAKERS = re.compile(
    r"(?:作者|撰文|撰稿|文字|供稿|文)\s*[:：/／|｜]\s*(?P<who>[^:：/／|｜]{2,20}?)[\s\u3000、，；;|｜]+(?:摄影|图片|供图|图|摄)\s*[:：/／|｜]\s*(?P<maker>\S{2,12})"
)
# The same with spaces for colons, and with the role of the author: 民政办 温如故　摄影 章小满; 通讯员：甲、乙；摄影：丙.
_MAKERS_BY_ROLE = re.compile(
    rf"(?P<who>(?:{_ROLE}[\s\u3000:：]*)?[^:：/／|｜，。；]{{2,24}}?)[\s\u3000、，；;]+(?:摄影|图片|供图|摄)\s*[:：/／|｜\s\u3000]\s*"
    r"(?P<maker>[\u4e00-\u9fff·]{2,6})"
)
_ABOUT_AUTHOR = re.compile(
    r"[（(【]?\s*(?:本文)?(?:作者|笔者)?(?:单位|所在单位|工作单位|简介|系|为|通讯地址)\s*[:：]?\s*[^（）()]{2,40}[）)】]?[。.]?"
)


class Signed(NamedTuple):
    """A byline, and the text without it; `sure` where its form is unambiguous."""

    byline: str
    rest: str
    sure: bool


def is_signature(text: str) -> bool:
    """Whether a line has the form of a signature: 通讯员 某某, 作者：某某, （某某 供稿）."""
    text = text.strip()
    if len(text) > 40 or _IN_SENTENCE.search(re.sub(r"^[^:：]{1,6}[:：]", "", text)):
        return False
    if whole := _WHOLE.fullmatch(text):
        text = whole["inner"].strip()
    return bool(
        _LABELLED.fullmatch(text)
        or _BY_ROLE.fullmatch(text)
        or _STAFF.fullmatch(text)
        or ((named := _NAMED.fullmatch(text)) and is_name(named["who"]))
        or re.fullmatch(r".{2,20}[\s\u3000]*(?:供稿|撰稿)", text)
    )


def makers_of(text: str) -> tuple[str, str] | None:
    """The author and the photographer in a line with both: `供稿：工会　摄影：尉迟雨`."""
    text = text.strip().strip("（()）").strip()
    found = _MAKERS.fullmatch(text)
    if not found and (found := _MAKERS_BY_ROLE.fullmatch(text)) and not _is_author(found["who"]):
        return None
    return (byline_of(found["who"]), f"{found['maker'].strip()} 摄") if found else None


def _is_author(text: str) -> bool:
    return is_byline(text) or is_department(text) or bool(_BY_ROLE.fullmatch(text))


def is_about_the_author(text: str) -> bool:
    """Whether a line at the end describes the author: neither byline nor text."""
    return len(text) <= 60 and bool(_ABOUT_AUTHOR.fullmatch(text.strip()))


def is_editor_credit(text: str) -> bool:
    """Whether a line names editors (责任编辑：某某), as at the end of web pages."""
    return len(text) <= 80 and bool(_EDITORS.fullmatch(text.strip()))


def byline_of(text: str) -> str:
    """A byline without its brackets and labels: `（供稿：党群办）` gives `党群办`."""
    text = " ".join(text.replace("\u3000", " ").split())
    if says_two_makers(bare := text.strip("（()）").strip()):
        return bare
    if whole := _WHOLE.fullmatch(text):
        text = whole["inner"].strip()
    if labelled := _LABELLED.fullmatch(text):
        text = (labelled["who"] or labelled["marked"]).strip()
    elif named := _NAMED.fullmatch(text):
        text = named["who"]
    elif (supplied := _SUPPLIED.fullmatch(text)) and len(supplied["who"]) >= 2:
        text = supplied["who"].strip()
    return re.sub(rf"^({_ROLE})\s*[:：]\s*", r"\1 ", text)


def signed_at_end(text: str) -> Signed | None:
    """The byline in brackets at the end of a text: on its own, or after a sentence."""
    found = _AT_END.search(text)
    if not found:
        return None
    inner, before = found["inner"].strip(), text[: found.start()].rstrip()
    if _NO_BYLINE.fullmatch(inner) or not 2 <= len(inner) <= 30:
        return None
    marked = is_signature(inner)
    if not marked and (_IN_SENTENCE.search(inner) or (before and not _ENDED.search(before))):
        return None
    return Signed(byline_of(found.group().rstrip("。.")), before, marked or len(inner) <= 16)


def credit_of(text: str) -> str:
    """The credit of the pictures in a line at the end (摄影：某某; 图片由某某提供); "" if there is none."""
    text = text.strip()
    if whole := _WHOLE.fullmatch(text):
        text = whole["inner"].strip()
    if found := _CREDIT.fullmatch(text):
        return f"{found['who'].strip()} 摄" if text.startswith("摄") else f"{found['who'].strip()} 供图"
    if found := _SUPPLIED_PICTURE.match(text):
        return f"{found['who'].strip()} 供图"
    return ""


def is_dateline(found: re.Match[str] | None) -> bool:
    return found is not None and not found["source"].endswith(_NO_DATELINE)
