"""Rules of importing: what `layout import` rejects, is unsure of, or leaves out of a manuscript."""

from __future__ import annotations

from ..errors import Message
from .rule import ERROR, NOTE, WARNING, Rule

_CHECK = Message("对照原稿看一看", "compare it with the original")
_NOTHING = Message("无须处理；要的话补上", "nothing to do; add it where it is wanted")
_PICTURE = Message("请作者另发原图", "ask the author for the picture itself")
_AGAIN = Message("请作者重发", "ask the author to send it again")
_PAGE = "manuscripts.md"

REJECTED = {
    "article-exists": Rule(
        Message("已有同名的稿件", "there is an article of that name already"),
        Message("用 --id 另起名字，或先删去它", "give another name with --id, or delete it first"),
        source=_PAGE,
    ),
    "file-exists": Rule(
        Message("要写的文件已经有了", "a file to be written is there already"),
        Message("用 --id 另起名字，或先移走它", "give another name with --id, or move it away"),
        source=_PAGE,
    ),
    "no-text": Rule(
        Message("稿件里没有正文", "a manuscript holds no text"),
        Message("打开看一看；请作者发文字稿", "look into it; ask for the text"),
        source=_PAGE,
    ),
    "empty-source": Rule(Message("稿件是空的", "a manuscript is empty"), _AGAIN, source=_PAGE),
    "damaged-source": Rule(Message("稿件文件已损坏", "a manuscript is damaged"), _AGAIN, source=_PAGE),
    "source-kind": Rule(
        Message("不收这种稿件", "a manuscript is of a kind that is not taken"),
        Message("另存为 .docx、.md、.txt 或 .html", "save it as .docx, .md, .txt or .html"),
        source=_PAGE,
    ),
    "strict-docx": Rule(
        Message("是“严格”格式的 .docx", "a .docx in the strict format"),
        Message("在 Word 里另存为普通的 .docx", "save it in Word as a plain .docx"),
        source="ISO/IEC 29500-1",
    ),
    "password": Rule(
        Message("稿件有打开密码", "a manuscript is protected by a password"),
        Message("在 Word 里去掉密码，保存后再导入", "remove it in Word, save, and import"),
        source=_PAGE,
    ),
    "lock-file": Rule(
        Message("是 Word 的临时文件", "a temporary file of Word"),
        Message("导入稿件本身", "import the manuscript itself"),
        source=_PAGE,
    ),
    "not-text": Rule(
        Message("不是文字文件", "a file is no text"),
        Message("另存为 UTF-8 文字", "save it as text in UTF-8"),
        source=_PAGE,
    ),
    "importer": Rule(
        Message("别的包的导入程序出错", "an importer of another package fails"),
        Message("重装或卸载它", "install it anew, or remove it"),
        source="extending.md",
    ),
}

