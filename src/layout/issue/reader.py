"""Reads an issue's folder into an `Issue`, with all problems at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unicodedata import east_asian_width

from msgspec.structs import replace

from ..errors import IssueError, Message, Problem, Severity, SourceLocation, has_errors
from ..records import Prose, nearest_match, read_record, read_utf8
from ..rules.severities import check_problems
from ..runtime.gate import Gate
from ..runtime.limits import ARTICLES, HEADLINE_CHARACTERS, PAGES, PARAGRAPH_CHARACTERS, TABLE_ROWS, over
from ..text.language import DEFAULT_LANGUAGE, LanguageTag, language_tag, unsupported
from .body import Block, Body, Run, make_block
from .files import find_file, picture_size
from .floats import ELEMENTS, Picture
from .markdown import parse
from .model import FURNITURE, Article, Float, Issue, Publication, floats_of
from .texts import in_language

ISSUE_FILE = "issue.yaml"
_NAME = re.compile(r"[^\s.|]+")
LONGEST_HEADLINE = 40  # characters, all lines together
_TYPED_JUMP = re.compile(r"(?:下转|上接|转接|见)第?\s*(?:\d+|[一二三四五六七八九十]+)\s*版")


def load(path: str | Path, *, drafts: bool = False, style: str | Path | None = None) -> Issue:
    """Reads an issue's folder, or its `issue.yaml`; warnings are in `Issue.problems`.

    Args:
        path: The folder or its file.
        drafts: Articles may be without text, as while an issue is planned.
        style: Name or folder of a style that replaces the issue's. Unlike that one it may be in any folder.

    Raises:
        IssueError: with every problem of the YAML, the bodies and the pictures.
    """
    issue, problems = examine(path, drafts=drafts)
    if issue is None or has_errors(problems):
        raise IssueError(problems)
    return replace(issue, problems=tuple(problems), chosen_style=str(style) if style is not None else "")


def examine(path: str | Path, *, drafts: bool = False) -> tuple[Issue | None, list[Problem]]:
    """Reads as much as possible; the issue, where there are problems, serves only to find further ones."""
    file = Path(path)
    if file.is_dir() or not (file.suffix or file.is_file()):
        file = file / ISSUE_FILE
    shown = _displayed_path(file)
    if problem := _missing_file(Path(path), file, shown):
        return None, [problem]
    text, problems = read_utf8(file, shown, Gate((file.parent,)))
    if problems:
        return None, problems
    issue, problems = read_record(Issue, text, shown)
    if issue is None:
        return None, problems
    if beyond := _beyond_limits(issue):
        return None, [*problems, *beyond]
    reader = _Reader(file.parent, str(Path(shown).parent), drafts, whole=not has_errors(problems))
    issue = reader.complete(issue)
    return issue, _in_order([*problems, *reader.problems], shown)


def _displayed_path(file: Path) -> str:
    """The path of a file in messages: relative to the current folder if it is below it, else as given."""
    if file.is_absolute() and file.is_relative_to(Path.cwd()):
        file = file.relative_to(Path.cwd())
    return file.as_posix()


def _missing_file(given: Path, file: Path, shown: str) -> Problem | None:
    if file.is_file():
        return None
    mark = SourceLocation(_displayed_path(given))
    folder = file.parent
    if not folder.is_dir():
        what = Message(f"没有文件夹 {_displayed_path(folder)}", f"there is no folder {_displayed_path(folder)}")
        return Problem("no-folder", what, Message("检查路径", "look at the path"), mark)
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        what = Message(f"文件夹读不出来：{error.strerror}", f"the folder cannot be read: {error.strerror}")
        return Problem("unreadable", what, Message("检查权限", "look at its permissions"), mark)
    if not names:
        what = Message("文件夹是空的", "the folder is empty")
        return Problem("empty-folder", what, Message("用 layout new 开始一期", "begin an issue with layout new"), mark)
    near = next((name for name in names if name.lower() in ("issue.yaml", "issue.yml")), "") or nearest_match(
        ISSUE_FILE, names
    )
    return Problem(
        "no-issue",
        Message(f"文件夹里没有 {file.name}", f"the folder holds no {file.name}"),
        Message(f"把 {near} 改名为 {ISSUE_FILE}？", f"rename {near} to {ISSUE_FILE}?")
        if near
        else Message("用 layout new 开始一期，或改正路径", "begin an issue with layout new, or mend the path"),
        mark,
    )


def _beyond_limits(issue: Issue) -> list[Problem]:
    """More articles, pages or rows than are taken; headlines that are longer."""
    found = [
        over(limit, issue.place(name), len(things))
        for limit, name, things in ((ARTICLES, "articles", issue.articles or ()), (PAGES, "pages", issue.pages))
        if len(things) > limit.most
    ]
    for article in (issue.articles or {}).values():
        for table in article.tables:
            if len(table.rows or ()) > TABLE_ROWS.most:
                found.append(over(TABLE_ROWS, table.place("rows"), len(table.rows)))
        for name in ("headline", "kicker", "deck"):
            if len(text := getattr(article, name)) > HEADLINE_CHARACTERS.most:
                found.append(over(HEADLINE_CHARACTERS, article.place(name), len(text)))
    return found


def _in_order(problems: Iterable[Problem], first: str) -> list[Problem]:
    """The problems of `issue.yaml` first, then by file and line."""

    def key(problem: Problem) -> tuple[bool, SourceLocation]:
        mark = problem.mark or SourceLocation(first)
        return mark.file != first, mark

    return sorted(problems, key=key)


class _Reader:
    """Completes an issue read from YAML: bodies, names, files."""

    def __init__(self, folder: Path, shown: str, drafts: bool, whole: bool) -> None:
        self.folder, self.shown, self.drafts = folder, shown, drafts
        self.whole = whole  # the YAML has no problems, so a missing value was not lost by a misspelt key
        self.problems: list[Problem] = []
        self.publication_language = self.language = DEFAULT_LANGUAGE  # of the article that is read

    def complete(self, issue: Issue) -> Issue:
        if issue.publication is not None and issue.publication.lang:
            lang = self._lang(issue.publication, issue.publication.lang)
            self.publication_language = lang or DEFAULT_LANGUAGE
            issue = replace(issue, publication=replace(issue.publication, lang=lang))
            if self.publication_language != DEFAULT_LANGUAGE:
                issue = replace(issue, **_records_in_language(issue, self.publication_language))
        articles = {name: self._article(name, article) for name, article in (issue.articles or {}).items()}
        if issue.articles is not None and not articles and "articles" in issue.marks:
            what = Message("articles 里没有稿件", "articles holds no article")
            self._add_error("no-articles", issue.place("articles"), what, Message("写上稿件", "add one"))
        issue = replace(issue, articles=articles, folder=self.folder)
        self.problems += check_problems(issue, issue.checks)
        self._check_names(issue)
        for teaser in issue.teasers:
            if teaser.article is not None and teaser.article not in articles:
                self._unknown("稿件", "article", teaser.article, list(articles), teaser.place("article"))
        if issue.publication is not None:
            for name in ("emblem", "logotype"):
                self._drawing(getattr(issue.publication, name), issue.publication.place(name))
        return issue

    def _article(self, name: str, article: Article) -> Article:
        if not _NAME.fullmatch(name) or name in (*FURNITURE, "auto", ".headline"):
            what = Message(f"稿件不能叫“{name}”", f"an article cannot be called “{name}”")
            remedy = Message("换一个不含空格、点和竖线的名字", "take a name without spaces, dots and bars")
            self._add_error("article-name", article.mark, what, remedy)
        article = self._named(name, article)
        lang = self._lang(article, article.lang) if article.lang else LanguageTag()
        self.language = lang or self.publication_language
        article = replace(
            article, lang=LanguageTag("" if self.language == self.publication_language else self.language)
        )
        if self.language != DEFAULT_LANGUAGE:
            article = in_language(article, self.language)
        reported = len(self.problems)
        body = self._body(article)
        if not body and len(self.problems) == reported:
            self._no_text(article)
        note = self._parse(article.note_prose, first_note=0) if article.note_prose else Body()
        article = replace(article, id=name, body=body, editors_note=note)
        pictures = tuple(self._picture(picture) for picture in article.pictures)
        for field in ("standing_head", "headpiece"):
            self._drawing(getattr(article, field), article.place(field))
        self._check_headline(article)
        self._check_text(article)
        self._check_figures(article)
        return replace(article, pictures=pictures)

    # --- bodies

    def _body(self, article: Article) -> Body:
        blocks: list[Block] = []
        if article.prose is not None and article.body_file:
            what = Message("body 和 body_file 只能写一个", "body and body_file exclude each other")
            self._add_error("two-bodies", article.place("body_file"), what, Message("删去一个", "delete one of them"))
        elif article.prose is not None:
            blocks += self._parse(article.prose, article.kind == "verse").blocks
        elif article.body_file:
            blocks += self._body_from_file(article).blocks
        for item in article.items:
            if item.headline:
                blocks.append(_line("item_head", item.headline.typed, item.place("headline"), self.language))
            if item.prose is not None:
                first_note = 1 + sum(block.kind == "note" for block in blocks)
                blocks += self._parse(item.prose, first_note=first_note).blocks
            if item.byline:
                blocks.append(_line("item_byline", item.byline, item.place("byline"), self.language))
        return Body(tuple(blocks))

    def _body_from_file(self, article: Article) -> Body:
        path, problems = find_file(self.folder, article.body_file, article.place("body_file"))
        if path is None:
            self.problems += problems
            return Body()
        shown = f"{self.shown}/{article.body_file}" if self.shown != "." else article.body_file
        text, problems = read_utf8(path, shown, Gate((self.folder,)))
        self.problems += problems
        if problems:
            return Body()
        prose = Prose.of_file(text, shown)
        return self._parse(prose, article.kind == "verse")

    def _parse(self, prose: Prose, verse: bool = False, first_note: int = 1) -> Body:
        body, problems = parse(prose, verse=verse, language=self.language, first_note=first_note)
        self.problems += problems
        return body

    def _lang(self, record: Publication | Article, typed: str) -> LanguageTag:
        """The language of a record; none where it cannot be set, which is reported."""
        if problem := unsupported(typed, record.place("lang")):
            self.problems.append(problem)
            return LanguageTag()
        return LanguageTag(language_tag(typed))

    def _check_headline(self, article: Article) -> None:
        """A headline that is too long to be read at a glance; a letter counts as half a Han."""
        length = round(sum(1 if east_asian_width(c) in "WF" else 0.5 for c in article.headline.whole))
        if length > LONGEST_HEADLINE:
            what = Message(
                f"标题 {length} 字，一眼读不完：“{article.headline.whole[:12]}…”",
                f"the headline has {length} characters, too many to be read at a glance: “{article.headline.whole[:12]}…”",
            )
            remedy = Message(
                f"压到 {LONGEST_HEADLINE} 字以内，次要的话移到副题（deck）或提要（summary）",
                f"cut it to at most {LONGEST_HEADLINE}; move what matters less to the deck or the summary",
            )
            self._add_warning("long-headline", article.place("headline"), what, remedy)

    def _check_text(self, article: Article) -> None:
        floats = {float_.id for float_ in floats_of(article)}
        for block in (*article.body.blocks, *article.editors_note.blocks):
            if block.characters > PARAGRAPH_CHARACTERS.most:
                self.problems.append(over(PARAGRAPH_CHARACTERS, block.mark, block.characters))
            if block.table and len(block.table.rows) > TABLE_ROWS.most:
                self.problems.append(over(TABLE_ROWS, block.mark, len(block.table.rows)))
        for block in article.body.blocks:
            if block.kind == "figure" and block.name not in floats:
                self._unknown("图片、图表或引语", "picture, chart or quote", block.name, sorted(floats), block.mark)
            found = _TYPED_JUMP.search(block.text) if "版" in block.text else None
            if found:
                what = Message(f"正文里手写了“{found.group()}”", f"the text says “{found.group()}” by hand")
                remedy = Message(
                    "删去：转版的稿件会自己印上版次", "delete it: a story that jumps prints its page numbers by itself"
                )
                self._add_warning("typed-jump", block.place(found.start()), what, remedy)

    def _check_figures(self, article: Article) -> None:
        """Checks that rows of tables and charts have as many values as there are columns."""
        for table in article.tables:
            rows = [(row, table.place(f"rows.{index}")) for index, row in enumerate(table.rows or ())]
            if table.total:
                rows.append((table.total, table.place("total")))
            self._check_widths(len(table.columns or ()), rows)
        for chart in article.charts:
            numbers = [(row, chart.place(f"data.{index}")) for index, row in enumerate(chart.data or ())]
            if numbers:
                self._check_widths(1 + len(chart.series) if chart.series else len(numbers[0][0]), numbers)

    def _check_widths(self, width: int, rows: Iterable[tuple[Sequence[object], SourceLocation]]) -> None:
        for row, mark in rows:
            if len(row) != width:
                what = Message(
                    f"这一行有 {len(row)} 格，应有 {width} 格", f"this row holds {len(row)} cells, not {width}"
                )
                self._add_error("row-width", mark, what, Message("补上或删去", "add to it, or take away"))

    def _no_text(self, article: Article) -> None:
        """Reports an article without text, unless it consists of a picture, table or list of names."""
        given = article.prose is not None or article.body_file or article.items
        if not given and (floats_of(article) or not self.whole):
            return
        mark = article.place("body_file" if article.body_file else "body")
        what, remedy = Message("稿件没有正文", "the article has no text"), Message("写上正文", "write it")
        (self._add_warning if self.drafts else self._add_error)("empty-body", mark, what, remedy)

    # --- names

    def _named(self, name: str, article: Article) -> Article:
        """The article with a name for each of its floats: `harvest-1`, `harvest-chart-1`."""
        changes: dict[str, tuple[Float, ...]] = {}
        for kind in ELEMENTS:
            floats = getattr(article, kind.field)
            stem = f"{name}-{kind.suffix}" if kind.suffix else name
            if any(not float_.id for float_ in floats):
                changes[kind.field] = tuple(
                    float_ if float_.id else replace(float_, id=f"{stem}-{number}")
                    for number, float_ in enumerate(floats, 1)
                )
        return replace(article, **changes) if changes else article

    def _check_names(self, issue: Issue) -> None:
        """Checks that names are unique and that the pictures of groups exist."""
        seen = dict.fromkeys(issue.articles, "article")
        pictures = {p.id for article in issue.articles.values() for p in article.pictures}
        for article in issue.articles.values():
            for float_ in floats_of(article):
                mark = float_.place("id")
                if float_.id in seen or float_.id in FURNITURE:
                    what = Message(f"“{float_.id}”这个名字已经有了", f"the name “{float_.id}” is taken")
                    self._add_error("name-taken", mark, what, Message("换一个名字", "take another"))
                elif not _NAME.fullmatch(float_.id):
                    what = Message(f"“{float_.id}”不能作名字", f"“{float_.id}” cannot be a name")
                    remedy = Message("名字不含空格、点和竖线", "a name has no spaces, dots and bars")
                    self._add_error("inset-name", mark, what, remedy)
                seen[float_.id] = "inset"
            for group in article.groups:
                for index, name in enumerate(group.pictures or ()):
                    if name not in pictures:
                        self._unknown("图片", "picture", name, sorted(pictures), group.place(f"pictures.{index}"))

    # --- files

    def _picture(self, picture: Picture) -> Picture:
        if not picture.alt:
            what = Message(f"图片 {picture.file} 没有 alt", f"the picture {picture.file} has no alt")
            remedy = Message("写一句画面上有什么", "say in a sentence what it shows")
            self._add_warning("no-alt", picture.mark, what, remedy)
        if picture.crop and picture.crop[0] > picture.crop[1]:
            what = Message("crop 的最小值比最大值大", "crop has a least ratio above its greatest")
            self._add_error(
                "out-of-range", picture.place("crop"), what, Message("写成 [小, 大]", "write [least, most]")
            )
        if picture.keep and (picture.keep[0] >= picture.keep[2] or picture.keep[1] >= picture.keep[3]):
            what = Message("keep 的左上角不在右下角的左上方", "keep is no rectangle")
            remedy = Message("写成 [左, 上, 右, 下]", "write [left, top, right, bottom]")
            self._add_error("out-of-range", picture.place("keep"), what, remedy)
        found = self._drawing(picture.file, picture.place("file"))
        if found is None:
            return picture
        path, width, height = found
        return replace(picture, path=path, width=width, height=height)

    def _drawing(self, file: str | None, mark: SourceLocation) -> tuple[Path, float, float] | None:
        """The path of a picture file and its size; problems are recorded."""
        if not file:
            return None
        path, problems = find_file(self.folder, file, mark)
        if path is not None:
            size, problems = picture_size(path, file, mark, self.folder)
            if size is not None:
                return path, *size
        self.problems += problems
        return None

    # --- problems

    def _add_error(self, rule: str, mark: SourceLocation, what: Message, remedy: Message) -> None:
        self.problems.append(Problem(rule, what, remedy, mark))

    def _add_warning(self, rule: str, mark: SourceLocation, what: Message, remedy: Message) -> None:
        self.problems.append(Problem(rule, what, remedy, mark, Severity.WARNING))

    def _unknown(self, zh: str, en: str, name: str, known: list[str], mark: SourceLocation) -> None:
        near = nearest_match(name, known)
        remedy = Message("改正名字，或把它补上", "mend the name, or add it")
        if near:
            remedy = Message(f"是 {near} 吗？", f"do you mean {near}?")
        self._add_error(
            "unknown-name", mark, Message(f"没有名叫“{name}”的{zh}", f"there is no {en} called “{name}”"), remedy
        )


def _line(kind: str, text: str, mark: SourceLocation, language: str) -> Block:
    return make_block(kind, [Run(text)], ((0, mark),), language=language)  # type: ignore[arg-type]


def _records_in_language(issue: Issue, language: str) -> dict[str, object]:
    """What belongs to no article, cleaned by the rules of a language."""
    names = ("publication", "colophon", "bulletin_head", "bulletin_foot")
    changed: dict[str, object] = {name: in_language(getattr(issue, name), language) for name in names}
    changed["teasers"] = tuple(in_language(teaser, language) for teaser in issue.teasers)
    changed["staff_box"] = {post: names.in_language(language) for post, names in issue.staff_box.items()}
    return changed


def changes(issue: Issue) -> Iterator[tuple[SourceLocation, str, str]]:
    """The changes that hygiene made in the bodies: location, text as typed, text as printed."""
    for article in issue.articles.values():
        for block in (*article.editors_note.blocks, *article.body.blocks):
            shift = 0
            for edit in block.edits:
                mark = block.place(min(edit.start + shift, block.characters))
                yield mark, block.source[edit.start : edit.end], edit.new
                shift += len(edit.new) - (edit.end - edit.start)
