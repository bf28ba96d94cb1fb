"""Manuscripts with what Word puts into a text besides text, and what an editor expects of each.

Each has its headline, its byline and a lede; `text` is what is printed of the rest, `told` what is reported of it.
"""

from __future__ import annotations

from msgspec import Struct, field
from word_file import NAMESPACES, WordFile, image, numbered, p, picture, r, table, text_box
from word_file import field as word_field

LEDE = "7月6日，柳渡口的新船下水，可载40人，过河四分钟，比老船快一倍，沿岸三个村的人都来看。"
MORE = "老船工何守仁把缆绳盘好，坐在船头，说这条河他走了四十二年，一块石头一块石头都认得。"
LAST = "天黑以后，码头上的灯亮了，最后一班船从对岸回来，船上只有一个放学的孩子。"
LOWERED = '<w:vertAlign w:val="subscript"/>'
RAISED = '<w:vertAlign w:val="superscript"/>'


class Marked(Struct, frozen=True):
    """A Word file, the text expected below the lede, and pieces of what is to be reported."""

    name: str
    file: WordFile
    text: list[str]
    told: list[str] = field(default_factory=list)
    headline: str = "渡口换了新船"


def article(*blocks: str, headline: str = "渡口换了新船") -> WordFile:
    return WordFile(
        p(headline, side="center", size=22), p("镇村建办　顾行简", side="center"), p(LEDE), *blocks, p(LAST)
    )


def symbol(code: str, face: str = "Wingdings") -> str:
    return f'<w:r><w:sym w:font="{face}" w:char="{code}"/></w:r>'


