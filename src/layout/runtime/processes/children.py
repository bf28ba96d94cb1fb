"""Memory limits: of other programs that read untrusted files, and of this process."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

try:
    import resource
except ImportError:  # Windows, which has no such limits
    resource = None  # type: ignore[assignment]

MEMORY = 2 << 30  # bytes of another program
_LATE_MESSAGES = 5.0  # seconds to read the output of a program that was ended


def run_bounded(
    arguments: Sequence[str], seconds: float, env: Mapping[str, str], memory: int = MEMORY
) -> subprocess.CompletedProcess[bytes]:
    """Runs a program without input, its output discarded. Raises as `subprocess.run` does, which also ends it."""
    process = subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env
    )
    try:
        if resource is not None and hasattr(resource, "prlimit"):
            with suppress(OSError, ValueError):  # it has ended already, or less is allowed anyway
                resource.prlimit(process.pid, resource.RLIMIT_DATA, (memory, memory))
        status = process.wait(seconds)
    except BaseException:
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LATE_MESSAGES)
        raise
    return subprocess.CompletedProcess(arguments, status, b"", b"")


@contextmanager
def bounded_memory(most: int) -> Iterator[None]:
    """Limits the memory of the whole process, beyond which is MemoryError: for a command, not inside another program."""
    if resource is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = most if soft == resource.RLIM_INFINITY else min(soft, most)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
