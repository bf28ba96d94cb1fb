"""Recognises lists of names: in lines, after a label and separated by 、, or in a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from ..manuscript import SourceBlock, SourceParagraph, SourceTable
from .bylines import credit_of, is_editor_credit, is_signature
from .persons import is_department, is_name, names_in

_LABELLED = re.compile(r"(?P<label>[^：:，。]{1,20})[：:]\s*(?P<names>.+)")
_LIST = re.compile(r"名单|获奖|获评|表彰|光荣榜|录取|公示|名录|榜")
_LEAST = 4  # names that make a list


class Names(Struct):
    """Names under a heading, and the lines as typed."""

    heading: str = ""
    names: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)


def names_of(block: SourceBlock) -> Names | None:
    """The names in a paragraph or table that has nothing else."""
    if isinstance(block, SourceTable):
        return _of_table(block)
    if not isinstance(block, SourceParagraph) or block.role not in ("", "list"):
        return None
    if is_signature(block.text) or is_editor_credit(block.text) or credit_of(block.text):
        return None
    label, text = "", block.text
    if found := _LABELLED.fullmatch(text):
        label, text = found["label"].strip(), found["names"]
    names = names_in(text)
    if not label and names and len(names[0]) > 2 and is_department(names[0]):
        return None  # a department and its authors
    return Names(label, names, [block.text]) if _are_names(names, labelled=bool(label)) else None


def _are_names(names: Sequence[str], *, labelled: bool = False) -> bool:
    """Whether nearly all of them have a surname, and none is longer than a name."""
    if len(names) < (1 if labelled else 2) or any(not re.fullmatch("[\u3400-\u9fff·]{2,9}", name) for name in names):
        return False
    return sum(map(is_name, names)) >= 0.7 * len(names) and all(len(name) <= 4 or "·" in name for name in names)


def _of_table(table: SourceTable) -> Names | None:
    cells = [cell.strip() for row in table.rows for cell in row if cell.strip()]
    names = [name for cell in cells for name in names_in(cell)]
    return Names("", names, [" ".join(cells)]) if len(names) >= _LEAST and _are_names(names) else None


def take_names(headline: str, blocks: Sequence[SourceBlock]) -> tuple[list[SourceBlock], list[Names]]:
    """The blocks without the lists of names, and these with their headings; a text that mentions some people is not
    changed."""
    found: list[Names] = []
    left: list[SourceBlock] = []
    heading: SourceParagraph | None = None
    for block in blocks:
        names = names_of(block)
        if names is not None:
            if names.heading or heading is not None or not found:
                found.append(Names(names.heading or (heading.text if heading else ""), []))
            found[-1].names += names.names
            found[-1].typed += names.typed
            heading = None
            continue
        if heading is not None:
            left.append(heading)
        heading = block if isinstance(block, SourceParagraph) and _may_head(block) else None
        if heading is None:
            left.append(block)
    if heading is not None:
        left.append(heading)
    count = sum(len(group.names) for group in found)
    text = sum(len(block.text) for block in left if isinstance(block, SourceParagraph))
    if count < _LEAST or not (_LIST.search(headline) or count * 3 > text):
        return list(blocks), []
    return left, found


def _may_head(block: SourceParagraph) -> bool:
    return block.role == "crosshead" or (
        block.role == "" and len(block.text) <= 24 and block.text[-1:] not in "。，；！？"
    )
