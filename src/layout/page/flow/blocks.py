"""An article's text as blocks for filling columns: paragraphs in the style of their role and kind, the byline last."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ...composition import NOTE_LINK
from ...errors import SourceLocation
from ...issue.floats import Picture, PullQuote, kind_of
from ...issue.model import Article, Float, floats_of
from ...issue.model import Block as BodyBlock
from ...roles import Role
from ...style.texts import ResolvedTextStyle
from ...text.language_classes import is_western
from ...text.paragraph import Paragraph, TextRun
from ...text.vertical import shares_a_cell
from ..canvas import Canvas
from ..composed_lines import setting_of
from ..elements.floats import float_lines, rows_of, stands_in_text
from ..elements.footnotes import MARK_SIZE, FootnoteRows, set_footnotes, sign_of
from ..elements.notes import is_boxed, note_runs, text_run
from ..elements.vertical.figures import figure_lines
from ..elements.vertical.headlines import has_head_area
from ..elements.vertical.quotes import vertical_quote_lines
from ..initials import initial_of, origins
from ..parts.flow_block import FlowBlock, Initial
from ..text_lines import with_title_lines
from ..vertical_lines import vertical_runs

_ROLES = {"paragraph": Role.BODY, "item_byline": Role.BYLINE}  # of the other kinds it has their name
_GAP = "\u3000"  # after a dateline, a label, a head that runs in (rules I9, J1)
# The speaker of a question or an answer: 问, 答, or a name, and a colon (rule G4).
SPEAKER = re.compile(r"[^，。；、：:\s]{1,6}[：:]")
QUESTION = re.compile(r"[问Q]|.*[问]")
_BULLET = "•"  # the label of a list item without a number, as the Markdown reader gives it
DATELINE_DASH = " — "  # after a dateline of English or Korean
MARK_GAP = 0.25  # em between an item's sign and its head
# The last paragraph of a letter, set flush left; 此致 before it keeps its indent.
CLOSING_FORMULA = re.compile("(?:敬礼|敬上|夏安|冬安|教安|编安|撰安|近安|大安|秋安|春安)[！!。]?")
_SALUTATION = 20  # the most characters of a salutation such as 编辑同志：
VERSE_TURNED = 2.0  # em: indent of the turned part of a line of verse that is wider than its measure


def blocks_of(article: Article, canvas: Canvas, measure: float, pitch: float = 0.0) -> list[FlowBlock]:
    """The blocks of an article in order, for columns of `measure` em; `number` counts the blocks of its body from 1.

    `pitch` is the distance of the lines of a vertical article (pt), whose columns are tiers; 0 of others.
    """
    return _StoryText(article, canvas, measure, pitch).blocks()


def byline_text(article: Article, language: str) -> str:
    """The byline in the publication's one form (rule J2)."""
    return _bracketed(article.signature, language)


def _bracketed(words: str, language: str) -> str:
    """In full-width brackets, with others inside them (GB/T 15834 4.9); without brackets in English (rule L12)."""
    if is_western(language):
        return words.replace("\u3000", ", ") if language.startswith("en") else f"({words})"
    return f"（{words.replace('（', '〔').replace('）', '〕')}）"