UNSURE = {
    "unsure-headline": Rule(Message("按样子认的标题", "a headline found by its look"), _CHECK, WARNING, _PAGE),
    "no-headline": Rule(Message("没有认出标题", "no headline was found"), _CHECK, WARNING, _PAGE),
    "two-headlines": Rule(Message("像有两个标题", "two lines look like the headline"), _CHECK, WARNING, _PAGE),
    "several-headlines": Rule(
        Message("像有几篇稿件", "the manuscript may hold several articles"), _CHECK, WARNING, _PAGE
    ),
    "long-heading": Rule(
        Message("小标题太长，当作正文", "a heading is too long and became text"), _CHECK, WARNING, _PAGE
    ),
    "unsure-byline": Rule(Message("按样子认的署名", "a byline found by its look"), _CHECK, WARNING, _PAGE),
    "two-bylines": Rule(Message("像有两个署名", "two lines look like the byline"), _CHECK, WARNING, _PAGE),
    "no-byline": Rule(
        Message("没有认出署名", "no byline was found"),
        Message("有就写进 byline", "if there is one, write it under byline"),
        WARNING,
        _PAGE,
    ),
    "byline": Rule(Message("署名的原文", "the byline as it was typed"), _NOTHING, NOTE, _PAGE),
    "about-author": Rule(
        Message("作者单位没有带进来", "where the author works was left out"), _NOTHING, WARNING, _PAGE
    ),
    "date": Rule(Message("日期没有带进来", "a date was left out"), _NOTHING, WARNING, _PAGE),
    "editors": Rule(
        Message("编辑、审校的署名没有带进来", "the editors' names were left out"), _NOTHING, WARNING, _PAGE
    ),
    "unsure-crosshead": Rule(Message("按样子认的小标题", "a crosshead found by its look"), _CHECK, WARNING, _PAGE),
    "unsure-kind": Rule(
        Message("按样子认的体裁", "the kind of article was found by its look"),
        Message("不是就改 kind", "if it is another, change kind"),
        WARNING,
        _PAGE,
    ),
    "unsure-verse": Rule(
        Message("像是诗", "the text looks like verse"),
        Message("不是诗就删去 kind", "if it is none, delete kind"),
        WARNING,
        _PAGE,
    ),
    "unsure-names": Rule(Message("像是名单", "the text looks like a list of names"), _CHECK, WARNING, _PAGE),
    "unsure-caption": Rule(Message("按样子认的图片说明", "a caption found by its look"), _CHECK, WARNING, _PAGE),
    "shared-caption": Rule(Message("几张图合用一条说明", "pictures that share one caption"), _CHECK, WARNING, _PAGE),
    "caption": Rule(Message("认出的图片说明", "a caption that was found"), _NOTHING, NOTE, _PAGE),
    "credit": Rule(Message("图片作者", "the credit of pictures"), _CHECK, WARNING, _PAGE),
    "submission-form": Rule(
        Message("投稿登记表没有带进来，题目和作者取自表里", "the form of a contribution was left out"),
        _CHECK,
        WARNING,
        _PAGE,
    ),
    "list-levels": Rule(
        Message("列表层数太多，并成少几层", "a list of too many levels became one of fewer"), _CHECK, WARNING, _PAGE
    ),
    "wrapped-lines": Rule(
        Message("定宽换行的各行接成了段", "lines broken at a width were joined"), _CHECK, WARNING, _PAGE
    ),
    "encoding": Rule(Message("按哪种编码读入", "the encoding that a text was read in"), _NOTHING, NOTE, _PAGE),
    "encoding-doubt": Rule(
        Message("编码可能认错了", "the encoding may be another"),
        Message("另存为 UTF-8", "save it again in UTF-8"),
        WARNING,
        _PAGE,
    ),
}

