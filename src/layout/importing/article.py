"""Converts a manuscript into an article: headline block, byline, body, pictures."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from ..errors import Message, Problem, SourceLocation
from ..runtime.limits import MANUSCRIPT_MEMORY
from .body_text import write_body
from .issue_file import id_of
from .manuscript import (
    HEAD_ROLES,
    ArticleError,
    Figure,
    Imported,
    ImportLog,
    Manuscript,
    SourceBlock,
    SourceParagraph,
    SourcePicture,
    SourceTable,
    cut_runs,
    join_runs,
)
from .picture_files import prepared
from .print_changes import report_print_changes
from .recognition.boilerplate import without_boilerplate, without_page_line
from .recognition.bylines import (
    DATELINE,
    byline_of,
    credit_of,
    is_about_the_author,
    is_dateline,
    is_editor_credit,
    is_signature,
    makers_of,
    signed_at_end,
)
from .recognition.caption_text import looks_like_caption
from .recognition.captions import with_captions
from .recognition.headline import CHECK, DATE, FoundHeadline, body_size, find_head, without_false_heads
from .recognition.kinds import CLOSING_PHRASES, article_kind, items_at, items_of, marked_verse, speakers
from .recognition.name_lists import Names, names_of, take_names
from .recognition.persons import is_byline, is_department, names_in
from .recognition.submission_form import take_form
from .sources import limit_error, read_manuscript

ORDER = ("department", "kicker", "headline", "deck", "summary", "editors_note", "dateline", "byline", "kind")
LONGEST_CROSSHEAD = 30
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])\S.*")
_NO_END = re.compile(r"[^。！？；，、…：!?;,.:]$|[？！]$")
_END_OF_ARTICLE = re.compile(r"[（(【-]*\s*(?:全文完|本文完|完|END|The End)\s*[）)】-]*", re.IGNORECASE)
# After a bar a title may continue; a part that ends like the name of a site is one.
_SITE = re.compile(
    r"(?:\s*_\s*[^_]{0,24}|\s+[-–—]+\s+[^-–—]{0,24}"
    r"|\s*[|｜]\s*[^|｜]{0,20}(?:网|网站|官网|官方|政府|门户|公众号|首页|发布|日报|晚报|新闻|频道|[A-Za-z.]+))$"
)
_EDITORS_NOTE = re.compile(r"(?:【|\[)?(?:编者按|编者的话|按语)(?:】|\])?\s*[:：]?\s*")


def import_article(path: str | Path) -> Imported:
    """Imports an article from a file: `.docx`, `.md`, `.txt`, `.html`, or a kind that another package reads.

    Everything left out is listed in `notes`; parts recognised by their formatting alone are warnings there.

    Raises:
        ArticleError: The file cannot be read, or has no text; with all reasons and remedies.
    """
    return make_article(read_manuscript(Path(path)))


def make_article(manuscript: Manuscript) -> Imported:
    """The article of a manuscript. Raises ArticleError where it has no text or takes too much memory."""
    try:
        return _article_of(manuscript)
    except MemoryError as error:
        raise limit_error(MANUSCRIPT_MEMORY, None, manuscript.path) from error


def _article_of(manuscript: Manuscript) -> Imported:
    notes = manuscript.notes
    whole = take_form(without_false_heads(manuscript.blocks, notes), manuscript.fields, notes)
    whole = without_boilerplate(without_page_line(whole, manuscript.fields, notes), notes)
    whole = with_captions(marked_verse(whole), notes)
    talking = speakers(whole)
    listed = _lists_of_names(whole)
    text_at = talking | listed | items_at(whole)
    head = find_head(whole, notes, text_at, headline_apart=manuscript.headline_apart)
    blocks = _without_body_emphasis(head.rest, notes)
    fields = {key: value for key, value in manuscript.fields.items() if key in ORDER}
    blocks = _take_roles(blocks, head, fields, notes)
    blocks, signed, credit = _signed(blocks, notes, listed)
    blocks, dateline, reporter = _dated(blocks)
    _put_head(head, fields, manuscript)
    _put_byline([signed, byline_of(head.byline), reporter, manuscript.fields.get("page_author", "")], fields, notes)
    if dateline or head.dateline:
        fields.setdefault("dateline", dateline or head.dateline)
    headline = fields["headline"].replace("|", " ")
    parts: dict[str, list[dict[str, Any]]] = {}
    kind = fields.get("kind") or article_kind(headline, blocks, talking, signed=bool(signed))
    blocks, groups = take_names(headline, blocks)
    if groups:
        kind = "names"
        parts["names"] = [_names_entry(group) for group in groups]
        count = sum(len(group.names) for group in groups)
        typed = " / ".join(line for group in groups for line in group.typed)
        zh = f"认作名单：{len(groups)} 组，{count} 人；原文：{typed}"
        en = f"taken for a list of names: {count} in {len(groups)} groups; as it was: {typed}"
        notes.report("unsure-names", zh, en, remedy=CHECK, needs_review=True)
    elif kind:
        fields["kind"] = kind
        zh, en = f"按结构认的体裁：kind: {kind}", f"the kind was found by structure: {kind}"
        notes.report("unsure-kind", zh, en, remedy=Message("不是就改 kind", "if not, change kind"), needs_review=True)
    if kind == "verse":
        pass
    elif not kind and _is_verse(blocks):
        fields["kind"] = kind = "verse"
        zh, en = "每行都短，又没有句号，当作诗：kind: verse", "all lines are short, without full stops: taken for verse"
        notes.report(
            "unsure-verse", zh, en, remedy=Message("不是诗就删去 kind", "if it is none, delete kind"), needs_review=True
        )
    else:
        blocks = _with_crossheads(blocks, notes, talking)
        if items := items_of(headline, blocks):
            kind = "notices" if kind == "notices" else "briefs"
            parts["items"] = [
                {"headline": title, "body": write_body(text, notes).rstrip("\n")} for title, text in items
            ]
            blocks = [block for block in blocks if isinstance(block, Figure)]
    if kind:
        fields["kind"] = kind
    pictures = _pictures([b for b in (*blocks, *manuscript.footnotes) if isinstance(b, Figure)], credit, notes)
    text = [b for b in (*blocks, *manuscript.footnotes) if not isinstance(b, Figure)]
    named = _named_tables(text, manuscript.path, parts)
    body = write_body(text, notes, verse=kind == "verse", named=named)
    if not body and not pictures and not parts:
        zh = "、".join(f"{name}“{text}”" for name, text in fields.items() if text != manuscript.path.stem)
        what = Message(f"{manuscript.path.name} 里没有正文", f"{manuscript.path.name} holds no text")
        if zh:
            what = Message(f"{what.zh}，只有 {zh}", f"{what.en}, only {zh}")
        remedy = Message(
            "打开它看一看；文字若在图片里，请作者发文字稿",
            "look into it; if it is a picture of a text, ask for the text",
        )
        problem = Problem("no-text", what, remedy, SourceLocation(str(manuscript.path)))
        raise ArticleError([problem, *notes.problems])
    fields = {key: fields[key] for key in ORDER if fields.get(key)}
    report_print_changes(fields, body, notes, verse=kind == "verse")
    return Imported(manuscript.path, fields, body, pictures, tuple(notes.problems), parts)


def _lists_of_names(blocks: Sequence[SourceBlock]) -> frozenset[int]:
    """The numbers of the paragraphs with three or more names, or names after a label, and of the headings above them;
    where there are any, also of those with two names."""
    paragraphs = [block for block in blocks if isinstance(block, SourceParagraph)]
    names = {block.number: found for block in paragraphs if (found := names_of(block)) is not None}
    if not any(len(group.names) > 2 or group.heading for group in names.values()):
        return frozenset()
    headings = {before.number for before, block in pairwise(paragraphs) if block.number in names} - {
        paragraphs[0].number
    }
    return frozenset(names) | headings


def _names_entry(group: Names) -> dict[str, Any]:
    return {"heading": group.heading, "names": group.names} if group.heading else {"names": group.names}


def _named_tables(blocks: Sequence[SourceBlock], path: Path, parts: dict[str, list[dict[str, Any]]]) -> dict[int, str]:
    """The names of tables that Markdown cannot express (title, row of totals); they become entries of `tables`."""
    named: dict[int, str] = {}
    for block in blocks:
        if isinstance(block, SourceTable) and (block.title or block.total) and len(block.rows) > 1:
            name = f"{id_of(path)}-table-{len(named) + 1}"
            head, *rows = block.rows
            entry: dict[str, Any] = {"id": name} | ({"title": block.title} if block.title else {})
            entry |= {"columns": [{"title": cell} for cell in head], "rows": [list(row) for row in rows]}
            entry |= {"total": list(block.total)} if block.total else {}
            parts.setdefault("tables", []).append(entry)
            named[id(block)] = name
    return named


# --- fields


def _take_roles(
    blocks: Sequence[SourceBlock], head: FoundHeadline, fields: dict[str, str], notes: ImportLog
) -> list[SourceBlock]:
    """Takes out paragraphs whose style is summary or editor's note; remaining headings are crossheads."""
    found: list[SourceBlock] = []
    headings = 0
    for block in blocks:
        if not isinstance(block, SourceParagraph):
            found.append(block)
            continue
        role = block.role
        note = _EDITORS_NOTE.match(block.text) if not any(isinstance(b, SourceParagraph) for b in found) else None
        if role in ("summary", "editors_note") or (note and len(block.text) > note.end()):
            name = role if role in ("summary", "editors_note") else "editors_note"
            text = _EDITORS_NOTE.sub("", block.text, count=1) if name == "editors_note" else block.text
            fields[name] = "\n\n".join(filter(None, (fields.get(name), text)))
        elif role in ("kicker", "deck") and not getattr(head, role):
            setattr(head, role, block.text)
        elif role == "byline":
            head.byline = f"{head.byline} {block.text}".strip()
        elif role == "dateline":
            head.dateline = block.text
        elif role in HEAD_ROLES:
            headings += role == "title" or role == head.role == "heading"
            found.append(replace(block, role="crosshead"))
        else:
            found.append(replace(block, role="") if role == "caption" else block)
    if headings:
        zh = f"正文里还有 {headings} 个一级标题，当作小标题；若是几篇稿件，请分成几个文件"
        en = f"{headings} more headings of the first level became crossheads; several articles should be several files"
        notes.report("several-headlines", zh, en, needs_review=True)
    return found