class _StoryText:
    """An article's text in the styles of its kind, for columns of `measure` em of the grid."""

    def __init__(self, article: Article, canvas: Canvas, measure: float, pitch: float) -> None:
        self.article, self.canvas, self.measure, self.pitch = article, canvas, measure, pitch
        self.style = canvas.style
        self.kind = canvas.style.kind(article.kind)
        self.ink = canvas.inks.get(article.id, "")
        blocks = enumerate(article.body.blocks, 1)
        self.note_places = {block.number: number for number, block in blocks if block.kind == "note"}
        self.language = canvas.language(article.id)
        self.verse_left = self._verse_left()

    def blocks(self) -> list[FlowBlock]:
        article = self.article
        blocks = [*self._opening(), *self._body()]
        if article.kind == "picture_news" and not article.body.blocks:
            blocks += self._news_text()
        self._place_unnamed(blocks)
        if article.end_mark if article.end_mark is not None else self.kind.end_mark:
            self._end_mark(blocks)
        if article.byline:
            blocks.append(self._byline())
        if self.note_places and self.style.footnotes.position == "article" and not self.pitch:
            blocks.append(self._footnotes())
        return blocks

    def _opening(self) -> list[FlowBlock]:
        """What stands before the body: the editor's note, and a dateline that does not run into the first block."""
        blocks = [] if is_boxed(self.style) and not self.pitch else self._note()
        if self.pitch and self.article.summary and not has_head_area(self.canvas, self.article):
            blocks = [self._summary(), *blocks]
        body = self.article.body.blocks
        if self.article.dateline and not (body and self._takes_dateline(body[0])):
            blocks.append(self._dateline())
        return blocks

    def _summary(self) -> FlowBlock:
        """The summary of a vertical article, which has no place under the lines of its headline."""
        style = replace(self._style("summary"), after=1)
        runs = [TextRun(self.article.summary, style.face)]
        return self._text(Role.SUMMARY, style, runs, 1, self.article.place("summary"), ())

    def _body(self) -> Iterator[FlowBlock]:
        """The blocks of the body; a head that runs in makes one block with the paragraph after it."""
        body, floats = self.article.body.blocks, {float_.id: float_ for float_ in floats_of(self.article)}
        first_item, runs_in = self._first_item(body), self.kind.item_head == "run_in"  # 同行标题, rule I9
        head: BodyBlock | None = None  # of the item whose text comes next
        gap = 0  # lines left free over that head
        for number, one in enumerate(body, 1):
            if one.kind == "note":  # see `_footnotes`
                continue
            float_: Float | None = floats.get(one.name) if one.kind == "figure" else one.table
            if float_ is not None:
                yield self._figure(float_, number, one.mark)
            elif one.kind == "item_head":
                gap = 0 if number == first_item else self.kind.item_gap
                if runs_in and number < len(body) and body[number].kind == "paragraph":
                    head = one
                else:
                    yield self._item_head(one, number, gap)
            elif head is not None:
                yield self._run_in(head, one, number, gap)
                head = None
            else:
                yield self._block(one, number)

    def _first_item(self, body: Sequence[BodyBlock]) -> int:
        """The number of the block that begins the first item: a first paragraph without a head, else the first head."""
        if self.article.items and body and body[0].kind == "paragraph":
            return 1
        return next((number for number, one in enumerate(body, 1) if one.kind == "item_head"), 0)

    def _byline(self) -> FlowBlock:
        """The byline under the text, in the text's last line where that has room; verse has a line for it."""
        article, style = self.article, self._style("byline")
        runs = [TextRun(byline_text(article, self.language), style.face)]
        number, mark = len(article.body.blocks) + 1, article.marks.get("byline", article.mark)
        return self._text(Role.BYLINE, style, runs, number, mark, (), shares_line=article.kind != "verse")

    def _note(self) -> list[FlowBlock]:
        """The editor's note as the first paragraphs; the style's space after it stands under the last one only."""
        style = self._style("editors_note")
        notes = self.article.editors_note.blocks
        made = []
        for index, block in enumerate(notes):
            runs, lead = note_runs(self.style, style, block, index == 0, self.language)
            own = style if index == len(notes) - 1 else replace(style, after=0)
            typed = [*[0] * lead, *block.typed]
            made.append(self._text(Role.EDITORS_NOTE, own, runs, index + 1, block.mark, typed))
        return made

    def _news_text(self) -> list[FlowBlock]:
        """The caption and credit of a news picture are the text of an article that has no other (rule J8)."""
        picture = next(iter(self.article.pictures), None)
        if picture is None:
            return []
        blocks = []
        style, credit = self._style(self.kind.text), replace(self._style("credit"), align="right")
        if picture.caption:
            blocks.append(
                self._text(Role.BODY, style, [TextRun(picture.caption, style.face)], 1, picture.place("caption"), ())
            )
        if picture.credit:
            runs = [TextRun(picture.credit, credit.face)]
            blocks.append(self._text(Role.CREDIT, credit, runs, 2, picture.place("credit"), (), shares_line=True))
        return blocks

    def _footnotes(self) -> FlowBlock:
        """The notes after the article."""
        notes = set_footnotes(self.canvas, self.article, self.measure * self.canvas.grid.em)
        rows = FootnoteRows(self.canvas, notes)
        style, number = replace(self._style("figure"), before=0, after=0), len(self.article.body.blocks) + 1
        return FlowBlock(
            Role.FOOTNOTE, style, number=number, mark=notes[0].text.mark, solid=rows.lines, content=rows, rows=rows
        )

    # Paragraphs.

    def _follows_head(self, number: int) -> bool:
        """Whether a block of the body comes first, or after a crosshead or the head of an item (rule L6)."""
        return number == 1 or self.article.body.blocks[number - 2].kind in ("crosshead", "item_head")

    def _takes_dateline(self, first: BodyBlock) -> bool:
        """Whether the dateline runs into the first block: not into a list, verse, figure, speech or salutation."""
        if first.kind != "paragraph":
            return first.kind in ("crosshead", "quote")
        kind = self.article.kind
        speaks = kind == "questions" and SPEAKER.match(first.text) is not None
        return not speaks and not (kind == "letter" and _is_salutation(first))

    def _dateline(self) -> FlowBlock:
        """The dateline in a line of its own."""
        style, own = replace(self._style(self.kind.text), keep=1), self._style("dateline")
        runs = [TextRun(self.article.dateline, own.face, tag="dateline")]
        return self._text(Role.BODY, style, runs, 1, self.article.place("dateline"), ())

    def _block(self, body: BodyBlock, number: int) -> FlowBlock:
        role = _ROLES.get(body.kind) or Role(body.kind)
        style = self._style(self.kind.text if role is Role.BODY else role)
        if body.kind == "verse":
            return self._verse(body, number, style)
        runs = self._runs(body, style)
        typed = self._typed(body, runs)
        changes: dict[str, float] = {}
        if body.kind == "item_byline":
            runs, typed = [TextRun(_bracketed(body.text, self.language), style.face)], ()
            return self._text(role, style, runs, number, body.mark, typed, shares_line=True)
        if body.kind == "list":
            runs, changes = self._labelled(body, runs, style)
            typed = [*[0] * (sum(len(run.text) for run in runs) - len(typed) + 1), *typed]
        elif body.kind == "paragraph" and self.article.kind == "questions" and SPEAKER.match(body.text):
            style, runs, changes = self._speech(body, style, runs)
        elif body.kind == "paragraph" and self.article.kind == "letter" and _stands_flush(body, number):
            changes = {"indent": 0.0}
        elif number == 1 and self.article.dateline:
            dateline = self._style("dateline")
            lead = self.article.dateline + (_GAP if not is_western(self.language) else DATELINE_DASH)
            runs = [TextRun(lead, dateline.face, tag="dateline"), *runs]
            typed = [*[0] * len(lead), *typed]
        elif number == 1 and body.kind == "paragraph" and self._has_drop_initial() and initial_of(body.text):
            return self._with_initial(body, style, runs, number)
        return self._text(role, style, runs, number, body.mark, typed, changes)

    def _runs(self, body: BodyBlock, style: ResolvedTextStyle) -> list[TextRun]:
        lead_in = self.style.text.get("lead_in") if body.has_lead_in else None
        runs = []
        for index, run in enumerate(body.runs):
            face = style.bold if run.bold else style.kai if run.kai else style.face
            tag = ""
            if index == 0 and lead_in is not None:
                face, tag = lead_in.face or face, "lead_in"
            if run.note:
                text = sign_of(self.style, run.note)
                superscript = TextRun(text, face, superscript=True, size=MARK_SIZE, note=run.note)
                runs.append(
                    replace(superscript, struck=run.struck, link=f"{NOTE_LINK}{self.note_places.get(run.note, 0)}")
                )
            else:
                runs.append(text_run(run, face, tag))
        return runs

    def _typed(self, body: BodyBlock, runs: Sequence[TextRun]) -> Sequence[int]:
        """For each character of the runs of a block, and for their end, its place in the block as typed."""
        typed = body.typed
        if all(len(run.text) == len(own.text) for run, own in zip(runs, body.runs, strict=True)):
            return typed
        places: list[int] = []
        at = 0
        for run, own in zip(runs, body.runs, strict=True):
            same = len(run.text) == len(own.text)
            places += typed[at : at + len(own.text)] if same else [typed[at]] * len(run.text)
            at += len(own.text)
        return [*places, typed[at]]

    def _labelled(
        self, body: BodyBlock, runs: list[TextRun], style: ResolvedTextStyle
    ) -> tuple[list[TextRun], dict[str, float]]:
        """An item of a list: its label takes whole em at the left; nested lists are indented further (rule G4)."""
        sign = self.style.words.get("bullet", _BULLET) if body.label == _BULLET else body.label
        label = 1.0 if self.pitch and shares_a_cell(sign) else self._width(sign, style.face)
        hanging = max(style.hanging, math.ceil(label + 0.25 - 1e-6)) if sign else style.hanging
        changes = {"left": style.left + style.hanging * (body.level - 1), "hanging_indent": hanging, "indent": hanging}
        if sign:
            blank = TextRun(_GAP, style.face, size=hanging - label, tag="label")
            runs, changes["indent"] = [TextRun(sign, style.face, tag="label"), blank, *runs], 0.0
        return runs, changes

    def _speech(
        self, body: BodyBlock, style: ResolvedTextStyle, runs: list[TextRun]
    ) -> tuple[ResolvedTextStyle, list[TextRun], dict[str, float]]:
        """A question or an answer: the speaker stands flush left, further lines are indented past it (凸排, rule G4)."""
        speaker = SPEAKER.match(body.text)
        assert speaker is not None
        role = "question" if QUESTION.match(speaker[0]) else "answer"
        if role in self.style.text:
            style = self._style(role)
            runs = self._runs(body, style)
        parted: list[TextRun] = []
        left = speaker.end()
        for run in runs:
            head, rest = run.text[:left], run.text[left:]
            left -= len(head)
            if head:
                parted.append(replace(run, text=head, face=style.bold, tag="speaker"))
            if rest:
                parted.append(replace(run, text=rest))
        return style, parted, {"indent": 0.0, "hanging_indent": float(math.ceil(self._width(speaker[0], style.bold)))}

    def _run_in(self, head: BodyBlock, body: BodyBlock, number: int, before: int) -> FlowBlock:
        """The head of an item and its text in one paragraph (同行标题, rule I9)."""
        style = replace(self._style(self.kind.text), before=before)
        own = self._style("item_head")
        lead = [
            *self._item_mark(own),
            *(TextRun(run.text, own.face, tag="item_head") for run in head.runs),
            TextRun(_GAP, own.face),
        ]
        taken = sum(len(run.text) for run in lead)
        runs = self._runs(body, style)
        typed = [*[0] * taken, *self._typed(body, runs)]
        return self._text(Role.BODY, style, [*lead, *runs], number, head.mark, typed)

    def _item_head(self, body: BodyBlock, number: int, before: int) -> FlowBlock:
        style = replace(self._style("item_head"), before=before)
        mark = self._item_mark(style)
        typed = [*[0] * sum(len(run.text) for run in mark), *body.typed]
        return self._text(Role.ITEM_HEAD, style, [*mark, *self._runs(body, style)], number, body.mark, typed)

    def _item_mark(self, head: ResolvedTextStyle) -> list[TextRun]:
        """The sign before an item's head, and the white between them."""
        if not self.kind.item_mark:
            return []
        own = self._style("item_mark")
        size = own.size / head.size
        return [
            TextRun(self.kind.item_mark, own.face, size=size, tag="item_mark"),
            TextRun(_GAP, head.face, size=MARK_GAP, tag="item_mark"),
        ]

    def _with_initial(self, body: BodyBlock, style: ResolvedTextStyle, runs: list[TextRun], number: int) -> FlowBlock:
        """A paragraph whose first characters are a drop initial (首字下沉); one with too few lines for it stays plain."""
        own, drop = self._style("drop_initial"), self.style.drop_initial
        size = (drop.lines - 1) * self.canvas.grid.leading + self.canvas.grid.em
        text = initial_of(body.text)
        face = self.canvas.glyphs.parts(text, own.face, body.mark)[-1][1]
        xs, width = origins(text, self.canvas.faces[face].advances)
        width = width * size / style.size + drop.gap
        rest, left = [], len(text)
        for run in runs:
            if run.text[left:]:
                rest.append(replace(run, text=run.text[left:]))
            left = max(left - len(run.text), 0)
        block = self._text(Role.BODY, style, rest, number, body.mark, body.typed[len(text) :], {"indent": 0.0})
        assert block.paragraph is not None
        ends = block.paragraph.break_lines([self.measure * self.canvas.grid.em / style.size - width], style.breaking)
        if len(ends) < drop.lines:
            return self._text(Role.BODY, style, runs, number, body.mark, body.typed)
        block.style = replace(style, orphans=max(style.orphans, drop.lines))
        block.initial = Initial(text, face, size, own.colour, drop.lines, width, tuple(x * size for x in xs))
        return block

    def _has_drop_initial(self) -> bool:
        wanted = self.article.drop_initial
        return self.kind.drop_initial if wanted is None else wanted

    # Verse.

    def _verse(self, body: BodyBlock, number: int, style: ResolvedTextStyle) -> FlowBlock:
        """A line of verse; one line is left free over each stanza (rule G5)."""
        blocks = self.article.body.blocks
        first = number > 1 and (blocks[number - 2].kind != "verse" or blocks[number - 2].number != body.number)
        style = replace(style, before=1 if first else 0, left=self.verse_left, widows=0, orphans=0)
        changes = {"indent": _verse_indent(body), "hanging_indent": VERSE_TURNED}
        return self._text(Role.VERSE, style, self._runs(body, style), number, body.mark, body.typed, changes)

    def _verse_left(self) -> float:
        """The indent, in half em, that centres the poem in its column; vertical verse has the style's own."""
        if self.pitch:
            return self._style("verse").left
        lines = [block for block in self.article.body.blocks if block.kind == "verse"]
        if not lines:
            return 0.0
        style = self._style("verse")
        measure = self.measure * self.canvas.grid.em / style.size
        widest = 0.0
        for line in lines:
            paragraph = Paragraph(
                self.canvas.glyphs.runs(self._runs(line, style), line.mark, self.language),
                setting_of(style, self.language, indent=_verse_indent(line), left=0.0, align="left"),
                self.canvas.faces,
            )
            widest = max(widest, paragraph.lines([paragraph.characters], [1000.0])[0].width)
        return max(0.0, math.floor(measure - widest) / 2)

    # Floats.

    def _figure(self, float_: Float, number: int, mark: SourceLocation | None) -> FlowBlock:
        width = self.measure * self.canvas.grid.em
        style = self._style("figure")
        rows = None
        if self.pitch:
            lines = self._lines_down(float_)
            return FlowBlock(Role.FIGURE, style, number=number, mark=mark, solid=lines, content=float_)
        if not isinstance(float_, Picture):
            style = replace(style, before=0, after=0)  # the float's own lines include its air
            rows = rows_of(self.canvas, float_, width)
        lines = float_lines(self.canvas, float_, self.article.id, width)
        span = float_.columns if isinstance(float_, Picture) else 1
        return FlowBlock(
            Role.FIGURE, style, number=number, mark=mark, solid=lines, content=float_, rows=rows, span=span
        )

    def _lines_down(self, float_: Float) -> int:
        """The vertical lines that an element of the text takes in a tier."""
        if isinstance(float_, PullQuote):
            return vertical_quote_lines(self.canvas, float_, self.measure, self.pitch)
        return figure_lines(self.canvas, float_, self.article.id, self.measure, self.pitch)

    def _place_unnamed(self, blocks: list[FlowBlock]) -> None:
        """Tables and lists without a place come after the text, a pull quote in the middle of it (rule G3)."""
        for float_ in stands_in_text(self.canvas, self.article):
            number = len(self.article.body.blocks)
            figure = self._figure(float_, number, float_.mark)
            if kind_of(float_).stands == "middle":
                blocks.insert(_middle(blocks), figure)
            else:
                blocks.append(figure)

    # Ends.

    def _end_mark(self, blocks: list[FlowBlock]) -> None:
        last = next(
            (at for at in reversed(range(len(blocks))) if blocks[at].paragraph and not blocks[at].initial), None
        )
        sign = self.style.words.get("end_mark", "")
        if last is None or not sign:
            return
        block, own = blocks[last], self._style("end_mark")
        paragraph = block.paragraph
        assert paragraph is not None
        size = own.size / block.style.size
        runs = self.canvas.glyphs.runs([TextRun(sign, own.face, size=size, tag="end_mark")], block.mark)
        typed = [*block.typed, *[block.typed[-1]] * len(sign)] if block.typed else ()
        made = Paragraph([*paragraph.runs, *runs], paragraph.setting, self.canvas.faces)
        blocks[last] = replace(block, paragraph=made, typed=typed, _ends={})

    def _style(self, role: str) -> ResolvedTextStyle:
        style = self.style.text_style(role)
        return replace(style, colour=self.ink) if self.ink else style

    def _width(self, text: str, face: str) -> float:
        return sum(self.canvas.faces[face].advances[character] for character in text) / 1000

    def _text(
        self,
        role: Role,
        style: ResolvedTextStyle,
        runs: Sequence[TextRun],
        number: int,
        mark: SourceLocation | None,
        typed: Sequence[int],
        changes: Mapping[str, float] | None = None,
        *,
        shares_line: bool = False,
    ) -> FlowBlock:
        tracking = self.canvas.decisions.tracking.get(self.article.id, 0.0)
        language, measure = self.language, self.measure * self.canvas.grid.em / style.size - style.left - style.right
        if role is Role.BODY and language.startswith("en") and self._follows_head(number):
            changes = {"indent": 0.0} | dict(changes or {})
        made = setting_of(style, language, measure, tracking=tracking, **(changes or {}))
        if self.style.text_lines.brackets and not self.pitch:
            runs = with_title_lines(runs)
        set_runs = self.canvas.glyphs.runs(runs, mark, language)
        if self.pitch:
            made = setting_of(style, language, measure, tracking=tracking, vertical=True, **(changes or {}))
            set_runs = vertical_runs(self.canvas, set_runs)
        paragraph = Paragraph(set_runs, made, self.canvas.faces)
        return FlowBlock(role, style, paragraph, number, mark, typed, shares_line=shares_line)


def _verse_indent(line: BodyBlock) -> float:
    """The indent of a line of verse as typed, in em: its leading ideographic spaces."""
    return float(len(line.text) - len(line.text.lstrip("\u3000")))


def _stands_flush(body: BodyBlock, number: int) -> bool:
    """Whether a paragraph of a letter has no indent: its salutation, and the closing formula."""
    return bool(CLOSING_FORMULA.fullmatch(body.text)) or (number == 1 and _is_salutation(body))


def _is_salutation(body: BodyBlock) -> bool:
    return len(body.text) <= _SALUTATION and body.text.endswith(("：", ":"))


def _middle(blocks: Sequence[FlowBlock]) -> int:
    """The index before which a pull quote goes: that of the paragraph nearest the middle, not at either end."""
    total = sum(block.characters for block in blocks)
    done, best = 0, (math.inf, len(blocks))
    for index, block in enumerate(blocks):
        parts = index > 0 and block.role is Role.BODY and blocks[index - 1].role is Role.BODY
        if parts and abs(done - total / 2) < best[0]:
            best = abs(done - total / 2), index
        done += block.characters
    return best[1]
