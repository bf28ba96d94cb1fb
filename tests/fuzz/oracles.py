"""What must hold of whatever was made or said: messages, text in and text out, and what stands in the PDF."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from layout.composition import Composition
from layout.errors import Problem
from layout.issue.model import Article, Issue
from layout.runtime.resources import data_folder

from .watch import CANARY, Fault

# What Python calls an error of the program; a message that names one blames the file for it.
OWN_ERRORS = re.compile(
    r"\b(?:Assertion|Attribute|Index|Key|Name|NotImplemented|Recursion|Type|UnboundLocal|ZeroDivision)Error\b"
    r"|\bMemoryError\b|Traceback|object has no attribute|NoneType"
)
STUMBLES = frozenset({"furniture"})  # what a style sheet or a drawing makes WeasyPrint stumble over is told by its name
ADDED = "■"  # end mark
HYPHENS = dict.fromkeys(map(ord, "-\u2010\u00ad"))  # set where a word is parted
TEXT_ROLES = frozenset({"body", "crosshead", "quote", "list", "verse", "item_head", "question", "answer"})
SET_BLOCKS = frozenset({"paragraph", "crosshead", "quote", "list", "verse"})
# Problems that tell of something that did not fit.
TOLD = frozenset({"inset-left-over", "inset-high", "table-wide", "name-long", "headline-long", "fit", "chart-small"})


# Messages.


def check_problems(problems: Iterable[Problem], folder: Path | None = None) -> None:
    """Each says something in both languages, of a place that is there."""
    for problem in problems:
        for language in ("zh", "en"):
            said = problem.in_language(language)
            try:
                said.encode()
            except UnicodeEncodeError:
                raise Fault("message-not-text", ascii(said)) from None
            if OWN_ERRORS.search(said) and problem.rule not in STUMBLES:
                raise Fault("blames-the-file", said)
        if not problem.rule or not problem.what.zh.strip() or not problem.what.en.strip():
            raise Fault("empty-message", problem.rule)
        if problem.rule == "fault":
            raise Fault("last-resort", problem.what.en)
        if folder and problem.mark:
            _check_mark(problem)


def _check_mark(problem: Problem) -> None:
    mark = problem.mark
    assert mark is not None
    if mark.line < 1 or mark.column < 1:
        raise Fault("place", f"{mark} [{problem.rule}]")
    text = _text_of(mark.file)
    if text is None:
        return
    lines = text.splitlines() or [""]
    plain = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if mark.line > max(len(lines), len(plain)) + 1:
        raise Fault("place", f"{mark} of {len(lines)} lines [{problem.rule}]")
    longest = max((len(each[mark.line - 1]) for each in (lines, plain) if mark.line <= len(each)), default=0)
    if mark.column > longest + 2:  # a byte order mark counts for nothing, or for one
        raise Fault("place", f"{mark} of {longest} columns [{problem.rule}]")


def _text_of(name: str) -> str | None:
    """The text of a file that a message names; None where it is none."""
    for path in (Path(name), data_folder("styles").parent / name):
        try:
            if path.is_file() and not path.is_symlink() and path.suffix in {".yaml", ".yml", ".md", ".html", ".css"}:
                return path.read_bytes().decode("utf-8-sig")
        except (OSError, ValueError):
            continue
    return None


# Text in is text out.


def bare(text: str) -> str:
    return "".join(text.split()).replace("\ufeff", "")


def letters(text: str) -> Counter[str]:
    """Letters and digits, whatever their width or composition."""
    return Counter(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def check_text(issue: Issue, pages: Composition) -> None:
    """All that the issue holds is in the composition, or is said to be left over."""
    over = {one.article: one.characters for one in pages.overset}
    for fit in pages.fit:
        article = issue.articles[fit.article]
        check_body(article, pages, over.get(fit.article, 0))
        if over.get(fit.article) or TOLD & {problem.rule for problem in pages.problems}:
            continue
        # Marks at the end of a headline's line are left out (rule I3).
        if lost := letters(_heads(article)) - letters("".join(_printed(pages, article.id, text=None))):
            raise Fault("text-lost", f"{article.id} {dict(lost)}")
    missing = issue.articles.keys() - {fit.article for fit in pages.fit}
    if len(missing) > sum(problem.rule == "plan-held" for problem in pages.problems):
        raise Fault("article-lost", sorted(missing))
    if CANARY in "".join(box.html for page in pages.pages for box in page.boxes):
        raise Fault("read-outside", "furniture")


def _printed(pages: Composition, id: str, text: bool | None) -> Iterable[str]:
    for page in pages.pages:
        for frame in page.frames:
            if frame.article == id and (text is None or (frame.role in TEXT_ROLES) == text):
                yield from (line.text for line in frame.lines)


def check_body(article: Article, pages: Composition, over: int) -> None:
    """Paragraph by paragraph, in order; of an article that is left over, as many characters as are said to be."""
    printed = Counter(bare("".join(_printed(pages, article.id, text=None))))
    wanted = Counter(bare(article.body.text))
    missing = wanted - printed
    if sum(missing.values()) > over:
        raise Fault("text-lost", f"{article.id}: {dict(missing)}, said to be left over: {over}")
    if over:
        return
    by_paragraph: dict[int, list[str]] = {}
    for page in pages.pages:
        for frame in page.frames:
            if frame.article == article.id and frame.role in TEXT_ROLES:
                for line in frame.lines:
                    by_paragraph.setdefault(line.paragraph, []).append(line.text)
    for number, block in enumerate(article.body.blocks, 1):
        if block.kind in SET_BLOCKS:
            found = bare("".join(by_paragraph.get(number, ()))).removesuffix(ADDED)
            if not found.translate(HYPHENS).endswith(bare(block.text).translate(HYPHENS)):
                raise Fault("text-changed", f"{article.id} {number}: {block.text[:60]!r} is printed {found[:60]!r}")


def _heads(article: Article) -> str:
    """What stands over and after an article's text."""
    typed = [article.kicker, article.headline, article.deck, article.summary, article.editors_note.text]
    if not article.standing_head:
        typed.append(article.department)
    typed.append(article.dateline)
    return "".join(typed)


