"""Names of persons in Chinese text, recognised by surnames and titles (rule B10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .characters import SURNAMES, TITLES

_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"([{SURNAMES}]{_HAN}{{1,2}})"
# In a list, between marks: a surname and one or two more characters.
_LISTED = re.compile(rf"、{_NAME}(?=[、，。；：（）！？\s]|$)|(?:^|[，。；：（]){_NAME}(?=、)")
# After a title: no break between the title, the surname and the next character.
_TITLES = tuple(sorted(TITLES))
_TITLE_CHARACTERS = "".join(sorted({title[-1] for title in TITLES}))
_TITLED = re.compile(rf"[{_TITLE_CHARACTERS}](?=[{SURNAMES}]{_HAN})")


def name_breaks(text: str) -> Iterator[int]:
    """Offsets at which a break would divide a name, or separate a title from its name."""
    if "、" in text:
        for found in _LISTED.finditer(text):
            name = found.lastindex or 0
            yield from range(found.start(name) + 1, found.end(name))
    for found in _TITLED.finditer(text):
        if text.endswith(_TITLES, 0, found.end()):
            yield found.end()
            yield found.end() + 1
