"""Rules of composing: area maps, text in its frames, elements, furniture, fitting and planning."""

from __future__ import annotations

from ..errors import Message
from .rule import NOTE, WARNING, Rule

MAPS = {
    "area-row": Rule(
        Message("一行的格数不能整除版心的单位", "the cells of a row do not divide the grid's units"),
        Message("写能整除的格数", "write a number of cells that does"),
        source="area-map.md",
    ),
    "area-name": Rule(
        Message("版面图里的名字没有着落", "a name in a map is no article, picture or furniture, or not in the map"),
        Message("写已有的名字，空着写 .", "write a name that exists, or . for an empty cell"),
        source="area-map.md",
    ),
    "area-height": Rule(
        Message("各行共高超过版心", "the rows are higher than the type area"),
        Message("减去几行，或用 auto", "take lines away, or write auto"),
        source="area-map.md",
    ),
    "area-shape": Rule(
        Message("区域不是矩形", "an area that has to be a rectangle is none"),
        Message("图片、标题和构件只能占一个矩形", "a picture, headline or piece of furniture takes one rectangle"),
        source="area-map.md",
    ),
    "columns": Rule(
        Message("区域分不成这些栏", "an area cannot be divided into so many columns"),
        Message("换一个栏数，或改区域", "take another number of columns, or change the area"),
        source="typography.md H1",
    ),
    "fold": Rule(
        Message("文字压在折缝上", "text stands in the fold of a spread"),
        Message("换一个栏数，或只占一版", "take another number of columns, or keep it on one page"),
        source="area-map.md",
    ),
    "spread-page": Rule(
        Message("这两版不能跨版", "two pages that are back to back cannot be a double truck"),
        Message("跨版从双数版开始", "begin it on an even page"),
        source="area-map.md",
    ),
    "placed-twice": Rule(
        Message("放了两次", "something is placed twice"),
        Message("只留一处", "keep one of the two"),
        source="area-map.md",
    ),
    "placed-nowhere": Rule(
        Message("稿件没有放进任何一版", "an article is placed on no page"),
        Message("在某一版的 areas 里写上它的名字", "name it in the areas of a page"),
        source="area-map.md",
    ),
    "no-text-area": Rule(
        Message("稿件只有标题区，没有正文区", "an article has an area for its headline and none for its text"),
        Message("在版面图里留出正文的位置", "give its text an area in the map"),
        source="area-map.md",
    ),
    "vertical-headline": Rule(
        Message("竖题没有自己的区域", "a vertical headline has no area of its own"),
        Message("在正文旁边写上 名字.headline", "write NAME.headline beside its text in the map"),
        source="typography.md I12",
    ),
    "vertical-article": Rule(
        Message("这一篇不能直排", "this article cannot run downwards"),
        Message("去掉 direction，或换一种 kind", "take direction away, or make it another kind"),
        source="typography.md V12",
    ),
    "vertical-unplaced": Rule(
        Message("直排的稿件没有放进版面图", "an article whose lines run downwards is in no map"),
        Message("在某一版的 areas 里写上它的名字", "name it in the areas of a page"),
        source="area-map.md",
    ),
    "box-shape": Rule(
        Message("稿件的区域不是一个矩形，加不了框", "the areas of an article are no rectangle and cannot be boxed"),
        Message("拼成一个矩形，或去掉 box", "make them one rectangle, or take box away"),
        source="area-map.md",
    ),
    "unknown-box": Rule(
        Message("样式里没有这个框", "the style has no such box"),
        Message("改正名字", "correct its name"),
        source="style.md",
    ),
}

TEXT_RULES = {
    "overset": Rule(
        Message("文字排不下", "text is left over"),
        Message("删字，或把区域加高", "cut it, or make its area higher"),
        source="fitting.md",
    ),
    "length": Rule(
        Message("与约定的字数不合", "an article and the length agreed on do not agree"),
        Message("改 length，或增减文字、版面", "change length, the text or its place"),
        WARNING,
        "issue-format.md",
    ),
    "jump-unneeded": Rule(
        Message("转版之前已经排完", "a story ends before its jump"),
        Message("减小前一版的区域，或删去后一版的", "make the first area smaller, or take the second away"),
        WARNING,
        "typography.md J3",
    ),
    "short-head-long": Rule(
        Message("接转行放不下", "a continuation line is too long"),
        Message("写一个更短的 short_head", "give the article a shorter short_head"),
        source="typography.md J3",
    ),
    "headline-long": Rule(
        Message("标题放不进题框", "a headline is too long for its box"),
        Message("缩短标题，或把题区加高、加宽", "shorten it, or make its area higher or wider"),
        source="typography.md I1",
    ),
    "headline-too-long": Rule(
        Message("标题的各行超出", "the lines of a headline are too long"),
        Message("缩短标题，加大题区，或多许一行", "shorten it, or give it a larger box or one more line"),
        source="typography.md I1",
    ),
    "headline-part-too-wide": Rule(
        Message("标题里用 | 定的一行太长", "a line of a headline that is broken by | is too long"),
        Message("移动、增加断行处 |，或缩短", "move or add a |, or shorten it"),
        source="typography.md I1",
    ),
    "face-fallback": Rule(
        Message("字体里没有这个字，改用另一种", "a face has no such character, and another stands in"),
        Message("无须处理；不合意时换一个字", "nothing to do, unless it looks wrong"),
        NOTE,
        "style.md",
    ),
    "unknown-character": Rule(
        Message("任何字体里都没有这个字", "no face has a character"),
        Message("换一个字，或加一个有它的字体", "use another character, or name a font that has it"),
        source="style.md",
    ),
    "unsupported-script": Rule(
        Message(
            "有排不了的文字：字形随前后的字母而变", "a script whose letters change with their neighbours cannot be set"
        ),
        Message("改用汉字或拉丁字母转写，或排成图片", "write it in Han or Latin letters, or place it as a picture"),
        source="typography.md S1",
    ),
    "no-glyph": Rule(
        Message("写 PDF 时字体里没有这个字", "a face has no glyph for a character that is written"),
        Message("换一个字，或加一个有它的字体", "use another character, or a face that has it"),
        source="style.md",
    ),
}