def control(inner: str, more: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{more}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def changed(kind: str, words: str) -> str:
    tag = "delText" if kind in ("del", "moveFrom") else "t"
    return f'<w:{kind} w:id="1" w:author="何佳"><w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r></w:{kind}>'


def changed_row(kind: str, *cells: str) -> str:
    inner = "".join(f"<w:tc>{p(changed(kind, cell))}</w:tc>" for cell in cells)
    return f'<w:tr><w:trPr><w:{kind} w:id="2"/></w:trPr>{inner}</w:tr>'


def lists() -> Marked:
    file = article(
        numbered("乘船须知", 1),
        numbered("先下后上", 1, 1),
        numbered("老人先行", 1, 1),
        numbered("扶好栏杆", 1, 2),
        numbered("不得携带", 1),
        numbered("汽油", 2, 1),
        numbered("活禽", 2, 1),
    )
    file.numbering(_1=("decimal", "%1."), _2=("bullet", "•"))
    text = ["1. 乘船须知", "1. 先下后上", "2. 老人先行", "1. 扶好栏杆", "2. 不得携带", "汽油", "活禽"]
    return Marked("lists", file, text)


def chinese_numbers() -> Marked:
    """Numbers as WPS writes them by itself, which are text of the article."""
    file = article(
        numbered("票价怎么定", 1),
        p(MORE),
        numbered("班次怎么排", 1),
        p(MORE),
        numbered("早班", 2),
        numbered("晚班", 2),
        numbered("加班", 3),
        numbered("包船", 3),
    )
    file.numbering(_1=("chineseCounting", "%1、"), _2=("decimal", "（%1）"), _3=("decimalEnclosedCircle", "%1"))
    text = ["一、票价怎么定", MORE, "二、班次怎么排", MORE, "（1）早班", "（2）晚班", "① 加班", "② 包船"]
    return Marked("chinese-numbers", file, text)


def boxes() -> Marked:
    file = article(p(r(MORE), text_box(p("小资料"), p("老船1987年下水，木壳，载30人。"))))
    return Marked("boxes", file, [MORE, "小资料", "老船1987年下水，木壳，载30人。"], ["小资料 老船1987年下水"])


def hidden() -> Marked:
    file = article(
        p(r("船票一元"), r("（待核：据说要涨）", "<w:vanish/>"), r("，老人、孩子、军人不要票，自行车也不另收。"))
    )
    return Marked("hidden", file, ["船票一元，老人、孩子、军人不要票，自行车也不另收。"], ["（待核：据说要涨）"])


def notes() -> Marked:
    file = article(
        p(r("渡口的历史可以追到清朝光绪年间"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r("，那时候叫何家渡。")),
        p(r("每年过河的有11万人次"), '<w:r><w:endnoteReference w:id="3"/></w:r>', r("，多是赶集的和上学的。")),
        p(r("船站共有六个人，分三班。"), '<w:r><w:commentReference w:id="1"/></w:r>'),
    )
    file.notes("comments", _1=p("六人还是七人？请核对"))
    file.notes("footnotes", _2=p("见《苇泾镇志》第三卷。"))
    file.notes("endnotes", _3=p("船站2025年的统计。"))
    text = ["渡口的历史可以追到清朝光绪年间①，那时候叫何家渡。", "每年过河的有11万人次②，多是赶集的和上学的。"]
    text += ["船站共有六个人，分三班。", "①见《苇泾镇志》第三卷。", "②船站2025年的统计。"]
    return Marked("notes", file, text, ["六人还是七人？请核对", "见《苇泾镇志》第三卷。", "船站2025年的统计。"])


def changes() -> Marked:
    file = article(
        p(
            r("新船"),
            changed("del", "能坐三十人"),
            changed("ins", "可载40人"),
            r("，比老船多十个座位，两排木椅背对着背。"),
        ),
        p(r("上船有三条规矩。"), changed("moveFrom", "人满就开。"), r("不带汽油，不带活禽。")),
        p(r("下船不要抢。"), changed("moveTo", "人满就开。")),
    )
    text = ["新船可载40人，比老船多十个座位，两排木椅背对着背。", "上船有三条规矩。不带汽油，不带活禽。"]
    return Marked("changes", file, [*text, "下船不要抢。人满就开。"], ["“能坐三十人”改为“可载40人”", "删“人满就开。”"])


def changed_rows() -> Marked:
    rows = table(["班次", "时间"], ["早班", "6:00"]).replace(
        "</w:tbl>", changed_row("ins", "晚班", "18:00") + changed_row("del", "夜班", "21:00") + "</w:tbl>"
    )
    text = ["|班次|时间", "|早班|6:00", "|晚班|18:00"]
    return Marked("changed-rows", article(rows), text, ["加“晚班”", "删“夜班 21:00”"])


def raised() -> Marked:
    by_hand = '<w:position w:val="-6"/><w:sz w:val="14"/>'
    file = article(
        p(
            r("河水里的H"),
            r("2", LOWERED),
            r("S降了两成，"),
            r("CO"),
            r("2", by_hand),
            r("少排12吨，岸边绿地添了300m"),
            r("2", RAISED),
            r("，水清了，鱼也多了。"),
        )
    )
    return Marked("raised", file, ["河水里的H₂S降了两成，CO₂少排12吨，岸边绿地添了300m²，水清了，鱼也多了。"])


def merged() -> Marked:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("人次")}</w:tc>'
    first = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("月份")}</w:tc>'
    below = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc>"
    rows = table([first, wide], [below, "去程", "回程"], ["5月", "4100", "4080"], ["6月", "4300", "4290"])
    rows = rows.replace("</w:tbl>", table(["合计", "8400", "8370"]).partition("<w:tblGrid/>")[2])
    text = ["|月份|人次 去程|人次 回程", "|5月|4100|4080", "|6月|4300|4290", "+|合计|8400|8370"]
    return Marked("merged", article(rows), text, ["表头有 2 行"])


def controls() -> Marked:
    prompt = "<w:showingPlcHdr/>"
    file = article(
        p(
            r("新船由"),
            control(r("镇船站")),
            r("管，评为"),
            control(r("甲等")),
            r("，可以载客过夜，全年不停航，风大除外。"),
        ),
        p(control(r("单击此处输入文字"), prompt), r("船票在码头买，也可以上船再补，一元一张，不找零。")),
        control(p("内容控件里的一段：渡口夏天晚上加一班，九点半开，接看戏回来的人。")),
    )
    text = [
        "新船由镇船站管，评为甲等，可以载客过夜，全年不停航，风大除外。",
        "船票在码头买，也可以上船再补，一元一张，不找零。",
        "内容控件里的一段：渡口夏天晚上加一班，九点半开，接看戏回来的人。",
    ]
    return Marked("controls", file, text, ["单击此处输入文字"])


