"""The kind of an article by the structure of its manuscript: verse, interview, letter, notice, briefs, table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from ..manuscript import HEAD_ROLES, Figure, SourceBlock, SourceParagraph, SourceTable
from .bylines import is_signature, signed_at_end
from .persons import is_byline, is_name, names_in, words

LONGEST_VERSE = 22  # characters of a line
_HEADING = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．])\S.*")
_SPEAKER = re.compile(
    r"(?:【)?(?P<who>问|答|[QA]|Q\d{1,2}|A\d{1,2}|主持人|记者|本刊记者|本报记者|[\u3400-\u9fff]{2,6})(?:】)?\s*[：:]\s*(?=\S)"
)
_NEVER_SPEAKERS = words(
    "时间 地点 主持 出席 列席 参加 缺席 记录 日期 电话 邮箱 地址 联系人 联系电话 单位 姓名 部门 作者 供稿 摄影 备注 附件 主题 一等奖 二等奖 三等奖 优秀奖"
)
_PERSONAL = re.compile(
    r"(?:(?:尊敬|敬爱|亲爱)的.{1,20}|编辑(?:部)?(?:的)?(?:同志|老师|先生|女士|部)?(?:们)?|.{1,8}(?:同志|老师|先生|女士|师傅|大哥|大姐|叔叔|阿姨|书记|主任|厂长|编辑部)(?:们)?|您好|你好)[：:]"
)
_TO_EDITORS = re.compile(
    r"编辑(?:部)?(?:的)?(?:同志|老师|先生|女士|部)?(?:们)?(?:，?(?:您|你)好)?[：:！!]?"
)  # a letter without its close
_SALUTATION = re.compile(r"[^，。；！？]{1,20}[：:]")
CLOSING_PHRASES = re.compile(
    r"(?:此致|敬礼|顺祝.{0,8}|顺颂.{0,6}|即颂.{0,6}|祝.{0,10}|敬上|谨启|特此(?:通知|公告|通告|函告|说明|函复|声明))[！!。]?"
)
_LETTER_END = re.compile(r"(?:此致|敬礼|此致敬礼|顺祝.{0,8}|顺颂.{0,6}|即颂.{0,6}|祝(?:好|您|你|编).{0,8})[！!。]?")
_NOTICE = re.compile(r"(?:通知|公告|通告|启事|告示|公示|声明|通报|须知|预告|招聘|招租|寻物)(?:[（(].*[）)])?$")
_BRIEFS = re.compile(r"简讯|短讯|快讯|要闻|动态|集锦|速递|短波|一句话|简报|简明新闻|信息窗|快报|讯息")


def marked_verse(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    """The blocks with all lines below the headline block marked as verse, where they are a poem."""
    places = [i for i, block in enumerate(blocks) if isinstance(block, SourceParagraph)]
    if any(isinstance(block, SourceTable) for block in blocks) or any(_role(blocks[i]) == "verse" for i in places):
        return list(blocks)
    lines = [block for block in blocks if isinstance(block, SourceParagraph)]
    end = len(lines)
    while end and (_is_end(lines[end - 1]) or lines[end - 1].right):
        end -= 1
    for start in range(1, min(6, end)):
        if lines[start].continues or not _heads(lines[:start]) or (lines[start].role in HEAD_ROLES):
            continue
        if _are_verse(lines[start:end]):
            verse = {id(line) for line in lines[start:end]}
            return [
                replace(b, role="verse") if id(b) in verse and isinstance(b, SourceParagraph) else b for b in blocks
            ]
    return list(blocks)


def _role(block: SourceBlock) -> str:
    return block.role if isinstance(block, SourceParagraph) else ""


def _is_end(line: SourceParagraph) -> bool:
    return is_signature(line.text) or (signed_at_end(line.text) is not None and line.text[:1] in "（(")


def _heads(lines: Sequence[SourceParagraph]) -> bool:
    """Whether lines may be a headline block: all but the first are identified by their text."""
    return all(
        line.role in (*HEAD_ROLES, "byline", "dateline")
        or is_signature(line.text)
        or is_byline(line.text)
        or line.text.startswith(("——", "--"))
        or (n > 0 and lines[0].role == line.role and _formatting(line) == _formatting(lines[0]) and line.size > 0)
        for n, line in enumerate(lines[1:], 1)
    )


def _formatting(line: SourceParagraph) -> tuple[float, bool, bool]:
    return line.size, line.bold, line.centred


def _are_verse(lines: Sequence[SourceParagraph]) -> bool:
    """Whether lines are verse: four or more, short, formatted alike, hardly any ending a sentence."""
    texts = [line.text for line in lines]
    if len(lines) < 4 or any(line.role != "" or line.label for line in lines):
        return False
    if any(len(text) > LONGEST_VERSE or _HEADING.fullmatch(text) or _SPEAKER.match(text) for text in texts):
        return False
    if len({_formatting(line) for line in lines}) > 1 or is_byline(texts[0]):
        return False
    if sum(all(map(is_name, names_in(text))) for text in texts) > len(texts) / 2:
        return False
    if len({len(text) for text in texts}) == 1 and len(texts) % 2 == 0:
        return True  # lines of one length, as in classical verse, whatever mark they end in
    return sum(text.endswith(("。", "；", "：")) for text in texts) <= len(texts) / 2


def speakers(blocks: Sequence[SourceBlock]) -> frozenset[int]:
    """The numbers of the paragraphs that begin with a speaker's name, where there are two or more speakers."""
    found: list[tuple[int, str]] = []
    for block in blocks:
        if isinstance(block, SourceParagraph) and (match := _SPEAKER.match(block.text)):
            who = match["who"][:1] if match["who"][:1] in "QA" else match["who"]
            if who not in _NEVER_SPEAKERS:
                found.append((block.number, who))
    counts = Counter(who for _, who in found)
    interview = {"问", "答"} <= set(counts) or {"Q", "A"} <= set(counts)
    talking = {who for who, count in counts.items() if count >= 2}
    if interview or len(talking) >= 2:
        return frozenset(number for number, who in found if interview or who in talking)
    return frozenset()


