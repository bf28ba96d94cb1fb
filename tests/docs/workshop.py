"""A folder in which the documentation's commands are run: the sample issues, and whatever files the examples name."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml
from fenced import ROOT, commands

import layout
from layout.cli.main import COMMANDS, command_parser, main

NOTHING: Mapping[str, str] = MappingProxyType({})
PROSE = "十二月六日清晨，渡口的钟敲了六下，头班船载着三十二名乘客离岸。船老大说，这是他开船的第二十个年头。"
MANUSCRIPTS = {".docx", ".md", ".txt", ".html"}
WRITES = {"-o", "--output", "--for-print", "--html", "--folder"}  # the word after these is written, not read
READERS = {
    "build",
    "check",
    "capacity",
    "compose",
    "preflight",
    "impose",
    "schema",
    "proof",
}  # leave issues as they are
SERVERS = {"preview"}  # run until they are ended: their words are read here, they themselves are tested in tests/editor


class Workshop:
    """Runs the commands of one page; each is given what it names where that is not there."""

    def __init__(self, folder: Path, tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.tools, self.capsys = folder, tools, capsys
        shutil.copytree(ROOT / "issues", folder / "issues")
        self.there = folder

    def run(self, line: str, status: int) -> str:
        """What is wrong with a command; nothing where it does what it should."""
        words = shlex.split(line)
        if words[0] == "layout":
            return self._layout(words[1:], status)
        check = getattr(self, f"_{words[0].replace('-', '_')}", None)
        if check is None:
            return f"no such command is run here: {line} (mark the block <!-- fragment --> or add it to the workshop)"
        return str(check(words[1:]))

    def _layout(self, words: list[str], status: int) -> str:
        line = shlex.join(words)
        of_samples = words[0] in READERS and any(f"issues/{name}" in words for name in self.tools.samples)
        once = of_samples or words == ["doctor"]
        if once and line in self.tools.done:
            return ""
        words, target = _parted(words)
        words = ["issues/2026-12" if word == "ISSUE" else word for word in words]
        for before, word in zip(["", *words], words, strict=False):
            if before not in WRITES and not word.startswith("-"):
                self._provide(word, words[0])
        try:
            if words[0] in SERVERS:
                command_parser(words).parse_args(words)
                return ""
            if {"-j", "--jobs"} & {*words}:  # its workers are forked, which a process that has opened Pango must not do
                command = [sys.executable, "-m", "layout", *words, "--lang", "en"]
                done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
            else:
                done = main([*words, "--lang", "en"] if "-h" not in words and "--help" not in words else words)
        except SystemExit as end:
            done = int(end.code or 0)
        said = self.capsys.readouterr()
        if target:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            Path(target).write_text(said.out, encoding="utf-8")
        if once and done == status:
            self.tools.done.add(line)
        return "" if done == status else f"exit status {done}, not {status}:\n{said.out[-300:]}{said.err[-1500:]}"

    def _provide(self, word: str, command: str) -> None:
        path = Path(word)
        if path.exists() or (command == "new" and not path.suffix):
            return
        if command == "import" and path.suffix in MANUSCRIPTS:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.tools.manuscript(path)
        elif command == "import" and not path.suffix and not word.startswith("issues/"):
            path.mkdir(parents=True)
            for name in ("1.望苇桥.docx", "2.渡口.txt"):
                self.tools.manuscript(path / name)
        elif path.suffix == ".pdf":
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self.tools.pdf, path)
        elif re.fullmatch(r"issues/20\d\d-\d\d", word):
            shutil.copytree(self.tools.unplanned, path)

    # Commands beside `layout`.

    def _cd(self, words: list[str]) -> str:
        (folder,) = words
        if not (self.there / folder).is_dir():
            return f"there is no folder {folder}"
        self.there /= folder
        return ""

    def _mkdir(self, words: list[str]) -> str:
        Path(words[-1]).mkdir(parents=True, exist_ok=True)
        return ""

    def _make(self, words: list[str]) -> str:
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
        return "".join(f"make has no target {word}" for word in words if "=" not in word and word not in targets)

    def _pip(self, words: list[str]) -> str:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        wanted = {extra for word in words for found in re.findall(r"\[(.+)\]", word) for extra in found.split(",")}
        unknown = wanted - set(project["optional-dependencies"])
        return f"no such extras: {unknown}" if unknown else ""

    _pipx = _uv = _pip

    def _python(self, words: list[str]) -> str:
        if words[:2] == ["-m", "layout"]:
            return self._layout(words[2:], 0)
        scripts = [word for word in words if word.endswith(".py")]
        missing = [script for script in scripts if not (ROOT / script).is_file()]
        return f"there is no {missing}" if missing else ""

    _python3 = _pytest = _python

    def _git(self, words: list[str]) -> str:
        return "" if words[0] in {"clone", "pull", "add", "commit"} else f"git {words[0]}?"


class Tools:
    """What is made once for all pages."""

    def __init__(self, folder: Path) -> None:
        self.samples = sorted(path.name for path in (ROOT / "issues").iterdir())
        self.done: set[str] = set()  # commands that need not be run on another page: `doctor`, and those on samples
        self.pdf = folder / "sample.pdf"
        report = layout.build(ROOT / "issues" / "2026-11", self.pdf)
        assert report.ok, [problem.in_language("en") for problem in report.problems]
        self.unplanned = folder / "unplanned"
        begun = ["new", str(self.unplanned), "--publication", "--title", "渡口月报", "--date", "2026-12-20", "--yes"]
        assert main([*begun, "--lang", "en"]) == 0

    @staticmethod
    def manuscript(path: Path) -> None:
        """An article as an author sends it."""
        if path.suffix == ".docx":
            from docx import Document

            document = Document()
            document.add_heading("渡口添了新船", 0)
            document.add_paragraph(PROSE)
            document.save(str(path))
        elif path.suffix == ".html":
            path.write_text(f"<h1>渡口添了新船</h1><p>{PROSE}</p>", encoding="utf-8")
        else:
            head = "# " if path.suffix == ".md" else ""
            path.write_text(f"{head}渡口添了新船\n\n{PROSE}\n", encoding="utf-8")


def _parted(words: list[str]) -> tuple[list[str], str]:
    """A command's words, and the file that its output goes to."""
    if ">" in words:
        at = words.index(">")
        return words[:at], words[at + 1]
    return words, ""


