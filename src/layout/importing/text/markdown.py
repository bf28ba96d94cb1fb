"""Markdown of other programs: rendered by markdown-it and read as HTML."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from ...issue.body import Run
from ...runtime.limits import MANUSCRIPT_CHARACTERS, MANUSCRIPT_TEXT_BYTES, NESTING
from ..manuscript import Manuscript, SourceParagraph, join_runs, plain
from ..sources import read_source, within
from ..web.html import read_html
from ..word.numbering import circled
from .encodings import decode

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|[ \t]*))*)", re.MULTILINE)
# The issue format's extensions of CommonMark, and stars that CommonMark leaves beside full-width marks.
_OWN_MARKUP = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|\[(?P<word>[^\[\]\n]+)\]\{(?P<reading>[^{}\n]+)\}|(?<![*0-9A-Za-z])\*(?P<kai>[^*\s][^*\n]*)\*(?![*0-9A-Za-z])"
)
_DEEPEST = 8  # nesting of lists in front matter
FIELDS = {
    "headline": "headline", "title": "headline", "标题": "headline", "主题": "headline",
    "kicker": "kicker", "引题": "kicker", "deck": "deck", "subtitle": "deck", "副题": "deck", "副标题": "deck",
    "byline": "byline", "author": "byline", "作者": "byline", "署名": "byline",
    "dateline": "dateline", "summary": "summary", "提要": "summary", "department": "department", "栏目": "department",
}  # fmt: skip


def read_markdown(path: Path) -> Manuscript:
    """A `.md` file, with or without front matter.

    Raises:
        ArticleError: `not-text`.
    """
    from markdown_it import MarkdownIt

    manuscript = Manuscript(path)
    text = decode(read_source(path, MANUSCRIPT_TEXT_BYTES), path, manuscript.notes)
    within(MANUSCRIPT_CHARACTERS, len(text), path)
    text = _front_matter(text, manuscript)
    text, footnotes = _footnotes(text, manuscript)
    # markdown-it drops what is nested deeper than `maxNesting`; as HTML, what is deeper than NESTING is refused.
    options = {"html": True, "maxNesting": NESTING.most + 2}
    markdown = MarkdownIt("commonmark", options).enable(["table", "strikethrough"]).disable("code")
    read_html(markdown.render(text), manuscript)
    manuscript.blocks = [
        replace(block, runs=_own_markup(block.runs)) if isinstance(block, SourceParagraph) else block
        for block in manuscript.blocks
    ]
    manuscript.footnotes += footnotes
    return manuscript


def _front_matter(text: str, manuscript: Manuscript) -> str:
    """The text after the front matter; its known keys become fields, the others are reported."""
    import yaml

    found = _FRONT.match(text)
    if not found:
        return text
    try:
        # Aliases repeat their anchor: a few lines of them can expand to gigabytes.
        depth = 0
        for event in yaml.parse(found[1], Loader=yaml.BaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
                return text
        data = yaml.load(found[1], Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        data = None
    if not isinstance(data, dict):
        return text
    for key, value in data.items():
        words = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        name = FIELDS.get(str(key).strip().lower())
        if name and words and name not in manuscript.fields:
            manuscript.fields[name] = words
        elif words:
            zh, en = f"文件开头的“{key}: {words}”没有带进来", f"“{key}: {words}” at the head was left out"
            manuscript.notes.report("front-matter", zh, en)
    return text[found.end() :]


def _footnotes(text: str, manuscript: Manuscript) -> tuple[str, list[SourceParagraph]]:
    """The text with ①, ② … as footnote marks, and the footnotes as paragraphs for the end."""
    notes = {found[1]: " ".join(found[2].split()) for found in _FOOTNOTE.finditer(text)}
    if not notes:
        return text, []
    text = _FOOTNOTE.sub("", text)
    used: dict[str, str] = {}

    def mark(found: re.Match[str]) -> str:
        if found[1] not in notes:
            return found[0]
        return used.setdefault(found[1], circled(len(used) + 1))

    text = re.sub(r"\[\^([^\]\s]{1,200})\]", mark, text)
    for name in notes:
        used.setdefault(name, circled(len(used) + 1))
    for name, sign in used.items():
        zh, en = (
            f"注释 {sign} 移到了文末：{notes[name]}",
            f"note {sign} was moved to the end of the text: {notes[name]}",
        )
        manuscript.notes.report("footnote", zh, en, needs_review=True)
    return text, [SourceParagraph(0, plain(f"{sign}{notes[name]}")) for name, sign in used.items()]


def _own_markup(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs with the issue format's own syntax interpreted."""
    found: list[Run] = []
    for run in runs:
        at = 0
        for match in _OWN_MARKUP.finditer(run.text):
            found.append(replace(run, text=run.text[at : match.start()]))
            if match["word"]:
                dots = match["reading"] in (".", ".dots")
                found.append(replace(run, text=match["word"], dots=dots, ruby="" if dots else match["reading"]))
            else:
                bold = match["bold"] is not None
                words = match["bold"] or match["kai"]
                found.append(replace(run, text=words, bold=run.bold or bold, kai=run.kai or not bold))
            at = match.end()
        found.append(replace(run, text=run.text[at:]))
    return join_runs(found)
