"""Makeup looked over as an art director would: the trade's taboos that a reader need not know to be disturbed by.

Everything is a warning with its page and place; nothing stops the press. Areas say what was meant, the composition
what came out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from ...composition import Box, Composition, Frame
from ...errors import Message, Problem
from ...issue.floats import Chart, PictureGroup
from ...issue.floats import Picture as IssuePicture
from ...issue.model import Issue
from ...style.model import Style
from ...text.headline.printed import is_han_ideograph
from ..map.threads import PagePlan, gather_stories
from .inspection import PageInspection, PageItem, cells_of, widows_and_orphans

_HEADS = {"headline", "kicker", "deck", "summary", "department"}
NOT_TEXT = _HEADS | {"caption", "credit", "jump_line", "continuation_line", "editors_note", "teasers"}
LEAST_BESIDE_EM = 8.0  # the shortest line beside a picture (rule H13)
WHOLE_GUTTER = 0.9  # of the type area's height
MOST_WHITE = 0.03  # of the type area, left empty on a page
FOLLOWING = 2  # lines of text after a crosshead (rule I8)
_RUNT_CHARACTERS = 2  # Han in a line of a headline (rule I6)
LEVEL_TOLERANCE = 1  # lines by which columns of one article may differ (rule H11)

_Visual = IssuePicture | PictureGroup | Chart


def check_makeup(composition: Composition, plans: Sequence[PagePlan], issue: Issue, style: Style) -> list[Problem]:
    """Every taboo that the pages break (rules G7, H10 to H13, I6, I8, I11), page by page.

    `plans` are the maps that the composition was made up from, with all their heights settled.
    """
    stories, _ = gather_stories(issue, plans)
    grid = style.grid.grid(style.sheet)
    problems: list[Problem] = []
    for page, plan in zip(composition.pages, plans, strict=True):
        looked = _MakeupInspection(page, plan, issue, style, grid, stories)
        problems += looked.problems()
    return problems


class _MakeupInspection(PageInspection):
    def problems(self) -> list[Problem]:
        for check in (
            self._tombstones,
            self._through_gutters,
            self._stranded_heads,
            self._uncovered,
            self._headline_runts,
            self._parted_badly,
            self._uneven,
            self._white,
            self._no_picture,
            self._narrow,
            self._bastard,
        ):
            check()
        return self.found

    # Headlines.

    def _heads(self) -> list[Frame]:
        return [frame for frame in self.page.frames if frame.role == "headline" and not frame.lines[0].vertical]

    def _tombstones(self) -> None:
        """Headline blocks, kicker and all, that begin at one height side by side."""
        blocks: dict[str, Box] = {}
        for frame in self.page.frames:
            if frame.role in _HEADS and not frame.lines[0].vertical and not self.boxed(frame):
                known = blocks.get(frame.article)
                top = min(frame.y, known.y) if known else frame.y
                left = min(frame.x, known.x) if known else frame.x
                right = max(frame.x + frame.width, known.x + known.width if known else 0.0)
                blocks[frame.article] = Box("rule", left, top, right - left, frame.y + frame.height - top)
        for (left_id, one), (right_id, other) in combinations(sorted(blocks.items(), key=lambda item: item[1].x), 2):
            apart = other.x - one.x - one.width
            near = -1 <= apart <= (self.grid.gutter_em + 1) * self.grid.em
            if near and abs(one.y - other.y) < 1.5 * self.grid.leading:
                a, b = self.title(left_id), self.title(right_id)
                self.add_problem(
                    "tombstone",
                    f"《{a}》与《{b}》两题相碰（碰题）",
                    f"the headlines of “{a}” and “{b}” stand side by side",
                    Message("错开一篇，或隔以图、框", "move one up or down, or put a picture or a box between"),
                    other,
                    right_id,
                )

    def _headline_runts(self) -> None:
        for head in self._heads():
            short = [
                line
                for line in head.lines
                if sum(map(is_han_ideograph, line.text)) <= _RUNT_CHARACTERS and len(line.text) <= _RUNT_CHARACTERS + 1
            ]
            if len(head.lines) > 1 and short:
                self.add_problem(
                    "headline-runt",
                    f"《{self.title(head.article)}》的标题有一行只有“{short[0].text}”",
                    f"a line of the headline “{self.title(head.article)}” is only “{short[0].text}”",
                    Message("增减几个字，或用 | 定断行", "change its length, or break it by | "),
                    head,
                    head.article,
                )

    def _uncovered(self) -> None:
        """Columns of text over which nothing of their article stands (题盖文)."""
        for story, area in self.text_areas():
            head = [f for f in self.page.frames if f.article == story.id and f.role in _HEADS]
            if not head or story.text[0][1] is not area or any(f.lines and f.lines[0].vertical for f in head):
                continue
            own: list[PageItem] = [*head, *(p for p in self.page.pictures if p.article == story.id)]
            own += [f for f in self.page.frames if f.article == story.id and f.role in ("caption", "editors_note")]
            own += [box for box in self.page.boxes if box.article == story.id]
            top = self.grid.y(area.line)
            left = self.grid.x(self.grid.start(area.unit))
            right = left + self.grid.measure(area.units) * self.grid.em
            if all(f.x + f.width < left or f.x > right for f in head):
                continue  # the headline stands at the side
            for ending in self.endings(story, area):
                column = ending.column
                if column.line > area.line + 1:
                    continue
                middle = self.grid.x(column.start + column.measure / 2)
                if not any(
                    one.x - 1 <= middle <= one.x + one.width + 1 and one.y < top + self.grid.height for one in own
                ):
                    self.add_problem(
                        "head-cover",
                        f"《{story.article.title}》的标题没有盖住全文",
                        f"the headline of “{story.article.title}” does not cover its text",
                        Message("把题区加宽到全文", "make the headline as wide as its text"),
                        head[0],
                        story.id,
                    )
                    break

    def _stranded_heads(self) -> None:
        for frame in self.page.frames:
            if frame.role not in ("crosshead", "item_head"):
                continue
            column = [f for f in self.page.frames if f.article == frame.article and abs(f.x - frame.x) < 1]
            below = sorted((f for f in column if f.y > frame.y + 1), key=lambda f: f.y)
            after = sum(len(f.lines) for f in below if f.role not in NOT_TEXT)
            goes_on = any(f.column > frame.column for f in self.page.frames if f.article == frame.article)
            if after < FOLLOWING and (goes_on or after == 0):
                words = frame.lines[0].text
                self.add_problem(
                    "stranded-head",
                    f"小标题“{words}”落在栏尾（背题）",
                    f"the crosshead “{words}” is stranded at a column's foot",
                    Message("增减几行，让它后面至少有两行", "gain or lose a line, so that two lines follow it"),
                    frame,
                    frame.article,
                )

    # Text.

    def _parted_badly(self) -> None:
        for kind, frame in widows_and_orphans(self.page.frames, self.style):
            title = self.title(frame.article)
            if kind == "widow":
                zh, en = (
                    f"《{title}》有一段的末行独在栏首（孤行）",
                    f"a paragraph of “{title}” ends alone at a column's head",
                )
            else:
                zh, en = f"《{title}》有一段的首行独在栏尾", f"a paragraph of “{title}” begins alone at a column's foot"
            self.add_problem(kind, zh, en, Message("增减几个字", "gain or lose a few characters"), frame, frame.article)

    def _uneven(self) -> None:
        for story, area in self.text_areas():
            shorts = [ending.short for ending in self.endings(story, area)]
            if shorts and max(shorts) - min(shorts) > LEVEL_TOLERANCE:
                over = max(shorts) - min(shorts)
                self.add_problem(
                    "uneven-columns",
                    f"《{story.article.title}》各栏相差 {over} 行",
                    f"the columns of “{story.article.title}” differ by {over} lines",
                    Message("增减几行，或改区域的高度", "gain or lose lines, or change the height of its area"),
                    self.rectangle(area),
                    story.id,
                )

    def _narrow(self) -> None:
        for frame in self.page.frames:
            if frame.role != "body" or frame.width >= LEAST_BESIDE_EM * self.grid.em - 0.01:
                continue
            for picture in self.page.pictures:
                apart = max(picture.x - frame.x - frame.width, frame.x - picture.x - picture.width)
                down = min(frame.y + frame.height, picture.y + picture.height) - max(frame.y, picture.y)
                if apart < (self.grid.gutter_em + 1) * self.grid.em and down > 0:
                    self.add_problem(
                        "narrow-beside",
                        f"图片旁边的文字只有 {frame.width / self.grid.em:.0f} 字宽",
                        f"the text beside a picture is only {frame.width / self.grid.em:.0f} em wide",
                        Message("让图片占满整栏", "let the picture take whole columns"),
                        frame,
                        frame.article,
                    )
                    break

    def _bastard(self) -> None:
        """Measures that are no whole em, too narrow, or parted by gutters twice as wide as they should be (rule H10)."""
        for story, area in self.text_areas():
            columns = [ending.column for ending in self.endings(story, area)]
            if not columns:
                continue
            measure = columns[0].measure
            gutters = [
                b.start - a.start - a.measure
                for a in columns
                for b in columns
                if b.number == a.number + 1 and b.line == a.line
            ]
            wide = any(gutter > 2 * self.grid.gutter_em + 0.01 for gutter in gutters)
            if measure < LEAST_BESIDE_EM - 0.01 or wide:
                self.add_problem(
                    "bastard-measure",
                    f"《{story.article.title}》每栏 {measure:g} 字" + ("，栏距过宽" if wide else "，太窄"),
                    f"the columns of “{story.article.title}” are {measure:g} em wide"
                    + (", and too far apart" if wide else ", too narrow"),
                    Message("改栏数", "choose another number of columns"),
                    self.rectangle(area),
                    story.id,
                )

    # The page.

    def _through_gutters(self) -> None:
        """Gutters between stories that nothing runs across; those inside a story do not count."""
        grid = self.grid
        owners = self.issue.floats()
        owner: dict[tuple[int, int], str] = {}
        for area in self.plan.areas:
            name = owners[area.name][0] if area.name in owners else area.name
            owner |= dict.fromkeys(cells_of(area), name)
        for unit in range(1, grid.units):
            run = longest = 0
            for line in range(grid.lines):
                left = owner.get((unit - 1, line))
                run = 0 if left is not None and left == owner.get((unit, line)) else run + 1
                longest = max(longest, run)
            if longest >= WHOLE_GUTTER * grid.lines and owner:
                x = grid.x(grid.start(unit) - grid.gutter_em)
                box = Box("rule", x, grid.y(0), grid.gutter_em * grid.em, grid.height)
                self.add_problem(
                    "through-gutter",
                    "一条栏距从头通到脚（通线）",
                    "a gutter runs from head to foot of the page",
                    Message("让一题、一图或一篇跨过它", "let a headline, a picture or a story run across it"),
                    box,
                )

    def _no_picture(self) -> None:
        if not any(isinstance(inset, _Visual) for _, inset in self.issue.floats().values()):
            return
        shown = bool(self.page.pictures) or any(box.kind == "drawing" and box.alt for box in self.page.boxes)
        dark = any(box.kind == "frame" and box.fill for box in self.page.boxes)
        if self.page.frames and not shown and not dark:
            self.add_problem(
                "no-picture",
                "没有图，也没有别的重色",
                "there is no picture, nor any other dark mass",
                Message("加一张图，或给一篇加底纹", "add a picture, or tint a story"),
            )

    def _white(self) -> None:
        share = self.white()
        if share > MOST_WHITE:
            self.add_problem(
                "white",
                f"空着版心的 {100 * share:.0f}%",
                f"{100 * share:.0f}% of the type area is left empty",
                Message("写长一些，加图，或改版面图", "write more, add a picture, or change the map"),
            )
