"""Short texts of an issue, cleaned when read: headlines, captions, names."""

from __future__ import annotations

import re
from typing import ClassVar, Self

from ..errors import Message
from . import hygiene


class Text(str):
    """A line of text as printed; `typed` is the same as typed."""

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
    """A text of a headline block: `|` is a possible line break (`｜` is printed), a space between Han a pause."""

    __slots__ = ()

    @staticmethod
    def cleaned(text: str) -> str:
        # A typed line end is a possible line break.
        cleaned = hygiene.clean(text.strip().replace("\n", "|"), headline=True)
        return re.sub(r"\s*\|(?:\s*\|)*\s*", "|", cleaned).strip("|")

    @property
    def whole(self) -> str:
        """The headline in one line, without `|`."""
        return self.replace("|", "")


class Byline(Text):
    """A byline without brackets round it, as the style adds its own."""

    __slots__ = ()

    @staticmethod
    def cleaned(text: str) -> str:
        cleaned = hygiene.clean(text, headline=True)
        if cleaned[:1] in ("（", "(") and cleaned[-1:] in ("）", ")") and cleaned.count(cleaned[0]) == 1:
            return cleaned[1:-1]
        return cleaned
