"""The settings of planning: limits, and the costs of faults of a plan."""

from __future__ import annotations

from ..records import Record, described


class PlanWeights(Record):
    """The costs of faults of a planned page; `white` is that of one empty unit × line."""

    white: int = described(zh="一个单位空一行", en="a unit left empty over one line", default=10)
    over: int = described(zh="多出一行", en="a line too many", default=240)
    uneven: int = described(zh="一篇各栏相差的每一行", en="a line between columns of one article", default=60)
    parted: int = described(zh="一段在栏首或栏尾只剩一行", en="a widow or an orphan (rule G7)", default=120)
    squeeze: int = described(zh="为省一行而挤紧一段", en="a paragraph set a line shorter", default=6)
    measure: int = described(zh="栏宽每差基本栏 10 字", en="a measure 10 em off the standard column's", default=15)
    crop: int = described(zh="图片裁去每十分之一", en="a tenth of a picture cropped away", default=8)
    headline: int = described(
        zh="标题每小一级，断行每差一等", en="a grade that a headline is smaller, or worse broken", default=4
    )
    small_picture: int = described(zh="图片小于应有的大小", en="a picture smaller than its article's rank", default=40)
    side_head: int = described(zh="标题排在正文旁边", en="a headline beside its text", default=20)
    runs_round: int = described(zh="一篇绕着别的稿件排", en="an article that runs round others", default=6)
    tombstone: int = described(
        zh="碰题，或半条通线（H12）",
        en="two headlines side by side, or half a gutter through the page (H12)",
        default=120,
    )
    gutter: int = described(zh="版面分成左右两半", en="a page in halves side by side", default=90)
    order: int = described(zh="次要的排在重要的上面", en="a lesser article above a weightier one", default=50)
    rival: int = described(zh="两个标题分量相当", en="two headlines of equal weight", default=30)
    foot: int = described(zh="没有倒头条托底", en="no wide article at the foot", default=20)
    pictures: int = described(zh="两图相并", en="two pictures side by side", default=40)
    boxes: int = described(zh="每多一个框", en="every box after the first", default=40)
    same: int = described(
        zh="第二个边题、第三条通栏起，每个",
        en="a side head after the first, a strip across the page after two",
        default=25,
    )
    no_picture: int = described(zh="一版没有图", en="a page without a picture", default=80)
    no_lead: int = described(zh="一版没有重头稿", en="a page without a weighty article", default=100)
    leads: int = described(zh="一版有两个头条", en="a second lead on a page", default=120)
    crowd: int = described(zh="稿件多于 stories", en="an article more than `stories`", default=40)
    section: int = described(zh="一版多一个栏目", en="every section after the first on a page", default=30)
    away: int = described(zh="离应在的版每远一版", en="a page away from where it belongs", default=12)
    jump: int = described(zh="转版", en="a jump", default=200)


class PlanStyle(Record):
    """How pages without a map are planned."""

    pages: int = described(
        zh="版数是几的倍数（一、二版除外）", en="pages come in multiples of this, or one or two", default=4, minimum=1
    )
    stories: int = described(zh="一版最多几篇", en="most articles on a page", default=7, minimum=1, maximum=9)
    column: float = described(zh="基本栏宽（em）", en="measure of the standard column, em", default=18.0, minimum=6)
    measures: tuple[float, float] = described(
        zh="栏宽的范围 [最窄, 最宽]（em）", en="narrowest and widest column, em", default=(12.0, 30.0), minimum=6
    )
    crop: float = described(
        zh="没写 crop 的图片最多裁去几成",
        en="part that a picture without `crop` may lose",
        default=0.15,
        minimum=0,
        maximum=0.5,
    )
    furniture: dict[str, tuple[int, int]] = described(
        zh="版面构件高几行：名字: [最少, 最多]",
        en="lines of furniture: name: [least, most]",
        default_factory=lambda: {"nameplate": (7, 7), "teasers": (5, 9), "staff_box": (4, 4)},
        minimum=1,
    )
    weights: PlanWeights = described(zh="各种毛病的轻重", en="what faults cost", default=PlanWeights())
