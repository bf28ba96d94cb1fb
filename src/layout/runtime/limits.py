"""How much of anything is taken from a file that a stranger sent. Over a limit there is a message that names it.

The table of the documentation is made from this module.
"""

from __future__ import annotations

from typing import NamedTuple

from ..errors import LayoutError, Mark, Problem, Words


class Limit(NamedTuple):
    """The most of something: `name` stays, `what` says what is counted."""

    name: str
    most: int
    what: Words


ISSUE_FILE_BYTES = Limit("issue-file-bytes", 16 << 20, Words("文本文件的字节", "bytes of a text file of an issue or a style"))
FILE_BYTES = Limit("file-bytes", 1 << 30, Words("任何一个文件的字节", "bytes of any one file"))
PICTURE_PIXELS = Limit("picture-pixels", 400_000_000, Words("一张图片的像素", "pixels of a picture"))
SVG_ELEMENTS = Limit("svg-elements", 100_000, Words("一张 SVG 的元素（use 展开后计）", "elements of an SVG, with what `use` repeats"))
NESTING = Limit("nesting", 200, Words("层层嵌套的层数", "levels of nesting of YAML, HTML, Word and SVG"))
PARAGRAPH_CHARACTERS = Limit("paragraph-characters", 1_000_000, Words("一个自然段的字符", "characters of one paragraph"))
ARTICLES = Limit("articles", 1000, Words("一期的稿件", "articles of an issue"))
PAGES = Limit("pages", 1000, Words("一期的版", "pages of an issue"))
JOBS = Limit("jobs", 64, Words("同时工作的进程", "processes at work at once"))
MANUSCRIPT_BYTES = Limit("manuscript-bytes", 256 << 20, Words("稿件文件的字节", "bytes of a manuscript's file"))
MANUSCRIPT_INFLATED_BYTES = Limit(
    "manuscript-inflated-bytes", 512 << 20, Words("稿件解压后的字节", "bytes of a manuscript when inflated")
)
MANUSCRIPT_ELEMENTS = Limit("manuscript-elements", 1_000_000, Words("稿件的元素", "elements of a manuscript"))
MANUSCRIPT_PARAGRAPHS = Limit("manuscript-paragraphs", 20_000, Words("一份稿件的段落", "paragraphs of a manuscript"))
STREAM_INFLATED_BYTES = Limit(
    "stream-inflated-bytes", 256 << 20, Words("PDF 一个流解压后的字节", "bytes of one stream of a PDF when inflated")
)
FONT_BYTES = Limit("font-bytes", 128 << 20, Words("字体文件的字节", "bytes of a font file"))


class LimitError(LayoutError, ValueError):
    """Something is more than a limit allows."""


def over(limit: Limit, mark: Mark | None = None, found: int | None = None, subject: str = "") -> Problem:
    """What is said of something over a limit; `subject` names it, `found` is how much there is."""
    zh, en = limit.what
    amount = f"{found:,}" if found is not None else f"> {limit.most:,}"
    head_zh, head_en = (f"{subject}：", f"{subject}: ") if subject else ("", "")
    return Problem(
        "limit",
        Words(
            f"{head_zh}{zh}太多（{amount}），上限 {limit.most:,}（{limit.name}）",
            f"{head_en}too many {en} ({amount}); the limit {limit.name} is {limit.most:,}",
        ),
        Words("分成几份，或换一个小些的文件", "divide it, or take a smaller file"),
        mark,
    )
