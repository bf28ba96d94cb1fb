"""Finds headline, kicker and deck in the first lines: by style, else by formatting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ...errors import Message
from ..manuscript import HEAD_ROLES, Figure, ImportLog, ParagraphRole, SourceBlock, SourceParagraph, SourceTable, clip
from .bylines import DATELINE, byline_of, is_signature
from .persons import is_byline, is_name

LONGEST_NAMED = 80  # the most characters of a heading by style
_LONGEST = 50  # characters of a line of a headline block
_MOST_LINES = 8  # of one
_SENTENCE = "。；，、,;"
_KICKER = re.compile("(?:对话|专访|访|对谈)(?!会)")
_DECK = ("——", "--", "—", "－－")
DATE = re.compile(
    r"[（(]?\s*(?:\d{4}|二[〇○零]\d{2}|二[〇○零][一二三四五六七八九〇○零]{2})\s*[年.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*[月.\-/]\s*[\d一二三四五六七八九十]{1,3}\s*日?\s*[)）]?"
    r"|[（(]?\s*(?:\d{4}|二[〇○零][一二三四五六七八九〇○零]{2})\s*年\s*(?:[春夏秋冬]|初[春夏秋冬]|[立][春夏秋冬]|雨水|惊蛰|春分|清明|谷雨|小满|芒种|夏至|小暑|大暑"
    r"|处暑|白露|秋分|寒露|霜降|小雪|大雪|冬至|小寒|大寒|元旦|除夕|春节|元宵节?|端午节?|中秋节?|国庆节?|重阳节?|岁末|年末|\d{1,2}\s*月)\s*[)）]?"
)
_HAN = "[\u4e00-\u9fff]"
_NAME = re.compile(rf"{_HAN}{{2,4}}|{_HAN}[ \u3000]+{_HAN}{{1,2}}|{_HAN}{{2,4}}·{_HAN}{{2,5}}")
_DEPARTMENT = re.compile(
    r"[^\d，。：、\s]{1,8}(?:办|办公室|局|委|委员会|政府|人大|政协|工会|妇联|团委|中心|文化站|水利站|村委会|社区|小学|中学|学校|学院|大学"
    r"|医院|卫生院|支部|党委|协会|联合会|救援队|派出所|公司|编辑部|调研组|课题组|报道组|采访组|工作组|工作队|专班|编写组)"
)
_UNIT_AND_NAME = re.compile(rf"(?P<unit>{_HAN}{{2,8}})[ \u3000]+(?P<name>{_HAN}{{3,4}})")
CHECK = Message("在 issue.yaml 里改", "change it in issue.yaml")


class FoundHeadline(Struct):
    """The headline block; `rest` is the article without it."""

    headline: str = ""
    role: ParagraphRole = ""  # by the headline's style
    kicker: str = ""
    deck: str = ""
    byline: str = ""
    dateline: str = ""
    rest: list[SourceBlock] = field(default_factory=list)


def without_false_heads(blocks: Sequence[SourceBlock], notes: ImportLog) -> list[SourceBlock]:
    """The blocks, with headings by style that are as long as text made text."""
    found: list[SourceBlock] = []
    for block in blocks:
        named = isinstance(block, SourceParagraph) and block.role in (*HEAD_ROLES, "crosshead")
        if isinstance(block, SourceParagraph) and named and len(block.text) > LONGEST_NAMED:
            zh = f"用了标题样式，可是太长，当作正文：{clip(block.text)}"
            en = f"styled as a heading, but too long for one; taken for text: {clip(block.text)}"
            notes.report("long-heading", zh, en, at=block.number, needs_review=True)
            block = replace(block, role="", size=0.0)
        found.append(block)
    return found


def body_size(blocks: Sequence[SourceBlock]) -> float:
    """The type size of most of the text, pt; 0 where unknown."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if isinstance(block, SourceParagraph) and block.role not in HEAD_ROLES:
            sizes[block.size] += len(block.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def find_head(
    blocks: Sequence[SourceBlock], notes: ImportLog, text_at: Collection[int] = (), *, headline_apart: bool = False
) -> FoundHeadline:
    """Separates the headline block from an article; the paragraphs numbered in `text_at` are certainly text."""
    size = body_size(blocks)
    zone = _zone(blocks, size, text_at)
    zone = zone[: _sure_lines(zone, blocks, size)]
    head = FoundHeadline(rest=list(blocks))
    content = [b for b in blocks if b not in zone and (not isinstance(b, Figure) or b.caption)]
    if not content and not any(p.role in HEAD_ROLES for p in zone):
        return head
    lines = _headline_lines(zone, head, notes)
    if not lines:
        return head
    main = _main(lines, size, notes)
    if main is None:
        return head
    first, last = main
    groups = [_whole(lines[:first]), _whole(lines[first:last]), _whole(lines[last:])]
    if not groups[0] and groups[2] and _is_kicker(lines[last:], headline_apart):
        groups[0] = [groups[2].pop(0)]
    kickers, (headline, *_), decks = groups
    if len(groups[1]) > 1:
        headline = "|".join(groups[1])
    head.headline, head.role = headline, lines[first].role
    head.kicker, head.deck = "|".join(kickers), "|".join(decks)
    head.rest = [block for block in head.rest if block not in lines]
    _report_guessed_headline(lines, first, last, head, notes)
    return head


def _zone(blocks: Sequence[SourceBlock], size: float, text_at: Collection[int]) -> list[SourceParagraph]:
    """The lines at the top that may belong to the headline block."""
    zone: list[SourceParagraph] = []
    below_table = False
    for block in blocks:
        if isinstance(block, SourceTable):
            if zone:
                break
            below_table = True
        if not isinstance(block, SourceParagraph):
            continue
        if below_table and not zone and not _stands_out(block, size):
            break
        if block.number in text_at and block.role not in HEAD_ROLES:
            break
        if len({p.number for p in zone} | {block.number}) > _MOST_LINES or not _may_head(block, size, zone):
            break
        zone.append(block)
    # By formatting, only lines that differ from the text are a headline block.
    if any(_stands_out(p, size) for p in zone):
        while zone and not (_stands_out(zone[-1], size) or _is_identified_by_text(zone[-1].text)):
            zone.pop()
    return zone


def _sure_lines(zone: Sequence[SourceParagraph], blocks: Sequence[SourceBlock], size: float) -> int:
    """The number of lines of the zone to use: only the first where no line differs and no text follows."""
    if any(_stands_out(p, size) for p in zone):
        return len(zone)
    paragraphs = [block for block in blocks if isinstance(block, SourceParagraph)]
    after = paragraphs[len(zone)] if len(paragraphs) > len(zone) else None
    if after is not None and (
        len(after.text) > _LONGEST or after.text.endswith(("。", "；")) or DATELINE.match(after.text)
    ):
        return len(zone)
    count = 1
    while count < len(zone) and (_is_author(zone[count].text) or _is_identified_by_text(zone[count].text)):
        count += 1
    return count


def _is_identified_by_text(text: str) -> bool:
    """Whether the text of a line under a headline identifies it: a byline, a date, a deck after a dash."""
    return is_signature(text) or is_byline(text) or bool(DATE.fullmatch(text)) or text.startswith(_DECK)


def _may_head(paragraph: SourceParagraph, size: float, zone: Sequence[SourceParagraph]) -> bool:
    if paragraph.role in HEAD_ROLES:
        return True
    if paragraph.role in ("crosshead", "list", "quote", "caption", "verse", "summary", "editors_note"):
        return False
    text = paragraph.text
    if paragraph.role in ("byline", "dateline") or DATE.fullmatch(text):
        return True
    if len(text) > _LONGEST or text.endswith((*_SENTENCE, "：", ":")) or DATELINE.match(text) or paragraph.right:
        return False
    return _stands_out(paragraph, size) or _is_identified_by_text(text) or len(zone) < 3


def _stands_out(paragraph: SourceParagraph, size: float) -> bool:
    return (
        paragraph.role in (*HEAD_ROLES, "byline", "dateline")
        or paragraph.centred
        or paragraph.bold
        or bool(size and paragraph.size >= size * 1.1)
    )


def _headline_lines(zone: Sequence[SourceParagraph], head: FoundHeadline, notes: ImportLog) -> list[SourceParagraph]:
    """The lines of the zone except byline and date, which are recorded in `head`."""
    lines: list[SourceParagraph] = []
    ranks = {id(line): (line.size, line.bold, line.centred) for line in zone if line.role == ""}
    named = any(line.role in ("title", "heading") for line in zone)
    best = [line for line in ranks if len(ranks) > 1 and not named and ranks[line] == max(ranks.values())]
    for paragraph in zone:
        text = paragraph.text
        if best == [id(paragraph)]:  # larger than all others: the headline, whatever its words
            lines.append(paragraph)
        elif paragraph.role not in HEAD_ROLES and DATE.fullmatch(text) and lines:
            head.rest.remove(paragraph)
            if text[0] in "（(":
                head.dateline = text
                zh, en = f"“{text}”放进了 dateline", f"“{text}” was put into dateline"
            else:
                zh, en = f"日期“{text}”没有带进来", f"the date “{text}” was left out"
            notes.report("date", zh, en, at=paragraph.number, remedy=CHECK, needs_review=True)
        elif paragraph.role == "dateline":
            head.dateline = text
            head.rest.remove(paragraph)
        elif (
            paragraph.role == "" and lines and paragraph is _last_own(zone) and _is_author(text) and not paragraph.bold
        ):
            head.byline = text
            head.rest.remove(paragraph)
            zh, en = f"当作署名：{text}", f"taken for the byline: {text}"
            notes.report("unsure-byline", zh, en, at=paragraph.number, remedy=CHECK, needs_review=True)
        elif paragraph.role in ("", "deck") and lines and is_byline(text) and not is_signature(text):
            head.byline = f"{head.byline} {text}".strip()
            head.rest.remove(paragraph)
            zh, en = f"当作署名：{text}", f"taken for the byline: {text}"
            notes.report("unsure-byline", zh, en, at=paragraph.number, remedy=CHECK, needs_review=True)
        elif paragraph.role == "byline" or (paragraph.role == "" and lines and is_signature(text)):
            head.byline = f"{head.byline} {text}".strip()
            head.rest.remove(paragraph)
            if byline_of(text) != text:
                notes.report("byline", f"署名原文：{text}", f"the byline as it was: {text}", at=paragraph.number)
        else:
            lines.append(paragraph)
    return lines


def _last_own(zone: Sequence[SourceParagraph]) -> SourceParagraph | None:
    """The last line that is not a date."""
    return next((line for line in reversed(zone) if not DATE.fullmatch(line.text)), None)


def _is_author(text: str) -> bool:
    """Whether a line may be the name of a person or department, by its place alone."""
    signed = _UNIT_AND_NAME.fullmatch(text)
    if signed and is_name(signed["name"]) and not is_name(signed["unit"]):
        return True
    name = bool(_NAME.fullmatch(text)) and (len(text) <= 3 or not text.isalpha() or is_name(text))
    return name or (len(text) <= 14 and bool(_DEPARTMENT.fullmatch(text)))


def _main(lines: Sequence[SourceParagraph], size: float, notes: ImportLog) -> tuple[int, int] | None:
    """The range of the lines that are the main headline."""
    for role in ("title", "heading"):
        named = [index for index, line in enumerate(lines) if line.role == role]
        if named:
            last = named[0] + 1
            while last < len(lines) and lines[last].role == role:
                last += 1
            return named[0], last
    own = [index for index, line in enumerate(lines) if line.role == ""]
    if not own:
        return None
    alike = len({(line.size, line.bold, line.centred) for line in lines}) == 1 and not (lines[0].size or lines[0].bold)
    if any(_stands_out(lines[index], size) for index in own) and not alike:
        rank = {index: (lines[index].size, lines[index].bold, lines[index].centred) for index in own}
        best = max(rank.values())
        first = min(index for index in own if rank[index] == best)
        last = first + 1
        while last in rank and rank[last] == best and not lines[last].text.startswith(_DECK):
            last += 1
        # Of three lines in one look, the middle one is the headline; a second, much longer line is the deck.
        if last - first == 2 and len(lines[first + 1].text) > 1.5 * len(lines[first].text):
            return first, first + 1
        alone = last - first == 3 and len({line.number for line in lines[first:last]}) == 3
        return (first + 1, first + 2) if alone else (first, last)
    # All alike: one line is the headline, two are headline and deck, three begin with a kicker.
    numbers = list(dict.fromkeys(lines[index].number for index in own))
    kicker = len(numbers) == 3 and not lines[own[1]].text.startswith(_DECK)
    kicker = kicker or (len(numbers) > 1 and bool(_KICKER.match(lines[own[0]].text)))
    level = numbers[1] if kicker else numbers[0]
    found = [index for index in own if lines[index].number == level]
    return found[0], found[-1] + 1


def _is_kicker(below: Sequence[SourceParagraph], headline_apart: bool) -> bool:
    """Whether the first line below the headline is a kicker: by its words; or where the headline has a place of its own,
    before two lines of which the second, by its dash or its own paragraph, is the deck."""
    if _KICKER.match(below[0].text):
        return True
    two = len(below) == 2 and below[0].number != below[1].number
    return headline_apart and two and not below[0].text.startswith(_DECK)


def _whole(lines: Sequence[SourceParagraph]) -> list[str]:
    # A bar typed by the author is printed; `|` in issue.yaml would be a line break.
    return [line.text.replace("|", "｜") for line in lines]


def _report_guessed_headline(
    lines: Sequence[SourceParagraph], first: int, last: int, head: FoundHeadline, notes: ImportLog
) -> None:
    """Reports which parts were recognised by formatting, and why."""
    if all(line.role in HEAD_ROLES for line in lines):
        return
    parts = [Message(f"主题“{head.headline}”", f"headline “{head.headline}”")]
    if head.kicker:
        parts.insert(0, Message(f"引题“{head.kicker}”", f"kicker “{head.kicker}”"))
    if head.deck:
        parts.append(Message(f"副题“{head.deck}”", f"deck “{head.deck}”"))
    main = lines[first]
    why = [Message("居中", "centred")] if main.centred else []
    why += [Message(f"{main.size:g} 磅", f"{main.size:g} pt")] if main.size else []
    why += [Message("加粗", "bold")] if main.bold else []
    why = why or [Message("在最前面，又短", "short, and first")]
    notes.report(
        "unsure-headline",
        f"按样子认的：{'，'.join(p.zh for p in parts)}（{'、'.join(w.zh for w in why)}）",
        f"found by their look: {', '.join(p.en for p in parts)} ({', '.join(w.en for w in why)})",
        at=main.number,
        remedy=CHECK,
        needs_review=True,
    )
