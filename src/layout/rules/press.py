"""The rules of preflight by number: title, text of a finding, and remedy.

`X` rules are PDF/X-4 (ISO 15930-7), `GWG R` rules are those of the Ghent Workgroup's 2022 specification for sheet-fed
and newspaper printing, `S` rules are requirements of print shops beyond both. The severity of a rule, and every limit, is in
the printer's profile.

In the texts `{subject}` is what is concerned, `{value}` what it measures (the worst on the page) and `{limit}` the
printer's limit. A fault is reported under one rule only, the most basic one that it breaks.
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from ..errors import Message, Severity
from .rule import ERROR, NOTE, Rule


class PressRule(Rule, frozen=True, kw_only=True):
    """`what` is the text of a finding, filled in; of several values on a page the least or the most is reported."""

    severity: Severity | None = None
    what: Message
    worst: Literal["least", "most"] = "least"


_EXPORT = Message("用 PDF/X-4 预设重新导出", "export the file again with a PDF/X-4 preset")
_OVERPRINT = Message("给单黑的字和线设叠印（OPM 1）", "let K-only text and lines overprint (OPM 1)")
_CMYK = Message("转成 CMYK（按印厂的 ICC）", "convert it to CMYK with the printer's ICC profile")

_TABLE = {
    "X1": PressRule(
        Message("PDF/X-4 标识", "PDF/X-4 identification"),
        what=Message("PDF/X-4 标识：{subject}", "PDF/X-4 identification: {subject}"),
        remedy=_EXPORT,
    ),
    "X2": PressRule(
        Message("标题、程序、日期、文件标识", "Title, program, dates, file ID"),
        what=Message("文件信息缺{subject}", "the file does not give {subject}"),
        remedy=Message("补上文件信息再导出", "fill in the document's information and export again"),
    ),
    "X3": PressRule(
        Message("陷印标记", "Trapped"),
        what=Message("没有说明是否做过陷印：{subject}", "does not say whether it is trapped: {subject}"),
        remedy=Message("Trapped 写 False（没做陷印）或 True", "set Trapped to False (not trapped) or True"),
    ),
    "X4": PressRule(
        Message("输出意图", "Output intent"),
        what=Message("输出意图：{subject}", "output intent: {subject}"),
        remedy=Message("导出时嵌入印厂的 ICC 作输出意图", "embed the printer's ICC profile as output intent on export"),
    ),
    "X5": PressRule(
        Message("设备 RGB 颜色", "DeviceRGB colour"),
        what=Message(
            "{subject}用了 {value}，输出意图里没有这种颜色",
            "{subject} in {value}, which the output intent cannot print",
        ),
        remedy=_CMYK,
    ),
    "X6": PressRule(
        Message("透明", "Transparency"),
        what=Message("有透明效果，这里不收", "has live transparency, which is not taken here"),
        remedy=Message("导出前拼合透明", "flatten transparency before export"),
    ),
    "X7": PressRule(
        Message("字体嵌入", "Embedded fonts"),
        what=Message("字体 {subject} 没有嵌入", "the font {subject} is not embedded"),
        remedy=Message("导出时嵌入字体，或转曲", "embed fonts on export, or outline the text"),
    ),
    "X8": PressRule(
        Message("页面框", "Page boxes"),
        what=Message("页面框：{subject}", "page boxes: {subject}"),
        remedy=Message(
            "成品框在出血框内，出血框在页面内，只设 TrimBox", "TrimBox within BleedBox within MediaBox; no ArtBox"
        ),
    ),
    "X9": PressRule(
        Message("批注和表单", "Annotations and forms"),
        what=Message("版面上有{subject}", "there is {subject} on the page"),
        remedy=Message("交印前删去批注、链接和表单", "delete annotations, links and form fields before delivery"),
    ),
    "X10": PressRule(
        Message("禁用的内容", "Forbidden content"),
        what=Message("文件里有{subject}", "the file has {subject}"),
        remedy=_EXPORT,
    ),
    "X11": PressRule(
        Message("与输出意图相同的 ICC 颜色", "Colour tagged with the intent's profile"),
        what=Message(
            "{subject}带的 ICC 就是输出意图的，应写成 DeviceCMYK", "{subject} is tagged with the intent's own profile"
        ),
        remedy=Message("去掉 ICC 标记，直接用 CMYK", "drop the tag and use DeviceCMYK"),
    ),
    "X12": PressRule(
        Message("字体程序与说明相符", "Font programs"),
        what=Message("{subject}，印出来会缺字", "{subject}; its text will be missing in print"),
        remedy=Message(
            "换一个字体，或请出文件的程序修正", "use another font, or have the program that made the file mended"
        ),
    ),
    "GWG R0001": PressRule(
        Message("文件结构", "File structure"),
        what=Message("文件结构：{subject}", "file structure: {subject}"),
        remedy=Message("从原程序重新导出", "export it again from the program that made it"),
    ),
    "GWG R0002": PressRule(
        Message("UserUnit", "UserUnit"),
        what=Message("页面放大了 {value:g} 倍（UserUnit）", "the page is scaled by {value:g} (UserUnit)"),
        remedy=Message("按原大导出", "export at actual size"),
    ),
    "GWG R0003": PressRule(
        Message("CropBox", "CropBox"),
        what=Message("CropBox 与页面不同大", "the CropBox is not the MediaBox"),
        remedy=Message("去掉裁切（CropBox）", "remove the crop"),
    ),
    "GWG R0004": PressRule(
        Message("各页同尺寸、不旋转", "One trim size, no rotation"),
        what=Message("{subject}", "{subject}"),
        remedy=Message("各页用同一成品尺寸，不旋转页面", "give every page one trim size and do not rotate it"),
    ),
    "GWG R0005": PressRule(
        Message("空页", "Empty page"),
        what=Message("这一页没有内容", "nothing is printed on this page"),
        remedy=Message("若不是有意留白，检查导出", "unless it is meant so, look at the export"),
    ),
    "GWG R0006": PressRule(
        Message("页数", "Page count"),
        what=Message("有 {value:g} 页，应是 {limit:g} 页", "there are {value:g} pages and should be {limit:g}"),
        remedy=Message("按要求的页数导出", "export the pages that are wanted"),
    ),
    "GWG R0007": PressRule(
        Message("白字叠印", "White text that overprints"),
        what=Message("白字设了叠印，印出来会消失", "white text overprints and will vanish in print"),
        remedy=Message("白字去掉叠印", "let white text knock out"),
    ),
    "GWG R0008": PressRule(
        Message("白色图形叠印", "White path that overprints"),
        what=Message("白色图形设了叠印，印出来会消失", "a white path overprints and will vanish in print"),
        remedy=Message("白色去掉叠印", "let white knock out"),
    ),
    "GWG R0009": PressRule(
        Message("小黑字未叠印", "Small black text that knocks out"),
        what=Message(
            "小于 {limit:g} 磅的单黑字没有叠印（最小 {value:.1f} 磅）",
            "K text under {limit:g} pt knocks out ({value:.1f} pt)",
        ),
        remedy=_OVERPRINT,
    ),
    "GWG R0010": PressRule(
        Message("细黑线未叠印", "Thin black line that knocks out"),
        what=Message(
            "细于 {limit:g} 磅的单黑线没有叠印（最细 {value:.2f} 磅）",
            "K line under {limit:g} pt knocks out ({value:.2f} pt)",
        ),
        remedy=_OVERPRINT,
    ),
    "GWG R0011": PressRule(
        Message("小字用灰色空间", "Small text in DeviceGray"),
        what=Message(
            "{value:.1f} 磅的字用 DeviceGray，不能叠印", "{value:.1f} pt text in DeviceGray, which cannot overprint"
        ),
        remedy=Message("改用 CMYK 的 K", "use K of CMYK"),
    ),
    "GWG R0012": PressRule(
        Message("细线用灰色空间", "Thin line in DeviceGray"),
        what=Message(
            "{value:.2f} 磅的线用 DeviceGray，不能叠印", "{value:.2f} pt line in DeviceGray, which cannot overprint"
        ),
        remedy=Message("改用 CMYK 的 K", "use K of CMYK"),
    ),
    "GWG R0013": PressRule(
        Message("灰色空间叠印", "DeviceGray that overprints"),
        what=Message("{subject}是 DeviceGray，却设了叠印", "{subject} in DeviceGray is set to overprint"),
        remedy=Message("改用 CMYK 的 K，或去掉叠印", "use K of CMYK, or let it knock out"),
    ),
    "GWG R0014": PressRule(
        Message("Courier 字体", "Courier"),
        what=Message(
            "用了 {subject}，多半是替换来的字体", "uses {subject}, which is mostly a substitute for a missing font"
        ),
        remedy=Message("找回原来的字体再导出", "find the right font and export again"),
    ),
    "GWG R0015": PressRule(
        Message("四色黑文字墨量", "Ink of rich black text"),
        what=Message(
            "四色黑的字墨量 {value:.0f}%，上限 {limit:g}%", "rich black text has {value:.0f}% ink, more than {limit:g}%"
        ),
        remedy=Message("正文用单黑 K100", "use K 100 alone"),
        worst="most",
    ),
    "GWG R0016": PressRule(
        Message("反白小字", "Small reversed text"),
        what=Message("反白字 {value:.1f} 磅，小于 {limit:g} 磅", "reversed text of {value:.1f} pt, under {limit:g} pt"),
        remedy=Message("加大字号，用黑体", "make it larger or bolder"),
    ),
    "GWG R0017": PressRule(
        Message("多色小字", "Small text in several inks"),
        what=Message(
            "多色套印的字 {value:.1f} 磅，小于 {limit:g} 磅",
            "text in several inks of {value:.1f} pt, under {limit:g} pt",
        ),
        remedy=Message("小字只用一种墨", "use one ink for small text"),
    ),
    "GWG R0018": PressRule(
        Message("反白细线", "Thin reversed line"),
        what=Message("反白线 {value:.2f} 磅，细于 {limit:g} 磅", "reversed line of {value:.2f} pt, under {limit:g} pt"),
        remedy=Message("把线加粗", "make it thicker"),
    ),
    "GWG R0019": PressRule(
        Message("多色细线", "Thin line in several inks"),
        what=Message(
            "多色套印的线 {value:.2f} 磅，细于 {limit:g} 磅",
            "line in several inks of {value:.2f} pt, under {limit:g} pt",
        ),
        remedy=Message("细线只用一种墨，或加粗", "use one ink, or make it thicker"),
    ),
    "GWG R0020": PressRule(
        Message("专色", "Spot colours"),
        what=Message(
            "有 {value:g} 个专色，这里收 {limit:g} 个：{subject}",
            "{value:g} spot colours where {limit:g} are taken: {subject}",
        ),
        remedy=Message(
            "专色转成 CMYK，或与印厂约定专色版", "convert spots to CMYK, or agree on the plate with the printer"
        ),
    ),
    "GWG R0024": PressRule(
        Message("套版色用在版面上", "The colour All on the page"),
        what=Message("版面内容用了套版色 All", "something on the page is in registration colour (All)"),
        remedy=Message("All 只给裁切线和套准线用", "keep All for marks outside the bleed"),
    ),
    "GWG R0026": PressRule(
        Message("总墨量", "Total ink"),
        what=Message("总墨量 {value:.0f}%，上限 {limit:g}%", "total ink is {value:.0f}%, more than {limit:g}%"),
        remedy=Message("按印厂的 ICC 重新分色，或压暗部的 CMY", "separate again with the printer's ICC profile"),
        worst="most",
    ),
    "GWG R0027": PressRule(
        Message("非 CMYK 颜色", "Colour that is not CMYK"),
        what=Message("{subject}用了 {value}", "{subject} in {value}"),
        remedy=_CMYK,
    ),
    "GWG R0030": PressRule(
        Message("透明组的颜色空间", "Blending space"),
        what=Message(
            "透明组在 {subject} 里混合，应是 DeviceCMYK", "a transparency group blends in {subject}, not in DeviceCMYK"
        ),
        remedy=Message("透明混合空间设为 CMYK", "set the transparency blend space to CMYK"),
    ),
    "GWG R0031": PressRule(
        Message("图片分辨率", "Resolution of pictures"),
        what=Message(
            "图片只有 {value:.0f} 像素/英寸，应高于 {limit:g}", "a picture has {value:.0f} ppi and needs over {limit:g}"
        ),
        remedy=Message("换大图，或缩小版面上的尺寸", "use a larger picture, or print it smaller"),
    ),
    "GWG R0032": PressRule(
        Message("线条稿分辨率", "Resolution of line art"),
        what=Message(
            "线条稿只有 {value:.0f} 像素/英寸，应高于 {limit:g}",
            "line art has {value:.0f} ppi and needs over {limit:g}",
        ),
        remedy=Message(
            "二维码、图标要矢量（SVG）或大一些的图，手绘的线条稿重新扫描",
            "use a vector (SVG) or larger QR code or sign; scan a drawing again",
        ),
    ),
    "GWG R0033": PressRule(
        Message("整版图片", "Rasterised page"),
        what=Message("整版是一张 {value:.0f} 像素/英寸的图", "the page is one picture of {value:.0f} ppi"),
        remedy=Message("保留文字和矢量再导出", "export it with live text and vectors"),
    ),
    "GWG R0034": PressRule(
        Message("图层", "Layers"),
        what=Message("文件有图层", "the file has layers"),
        remedy=Message("导出时不要图层", "export without layers"),
    ),
    "GWG R0035": PressRule(
        Message("输出意图是 CMYK", "The intent is CMYK"),
        what=Message("输出意图的 ICC 是 {subject}，不是 CMYK", "the output intent's profile is {subject}, not CMYK"),
        remedy=Message("用 CMYK 的 ICC 作输出意图", "use a CMYK profile as output intent"),
    ),
    "S1": PressRule(
        Message("出血框", "Bleed box"),
        what=Message(
            "出血只有 {value:.1f} mm，要 {limit:g} mm", "the bleed is {value:.1f} mm and should be {limit:g} mm"
        ),
        remedy=Message("导出时带出血", "export with bleed"),
    ),
    "S2": PressRule(
        Message("出血不足", "Artwork that stops at the trim"),
        what=Message(
            "{subject}到了成品边，没有伸进出血", "{subject} touches the trim and does not reach into the bleed"
        ),
        remedy=Message("伸到出血边，或缩进版心", "carry it to the edge of the bleed, or keep it off the trim"),
    ),
    "S3": PressRule(
        Message("安全距离", "Type near the trim"),
        what=Message(
            "文字离成品边只有 {value:.1f} mm，要 {limit:g} mm",
            "text is {value:.1f} mm from the trim and should be {limit:g} mm",
        ),
        remedy=Message("往里移", "move it inward"),
    ),
    "S4": PressRule(
        Message("印刷条件", "Printing condition"),
        what=Message("输出意图是 {subject}，这家用 {limit}", "the intent is {subject}; this printer uses {limit}"),
        remedy=Message("用这家印厂的 ICC 和标识导出", "export with this printer's profile and identifier"),
    ),
    "S5": PressRule(
        Message("希望的分辨率", "Resolution wanted"),
        what=Message(
            "图片 {value:.0f} 像素/英寸，最好有 {limit:g}", "a picture has {value:.0f} ppi; {limit:g} is better"
        ),
        remedy=Message("有大图就换", "use a larger picture if there is one"),
    ),
    "S6": PressRule(
        Message("黑字不是单黑", "Black type in several inks"),
        what=Message("{value:.1f} 磅的黑字用了几色", "black text of {value:.1f} pt is in several inks"),
        remedy=Message("改成 K100", "use K 100 alone"),
    ),
    "S7": PressRule(
        Message("字太小", "Type too small"),
        what=Message("{subject} {value:.1f} 磅，小于 {limit:g} 磅", "{subject} at {value:.1f} pt, under {limit:g} pt"),
        remedy=Message("加大字号", "make it larger"),
    ),
    "S8": PressRule(
        Message("线太细", "Line too thin"),
        what=Message("线 {value:.2f} 磅，细于 {limit:g} 磅", "a line of {value:.2f} pt, under {limit:g} pt"),
        remedy=Message("把线加粗", "make it thicker"),
    ),
    "S9": PressRule(
        Message("平网太浅", "Tint too pale"),
        what=Message("平网只有 {value:.3g}%，浅于 {limit:g}%", "a tint of {value:.3g}%, paler than {limit:g}%"),
        remedy=Message("加深，或去掉底色", "make it stronger, or leave it out"),
    ),
    "S10": PressRule(
        Message("页数倍数", "Page multiple"),
        what=Message("有 {value:g} 页，不是 {limit:g} 的倍数", "{value:g} pages, which is no multiple of {limit:g}"),
        remedy=Message("增减页，或请印厂补空白页", "add or drop pages, or let the printer add blank ones"),
    ),
    "S11": PressRule(
        Message("转曲", "Outlined type"),
        what=Message("文字没有转曲：{subject}", "the text is not outlined: {subject}"),
        remedy=Message("交转曲的版本", "deliver the outlined edition"),
    ),
    "S12": PressRule(
        Message("文件名", "File name"),
        what=Message("文件名 {subject} 不合 {limit}", "the file name {subject} is not of the form {limit}"),
        remedy=Message("按印厂的格式改名", "rename it by the printer's pattern"),
    ),
    "limit": PressRule(
        Message("超过上限", "Over a limit"),
        what=Message("没有检查：{subject}", "not checked: {subject}"),
        remedy=Message("请作者重新导出，或分成几个文件", "have it exported again, or divided into several files"),
        severity=ERROR,  # a file that was not read whole is not ready for print
        source="security.md",
    ),
    "not-checked": PressRule(
        Message("没有检查的", "Not checked"),
        what=Message("{subject}", "{subject}"),
        severity=NOTE,
        source="printing.md",
    ),
}


def _source(number: str) -> str:
    if number.startswith("GWG"):
        return f"GWG 2022 {number.removeprefix('GWG ')}"
    return "ISO 15930-7" if number.startswith("X") else "printing.md"


RULES = {number: replace(rule, source=rule.source or _source(number)) for number, rule in _TABLE.items()}