def fields() -> Marked:
    file = article(
        p(
            r("班次表见第"),
            word_field("PAGEREF _t \\h", r("3")),
            r("页"),
            word_field("REF _f \\h", r("图1")),
            r("，也可以上"),
            word_field('HYPERLINK "http://chuan.example/"', r("船站网页")),
            r("查，今天是"),
            '<w:fldSimple w:instr="DATE">' + r("7月7日") + "</w:fldSimple>",
            r("，开了十一班。"),
        )
    )
    return Marked(
        "fields", file, ["班次表见第3页图1，也可以上船站网页查，今天是7月7日，开了十一班。"], ["http://chuan.example/"]
    )


def breaks() -> Marked:
    file = article(
        p(r("船班：早六点到晚六点，每半小时一班。"), "<w:r><w:br/></w:r>", r("票价：成人一元，孩子不收。")),
        p(
            r("电话：请打船站，"),
            "<w:r><w:tab/></w:r>",
            r("五个八"),
            "<w:r><w:noBreakHyphen/></w:r>",
            r("一。白天晚上都有人接。"),
        ),
    )
    text = ["船班：早六点到晚六点，每半小时一班。", "票价：成人一元，孩子不收。"]
    return Marked("breaks", file, [*text, "电话：请打船站，\u3000五个八-一。白天晚上都有人接。"], ["强制换行"])


def smart_tags() -> Marked:
    tag = '<w:smartTag w:uri="urn:x" w:element="place">' + r("柳渡口") + "</w:smartTag>"
    own = '<w:customXml w:element="day">' + r("七月六日") + "</w:customXml>"
    return Marked(
        "smart-tags",
        article(p(r("船在"), tag, r("靠岸，"), own, r("下水，四十个人一起下来，没有人挤，也没有人喊。"))),
        ["船在柳渡口靠岸，七月六日下水，四十个人一起下来，没有人挤，也没有人喊。"],
    )


def alternatives() -> Marked:
    form = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w:t>新</w:t></mc:Choice>'
        "<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    return Marked(
        "alternatives",
        article(p(r("这条"), form, r("船有两台机器，一台坏了，另一台能开回来，不会漂在河心。"))),
        ["这条新船有两台机器，一台坏了，另一台能开回来，不会漂在河心。"],
    )


def symbols() -> Marked:
    line = p(
        symbol("F0FE"),
        r("成人 "),
        symbol("F0A8"),
        r("孩子，每班"),
        symbol("F0B1", "Symbol"),
        r("3分钟，风力"),
        symbol("F0B3", "Symbol"),
        r("6级停航，转乘"),
        symbol("F0E0"),
        r("大桥，评级"),
        symbol("F0AB"),
        symbol("F0AB"),
        r("，编号"),
        symbol("F0F1", "Webdings"),
        r("。"),
    )
    text = ["☑成人 □孩子，每班±3分钟，风力≥6级停航，转乘→大桥，评级★★，编号〓。"]
    return Marked("symbols", article(line), text, ["Webdings 的 F0F1"])


def ruby() -> Marked:
    def over(base: str, reading: str) -> str:
        return f"<w:r><w:ruby><w:rubyPr/><w:rt>{r(reading)}</w:rt><w:rubyBase>{r(base)}</w:rubyBase></w:ruby></w:r>"

    line = p(over("苇", "wěi"), over("泾", "jīng"), r("镇在河的南岸，渡口在镇的东头，船头朝着太阳出来的地方。"))
    return Marked("ruby", article(line), ["苇泾镇在河的南岸，渡口在镇的东头，船头朝着太阳出来的地方。"])


def looks() -> Marked:
    line = p(
        r("老何说"),
        r("划掉的", "<w:strike/>"),
        r("，"),
        r("慢一点", '<w:em w:val="dot"/>'),
        r("，再慢一点，"),
        r("水急", '<w:u w:val="single"/>'),
        r("的时候，船头要"),
        r("朝上", "<w:b/>"),
        r("，人要朝里坐。"),
    )
    text = ["老何说划掉的，慢一点，再慢一点，水急的时候，船头要朝上，人要朝里坐。"]
    return Marked("looks", article(line), text, ["划掉的字照收", "下划线"])


