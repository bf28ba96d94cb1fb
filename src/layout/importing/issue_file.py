"""Writes an article into an issue: text beside `issue.yaml`, pictures under `pictures/`, entry at the end.

The entry is inserted as text at the place of PyYAML's marks, so that no other byte changes: a round-trip writer would
normalise the spaces of area maps and fold long lines. The result is parsed and compared before anything is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..errors import Message, Problem, SourceLocation
from ..issue.model import FURNITURE
from ..issue.reader import ISSUE_FILE
from ..runtime.files import unwritable, whole_files
from ..runtime.gate import lies_outside, place_in
from ..runtime.limits import NESTING
from .manuscript import ArticleError, Imported, SourcePicture, reject
from .sources import within

_PICTURES = "pictures"
_MOST_ALIASES = 16  # in an issue.yaml
_ID = re.compile(r"[^\W_][\w-]*")
_SIDE_FILES = re.compile(r"(?m)^\s*body_file:\s*[\"']?([^\s\"'#]+)/[^/\s\"'#]+\.md")


class WrittenFiles(Struct, frozen=True):
    """The files written by an import, and the changed `issue`. `has_pages`: all pages have maps, so the article is not
    placed until a map names it."""

    id: str
    issue: Path
    body: Path
    pictures: tuple[Path, ...]
    has_pages: bool = False


def id_of(path: Path) -> str:
    """The name of an article from that of its file: `3.望苇桥通行了(终稿).docx` gives `望苇桥通行了`."""
    stem = unicodedata.normalize("NFKC", path.stem)
    stem = re.sub(r"[（(\[【][^（()）\[\]【】]*[)）\]】]", " ", stem)
    stem = re.sub(r"^[\s\d._、-]+(?=\D)|(?:终稿|定稿|最终版|修改稿|副本|最新)\d*$", "", stem.strip())
    name = "-".join(re.findall(r"[^\W_]+", stem.lower()))[:24].strip("-")
    if not name or name.isdigit() or name in FURNITURE:
        name = f"article-{name}" if name else "article"
    return name


def write_into(issue_folder: str | Path, imported: Imported, id: str) -> WrittenFiles:
    """Adds an article to an issue under the name `id`, atomically and without overwriting files.

    `issue_folder` is the folder or its `issue.yaml`. The body goes to `ID.md` (in the folder where the other bodies
    are, if they have one of their own), the pictures to `pictures/ID-1.jpg` and so on.

    Raises:
        ArticleError: no issue there, a name that is taken or none, files that are there already, YAML that cannot be
            read.
    """
    issue = IssueText(issue_folder)
    addition = issue.add(imported, id)
    folder = issue.folder
    try:
        with whole_files() as draft_of:
            for name, data in addition.files.items():
                draft_of(folder / name).write_bytes(data)
            draft_of(issue.path).write_bytes(issue.text.encode())
    except OSError as error:
        raise ArticleError([unwritable(folder, error)]) from error
    pictures = tuple(folder / name for name in addition.pictures)
    return WrittenFiles(id, issue.path, folder / addition.body, pictures, issue.all_drawn())


class Addition(Struct, frozen=True):
    """What an article adds to an issue: its entry, the name of its body, those of its pictures, all files' bytes."""

    entry: dict[str, Any]
    body: str
    pictures: tuple[str, ...]
    files: dict[str, bytes]


