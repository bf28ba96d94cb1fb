"""Requirements on internal material (内部资料性出版物管理办法 articles 14 and 15; rules L1 to L3) and on official
bulletins (rule L4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import Message, Problem, Severity, SourceLocation
from ..issue.model import Issue
from .copy import ProofText, proof_texts

_TO_FILL_IN = re.compile("待填|号?第?0{3,}号|×{2,}")
_TITLE = re.compile("(?:报|刊|杂志)$")
# 本报 and 本刊, but not 本报告, 日本报, 样本刊; 记者 as a profession, not 记者节.
_OURSELVES = re.compile(
    r"(?<![日原副版样成书剧文课脚读标资基根])(?:本报(?![告名到送表价销废])|本刊(?![登载出]))|本杂志"
)
_REPORTER = re.compile("(?:特约|见习|实习|首席)?记者(?![节会招站])")
_PERIODICAL = re.compile(r"期刊社|杂志社|(?:国内统一)?刊号|\bISSN\b|\bCN\s?\d\d-\d{4}")
_PRICE = re.compile(
    r"(?:定价|零售价?|售价|订价|工本费|每[份期册])\s*[:：为]?\s*(?:人民币|￥|¥)?\s*\d+(?:\.\d+)?\s*元|[￥¥]\s*\d"
)
_PRICED = re.compile(r"定价\s*[:：]\s*[￥¥]?\s*\d")
_ADVERTISING = re.compile("广告(?:热线|电话|部|许可|经营|代理|刊登|价目|招商|咨询|位)|刊登广告|承接广告|招商热线")
_SECTION = re.compile("^(?:广告|广告专栏|商业信息|商讯)$")


def check_regulation(issue: Issue) -> list[Problem]:
    """Missing statements and forbidden wording by the issue's `profile`; none without one."""
    if issue.profile == "internal":
        return [*_imprint(issue), *_to_fill_in(issue, "L1"), *_wording(issue), *_trade(issue)]
    if issue.profile == "official":
        return [*_bulletin(issue), *_to_fill_in(issue, "L4")]
    return []


def _error(rule: str, mark: SourceLocation, what: Message, remedy: Message) -> Problem:
    return Problem(rule, what, remedy, mark)


def _warning(rule: str, mark: SourceLocation, what: Message, remedy: Message) -> Problem:
    return Problem(rule, what, remedy, mark, Severity.WARNING)


def _imprint(issue: Issue) -> Iterator[Problem]:
    """L1: the permit and its notice on the cover; publisher, recipients, printer, date and number of copies inside."""
    publication, colophon = issue.publication, issue.colophon
    required = (
        ("permit_no", publication, "准印证号", "printing permit number", "publication"),
        ("permit_notice", publication, "“内部资料，免费交流”", "notice of internal material", "publication"),
        ("publisher", publication, "编印单位", "publisher", "publication"),
        ("distribution", colophon, "发送对象", "recipients", "colophon"),
        ("printer", colophon, "印刷单位", "printer", "colophon"),
        ("print_date", colophon, "印刷日期", "print date", "colophon"),
        ("print_run", colophon, "印数", "print run", "colophon"),
    )
    for field, record, zh, en, key in required:
        value = getattr(record, field)
        mark = record.place(field) if record.mark.file else issue.place(key)
        if not value:
            what = Message(f"内部资料要印{zh}", f"internal material has to print its {en}")
            yield _error("L1", mark, what, Message(f"在 {key} 里写上 {field}", f"add {field} to {key}"))
    notice = publication.permit_notice
    if notice and not ("内部资料" in notice and "免费交流" in notice):
        what = Message(
            f"封面要印“内部资料，免费交流”，这里是“{notice}”",
            f"the cover must print “内部资料，免费交流”; here it is “{notice}”",
        )
        yield _error("L1", publication.place("permit_notice"), what, Message("照原文写", "write 内部资料，免费交流"))
    yield from _places(issue)


def _to_fill_in(issue: Issue, rule: str) -> Iterator[Problem]:
    """Reports placeholders of `layout new` in the furniture."""
    for copy in proof_texts(issue):
        if not copy.article and (found := _TO_FILL_IN.search(copy.text)):
            what = Message(f"还没有填：{copy.text}", f"still to be filled in: {copy.text}")
            yield copy.question(rule, found.start(), what, Message("送印以前填好", "fill it in before printing"))


