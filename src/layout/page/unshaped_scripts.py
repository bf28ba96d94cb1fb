"""Scripts that have to be shaped and are not: where each stands in an issue, one message for each article and script
(rule S1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..errors import Message, Problem, SourceLocation
from ..issue.model import Issue
from ..text.shaping.scripts import COMPLEX, SET_IN_LINES, complex_runs, script_name
from .glyphs import Unshaped
from .unknown_characters import article_texts

_SHOWN = 24  # characters of a message's example


class _Found(NamedTuple):
    article: str
    script: str
    letters: str
    mark: SourceLocation


def unshaped_scripts(issue: Issue, unshaped: Unshaped) -> list[Problem]:
    """One problem for each article and script that no line can hold, at the first of its letters; one for each place
    that stands in no article, or where characters are placed one by one."""
    refused = {script for script, _ in unshaped} - SET_IN_LINES
    found = list(_occurrences(issue, refused)) if refused else []
    problems = []
    for key in dict.fromkeys((one.article, one.script) for one in found):
        own = [one for one in found if (one.article, one.script) == key]
        title, name = issue.articles[key[0]].title, script_name(key[1])
        what = Message(
            f"《{title}》里有{name.zh}，{len(own)} 处，如“{own[0].letters[:_SHOWN]}”：字形随前后的字母而变，排不了",
            f"“{title}” has {name.en} in {len(own)} {'place' if len(own) == 1 else 'places'}, as "
            f"“{own[0].letters[:_SHOWN]}”: its letters change with their neighbours, which cannot be set",
        )
        problems.append(Problem("unsupported-script", what, _REMEDY, own[0].mark))
    reported = {one.script for one in found}
    for (script, mark), letters in unshaped.items():
        if script in reported:
            continue
        name, why = script_name(script), _ONE_BY_ONE if script in SET_IN_LINES else _NOT_SET
        what = Message(
            f"“{letters[:_SHOWN]}”是{name.zh}，{why.zh}", f"“{letters[:_SHOWN]}” is {name.en}, which {why.en}"
        )
        problems.append(Problem("unsupported-script", what, _REMEDY, mark))
    return problems


def _occurrences(issue: Issue, scripts: set[str]) -> Iterator[_Found]:
    for article in issue.articles.values():
        for text, place in article_texts(article):
            if COMPLEX.search(text):
                for at, letters, script in complex_runs(text):
                    if script in scripts:
                        yield _Found(article.id, script, letters, place(at))


_NOT_SET = Message("字形随前后的字母而变，排不了", "cannot be set: its letters change with their neighbours")
_ONE_BY_ONE = Message("这里的字一个一个排，排不了", "cannot be set where characters are placed one by one")
_REMEDY = Message(
    "改用汉字或拉丁字母转写，或排成图片放进来", "write it in Han or Latin letters, or place it as a picture"
)
