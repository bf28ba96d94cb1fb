"""Every command and example of README and documentation does what it says."""

from __future__ import annotations

import ast
import doctest
import shlex
import traceback
from pathlib import Path
from typing import Any

import pytest
import yaml
from fenced import ROOT, Example, commands, examples, files, pages
from workshop import Tools, Workshop, read_shell, read_yaml

EVERY = [example for page in pages() for example in examples(page)]
RUN = [page for page in pages() if any(e.language in ("sh", "python") and not e.fragment for e in examples(page))]


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def run_python(example: Example, names: dict[str, Any]) -> str:
    """What is wrong with a script, or with a session at the prompt; the names of a page are common to its blocks."""
    if example.text.lstrip().startswith(">>>"):
        test = doctest.DocTestParser().get_doctest(example.text, names, example.place, str(example.page), example.line)
        said: list[str] = []
        doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=said.append, clear_globs=False)
        names.update(test.globs)
        return "".join(said)
    try:
        exec(compile(example.text, example.place, "exec"), names)
    except Exception:
        return traceback.format_exc(limit=-2)
    return ""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return Tools(tmp_path_factory.mktemp("tools"))


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN, ids=named)
def test_commands_and_scripts_of_a_page_run_in_their_order(
    page: Path, tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LAYOUT_EDITOR", raising=False)
    workshop = Workshop(tmp_path / "workshop", tools, capsys)
    names: dict[str, Any] = {"__name__": "__main__"}
    wrong = []
    for example in examples(page):
        if example.fragment or example.language == "yaml":
            continue
        workshop.there = workshop.folder
        for name, text in files(page, example.line).items():
            file = workshop.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        monkeypatch.chdir(workshop.there)
        if example.language == "python":
            if said := run_python(example, names):
                wrong.append(f"{example.place}:\n{said}")
            capsys.readouterr()
            continue
        for line in commands(example.text):
            if said := workshop.run(line, example.status):
                wrong.append(f"{example.place}: {line}\n{said}")
            monkeypatch.chdir(workshop.there)
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize(
    "example", [e for e in EVERY if e.language == "yaml" and not e.fragment], ids=lambda e: e.place
)
def test_yaml_is_of_an_issue_a_style_or_a_printer(example: Example, tmp_path: Path) -> None:
    assert not read_yaml(example.text, tmp_path, files(example.page))


@pytest.mark.parametrize("example", [e for e in EVERY if e.fragment], ids=lambda e: e.place)
def test_a_fragment_is_read_as_its_language(example: Example) -> None:
    if example.language == "yaml":
        list(yaml.safe_load_all(example.text))
    elif example.language == "python":
        ast.parse("".join(each.source for each in doctest.DocTestParser().get_examples(example.text)) or example.text)
    else:
        assert not read_shell(example.text)


@pytest.mark.parametrize("page", pages(), ids=named)
def test_a_page_of_the_documentation_marks_its_shell_blocks(page: Path) -> None:
    """A command in a block without a language would not be run."""
    from markdown_it import MarkdownIt

    text = page.read_text(encoding="utf-8")
    plain = [t for t in MarkdownIt("commonmark").parse(text) if t.type == "fence" and not t.info.strip()]
    hidden = [line for token in plain for line in token.content.splitlines() if line.startswith("layout ")]
    assert not hidden, f"give these blocks a language: {hidden}"


def test_wrong_examples_are_found(tmp_path: Path) -> None:
    """What the tests above would say of mistakes."""
    page = tmp_path / "page.md"
    page.write_text(
        "```sh\nlayout chek issues/2026-11  # typo\n```\n\n<!-- fragment -->\n\n```sh\nlayout biuld X\n```\n\n"
        "<!-- status 1 -->\n```sh\nlayout check \\\n  broken\n```\n\n```yaml\nnumber: eleven\n```\n",
        encoding="utf-8",
    )
    first, second, third, fourth = examples(page)
    assert (first.fragment, second.fragment, third.status) == (False, True, 1)
    assert (commands(first.text), commands(third.text)) == (["layout chek issues/2026-11"], ["layout check broken"])
    assert "biuld" in read_shell(second.text)
    assert "eleven" in read_yaml(fourth.text, tmp_path)
    assert "grdi" in read_yaml("grid: {grdi: 3}", tmp_path)
    assert "mark it" in read_yaml("unheard: 1", tmp_path)
    assert shlex.split(commands("$ layout build a b # c")[0]) == ["layout", "build", "a", "b"]
