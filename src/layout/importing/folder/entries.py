"""The entries under `articles` of an issue.yaml, read, and changed key by key where they stand.

Only the lines of what changed are written anew: comments, order and the rest stay byte for byte. What comes out is
read again and compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..issue_file import Plain, look_through, odd_shape, yaml_of


def entries_of(text: str, issue: Path) -> dict[str, Any]:
    """The articles of an issue.yaml by their names, all scalars as text, those without quotes as `Plain`.

    Raises:
        ArticleError: `yaml-shape`, `limit`.
    """
    import yaml

    class Loader(yaml.BaseLoader):
        def construct_scalar(self, node: Any) -> Any:
            value = super().construct_scalar(node)
            return Plain(value) if node.style is None else value

    try:
        look_through(text, issue)
        root = yaml.load(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise odd_shape(issue) from error
    articles = root.get("articles") if isinstance(root, dict) else None
    return articles if isinstance(articles, dict) else {}


def set_entry(text: str, id: str, before: Mapping[str, Any], after: Mapping[str, Any], issue: Path) -> str:
    """The text of an issue.yaml with the entry of an article changed from `before` to `after`.

    Raises:
        ArticleError: `yaml-shape` where it is written in a way that cannot be changed line by line.
    """
    import yaml

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    articles = _value(root, "articles")
    article = _value(articles, id)
    if article is None or article.flow_style or not article.value:
        raise odd_shape(issue)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if not lines[-1].endswith("\n"):
        lines[-1] += newline
    indent = int(article.start_mark.column)
    starts = [int(key.start_mark.line) for key, _ in article.value]
    ends = [*starts[1:], _end(articles, article, lines)]
    edits: list[tuple[int, int, list[str]]] = []
    for (key, value), start, limit in zip(article.value, starts, ends, strict=True):
        name = key.value
        if name in after and after[name] == before.get(name):
            continue
        end = limit
        while end > start + 1 and not _belongs(lines[end - 1], indent, comments=_literal(value)):
            end -= 1
        kept = [line for line in lines[start + 1 : end] if line.lstrip().startswith("#") and not _literal(value)]
        new = _lines(name, after[name], indent) if name in after else []
        comment = _comment_after(value, lines)
        if comment and len(new) == 1:
            new = [f"{new[0].rstrip()}  {comment}\n"]
        edits.append((start, end, [*kept, *new]))
    last = ends[-1]
    while last > starts[-1] + 1 and not _belongs(lines[last - 1], indent):
        last -= 1
    added = [line for name in after if name not in before for line in _lines(name, after[name], indent)]
    edits.append((last, last, added))
    for start, end, new in reversed(edits):
        lines[start:end] = [line.replace("\n", newline) if not line.endswith("\r\n") else line for line in new]
    changed = "".join(lines)
    old, new_entries = entries_of(text, issue), entries_of(changed, issue)
    if new_entries != {**old, id: dict(after)} or list(new_entries) != list(old) or not _same_rest(text, changed):
        raise odd_shape(issue)
    return changed


def _value(node: Any, name: str) -> Any:
    """What stands under a key of a mapping in block style."""
    import yaml

    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _end(articles: Any, article: Any, lines: list[str]) -> int:
    """The line behind an article: that of the next one, or the end of them all."""
    start = int(article.start_mark.line)
    following = [int(key.start_mark.line) for key, _ in articles.value if key.start_mark.line > start]
    if following:
        return min(following)
    end = articles.end_mark
    return min(len(lines), int(end.line) if end.column == 0 else int(end.line) + 1)


def _belongs(line: str, indent: int, *, comments: bool = True) -> bool:
    """Whether a line is as deep as an entry's keys; a comment behind a value belongs to the key that follows."""
    bare = line.lstrip(" ")
    if not comments and bare.startswith("#"):
        return False
    return bool(bare.strip()) and len(line) - len(bare) >= indent


def _literal(value: Any) -> bool:
    return getattr(value, "style", None) in ("|", ">")


def _comment_after(value: Any, lines: list[str]) -> str:
    """A comment on the line where a value of one line ends."""
    if value.start_mark.line != value.end_mark.line or value.end_mark.line >= len(lines):
        return ""
    rest = lines[value.end_mark.line][value.end_mark.column :].strip()
    return rest if re.match("#", rest) else ""


def _lines(name: str, value: Any, indent: int) -> list[str]:
    written = yaml_of({name: value}).splitlines(keepends=True)
    return [" " * indent + line if line.strip() else line for line in written]


def _same_rest(before: str, after: str) -> bool:
    import yaml

    old, new = (yaml.load(text, Loader=yaml.BaseLoader) for text in (before, after))
    return bool({k: v for k, v in old.items() if k != "articles"} == {k: v for k, v in new.items() if k != "articles"})
