"""The table of hygiene rules: what is corrected, and what is kept with a warning.

Anything else is printed as typed.

python -m layout.rules.hygiene        prints the table of the manual
"""

from __future__ import annotations

from msgspec import Struct

from ..errors import Message


class HygieneRule(Struct, frozen=True):
    """One rule. `sure`: applied when a text is read, and to the file by `layout fix`; else the text is kept with a warning.

    `example` is a text as typed, `printed` the same as printed, in running text.
    """

    name: str
    what: Message
    why: Message
    example: str
    printed: str
    sure: bool = True


HYGIENE_RULES = (
    HygieneRule(
        "full-width",
        Message("汉字旁的 , ; : ? ! 改全角，数字、网址里不改", "ASCII pauses beside Han become full width"),
        Message("中文点号占一字（GB/T 15834 5.1）", "Chinese marks are an em wide (GB/T 15834 5.1)"),
        "会议,9:30开始;议程:略",
        "会议，9:30开始；议程：略",
    ),
    HygieneRule(
        "brackets",
        Message("里外有汉字的 ( ) 改全角，成对地改", "ASCII brackets round or beside Han become full width, both"),
        Message("同上（GB/T 15834 5.1.3）", "the same (GB/T 15834 5.1.3)"),
        "增产(含税)",
        "增产（含税）",
    ),
    HygieneRule(
        "quotes",
        Message("成对的直引号改弯引号；英寸、英尺不改", "straight quotes in pairs become curly; inches and feet stay"),
        Message("直引号不是标点（GB/T 15834 4.8）", "straight quotes are no Chinese marks (GB/T 15834 4.8)"),
        '他说"好"，量了5"的管',
        '他说“好”，量了5"的管',
    ),
    HygieneRule(
        "dash",
        Message(
            "汉字旁的 -- 改破折号；西文之间不改", "`--` beside Han becomes a dash of two em; between Latin it stays"
        ),
        Message("键盘打不出破折号（GB/T 15834 4.10）", "keyboards have no such dash (GB/T 15834 4.10)"),
        "他--一个人",
        "他——一个人",
    ),
    HygieneRule(
        "ellipsis",
        Message("汉字旁的 ... 和三个以上的句号改省略号", "`...`, and three full stops or more, become an ellipsis"),
        Message("省略号六点（GB/T 15834 4.11）", "an ellipsis has six dots (GB/T 15834 4.11)"),
        "走了...来了。。。。",
        "走了……来了……",
    ),
    HygieneRule(
        "interpunct",
        Message("各种中圆点统一成 ·", "the interpuncts of keyboards become one character"),
        Message("一个标点一个码（GB/T 15834 4.14）", "one mark, one character (GB/T 15834 4.14)"),
        "列夫・托尔斯泰",
        "列夫·托尔斯泰",
    ),
    HygieneRule(
        "half-width",
        Message("全角的字母、数字改半角", "full-width letters and digits become half width"),
        Message("字母、数字用西文字体（D8）", "they are set in the Western face (rule D8)"),
        "１２３ＡＢ",
        "123AB",
    ),
    HygieneRule(
        "percent-stop",
        Message("百分号后、汉字前的 . 改句号", "a full stop between a per cent sign and Han becomes 。"),
        Message("这里不会是小数点", "it can be no decimal point"),
        "覆盖率100%.至此完工",
        "覆盖率100%。至此完工",
    ),
    HygieneRule(
        "edge",
        Message(
            "段首、段尾的空格删去；诗行的行首空格留着", "spaces at a text's ends go; a line of verse keeps its indent"
        ),
        Message("段首缩进由样式定（G1）", "the style indents by itself (rule G1)"),
        "\u3000\u3000渡口通航 ",
        "渡口通航",
    ),
    HygieneRule(
        "line-end",
        Message(
            "段内换行处，汉字接排、西文空一格；一行一个人名的空一格",
            "lines that were broken at some width are one; names typed one a line stay apart",
        ),
        Message("换行不是空格（CommonMark soft break）", "a line's end is no space (CommonMark, soft break)"),
        "新船每天\n开四班。",
        "新船每天开四班。",
    ),
    HygieneRule(
        "inside-brackets",
        Message("前括号、前引号之后，后括号、后引号之前的空格删去", "spaces inside brackets and quotes go"),
        Message("括号自带半字空（C2）", "the mark brings its own half em (rule C2)"),
        "（ 含税 ）",
        "（含税）",
    ),
    HygieneRule(
        "beside-a-mark",
        Message(
            "点号前的空格，点号和破折号、省略号后的一两个空格删去；三个以上是分隔",
            "spaces before a pause or stop, one or two after it, go; three and more separate",
        ),
        Message("点号自带半字空（C2）", "the mark brings its own half em (rule C2)"),
        "会上 ， 代表发言。 会后",
        "会上，代表发言。会后",
    ),
    HygieneRule(
        "beside-western",
        Message(
            "汉字和西文、数字之间的一个空格不印，空由间距来留", "one space between Han and Western text is not printed"
        ),
        Message("间距代替了它（D4）", "the gap stands for it (rule D4)"),
        "他用 Word 写了 3 天",
        "他用Word写了3天",
    ),
    HygieneRule(
        "between-words",
        Message("西文词之间的几个空格印一个", "several spaces between Western words are one"),
        Message("词间距由样式定（E3）", "word spaces are the setting's (rules E3, E4)"),
        "the  big boat",
        "the big boat",
    ),
    HygieneRule(
        "separator",
        Message(
            "两个以上的空格、制表符印一个全角空格；全角空格有几个印几个",
            "two spaces and more, or a tab, are printed as an ideographic space; ideographic spaces stay",
        ),
        Message("有意隔开的：日期、落款、要填的空", "they separate: dates, signatures, fields to fill in"),
        "日期：7月20日    地点：礼堂",
        "日期：7月20日\u3000地点：礼堂",
    ),
    HygieneRule(
        "invisible",
        Message("零宽字符删去，特种空格当作普通空格", "characters without width go; odd spaces are spaces"),
        Message("复制网页带来的，看不见", "they come with text copied from pages, unseen"),
        "渡\u200b口",
        "渡口",
    ),
    HygieneRule(
        "stray-space",
        Message(
            "行文中间汉字之间的一个空格照印，提醒", "one space between Han in running text is printed, and asked about"
        ),
        Message("多半是复制带来的，也可能是有意的停顿", "most came with copying, but some are pauses"),
        "厂里昨天 召开了动员会。",
        "厂里昨天 召开了动员会。",
        sure=False,
    ),
    HygieneRule(
        "western-stop",
        Message("字母、数字后，汉字前的 . 照印，提醒", "a full stop between a letter or digit and Han is asked about"),
        Message("句号，还是序号、缩写的点", "a stop, or the dot of a number or an abbreviation"),
        "产值达1200.至此完工",
        "产值达1200.至此完工",
        sure=False,
    ),
)
BY_NAME = {rule.name: rule for rule in HYGIENE_RULES}


def rules_table() -> str:
    """The rules as a table of Markdown, in both languages."""
    rows = ["| 规则 | 怎么改 | 为什么 | 键入 → 印出 |", "|--|--|--|--|"]
    for rule in HYGIENE_RULES:
        sure = "" if rule.sure else "（提醒 asked）"
        example = rule.example.replace("\u200b", "<200B>").replace("\n", "⏎").replace("\u3000", "　")
        printed = rule.printed if rule.sure else "照印"
        rows.append(
            f"| `{rule.name}`{sure} | {rule.what.zh}<br>{rule.what.en} | {rule.why.zh}<br>{rule.why.en} "
            f"| `{example}` → `{printed}` |"
        )
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(rules_table(), end="")
