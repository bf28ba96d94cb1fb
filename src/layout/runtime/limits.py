"""Limits on untrusted files: size, number and depth of what is read. The message of what exceeds one names it.

The table of the documentation is made from this module.
"""

from __future__ import annotations

from typing import NamedTuple

from ..errors import LayoutError, Message, Problem, SourceLocation


class Limit(NamedTuple):
    """A limit: `name` does not change between versions, `what` is what is counted."""

    name: str
    most: int
    what: Message


ISSUE_FILE_BYTES = Limit(
    "issue-file-bytes", 16 << 20, Message("文本文件的字节", "bytes of a text file of an issue or a style")
)
YAML_BYTES = Limit("yaml-bytes", 8 << 20, Message("YAML 文件的字节", "bytes of a YAML file"))
YAML_NODES = Limit(
    "yaml-nodes", 500_000, Message("YAML 的项（引用展开后计）", "nodes of a YAML file, with what aliases repeat")
)
FILE_BYTES = Limit("file-bytes", 1 << 30, Message("任何一个文件的字节", "bytes of any one file"))
PICTURE_PIXELS = Limit("picture-pixels", 160_000_000, Message("一张图片的像素", "pixels of a picture"))
PICTURE_SIDES = Limit(
    "picture-sides", 1000, Message("图片长边是短边的倍数", "times the short side of a picture in its long one")
)
SVG_BYTES = Limit("svg-bytes", 32 << 20, Message("一张 SVG 的字节，解压后计", "bytes of an SVG, when inflated"))
SVG_ELEMENTS = Limit(
    "svg-elements", 100_000, Message("一张 SVG 的元素（use 展开后计）", "elements of an SVG, with what `use` repeats")
)
NESTING = Limit("nesting", 200, Message("层层嵌套的层数", "levels of nesting of YAML, HTML, Word and SVG"))
BODY_LEVELS = Limit(
    "body-levels",
    40,
    Message("正文里列表、列表项、引文嵌套的层数", "levels of lists, their items and quotes in a body"),
)
PARAGRAPH_CHARACTERS = Limit(
    "paragraph-characters", 1_000_000, Message("一个自然段的字符", "characters of one paragraph")
)
ARTICLES = Limit("articles", 1000, Message("一期的稿件", "articles of an issue"))
FOLDER_FILES = Limit("folder-files", 10_000, Message("来稿文件夹里的文件", "files in a folder of manuscripts"))
PAGES = Limit("pages", 1000, Message("一期的版", "pages of an issue"))
TABLE_ROWS = Limit("table-rows", 2000, Message("一张表的行", "rows of a table"))
HEADLINE_CHARACTERS = Limit("headline-characters", 300, Message("一个标题的字符", "characters of a headline"))
JOBS = Limit("jobs", 64, Message("同时工作的进程", "processes at work at once"))
MANUSCRIPT_BYTES = Limit("manuscript-bytes", 256 << 20, Message("稿件文件的字节", "bytes of a manuscript's file"))
MANUSCRIPT_MEMORY = Limit(
    "manuscript-memory", 2 << 30, Message("收一份稿件用的内存字节", "bytes of memory to import a manuscript")
)
MANUSCRIPT_INFLATED_BYTES = Limit(
    "manuscript-inflated-bytes", 512 << 20, Message("稿件解压后的字节", "bytes of a manuscript when inflated")
)
MANUSCRIPT_ELEMENTS = Limit("manuscript-elements", 1_000_000, Message("稿件的元素", "elements of a manuscript"))
MANUSCRIPT_PARAGRAPHS = Limit("manuscript-paragraphs", 20_000, Message("一份稿件的段落", "paragraphs of a manuscript"))
MANUSCRIPT_XML_BYTES = Limit(
    "manuscript-xml-bytes", 64 << 20, Message("Word 文件里 XML 的字节", "bytes of XML in a Word file")
)
MANUSCRIPT_PARTS = Limit("manuscript-parts", 10_000, Message("Word 文件里的部件", "parts of a Word file"))
MANUSCRIPT_TEXT_BYTES = Limit(
    "manuscript-text-bytes",
    32 << 20,
    Message("文本、Markdown、网页稿件的字节", "bytes of a manuscript of text, Markdown or HTML"),
)
MANUSCRIPT_CHARACTERS = Limit(
    "manuscript-characters", 3_000_000, Message("一份稿件的字符", "characters of a manuscript")
)
TABLE_CELLS = Limit("table-cells", 50_000, Message("一张表的格子", "cells of a table"))
HTML_ELEMENTS = Limit("html-elements", 200_000, Message("一个网页的元素", "elements of a page of HTML"))
HTML_ATTRIBUTES = Limit("html-attributes", 1000, Message("一个 HTML 元素的属性", "attributes of one element of HTML"))
STREAM_INFLATED_BYTES = Limit(
    "stream-inflated-bytes", 256 << 20, Message("PDF 一个流解压后的字节", "bytes of one stream of a PDF when inflated")
)
PDF_OBJECT_STREAM_BYTES = Limit(
    "pdf-object-stream-bytes",
    16 << 20,
    Message(
        "PDF 一个对象流或交叉引用流解压后的字节", "bytes of one object or cross-reference stream of a PDF when inflated"
    ),
)
PDF_INFLATED_BYTES = Limit(
    "pdf-inflated-bytes",
    4 << 30,
    Message("PDF 全部页面内容解压后的字节", "bytes of all pages' content of a PDF when inflated"),
)
PDF_OPERATORS = Limit("pdf-operators", 40_000_000, Message("PDF 全部页面的操作", "operators on all pages of a PDF"))
PDF_PAGES = Limit("pdf-pages", 10_000, Message("PDF 的页", "pages of a PDF"))
PDF_MEMORY = Limit(
    "pdf-memory", 1 << 30, Message("检查或拼版一个 PDF 用的内存字节", "bytes of memory to check or impose a PDF")
)
PAGE_DRAWING_SECONDS = Limit(
    "page-drawing-seconds",
    60,
    Message(
        "报告里画各版的秒数；画不完的不画", "seconds to draw a report's pages; what is not drawn by then is left out"
    ),
)
FONT_BYTES = Limit("font-bytes", 128 << 20, Message("字体文件的字节", "bytes of a font file"))
ICC_BYTES = Limit("icc-bytes", 64 << 20, Message("ICC 文件的字节", "bytes of an ICC file"))
TEMPLATE_SECONDS = Limit("template-seconds", 10, Message("一个模板运行的秒数", "seconds that a template takes"))
TEMPLATE_MEMORY = Limit(
    "template-memory", 512 << 20, Message("一个模板占用的字节", "bytes of memory that a template takes")
)
TEMPLATE_CHARACTERS = Limit(
    "template-characters", 1_000_000, Message("一个模板写出的字符", "characters that a template writes")
)
TEMPLATE_NUMBER = Limit(
    "template-number", 1_000_000, Message("模板里乘法、乘方的数", "a number that a template multiplies")
)


class LimitError(LayoutError, ValueError):
    """Something is more than a limit allows."""


def over(limit: Limit, mark: SourceLocation | None = None, found: int | None = None, subject: str = "") -> Problem:
    """The problem of something over a limit; `subject` names it, `found` is how much there is."""
    zh, en = limit.what
    amount = f"{found:,}" if found is not None else f"> {limit.most:,}"
    head_zh, head_en = (f"{subject}：", f"{subject}: ") if subject else ("", "")
    return Problem(
        "limit",
        Message(
            f"{head_zh}{zh}太多（{amount}），上限 {limit.most:,}（{limit.name}）",
            f"{head_en}too many {en} ({amount}); the limit {limit.name} is {limit.most:,}",
        ),
        Message("分成几份，或换一个小些的文件", "divide it, or take a smaller file"),
        mark,
    )
