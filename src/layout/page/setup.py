"""What does not change while pages are composed once: issue, style, faces, grid, maps, copyfit decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from ..issue.model import Issue, floats_of
from ..issue.pages import numbered
from ..style.grid import Grid
from ..style.model import Style
from ..text.fonts.faces import Faces
from .decisions import NO_DECISIONS, CopyfitDecisions
from .map.areas import Area
from .map.threads import PagePlan


class Setup(Struct, frozen=True, dict=True):
    """The input of one composing. A trial of other heights or adjustments has a setup of its own."""

    issue: Issue
    style: Style
    faces: Faces
    grid: Grid
    plans: Sequence[PagePlan] = ()
    decisions: CopyfitDecisions = NO_DECISIONS

    @cached_property
    def tag_colours(self) -> Mapping[str, str]:
        """The colours of runs whose tag has a text style with a colour of its own, by tag."""
        return {role: text.colour for role, text in self.style.text.items() if text.colour}

    @cached_property
    def languages(self) -> Mapping[str, str]:
        """The languages of articles and of their floats, by name; only those that are not the publication's."""
        articles = {name: article for name, article in self.issue.articles.items() if article.lang}
        own: dict[str, str] = {name: article.lang for name, article in articles.items()}
        return own | {float_.id: article.lang for article in articles.values() for float_ in floats_of(article)}

    @cached_property
    def language(self) -> str:
        """The publication's language."""
        return self.issue.language_of("")

    @property
    def terms(self) -> Sequence[str]:
        """Words that no headline may break."""
        return (*self.issue.publication.terms, *self.issue.publication.people)

    def gap(self, area: Area) -> int:
        """Lines left free at an area's top: none at the head of the page and under the article's own headline."""
        own = {f"{area.name}.headline"}
        if area.line == 0 or area.above <= own:
            return 0
        return self.style.grid.gap + (0 if area.part else self.decisions.gaps.get(area.name, 0))

    def is_one_map(self, page: int, other: int) -> bool:
        """Whether two pages are the same, or face each other as a double truck."""
        if page == other:
            return True
        left, right = sorted((page, other))
        return right == left + 1 and any(left == n and spec.spread for n, spec in numbered(self.issue.pages))

    def owner(self, name: str) -> str:
        """The article that an area's name belongs to: itself, or the one whose picture it is; empty for furniture."""
        if name in self.issue.articles:
            return name
        return self.issue.floats().get(name, ("", None))[0]
