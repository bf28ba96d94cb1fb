"""Bodies in Markdown: paragraphs, `##` crossheads, `**bold**`, `*楷体*`, `> quotes`, lists, tables, links, and

- `H~2~O` and `10^8^` for subscripts and superscripts, which become the characters that Unicode has for them,
- `[词]{.}` for emphasis dots, `[苇泾]{wěi jīng}` for ruby,
- `![](name)` alone in a paragraph for a picture, chart, table or quote of the article,
- lines between ```` ```verse ```` and ```` ``` ```` for verse.

Any other syntax is reported. Most bodies have only paragraphs, crossheads and plain emphasis and are read by a fast
path; all others by markdown-it, with the same blocks as the result. A line end inside a paragraph counts as one typed
character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from msgspec.structs import replace

from ..errors import Message, Problem, SourceLocation
from ..records import Prose
from ..runtime.limits import BODY_LEVELS, over
from ..text.fonts.scripts import lowered, raised
from .body import Block, Body, Run, make_block
from .commonmark import TOO_DEEP, parser

if TYPE_CHECKING:
    from markdown_it.token import Token

SUPPORTED = Message(
    "可用的有：段落、## 小标题、**粗体**、*楷体*、> 引文、列表、表格、[文字](网址)、[词]{.} 着重号、[词]{pīnyīn} 注音、"
    "H~2~O 下标、10^8^ 上标",
    "write paragraphs, ## crossheads, **bold**, *kai*, > quotes, lists, tables, [text](address), "
    "[word]{.} for dots, [word]{reading}, H~2~O, 10^8^",
)
_UNSUPPORTED = {
    "h1": Message("一级标题 #", "a first-level heading, #"),
    "heading": Message("三级以下的标题 ###", "a heading of the third level or below, ###"),
    "hr": Message("分割线 ---", "a rule, ---"),
    "fence": Message("代码块 ```", "a code block, ```"),
    "html_block": Message("HTML 标签", "HTML"),
    "html_inline": Message("HTML 标签", "HTML"),
    "code_inline": Message("代码 `…`", "code, `…`"),
    "image": Message("文字中间的图片 ![…](…)", "a picture inside a line, ![…](…)"),
    "hardbreak": Message("强制换行 \\", "a forced line break, \\"),
    "s": Message("删除线 ~~…~~", "struck-out text, ~~…~~"),
    "_": Message("下划线写的强调 _…_", "emphasis written with _"),
    "footnote": Message("脚注 [^…]", "a footnote, [^…]"),
    "address": Message("这种网址", "this kind of address"),
    "in quote": Message("引文里的列表、标题或表格", "a list, heading or table inside a quote"),
    "in list": Message("列表里的标题、引文或表格", "a heading, quote or table inside a list"),
    "in cell": Message("表格里的强调、链接或图片", "emphasis, a link or a picture inside a table"),
}
_SIGN = {"image": "![", "hardbreak": "\\\n", "html_inline": "<"}  # syntax of tokens that have no `markup`
_VERSE = ("verse", "诗")

# A line that begins a block other than a paragraph.
_BLOCK_START = re.compile(
    r"^\s*(?:[-+*](?:\s|$)|-\s*-\s*-|\*\s*\*\s*\*|>|#{1,6}(?:\s|$)|\d{1,9}[.)](?:\s|$))", re.MULTILINE
)
_WIDE_INDENT = re.compile(r"^[ \t]*[^\S \t][\s]*")
_SPECIAL = re.compile(r"[*_`\[\]<&\\|]|~~")
_INNER = r"[^*_`\[\]<&\\|\n~]"
_EDGE = r"[^\s!-/:-@\[-`{-~]"
_EMPHASIS = re.compile(
    rf"(?<![*0-9A-Za-z])(?P<mark>\*\*?)(?P<text>{_EDGE}(?:{_INNER}*{_EDGE})?)(?P=mark)(?![*0-9A-Za-z])"
)
_SMALL = re.compile(r"(?<=[A-Za-z)\]₀-₎⁰-⁾])~(?P<low>[^~\s]{1,8})~|(?<=[\w)\]])\^(?P<high>[^\^\s]{1,8})\^")


def _small(text: str) -> str:
    """The text with subscripts and superscripts as Unicode characters."""
    return _SMALL.sub(lambda found: lowered(found["low"] or "") or raised(found["high"] or "") or found[0], text)


_BAR = re.compile(r"(?<!\\)\|[ \t]*")


def parse(text: Prose, *, verse: bool = False) -> tuple[Body, list[Problem]]:
    """Parses a body; returns it with the problems. With `verse` every line is a line of a poem."""
    reader = _Reader(text)
    if verse:
        reader.verse(0, len(reader.lines), text)
    elif not reader.quickly():
        reader.thoroughly()
    return Body(tuple(reader.blocks)), reader.problems


class _Reader:
    def __init__(self, text: Prose) -> None:
        self.text = text
        self.typed = text.split("\n")
        # Full-width spaces are no indent in Markdown; spaces at a line's end are not printed.
        self.lines = [_WIDE_INDENT.sub("", line).rstrip() for line in self.typed]
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self._inline: tuple[Token | None, list[int], list[int]] = None, [], []

    # --- fast path

    def quickly(self) -> bool:
        """Reads a body of paragraphs, crossheads and plain emphasis; returns False, with nothing read, for any other."""
        blocks = []
        first = 0
        for last in (*(i for i, line in enumerate(self.lines) if not line), len(self.lines)):
            lines = self.lines[first:last]
            if lines:
                block = self._quick_block(lines, first)
                if block is None:
                    return False
                blocks.append(block)
            first = last + 1
        self.blocks = blocks
        return True

    def _quick_block(self, lines: list[str], first: int) -> Block | None:
        kind = "paragraph"
        if lines[0].startswith("## ") and len(lines) == 1:
            kind, lines = "crosshead", [lines[0][3:]]
            if lines[0].rstrip("#").endswith(" "):
                return None
        text = "\n".join(line.strip() for line in lines)
        runs = _quick_runs(_small(text))
        if runs is None or not text:
            return None
        marks = self._line_marks(text, "".join(run.text for run in runs), first)
        return make_block(kind, runs, marks, level=2 if kind == "crosshead" else 0)  # type: ignore[arg-type]

    # --- markdown-it

    def thoroughly(self) -> None:
        reported: dict[str, int] = {}
        tokens = parser().parse("\n".join(self.lines), reported)
        if TOO_DEEP in reported:
            self.problems.append(over(BODY_LEVELS, self.text.place(reported[TOO_DEEP])))
        index = 0
        while index < len(tokens):
            index = self._block(tokens, index)

    def _block(self, tokens: Sequence[Token], index: int) -> int:
        """Reads the block that begins at a token; returns the index after it."""
        token = tokens[index]
        end = _closing(tokens, index) + 1
        if token.type == "paragraph_open":
            self._paragraph("paragraph", tokens[index + 1])
        elif token.type == "heading_open" and token.tag == "h2":
            self._paragraph("crosshead", tokens[index + 1], level=2)
        elif token.type == "heading_open":
            self._add_error("h1" if token.tag == "h1" else "heading", token)
        elif token.type == "blockquote_open":
            self._quote(tokens[index + 1 : end - 1])
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self._list(tokens[index:end], 1)
        elif token.type == "table_open":
            self._table(tokens[index:end])
        elif token.type == "fence" and token.info.strip() in _VERSE:
            assert token.map is not None
            self.verse(token.map[0] + 1, token.map[0] + 1 + token.content.count("\n"), self.text)
        else:
            self._add_error(token.type, token)
        return end

    def _paragraph(self, kind: str, inline: Token, **more: Any) -> None:
        children = inline.children or []
        if len(children) == 1 and children[0].type == "image" and kind == "paragraph":
            self._figure(children[0], inline)
            return
        runs, starts = self._runs(inline)
        if runs:
            self.blocks.append(make_block(kind, runs, self._marks(inline, starts), **more))  # type: ignore[arg-type]

    def _figure(self, image: Token, inline: Token) -> None:
        name = unquote(str(image.attrs.get("src", "")))
        if image.content or image.attrs.get("title") or not name:
            self._add_error("image", inline)
            return
        lines = ((0, self._mark(inline, 0)),)
        self.blocks.append(Block("figure", (), "", lines, name=name))

    def _quote(self, tokens: Sequence[Token]) -> None:
        index = 0
        while index < len(tokens):
            if tokens[index].type == "paragraph_open":
                self._paragraph("quote", tokens[index + 1])
            else:
                self._add_error("in quote", tokens[index])
            index = _closing(tokens, index) + 1

    def _list(self, tokens: Sequence[Token], level: int) -> None:
        ordered = tokens[0].type == "ordered_list_open"
        number, index = 0, 1
        while index < len(tokens) - 1:
            end = _closing(tokens, index)
            number += 1
            label = f"{tokens[index].info}{tokens[index].markup}" if ordered else "•"
            inner = index + 1
            while inner < end:
                token = tokens[inner]
                inner_end = _closing(tokens, inner) + 1
                if token.type == "paragraph_open":
                    self._paragraph("list", tokens[inner + 1], level=level, label=label, number=number)
                    label = ""
                elif token.type in ("bullet_list_open", "ordered_list_open"):
                    self._list(tokens[inner:inner_end], level + 1)
                else:
                    self._add_error("in list", token)
                inner = inner_end
            index = end + 1

    def _table(self, tokens: Sequence[Token]) -> None:
        from .floats import Table, TableColumn
        from .texts import Text

        columns: list[TableColumn] = []
        rows: list[list[Text]] = []
        marks: dict[str, SourceLocation] = {}
        mark = self._mark(tokens[0], 0)
        row, begins = mark, list[int]()
        for token, inline in pairwise(tokens):
            if token.type == "tr_open":
                rows.append([])
                begins, row = _begins_of_cells(self._line(token.map[0]) if token.map else ""), self._mark(token, 0)
                self._count_cells(token, len(columns))
                if len(rows) > 1:
                    marks[f"rows.{len(rows) - 2}"] = row
            elif token.type in ("th_open", "td_open"):
                text = Text.parse(inline.content)
                if any(child.type not in ("text", "text_special", "softbreak") for child in inline.children or []):
                    self._add_error("in cell", inline)
                else:
                    text = Text.parse("".join(child.content for child in inline.children or []))
                cell = row._replace(column=row.column + begins[len(rows[-1])]) if len(rows[-1]) < len(begins) else row
                if len(rows) > 1:
                    marks[f"rows.{len(rows) - 2}.{len(rows[-1])}"] = cell
                rows[-1].append(text)
                if token.type == "th_open":
                    align = str(token.attrs.get("style", "")).removeprefix("text-align:") or None
                    columns.append(TableColumn(text, align, mark=cell))  # type: ignore[arg-type]  # one of the three words
        if len(rows) < 2:
            what = Message("表格没有内容", "the table holds no rows")
            self.problems.append(Problem("empty-table", what, Message("补上各行", "add its rows"), mark))
            return
        table = Table(tuple(columns), tuple(tuple(row) for row in rows[1:]), mark=mark, marks=marks)
        self.blocks.append(Block("table", (), "", ((0, mark),), table=table))

    def _count_cells(self, row: Token, columns: int) -> None:
        """Reports more cells than the table has columns, which would be lost."""
        line = self._line(row.map[0]) if row.map else ""
        cells = len(re.split(r"(?<!\\)\|", line.strip().lstrip(">").strip().strip("|")))
        if columns and cells > columns:
            what = Message(
                f"这一行有 {cells} 格，表头只有 {columns} 格", f"this row holds {cells} cells, the head {columns}"
            )
            remedy = Message("删去多的格，或补上表头", "take cells away, or add to the head")
            self.problems.append(Problem("row-width", what, remedy, self._mark(row, 0)))

    def verse(self, first: int, last: int, text: Prose) -> None:
        """Reads lines of verse, each with its indent; an empty line separates stanzas."""
        stanza, is_new_stanza = 0, True
        for index in range(first, last):
            typed = self.typed[index].rstrip()
            line = typed.lstrip()
            indent = typed[: len(typed) - len(line)]
            if not line:
                is_new_stanza = True
                continue
            stanza += is_new_stanza
            is_new_stanza = False
            kind = "verse"
            if line.startswith("## "):
                kind, line, is_new_stanza, indent = "crosshead", line[3:].strip(), True, ""
            runs = _quick_runs(_small(line)) if _SPECIAL.search(line) else [Run(_small(line))]
            if runs is None:
                inline = parser().parseInline(line)[0]
                inline.map = [index, index + 1]
                runs, _ = self._runs(inline)
            if runs:
                runs = [replace(runs[0], text=indent + runs[0].text), *runs[1:]]
                marks = self._line_marks(indent + line, indent + line, index)
                number = stanza if kind == "verse" else 0
                self.blocks.append(make_block(kind, runs, marks, number=number, level=2 * (kind == "crosshead")))  # type: ignore[arg-type]

    # --- inside a line

    def _runs(self, inline: Token) -> tuple[list[Run], list[int]]:
        """The runs of an inline token, and the offset in their text at which each line of the file begins."""
        runs: list[Run] = []
        starts = [0]
        at = length = 0
        shape = Run("")
        content = inline.content
        if found := re.search(r"(?<!\\)\[\^[^\[\]\s]+\]", content):
            self._add_error("footnote", inline, found.start())
        for token in inline.children or []:
            text = typed = ""
            if token.type in ("text", "text_special"):
                typed = token.content
                text = _small(typed)
            elif token.type == "softbreak":
                text = "\n"
                starts.append(length + 1)
            elif token.type in ("strong_open", "strong_close", "em_open", "em_close"):
                if token.markup[0] == "_":
                    if token.nesting == 1:
                        self._add_error("_", inline, content.find("_", at))
                elif token.tag == "strong":
                    shape = replace(shape, bold=token.nesting == 1)
                else:
                    shape = replace(shape, kai=token.nesting == 1)
            elif token.type in ("link_open", "link_close"):
                link = str(token.attrs.get("href", "")) if token.nesting == 1 else ""
                if link and not re.match(r"(?:https?://|mailto:|tel:)", link):
                    self._add_error("address", inline, at)
                shape = replace(shape, link=link)
            elif token.type == "reading":
                text = token.content
                dots = token.meta["reading"] in (".", ".dots")
                marked = replace(shape, dots=True) if dots else replace(shape, ruby=token.meta["reading"])
                runs.append(replace(marked, text=text))
                length += len(text)
                text = ""
            else:
                kind = "s" if token.type.startswith("s_") else token.type
                if token.nesting != -1:
                    self._add_error(kind, inline, max(content.find(_SIGN.get(kind, token.markup), at), 0))
            if text:
                found_at = content.find(typed or text, at)
                at = found_at + len(typed or text) if found_at >= 0 else at
                length += len(text)
                if runs and replace(runs[-1], text="") == shape:
                    runs[-1] = replace(shape, text=runs[-1].text + text)
                else:
                    runs.append(replace(shape, text=text))
        return runs, starts

    # --- locations

    def _line_marks(self, text: str, source: str, first: int) -> list[tuple[int, SourceLocation]]:
        """Offset in `source` (without Markdown syntax) and location of each line of a paragraph from line `first`."""
        marks = []
        offset = 0
        for index, (line, printed) in enumerate(zip(text.split("\n"), source.split("\n"), strict=True)):
            column = max(self.typed[first + index].find(line), 0)
            marks.append((offset, self.text.place(first + index, column)))
            offset += len(printed) + 1
        return marks

    def _marks(self, inline: Token, starts: Sequence[int]) -> list[tuple[int, SourceLocation]]:
        first = inline.map[0] if inline.map else 0
        lines = inline.content.split("\n")
        marks = []
        for index, start in enumerate(starts):
            line = lines[index].strip() if index < len(lines) else ""
            marks.append((start, self.text.place(first + index, max(self._line(first + index).find(line), 0))))
        return marks

    def _line(self, index: int) -> str:
        return self.typed[index] if index < len(self.typed) else ""

    def _mark(self, token: Token, at: int) -> SourceLocation:
        """The location of a place in a token's text, or of the token."""
        first = token.map[0] if token.map else 0
        if token.type != "inline":
            return self.text.place(first)
        if (
            self._inline[0] is not token
        ):  # where its lines begin, in it and in the file; thousands may be rejected in it
            lines = token.content.split("\n")
            starts = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
            columns = [max(self._line(first + row).find(line.strip()), 0) for row, line in enumerate(lines)]
            self._inline = token, starts, columns
        _, starts, columns = self._inline
        at = max(at, 0)
        row = bisect_right(starts, at) - 1
        return self.text.place(first + row, columns[row] + at - starts[row])

    def _add_error(self, construct: str, token: Token, at: int = 0) -> None:
        name = _UNSUPPORTED.get(construct, Message(construct, construct))
        what = Message(f"正文里不能用{name.zh}", f"a body cannot have {name.en}")
        self.problems.append(Problem("markdown", what, SUPPORTED, self._mark(token, at)))


def _begins_of_cells(line: str) -> list[int]:
    """The columns, from 0, at which the cells of a row of a table begin."""
    first = re.match(r"[\s>]*\|?[ \t]*", line)
    return [first.end() if first else 0, *(bar.end() for bar in _BAR.finditer(line, first.end() if first else 0))]


def _quick_runs(text: str) -> list[Run] | None:
    """The runs of a text with plain emphasis only; None for any other."""
    if _BLOCK_START.search(text):
        return None
    if not _SPECIAL.search(text):
        return [Run(text)]
    runs = []
    at = 0
    for found in _EMPHASIS.finditer(text):
        if found.start() > at:
            runs.append(Run(text[at : found.start()]))
        bold = len(found["mark"]) == 2
        runs.append(Run(found["text"], bold=bold, kai=not bold))
        at = found.end()
    if at < len(text):
        runs.append(Run(text[at:]))
    return None if any(run.plain and _SPECIAL.search(run.text) for run in runs) else runs


def _closing(tokens: Sequence[Token], index: int) -> int:
    """The index of the token that closes the one at `index`; `index` where that opens nothing."""
    depth = 0
    for at in range(index, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1