def article_kind(headline: str, blocks: Sequence[SourceBlock], talking: frozenset[int], *, signed: bool) -> str:
    """The kind of an article by the blocks below the headline block; "" for a story."""
    paragraphs = [block for block in blocks if isinstance(block, SourceParagraph)]
    texts = [block.text for block in paragraphs]
    if paragraphs and all(block.role == "verse" for block in paragraphs):
        return "verse"
    if sum(block.number in talking for block in paragraphs) * 2 > len(paragraphs):
        return "questions"
    if texts and _PERSONAL.fullmatch(texts[0]):
        closed = any(_LETTER_END.fullmatch(text) for text in texts[-3:])
        if closed or _TO_EDITORS.fullmatch(texts[0]):
            return "letter"
    if _NOTICE.search(headline.replace("|", "")) and (signed or _SALUTATION.fullmatch(texts[0] if texts else "")):
        return "notices"
    if not [b for b in blocks if not isinstance(b, Figure)]:
        return ""
    return "table" if all(isinstance(block, (SourceTable, Figure)) for block in blocks) else ""


def items_at(blocks: Sequence[SourceBlock]) -> frozenset[int]:
    """The numbers of the lines below a headline that announces briefs (简讯, 一周要闻)."""
    lines = [block for block in blocks if isinstance(block, SourceParagraph)]
    if not lines or len(lines[0].text) > 14 or not _BRIEFS.search(lines[0].text):
        return frozenset()
    return frozenset(line.number for line in lines[1:] if not is_signature(line.text) and not is_byline(line.text))


def items_of(headline: str, blocks: Sequence[SourceBlock]) -> list[tuple[str, list[SourceParagraph]]]:
    """The briefs in one file: a heading and one or two paragraphs each; empty where it is no such file."""
    if not (_BRIEFS.search(headline) or _NOTICE.search(headline)):
        return []
    found: list[tuple[str, list[SourceParagraph]]] = []
    for block in blocks:
        if not isinstance(block, SourceParagraph) or block.role not in ("", "crosshead"):
            return []
        if block.role == "crosshead" or (len(block.text) <= 24 and block.text[-1:] not in "。；，：…"):
            found.append((block.text, []))
        elif found:
            found[-1][1].append(block)
        else:
            return []
    return found if len(found) >= 2 and all(1 <= len(text) <= 3 for _, text in found) else []
