"""A printer's profile: the limits and severities of a print shop, and its ICC profile.

The shipped ones are the YAML files of `styles/printers/`; that of another shop extends one of them:

    extends: offset-coated
    name: harbour-press
    condition: {icc: shop.icc, identifier: FOGRA51, description: PSO Coated v3}
    ink: {limit: 310}
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from ..errors import Message, Problem, Severity, SourceLocation, StyleError
from ..records import Length, Record, described, read_record, read_utf8
from ..rules.rule import Weight
from ..runtime.files import read_bytes
from ..runtime.limits import ICC_BYTES, LimitError
from ..runtime.plugins import FILES, folder_of, plugin_names
from ..runtime.resources import data_folder

BASE = "offset-coated"  # the profile that all other shipped ones extend


class Condition(Record):
    """The printing condition, and the output intent that names it (ISO 15930-7 6.2.2)."""

    icc: str = described(zh="ICC 文件，相对于这个文件", en="ICC file, relative to this file")
    identifier: str = described(zh="登记的印刷条件标识", en="registered OutputConditionIdentifier")
    registry: str = described(zh="登记处", en="RegistryName")
    description: str = described(zh="印刷条件的说明", en="OutputCondition and Info")


class Ink(Record):
    limit: float = described(zh="总墨量上限（%）", en="most ink of all plates, %", minimum=100, maximum=400)
    square: Length = described(zh="总墨量在多大的方块里平均", en="side of the square it is averaged over")
    rich_black: float = described(zh="四色黑文字的墨量上限（%）", en="most ink of black text in several inks, %")
    least_tint: float = described(zh="平网最浅（%）", en="palest flat tint, %")
    spot_colours: int = described(zh="收几个专色", en="spot colours it takes", minimum=0)


class Pictures(Record):
    """Resolutions in pixels an inch at printed size. A picture at or under `refused` is an error."""

    refused: float = described(zh="图片分辨率，到这个数就不收", en="pictures: refused at or under")
    warned: float = described(zh="图片分辨率，到这个数要提醒", en="pictures: warned at or under")
    wanted: float = described(zh="图片分辨率，希望不低于", en="pictures: wanted")
    most: float = described(zh="图片分辨率，超过就缩小", en="pictures: resampled above")
    line_art_refused: float = described(zh="线条稿（1 位）不收", en="1-bit line art: refused at or under")
    line_art_warned: float = described(zh="线条稿（1 位）提醒", en="1-bit line art: warned at or under")
    page_refused: float = described(zh="整版图片不收", en="a page that is one picture: refused at or under")
    page_warned: float = described(zh="整版图片提醒", en="a page that is one picture: warned at or under")


class Type(Record):
    least: Length = described(zh="最小字号", en="least type")
    least_reversed: Length = described(zh="反白字最小字号", en="least reversed type")
    least_multi_ink: Length = described(zh="多色套印字最小字号", en="least type in several inks")
    one_ink_below: Length = described(zh="小于此的黑字必须单黑", en="black type smaller than this is K alone")
    overprint_below: Length = described(zh="小于此的单黑字要叠印", en="K type smaller than this overprints")


class Lines(Record):
    least: Length = described(zh="最细的线", en="thinnest line")
    overprint_below: Length = described(zh="细于此的单黑线要叠印", en="K lines thinner than this overprint")


class Sheet(Record):
    bleed: Length = described(zh="出血", en="bleed")
    safety: Length = described(zh="文字离成品边的安全距离", en="distance of type from the trim")
    page_multiple: int = described(zh="页数是几的倍数", en="the page count is a multiple of", minimum=1)
    pages: int | None = described(zh="必须正好几页", en="exactly so many pages", default=None)


class Marks(Record):
    """Printers' marks, outside the bleed and on all plates."""

    crop: bool = described(zh="裁切线", en="crop marks")
    registration: bool = described(zh="套准线", en="registration marks")
    colour_bar: bool = described(zh="色标", en="colour bar")
    slug_line: bool = described(zh="信息行：刊名、日期、版次、色版", en="slug line: title, date, page, plates")
    length: Length = described(zh="标记长", en="length of a mark")
    offset: Length = described(zh="标记离出血的距离", en="distance of a mark from the bleed")
    weight: Length = described(zh="标记线粗", en="line weight of a mark")
    slug: Length = described(zh="出血外留多宽", en="room outside the bleed")


class Delivery(Record):
    file_name: str = described(
        zh="文件名，可用 {publication} {number} {trim} {pages} {colours} {date} {version}",
        en="file name, of {publication} {number} {trim} {pages} {colours} {date} {version}",
    )
    paper: str = described(zh="纸", en="paper")
    press_sheet: str = described(zh="上机纸", en="press sheet")
    binding: str = described(zh="装订", en="binding")