class IssueText:
    """The text of an issue.yaml, to which articles are added before anything is written.

    Raises:
        ArticleError: no issue there, or a file that cannot be read.
    """

    def __init__(self, issue_folder: str | Path) -> None:
        issue = Path(issue_folder)
        self.path = issue / ISSUE_FILE if issue.is_dir() or not issue.suffix else issue
        self.folder = self.path.parent
        _check_inside(self.path, [self.path.name])
        self.text = _read(self.path)

    def body_file(self, id: str) -> str:
        """Where the body of an article goes: to the folder of the others, where they have one of their own."""
        home = set(_SIDE_FILES.findall(self.text))
        return f"{home.pop()}/{id}.md" if len(home) == 1 else f"{id}.md"

    def add(self, imported: Imported, id: str) -> Addition:
        """Adds an article's entry to the text.

        Raises:
            ArticleError: as `write_into`.
        """
        _check_id(id, self.path)
        imported = renamed(imported, id)
        body = self.body_file(id)
        files: dict[str, bytes] = {body: imported.body.encode()} if imported.body else {}
        names = picture_names(imported.pictures, id)
        files.update({name: picture.data for picture, name in zip(imported.pictures, names, strict=True)})
        _check_inside(self.path, files)
        if there := [name for name, data in files.items() if _differs(self.folder / name, data)]:
            what = Message(f"已有文件 {'、'.join(there)}", f"there are files already: {', '.join(there)}")
            remedy = Message("用 --id 另起名字，或先移开这些文件", "give another name with --id, or move them away")
            raise reject(self.path, "file-exists", what, remedy)
        article = entry(imported, id, body if imported.body else "", names)
        self.text = add_article(self.text, id, article, self.path)
        return Addition(article, body, tuple(names), files)

    def all_drawn(self) -> bool:
        """Whether there are pages and each has a map; a page without one is planned, new articles and all."""
        import yaml

        pages = (yaml.load(self.text, Loader=yaml.BaseLoader) or {}).get("pages")
        return isinstance(pages, list) and all(isinstance(page, dict) and page.get("areas") for page in pages)


def _check_inside(issue: Path, names: Iterable[str]) -> None:
    """Raises ArticleError for files outside the issue's folder, by name or by link."""
    for name in names:
        if place_in(issue.parent, name) is None:
            raise ArticleError([lies_outside(name, SourceLocation(str(issue)))])


def look_through(text: str, issue: Path) -> None:
    """Raises ArticleError for YAML with too deep nesting or many aliases, whose construction is not bounded."""
    import yaml

    depth = aliases = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        within(NESTING, depth, issue)
        aliases += isinstance(event, yaml.AliasEvent)
    if aliases > _MOST_ALIASES:
        raise odd_shape(issue)


def entry(imported: Imported, id: str, body: str, names: list[str]) -> dict[str, Any]:
    """The article as an entry of issue.yaml."""
    found: dict[str, Any] = dict(imported.fields)
    if body:
        found["body_file"] = body
    pictures = [
        _picture_entry(picture, name, f"{id}-{number}")
        for number, (picture, name) in enumerate(zip(imported.pictures, names, strict=True), 1)
        if picture.usable
    ]
    if pictures:
        found["pictures"] = pictures
    return found | imported.parts


def renamed(imported: Imported, id: str) -> Imported:
    """The article under another name, with its tables renamed."""
    old = id_of(imported.source)
    if id == old or "tables" not in imported.parts:
        return imported
    tables, body = [], imported.body
    for table in imported.parts["tables"]:
        name = id + str(table["id"]).removeprefix(old)
        tables.append(table | {"id": name})
        body = body.replace(f"![]({table['id']})", f"![]({name})")
    return replace(imported, body=body, parts=imported.parts | {"tables": tables})


