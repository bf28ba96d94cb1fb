"""The text of a Word document with all changes accepted: paragraphs, tables, boxes and footnotes in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ...issue.body import Run
from ...runtime.limits import TABLE_CELLS
from ..manuscript import (
    Figure,
    Manuscript,
    ParagraphRole,
    SourceBlock,
    SourceParagraph,
    SourceTable,
    clip,
    join_runs,
    plain,
)
from ..recognition.table_shape import Cell, in_order, shaped
from ..sources import within
from ..text.plain import line_placement
from .document import SILENT, WRAPPERS, WordContext
from .drawings import chosen_alternative, local_name, text_in
from .numbering import BULLET, DEEPEST
from .paragraphs import ParagraphReader, WordParagraph, is_prompt
from .styles import W

if TYPE_CHECKING:
    from docx.document import Document

_CONTENTS = re.compile(r"(?:toc|目录|contents) ?\d", re.IGNORECASE)
_MARKDOWN_NUMBER = re.compile(r"\d{1,9}[.)]")


class WordReader:
    """Reads a document into a manuscript; paragraphs of tables, boxes and footnotes are not counted."""

    def __init__(self, document: Document, manuscript: Manuscript) -> None:
        self.manuscript = manuscript
        self.source = WordContext(document, manuscript.notes)
        self.line_reader = ParagraphReader(self.source)
        self.number = 0
        self.aside = False
        self.gap = False  # the last paragraph was empty
        self.carried: WordParagraph | None = None  # text that continues in the next paragraph

    def read(self) -> None:
        self._blocks(self.source.body, self.manuscript.blocks)
        if self.carried is not None:
            self._emit(self.carried, None, self.manuscript.blocks)
        self.source.report_rest()

    def _blocks(self, container: Any, out: list[SourceBlock]) -> None:
        for child in container:
            name = local_name(child)
            if name == "p":
                self._paragraph(child, out)
            elif name == "tbl":
                self._table(child, out)
            elif name == "sdt" and _is_contents(child):
                self._place()
                self.source.report_contents(text_in(child))
            elif name == "sdt" and is_prompt(child):
                self._place()
                self.source.report_placeholder(child)
            elif name == "AlternateContent":
                form = chosen_alternative(child)
                self._blocks(form if form is not None else (), out)
            elif name in WRAPPERS:
                self._blocks(child, out)
            elif name in ("del", "moveFrom"):
                self._place()
                self.source.report_changes([(text_in(child), "")])
            elif name in ("oMath", "oMathPara"):
                self._place()
                line = WordParagraph()
                self.line_reader.equation(child, line)
                self._emit(line, None, out)
            elif name == "altChunk":
                self._place()
                self.source.report_embedded(child)
            elif name and name not in SILENT:
                self._place()
                self.source.report_unknown(child)

    def _place(self) -> None:
        """Sets the number of the paragraph that is read next."""
        if not self.aside:
            self.source.at = self.number + 1

    @contextmanager
    def _uncounted(self) -> Iterator[None]:
        """Reads content outside the text without counting paragraphs or changing the open one."""
        state = (self.aside, self.source.at, self.source.part, self.line_reader.fields, self.carried)
        self.aside, self.line_reader.fields, self.carried = True, [], None
        yield
        self.aside, self.source.at, self.source.part, self.line_reader.fields, self.carried = state

    # --- paragraphs

    def _paragraph(self, paragraph: Any, out: list[SourceBlock]) -> None:
        self._place()
        properties = paragraph.find(f"{W}pPr")
        line, self.carried = self.carried or WordParagraph(), None
        line.style = self.source.style_of(properties)
        if _CONTENTS.fullmatch(self.source.styles.name(line.style)):
            self.source.report_contents(text_in(paragraph))
            return
        self.line_reader.read(paragraph, line)
        if properties is not None and self._continues(properties, line):
            self.carried = line
        else:
            self._emit(line, properties, out)

    def _continues(self, properties: Any, line: WordParagraph) -> bool:
        """Whether the paragraph's end was deleted by a tracked change, or it is a drop initial."""
        frame = properties.find(f"{W}framePr")
        if frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin"):
            zh, en = f"首字下沉“{line.text}”接回了正文", f"the drop initial “{line.text}” was joined to its text"
            self.source.report("drop-initial", zh, en)
            line.size = 0.0
            return True
        mark = properties.find(f"{W}rPr")
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            line.change("¶", "", len(line.text))
            return True
        return False

    def _emit(self, line: WordParagraph, properties: Any | None, out: list[SourceBlock]) -> None:
        """Appends a paragraph and the objects anchored to it to `out`."""
        self.line_reader.report(line)
        at = self.source.at
        lines, after_empty = _with_words(line)
        out += [replace(figure, number=self.number) for figure in line.first_figures]
        for box in line.first_boxes:
            self._box(box, out)
        if lines and not self.aside:
            self.number = at
        label, level = self._label(properties, line.style) if not line.is_empty else ("", 0)
        first = replace(self._shaped(at, line, properties), apart=self.gap)
        self.gap = line.is_empty
        for index, part in enumerate(lines):
            apart = index in after_empty or (first.apart and index == 0)
            shown = replace(first, runs=part, continues=index > 0 and index not in after_empty, apart=apart)
            out.append(_numbered(shown, label, level) if index == 0 and label else shown)
        out += [replace(figure, number=self.number) for figure in line.figures]
        for words in line.art:
            zh, en = f"艺术字“{words}”当作一段文字收入", f"the WordArt “{words}” was taken as a paragraph"
            self.source.report("wordart", zh, en, needs_review=True)
            out.append(SourceParagraph(at, plain(words), boxed=True, centred=True, size=36.0))
        for box in line.boxes:
            self._box(box, out)
        for mark, kind, note in line.notes:
            self._footnote(mark, kind, note)

    def _shaped(self, at: int, line: WordParagraph, properties: Any | None) -> SourceParagraph:
        """The formatting of a paragraph, without text."""
        styles, style = self.source.styles, line.style
        role: ParagraphRole = styles.role(style)
        if not role:
            outline = styles.of_paragraph(properties, style, "outlineLvl")
            depth = outline.get(f"{W}val") if outline is not None else "9"
            role = "heading" if depth == "0" else "crosshead" if depth in set("12345678") else ""
        side = styles.of_paragraph(properties, style, "jc")
        where = side.get(f"{W}val") if side is not None else ""
        size = line.size or styles.size(None, style)
        centred, right = line_placement(line.text)  # aligned by typed spaces
        centred, right = centred or where == "center", right or where in ("right", "end")
        return SourceParagraph(at, (), role, size, centred=centred, right=right)

    def _label(self, properties: Any | None, style: str) -> tuple[str, int]:
        """The number that Word generates for the paragraph, and the level of its list, from 0."""
        numbers = self.source.styles.of_paragraph(properties, style, "numPr")
        list_id = numbers.find(f"{W}numId") if numbers is not None else None
        if list_id is None:
            return "", 0
        level = numbers.find(f"{W}ilvl")
        depth = level.get(f"{W}val", "0") if level is not None else "0"
        depth = min(int(depth[:4]), DEEPEST) if depth.isdecimal() else 0
        return self.source.numbering.label(list_id.get(f"{W}val", ""), depth), depth

    # --- outside the text

    def _box(self, box: Any, out: list[SourceBlock]) -> None:
        found: list[SourceBlock] = []
        with self._uncounted():
            self._blocks(box, found)
        if words := _words(found):
            zh, en = f"文本框里的字放在这里：{words}", f"the words of a text box were put here: {words}"
            self.source.report("text-box", zh, en, needs_review=True)
        out += [replace(block, boxed=True) if isinstance(block, SourceParagraph) else block for block in found]

    def _footnote(self, mark: str, kind: str, note: Any) -> None:
        found: list[SourceBlock] = []
        with self._uncounted():
            self.source.part = next(self.source.related(f"{kind}s"), self.source.part)
            self._blocks(note, found)
        words = _words(found)
        self.manuscript.footnotes.append(SourceParagraph(self.source.at, plain(f"{mark}{words}")))
        self.manuscript.footnotes += [block for block in found if isinstance(block, Figure)]
        zh, en = f"注释 {mark} 移到了文末：{words}", f"note {mark} was moved to the end of the text: {words}"
        self.source.report("footnote", zh, en, needs_review=True)

    # --- tables

    def _table(self, table: Any, out: list[SourceBlock]) -> None:
        self._place()
        at = self.source.at
        rows: list[list[Cell]] = []
        cells: list[list[list[SourceBlock]]] = []
        with self._uncounted():
            for row in self._rows(table):
                rows.append([])
                cells.append([])
                for cell in _children(row, "tc"):
                    found: list[SourceBlock] = []
                    self._blocks(cell, found)
                    across, down = _spans(cell)
                    cells[-1].append(found)
                    text, column = self._cell(found), len(rows[-1])
                    if down and len(rows) > 1 and column < len(rows[-2]):
                        text = rows[-2][column].text
                    rows[-1] += [Cell(text, n > 0, down) for n in range(across)]
        blocks = in_order(cells)
        if not blocks:
            return
        if not self.aside:
            self.number = at
        width = max(map(len, rows))
        within(TABLE_CELLS, width * len(rows), self.manuscript.path)
        if width == 1 or any(isinstance(block, Figure) for block in blocks):
            words = clip(_words(blocks), 40)
            zh, en = f"排版用的表格，内容按顺序收入：{words}", f"a table that only arranges was read in order: {words}"
            self.source.report("layout-table", zh, en)
            out += [replace(b, number=at) if isinstance(b, Figure) else b for b in blocks]
            return
        empty = Cell("")
        out.append(shaped(at, [[*row, *[empty] * (width - len(row))] for row in rows], self.source.notes))

    def _rows(self, table: Any) -> Iterator[Any]:
        for row in _children(table, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.source.report_changes([(text_in(row), "")])
            else:
                yield row

    def _cell(self, blocks: list[SourceBlock]) -> str:
        """The text of a cell in one line; a nested table is read row by row."""
        parts: list[str] = []
        for block in blocks:
            if isinstance(block, SourceTable):
                words = "；".join(" ".join(filter(None, row)) for row in block.rows)
                zh, en = f"表格里套的表格写成了一行：{words}", f"a table inside a table became one line: {words}"
                self.source.report("nested-table", zh, en, needs_review=True)
                parts.append(words)
            elif isinstance(block, SourceParagraph):
                label = f"{block.label} " if block.label not in ("", BULLET) else ""
                parts.append(label + " ".join(block.text.split()))
        return " ".join(filter(None, parts))


def _with_words(line: WordParagraph) -> tuple[list[tuple[Run, ...]], set[int]]:
    """The lines of a paragraph that have text, and which of them follow an empty one."""
    lines: list[tuple[Run, ...]] = []
    after_empty: set[int] = set()
    empty = False
    for part in map(join_runs, line.lines):
        if not "".join(run.text for run in part).strip():
            empty = bool(lines)
            continue
        after_empty |= {len(lines)} if empty else set()
        lines.append(part)
        empty = False
    return lines, after_empty


def _numbered(paragraph: SourceParagraph, label: str, level: int) -> SourceParagraph:
    """A list item if Markdown can express its number, else a paragraph with the number as text."""
    if paragraph.role == "" and (label == BULLET or _MARKDOWN_NUMBER.fullmatch(label)):
        return replace(paragraph, role="list", label=label, level=level + 1)
    if label == BULLET:
        return paragraph
    gap = "" if label.endswith(("、", "）", ")", "．", "：")) else " "
    first = paragraph.runs[0]
    number = Run(f"{label}{gap}", bold=first.bold, kai=first.kai)
    return replace(paragraph, runs=join_runs([number, *paragraph.runs]))


def _words(blocks: list[SourceBlock]) -> str:
    """The text of blocks, for reports."""
    parts = []
    for block in blocks:
        if isinstance(block, SourceParagraph):
            parts.append(block.text)
        elif isinstance(block, SourceTable):
            parts += [cell for row in block.rows for cell in row]
    return " ".join(filter(None, parts))


def _children(element: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also where a change or a content control wraps them."""
    for child in element:
        if local_name(child) == name:
            yield child
        elif local_name(child) in WRAPPERS:
            yield from _children(child, name)


def _spans(cell: Any) -> tuple[int, bool]:
    """How many columns a cell spans, and whether it continues the one above."""
    across = cell.find(f"{W}tcPr/{W}gridSpan")
    down = cell.find(f"{W}tcPr/{W}vMerge")
    width = across.get(f"{W}val", "1") if across is not None else "1"
    return int(width) if width.isdecimal() and len(width) < 3 and int(width) else 1, down is not None and down.get(
        f"{W}val"
    ) != "restart"


def _is_contents(content_control: Any) -> bool:
    gallery = content_control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
