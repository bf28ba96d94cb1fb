"""Roles of text on a page: what a frame's lines are to a reader, to the text proof and in the tagged PDF.

A role's value is its name in the JSON of a composition. A name that is not listed here is an error: at import where code
names the role, and on construction of a `Frame`.
"""

from __future__ import annotations

from enum import StrEnum

from .errors import Message


class Role(StrEnum):
    """What the lines of a frame are; `tag` is their structure type (ISO 32000-1 14.8.4), `label` what they are called."""

    tag: bytes
    label: Message

    def __new__(cls, name: str, tag: bytes = b"P", zh: str = "", en: str = "") -> Role:
        role = str.__new__(cls, name)
        role._value_ = name
        role.tag, role.label = tag, Message(zh, en)
        return role

    # Heads.
    DEPARTMENT = "department", b"P", "栏目", "standing head"
    KICKER = "kicker", b"P", "引题", "kicker"
    HEADLINE = "headline", b"H1", "主题", "headline"
    DECK = "deck", b"P", "副题", "deck"
    SUMMARY = "summary", b"P", "提要", "summary"
    # Running text.
    EDITORS_NOTE = "editors_note", b"P", "编者按", "editor's note"
    BODY = "body", b"P", "正文", "text"
    CROSSHEAD = "crosshead", b"H2", "小标题", "crosshead"
    ITEM_HEAD = "item_head", b"P", "条题", "head of an item"
    QUOTE = "quote", b"BlockQuote", "引文", "quotation"
    LIST = "list", b"LBody", "列项", "list"
    VERSE = "verse", b"P", "诗", "verse"
    FOOTNOTE = "footnote", b"Note", "脚注", "footnote"
    BYLINE = "byline", b"P", "署名", "byline"
    JUMP_LINE = "jump_line", b"P", "转版", "jump line"
    CONTINUATION_LINE = "continuation_line", b"P", "接版", "continuation line"
    # What stands in or beside a text.
    CAPTION = "caption", b"Caption", "图说", "caption"
    CREDIT = "credit", b"P", "供图", "credit"
    CHART = "chart", b"P", "图表", "chart"
    TABLE = "table", b"Table", "表格", "table"
    NAMES = "names", b"P", "名单", "name list"
    FIGURE = "figure", b"Figure", "插件", "figure"  # its place in the text; its own text has other roles
    PULL_QUOTE = "pull_quote", b"BlockQuote", "摘句", "pull quote"
    SPEAKER = "speaker", b"P", "出言人", "speaker"
    # On no page of the issue: notes on a proof sheet.
    PROOF = "proof", b"P", "校样", "proof"


HEADS = frozenset({Role.HEADLINE, Role.KICKER, Role.DECK, Role.SUMMARY, Role.DEPARTMENT})
FITTED_HEADS = frozenset({Role.HEADLINE, Role.KICKER, Role.DECK})  # of heads, those that are fitted to their width
JUMPS = frozenset({Role.JUMP_LINE, Role.CONTINUATION_LINE})
# Text that runs from column to column, whose lines the text proof counts.
RUNNING = frozenset({Role.BODY, Role.CROSSHEAD, Role.QUOTE, Role.LIST, Role.VERSE, Role.ITEM_HEAD, Role.BYLINE})
SPACED_ROLES = FITTED_HEADS | {Role.TABLE, Role.NAMES}  # spaced out on purpose, so that a loose line is no fault