def _put_head(head: FoundHeadline, fields: dict[str, str], manuscript: Manuscript) -> None:
    """Sets the fields of the headline block; front matter takes precedence."""
    notes = manuscript.notes
    for name in ("kicker", "headline", "deck"):
        value = getattr(head, name)
        if value and name in fields and fields[name] != value:
            zh, en = (
                f"文件开头已写了 {name}，正文里的“{value}”没有用",
                f"{name} is given at the head; “{value}” was not used",
            )
            notes.report("two-headlines", zh, en, needs_review=True)
        elif value:
            fields[name] = value
    if not fields.get("headline"):
        title = _without_site(manuscript.fields.get("page_title", ""))
        fields["headline"] = title or manuscript.path.stem
        source = Message("网页的名字", "the page's title") if title else Message("文件名", "the file's name")
        zh = f"没有认出标题，先用{source.zh}“{fields['headline']}”"
        en = f"no headline was found; {source.en}, “{fields['headline']}”, stands for it"
        notes.report("no-headline", zh, en, remedy=CHECK, needs_review=True)


def _without_site(title: str) -> str:
    """A page's title without the name of the site after it: `湿谷进烘房 - 苇泾镇政府网`, not `安全｜三千天`."""
    while found := _SITE.search(title):
        title = title[: found.start()].rstrip()
    return title.strip().replace("|", "｜")