def read_shell(text: str) -> str:
    """What a fragment of shell has wrong: every line must be read as words, every `layout` command must be one."""
    for line in commands(text):
        words = shlex.split(line)
        if (
            words[0] == "layout"
            and len(words) > 1
            and not words[1].startswith("-")
            and words[1] not in known_commands()
        ):
            return f"layout has no command {words[1]}"
    return ""


@cache
def known_commands() -> frozenset[str]:
    return frozenset(COMMANDS)


def read_yaml(text: str, folder: Path, files: Mapping[str, str] = NOTHING) -> str:
    """What a YAML example has wrong. What it is of is seen from its keys: an issue, a style, a printer, an article, a
    page; it may leave out what the whole would need. `files` are those that stand beside it."""
    import json

    from msgspec.structs import fields

    from layout.issue.model import Article, Issue
    from layout.issue.pages import PageSpec
    from layout.press.printer import Printer, load_printer
    from layout.style.model import Style
    from layout.style.reader import load_style

    value = json.loads(json.dumps(yaml.safe_load(text), default=str))  # a date is typed as it is
    if not isinstance(value, dict):
        return "no mapping: mark it <!-- fragment -->"
    names = {kind: {field.name for field in fields(kind)} for kind in (Issue, Style, Printer, Article, PageSpec)}
    fits = [kind for kind, known in names.items() if set(value) <= known]
    wrong: list[str] = []
    for kind in fits:
        try:
            if kind is Style:
                (folder / "example").mkdir(parents=True, exist_ok=True)
                for name, given in files.items():
                    (folder / "example" / Path(name).name).write_text(given, encoding="utf-8")
                head = "".join(
                    f"{key}: {given}\n" for key, given in (("name", "example"), ("extends", "town")) if key not in value
                )
                (folder / "example" / "style.yaml").write_text(head + text, encoding="utf-8")
                load_style("example", folder)
            elif kind is Printer:
                head = "" if "extends" in value else "extends: offset-coated\n"
                (folder / "printer.yaml").write_text(head + text, encoding="utf-8")
                load_printer(folder / "printer.yaml")
            else:
                whole = {Issue: value, Article: {"articles": {"example": value}}, PageSpec: {"pages": [value]}}[kind]
                errors = [
                    f"{'/'.join(map(str, error.path))}: {error.message}" for error in issue_schema().iter_errors(whole)
                ]
                if errors:
                    raise ValueError("; ".join(errors))
            return ""
        except layout.LayoutError as error:
            wrong.append("; ".join(problem.in_language("en") for problem in error.problems))
        except ValueError as error:
            wrong.append(str(error))
    return "\n".join(wrong) or f"of nothing that has the keys {', '.join(value)}: mark it <!-- fragment -->"


@cache
def issue_schema():  # type: ignore[no-untyped-def]
    """The schema of issues, for parts of one: nothing is required."""
    import json

    from jsonschema import Draft202012Validator

    from layout.issue import schema

    def optional(node: object) -> object:
        if isinstance(node, dict):
            return {
                key: optional(value)
                for key, value in node.items()
                if not (key == "required" and isinstance(value, list))
            }
        return [optional(each) for each in node] if isinstance(node, list) else node

    return Draft202012Validator(optional(json.loads(json.dumps(schema(), default=str))))