CHANGED = {
    "hygiene": Rule(Message("印出来要改的标点、空格", "marks and spaces changed in print"), _NOTHING, NOTE, _PAGE),
    "formatting": Rule(Message("格式没有带进来", "formatting was left out"), _NOTHING, WARNING, _PAGE),
    "line-break": Rule(Message("段内的换行成了另起一段", "line breaks began new paragraphs"), _NOTHING, NOTE, _PAGE),
    "end-mark": Rule(Message("文末的符号没有带进来", "a mark at the end was left out"), _NOTHING, NOTE, _PAGE),
    "rule": Rule(Message("分隔线没有带进来", "a rule was left out"), _NOTHING, NOTE, _PAGE),
    "front-matter": Rule(
        Message("文件头里没有用上的几项", "keys of the front matter that were not used"), _NOTHING, NOTE, _PAGE
    ),
    "link": Rule(
        Message("链接在纸上看不见", "print does not show a link"),
        Message("读者要用就把网址写出来", "write the address out where readers need it"),
        NOTE,
        _PAGE,
    ),
    "raised-text": Rule(Message("上标、下标成了普通字", "raised or lowered text became plain"), _CHECK, WARNING, _PAGE),
    "struck-out": Rule(Message("划掉的字", "struck-out text"), _CHECK, WARNING, _PAGE),
    "hidden-text": Rule(Message("隐藏的字", "hidden text"), _CHECK, WARNING, _PAGE),
    "tracked-changes": Rule(Message("修订", "tracked changes"), _CHECK, WARNING, _PAGE),
    "comment": Rule(Message("批注没有带进来", "a comment was left out"), _CHECK, WARNING, _PAGE),
    "footnote": Rule(Message("脚注、尾注", "a footnote or endnote"), _CHECK, WARNING, _PAGE),
    "field": Rule(
        Message("Word 的域没有带进来", "a field of Word was left out"),
        Message("看原稿里这里是什么字，补上", "see in the original what stands here, and type it"),
        WARNING,
        _PAGE,
    ),
    "symbol": Rule(Message("符号字体的字认不出", "a character of a symbol font is not known"), _CHECK, WARNING, _PAGE),
    "control-character": Rule(Message("删去了控制字符", "control characters were removed"), _NOTHING, NOTE, _PAGE),
    "private-character": Rule(
        Message("造字区的字", "characters of the private use area"), _CHECK, WARNING, "Unicode 23.5"
    ),
    "lost-character": Rule(
        Message("原字已经丢失（�）", "characters were lost before (�)"), _CHECK, WARNING, "Unicode 23.8"
    ),
    "equation": Rule(
        Message("公式成了一行字，或是图形", "an equation became text, or is a drawing"), _CHECK, WARNING, _PAGE
    ),
    "drop-initial": Rule(Message("首字下沉由样式定", "drop initials are the style's"), _NOTHING, NOTE, _PAGE),
    "text-box": Rule(Message("文本框里的字", "text of a text box"), _CHECK, WARNING, _PAGE),
    "wordart": Rule(Message("艺术字当作一段文字", "WordArt became a paragraph"), _CHECK, WARNING, _PAGE),
    "merged-cells": Rule(Message("合并的单元格", "merged cells"), _CHECK, WARNING, _PAGE),
    "nested-table": Rule(Message("表格里套的表格", "a table inside a table"), _CHECK, WARNING, _PAGE),
    "layout-table": Rule(
        Message("排版用的表格按顺序收入", "a table that only arranges was read in order"), _NOTHING, NOTE, _PAGE
    ),
    "header": Rule(Message("页眉、页脚没有带进来", "a header or footer was left out"), _NOTHING, NOTE, _PAGE),
    "contents": Rule(Message("目录没有带进来", "a table of contents was left out"), _NOTHING, NOTE, _PAGE),
    "placeholder": Rule(
        Message("没有填写的提示文字没有带进来", "a prompt nobody filled in was left out"), _NOTHING, NOTE, _PAGE
    ),
    "page-line": Rule(
        Message("网页的发布信息没有带进来", "a page's line of date and source was left out"), _NOTHING, NOTE, _PAGE
    ),
    "navigation": Rule(
        Message("网页正文以外的没有带进来", "what stands around a page's text was left out"), _NOTHING, NOTE, _PAGE
    ),
    "boilerplate": Rule(Message("公众号的套话没有带进来", "what an account adds was left out"), _NOTHING, NOTE, _PAGE),
    "unknown-content": Rule(Message("认不出的内容", "content that is not known"), _CHECK, WARNING, _PAGE),
}

