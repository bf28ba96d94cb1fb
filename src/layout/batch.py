"""Many issues on any executor: threads of a machine, its processes, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor, Executor, as_completed
from contextlib import suppress
from pathlib import Path
from typing import Any

from .errors import Message, Problem
from .production import Report, build, default_output
from .runtime.cache import cache_folder

Done = Callable[[Path, Report], None]


def build_many(
    issues: Iterable[str | Path],
    executor: Executor | None = None,
    *,
    folder: str | Path | None = None,
    done: Done | None = None,
    **options: Any,
) -> dict[Path, Report]:
    """See `layout.api.build_many`."""
    outputs = _outputs([Path(issue) for issue in issues], Path(folder) if folder is not None else None)
    reports: dict[Path, Report] = {}
    if executor is None:
        for issue, output in outputs.items():
            reports[issue] = build_one(issue, output, options)
            if done:
                done(issue, reports[issue])
        return reports
    waiting = {executor.submit(build_one, issue, output, options): issue for issue, output in outputs.items()}
    for future in as_completed(waiting):
        issue = waiting[future]
        reports[issue] = _result(future.result)
        if done:
            done(issue, reports[issue])
    return {issue: reports[issue] for issue in outputs}


def build_one(issue: Path, output: Path, options: dict[str, Any]) -> Report:
    """One issue in a worker: whatever goes wrong is in its report."""
    return _result(lambda: build(issue, output, **options))


def _result(make: Callable[[], Report]) -> Report:
    try:
        return make()
    except BrokenExecutor:
        what = Message(
            "没有排成：做这件事的进程中途没了", "not built: the process at work on it ended before it was done"
        )
        remedy = Message(
            "多半是内存不够或被终止；少几个进程（-j）再排一次",
            "most likely memory ran out or it was ended; build again with fewer processes (-j)",
        )
        return Report(problems=[Problem("not-built", what, remedy)])
    except MemoryError:
        what = Message("没有排成：内存不够", "not built: there is not enough memory")
        return Report(problems=[Problem("not-built", what, Message("少几个进程再排", "build with fewer processes"))])
    except Exception as error:  # a fault of the program must not stop the other issues
        from .runtime.faults import fault

        folder = None
        with suppress(RuntimeError):  # no home
            folder = cache_folder()
        return Report(problems=[fault(error, folder)])


def _outputs(issues: list[Path], folder: Path | None) -> dict[Path, Path]:
    """A file for each issue; names of the folders above distinguish folders of the same name."""
    names = {issue: default_output(issue) for issue in issues}
    clashing = {name for name in names.values() if list(names.values()).count(name) > 1}
    outputs = {}
    for issue, output in names.items():
        stem = output.stem
        if output in clashing:
            place = issue.parent if issue.suffix in {".yaml", ".yml"} else issue
            stem = "-".join(place.resolve().parts[-2:])
        outputs[issue] = (folder or output.parent) / f"{stem}.pdf"
    return outputs
