"""Proofreading (校对): probable errors in the text, as warnings with the numbers of rules.

    from layout.proofreading import proofread
    from layout.proofreading.regulation import regulations

    proofread(issue)      # marks, list numbers, numerals, doubled words, protected names
    regulations(issue)    # requirements of `profile: internal` or `profile: official` (rules L1 to L4)

Nothing is changed here; `layout fix` applies certain fixes. Each query has its location in the editor's file.
"""

from __future__ import annotations

from ..errors import Problem
from ..issue.model import Issue

__all__ = ["proofread"]


def proofread(issue: Issue) -> list[Problem]:
    """All queries about the issue's Chinese text, in the order of its files; other languages have rules of their own,
    which are not known here (rule L14)."""
    from .copy import proof_texts
    from .doubled_words import check_doubled_words
    from .numerals import check_numerals
    from .people import check_people
    from .punctuation import check_punctuation
    from .spaces import look_at_spaces

    copies = [chinese for copy in proof_texts(issue) if (chinese := copy.in_chinese()) is not None]
    problems = [
        *check_punctuation(copies),
        *look_at_spaces(copies),
        *check_numerals(copies),
        *check_doubled_words(copies),
        *check_people(issue, copies),
    ]
    return sorted(problems, key=lambda problem: problem.mark or issue.mark)
