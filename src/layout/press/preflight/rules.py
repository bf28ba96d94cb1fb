"""The rules a file is held to, by number: what each is called, what is said when it is broken, and the remedy.

`X` rules are PDF/X-4 (ISO 15930-7), `GWG R` rules are those of the Ghent Workgroup's 2022 specification for sheet-fed
and newspaper printing, `S` rules are what print shops ask beyond both. How much a rule weighs, and every limit, is in
the printer's profile.

In the texts `{subject}` is what is concerned, `{value}` what it measures (the worst on the page) and `{limit}` the
printer's limit. A fault is reported under one rule only, the most basic one that it breaks.
"""

from __future__ import annotations

from msgspec import Struct

from ...errors import Message


class Rule(Struct, frozen=True):
    title: Message
    what: Message
    remedy: Message
    worst: str = "least"  # of several values on a page the least or the most is reported


_EXPORT = Message("用 PDF/X-4 预设重新导出", "export the file again with a PDF/X-4 preset")
_OVERPRINT = Message("给单黑的字和线设叠印（OPM 1）", "let K-only text and lines overprint (OPM 1)")
_CMYK = Message("转成 CMYK（按印厂的 ICC）", "convert it to CMYK with the printer's ICC profile")

RULES = {
    "X1": Rule(
        Message("PDF/X-4 标识", "PDF/X-4 identification"),
        Message("PDF/X-4 标识：{subject}", "PDF/X-4 identification: {subject}"),
        _EXPORT,
    ),
    "X2": Rule(
        Message("标题、程序、日期、文件标识", "Title, program, dates, file ID"),
        Message("文件信息缺{subject}", "the file does not give {subject}"),
        Message("补上文件信息再导出", "fill in the document's information and export again"),
    ),
    "X3": Rule(
        Message("陷印标记", "Trapped"),
        Message("没有说明是否做过陷印：{subject}", "does not say whether it is trapped: {subject}"),
        Message("Trapped 写 False（没做陷印）或 True", "set Trapped to False (not trapped) or True"),
    ),
    "X4": Rule(
        Message("输出意图", "Output intent"),
        Message("输出意图：{subject}", "output intent: {subject}"),
        Message("导出时嵌入印厂的 ICC 作输出意图", "embed the printer's ICC profile as output intent on export"),
    ),
    "X5": Rule(
        Message("设备 RGB 颜色", "DeviceRGB colour"),
        Message(
            "{subject}用了 {value}，输出意图里没有这种颜色",
            "{subject} in {value}, which the output intent cannot print",
        ),
        _CMYK,
    ),
    "X6": Rule(
        Message("透明", "Transparency"),
        Message("有透明效果，这里不收", "has live transparency, which is not taken here"),
        Message("导出前拼合透明", "flatten transparency before export"),
    ),
    "X7": Rule(
        Message("字体嵌入", "Embedded fonts"),
        Message("字体 {subject} 没有嵌入", "the font {subject} is not embedded"),
        Message("导出时嵌入字体，或转曲", "embed fonts on export, or outline the text"),
    ),
    "X8": Rule(
        Message("页面框", "Page boxes"),
        Message("页面框：{subject}", "page boxes: {subject}"),
        Message("成品框在出血框内，出血框在页面内，只设 TrimBox", "TrimBox within BleedBox within MediaBox; no ArtBox"),
    ),
    "X9": Rule(
        Message("批注和表单", "Annotations and forms"),
        Message("版面上有{subject}", "there is {subject} on the page"),
        Message("交印前删去批注、链接和表单", "delete annotations, links and form fields before delivery"),
    ),
    "X10": Rule(
        Message("禁用的内容", "Forbidden content"),
        Message("文件里有{subject}", "the file has {subject}"),
        _EXPORT,
    ),
    "X11": Rule(
        Message("与输出意图相同的 ICC 颜色", "Colour tagged with the intent's profile"),
        Message(
            "{subject}带的 ICC 就是输出意图的，应写成 DeviceCMYK", "{subject} is tagged with the intent's own profile"
        ),
        Message("去掉 ICC 标记，直接用 CMYK", "drop the tag and use DeviceCMYK"),
    ),
    "X12": Rule(
        Message("字体程序与说明相符", "Font programs"),
        Message("{subject}，印出来会缺字", "{subject}; its text will be missing in print"),
        Message("换一个字体，或请出文件的程序修正", "use another font, or have the program that made the file mended"),
    ),
    "GWG R0001": Rule(
        Message("文件结构", "File structure"),
        Message("文件结构：{subject}", "file structure: {subject}"),
        Message("从原程序重新导出", "export it again from the program that made it"),
    ),
    "GWG R0002": Rule(
        Message("UserUnit", "UserUnit"),
        Message("页面放大了 {value:g} 倍（UserUnit）", "the page is scaled by {value:g} (UserUnit)"),
        Message("按原大导出", "export at actual size"),
    ),
    "GWG R0003": Rule(
        Message("CropBox", "CropBox"),
        Message("CropBox 与页面不同大", "the CropBox is not the MediaBox"),
        Message("去掉裁切（CropBox）", "remove the crop"),
    ),
    "GWG R0004": Rule(
        Message("各页同尺寸、不旋转", "One trim size, no rotation"),
        Message("{subject}", "{subject}"),
        Message("各页用同一成品尺寸，不旋转页面", "give every page one trim size and do not rotate it"),
    ),
    "GWG R0005": Rule(
        Message("空页", "Empty page"),
        Message("这一页没有内容", "nothing is printed on this page"),
        Message("若不是有意留白，检查导出", "unless it is meant so, look at the export"),
    ),
    "GWG R0006": Rule(
        Message("页数", "Page count"),
        Message("有 {value:g} 页，应是 {limit:g} 页", "there are {value:g} pages and should be {limit:g}"),
        Message("按要求的页数导出", "export the pages that are wanted"),
    ),
    "GWG R0007": Rule(
        Message("白字叠印", "White text that overprints"),
        Message("白字设了叠印，印出来会消失", "white text overprints and will vanish in print"),
        Message("白字去掉叠印", "let white text knock out"),
    ),
    "GWG R0008": Rule(
        Message("白色图形叠印", "White path that overprints"),
        Message("白色图形设了叠印，印出来会消失", "a white path overprints and will vanish in print"),
        Message("白色去掉叠印", "let white knock out"),
    ),
    "GWG R0009": Rule(
        Message("小黑字未叠印", "Small black text that knocks out"),
        Message(
            "小于 {limit:g} 磅的单黑字没有叠印（最小 {value:.1f} 磅）",
            "K text under {limit:g} pt knocks out ({value:.1f} pt)",
        ),
        _OVERPRINT,
    ),
    "GWG R0010": Rule(
        Message("细黑线未叠印", "Thin black line that knocks out"),
        Message(
            "细于 {limit:g} 磅的单黑线没有叠印（最细 {value:.2f} 磅）",
            "K line under {limit:g} pt knocks out ({value:.2f} pt)",
        ),
        _OVERPRINT,
    ),
    "GWG R0011": Rule(
        Message("小字用灰色空间", "Small text in DeviceGray"),
        Message(
            "{value:.1f} 磅的字用 DeviceGray，不能叠印", "{value:.1f} pt text in DeviceGray, which cannot overprint"
        ),
        Message("改用 CMYK 的 K", "use K of CMYK"),
    ),
    "GWG R0012": Rule(
        Message("细线用灰色空间", "Thin line in DeviceGray"),
        Message(
            "{value:.2f} 磅的线用 DeviceGray，不能叠印", "{value:.2f} pt line in DeviceGray, which cannot overprint"
        ),
        Message("改用 CMYK 的 K", "use K of CMYK"),
    ),
    "GWG R0013": Rule(
        Message("灰色空间叠印", "DeviceGray that overprints"),
        Message("{subject}是 DeviceGray，却设了叠印", "{subject} in DeviceGray is set to overprint"),
        Message("改用 CMYK 的 K，或去掉叠印", "use K of CMYK, or let it knock out"),
    ),
    "GWG R0014": Rule(
        Message("Courier 字体", "Courier"),
        Message(
            "用了 {subject}，多半是替换来的字体", "uses {subject}, which is mostly a substitute for a missing font"
        ),
        Message("找回原来的字体再导出", "find the right font and export again"),
    ),
    "GWG R0015": Rule(
        Message("四色黑文字墨量", "Ink of rich black text"),
        Message(
            "四色黑的字墨量 {value:.0f}%，上限 {limit:g}%", "rich black text has {value:.0f}% ink, more than {limit:g}%"
        ),
        Message("正文用单黑 K100", "use K 100 alone"),
        "most",
    ),
    "GWG R0016": Rule(
        Message("反白小字", "Small reversed text"),
        Message("反白字 {value:.1f} 磅，小于 {limit:g} 磅", "reversed text of {value:.1f} pt, under {limit:g} pt"),
        Message("加大字号，用黑体", "make it larger or bolder"),
    ),
    "GWG R0017": Rule(
        Message("多色小字", "Small text in several inks"),
        Message(
            "多色套印的字 {value:.1f} 磅，小于 {limit:g} 磅",
            "text in several inks of {value:.1f} pt, under {limit:g} pt",
        ),
        Message("小字只用一种墨", "use one ink for small text"),
    ),
    "GWG R0018": Rule(
        Message("反白细线", "Thin reversed line"),
        Message("反白线 {value:.2f} 磅，细于 {limit:g} 磅", "reversed line of {value:.2f} pt, under {limit:g} pt"),
        Message("把线加粗", "make it thicker"),
    ),
    "GWG R0019": Rule(
        Message("多色细线", "Thin line in several inks"),
        Message(
            "多色套印的线 {value:.2f} 磅，细于 {limit:g} 磅",
            "line in several inks of {value:.2f} pt, under {limit:g} pt",
        ),
        Message("细线只用一种墨，或加粗", "use one ink, or make it thicker"),
    ),
    "GWG R0020": Rule(
        Message("专色", "Spot colours"),
        Message(
            "有 {value:g} 个专色，这里收 {limit:g} 个：{subject}",
            "{value:g} spot colours where {limit:g} are taken: {subject}",
        ),
        Message("专色转成 CMYK，或与印厂约定专色版", "convert spots to CMYK, or agree on the plate with the printer"),
    ),
    "GWG R0024": Rule(
        Message("套版色用在版面上", "The colour All on the page"),
        Message("版面内容用了套版色 All", "something on the page is in registration colour (All)"),
        Message("All 只给裁切线和套准线用", "keep All for marks outside the bleed"),
    ),
    "GWG R0026": Rule(
        Message("总墨量", "Total ink"),
        Message("总墨量 {value:.0f}%，上限 {limit:g}%", "total ink is {value:.0f}%, more than {limit:g}%"),
        Message("按印厂的 ICC 重新分色，或压暗部的 CMY", "separate again with the printer's ICC profile"),
        "most",
    ),
    "GWG R0027": Rule(
        Message("非 CMYK 颜色", "Colour that is not CMYK"),
        Message("{subject}用了 {value}", "{subject} in {value}"),
        _CMYK,
    ),
    "GWG R0030": Rule(
        Message("透明组的颜色空间", "Blending space"),
        Message(
            "透明组在 {subject} 里混合，应是 DeviceCMYK", "a transparency group blends in {subject}, not in DeviceCMYK"
        ),
        Message("透明混合空间设为 CMYK", "set the transparency blend space to CMYK"),
    ),
    "GWG R0031": Rule(
        Message("图片分辨率", "Resolution of pictures"),
        Message(
            "图片只有 {value:.0f} 像素/英寸，应高于 {limit:g}", "a picture has {value:.0f} ppi and needs over {limit:g}"
        ),
        Message("换大图，或缩小版面上的尺寸", "use a larger picture, or print it smaller"),
    ),
    "GWG R0032": Rule(
        Message("线条稿分辨率", "Resolution of line art"),
        Message(
            "线条稿只有 {value:.0f} 像素/英寸，应高于 {limit:g}",
            "line art has {value:.0f} ppi and needs over {limit:g}",
        ),
        Message(
            "二维码、图标要矢量（SVG）或大一些的图，手绘的线条稿重新扫描",
            "use a vector (SVG) or larger QR code or sign; scan a drawing again",
        ),
    ),
    "GWG R0033": Rule(
        Message("整版图片", "Rasterised page"),
        Message("整版是一张 {value:.0f} 像素/英寸的图", "the page is one picture of {value:.0f} ppi"),
        Message("保留文字和矢量再导出", "export it with live text and vectors"),
    ),
    "GWG R0034": Rule(
        Message("图层", "Layers"),
        Message("文件有图层", "the file has layers"),
        Message("导出时不要图层", "export without layers"),
    ),
    "GWG R0035": Rule(
        Message("输出意图是 CMYK", "The intent is CMYK"),
        Message("输出意图的 ICC 是 {subject}，不是 CMYK", "the output intent's profile is {subject}, not CMYK"),
        Message("用 CMYK 的 ICC 作输出意图", "use a CMYK profile as output intent"),
    ),
    "S1": Rule(
        Message("出血框", "Bleed box"),
        Message("出血只有 {value:.1f} mm，要 {limit:g} mm", "the bleed is {value:.1f} mm and should be {limit:g} mm"),
        Message("导出时带出血", "export with bleed"),
    ),
    "S2": Rule(
        Message("出血不足", "Artwork that stops at the trim"),
        Message("{subject}到了成品边，没有伸进出血", "{subject} touches the trim and does not reach into the bleed"),
        Message("伸到出血边，或缩进版心", "carry it to the edge of the bleed, or keep it off the trim"),
    ),
    "S3": Rule(
        Message("安全距离", "Type near the trim"),
        Message(
            "文字离成品边只有 {value:.1f} mm，要 {limit:g} mm",
            "text is {value:.1f} mm from the trim and should be {limit:g} mm",
        ),
        Message("往里移", "move it inward"),
    ),
    "S4": Rule(
        Message("印刷条件", "Printing condition"),
        Message("输出意图是 {subject}，这家用 {limit}", "the intent is {subject}; this printer uses {limit}"),
        Message("用这家印厂的 ICC 和标识导出", "export with this printer's profile and identifier"),
    ),
    "S5": Rule(
        Message("希望的分辨率", "Resolution wanted"),
        Message("图片 {value:.0f} 像素/英寸，最好有 {limit:g}", "a picture has {value:.0f} ppi; {limit:g} is better"),
        Message("有大图就换", "use a larger picture if there is one"),
    ),
    "S6": Rule(
        Message("黑字不是单黑", "Black type in several inks"),
        Message("{value:.1f} 磅的黑字用了几色", "black text of {value:.1f} pt is in several inks"),
        Message("改成 K100", "use K 100 alone"),
    ),
    "S7": Rule(
        Message("字太小", "Type too small"),
        Message("{subject} {value:.1f} 磅，小于 {limit:g} 磅", "{subject} at {value:.1f} pt, under {limit:g} pt"),
        Message("加大字号", "make it larger"),
    ),
    "S8": Rule(
        Message("线太细", "Line too thin"),
        Message("线 {value:.2f} 磅，细于 {limit:g} 磅", "a line of {value:.2f} pt, under {limit:g} pt"),
        Message("把线加粗", "make it thicker"),
    ),
    "S9": Rule(
        Message("平网太浅", "Tint too pale"),
        Message("平网只有 {value:.3g}%，浅于 {limit:g}%", "a tint of {value:.3g}%, paler than {limit:g}%"),
        Message("加深，或去掉底色", "make it stronger, or leave it out"),
    ),
    "S10": Rule(
        Message("页数倍数", "Page multiple"),
        Message("有 {value:g} 页，不是 {limit:g} 的倍数", "{value:g} pages, which is no multiple of {limit:g}"),
        Message("增减页，或请印厂补空白页", "add or drop pages, or let the printer add blank ones"),
    ),
    "S11": Rule(
        Message("转曲", "Outlined type"),
        Message("文字没有转曲：{subject}", "the text is not outlined: {subject}"),
        Message("交转曲的版本", "deliver the outlined edition"),
    ),
    "S12": Rule(
        Message("文件名", "File name"),
        Message("文件名 {subject} 不合 {limit}", "the file name {subject} is not of the form {limit}"),
        Message("按印厂的格式改名", "rename it by the printer's pattern"),
    ),
    "limit": Rule(
        Message("超过上限", "Over a limit"),
        Message("没有检查：{subject}", "not checked: {subject}"),
        Message("请作者重新导出，或分成几个文件", "have it exported again, or divided into several files"),
    ),
    "not-checked": Rule(
        Message("没有检查的", "Not checked"),
        Message("{subject}", "{subject}"),
        Message("", ""),
    ),
}