class Printer(Record):
    """A printer's profile; lengths in pt, ink in per cent."""

    name: str = described(zh="名字", en="name")
    title: str = described(zh="说明", en="what it is")
    condition: Condition = described(zh="印刷条件", en="printing condition")
    ink: Ink = described(zh="油墨", en="ink")
    pictures: Pictures = described(zh="图片", en="pictures")
    type: Type = described(zh="文字", en="type")
    lines: Lines = described(zh="线", en="lines")
    sheet: Sheet = described(zh="版面", en="sheet")
    marks_drawn: Marks = described(zh="印版标记", en="printer's marks")
    delivery: Delivery = described(zh="交付", en="delivery")
    rules: dict[str, Weight] = described(zh="每条规则的轻重", en="how much each rule weighs")
    extends: str = described(zh="在哪家的基础上改", en="printer that this one changes", default="")

    def severity(self, rule: str) -> Severity | None:
        """The severity of a rule for this printer; None for a rule that it ignores."""
        weight = self.rules.get(rule, "off")
        return None if weight == "off" else Severity(weight)

    @property
    def profile(self) -> Path:
        """The ICC file of the printing condition."""
        return Path(self.condition.icc)


def load_printer(name: str | Path) -> Printer:
    """The printer of a shipped name, of a YAML file, or of a name from another package (entry points
    `layout.printers`).

    Raises:
        StyleError: There is no such printer, a value is wrong or missing, or the ICC file is missing or not one.
    """
    path = _printer_file(str(name), Path())
    if path is None:
        raise StyleError([_no_printer(str(name))])
    return _load(path, ())


def _printer_file(name: str, near: Path) -> Path | None:
    """The file of a printer: shipped, a path relative to the folder `near`, or another package's."""
    if name in shipped_printers():
        return shipped_folder() / f"{name}.yaml"
    if (near / name).is_file():
        return near / name
    folder = folder_of("layout.printers", name)
    return folder / FILES["layout.printers"] if folder else None


def shipped_folder() -> Path:
    """The folder of the shipped profiles and their ICC files."""
    return data_folder("styles") / "printers"


def shipped_printers() -> list[str]:
    """The names of the shipped profiles, as they lie in their folder; the one that all others extend comes first."""
    names = sorted(file.stem for file in shipped_folder().glob("*.yaml"))
    return sorted(names, key=lambda name: name != BASE)


def _load(path: Path, above: tuple[Path, ...]) -> Printer:
    if path in above:
        what = Message("印厂档案互相引用，绕成了圈", "printers extend each other in a circle")
        raise StyleError([Problem("extends", what, Message("改正 extends", "mend extends"), SourceLocation(str(path)))])
    text, problems = read_utf8(path, str(path))
    if problems:
        raise StyleError(problems)
    printer, problems = read_record(Printer, text, str(path))
    if printer is not None and printer.extends:
        parent = _printer_file(printer.extends, path.parent)
        if parent is None:
            raise StyleError([_no_printer(printer.extends, printer.place("extends"))])
        printer, problems = read_record(Printer, text, str(path), _load(parent, (*above, path)))
    if problems or printer is None:
        raise StyleError(problems)
    # An ICC file inherited from the extended printer is already an absolute path.
    condition = replace(printer.condition, icc=str(path.parent / printer.condition.icc))
    printer = replace(printer, condition=condition)
    problems = _check(printer)
    if problems:
        raise StyleError(problems)
    return printer


def _check(printer: Printer) -> list[Problem]:
    """Checks beyond types: the ICC profile must be one for CMYK presses, the rules' numbers must exist."""
    from ..rules.press import RULES

    found = []
    place = printer.condition.place("icc")
    try:
        head = read_bytes(printer.profile, ICC_BYTES)[:40]
    except LimitError as error:
        return [replace(problem, mark=place) for problem in error.problems]
    except OSError:
        head = b""
        what = Message(f"找不到 ICC 文件 {printer.profile.name}", f"there is no ICC file {printer.profile.name}")
        remedy = Message("向印厂要，放在这个文件旁边", "ask the print shop for it and put it beside this file")
        found.append(Problem("no-file", what, remedy, place))
    if head and (head[12:20] != b"prtrCMYK" or head[36:40] != b"acsp"):
        what = Message(
            f"{printer.profile.name} 不是 CMYK 印刷机的 ICC", f"{printer.profile.name} is no CMYK press profile"
        )
        remedy = Message("用输出类（prtr）CMYK 的 ICC", "use an output (prtr) profile for CMYK")
        found.append(Problem("icc", what, remedy, place))
    for rule in printer.rules:
        if rule not in RULES:
            what = Message(f"没有规则“{rule}”", f"there is no rule “{rule}”")
            remedy = Message("规则编号见 offset-coated.yaml", "the numbers are in offset-coated.yaml")
            found.append(Problem("unknown-key", what, remedy, printer.place(f"rules.{rule}")))
    return found


def _no_printer(name: str, mark: SourceLocation | None = None) -> Problem:
    what = Message(f"没有印厂档案“{name}”", f"there is no printer “{name}”")
    names = [*shipped_printers(), *plugin_names("layout.printers")]
    zh, en = "、".join(names), ", ".join(names)
    remedy = Message(f"用 {zh}，或自己的 .yaml 的路径", f"use {en}, or the path of a .yaml of yours")
    return Problem("unknown-printer", what, remedy, mark)