OBJECTS = {
    "picture": Rule(Message("带进来的图片", "a picture that was brought in"), _NOTHING, NOTE, _PAGE),
    "tiny-picture": Rule(
        Message("图片太小，多半是图标", "a picture so small that it may be an icon"),
        Message("不要就从 pictures 里删去", "if so, delete it under pictures"),
        WARNING,
        _PAGE,
    ),
    "huge-picture": Rule(
        Message("图片太大，没有带进来", "a picture is too large and was left out"), _PICTURE, WARNING, _PAGE
    ),
    "linked-picture": Rule(Message("图片只是链接，不在文件里", "a picture is only linked"), _PICTURE, WARNING, _PAGE),
    "lost-picture": Rule(
        Message("图片在文件里找不到了", "a picture is missing inside the file"), _PICTURE, WARNING, _PAGE
    ),
    "damaged-part": Rule(Message("文件里的一部分已损坏", "a part of the file is damaged"), _PICTURE, WARNING, _PAGE),
    "cropped-picture": Rule(
        Message("图片在 Word 里裁过，这里是全图", "Word cropped a picture; here it is whole"),
        Message("看一看裁掉的部分能不能登", "see whether what was cut off may be printed"),
        WARNING,
        _PAGE,
    ),
    "picture-effect": Rule(
        Message("图片的效果没有带进来", "effects of a picture were left out"), _NOTHING, NOTE, _PAGE
    ),
    "drawing": Rule(Message("画出来的图形没有带进来", "a drawn shape was left out"), _NOTHING, NOTE, _PAGE),
    "smartart": Rule(
        Message("SmartArt 没有带进来", "SmartArt was left out"),
        Message("存成图片再放进来", "save it as a picture"),
        WARNING,
        _PAGE,
    ),
    "embedded-chart": Rule(
        Message("图表没有带进来", "a chart was left out"),
        Message("用 charts 按数字重画，或存成图片", "draw it anew under charts, or as a picture"),
        WARNING,
        _PAGE,
    ),
    "embedded-object": Rule(
        Message("嵌入的文件没有带进来", "an embedded object was left out"),
        Message("把要登的内容复制到正文", "copy what is to be printed into the text"),
        WARNING,
        _PAGE,
    ),
    "embedded-file": Rule(
        Message("嵌入的另一个文件没有带进来", "another file that is embedded was left out"),
        Message("在 Word 里全选复制到新文档，再导入", "copy all of it into a new document and import that"),
        WARNING,
        _PAGE,
    ),
    "import-conflict": Rule(
        Message("编辑和作者改了同一处", "the editor and the author changed the same place"),
        Message("留的是编辑的；要作者的就照提示改", "the editor's form was kept; to have the author's, type it there"),
        WARNING,
        _PAGE,
    ),
    "import-log": Rule(
        Message("导入的记录读不出来", "the record of what was imported cannot be read"),
        Message("换回备份，或删去它再导入", "restore it, or delete it and import again"),
        ERROR,
        _PAGE,
    ),
    "left-out": Rule(
        Message("文件不知道归哪篇，没有导入", "files belong to no manuscript and were left out"),
        Message("照稿件的名字给图片起名，再导入一次", "name a picture after its manuscript and import again"),
        WARNING,
        _PAGE,
    ),
    "picture-beside": Rule(
        Message("稿件旁边的图片收进来了", "a picture beside the manuscript was taken in"),
        Message("看一眼图片和图说对不对", "look whether picture and caption belong together"),
        WARNING,
        _PAGE,
    ),
    "new-manuscript": Rule(
        Message("旧文件名，新稿子", "another text under the name of an earlier manuscript"),
        Message("确认是新的一篇", "confirm that it is a new article"),
        WARNING,
        _PAGE,
    ),
    "removed": Rule(
        Message("已经从 issue.yaml 删去的稿子没有再收", "an article deleted from issue.yaml was not imported again"),
        Message("要它就单独导入这个文件", "to have it, import that file alone"),
        WARNING,
        _PAGE,
    ),
    "no-manuscript": Rule(
        Message("文件夹里没有稿件", "a folder holds no manuscript"),
        Message("检查路径", "look at the path"),
        ERROR,
        _PAGE,
    ),
    "same-folder": Rule(
        Message("稿件的文件夹就是这一期的文件夹", "the folder of manuscripts is the issue's own"),
        Message("把稿件放进另一个文件夹", "put the manuscripts into a folder of their own"),
        ERROR,
        _PAGE,
    ),
}
