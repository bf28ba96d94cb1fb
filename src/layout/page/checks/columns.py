"""Checks of columns (rules G7, H10, H11, H13)."""

from __future__ import annotations

from ...roles import Role
from .inspection import PageInspection, widows_and_orphans

LEAST_BESIDE_EM = 8.0  # the shortest line beside a picture (rule H13)
LEVEL_TOLERANCE = 1  # lines by which columns of one article may differ (rule H11)


def check_widows_and_orphans(inspection: PageInspection) -> None:
    """Single lines of a paragraph at a column's head or foot (rule G7)."""
    for kind, frame in widows_and_orphans(inspection.page.frames, inspection.style):
        title = inspection.title(frame.article)
        if kind == "widow":
            zh, en = (
                f"《{title}》有一段的末行独在栏首（孤行）",
                f"a paragraph of “{title}” ends alone at a column's head",
            )
        else:
            zh, en = f"《{title}》有一段的首行独在栏尾", f"a paragraph of “{title}” begins alone at a column's foot"
        inspection.add_problem(kind, zh, en, frame, frame.article)


def check_levels(inspection: PageInspection) -> None:
    """Columns of one article that end at different heights (rule H11)."""
    for story, area in inspection.text_areas():
        shorts = [ending.short for ending in inspection.endings(story, area)]
        if shorts and max(shorts) - min(shorts) > LEVEL_TOLERANCE:
            over = max(shorts) - min(shorts)
            inspection.add_problem(
                "uneven-columns",
                f"《{story.article.title}》各栏相差 {over} 行",
                f"the columns of “{story.article.title}” differ by {over} lines",
                inspection.rectangle(area),
                story.id,
            )


def check_text_beside_pictures(inspection: PageInspection) -> None:
    """Lines of text beside a picture that are too short (rule H13)."""
    for frame in inspection.page.frames:
        if (
            frame.role is not Role.BODY
            or frame.lines[0].vertical
            or frame.width >= LEAST_BESIDE_EM * inspection.grid.em - 0.01
        ):
            continue
        for picture in inspection.page.pictures:
            apart = max(picture.x - frame.x - frame.width, frame.x - picture.x - picture.width)
            down = min(frame.y + frame.height, picture.y + picture.height) - max(frame.y, picture.y)
            if apart < (inspection.grid.gutter_em + 1) * inspection.grid.em and down > 0:
                inspection.add_problem(
                    "narrow-beside",
                    f"图片旁边的文字只有 {frame.width / inspection.grid.em:.0f} 字宽",
                    f"the text beside a picture is only {frame.width / inspection.grid.em:.0f} em wide",
                    frame,
                    frame.article,
                )
                break


def check_measures(inspection: PageInspection) -> None:
    """Measures that are no whole em, too narrow, or parted by gutters twice as wide as they should be (rule H10)."""
    for story, area in inspection.text_areas():
        columns = [ending.column for ending in inspection.endings(story, area)]
        if not columns:
            continue
        measure = columns[0].measure
        gutters = [
            b.start - a.start - a.measure
            for a in columns
            for b in columns
            if b.number == a.number + 1 and b.line == a.line
        ]
        wide = any(gutter > 2 * inspection.grid.gutter_em + 0.01 for gutter in gutters)
        if measure < LEAST_BESIDE_EM - 0.01 or wide:
            inspection.add_problem(
                "bastard-measure",
                f"《{story.article.title}》每栏 {measure:g} 字" + ("，栏距过宽" if wide else "，太窄"),
                f"the columns of “{story.article.title}” are {measure:g} em wide"
                + (", and too far apart" if wide else ", too narrow"),
                inspection.rectangle(area),
                story.id,
            )


CHECKS = (check_widows_and_orphans, check_levels, check_text_beside_pictures, check_measures)
