"""Bodies in Markdown: paragraphs, `##` crossheads, `**bold**`, `*楷体*`, `> quotes`, lists, tables, links, and

- `H~2~O` and `10^8^` for subscripts and superscripts, which become the characters that Unicode has for them,
- `[词]{.}` for emphasis dots, `[苇泾]{wěi jīng}` for ruby, `[text]{lang=en}` for another language,
- `[苏南枝]{.name}` and `[柳河志]{.title}` for the lines of proper names and of titles (专名号、书名线), `[词]{.underline}`
  and `~~词~~` for underlined and struck text, `[重点项目]{.nobreak}` for what is never parted and a backslash with a
  space for a no-break space,
- `[^1]` for the mark of a footnote, and `[^1]: words` in a paragraph of its own for the note,
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
from ..text.language import DEFAULT_LANGUAGE, language_tag, unsupported
from .body import Block, Body, Run, make_block
from .commonmark import TOO_DEEP, parser
from .footnotes import DEFINITION, sign

if TYPE_CHECKING:
    from markdown_it.token import Token

SUPPORTED = Message(
    "可用的有：段落、## 小标题、**粗体**、*楷体*、> 引文、列表、表格、[文字](网址)、[词]{.} 着重号、[词]{pīnyīn} 注音、"
    "[text]{lang=en} 另一种语言、H~2~O 下标、10^8^ 上标、[词]{.name} 专名号、[词]{.title} 书名线、[词]{.underline} 下划线、"
    "~~词~~ 删除线、[词]{.nobreak} 不拆、[^1] 脚注",
    "write paragraphs, ## crossheads, **bold**, *kai*, > quotes, lists, tables, [text](address), "
    "[word]{.} for dots, [word]{reading}, [text]{lang=en}, H~2~O, 10^8^, [word]{.name}, [word]{.title}, "
    "[word]{.underline}, ~~word~~, [word]{.nobreak}, [^1] for a footnote",
)
# What the classes of a span set; `{.name .nobreak}` has two.
_CLASSES: dict[str, dict[str, Any]] = {
    ".": {"dots": True},
    ".dots": {"dots": True},
    ".name": {"line": "name"},
    ".title": {"line": "title"},
    ".underline": {"line": "underline"},
    ".nobreak": {"whole": True},
}
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
    "class": Message("这种记号 {.…}", "this class of a span, {.…}"),
    "_": Message("下划线写的强调 _…_", "emphasis written with _"),
    "footnote": Message("脚注 [^…]：只有稿件的正文里能用", "a footnote, [^…]: only the text of an article can"),
    "in note": Message("脚注里的脚注", "a footnote inside a footnote"),
    "address": Message("这种网址", "this kind of address"),
    "in quote": Message("引文里的列表、标题或表格", "a list, heading or table inside a quote"),
    "in list": Message("列表里的标题、引文或表格", "a heading, quote or table inside a list"),
    "in cell": Message("表格里的强调、链接、脚注或图片", "emphasis, a link, a footnote or a picture inside a table"),
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


def parse(
    text: Prose, *, verse: bool = False, language: str = DEFAULT_LANGUAGE, first_note: int = 1
) -> tuple[Body, list[Problem]]:
    """Parses a body in a language; returns it with the problems. With `verse` every line is a line of a poem.

    Footnotes are numbered from `first_note` on in the order of their marks; 0 where the text can have none.
    """
    reader = _Reader(text, language, first_note)
    if verse:
        reader.verse(0, len(reader.lines), text)
    elif not reader.quickly():
        reader.thoroughly()
    return Body((*reader.blocks, *reader.footnotes())), reader.problems


class _Reader:
    def __init__(self, text: Prose, language: str = DEFAULT_LANGUAGE, first_note: int = 1) -> None:
        self.text, self.language = text, language
        self._first_note = first_note
        self._note_marks: dict[str, tuple[int, SourceLocation]] = {}  # name → number, where it is first marked
        self._notes: dict[str, Block] = {}
        self._in_note = False
        self.typed = text.split("\n")
        # Full-width spaces are no indent in Markdown; spaces at a line's end are not printed.
        self.lines = [_WIDE_INDENT.sub("", line).rstrip() for line in self.typed]
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self._spans = 0  # so far, of those that do not join with one beside them
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
        level = 2 if kind == "crosshead" else 0
        return make_block(kind, runs, marks, level=level, language=self.language)  # type: ignore[arg-type]

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
        elif token.type == "footnote_open":
            self._note(token.meta["name"], tokens[index + 1])
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
            marks = self._marks(inline, starts)
            block = make_block(kind, runs, marks, language=self.language, **more)  # type: ignore[arg-type]
            self.blocks += [block] if block.text else []  # a space that is written as a character reference is none

    # --- footnotes

    def _note(self, name: str, inline: Token) -> None:
        """Reads the words of a footnote."""
        mark = self._mark(inline, 0)
        if name in self._notes or not inline.content:
            self.problems.append(_wrong_note(name, mark, twice=name in self._notes))
            return
        self._in_note = True
        runs, starts = self._runs(inline)
        self._in_note = False
        self._notes[name] = make_block("note", runs, self._marks(inline, starts), label=name, language=self.language)
        if not self._first_note:
            self._add_error("footnote", inline)

    def _note_mark(self, name: str, inline: Token, at: int) -> int:
        """The number of the footnote that is marked here; 0 where none can be."""
        if self._in_note or not self._first_note:
            self._add_error("in note" if self._in_note else "footnote", inline, at)
            return 0
        number = self._first_note + len(self._note_marks)
        return self._note_marks.setdefault(name, (number, self._mark(inline, at)))[0]

    def footnotes(self) -> list[Block]:
        """The footnotes in the order of their marks; reports marks without a note and notes without a mark."""
        if self._first_note:
            lost = [(name, mark) for name, (_, mark) in self._note_marks.items() if name not in self._notes]
            self.problems += [_unmatched(name, mark, is_mark=True) for name, mark in lost]
            rest = [(name, note.mark) for name, note in self._notes.items() if name not in self._note_marks]
            self.problems += [_unmatched(name, mark, is_mark=False) for name, mark in rest]
        marked = self._note_marks.items()
        return [replace(self._notes[name], number=number) for name, (number, _) in marked if name in self._notes]

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
                    text = Text("", "".join(child.content for child in inline.children or []))
                    text = text.in_language(self.language)
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
            if note := DEFINITION.match(line):
                inline = parser().parseInline(note[2])[0]
                inline.map = [index, index + 1]
                self._note(note[1], inline)
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
                more = {"number": stanza} if kind == "verse" else {"level": 2}
                self.blocks.append(make_block(kind, runs, marks, language=self.language, **more))  # type: ignore[arg-type]

    # --- inside a line

    def _runs(self, inline: Token) -> tuple[list[Run], list[int]]:
        """The runs of an inline token, and the offset in their text at which each line of the file begins."""
        runs: list[Run] = []
        starts = [0]
        at = length = 0
        shape, around = Run(""), list[str]()  # the languages around the span that is read
        content = inline.content
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
            elif token.type in ("s_open", "s_close"):
                shape = replace(shape, struck=token.nesting == 1)
            elif token.type in ("language_open", "language_close"):
                if token.nesting == -1:
                    shape = replace(shape, lang=around.pop())
                    continue
                typed_tag = str(token.meta["lang"])
                if problem := unsupported(typed_tag, self._mark(inline, content.find("{lang", at))):
                    self.problems.append(problem)
                around.append(shape.lang)
                shape = replace(shape, lang=shape.lang if problem else language_tag(typed_tag))
            elif token.type == "reading":
                text = _small(token.content)
                at = max(content.find(token.markup, at), 0)
                runs.append(replace(self._span(shape, token.meta["reading"], inline, at), text=text))
                at += len(token.markup)
                length += len(text)
                text = ""
            elif token.type == "footnote_mark":
                at = max(content.find(token.markup, at), 0)
                if number := self._note_mark(token.meta["name"], inline, at):
                    runs.append(replace(shape, text=sign(number), note=number))
                    length += len(runs[-1].text)
                at += len(token.markup)
            elif token.nesting != -1:
                self._add_error(token.type, inline, max(content.find(_SIGN.get(token.type, token.markup), at), 0))
            if text:
                found_at = content.find(typed or text, at)
                at = found_at + len(typed or text) if found_at >= 0 else at
                length += len(text)
                if runs and replace(runs[-1], text="") == shape:
                    runs[-1] = replace(shape, text=runs[-1].text + text)
                else:
                    runs.append(replace(shape, text=text))
        return runs, starts

    def _span(self, shape: Run, said: str, inline: Token, at: int) -> Run:
        """The shape of a span in brackets: its reading, or what its classes say."""
        if not said.startswith("."):
            return replace(shape, ruby=said)
        for name in said.split():
            if name not in _CLASSES:
                self._add_error("class", inline, at)
            shape = replace(shape, **_CLASSES.get(name, {}))
        if not (shape.line or shape.whole):
            return shape
        self._spans += 1
        return replace(shape, span=self._spans)

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


def _unmatched(name: str, mark: SourceLocation, *, is_mark: bool) -> Problem:
    """The problem of a mark without a note, or of a note without a mark."""
    if is_mark:
        what = Message(f"脚注 [^{name}] 没有注文", f"the footnote [^{name}] has no words")
        remedy = Message(
            f"另起一段写“[^{name}]: 注文”，或删去注号",
            f"write “[^{name}]: words” in a paragraph of its own, or delete the mark",
        )
    else:
        what = Message(f"脚注 [^{name}] 在正文里没有注号", f"nothing in the text marks the footnote [^{name}]")
        remedy = Message(
            f"在要注的词后写 [^{name}]，或删去注文", f"write [^{name}] behind what it explains, or delete it"
        )
    return Problem("note-mark", what, remedy, mark)


def _wrong_note(name: str, mark: SourceLocation, *, twice: bool) -> Problem:
    """The problem of a note that is written twice, or that has no words."""
    if twice:
        what = Message(f"脚注 [^{name}] 写了两遍", f"the footnote [^{name}] is written twice")
        return Problem("note-mark", what, Message("给其中一条另取名字", "give one of them another name"), mark)
    what = Message(f"脚注 [^{name}] 是空的", f"the footnote [^{name}] is empty")
    return Problem("note-mark", what, Message("写上注文", "write its words"), mark)


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
