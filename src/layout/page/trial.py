"""Trying choices out: how full every story would be, without making up the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..composition import Fit
from ..issue.insets import Picture
from ..issue.model import Issue
from ..issue.pages import PageSpec, numbered
from ..style.grid import Grid
from ..style.model import Style
from ..text.faces import Faces
from .choices import Choices
from .dummy import Dummy
from .fit import Tried
from .flow import Ways
from .stories import set_story
from .threads import PagePlan, Story, gather, read_pages

CROP_FREE = 0.15  # of a picture may go without being counted


@dataclass(slots=True)
class Trials:
    """Trials of one issue. What does not change from one to the next is kept; so a trial costs what it changes."""

    issue: Issue
    style: Style
    faces: Faces
    grid: Grid
    kept: dict[object, object] = field(default_factory=dict)
    fits: dict[object, Fit | None] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)  # see `compose`
    ways: Ways | None = None

    def __call__(self, choices: Choices, page: int | None = None) -> Tried:
        """All stories, or those of one page (of both pages of a double truck)."""
        specs = dict(numbered(self.issue.pages))
        if page is not None and page not in specs:
            page -= 1
        plans, _ = read_pages(self.issue, self.style, choices.heights, self._with(page, specs) if page else None)
        stories, _ = gather(self.issue, plans)
        parts = {"choices": choices, "kept": self.kept, "known": self.known, "ways": self.ways}
        dummy = Dummy(self.issue, self.style, self.faces, self.grid, plans, **parts)  # type: ignore[arg-type]
        here = {plan.number for plan in plans if not page or plan.spec is specs[page]}
        tried = [s for s in stories.values() if s.text and any(plan.number in here for plan, _ in s.text)]
        fits = [self._fit(dummy, story, choices) for story in tried]
        crops = {plan.number: self._crop(dummy, plan) for plan in plans if plan.number in here}
        return Tried(tuple(fit for fit in fits if fit), crops)

    def _with(self, page: int, specs: Mapping[int, PageSpec]) -> set[int]:
        """The page and those that its stories run on to."""
        names = {
            number: {cell.partition(".")[0] for row in spec.areas for cell in row.cells} & self.issue.articles.keys()
            for number, spec in specs.items()
        }
        return {number for number, found in names.items() if number == page or found & names[page]}

    def _fit(self, dummy: Dummy, story: Story, choices: Choices) -> Fit | None:
        places = tuple((plan.number, area.strips, dummy.gap(area)) for plan, area in story.text)
        head = (story.head[0].number, story.head[1].strips) if story.head else None
        own = choices.steps.get(story.id), story.id in choices.no_deck, choices.tracking.get(story.id)
        key = (story.id, places, head, own)
        if key not in self.fits:
            before = len(dummy.fit)
            set_story(dummy, story, 0)
            self.fits[key] = dummy.fit[before] if len(dummy.fit) > before else None
        return self.fits[key]

    def _crop(self, dummy: Dummy, plan: PagePlan) -> float:
        """What the pictures of a page lose by being cropped to their areas, in parts of a picture."""
        lost = 0.0
        insets = self.issue.insets()
        for area in plan.areas:
            picture = insets.get(area.name, (None, None))[1]
            if isinstance(picture, Picture) and picture.width and picture.height and not area.continues:
                _, _, width, height = dummy.box(area)
                if area.beyond:  # across the fold, and the margins on both sides of it
                    width += dummy.box(area.beyond)[2] + 2 * self.grid.left
                box = width / max(height - 2 * self.grid.leading, self.grid.leading)
                ratio = picture.width / picture.height
                lost += max(0.0, 1 - min(box, ratio) / max(box, ratio) - CROP_FREE)
        return lost