def formulas() -> Marked:
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>44</m:t></m:r></m:num><m:den><m:r><m:t>12</m:t></m:r></m:den></m:f></m:oMath>"
    )
    line = p(r("一升柴油折算二氧化碳，要乘"), fraction, r("，再乘碳的含量，新船一年少烧柴油四吨。"))
    return Marked(
        "formulas", article(line), ["一升柴油折算二氧化碳，要乘44/12，再乘碳的含量，新船一年少烧柴油四吨。"], ["44/12"]
    )


def wrapped_table() -> Marked:
    """A row inside a content control, as forms have them, and a nested table."""
    inner = table(["早", "晚"], ["6", "18"])
    last = table(["票价", "一元"]).partition("<w:tblGrid/>")[2].removesuffix("</w:tbl>")
    rows = table(["项目", "内容"], ["班次", inner + p("")]).removesuffix("</w:tbl>") + control(last) + "</w:tbl>"
    text = ["|项目|内容", "|班次|早 晚；6 18", "|票价|一元"]
    return Marked("wrapped-table", article(rows), text, ["早 晚；6 18"])


def contents() -> Marked:
    listed = f"{p('一、开头……1', style='TOC1')}{p('二、结尾……2', style='TOC1')}"
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    return Marked("contents", article(control(listed, gallery)), [], ["一、开头……1"])


def emphasised_box() -> Marked:
    """A pull quote in a box that floats over the text: text once, its words reported."""
    shape = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('“船快了，人不急。”')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    return Marked("vml-box", article(p(r(MORE), shape)), [MORE, "“船快了，人不急。”"], ["“船快了，人不急。”"])


def captions_of_boxes() -> Marked:
    """A floating picture whose caption lies in a box of its own in the same paragraph."""
    floating = (
        '<w:r><w:drawing><wp:anchor><wp:docPr id="1" name="图片 1"/><a:graphic>'
        f'<a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:blipFill><a:blip r:embed="rId10"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
    file = article(p(floating, text_box(p("新船第一次过河")), r(MORE)))
    file.part("media/image1.jpg", image(kind="JPEG"), "image")
    return Marked("box-caption", file, [MORE, "图:新船第一次过河"], ["新船第一次过河"])


def drop_initial() -> Marked:
    first = p(r("老"), properties='<w:framePr w:dropCap="drop" w:lines="2"/>')
    rest = p("船工何守仁把篙收进船舱，这一天他等了好几年，等到头发都白了。")
    return Marked(
        "drop-initial",
        article(first, rest),
        ["老船工何守仁把篙收进船舱，这一天他等了好几年，等到头发都白了。"],
        ["首字下沉“老”"],
    )


def headers() -> Marked:
    file = article()
    for kind, words in (("header", "苇泾镇通讯员来稿用纸"), ("footer", "第1页 共2页")):
        xmlns = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
        tag = "hdr" if kind == "header" else "ftr"
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        file.part(f"{kind}1.xml", f"<w:{tag} {xmlns}>{p(words)}</w:{tag}>", kind, f"{main}.{kind}+xml")
    return Marked("headers", file, [], ["苇泾镇通讯员来稿用纸", "第1页 共2页"])


def beside() -> Marked:
    """A table that only arranges: pictures in a row, their captions below; then one with its caption beside it."""
    rows = table([p(picture("rId10")), p(picture("rId11"))], ["左图：新船离岸", "右图：老船靠岸（李芳 摄）"])
    more = table([p(picture("rId12")), "雨棚下的两排木椅，能坐四十个人"])
    file = article(rows, p(MORE), more)
    for number in (1, 2, 3):
        file.part(f"media/image{number}.jpg", image(400 + number, kind="JPEG"), "image")
    text = [MORE, "图:新船离岸", "图:老船靠岸", "图:雨棚下的两排木椅，能坐四十个人"]
    return Marked("beside", file, text, ["左图：新船离岸"])


def manuscripts() -> list[Marked]:
    return [
        lists(), chinese_numbers(), boxes(), emphasised_box(), hidden(), notes(), changes(), changed_rows(), raised(),
        merged(), controls(), fields(), breaks(), smart_tags(), alternatives(), symbols(), ruby(), looks(), formulas(),
        wrapped_table(), contents(), captions_of_boxes(), drop_initial(), headers(), beside(),
    ]  # fmt: skip
