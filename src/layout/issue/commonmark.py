"""CommonMark for Chinese text: markdown-it with emphasis beside full-width marks, emphasis dots and readings."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from ..runtime.limits import BODY_LEVELS

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@cache
def parser() -> MarkdownIt:
    """markdown-it with what a newspaper needs: nothing may vanish, and emphasis works beside full-width marks."""
    from markdown_it import MarkdownIt

    # markdown-it leaves out whatever stands deeper than `maxNesting`; a list and its item are two levels at once.
    markdown = MarkdownIt("commonmark", {"maxNesting": BODY_LEVELS.most + 2}).enable(["table", "strikethrough"])
    # Indented text is text with an indent, an underlined line no heading, and a definition would swallow its line.
    markdown.disable(["code", "lheading", "reference"])
    markdown.block.ruler.before("table", "levels", _levels)
    markdown.inline.ruler.at("emphasis", _emphasis)
    markdown.inline.ruler.before("link", "reading", _reading)
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    return markdown


TOO_DEEP = "too deep"  # in what a parse tells: the first line that is nested deeper than BODY_LEVELS


def _levels(state: Any, first: int, last: int, silent: bool) -> bool:
    """Tells of a line that is nested too deep: what stands there is left out."""
    if state.level >= BODY_LEVELS.most:
        state.env.setdefault(TOO_DEEP, first)
    return False


_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _emphasis(state: Any, silent: bool) -> bool:
    """CommonMark's rule for `*`, for text without spaces: full-width marks and Han count as letters beside it.

    CommonMark would leave `他说**“好”**，` as typed, since a mark follows the stars and a letter stands before them.
    Between two Latin letters or digits a star is a star (`3*4`).
    """
    from markdown_it.rules_inline.state_inline import Delimiter

    if silent or state.src[state.pos] != "*":
        from markdown_it.rules_inline import emphasis

        return emphasis.tokenize(state, silent)
    end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    opens, closes = _opens(before, after), _opens(after, before)
    length = end - state.pos
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = "*"
        state.delimiters.append(Delimiter(ord("*"), length, len(state.tokens) - 1, -1, opens, closes))
    state.pos = end
    return True


def _opens(before: str, after: str) -> bool:
    """Whether stars between these can open emphasis; the other way round, close it."""
    if after.isspace() or (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
        return False
    return after not in _ASCII_PUNCTUATION or before.isspace() or not before.isascii() or before in _ASCII_PUNCTUATION


_READING = re.compile(r"\[([^\[\]\\`*<>]+)\]\{([^{}\n]+)\}")


def _reading(state: Any, silent: bool) -> bool:
    """`[word]{.}` and `[word]{reading}`."""
    found = _READING.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    if not found:
        return False
    if not silent:
        token = state.push("reading", "", 0)
        token.content = found[1]
        token.meta = {"reading": found[2].strip()}
    state.pos = found.end()
    return True
