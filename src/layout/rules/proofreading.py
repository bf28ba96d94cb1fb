"""Rules of proofreading (校对), and of the regulations that `profile` chooses."""

from __future__ import annotations

from ..errors import Message
from .rule import WARNING, Rule

PROOFREADING = {
    "J4": Rule(
        Message("书名号的里外层", "title marks inside title marks"),
        Message("外层用《 》，里层用〈 〉", "use 《 》 outside and 〈 〉 inside"),
        WARNING,
        "GB/T 15834 4.15",
    ),
    "J5": Rule(
        Message("引号的里外层", "quotation marks inside quotation marks"),
        Message("外层用“ ”，里层用‘ ’", "use “ ” outside and ‘ ’ inside"),
        WARNING,
        "GB/T 15834 4.8",
    ),
    "J11": Rule(
        Message("序号的次序、层次和后面的标点", "the order, the levels and the marks of list numbers"),
        Message("层次依次是 一、（一）1.（1）①", "the levels are 一、（一）1.（1）① in this order"),
        WARNING,
        "GB/T 15834 B.2",
    ),
    "J12": Rule(
        Message("标点不成对，或重了", "a mark without its partner, or typed twice"),
        Message("补上另一半，或留一个", "add the other half, or keep one"),
        WARNING,
        "GB/T 15834 4",
    ),
    "GB/T 15835 4.2.2": Rule(
        Message("概数带“几”，却用阿拉伯数字", "a number with 几 is not exact, but is written in Arabic numerals"),
        Message("概数用汉字，如“二十几”", "write it in Han, or say 20多"),
        WARNING,
        "GB/T 15835 4.2.2",
    ),
    "GB/T 15835 4.3": Rule(
        Message("一个日期、一篇里的数字写法不一", "two kinds of numerals in one date, or for one number in an article"),
        Message("用一种写法", "use one of them"),
        WARNING,
        "GB/T 15835 4.3",
    ),
    "doubled-word": Rule(
        Message("词打了两遍", "a word stands twice"), Message("留一个", "keep one"), WARNING, "typography.md J12"
    ),
    "name": Rule(
        Message("人名、专名写得与名单不同", "a name is spelt otherwise than in the publication's list"),
        Message("照名单写，或改名单", "write it as the list has it, or change the list"),
        WARNING,
        "issue-format.md",
    ),
    "post": Rule(
        Message("职务与名单不同", "a post is not the one that the list gives"),
        Message("核对职务，或改名单里的", "look at the post, or change the list"),
        WARNING,
        "issue-format.md",
    ),
}

REGULATION = {
    "L1": Rule(
        Message(
            "内部资料应登的各项：准印证号、发送对象、印数等", "what internal material has to print: permit, imprint"
        ),
        Message("补上这一项", "add it"),
        source="《内部资料性出版物管理办法》14",
    ),
    "L2": Rule(
        Message("内部资料不能用的字样：报、刊、本报、记者等", "what internal material may not call itself"),
        Message("换一个说法，如“本镇讯”“通讯员”", "say it otherwise, such as 本镇讯, 通讯员"),
        source="《内部资料性出版物管理办法》14",
    ),
    "L3": Rule(
        Message("内部资料不能有定价、广告", "internal material has no price and no advertising"),
        Message("删去", "take it out"),
        WARNING,
        "《内部资料性出版物管理办法》15",
    ),
    "L4": Rule(
        Message("机关公文性简报的报头、报尾", "the head and foot of an official bulletin"),
        Message("补上这一项", "add it"),
        WARNING,
        "GB/T 9704",
    ),
}