def _picture_entry(picture: SourcePicture, name: str, picture_id: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": picture_id, "file": name}
    found.update({k: v for k in ("caption", "credit", "alt") if (v := getattr(picture, k))})
    if picture.focus:
        found["focus"] = list(picture.focus)
    return found


def picture_names(pictures: tuple[SourcePicture, ...], id: str) -> list[str]:
    """The file name of each picture; equal pictures share a file."""
    names: dict[bytes, str] = {}
    return [
        names.setdefault(picture.data, f"{_PICTURES}/{id}-{number}{picture.suffix}")
        for number, picture in enumerate(pictures, 1)
    ]


def _check_id(id: str, issue: Path) -> None:
    if not _ID.fullmatch(id) or id in (*FURNITURE, "auto") or id != unicodedata.normalize("NFC", id):
        what = Message(f"稿件不能叫“{id}”", f"an article cannot be called “{id}”")
        remedy = Message(
            "用字母、数字、汉字和 -，不用版面构件的名字", "use letters, digits, Han and -, no name of furniture"
        )
        raise reject(issue, "article-name", what, remedy)


def _read(issue: Path) -> str:
    if not issue.is_file():
        what = Message(f"没有 {issue}", f"there is no {issue}")
        remedy = Message("用 layout new 开始一期，或改正 --into", "begin an issue with layout new, or mend --into")
        raise reject(issue, "no-issue", what, remedy)
    try:
        return issue.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        what = Message(f"{issue} 不是 UTF-8 编码", f"{issue} is not in UTF-8")
        remedy = Message("在编辑器里另存，编码选 UTF-8", "save it again with the encoding UTF-8")
        raise reject(issue, "not-utf8", what, remedy) from error
    except OSError as error:
        what = Message(f"{issue} 读不出来：{error.strerror}", f"{issue} cannot be read: {error.strerror}")
        raise reject(
            issue, "unreadable", what, Message("检查文件和权限", "look at the file and its permissions")
        ) from error


def _differs(path: Path, data: bytes) -> bool:
    return path.exists() and not (path.is_file() and path.read_bytes() == data)


# --- the text of issue.yaml


def add_article(text: str, id: str, article: Mapping[str, Any], issue: Path) -> str:
    """The text of an issue.yaml with an article added; all other bytes are unchanged.

    Raises:
        ArticleError: `yaml-syntax`, `article-exists`, `yaml-shape`.
    """
    import yaml

    try:
        look_through(text, issue)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        mark = SourceLocation(str(issue), at.line + 1, at.column + 1) if at else SourceLocation(str(issue))
        what = Message("issue.yaml 不合 YAML 的写法，没有加进去", "issue.yaml is not YAML; nothing was added")
        remedy = Message("先用 layout check 找出并改正", "find the mistake with layout check and mend it")
        raise ArticleError([Problem("yaml-syntax", what, remedy, mark)]) from error
    if (root is not None and not isinstance(root, yaml.MappingNode)) or (root is not None and root.flow_style):
        raise odd_shape(issue)
    entries = root.value if root is not None else ()
    pairs = {key.value: (key, value) for key, value in entries if isinstance(key, yaml.ScalarNode)}
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += newline
    if "articles" not in pairs:
        at, block = _before_pages(lines, pairs), ["articles:\n", *_lines(id, article, 2), "\n"]
    else:
        key, value = pairs["articles"]
        at, block = _after_last(lines, key, value, id, article, issue)
    changed = "".join([*lines[:at], *(line.replace("\n", newline) for line in block), *lines[at:]])
    if not _is_only_addition(text, changed, id, article):
        raise odd_shape(issue)
    return changed


def _before_pages(lines: list[str], pairs: Mapping[str, Any]) -> int:
    """The line for `articles:`: before `pages:` and the comment above it, else at the end."""
    if "pages" not in pairs:
        return len(lines)
    at = int(pairs["pages"][0].start_mark.line)
    while at and lines[at - 1].startswith("#"):
        at -= 1
    return at


def _after_last(
    lines: list[str],
    key: Any,
    value: Any,
    id: str,
    article: Mapping[str, Any],
    issue: Path,
) -> tuple[int, list[str]]:
    """The line after the last article, and the lines to insert there."""
    import yaml

    if isinstance(value, yaml.ScalarNode) and value.value in ("", "~", "null"):
        line = lines[key.start_mark.line]
        lines[key.start_mark.line] = re.sub(r":\s*(?:~|null)(?=\s*(?:#|$))", ":", line, count=1)
        return key.start_mark.line + 1, _lines(id, article, 2)
    if not isinstance(value, yaml.MappingNode):
        raise odd_shape(issue)
    if any(name.value == id for name, _ in value.value):
        place = next(name.start_mark for name, _ in value.value if name.value == id)
        what = Message(f"已有名为 {id} 的稿件", f"there is an article named {id} already")
        remedy = Message(
            "用 --id 另起名字，或先从 issue.yaml 里删去它", "give another name with --id, or delete it first"
        )
        mark = SourceLocation(str(issue), place.line + 1, place.column + 1)
        raise ArticleError([Problem("article-exists", what, remedy, mark)])
    if value.flow_style:
        if value.value:
            raise odd_shape(issue)
        line = lines[key.start_mark.line]
        lines[key.start_mark.line] = re.sub(r":\s*\{\s*\}", ":", line, count=1)
        return key.start_mark.line + 1, _lines(id, article, 2)
    indent = int(value.start_mark.column)
    at = int(value.end_mark.line) if value.end_mark.column == 0 else int(value.end_mark.line) + 1
    # Empty lines and comments of the page maps belong to what follows; a comment indented like an article, to it.
    while at > value.start_mark.line + 1 and not _belongs(lines[at - 1], indent):
        at -= 1
    keys = [name.start_mark.line for name, _ in value.value]
    spaced = any(line and not lines[line - 1].strip() for line in keys[1:])
    return at, [*(["\n"] if spaced or len(keys) == 1 else []), *_lines(id, article, indent)]


def _belongs(line: str, indent: int) -> bool:
    bare = line.lstrip(" ")
    return bool(bare.strip()) and (len(line) - len(bare) >= indent)


class Plain(str):
    """A scalar that is written without quotes, as a number is."""

    __slots__ = ()


def _lines(id: str, article: Mapping[str, Any], indent: int) -> list[str]:
    return [" " * indent + line if line.strip() else line for line in yaml_of({id: article}).splitlines(keepends=True)]


def yaml_of(data: Mapping[str, Any]) -> str:
    """YAML in an editor's style: in order, one line a value, lists indented, short ones in brackets."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
            return super().increase_indent(flow, False)

    def numbers(dumper: Any, value: list[Any]) -> Any:
        flow = bool(value) and all(isinstance(item, float) or _is_decimal(item) for item in value)
        return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flow)

    def words(dumper: Any, value: str) -> Any:
        # Rare line separators are escaped, as they would be read back as spaces.
        odd = re.search("[\x85\u2028\u2029]", value) or ("\n" in value and value != value.strip())
        style = '"' if odd else "|" if "\n" in value else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    def plain(dumper: Any, value: Plain) -> Any:
        return dumper.represent_scalar(dumper.resolve(yaml.ScalarNode, str(value), (True, False)), str(value))

    Dumper.add_representer(list, numbers)
    Dumper.add_representer(Plain, plain)
    Dumper.add_representer(str, words)
    return str(yaml.dump(dict(data), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6))


def _is_decimal(value: object) -> bool:
    return isinstance(value, Plain) and bool(re.fullmatch(r"\d*\.\d+", value))


def _is_only_addition(before: str, after: str, id: str, article: Mapping[str, Any]) -> bool:
    """Whether the new text has the data of the old one plus the article, and nothing else."""
    import yaml

    try:
        old = yaml.load(before, Loader=yaml.BaseLoader) or {}
        new = yaml.load(after, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return False
    added = yaml.load(yaml_of({id: article}), Loader=yaml.BaseLoader)
    articles = old.get("articles")
    expected = {**old, "articles": {**(articles if isinstance(articles, dict) else {}), **added}}
    return bool(new == expected and list(new["articles"]) == list(expected["articles"]))


def odd_shape(issue: Path) -> ArticleError:
    """What is said of an issue.yaml whose articles cannot be changed line by line."""
    what = Message(
        "issue.yaml 的 articles 不是一行一键的写法，加不进去", "articles is not written key by key; nothing was added"
    )
    remedy = Message(
        "把 articles 写成每篇一段、逐行缩进的样子（见样例）",
        "write articles one under the other, indented, as in the sample issue",
    )
    return reject(issue, "yaml-shape", what, remedy)
