"""Where a user comes in: a module for every command, one function for every task, and no layer below that asks above."""

from __future__ import annotations

import argparse
import inspect
import os
import pickle
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from msgspec.structs import replace

import layout
from issues import article, issue, write
from layout import api
from layout.cli.main import COMMANDS, command_parser
from layout.page import makeup
from layout.runtime.processes.forked_worker import ForkedWorker
from layout.style.reader import style_of
from layout.text.fonts.faces import load_faces

GOOD = issue({"a": article(300)}, [{20: "a"}])
CLI = Path(api.__file__).parent / "cli"


def test_every_module_of_the_commands_is_in_the_table() -> None:
    assert {home for home, _ in COMMANDS.values()} == {
        path.stem for path in CLI.glob("*.py") if path.stem not in {"__init__", "main"}
    }
    for home, summary in COMMANDS.values():
        module = import_module(f"layout.cli.{home}")
        module.add_arguments(argparse.ArgumentParser())
        assert callable(module.run)
        assert summary


def test_a_command_loads_no_other() -> None:
    code = (
        "import sys; from layout.cli.main import command_parser; command_parser(['schema'])\n"
        "print(*sorted(name for name in sys.modules if name.startswith('layout.cli.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["layout.cli.main", "layout.cli.schema"]
    assert command_parser(["schema", "--style"]).parse_args(["schema", "--style"]).style


def test_every_public_function_is_one_of_the_api() -> None:
    functions = {name for name, value in vars(api).items() if inspect.isfunction(value)}
    assert functions == {name for name in layout.__all__ if inspect.isfunction(getattr(layout, name))}
    assert all(value.__module__ == "layout.api" for value in map(layout.__getattr__, functions))


def test_a_composition_from_another_process_writes_itself(tmp_path: Path) -> None:
    composition = layout.compose(layout.load(write(tmp_path / "issue", GOOD)))
    composition.write_pdf(tmp_path / "here.pdf")
    (tmp_path / "composition").write_bytes(pickle.dumps(composition))
    code = f"import pickle, pathlib; p = pathlib.Path({str(tmp_path)!r}); pickle.loads((p / 'composition').read_bytes()).write_pdf(p / 'there.pdf')"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert (tmp_path / "there.pdf").read_bytes() == (tmp_path / "here.pdf").read_bytes()


def test_pages_without_a_map_are_planned_before_makeup(tmp_path: Path) -> None:
    unplanned = replace(layout.load(write(tmp_path, GOOD)), pages=())
    style = style_of(unplanned)
    with pytest.raises(ValueError, match="area map"):
        makeup.compose(unplanned, style, load_faces(style.font_files()))
    assert [page.number for page in layout.compose(unplanned).pages] == [1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
def test_a_forked_worker_sends_messages_longer_than_its_pipe_and_ends() -> None:
    messages = [b"", b"a" * (3 << 20), b"b"]
    worker, received = ForkedWorker(lambda send: [send(message) for message in messages] and None), list[bytes]()
    while worker.has_more:
        received += worker.messages()
    worker.stop()
    assert received == messages
