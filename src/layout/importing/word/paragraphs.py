"""Reads the runs of a Word paragraph and the objects anchored in it."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ...errors import Message
from ...issue.body import Run
from ..manuscript import Figure
from .document import SILENT, WRAPPERS, WordContext
from .drawings import M, R, chosen_alternative, local_name, read_drawing, text_in
from .formula import LOWERED_CHARACTERS, RAISED_CHARACTERS, FormulaError, formula_text
from .numbering import circled
from .styles import HEI, KAI, W, on
from .symbols import symbol_of

SPECIAL_CHARACTERS = {"tab": "\u3000", "ptab": "\u3000", "noBreakHyphen": "-"}
NO_SYMBOL = "〓"  # 〓, set in place of a missing character


class WordField(Struct):
    """A field of Word: its instruction and its result."""

    instruction: str = ""
    printed: bool = False

    @property
    def link(self) -> str:
        found = re.match(r'\s*HYPERLINK\s+"([^"]+)"', self.instruction)
        return found[1] if found else ""

    @property
    def is_contents(self) -> bool:
        return self.instruction.lstrip().upper().startswith("TOC")


class TrackedChange(Struct):
    """A tracked change that was accepted: `old` became `new`, which ends at `end` in the paragraph's text."""

    old: str
    new: str
    end: int


class WordParagraph(Struct):
    """A paragraph while it is read: its runs, divided at forced line breaks, and its objects.

    `first_figures` and `first_boxes` stand before its text; `boxes` are contents of text boxes, `art` the text of
    WordArt, `notes` footnotes, each with mark and kind.
    """

    style: str = ""
    lines: list[list[Run]] = field(default_factory=lambda: [[]])
    size: float = 0.0
    first_figures: list[Figure] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    first_boxes: list[Any] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    art: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, Any]] = field(default_factory=list)
    changes: list[TrackedChange] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)

    def add(self, run: Run) -> None:
        self.lines[-1].append(run)

    def change(self, old: str, new: str, at: int) -> None:
        """Records a tracked change; one that begins where the last ended is merged with it."""
        last = self.changes[-1] if self.changes else None
        if last is not None and last.end == at:
            last.old, last.new, last.end = last.old + old, last.new + new, at + len(new)
        elif old or new:
            self.changes.append(TrackedChange(old, new, at + len(new)))

    @property
    def text(self) -> str:
        return "\n".join("".join(run.text for run in line) for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.first_figures or self.figures or self.boxes or self.art)


