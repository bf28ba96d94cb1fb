"""Proofreading (校对): what a careful reader would ask about in the text, as warnings with the numbers of rules.

    from layout.proofreading import proofread
    from layout.proofreading.regulation import regulations

    proofread(issue)      # marks, list numbers, numerals, doubled words, protected names
    regulations(issue)    # what `profile: internal` or `profile: official` demands (rules L1 to L4)

Nothing is changed here; `layout fix` does what is sure. Every question has its place in the editor's file.
"""

from __future__ import annotations

from ..errors import Problem
from ..issue.model import Issue

__all__ = ["proofread"]


def proofread(issue: Issue) -> list[Problem]:
    """Every question about the issue's text, in the order of its files."""
    from .copy import proof_texts
    from .doubled_words import check_doubled_words
    from .numerals import check_numerals
    from .people import check_people
    from .punctuation import check_punctuation
    from .spaces import look_at_spaces

    copies = list(proof_texts(issue))
    problems = [
        *check_punctuation(copies),
        *look_at_spaces(copies),
        *check_numerals(copies),
        *check_doubled_words(copies),
        *check_people(issue, copies),
    ]
    return sorted(problems, key=lambda problem: problem.mark or issue.mark)
