"""Short texts of an issue, cleaned when they are read: a headline, a caption, a name."""

from __future__ import annotations

import re
from typing import ClassVar, Self

from ..errors import Message
from . import hygiene


class Text(str):
    """A line of text as it is printed; `typed` is what the editor typed."""

    __slots__ = ("typed",)
    typed: str
    expects: ClassVar[Message] = Message("文字", "text")
    schema: ClassVar[dict[str, object]] = {"type": ["string", "number"]}

    def __new__(cls, text: str = "", typed: str | None = None) -> Self:
        self = super().__new__(cls, text)
        self.typed = text if typed is None else typed
        return self

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(cls.cleaned(text), text)

    @staticmethod
    def cleaned(text: str) -> str:
        return hygiene.clean(text)


class HeadlineText(Text):
    """A text of a headline block: `|` marks where a line may be broken (`｜` is printed), a space between Han stands for a pause."""

    __slots__ = ()

    @staticmethod
    def cleaned(text: str) -> str:
        # Lines typed one under the other are lines: the end of one is a place to break.
        cleaned = hygiene.clean(text.strip().replace("\n", "|"), headline=True)
        return re.sub(r"\s*\|(?:\s*\|)*\s*", "|", cleaned).strip("|")

    @property
    def whole(self) -> str:
        """The headline in one line, without its marks."""
        return self.replace("|", "")


class Byline(Text):
    """A byline without the brackets that may stand round it: the style puts its own."""

    __slots__ = ()

    @staticmethod
    def cleaned(text: str) -> str:
        cleaned = hygiene.clean(text, headline=True)
        if cleaned[:1] in ("（", "(") and cleaned[-1:] in ("）", ")") and cleaned.count(cleaned[0]) == 1:
            return cleaned[1:-1]
        return cleaned
