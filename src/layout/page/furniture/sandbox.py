"""Renders a style's templates in Jinja2's immutable sandbox, with a loader of the style's folders only.

A template sees the fields of the records in its data, and Jinja2's own filters. Its time, its memory and the length of
its output are limited (`runtime.limits`); a template over a limit stops with a problem at the line that it has reached.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.filters import do_round
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from ...errors import Message
from ...runtime.gate import leads_out
from ...runtime.limits import (
    ISSUE_FILE_BYTES,
    TEMPLATE_CHARACTERS,
    TEMPLATE_MEMORY,
    TEMPLATE_NUMBER,
    TEMPLATE_SECONDS,
    Limit,
)
from ...style.model import Style

_DIGITS = 300  # decimal exponent of the greatest float
AGAIN = 0.2  # seconds between two interrupts of a template over its time
_WIDE = re.compile(r"%[^%a-z]*(?:\d{4}|\*)")  # a width that would fill the memory
_lock = threading.Lock()  # the memory limit holds for the whole process


class TooMuch(Exception):
    """A template goes over a limit."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.name)
        self.limit = limit


class _Late(BaseException):
    """Raised by the watching thread in a template over its time; a `BaseException`, which Jinja2 does not handle."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Of records only the fields are readable; names with `_` first are not; numbers and lengths are limited."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, Struct) and attr not in obj.__struct_fields__ and callable(value):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        numbers = [abs(one) for one in (left, right) if isinstance(one, int)]
        if max(numbers, default=0) > TEMPLATE_NUMBER.most or (operator == "**" and abs(right) > 64):
            raise TooMuch(TEMPLATE_NUMBER)
        if operator == "%" and isinstance(left, str) and _WIDE.search(left):
            raise TooMuch(TEMPLATE_CHARACTERS)
        if operator == "*" and len(numbers) == 1:
            length = max(len(one) if hasattr(one, "__len__") else 0 for one in (left, right))
            if length * numbers[0] > TEMPLATE_CHARACTERS.most:
                raise TooMuch(TEMPLATE_CHARACTERS)
        return super().call_binop(context, operator, left, right)


class _Loader(jinja2.BaseLoader):
    """Templates by name, from the first of the style's folders that has one."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        for folder in () if leads_out(template) else self._style.folders:
            path = folder / template
            if not os.path.lexists(path):
                continue
            return self._style.gate.read(path, ISSUE_FILE_BYTES).decode("utf-8"), str(path), lambda: True
        raise jinja2.TemplateNotFound(template)


def make_sandbox(style: Style, finalize: Callable[[object], object]) -> Sandbox:
    """The environment of a style's templates; `finalize` converts the value of each expression before it is written."""
    sandbox = Sandbox(
        loader=_Loader(style),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
    )
    del sandbox.globals["lipsum"]  # of no use in print
    sandbox.filters["round"] = _rounded
    return sandbox


def _rounded(value: Any, precision: int = 0, method: Any = "common") -> Any:
    """Jinja2's `round` with limited places: it computes 10 to their power, which no interrupt could stop."""
    return do_round(value, max(-_DIGITS, min(precision, _DIGITS)), method)


def render(sandbox: Sandbox, name: str, data: Mapping[str, Any]) -> str:
    """The output of a template for this data.

    Raises:
        TooMuch: the template goes over a limit.
        Exception: whatever Jinja2 or the template's own expressions raise.
    """

    def work() -> str:
        parts, length = [], 0
        written = cast("Generator[str, None, None]", sandbox.get_template(name).generate(data))
        for part in written:
            parts.append(part)
            length += len(part)
            if length > TEMPLATE_CHARACTERS.most:
                written.throw(TooMuch(TEMPLATE_CHARACTERS))  # at the line that the template has reached
        return "".join(parts)

    with _lock, _limited_memory():
        return _run_limited(work)


def explained(error: Exception) -> Message:
    """The message for a template's error."""
    if isinstance(error, SecurityError):
        return Message(f"模板用不到这个：{error}", f"out of a template's reach: {error}")
    if isinstance(error, TooMuch):
        limit = error.limit
        return Message(
            f"超过上限 {limit.name}：{limit.what.zh}最多 {limit.most:,}",
            f"over the limit {limit.name}: {limit.what.en}, at most {limit.most:,}",
        )
    if isinstance(error, RecursionError):
        return Message("绕回了自己，没有尽头", "it calls itself without end")
    if isinstance(error, jinja2.TemplateNotFound):
        return Message(f"没有模板 {error.name}", f"there is no template {error.name}")
    return Message(str(error), str(error))


def _run_limited(work: Callable[[], str]) -> str:
    """Runs `work`; after `TEMPLATE_SECONDS` interrupts it at the next bytecode instruction."""
    thread, over = threading.get_ident(), threading.Event()

    def watch() -> None:
        wait: float = TEMPLATE_SECONDS.most
        while not over.wait(wait):
            from ctypes import c_ulong, py_object, pythonapi

            pythonapi.PyThreadState_SetAsyncExc(c_ulong(thread), py_object(_Late))
            wait = AGAIN

    watcher = threading.Thread(target=watch, daemon=True, name="template")
    watcher.start()
    where: TracebackType | None = None
    made = ""
    try:
        try:
            made = work()
        finally:
            over.set()
            watcher.join()
    except _Late as late:
        where = late.__traceback__
    for _ in range(9):  # a second interrupt may still be pending
        with suppress(_Late):
            over.set()
            watcher.join()
            break
    if where:
        raise TooMuch(TEMPLATE_SECONDS).with_traceback(where)
    return made


@contextmanager
def _limited_memory() -> Iterator[None]:
    """Limits the process's memory to what it has now and `TEMPLATE_MEMORY`, where the system supports that."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
        before = resource.getrlimit(resource.RLIMIT_AS)
        most = pages * resource.getpagesize() + TEMPLATE_MEMORY.most
        if before[0] != resource.RLIM_INFINITY:
            most = min(most, before[0])
        resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    except MemoryError as error:
        raise TooMuch(TEMPLATE_MEMORY).with_traceback(error.__traceback__) from None
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
