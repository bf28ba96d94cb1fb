"""An article's body becomes blocks to pour: paragraphs in the style of their role, the byline last."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import Mark
from ..issue.model import Article, insets_of
from ..issue.model import Block as BodyBlock
from ..style.model import SetText
from ..text.paragraph import Paragraph, Run
from .dummy import Dummy
from .flow import Block
from .insets import inset_lines
from .lines import setting

ROLES = {"paragraph": "body", "item_head": "crosshead", "item_byline": "byline"}
LABEL_GAP = "\u3000"  # after the number of a list's item
DATELINE_GAP = "\u3000"  # after the dateline that a first paragraph begins with (rule J1)


def blocks_of(article: Article, dummy: Dummy, measure: float) -> list[Block]:
    """The blocks of an article in order, numbered from 1 as its paragraphs are.

    What stands in the text and is no text (pictures, tables) is made for columns of `measure` em.
    """
    insets = {inset.id: inset for inset in insets_of(article)}
    blocks = []
    for number, body in enumerate(article.body.blocks, 1):
        inset = insets.get(body.name) if body.kind == "figure" else body.table
        if inset is None:
            blocks.append(_block(body, number, article, dummy))
        else:
            lines = inset_lines(dummy, inset, article.id, measure * dummy.grid.em)
            style = dummy.style.text_style("figure")
            blocks.append(Block("figure", style, number=number, mark=body.mark, solid=lines, content=inset))
    if article.byline:
        style = dummy.style.text_style("byline")
        runs = [Run(byline_text(article), style.face)]
        mark = article.marks.get("byline", article.mark)
        blocks.append(_text("byline", style, runs, len(blocks) + 1, mark, (), dummy, shares_line=True))
    return blocks


def byline_text(article: Article) -> str:
    """The byline in the publication's one form: full-width brackets, and others inside them (rule J2, GB/T 15834 4.9)."""
    return f"（{article.signature.replace('（', '〔').replace('）', '〕')}）"


def _block(body: BodyBlock, number: int, article: Article, dummy: Dummy) -> Block:
    role = ROLES.get(body.kind, body.kind)
    style = dummy.style.text_style(role)
    runs = [
        Run(
            run.text,
            style.bold if run.bold else style.kai if run.kai else style.face,
            run.dots,
            run.ruby,
            link=run.link,
        )
        for run in body.runs
    ]
    if body.label:
        runs = [Run(body.label + LABEL_GAP, style.face, tag="label"), *runs]
    typed: Sequence[int] = body.typed
    if number == 1 and article.dateline:
        dateline = dummy.style.text_style("dateline")
        lead = article.dateline + DATELINE_GAP
        runs = [Run(lead, dateline.face, tag="dateline"), *runs]
        typed = [*[0] * len(lead), *typed]
    return _text(role, style, runs, number, body.mark, typed, dummy)


def _text(
    role: str,
    style: SetText,
    runs: Sequence[Run],
    number: int,
    mark: Mark | None,
    typed: Sequence[int],
    dummy: Dummy,
    *,
    shares_line: bool = False,
) -> Block:
    paragraph = Paragraph(dummy.glyphs.runs(runs, mark), setting(style), dummy.faces)
    return Block(role, style, paragraph, number, mark, typed, shares_line=shares_line)