def check_reading(path: Path, issue: Issue) -> None:
    """What an independent reader of YAML finds typed is in the issue, letter for letter."""
    try:
        data = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return  # of what PyYAML alone does not read
    for id, article in issue.articles.items():
        given = data.get("articles", {}).get(id)
        if not isinstance(given, dict):
            continue
        for name in ("headline", "kicker", "deck", "summary"):
            if isinstance(given.get(name), str):
                lost = letters(given[name]) - letters(str(getattr(article, name)))
                if lost:
                    raise Fault("text-lost", f"{id}.{name} {dict(lost)}")
        typed = given.get("body")
        if isinstance(given.get("body_file"), str) and not isinstance(typed, str):
            typed = (path.parent / given["body_file"]).read_bytes().decode("utf-8-sig")
        if isinstance(typed, str) and not re.search(r"[&\\<]|\]\(|\]\{|```|^ *\[[^\]]*\]:", typed, re.MULTILINE):
            _check_typed(id, typed, article)


def _check_typed(id: str, typed: str, article: Article) -> None:
    held = [block.text + block.label + block.name for block in article.body.blocks]
    for block in article.body.blocks:
        if block.table:
            held += [column.title for column in block.table.columns]
            held += [cell for row in block.table.rows for cell in row]
    if lost := letters(re.sub(r"(?m)^\s*\d+[.)]", "", typed)) - letters("".join(held)):
        raise Fault("text-lost", f"{id} as typed: {dict(lost)}")


# The file.


def check_pdf_text(pdf: Path, pages: Composition) -> None:
    """The letters of the composition, read back by a library that had no hand in the file."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) != len(pages.pages):
            raise Fault("pages-lost", f"{len(document)} of {len(pages.pages)}")
        for number, page in enumerate(pages.pages):
            wanted = letters("".join(line.text for frame in page.frames for line in frame.lines))
            text = document[number].get_textpage()
            lost = wanted - letters(text.get_text_range().replace("\ufffe", ""))
            if lost:
                raise Fault("text-lost-in-pdf", f"page {page.number}: {dict(lost)}")
    finally:
        document.close()


def check_status(status: object, *allowed: int) -> None:
    if status not in (allowed or (0, 1, 2)):
        raise Fault("exit-status", status)


@lru_cache(maxsize=1)
def documented() -> frozenset[int]:
    """The statuses of docs/reference/commands.md."""
    text = (Path(__file__).parents[2] / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    said = "".join(re.findall(r"Exit status: .*", text))
    return frozenset(int(number) for number in re.findall(r"\b\d{1,3}\b", said))


def names_of(problems: Sequence[Problem]) -> set[str]:
    return {problem.rule for problem in problems}
