"""Characters as programs write them: escaped pairs, halves of pairs, names that are not UTF-8."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import layout
from issues import article, issue, write
from layout.records.nodes import YamlSource, compose_yaml

GOOD = issue({"a": article(300)}, [{20: "a"}])


def test_an_escaped_pair_is_the_character():
    source = YamlSource("issue.yaml", json.dumps({"headline": "灯火😀桥", "list": ["𠮷", "a"]}))
    root = compose_yaml(source)
    assert source.problems == []
    assert root is not None
    (_, headline), (_, names) = root.value
    assert (headline.value, names.value[0].value) == ("灯火😀桥", "𠮷")


@pytest.mark.parametrize("text", [r'"\uD800"', r'"\ud83dx\ude00"', r'"\U0000dfff"', r'"\ude00\ud83d"'])
def test_half_a_pair_is_a_message_with_its_place(text):
    source = YamlSource("issue.yaml", f"number: 1\nheadline: {text}\n")
    assert compose_yaml(source) is None
    (problem,) = source.problems
    assert (problem.rule, problem.mark.line, problem.mark.column) == ("yaml-character", 2, 11)


def test_a_backslash_before_the_u_is_text():
    source = YamlSource("issue.yaml", r'headline: "\\uD800"')
    root = compose_yaml(source)
    assert root is not None
    assert root.value[0][1].value == r"\uD800"


def run(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own, which has its own streams."""
    command = [sys.executable, "-m", "layout", *map(str, arguments), "--lang", "en"]
    return subprocess.run(command, capture_output=True, check=False, timeout=120)


@pytest.fixture
def odd(tmp_path):
    """A path whose name is not UTF-8."""
    if sys.platform != "linux":
        pytest.skip("names are bytes on Linux alone")
    return Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe"))


@pytest.mark.slow
@pytest.mark.parametrize("command", ["build", "check", "compose", "plan"])
def test_a_folder_whose_name_is_not_utf8_is_a_folder(command, odd):
    write(odd, GOOD)
    file = odd / "a.pdf"
    done = run(command, odd, *(["-o", file] if command == "build" else []))
    assert (done.returncode, b"[fault]" in done.stderr) == (0, False), done.stderr
    if command == "build":
        assert done.stdout.strip() == os.fsencode(file)
        assert file.read_bytes()[:5] == b"%PDF-"


@pytest.mark.slow
def test_a_pdf_whose_name_is_not_utf8_is_looked_at_and_imposed(odd, tmp_path):
    layout.build(write(tmp_path / "issue", GOOD), tmp_path / "a.pdf")
    pdf = odd.with_suffix(".pdf")
    shutil.copy(tmp_path / "a.pdf", pdf)
    assert json.loads(run("preflight", pdf, "--no-ink", "--json").stdout.decode())["ok"]
    assert run("preflight", pdf, "--html", pdf.with_suffix(".html")).returncode == 0
    assert "<figure>" in pdf.with_suffix(".html").read_text(encoding="utf-8")
    assert run("impose", pdf, "--style", "2-up").returncode == 0
    assert pdf.with_stem(f"{pdf.stem}-imposed").is_file()
