"""What is worked out when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Owner = TypeVar("Owner")
Answer = TypeVar("Answer")
MOST = 256


class kept(Generic[Owner, Answer]):
    """As `functools.cached_property`, but for that one's lock, which takes longer than most answers here."""

    def __init__(self, find: Callable[[Owner], Answer]) -> None:
        self.find, self.name = find, find.__name__
        self.__doc__ = find.__doc__

    def __get__(self, owner: Owner, kind: type[Owner]) -> Answer:
        answer = owner.__dict__[self.name] = self.find(owner)
        return answer


class OfTheSame(Generic[Owner, Answer]):
    """A function's answers about objects that many share, known by the very object: no field of it is looked at."""

    def __init__(self, find: Callable[[Owner], Answer]) -> None:
        self.find = find
        self._known: dict[int, tuple[Owner, Answer]] = {}

    def __call__(self, owner: Owner) -> Answer:
        known = self._known.get(id(owner))
        if known is None or known[0] is not owner:
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._known[id(owner)] = owner, self.find(owner)
        return known[1]
