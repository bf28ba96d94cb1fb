"""Where a person's name stands in Chinese text, as far as surnames and titles tell it (rule B10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .characters import SURNAMES, TITLES

_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"([{SURNAMES}]{_HAN}{{1,2}})"
# In a list, between marks: a surname and one or two more characters.
_LISTED = re.compile(rf"、{_NAME}(?=[、，。；：（）！？\s]|$)|(?:^|[，。；：（]){_NAME}(?=、)")
# After a title: the title, the surname and the first character of what follows hold together.
_TITLED = re.compile(rf"(?:{'|'.join(sorted(TITLES, key=len, reverse=True))})([{SURNAMES}]){_HAN}")
_TITLE_CHARACTERS = "".join(sorted({title[-1] for title in TITLES}))
_TITLED_AT_ALL = re.compile(rf"[{_TITLE_CHARACTERS}][{SURNAMES}]")


def name_breaks(text: str) -> Iterator[int]:
    """Offsets at which a break would part a name, or a title from its name."""
    if "、" in text:
        for found in _LISTED.finditer(text):
            name = found.lastindex or 0
            yield from range(found.start(name) + 1, found.end(name))
    if _TITLED_AT_ALL.search(text):
        for found in _TITLED.finditer(text):
            yield found.start(1)
            yield found.start(1) + 1