def _put_byline(found: Sequence[str], fields: dict[str, str], notes: ImportLog) -> None:
    """Sets the byline: from metadata, else from the end, the head, or the dateline."""
    names = list(dict.fromkeys(name for name in (fields.get("byline", ""), *found) if name))
    if not names:
        zh, en = "没有认出署名", "no byline was found"
        notes.report(
            "no-byline",
            zh,
            en,
            remedy=Message("有就写进 byline", "if there is one, write it under byline"),
            needs_review=True,
        )
        return
    fields["byline"] = names[0]
    for other in names[1:]:
        zh, en = f"另有署名“{other}”，没有用", f"another byline, “{other}”, was not used"
        notes.report("two-bylines", zh, en, remedy=CHECK, needs_review=True)


def _signed(
    blocks: Sequence[SourceBlock], notes: ImportLog, listed: Collection[int]
) -> tuple[list[SourceBlock], str, str]:
    """The blocks without signatures under the text; the byline and the credit of the pictures."""
    left = list(blocks)
    byline = credit = ""
    dated = False
    for _ in range(8):
        index = _last(left)
        last = left[index] if index >= 0 else None
        if not isinstance(last, SourceParagraph) or last.role not in ("", "byline") or last.number in listed:
            break
        text = "".join(run.text for run in last.runs).rstrip()
        if byline and not _END_OF_ARTICLE.fullmatch(text.strip()):
            break
        if is_editor_credit(text):
            zh, en = f"编辑审校署名没有带进来：{text.strip()}", f"the editors' names were left out: {text.strip()}"
            notes.report("editors", zh, en, at=last.number, needs_review=True)
        elif _END_OF_ARTICLE.fullmatch(text.strip()):
            notes.report("end-mark", f"“{text.strip()}”没有带进来", f"“{text.strip()}” was left out", at=last.number)
        elif DATE.fullmatch(text.strip()) and (last.right or len(left) > 1):
            zh, en = f"文末日期没有带进来：{text.strip()}", f"the date at the end was left out: {text.strip()}"
            notes.report("date", zh, en, at=last.number, needs_review=True)
            dated = True
        elif is_about_the_author(text):
            zh, en = f"作者单位没有带进来：{text.strip()}", f"where the author works was left out: {text.strip()}"
            notes.report("about-author", zh, en, at=last.number, needs_review=True)
        elif makers := makers_of(text):
            byline, credit = makers
            _report_byline(byline, text, last, notes, sure=True)
        elif maker := credit_of(text):
            credit = maker
            zh, en = f"图片作者：{text.strip()}", f"credit of the pictures: {text.strip()}"
            notes.report("credit", zh, en, at=last.number)
        elif signed := signed_at_end(text):
            byline = signed.byline
            _report_byline(byline, text[len(signed.rest) :], last, notes, sure=signed.sure)
            if signed.rest.strip():
                left[index] = replace(last, runs=cut_runs(last.runs, 0, len(signed.rest)))
                break
        elif is_signature(text):
            byline = byline_of(text)
            _report_byline(byline, text, last, notes, sure=True)
        elif _is_signed_below(text, last, left[:index], dated=dated):
            byline = byline_of(text)
            _report_byline(byline, text, last, notes, sure=False)
        else:
            break
        del left[index]
    return left, byline, credit


