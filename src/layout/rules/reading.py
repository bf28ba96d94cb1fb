"""Rules of reading: the files of an issue and of a style, their YAML and Markdown, what they name."""

from __future__ import annotations

from ..errors import Message
from .rule import WARNING, Rule

FILE_RULES = {
    "no-folder": Rule(
        Message("没有这个文件夹", "there is no such folder"),
        Message("检查路径", "look at the path"),
        source="tutorial.md",
    ),
    "empty-folder": Rule(
        Message("文件夹是空的", "the folder is empty"),
        Message("用 layout new 开始一期", "begin an issue with layout new"),
        source="tutorial.md",
    ),
    "no-issue": Rule(
        Message("文件夹里没有 issue.yaml", "the folder holds no issue.yaml"),
        Message("用 layout new 开始一期，或改正路径", "begin an issue with layout new, or correct the path"),
        source="issue-format.md",
    ),
    "no-file": Rule(
        Message("找不到文件", "a file that is named is not there"),
        Message("改正文件名，或补上文件", "correct the name, or add the file"),
        source="issue-format.md",
    ),
    "outside-folder": Rule(
        Message("文件在本期、样式的文件夹之外", "a file lies outside the folder of the issue or of the style"),
        Message("复制到文件夹里，写相对路径", "copy it into the folder and give its path from there"),
        source="security.md",
    ),
    "unreadable": Rule(
        Message("文件读不出来", "a file cannot be read"),
        Message("检查文件和权限", "look at the file and its permissions"),
        source="security.md",
    ),
    "not-utf8": Rule(
        Message("文件不是 UTF-8 编码", "a file is not in UTF-8"),
        Message("另存为 UTF-8", "save it again in UTF-8"),
        source="issue-format.md",
    ),
    "empty-file": Rule(
        Message("文件是空的", "a file is empty"),
        Message("至少写必写的几项", "write the required keys"),
        source="issue-format.md",
    ),
    "lost-text": Rule(
        Message("# 后的字会被当作注释", "text after a # is taken for a comment"),
        Message("是正文就加引号，是注释就在 # 后空一格", "quote the text, or put a space after the #"),
        WARNING,
        "YAML 1.2.2 6.6",
    ),
    "tab-indent": Rule(
        Message("用制表符缩进", "a line is indented with a tab"),
        Message("把制表符换成空格", "put spaces in the place of the tab"),
        source="YAML 1.2.2 6.1",
    ),
    "yaml-character": Rule(
        Message("不可见的控制字符，或半个字符", "a control character, or half of a character"),
        Message("删去它，或直接写这个字", "delete it, or write the character itself"),
        source="YAML 1.2.2 5.1",
    ),
    "yaml-syntax": Rule(
        Message("不合 YAML 的写法", "the file is not YAML"),
        Message("按所指的行改正", "correct the line that is named"),
        source="YAML 1.2.2",
    ),
    "yaml-shape": Rule(
        Message("issue.yaml 不是一行一键的写法", "issue.yaml is not written key by key"),
        Message("改成样例的写法", "write it as the samples do"),
        source="issue-format.md",
    ),
    "yaml-tag": Rule(
        Message("不接受 YAML 标签", "a YAML tag is not taken"),
        Message("删去以 ! 开头的标签", "delete the tag that begins with !"),
        source="YAML 1.2.2 6.9.1",
    ),
    "duplicate-key": Rule(
        Message("同一个键写了两次", "a key is given twice"),
        Message("删去一个", "delete one of them"),
        source="YAML 1.2.2 3.2.1.1",
    ),
    "unknown-key": Rule(
        Message("不认识的键，或没有的规则", "a key, or a rule, that is not known"),
        Message("改正拼写，见各项的表", "correct its spelling; see the tables of fields"),
        source="issue-format.md",
    ),
    "missing-key": Rule(
        Message("缺一项必写的", "a required key is missing"), Message("补上", "add it"), source="issue-format.md"
    ),
    "wrong-type": Rule(
        Message("值的种类不对", "a value is of the wrong kind"),
        Message("照提示的写法改", "write it as the message says"),
        source="issue-format.md",
    ),
    "out-of-range": Rule(
        Message("值太大、太小，或不合格式", "a value is too large, too small, or not of its form"),
        Message("写在许可的范围里", "write one within the range"),
        source="issue-format.md",
    ),
    "checks": Rule(
        Message("这条规则不能这样放轻", "a rule cannot be made lighter in this way"),
        Message("按错误本身去改", "correct what the rule reports instead"),
        source="issue-format.md",
    ),
}

