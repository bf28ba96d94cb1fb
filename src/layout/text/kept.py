"""What is worked out of an object when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Owner = TypeVar("Owner")
Answer = TypeVar("Answer")


class kept(Generic[Owner, Answer]):
    """As `functools.cached_property`, but for that one's lock, which takes longer than most answers here."""

    def __init__(self, find: Callable[[Owner], Answer]) -> None:
        self.find, self.name = find, find.__name__
        self.__doc__ = find.__doc__

    def __get__(self, owner: Owner, kind: type[Owner]) -> Answer:
        answer = owner.__dict__[self.name] = self.find(owner)
        return answer
