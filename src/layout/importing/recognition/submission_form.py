"""A table at the top of a manuscript that names headline, author and the like, as forms for contributions have it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ..manuscript import ImportLog, SourceBlock, SourceParagraph, SourceTable

_FIELDS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("题目", "标题", "稿件题目", "稿件标题", "文章标题", "文题"), "headline")
    | dict.fromkeys(("作者", "姓名", "作者姓名", "撰稿人", "供稿人", "投稿人"), "author")
    | dict.fromkeys(("单位", "作者单位", "部门", "所在单位", "所在部门", "供稿单位", "报送单位"), "department")
    | dict.fromkeys(("引题", "肩题"), "kicker")
    | dict.fromkeys(("副题", "副标题"), "deck")
)
_OTHERS = re.compile(
    r"(?:联系)?(?:电话|方式|人)|手机|邮箱|电子邮箱|地址|字数|体裁|类别|栏目|日期|投稿日期|报送日期|时间|备注|审核(?:人|意见)?|领导签字|编号|序号|职务|身份证号?|银行卡号|开户行"
)
_LEAST = 2  # fields that make a table a form


def take_form(blocks: Sequence[SourceBlock], fields: dict[str, str], notes: ImportLog) -> list[SourceBlock]:
    """The blocks without a form before the text; its entries go into `fields`, the rest is reported."""
    table = blocks[0] if blocks else None
    if not isinstance(table, SourceTable) or not any(isinstance(b, SourceParagraph) for b in blocks):
        return list(blocks)
    pairs = _pairs(table)
    if sum(label in _FIELDS for label, _ in pairs) < _LEAST or not any(
        _FIELDS.get(label) == "headline" for label, _ in pairs
    ):
        return list(blocks)
    found = {_FIELDS[label]: " ".join(value.split()) for label, value in pairs if label in _FIELDS and value}
    byline = " ".join(filter(None, (found.get("department"), found.get("author"))))
    for name, value in {**found, "byline": byline}.items():
        if value and name in ("headline", "kicker", "deck", "byline"):
            fields.setdefault(name, value.replace("|", "｜") if name != "byline" else value)
    words = "；".join(f"{label}：{value}" for label, value in pairs if value)
    zh = f"投稿登记表没有带进来，题目和作者取自表里：{words}"
    en = f"the form of a contribution was left out, headline and author come from it: {words}"
    notes.report("submission-form", zh, en, at=table.number, needs_review=True)
    return list(blocks[1:])


def _pairs(table: SourceTable) -> list[tuple[str, str]]:
    """The labels and values of a form, two or four cells a row; empty where a cell that should be a label is none."""
    pairs: list[tuple[str, str]] = []
    for row in (*table.rows, *([table.total] if table.total else [])):
        cells = ["".join(cell.split()).rstrip("：:") if n % 2 == 0 else cell for n, cell in enumerate(row)]
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            if label and label not in _FIELDS and not _OTHERS.fullmatch(label):
                return []
            if label:
                pairs.append((label, value))
    return pairs