def _places(issue: Issue) -> Iterator[Problem]:
    """Checks that mapped pages have the nameplate on the first and the imprint on one of them."""
    maps = [{name for row in page.areas for name in row.cells} for page in issue.pages]
    if not maps or not all(maps):
        return  # planned pages have both
    if "nameplate" not in maps[0]:
        what = Message("第 1 版没有刊头，准印证号印不出来", "page 1 has no nameplate, which prints the permit number")
        yield _error("L1", issue.pages[0].mark, what, Message("在版面图里加 nameplate", "add nameplate to its map"))
    if not any({"staff_box", "colophon"} & names for names in maps):
        what = Message(
            "各版都没有编辑栏和版权页，印刷单位、印数印不出来",
            "no page has a staff box or a colophon, which print the printer and the print run",
        )
        yield _error(
            "L1", issue.place("pages"), what, Message("在一版加 staff_box 或 colophon", "add staff_box or colophon")
        )


def _wording(issue: Issue) -> Iterator[Problem]:
    """L2: no 报, 刊, 杂志 in the title; no 本报, 本刊, 记者 in the text; no serial code."""
    publication = issue.publication
    if _TITLE.search(publication.title):
        what = Message(
            f"内部资料的名称不用“{publication.title[-1:]}”：{publication.title}",
            f"internal material is not called “{publication.title[-1:]}”: {publication.title}",
        )
        yield _error(
            "L2",
            publication.place("title"),
            what,
            Message("换一个名称，如“××通讯”“××之声”", "take another title, such as ××通讯"),
        )
    if publication.serial_code:
        what = Message("内部资料没有刊号", "internal material has no serial code")
        yield _error("L2", publication.place("serial_code"), what, Message("删去 serial_code", "delete serial_code"))
    for copy in proof_texts(issue):
        for found in _OURSELVES.finditer(copy.text):
            yield _word(copy, found, "本镇、本校、编者", "本镇, 本校, 编者")
        for found in _REPORTER.finditer(copy.text):
            yield _word(copy, found, "通讯员", "通讯员")
        for found in _PERIODICAL.finditer(copy.text):
            yield _word(copy, found, "删去，或换个说法", "delete it, or say it otherwise")


def _word(copy: ProofText, found: re.Match[str], zh: str, en: str) -> Problem:
    what = Message(f"内部资料不用“{found.group()}”", f"internal material does not say “{found.group()}”")
    remedy = Message(f"改用：{zh}；转述别家的话可以不改", f"say: {en}; leave it where others are quoted")
    return copy.question("L2", found.start(), what, remedy)


def _trade(issue: Issue) -> Iterator[Problem]:
    """L3: not sold, no advertising."""
    for copy in proof_texts(issue):
        pattern = _PRICED if copy.article else _PRICE
        for found in pattern.finditer(copy.text):
            what = Message(f"内部资料不标价：{found.group()}", f"internal material has no price: {found.group()}")
            yield copy.question("L3", found.start(), what, Message("删去价格", "delete the price"))
        for found in (_SECTION if copy.role == "headline" else _ADVERTISING).finditer(copy.text):
            what = Message(
                f"内部资料不登广告：{found.group()}", f"internal material carries no advertising: {found.group()}"
            )
            yield copy.question("L3", found.start(), what, Message("撤下", "take it out"))


def _bulletin(issue: Issue) -> Iterator[Problem]:
    """L4: a bulletin has its head on the first page and, on the last, its foot with recipients and print run."""
    maps = [{name for row in page.areas for name in row.cells} for page in issue.pages]
    if maps and all(maps):
        for index, name, zh in ((0, "bulletin_head", "报头"), (-1, "bulletin_foot", "报尾")):
            if name not in maps[index]:
                what = Message(f"简报{('第 1 版', '末版')[index]}没有{zh}", f"the bulletin has no {name}")
                yield _warning(
                    "L4", issue.pages[index].mark, what, Message(f"在版面图里加 {name}", f"add {name} to its map")
                )
    foot = issue.bulletin_foot
    mark = issue.place("bulletin_foot")
    if not (foot.submitted_to or foot.copied_to or foot.issued_to):
        what = Message("报尾没有写报、送、发", "the foot does not say to whom the bulletin goes")
        remedy = Message("写 submitted_to、copied_to 或 issued_to", "add submitted_to, copied_to or issued_to")
        yield _warning("L4", mark, what, remedy)
    if not foot.print_run:
        what = Message("报尾没有写共印多少份", "the foot does not say how many copies are printed")
        yield _warning("L4", mark, what, Message("写 print_run", "add print_run"))