class ParagraphReader:
    """Reads paragraphs in order, as a field may extend over several."""

    def __init__(self, source: WordContext) -> None:
        self.source, self.styles = source, source.styles
        self.fields: list[WordField] = []
        self.footnotes = 0

    def read(self, element: Any, line: WordParagraph, link: str = "") -> None:
        for child in element:
            name = local_name(child)
            if name == "r":
                self._run(child, line, link)
            elif name == "hyperlink":
                self.read(child, line, self._address(child) or link)
            elif name in ("ins", "moveTo"):
                before = len(line.text)
                self.read(child, line, link)
                line.change("", line.text[before:], before)
            elif name in ("del", "moveFrom"):
                line.change(text_in(child), "", len(line.text))
            elif name in ("oMath", "oMathPara"):
                self.equation(child, line)
            elif name == "AlternateContent":
                form = chosen_alternative(child)
                self.read(form if form is not None else (), line, link)
            elif name == "fldSimple":
                self.read(child, line, WordField(child.get(f"{W}instr", "")).link or link)
            elif name == "sdt" and is_prompt(child):
                self.source.report_placeholder(child)
            elif name in WRAPPERS:
                self.read(child, line, link)
            elif name and name not in SILENT:
                self.source.report_unknown(child)

    def report(self, line: WordParagraph) -> None:
        """Reports content of a paragraph that is not, or not only, text of the article."""
        source = self.source
        source.report_changes([(change.old, change.new) for change in line.changes], line.text)
        if words := "".join(line.hidden).strip():
            zh, en = f"隐藏文字没有带进来：{words}", f"hidden text was left out: {words}"
            source.report("hidden-text", zh, en, needs_review=True)
        if words := "".join(line.struck).strip():
            zh, en = f"划掉的字照收，请看要不要删：{words}", f"struck-out words were kept; should they go? {words}"
            source.report("struck-out", zh, en, needs_review=True)
        source.report_contents("".join(line.contents))

    def _address(self, hyperlink: Any) -> str:
        relation = self.source.part.rels.get(hyperlink.get(f"{R}id") or "")
        return str(relation.target_ref) if relation is not None and relation.is_external else ""

    def _run(self, run: Any, line: WordParagraph, link: str) -> None:
        properties = run.find(f"{W}rPr")
        if self.styles.switch(properties, line.style, "vanish"):
            line.hidden.append(text_in(run))
            return
        link = next((f.link for f in self.fields if f.printed and f.link), link)
        shape = self._shape(properties, line.style, link)
        row, start = len(line.lines) - 1, len(line.lines[-1])
        for child in run:
            self._piece(child, shape, line, properties)
        words = "".join(r.text for r in chain(line.lines[row][start:], *line.lines[row + 1 :]))
        if words.strip():
            self.source.note_formatting(properties, link)
            line.size = max(line.size, self.styles.size(properties, line.style))
            if any(self.styles.switch(properties, line.style, name) for name in ("strike", "dstrike")):
                line.struck.append(words)

    def _shape(self, properties: Any | None, style: str, link: str) -> Run:
        face = self.styles.font(properties, style)
        bold = self.styles.switch(properties, style, "b") or (not self.source.hei_is_body and bool(HEI.search(face)))
        italic = self.styles.switch(properties, style, "i")
        kai = not self.source.kai_is_body and (italic or bool(KAI.search(face)))
        dots = self.styles.of_run(properties, style, "em")
        return Run("", bold=bold, kai=kai, dots=dots is not None and on(dots), link=link)

    def _piece(self, child: Any, shape: Run, line: WordParagraph, properties: Any | None) -> None:
        name = local_name(child)
        if name == "fldChar":
            self._field(child.get(f"{W}fldCharType"))
        elif name == "instrText":
            if self.fields:
                self.fields[-1].instruction += child.text or ""
        elif any(not f.printed for f in self.fields):
            if name not in SILENT:
                self.fields[-1].instruction += text_in(child) if len(child) else child.text or ""
        elif any(f.is_contents for f in self.fields):
            line.contents.append(child.text or "" if name == "t" else " ")
        elif name == "t":
            line.add(replace(shape, text=self._raised(child.text or "", properties)))
        elif name in SPECIAL_CHARACTERS:
            line.add(replace(shape, text=SPECIAL_CHARACTERS[name]))
        elif name in ("br", "cr"):
            line.lines.append([])
        elif name == "sym":
            line.add(replace(shape, text=self._symbol(child)))
        elif name == "symEx":
            line.add(replace(shape, text=_emoji(child)))
        elif name == "ruby":
            self._ruby(child, line)
        elif name in ("drawing", "pict", "object"):
            drawn = read_drawing(child, self.source.part, self.source.at, self.source.notes)
            started = bool(line.text.strip())
            (line.figures if started else line.first_figures).extend(drawn.figures)
            # A box that floats beside a picture may be its caption; any other follows the text.
            (line.first_boxes if line.first_figures and not started else line.boxes).extend(drawn.boxes)
            line.art += drawn.art
        elif name in ("footnoteReference", "endnoteReference"):
            self._footnote(child.get(f"{W}id"), name.removesuffix("Reference"), line)
        elif name == "commentReference":
            comment = self.source.comments.pop(child.get(f"{W}id"), None)
            if comment is not None:
                self.source.report_comment(comment)
        elif name == "AlternateContent":
            form = chosen_alternative(child)
            for piece in form if form is not None else ():
                self._piece(piece, shape, line, properties)
        elif name and name not in SILENT:
            self.source.report_unknown(child)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(WordField())
        elif self.fields and kind == "separate":
            self.fields[-1].printed = True
        elif self.fields and kind == "end":
            done = self.fields.pop()
            if not done.printed and (words := done.instruction.strip()):
                zh, en = f"域“{words}”没有带进来", f"the field “{words}” was left out"
                remedy = Message("看原稿里这里是什么字，补上", "see in the original what stands here, and type it")
                self.source.report("field", zh, en, remedy=remedy, needs_review=True)

    def _raised(self, text: str, properties: Any | None) -> str:
        """Superscripts and subscripts as Unicode characters; those that have none are reported."""
        place = properties.find(f"{W}vertAlign") if properties is not None else None
        kind = place.get(f"{W}val") if place is not None else self._moved_by_hand(properties, text)
        if kind not in ("superscript", "subscript") or not text.strip():
            return text
        found = text.translate(RAISED_CHARACTERS if kind == "superscript" else LOWERED_CHARACTERS)
        if any(c in text for c in found if not c.isspace()):
            name = Message("上标", "superscript") if kind == "superscript" else Message("下标", "subscript")
            zh, en = f"{name.zh}“{text}”成了普通字", f"the {name.en} “{text}” became plain text"
            self.source.report("raised-text", zh, en, needs_review=True)
            return text
        return found

    @staticmethod
    def _moved_by_hand(properties: Any | None, text: str) -> str:
        """Whether a few small characters were raised or lowered by a distance, which Word stores in half points."""
        place = properties.find(f"{W}position") if properties is not None else None
        small = properties.find(f"{W}sz") if properties is not None else None
        distance = place.get(f"{W}val", "") if place is not None and small is not None else ""
        if not re.fullmatch(r"-?\d{1,3}", distance) or len(text.strip()) > 4 or abs(int(distance)) < 4:
            return ""
        return "superscript" if int(distance) > 0 else "subscript"

    def _footnote(self, note_id: str | None, kind: str, line: WordParagraph) -> None:
        note = self.source.footnotes[kind].pop(note_id or "", None)
        if note is not None:
            self.footnotes += 1
            mark = circled(self.footnotes)
            line.add(Run(mark))
            line.notes.append((mark, kind, note))

    def _ruby(self, ruby: Any, line: WordParagraph) -> None:
        base, reading = ruby.find(f"{W}rubyBase"), ruby.find(f"{W}rt")
        text = text_in(base).replace(" ", "") if base is not None else ""
        line.add(Run(text, ruby=text_in(reading) if reading is not None else ""))

    def _symbol(self, symbol: Any) -> str:
        code, face = symbol.get(f"{W}char", "").upper(), symbol.get(f"{W}font", "")
        if found := symbol_of(face, code):
            return found
        if re.fullmatch("[0-9A-F]{4}", code) and not 0xD800 <= int(code, 16) <= 0xF8FF:
            return chr(int(code, 16))
        zh = f"符号字体 {face} 的 {code} 认不出，先用 {NO_SYMBOL} 占位"
        en = f"the symbol {code} of {face} is unknown; {NO_SYMBOL} holds its place"
        self.source.report("symbol", zh, en, needs_review=True)
        return NO_SYMBOL

    def equation(self, element: Any, line: WordParagraph) -> None:
        try:
            text = formula_text(element)
        except FormulaError as error:
            line.add(Run(NO_SYMBOL))
            words = " ".join(t.text or "" for t in element.iter(f"{M}t"))
            self.source.report(
                "equation",
                f"公式里有{error.name.zh}，写不成一行，先用 {NO_SYMBOL} 占位：{words}",
                f"an equation holds {error.name.en}, which is no line of text; {NO_SYMBOL} holds its place: {words}",
                remedy=Message(
                    "在 Word 里截图存成图片，放进 pictures", "save it as a picture from Word, and put it into pictures"
                ),
                needs_review=True,
            )
            return
        line.add(Run(text))
        self.source.report(
            "equation",
            f"公式写成了一行字：{text}",
            f"an equation became a line of characters: {text}",
            remedy=Message("对照原稿看一遍", "compare it with the original"),
            needs_review=True,
        )


def _emoji(symbol: Any) -> str:
    """The character of a `w16se:symEx` symbol, whose attributes are in another namespace."""
    code = next((value for name, value in symbol.attrib.items() if name.endswith("}char")), "")
    return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{2,5}", code) else NO_SYMBOL


def is_prompt(content_control: Any) -> bool:
    """Whether a content control shows its placeholder text."""
    prompt = content_control.find(f"{W}sdtPr/{W}showingPlcHdr")
    return prompt is not None and on(prompt)