def _is_signed_below(text: str, line: SourceParagraph, before: Sequence[SourceBlock], *, dated: bool) -> bool:
    """Whether a line at the end is a signature: right aligned; department or post and name; a name or department
    alone with a date below it, or after the close of a letter or notice."""
    text = text.strip()
    if line.right:
        return len(text) <= 24 and not text.endswith(("。", "！", "？"))
    above = next((block.text for block in reversed(before) if isinstance(block, SourceParagraph)), "")
    if dated or CLOSING_PHRASES.fullmatch(above):
        return bool(before) and (is_byline(text) or is_department(text))
    return bool(before) and is_byline(text) and not text.startswith(("（", "(")) and len(names_in(text)) > 1


def _last(blocks: Sequence[SourceBlock]) -> int:
    """The index of the last paragraph of the text, which pictures, tables and boxes may follow."""
    places = [index for index, block in enumerate(blocks) if isinstance(block, SourceParagraph)]
    own = [index for index in places if not (isinstance(p := blocks[index], SourceParagraph) and p.boxed)]
    return max(own or places, default=-1)


def _report_byline(byline: str, typed: str, line: SourceParagraph, notes: ImportLog, *, sure: bool) -> None:
    """Reports an uncertain byline, and text in a byline besides the names."""
    typed = typed.strip()
    if not sure:
        zh, en = f"当作署名：{typed}", f"taken for the byline: {typed}"
        notes.report("unsure-byline", zh, en, at=line.number, remedy=CHECK, needs_review=True)
    elif byline != typed:
        notes.report("byline", f"署名原文：{typed}", f"the byline as it was: {typed}", at=line.number)


def _dated(blocks: Sequence[SourceBlock]) -> tuple[list[SourceBlock], str, str]:
    """The blocks without the dateline before the text; the dateline; and the reporter in it."""
    left = list(blocks)
    index = next((i for i, block in enumerate(left) if isinstance(block, SourceParagraph) and block.role == ""), -1)
    if index < 0:
        return left, "", ""
    first = left[index]
    assert isinstance(first, SourceParagraph)
    whole = "".join(run.text for run in first.runs)
    blank = len(whole) - len(whole.lstrip())
    found = DATELINE.match(whole, blank)
    if found is None or not is_dateline(found):
        return left, "", ""
    if found.end() >= len(whole.rstrip()):
        del left[index]
    else:
        left[index] = replace(first, runs=cut_runs(first.runs, found.end(), len(whole)))
    return left, found["source"], byline_of(found["who"] or "")


# --- body


