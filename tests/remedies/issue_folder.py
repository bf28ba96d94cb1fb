"""The folder of an issue as an editor works in it: text by text, line by line, area by area."""

from __future__ import annotations

import re
from pathlib import Path

from layout.errors import SourceLocation


class IssueFolder:
    """Edits of the files of an issue. Every edit fails where the text that it is about is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def name_of(self, mark: SourceLocation) -> str:
        """The file of a mark, from the folder of the issue, which was another when the message was made."""
        return Path(*Path(mark.file).parts[1:]).as_posix()

    def lines(self, name: str) -> list[str]:
        return (self.folder / name).read_text(encoding="utf-8").split("\n")

    def write(self, name: str, lines: list[str]) -> None:
        (self.folder / name).write_text("\n".join(lines), encoding="utf-8")

    # --- a word

    def word_at(self, mark: SourceLocation) -> str:
        line = self.lines(self.name_of(mark))[mark.line - 1][mark.column - 1 :]
        found = re.match(r"[^\s:,{}\[\]\"'()|]+", line)
        assert found, f"there is no word at {mark}: {line!r}"
        return found.group()

    def replace_word(self, mark: SourceLocation, new: str) -> None:
        self.replace(mark, self.word_at(mark), new)

    def replace_everywhere(self, mark: SourceLocation, new: str) -> None:
        """The word at a mark, wherever it stands in the file."""
        name, word = self.name_of(mark), self.word_at(mark)
        pattern = rf"(?<![\w-]){re.escape(word)}(?![\w-])"
        self.write(name, [re.sub(pattern, new, line) for line in self.lines(name)])

    def replace(self, mark: SourceLocation, old: str, new: str) -> None:
        name = self.name_of(mark)
        lines = self.lines(name)
        line, at = lines[mark.line - 1], mark.column - 1
        assert line.startswith(old, at), f"{old!r} does not stand at {mark}: {line!r}"
        lines[mark.line - 1] = line[:at] + new + line[at + len(old) :]
        self.write(name, lines)

    def delete_entry(self, mark: SourceLocation) -> None:
        """The line of a mark, and the lines under it that belong to it."""
        name = self.name_of(mark)
        lines = self.lines(name)
        first = mark.line - 1
        end = first + 1
        while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > _indent(lines[first])):
            end += 1
        self.write(name, lines[:first] + lines[end:])

    # --- the text of an article

    def body_end(self, article: str) -> tuple[str, int]:
        """The file of an article's text, and the index of its last line that is not empty."""
        lines = self.lines("issue.yaml")
        first = lines.index(f"  {article}:")
        own = first + 1
        while own < len(lines) and (not lines[own].strip() or _indent(lines[own]) > 2):
            own += 1
        for index in range(first, own):
            if found := re.match(r"    body_file: (\S+)", lines[index]):
                return found[1], _last_full(self.lines(found[1]))
            if re.match(r"    body: *[|>]", lines[index]):
                end = index + 1
                while end < own and (not lines[end].strip() or _indent(lines[end]) > 4):
                    end += 1
                return "issue.yaml", _last_full(lines[:end])
        raise AssertionError(f"{article} has no body")

    def article_at(self, mark: SourceLocation) -> str:
        """The name of the article that a line of issue.yaml belongs to."""
        heads = [found[1] for line in self.lines("issue.yaml")[: mark.line] if (found := re.match(r"  (\w+):$", line))]
        return heads[-1]

    def cut(self, article: str, characters: int) -> None:
        """So many characters from the end of a text, whose last mark stays."""
        name, index = self.body_end(article)
        lines = self.lines(name)
        while characters > 0:
            line = lines[index].rstrip()
            indent = line[: _indent(line)]
            text = line[len(indent) :]
            taken = min(characters, len(text) - 1) if characters < len(text) else len(text)
            lines[index] = indent + text[: len(text) - 1 - taken] + text[-1] if taken < len(text) else ""
            characters -= taken
            index -= 1
            while not lines[index].strip():
                index -= 1
        self.write(name, lines)

    def write_more(self, article: str, characters: int) -> None:
        """So many characters at the end of a text, in its last paragraph."""
        name, index = self.body_end(article)
        lines = self.lines(name)
        sentence = "村里人又说起往年的事，一样一样都还记得清楚，"
        more = (sentence * (characters // len(sentence) + 1))[:characters]
        lines[index] = lines[index].rstrip()[:-1] + more + "。"
        self.write(name, lines)

    # --- area maps

    def rows(self, page: int) -> list[int]:
        """The indices of the lines of a page's map in issue.yaml."""
        lines = self.lines("issue.yaml")
        heads = [index for index, line in enumerate(lines) if re.match(r" +(- )?areas:", line)]
        found, index = [], heads[page - 1] + 1
        while index < len(lines) and re.match(r" +- [\w/]+:", lines[index]):
            found.append(index)
            index += 1
        return found

    def heighten(self, name: str, page: int, by: int, *, last: bool = False) -> None:
        """The last row of an area on a page; with `last`, of the last of the areas of a story."""
        lines = self.lines("issue.yaml")
        found = [
            (int(suffix or 1), index)
            for index in self.rows(page)
            for suffix in re.findall(rf"(?<![\w.-]){re.escape(name)}(?:\.(\d+))?(?![\w.-])", lines[index])
        ]
        assert found, f"{name} is not on page {page}"
        index = max(found)[1] if last else max(index for _, index in found)
        lines[index] = re.sub(r"- (\d+):", lambda row: f"- {int(row[1]) + by}:", lines[index])
        self.write("issue.yaml", lines)

    def set_height(self, mark: SourceLocation, height: str) -> None:
        lines = self.lines("issue.yaml")
        lines[mark.line - 1] = re.sub(r"- [\w/]+:", f"- {height}:", lines[mark.line - 1])
        self.write("issue.yaml", lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _last_full(lines: list[str]) -> int:
    return max(index for index, line in enumerate(lines) if line.strip())