ELEMENT_RULES = {
    "inset-high": Rule(
        Message("图、表比它的区域高", "a figure wants more lines than its area has"),
        Message("把区域加高，或加宽", "make its area higher or wider"),
        source="typography.md H6",
    ),
    "inset-left-over": Rule(
        Message("图、表在栏里放不下", "a figure finds no place in the columns of its article"),
        Message("把区域加高，或给它单独的区域", "make the area higher, or give it an area of its own"),
        source="area-map.md",
    ),
    "crop-range": Rule(
        Message("图片位置的比例在 crop 之外", "the place of a picture is outside the ratios of its crop"),
        Message("改区域，或放宽 crop", "change its area, or widen its crop"),
        source="issue-format.md",
    ),
    "crop-keep": Rule(
        Message("keep 在图片的位置上放不全", "the place of a picture cuts into its keep"),
        Message("改区域，或缩小 keep", "change its area, or make keep smaller"),
        source="issue-format.md",
    ),
    "low-resolution": Rule(
        Message("图片印出来像素太少", "a picture prints with too few pixels an inch"),
        Message("换像素更多的原图，或印小些", "take a larger original, or print it smaller"),
        WARNING,
        "GWG 2022 R0031",
    ),
    "picture-unreadable": Rule(
        Message("图片打不开", "a picture cannot be read"),
        Message("换一份完好的文件", "use an undamaged file"),
        source="issue-format.md",
    ),
    "table-wide": Rule(
        Message("表格比它的位置宽", "a table is wider than its place"),
        Message("减少栏目、缩短数字，或给它更宽的区域", "take columns away, shorten it, or give it a wider area"),
        source="typography.md J9",
    ),
    "name-long": Rule(
        Message("名单里有一项放不下", "an entry is too long for a list of names"),
        Message("缩短，或给名单更宽的区域", "shorten it, or give the list a wider area"),
        source="typography.md E10",
    ),
    "chart": Rule(
        Message("图表画不出来", "a chart cannot be drawn from its data"),
        Message("按提示改正数据", "correct its data as the message says"),
        source="issue-format.md",
    ),
}

FURNITURE_RULES = {
    "template": Rule(
        Message("模板出错", "a template fails"),
        Message("按 Jinja2 的写法改正模板", "correct the template; it is written in Jinja2"),
        source="style.md",
    ),
    "style-sheet": Rule(
        Message("样式表出错", "a style sheet is wrong"), Message("改正 CSS", "correct its CSS"), source="style.md"
    ),
    "furniture": Rule(
        Message("版面构件排不出来", "a piece of furniture cannot be drawn"),
        Message("检查样式的模板和 CSS", "look at the style's template and CSS"),
        source="style.md",
    ),
    "furniture-overflow": Rule(
        Message("版面构件放不进它的区域", "a piece of furniture does not fit its area"),
        Message("缩短文字、放大区域，或改字号", "shorten the text, enlarge its area, or set it smaller"),
        source="style.md",
    ),
    "not-for-press": Rule(
        Message("样式表里有不能印的效果", "a style sheet asks for an effect that cannot be printed"),
        Message("换成能印的写法", "write it in a way that can be printed"),
        source="style.md",
    ),
    "unknown-font": Rule(
        Message("样式表里的字体没有", "a style sheet names a font that is not there"),
        Message("用字库里的字体，或写进 fonts", "use a face at hand, or name its file under fonts"),
        source="style.md",
    ),
}

FITTING = {
    "underset": Rule(
        Message("稿件的区域没有排满", "a story leaves lines of its area empty"),
        Message("补写，或把区域减低", "write more, or lower its area"),
        NOTE,
        "fitting.md",
    ),
    "fit": Rule(
        Message("为排满做的微调", "what fitting changed"),
        Message("无须处理；不合意时改 fit", "nothing to do; else change fit"),
        NOTE,
        "fitting.md",
    ),
    "plan-held": Rule(
        Message("没有版面，留待下期", "there is no room for an article: it is held over"),
        Message("加版、删稿，或在版面图里给它位置", "add pages, cut other articles, or give it a place in a map"),
        source="planning.md",
    ),
    "plan-empty": Rule(
        Message("没有稿件可以排上这一版", "no article is left for a page"),
        Message("写稿件、删去这一版，或给它版面图", "write an article, take the page out, or give it a map"),
        source="planning.md",
    ),
    "plan-over": Rule(
        Message("安排的版面放不下稿件", "an article is too long for the page planned for it"),
        Message("删字，或加一版", "cut it, or add a page"),
        WARNING,
        "planning.md",
    ),
    "plan-under": Rule(
        Message("安排的版面没有排满", "a planned page is not full"),
        Message("补写、加图，或减少版数", "write more, add a picture, or take fewer pages"),
        WARNING,
        "planning.md",
    ),
    "replanned": Rule(
        Message("这一版重新安排了", "a page was planned anew"), Message("看一看", "look at it"), NOTE, "planning.md"
    ),
}
