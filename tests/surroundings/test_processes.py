"""Processes and threads: what goes between them, what they leave behind, how they end."""

from __future__ import annotations

import copy
import gc
import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import layout
from issues import article, issue, write
from layout.batch import build_one
from layout.cli.main import main
from layout.errors import IssueError, LayoutError, Message, Problem, SourceLocation, StyleError
from layout.importing.manuscript import ArticleError
from layout.production import Production
from layout.runtime.limits import LimitError
from layout.runtime.processes.worker import SubprocessWorker, WorkerUnreachable
from layout.text.fonts.faces import load_faces

GOOD = issue({"a": article(300)}, [{20: "a"}])
PROBLEM = Problem("rule", Message("错", "wrong"), mark=SourceLocation("issue.yaml", 2, 3))
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("kind", [LayoutError, IssueError, StyleError, LimitError, ArticleError])
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
def test_an_error_comes_whole_from_another_process(kind, again):
    error = again(kind([PROBLEM]))
    assert (type(error), error.problems, str(error)) == (kind, (PROBLEM,), PROBLEM.in_language())


def test_a_composition_comes_whole_from_another_process(tmp_path):
    job = Production()
    composition = job.compose(job.read(write(tmp_path, GOOD)))
    for again in (pickle.loads(pickle.dumps(composition)), copy.deepcopy(composition)):
        assert (again.pages, again.metadata) == (composition.pages, composition.metadata)
        assert again.to_json() == composition.to_json()
        assert again.faces["Song-Regular"].advances["字"] == composition.faces["Song-Regular"].advances["字"]
    assert pickle.loads(pickle.dumps(job.report)) == job.report


def test_a_face_is_opened_again():
    face = load_faces()["Song-Regular"]
    assert pickle.loads(pickle.dumps(face)).sha256 == face.sha256


def fails(folder):
    raise StyleError([PROBLEM])


def test_a_pool_survives_an_ordinary_error(tmp_path):
    with ProcessPoolExecutor(1) as pool:
        with pytest.raises(StyleError) as told:
            pool.submit(fails, tmp_path).result(60)
        assert told.value.problems == (PROBLEM,)
        assert pool.submit(os.getpid).result(60) != os.getpid()


def dies(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)


def test_the_death_of_a_worker_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr("layout.batch.build", dies)
    with ProcessPoolExecutor(1) as pool:
        (report,) = layout.build_many([write(tmp_path, GOOD)], pool, folder=tmp_path).values()
    (problem,) = report.problems
    assert problem.rule == "not-built"
    assert "process" in problem.what.en


def test_a_fault_of_the_program_is_reported_as_one_and_written_down(tmp_path, monkeypatch):
    def broken(*_, **__):
        raise KeyError("nobody foresaw this")

    monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("layout.batch.build", broken)
    (problem,) = build_one(tmp_path, tmp_path / "a.pdf", {}).problems
    (file,) = (tmp_path / "cache" / "faults").iterdir()
    assert problem.rule == "fault"
    assert str(file) in problem.what.en
    assert "nobody foresaw this" in file.read_text()
    assert "Traceback" in file.read_text()


def test_a_command_ends_with_the_status_of_a_fault(tmp_path, monkeypatch, capsys):
    def broken(*_, **__):
        raise KeyError("nobody foresaw this")

    monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("layout.production.build", broken)
    assert main(["build", str(tmp_path), "--lang", "en"]) == 70
    said = capsys.readouterr().err
    assert "no fault of your files" in said
    assert "Traceback" not in said
    monkeypatch.setenv("LAYOUT_DEBUG", "1")
    with pytest.raises(KeyError):
        main(["build", str(tmp_path)])


def test_threads_leave_the_collector_as_it_was(tmp_path):
    folders = [write(tmp_path / str(number), GOOD) for number in range(4)]
    before = gc.get_threshold()
    with ThreadPoolExecutor(4) as crew:
        reports = list(crew.map(lambda folder: layout.build(folder, folder / "a.pdf"), folders))
    assert all(report.ok for report in reports)
    assert gc.get_threshold() == before


FROZEN = """
import sys
import layout
print(layout.build(sys.argv[1], sys.argv[2], cache=False).ok, flush=True)
"""


@pytest.mark.parametrize("state", ["sys.frozen = True", "sys.executable = ''", "sys.executable = '/bin/cat'"])
def test_a_program_that_is_no_python_is_not_started_again(state, tmp_path):
    folder = write(tmp_path, GOOD)
    started = f"import subprocess, sys; {state}\n" + (
        "def no(*_, **__): print('started', flush=True); raise OSError\nsubprocess.Popen = no\n"
    )
    command = [sys.executable, "-c", started + FROZEN, str(folder), str(tmp_path / "a.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.stdout.split() == ["True"], done.stderr


def test_another_program_in_the_place_of_ours_is_not_waited_for(tmp_path, monkeypatch):
    other = tmp_path / "python"
    other.write_text("#!/bin/sh\nexec sleep 1000\n")
    other.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(other))
    monkeypatch.setattr("layout.runtime.processes.worker._PATIENCE", 0.3)
    worker = SubprocessWorker("layout.press.preflight.worker")
    start = time.monotonic()
    with pytest.raises(WorkerUnreachable):
        worker.query(())
    worker.close()
    assert time.monotonic() - start < 10


def family(process: int) -> set[int]:
    """The processes that come from one, by their environment, which names it."""
    found = set()
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and f"FAMILY={process}\0".encode() in (folder / "environ").read_bytes():
                found.add(int(folder.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("after", [0.1, 0.5, 1.0, 2.0])
def test_a_signal_at_any_moment_leaves_no_process_and_no_half_file(number, after, tmp_path):
    out = tmp_path / "out"
    mark = os.getpid() * 1000 + int(after * 10) + number
    command = [sys.executable, "-m", "layout", "build", str(ROOT / "issues/2026-11"), "-o", str(out / "a.pdf")]
    environment = {**os.environ, "FAMILY": str(mark), "LAYOUT_CACHE": str(tmp_path / "cache")}
    build = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(after)
    build.send_signal(number)
    _, said = build.communicate(timeout=60)
    assert build.returncode in {0, 1, -number, 128 + number}, said
    assert b"Traceback" not in said or b"in run\n" not in said, said  # until the command runs it is Python's own
    end = time.monotonic() + 30
    while family(mark) and time.monotonic() < end:
        time.sleep(0.1)
    assert family(mark) == set()
    left = sorted(os.listdir(out)) if out.is_dir() else []
    if number == signal.SIGINT:
        assert [name for name in left if name.endswith(".part")] == []
    for name in left:
        assert name.endswith(".part") or (out / name).read_bytes()[-6:] == b"%%EOF\n"


POOL = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from layout.runtime.processes.pool_worker import prepare_pool_worker

def number_of_process(task):
    time.sleep(0.05)
    return os.getpid()

with ProcessPoolExecutor(2, initializer=prepare_pool_worker) as executor:
    numbers = set()
    while len(numbers) < 2:
        numbers |= set(executor.map(number_of_process, range(8)))
    print(*numbers, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")
def test_the_workers_of_a_pool_end_with_a_command_that_is_killed():
    with subprocess.Popen([sys.executable, "-c", POOL], stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout
        workers = [Path(f"/proc/{number}/stat") for number in command.stdout.readline().split()]
        command.kill()
    end = time.monotonic() + 20
    while time.monotonic() < end and any(worker.exists() for worker in workers):
        time.sleep(0.05)
    assert [worker.exists() for worker in workers] == [False, False]
