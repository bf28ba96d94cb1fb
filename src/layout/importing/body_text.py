"""Writes blocks as the Markdown of a body, which is read back as the same blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from msgspec.structs import replace

from ..errors import Message, SourceLocation
from ..issue.body import Run, make_block
from ..issue.markdown import parse
from ..records import Prose
from ..runtime.limits import BODY_LEVELS
from .manuscript import ImportLog, SourceBlock, SourceParagraph, SourceTable, join_runs

_SPECIAL = re.compile(r"[\\*_`\[\]<&~]")
_START = re.compile(r"(?P<sign>[-+>#|=]|\d{1,9}(?=[.)]))")
_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S+")
_LEAD_IN_END = ("。", "：", "！", "？", "”", ":", "．")


def write_body(
    blocks: Sequence[SourceBlock],
    notes: ImportLog,
    *,
    verse: bool = False,
    named: Mapping[int, str] = MappingProxyType({}),
) -> str:
    """The body of an article; "" where it has none. With `verse` each line is one of a poem; the tables in `named`,
    by identity, are referred to by name."""
    if verse:
        return _verse([b for b in blocks if isinstance(b, SourceParagraph)])
    parts: list[str] = []
    for role, group in groupby(blocks, key=lambda b: b.role if isinstance(b, SourceParagraph) else "table"):
        members = list(group)
        if role == "table":
            tables = [b for b in members if isinstance(b, SourceTable)]
            parts += [f"![]({named[id(b)]})" if id(b) in named else _table(b) for b in tables]
            continue
        lines = [b for b in members if isinstance(b, SourceParagraph)]
        if role == "verse":
            parts.append(f"```verse\n{_verse(lines, marked=True).rstrip()}\n```")
        elif role == "list":
            parts.append(_list(lines, notes))
        elif role == "quote":
            parts.append("\n>\n".join(f"> {_inline(line, notes)}" for line in lines))
        elif role == "crosshead":
            parts += [f"## {_escaped(line.text)}" for line in lines]
        else:
            parts += [_inline(line, notes) for line in lines]
    soft = sum(1 for b in blocks if isinstance(b, SourceParagraph) and b.continues and b.role == "")
    if soft:
        zh, en = f"段内的强制换行有 {soft} 处，都分了段", f"forced line breaks, {soft} of them, became new paragraphs"
        notes.report("line-break", zh, en)
    return "\n\n".join(filter(None, parts)) + "\n" if any(parts) else ""


def _verse(lines: Sequence[SourceParagraph], *, marked: bool = False) -> str:
    """Lines of a poem with their relative indents. An empty line separates stanzas; if it is not `marked` as verse and
    all or no lines have one between them, a new paragraph does."""
    parts = [line.apart for line in lines]
    if marked:
        pass
    elif all(parts[1:]) or not any(parts[1:]):
        whole = any(line.continues for line in lines)
        parts = [whole and not line.continues for line in lines]
    indents = [
        len(text) - len(text.lstrip("\u3000")) for line in lines for text in ["".join(r.text for r in line.runs)]
    ]
    common = min(indents, default=0)
    found = []
    for index, line in enumerate(lines):
        found += [""] if parts[index] and index else []
        found.append("\u3000" * (indents[index] - common) + _escaped(line.text))
    return "\n".join(found) + "\n" if found else ""


def _list(lines: Sequence[SourceParagraph], notes: ImportLog) -> str:
    """Items with their numbers; a paragraph without a number continues the item before."""
    found: list[str] = []
    indents = {1: 0}
    kinds: dict[int, str] = {}
    deepest = BODY_LEVELS.most // 2 - 1  # a list and its item are two levels, the text inside is one more
    if (deeper := max((line.level for line in lines), default=0)) > deepest:
        zh = f"列表有 {deeper} 层，第 {deepest} 层以下的都收在第 {deepest} 层"
        en = f"a list of {deeper} levels; what is below level {deepest} is on that level"
        notes.report("list-levels", zh, en, at=lines[0].number, needs_review=True)
    above: list[int] = []  # the levels of the source that the item is under
    for line in lines:
        if line.label:
            above = [*(deep for deep in above if deep < line.level), line.level]
        level = min(len(above) or 1, max(indents), deepest)
        label = "-" if line.label == "•" else line.label
        indent = " " * indents[level]
        text = _inline(line, notes)
        if label:
            # Another kind of list needs an empty line, or its number would be text of the item before.
            kind = label[-1]
            found += [""] if kinds.get(level, kind) != kind else []
            kinds = {**{k: v for k, v in kinds.items() if k < level}, level: kind}
            indents = {k: v for k, v in indents.items() if k <= level}
            indents[level + 1] = indents[level] + len(label) + 1
            found.append(f"{indent}{label} {text}")
        else:
            found += ["", f"{' ' * indents.get(level + 1, 0)}{text}", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(found)).strip("\n")


def _table(table: SourceTable) -> str:
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    if len(rows) == 1:
        rows.insert(0, [""] * len(rows[0]))
    head, *rest = rows
    lines = [head, ["---"] * len(head), *rest]
    return "\n".join(f"| {' | '.join(cell or ' ' for cell in row)} |" for row in lines)


def _cell(text: str) -> str:
    return re.sub(r"([\\*_`\[\]<&~|])", r"\\\1", " ".join(text.split()))


def _escaped(text: str, *, start: bool = True) -> str:
    """Text with the syntax of Markdown escaped."""
    text = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split("\n")))
    if start and (found := _START.match(text)):
        sign = found["sign"]
        text = f"{sign}\\{text[len(sign) :]}" if sign.isdigit() else f"\\{text}"
    return text


def _inline(paragraph: SourceParagraph, notes: ImportLog) -> str:
    """A paragraph's runs in Markdown, without emphasis if they would be read back differently."""
    runs = _tidy(paragraph.runs, notes, paragraph)
    if not any(run.text for run in runs):
        return ""
    for shape in (runs, [replace(r, kai=False) for r in runs], [replace(r, bold=False, kai=False) for r in runs]):
        expected = join_runs(shape)
        text = _written(expected)
        if _reads_back(text, expected):
            if shape is not runs:
                zh, en = "有的强调写不进正文，没有带进来", "some emphasis could not be written and was left out"
                notes.report("formatting", zh, en, at=paragraph.number, needs_review=True)
            return text
    zh, en = "粗体、注音或链接写不进正文，只收了字", "bold, readings or links could not be written; the words were kept"
    notes.report("formatting", zh, en, at=paragraph.number, needs_review=True)
    return _escaped(paragraph.text)