ISSUE_RULES = {
    "no-articles": Rule(
        Message("没有稿件", "the issue holds no article"), Message("写上稿件", "add one"), source="issue-format.md"
    ),
    "article-name": Rule(
        Message("稿件的名字不能用", "an article cannot have that name"),
        Message("换一个不含空格、点和竖线的名字", "take a name without spaces, dots and bars"),
        source="issue-format.md",
    ),
    "inset-name": Rule(
        Message("图、表、名单的名字不能用", "a picture, table or list cannot have that name"),
        Message("换一个不含空格、点和竖线的名字", "take a name without spaces, dots and bars"),
        source="issue-format.md",
    ),
    "name-taken": Rule(
        Message("名字已经有了", "a name is taken already"),
        Message("换一个名字", "take another"),
        source="issue-format.md",
    ),
    "unknown-name": Rule(
        Message("没有叫这个名字的", "nothing has that name"),
        Message("改正名字，或把它补上", "correct the name, or add it"),
        source="issue-format.md",
    ),
    "two-bodies": Rule(
        Message("正文给了两处", "the text is given in two ways"),
        Message("删去一个", "delete one of them"),
        source="issue-format.md",
    ),
    "markdown": Rule(
        Message("正文里用了不收的 Markdown", "a body holds Markdown that is not taken"),
        Message("用段落、小标题、列表、表格等写法", "write paragraphs, crossheads, lists, tables and so on"),
        source="issue-format.md",
    ),
    "note-mark": Rule(
        Message("脚注的注号与注文对不上", "the mark of a footnote and its words do not agree"),
        Message(
            "在正文里写 `[^1]`，另起一段写 `[^1]: 注文`", "write `[^1]` in the text, and `[^1]: words` in a paragraph"
        ),
        source="issue-format.md",
    ),
    "language": Rule(
        Message("这种语言不能排", "a language is not supported"),
        Message("改成能排的语言", "write a language that is"),
        source="issue-format.md",
    ),
    "empty-table": Rule(
        Message("表格没有内容", "a table holds no rows"), Message("补上各行", "add its rows"), source="issue-format.md"
    ),
    "row-width": Rule(
        Message("表格一行的格数不对", "a row holds more or fewer cells than the table has columns"),
        Message("补上或删去", "add to it, or take away"),
        source="issue-format.md",
    ),
    "typed-jump": Rule(
        Message("正文里打了转版的字样", "a jump line is typed in the text"),
        Message("删去它，转版行由程序来写", "delete it: jump lines are written when pages are made up"),
        WARNING,
        "typography.md J3",
    ),
    "no-alt": Rule(
        Message("图片没有替代文字", "a picture has no text for those who cannot see it"),
        Message("写一句画面上有什么", "say in a sentence what it shows"),
        WARNING,
        "ISO 14289-1 7.3",
    ),
    "picture-kind": Rule(
        Message("不收这种图片", "a picture is of a kind that is not taken"),
        Message("换成 JPEG、PNG、TIFF、WebP 或 SVG", "take JPEG, PNG, TIFF, WebP or SVG"),
        source="issue-format.md",
    ),
    "corrupt-picture": Rule(
        Message("图片已损坏", "a picture is damaged"),
        Message("换一份完好的", "take an undamaged one"),
        source="issue-format.md",
    ),
    "picture-profile": Rule(
        Message("图片的 ICC 已损坏，或不是它的颜色的", "a picture's ICC profile is damaged, or for other colours"),
        Message("用正确的 ICC 重新导出", "export the picture with the right profile"),
        WARNING,
        "ICC.1:2022",
    ),
}

STYLE_RULES = {
    "unknown-style": Rule(
        Message("没有这个样式", "there is no such style"), Message("改正样式名", "correct its name"), source="style.md"
    ),
    "style-circle": Rule(
        Message("样式绕回了它自己", "a style extends itself in a circle"),
        Message("去掉其中一个 extends", "take one extends away"),
        source="style.md",
    ),
    "missing-file": Rule(
        Message("构件的文件不存在", "a template or style sheet of furniture is not there"),
        Message("改正文件名，或补上文件", "correct the name, or add the file"),
        source="style.md",
    ),
    "undefined": Rule(
        Message("样式里没有定义这个名字", "the style does not define a name that it uses"),
        Message("改正名字，或定义它", "correct the name, or define it"),
        source="style.md",
    ),
    "type-area": Rule(
        Message("版心放不进成品", "the type area does not fit the trimmed sheet"),
        Message("改版心的栏数、行数，或成品的大小", "change its units or lines, or the size of the sheet"),
        source="typography.md H1",
    ),
    "colour-name": Rule(
        Message("不能作颜色的名字", "a colour cannot have that name"),
        Message("只用字母、数字、汉字和 -", "use letters, digits and -"),
        source="style.md",
    ),
    "words": Rule(
        Message("固定字样的花括号不对", "the braces of fixed wording are wrong"),
        Message("只填许可的几项", "fill in what the wording may hold"),
        source="style.md",
    ),
    "font-unusable": Rule(
        Message("字体文件用不了", "a font file cannot be used"),
        Message("改正 fonts 里的文件名，或换一个字体文件", "correct the file under fonts, or name another"),
        source="style.md",
    ),
    "unknown-printer": Rule(
        Message("没有这个印厂档案", "there is no such printer's profile"),
        Message("用已有的名字，或 .yaml 的路径", "use a name that exists, or the path of a .yaml"),
        source="printing.md",
    ),
    "extends": Rule(
        Message("印厂档案互相引用，绕成了圈", "printers extend each other in a circle"),
        Message("改正 extends", "correct extends"),
        source="printing.md",
    ),
    "icc": Rule(
        Message("不是 CMYK 印刷机的 ICC", "an ICC profile is not one for a CMYK press"),
        Message("用输出类（prtr）CMYK 的 ICC", "use an output (prtr) profile for CMYK"),
        source="ISO 15930-7 6.2.2",
    ),
    "extension": Rule(
        Message("扩展坏了", "an installed extension is broken"),
        Message("重装或卸载这个包", "install that package anew, or remove it"),
        source="extending.md",
    ),
    "long-headline": Rule(
        Message("标题太长", "a headline is long"),
        Message("缩短，或把一部分移到副题", "shorten it, or move a part to the deck"),
        WARNING,
        "issue-format.md",
    ),
}
