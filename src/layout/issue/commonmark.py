"""CommonMark for Chinese text: markdown-it with emphasis beside full-width marks, emphasis dots and ruby."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from ..runtime.limits import BODY_LEVELS
from .footnotes import DEFINITION, MARK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@cache
def parser() -> MarkdownIt:
    """markdown-it configured so that no text is dropped and emphasis works beside full-width marks."""
    from markdown_it import MarkdownIt

    # markdown-it drops content nested deeper than `maxNesting`; a list with its item is two levels.
    markdown = MarkdownIt("commonmark", {"maxNesting": BODY_LEVELS.most + 2}).enable(["table", "strikethrough"])
    # No code blocks by indent, no headings by underline, no link definitions, which would drop their line.
    markdown.disable(["code", "lheading", "reference"])
    markdown.block.ruler.before("table", "levels", _levels)
    markdown.inline.ruler.at("emphasis", _emphasis)
    markdown.inline.ruler.at("strikethrough", _strike)
    markdown.inline.ruler.before("link", "reading", _reading)
    markdown.inline.ruler.before("reading", "footnote_mark", _footnote_mark)
    markdown.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph"]})
    markdown.inline.ruler.before("escape", "no_break_space", _no_break_space)
    markdown.inline.ruler.before("reading", "language", _language)
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    return markdown


TOO_DEEP = "too deep"  # key of the environment of a parse: the first line that is nested deeper than BODY_LEVELS


def _levels(state: Any, first: int, last: int, silent: bool) -> bool:
    """Records a line that is nested too deep, whose content would be left out."""
    if state.level >= BODY_LEVELS.most:
        state.env.setdefault(TOO_DEEP, first)
    return False


_ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _emphasis(state: Any, silent: bool) -> bool:
    """CommonMark's rule for `*`, where full-width marks and Han count as letters.

    CommonMark would leave `他说**“好”**，` as typed, since a mark follows the stars and a letter is before them.
    Between two Latin letters or digits a star is text (`3*4`).
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


def _strike(state: Any, silent: bool) -> bool:
    """`~~` by the rule of `_emphasis`."""
    from markdown_it.rules_inline.state_inline import Delimiter

    start = state.pos
    if silent or not state.src.startswith("~~", start) or state.src[start + 2 : start + 3] == "~":
        return False
    before = state.src[start - 1] if start else " "
    after = state.src[start + 2] if start + 2 < state.posMax else " "
    state.push("text", "", 0).content = "~~"
    delimiter = Delimiter(ord("~"), 0, len(state.tokens) - 1, -1, _opens(before, after), _opens(after, before))
    state.delimiters.append(delimiter)
    state.pos = start + 2
    return True


def _opens(before: str, after: str) -> bool:
    """Whether stars between these characters can open emphasis; with the arguments exchanged, close it."""
    if after.isspace() or (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
        return False
    return after not in _ASCII_PUNCTUATION or before.isspace() or not before.isascii() or before in _ASCII_PUNCTUATION


def _footnote_mark(state: Any, silent: bool) -> bool:
    """`[^name]`, where a footnote is marked in the text."""
    found = MARK.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    if not found:
        return False
    if not silent:
        token = state.push("footnote_mark", "", 0)
        token.markup, token.meta = found[0], {"name": found[1]}
    state.pos = found.end()
    return True


def _footnote(state: Any, first: int, last: int, silent: bool) -> bool:
    """`[^name]: words`: a footnote, to the next empty line or the next footnote. It stands in no list and no quote."""
    found = DEFINITION.match(_line_of(state, first)) if not state.level else None
    if not found:
        return False
    if silent:
        return True
    lines, end = [found[2]], first + 1
    while end < last and not state.isEmpty(end) and not DEFINITION.match(_line_of(state, end)):
        lines.append(_line_of(state, end))
        end += 1
    state.line = end
    token = state.push("footnote_open", "", 1)
    token.map, token.meta = [first, end], {"name": found[1]}
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = "\n".join(lines).strip(), [first, end], []
    state.push("footnote_close", "", -1)
    return True


def _line_of(state: Any, number: int) -> str:
    return str(state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]])


def _no_break_space(state: Any, silent: bool) -> bool:
    """A backslash and a space are a no-break space, as in Pandoc."""
    if not state.src.startswith("\\ ", state.pos):
        return False
    if not silent:
        state.push("text_special", "", 0).content = "\u00a0"
    state.pos += 2
    return True


_READING = re.compile(r"\[([^\[\]\\`*<>]+)\]\{([^{}\n]+)\}")


def _reading(state: Any, silent: bool) -> bool:
    """`[word]{.}`, `[word]{.name}` and `[word]{reading}`."""
    found = _READING.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    if not found:
        return False
    if not silent:
        token = state.push("reading", "", 0)
        token.content = found[1]
        token.meta = {"reading": found[2].strip()}
        token.markup = found[0]
    state.pos = found.end()
    return True


_LANG = re.compile(r"\{lang=(?P<quote>[\"']?)(?P<lang>[^{}\n\"']+)(?P=quote)\}")
_BRACKETS = re.compile(r"\\.|[\[\]]", re.DOTALL)


@lru_cache(maxsize=8)
def _spans(text: str) -> dict[int, tuple[int, int, str]]:
    """Where each bracket opens that has a language: where it closes, where the language ends, and the language."""
    spans, opened = {}, []
    for found in _BRACKETS.finditer(text):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] == "]" and opened:
            start = opened.pop()
            if lang := _LANG.match(text, found.end()):
                spans[start] = found.start(), lang.end(), lang["lang"].strip()
    return spans


def _language(state: Any, silent: bool) -> bool:
    """`[text]{lang=en}`: a span of another language, with emphasis, readings and links inside it (as Pandoc has it)."""
    if state.src[state.pos] != "[" or "{lang=" not in state.src:
        return False
    close, end, lang = _spans(state.src).get(state.pos, (0, 0, ""))
    if not close or end > state.posMax or close == state.pos + 1:
        return False
    if not silent:
        last = state.posMax
        state.push("language_open", "span", 1).meta = {"lang": lang}
        state.pos, state.posMax = state.pos + 1, close
        state.md.inline.tokenize(state)
        state.push("language_close", "span", -1)
        state.posMax = last
    state.pos = end
    return True
