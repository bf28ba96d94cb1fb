"""Values computed on first use and cached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Owner = TypeVar("Owner")
Answer = TypeVar("Answer")
MOST_ENTRIES = 256


class cached_attribute(Generic[Owner, Answer]):
    """`functools.cached_property` without its lock (Python 3.11), which takes longer than most values here."""

    def __init__(self, find: Callable[[Owner], Answer]) -> None:
        self.find, self.name = find, find.__name__
        self.__doc__ = find.__doc__

    def __get__(self, owner: Owner, kind: type[Owner]) -> Answer:
        answer = owner.__dict__[self.name] = self.find(owner)
        return answer


class IdentityCache(Generic[Owner, Answer]):
    """A function's results by the identity of its argument, for objects that many share; no field is compared."""

    def __init__(self, find: Callable[[Owner], Answer]) -> None:
        self.find = find
        self._cache: dict[int, tuple[Owner, Answer]] = {}

    def __call__(self, owner: Owner) -> Answer:
        known = self._cache.get(id(owner))
        if known is None or known[0] is not owner:
            if len(self._cache) >= MOST_ENTRIES:
                self._cache.clear()
            known = self._cache[id(owner)] = owner, self.find(owner)
        return known[1]