def _reads_back(text: str, runs: Sequence[Run]) -> bool:
    """Whether the issue's reader reads these runs from the text."""
    body, problems = parse(Prose.of_file(text, ""))
    if problems or len(body.blocks) != 1:
        return False
    expected = make_block("paragraph", runs, [(0, SourceLocation(""))])
    found = body.blocks[0]
    return (
        found.kind == "paragraph"
        and found.source == expected.source
        and join_runs(found.runs) == join_runs(expected.runs)
    )


def _tidy(runs: Sequence[Run], notes: ImportLog, paragraph: SourceParagraph) -> list[Run]:
    """Runs that Markdown can express: emphasis without spaces at its ends, links with an address."""
    found: list[Run] = []
    for run in runs:
        text = re.sub(r"[\n\t]+", " ", run.text)
        run = replace(run, text=text, kai=run.kai and not run.bold)
        if run.dots or run.ruby:
            run = replace(run, bold=False, kai=False, link="")
        if run.link:
            run = _linked(run, notes, paragraph)
        if run.bold or run.kai or run.link or run.dots or run.ruby:
            plain = Run("")
            inner = run.text.strip(" \u3000")
            before, _, after = run.text.partition(inner) if inner else (run.text, "", "")
            found += [replace(plain, text=before), replace(run, text=inner), replace(plain, text=after)]
        else:
            found.append(run)
    found = list(join_runs(found))
    if found:
        found[0] = replace(found[0], text=found[0].text.lstrip(" \u3000"))
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" \u3000"))
    found = [run for run in found if run.text]
    # A bold lead-in that ends like a sentence is separated from its text by a space.
    if len(found) > 1 and found[0].bold and found[0].text.endswith(_LEAD_IN_END) and found[1].text[0] not in " \u3000":
        found.insert(1, Run(" "))
    return list(join_runs(found))


def _linked(run: Run, notes: ImportLog, paragraph: SourceParagraph) -> Run:
    """The run with its link, which is reported, as it is not printed; without it if the text is the address."""
    link = run.link
    shown = re.sub(r"^(?:https?://|mailto:)|/$", "", run.text.strip())
    if shown == re.sub(r"^(?:https?://|mailto:)|/$", "", link):
        return replace(run, link="")
    zh, en = f"“{run.text}”带着链接 {link}，纸上看不见", f"“{run.text}” links to {link}, which print does not show"
    remedy = Message("读者要用就把网址写出来", "write the address out where readers need it")
    notes.report("link", zh, en, at=paragraph.number, remedy=remedy)
    return run if _LINK.fullmatch(link) and not re.search(r"[()<>\[\]\\\s]", link) else replace(run, link="")


def _written(runs: Sequence[Run]) -> str:
    parts = []
    for index, run in enumerate(runs):
        text = _escaped(run.text, start=index == 0 and not (run.bold or run.kai or run.dots or run.ruby or run.link))
        if run.dots:
            text = f"[{run.text}]{{.}}"
        elif run.ruby:
            text = f"[{run.text}]{{{run.ruby}}}"
        elif run.bold:
            text = f"**{text}**"
        elif run.kai:
            text = f"*{text}*"
        parts.append(f"[{text}]({run.link})" if run.link else text)
    return "".join(parts)
