"""Emoji and other signs that no face has, to be taken out of an issue's text where the editor asks for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from ...issue.model import Issue
from ...page.unknown_characters import article_texts, occurrences
from ...style.reader import style_of
from ...text.fonts.faces import Faces, load_faces
from .fixes import FileFix, line_of

RULE = "unknown-character"
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")  # they make one sign of several, and are nothing without them


def is_sign(character: str) -> bool:
    """Whether a character is an emoji, an ornament or a private one, of which no word is made: never a Han."""
    return character in _JOINERS or unicodedata.category(character) in ("So", "Sk", "Co")


def missing_signs(issue: Issue) -> frozenset[str]:
    """The signs in an issue's articles that none of the faces of its style has. Raises StyleError."""
    style = style_of(issue)
    faces = load_faces(style.font_files(), style.font_places())
    return frozenset(
        character
        for article in issue.articles.values()
        for text, _ in article_texts(article)
        for character in _missing(text, faces, style.fallback)
        if is_sign(character)
    )


def _missing(text: str, faces: Faces, chain: tuple[str, ...]) -> Iterator[str]:
    for _, character in faces.resolve(text, chain).missing:
        yield character


def of_signs(issue: Issue, signs: frozenset[str], files: Mapping[str, str]) -> Iterator[FileFix]:
    """The removal of each of these signs, with what joins it and the space that would be left over beside it."""
    for one in occurrences(issue, signs):
        line = line_of(files.get(one.mark.file, ""), one.mark.line)
        at = line.find(one.character, one.mark.column - 1)
        if at < 0:
            continue
        start, end = at, at + 1
        while end < len(line) and line[end] in _JOINERS:
            end += 1
        if line[start - 1 : start] == " " and start > 1 and (end == len(line) or line[end] == " "):
            start -= 1
        yield FileFix(one.mark._replace(column=start + 1), line[start:end], "", RULE)
