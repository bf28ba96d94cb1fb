"""Short texts of an issue, cleaned when read: headlines, captions, names."""

from __future__ import annotations

import re
from typing import ClassVar, Self, TypeVar

from msgspec.structs import replace

from ..errors import Message
from ..records import Record
from ..text.language import DEFAULT_LANGUAGE
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

    def in_language(self, language: str) -> Self:
        """The same text, cleaned by the rules of a language."""
        return type(self)(self.cleaned(self.typed, language), self.typed)

    @staticmethod
    def cleaned(text: str, language: str = DEFAULT_LANGUAGE) -> str:
        return hygiene.clean(text, language=language)


class HeadlineText(Text):
    """A text of a headline block: `|` is a possible line break (`｜` is printed), a space between Han a pause."""

    __slots__ = ()

    @staticmethod
    def cleaned(text: str, language: str = DEFAULT_LANGUAGE) -> str:
        # A typed line end is a possible line break.
        cleaned = hygiene.clean(text.strip().replace("\n", "|"), headline=True, language=language)
        return re.sub(r"\s*\|(?:\s*\|)*\s*", "|", cleaned).strip("|")

    @property
    def whole(self) -> str:
        """The headline in one line, without `|`; between letters it is a space."""
        return _BETWEEN_LETTERS.sub(" ", self).replace("|", "")


class Byline(Text):
    """A byline without brackets round it, as the style adds its own."""

    __slots__ = ()

    @staticmethod
    def cleaned(text: str, language: str = DEFAULT_LANGUAGE) -> str:
        cleaned = hygiene.clean(text, headline=True, language=language)
        if cleaned[:1] in ("（", "(") and cleaned[-1:] in ("）", ")") and cleaned.count(cleaned[0]) == 1:
            return cleaned[1:-1]
        return cleaned


_BETWEEN_LETTERS = re.compile(r"(?<=[!-~’”\uac00-\ud7a3])\|(?=[!-~‘“\uac00-\ud7a3])")
_Record = TypeVar("_Record", bound=Record)


def in_language(record: _Record, language: str) -> _Record:
    """A record whose texts, in its lists and inner records too, are cleaned by the rules of a language."""
    changes = {}
    for name in record.__struct_fields__:
        if name not in ("mark", "marks"):
            value = getattr(record, name)
            cleaned = _cleaned(value, language)
            if cleaned is not value:
                changes[name] = cleaned
    return replace(record, **changes) if changes else record


def _cleaned(value: object, language: str) -> object:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, Record):
        return in_language(value, language)
    if isinstance(value, tuple) and value:
        return tuple(_cleaned(item, language) for item in value)
    if isinstance(value, dict) and value:
        return {key: _cleaned(item, language) for key, item in value.items()}
    return value
