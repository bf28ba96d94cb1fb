"""Rules of makeup: faults that an art director would reject, checked on the finished pages (`page.checks`)."""

from __future__ import annotations

from ..errors import Message
from .rule import WARNING, Rule

MAKEUP = {
    "tombstone": Rule(
        Message("两题并排在一个高度（碰题）", "headlines that stand side by side at one height"),
        Message("错开一篇，或隔以图、框", "move one up or down, or put a picture or a box between"),
        WARNING,
        "typography.md H12",
    ),
    "headline-runt": Rule(
        Message("标题有一行只有一两个字", "a line of a headline with one or two characters"),
        Message("增减几个字，或用 | 定断行", "change its length, or break it by | "),
        WARNING,
        "typography.md I6",
    ),
    "head-cover": Rule(
        Message("标题没有盖住全文（题盖文）", "a headline that does not cover its text"),
        Message("把题区加宽到全文", "make the headline as wide as its text"),
        WARNING,
        "typography.md I11",
    ),
    "stranded-head": Rule(
        Message("小标题落在栏尾（背题）", "a crosshead at a column's foot"),
        Message("增减几行，让它后面至少有两行", "gain or lose a line, so that two lines follow it"),
        WARNING,
        "typography.md I8",
    ),
    "widow": Rule(
        Message("一段的末行独在栏首（孤行）", "a paragraph that ends alone at a column's head"),
        Message("增减几个字", "gain or lose a few characters"),
        WARNING,
        "typography.md G7",
    ),
    "orphan": Rule(
        Message("一段的首行独在栏尾", "a paragraph that begins alone at a column's foot"),
        Message("增减几个字", "gain or lose a few characters"),
        WARNING,
        "typography.md G7",
    ),
    "E12": Rule(
        Message("一行太松，字间超过四分之一字宽", "a loose line, over a quarter em between characters"),
        Message("增减这一段的几个字", "add or cut a few characters of this paragraph"),
        WARNING,
        "typography.md E12",
    ),
    "uneven-columns": Rule(
        Message("一篇的各栏相差一行以上", "columns of one article that differ by more than a line"),
        Message("增减几行，或改区域的高度", "gain or lose lines, or change the height of its area"),
        WARNING,
        "typography.md H11",
    ),
    "narrow-beside": Rule(
        Message("图片旁边的行不到八个字", "lines under 8 em beside a picture"),
        Message("让图片占满整栏", "let the picture take whole columns"),
        WARNING,
        "typography.md H13",
    ),
    "bastard-measure": Rule(
        Message("栏太窄，或破栏后栏距过宽", "columns too narrow, or too far apart"),
        Message("改栏数", "choose another number of columns"),
        WARNING,
        "typography.md H10",
    ),
    "through-gutter": Rule(
        Message("稿件之间的一条空从头到脚（通线）", "a gutter that runs from head to foot of the page"),
        Message("让一题、一图或一篇跨过它", "let a headline, a picture or a story run across it"),
        WARNING,
        "typography.md H12",
    ),
    "white": Rule(
        Message("空了版心的百分之三以上", "more than 3 % of the type area left empty"),
        Message("写长一些，加图，或改版面图", "write more, add a picture, or change the map"),
        WARNING,
        "planning.md",
    ),
    "no-picture": Rule(
        Message(
            "有图的一期里，一版没有图也没有别的重色",
            "a page without a picture or a tint, in an issue that has pictures",
        ),
        Message("加一张图，或给一篇加底纹", "add a picture, or tint a story"),
        WARNING,
        "planning.md",
    ),
}
