"""Misspelt names and wrong posts, by the publication's lists: `publication.terms`, `publication.people`.

A misspelling is a name with one character replaced by another of the same sound (an error of the input method), two
characters exchanged, or, for a person, any one character replaced where the context shows that it is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ..errors import Message, Problem
from ..issue.floats import NameGroup, Person
from ..issue.model import Issue, floats_of
from ..text.headline.words import segment
from .copy import ProofText

_HAN = "[\u3400-\u9fff]"
_OFFICES = (
    "书记|镇长|乡长|县长|区长|市长|省长|村长|主任|局长|部长|院长|校长|所长|站长|科长|处长|股长|会长|社长|园长|厂长|行长|主席|委员"
    "|秘书长|总经理|经理|董事长|支书|组长|队长|班长|主编|编辑"
)
_BEFORE = re.compile(rf"({_HAN}*?)((?:副|代)?(?:{_OFFICES}))$")
_AFTER = re.compile(rf"(?:副|代)?(?:{_OFFICES})")
_FORMER = re.compile("原|前任|时任|曾任|前$|老$")


def check_people(issue: Issue, copies: Iterable[ProofText]) -> Iterator[Problem]:
    people, terms = issue.publication.people, issue.publication.terms
    if not people and not terms:
        return
    names = {*people, *terms, *_other_names(issue)} - {""}
    listed = re.compile("(?=(" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + "))")
    patterns = [(name, _near(name)) for name in dict.fromkeys((*people, *terms)) if len(name) > 2]
    for copy in copies:
        if not copy.article and copy.text in names:
            continue  # the list itself
        whole = [found.span(1) for found in listed.finditer(copy.text)]
        for name, pattern in patterns:
            for found in pattern.finditer(copy.text):
                written, at = found[1], found.start(1)
                inside = any(start < at + len(written) and at < end for start, end in whole)
                if not inside and _is_meant(name, written, name in people, copy.text, at):
                    yield _misspelt(copy, at, written, name)
        for name, posts in people.items():
            if name not in copy.text:
                continue
            yield from _posts(copy, name, [post for post in re.split("[、，；\\s]+", posts) if post])


def _other_names(issue: Issue) -> Iterator[str]:
    """Names in the issue's lists and bylines, which are not misspellings of others."""
    for article in issue.articles.values():
        if not isinstance(article.byline, str):
            yield from (str(person.name) for person in article.byline)
        for float_ in floats_of(article):
            if isinstance(float_, NameGroup):
                yield from (str(who.name if isinstance(who, Person) else who) for who in float_.names)


def _near(name: str) -> re.Pattern[str]:
    """A pattern for the name with one character changed or two neighbours exchanged; matches may overlap."""
    changed = [f"{re.escape(name[:i])}(?!{re.escape(c)}){_HAN}{re.escape(name[i + 1 :])}" for i, c in enumerate(name)]
    turned = [
        re.escape(f"{name[:i]}{name[i + 1]}{name[i]}{name[i + 2 :]}")
        for i in range(len(name) - 1)
        if name[i] != name[i + 1]
    ]
    return re.compile(f"(?=({'|'.join((*changed, *turned))}))")


def _is_meant(name: str, written: str, person: bool, text: str, at: int) -> bool:
    if sorted(name) == sorted(written):
        return True
    wrong = next(i for i, (a, b) in enumerate(zip(name, written, strict=True)) if a != b)
    if _sounds(name[wrong]) & _sounds(written[wrong]):
        return True
    return person and wrong > 0 and _stands_alone(text, at, written)


def _stands_alone(text: str, at: int, written: str) -> bool:
    """Whether words begin and end where the name does: 张建筑 in 一张建筑图 is not a name."""
    starts = {word.start for word in segment(text)} | {len(text)}
    return at in starts and at + len(written) in starts


@lru_cache(maxsize=4096)
def _sounds(character: str) -> frozenset[str]:
    """The readings of a character, without tones."""
    from pypinyin import Style, pinyin

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def _misspelt(copy: ProofText, at: int, written: str, name: str) -> Problem:
    what = Message(f"这里写作“{written}”，名单里是“{name}”", f"“{written}” is written here, “{name}” in the list")
    remedy = Message(
        f"是 {name} 吗？不是的话，把 {written} 也列入 terms", f"do you mean {name}? If not, add {written} to terms"
    )
    return copy.question("name", at, what, remedy)


def _posts(copy: ProofText, name: str, posts: Sequence[str]) -> Iterator[Problem]:
    """Reports wrong posts directly before or after a name."""
    if not posts:
        return
    for found in re.finditer(re.escape(name), copy.text):
        before, after = _BEFORE.search(copy.text[: found.start()]), _AFTER.match(copy.text, found.end())
        if before and not _FORMER.search(before[1][-6:]):
            office, at = before[2], before.start(2)
        elif after:
            office, at = after.group(), after.start()
        else:
            continue
        if not any(_agrees(office, post) for post in posts):
            what = Message(
                f"{name}写成“{office}”，名单里是“{'、'.join(posts)}”",
                f"{name} is {office} here, {', '.join(posts)} in the list",
            )
            yield copy.question(
                "post", at, what, Message("核对职务，或改名单里的", "look at the post, or change the list")
            )


def _agrees(office: str, post: str) -> bool:
    """Whether an office is a short form of a post: 副书记 is one of 镇党委副书记, 书记 is not."""
    return post.endswith(office) and not post.removesuffix(office).endswith("副") if office else False