def _without_body_emphasis(blocks: Sequence[SourceBlock], notes: ImportLog) -> list[SourceBlock]:
    """Removes bold or Kai where most of the text has it: there it is no emphasis."""
    runs = [run for b in blocks if isinstance(b, SourceParagraph) and b.role in ("", "list", "quote") for run in b.runs]
    count = sum(len(run.text) for run in runs)
    bold, kai = (sum(len(run.text) for run in runs if getattr(run, name)) * 2 > count for name in ("bold", "kai"))
    for share, name in ((bold, Message("粗体", "bold")), (kai, Message("楷体或斜体", "in a Kai or italic"))):
        if share:
            zh, en = (
                f"正文大半是{name.zh}，不当作强调",
                f"most of the text is {name.en}, which is taken for no emphasis",
            )
            notes.report("formatting", zh, en)
    if not bold and not kai:
        return list(blocks)
    return [
        replace(b, runs=join_runs(replace(r, bold=r.bold and not bold, kai=r.kai and not kai) for r in b.runs))
        if isinstance(b, SourceParagraph)
        else b
        for b in blocks
    ]


def _is_verse(blocks: Sequence[SourceBlock]) -> bool:
    """Whether the text is verse: four lines or more, all short, hardly any ending a sentence."""
    lines = [b for b in blocks if isinstance(b, SourceParagraph)]
    if len(lines) < 4 or len(lines) < len([b for b in blocks if not isinstance(b, Figure)]):
        return False
    if any(names_of(b) or b.role != "" or b.bold or len(b.text) > 20 or _NUMBERED.fullmatch(b.text) for b in lines):
        return False
    return sum(b.text.endswith(("。", "；", "：")) for b in lines) <= len(lines) / 3


def _with_crossheads(
    blocks: Sequence[SourceBlock], notes: ImportLog, talking: Collection[int] = ()
) -> list[SourceBlock]:
    """Makes crossheads of short lines that differ from the text and are followed by text."""
    size = body_size(blocks)
    places = [i for i, b in enumerate(blocks) if isinstance(b, SourceParagraph) and b.role == "" and not b.boxed]
    last = max((i for i, b in enumerate(blocks) if isinstance(b, SourceParagraph)), default=-1)
    numbered = [_number_kind(blocks[place]) for place in places]
    indented = [_is_indented(blocks[place]) for place in places]
    # Where the text has typed indents, a short line without one differs.
    typed = 2 * sum(indented) >= len(indented) > 2
    found = list(blocks)
    for index, place in enumerate(places):
        block = blocks[place]
        assert isinstance(block, SourceParagraph)
        # Several numbered lines in a row are a list.
        alone = numbered[index] and numbered[index] not in (
            *numbered[index - 1 : index],
            *numbered[index + 1 : index + 2],
        )
        if (
            block.number in talking
            or place == last
            or (is_byline(block.text) and len(names_in(block.text)) > 1)
            or not (
                alone
                or _looks_like_crosshead(block, size)
                or (typed and not indented[index] and _may_be_crosshead(block))
            )
        ):
            continue
        zh, en = f"当作小标题：{block.text}", f"taken for a crosshead: {block.text}"
        remedy = Message("不是就删去 ##", "if not, delete ##")
        notes.report("unsure-crosshead", zh, en, at=block.number, remedy=remedy, needs_review=True)
        found[place] = replace(block, role="crosshead")
    return found


def _is_indented(block: SourceBlock) -> bool:
    """Whether a paragraph has a typed indent, or is a caption, which has none."""
    if not isinstance(block, SourceParagraph) or looks_like_caption(block.text):
        return True
    return "".join(run.text for run in block.runs[:2]).startswith("\u3000\u3000")


def _may_be_crosshead(paragraph: SourceParagraph) -> bool:
    text = paragraph.text
    return len(text) <= LONGEST_CROSSHEAD and bool(_NO_END.search(text)) and not paragraph.right


def _looks_like_crosshead(paragraph: SourceParagraph, size: float) -> bool:
    larger = bool(size and paragraph.size >= size * 1.1)
    return _may_be_crosshead(paragraph) and (paragraph.bold or larger or paragraph.centred)


def _number_kind(block: SourceBlock) -> str:
    """The kind of number of a short line, 一、 or （一）; "" where it has none."""
    if not isinstance(block, SourceParagraph) or not _may_be_crosshead(block) or not _NUMBERED.fullmatch(block.text):
        return ""
    return "（" if block.text[0] in "（(" else "、"


def _pictures(figures: Sequence[Figure], credit: str, notes: ImportLog) -> tuple[SourcePicture, ...]:
    found = []
    for index, figure in enumerate(figures, 1):
        if credit and not figure.credit:
            figure = replace(figure, credit=credit)
        found.append(prepared(figure, index, notes))
    if credit and not figures:
        zh, en = f"没有图片，图片作者“{credit}”没有用", f"there is no picture; the credit “{credit}” was not used"
        notes.report("credit", zh, en, needs_review=True)
    return tuple(found)
