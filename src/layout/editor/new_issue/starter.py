"""The issue that `layout new` writes: a working example with the publication's own head."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
from pathlib import Path

from msgspec import Struct

from ...errors import IssueError, Message, Problem, Severity, SourceLocation, StyleError, has_errors
from ...importing.issue_file import yaml_of
from ...issue import schema
from ...issue.reader import ISSUE_FILE, examine
from ...proofreading.regulation import check_regulation
from ...runtime.files import unwritable, whole_folder
from ...runtime.gate import leads_out
from ...style.reader import find_style, style_outside, unknown_style
from .last_issue import LastIssue

SAMPLES = Path(__file__).parent / "example"
TITLE = "新苗通讯"
SCHEMA = "issue.schema.json"
TO_FILL_IN = "待填"  # a placeholder for the editor; proofreading reports it
_MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


class NewIssue(Struct, frozen=True):
    """The parameters of a new issue: the publication of `last`, or else `publication`."""

    number: int
    date: datetime.date
    total_number: int | None
    style: str
    profile: str
    publication: dict[str, str]
    last: LastIssue | None = None

    @property
    def official(self) -> bool:
        """Whether it is an official bulletin, with its own head and foot (rule L4)."""
        return self.profile == "official"

    @property
    def title(self) -> str:
        return self.last.title if self.last else self.publication["title"]


def following_issue(
    last: LastIssue, number: int, date: datetime.date, total: int | None, style: str | None, profile: str | None
) -> NewIssue:
    """The issue after the last one, with the next whole number, the style and the profile of that one where None."""
    total = total or (last.total + 1 if last.total else None)
    return NewIssue(number, date, total, style or last.issue.style, profile or last.issue.profile, {}, last)


def publication_fields(style: str | None, profile: str | None) -> dict[str, tuple[Message, str]]:
    """The fields of a new publication: what each is called, and its usual value."""
    official = _is_official(style, profile)
    fields = {
        "title": (Message("刊名", "title"), "工作简报" if official else TITLE),
        "sponsor": (Message("主办单位", "sponsor"), f"主办单位{TO_FILL_IN}"),
        "publisher": (Message("编印单位", "publisher"), f"编印单位{TO_FILL_IN}"),
        "permit_no": (Message("准印证号", "permit number"), f"准印证号{TO_FILL_IN}"),
    }
    if official:  # outside the regulation of internal material (rule L4)
        del fields["permit_no"]
    return fields


def first_issue(
    publication: dict[str, str],
    number: int | None,
    date: datetime.date,
    total: int | None,
    style: str | None,
    profile: str | None,
) -> NewIssue:
    """The first issue of a publication with these fields; numbers begin with 1."""
    official = _is_official(style, profile)
    if not official:
        publication = {**publication, "permit_notice": "内部资料，免费交流"}
    number, profile = number or 1, "official" if official else "internal"
    return NewIssue(number, date, total or number, style or "town", profile, publication)


def _is_official(style: str | None, profile: str | None) -> bool:
    return (profile or ("official" if style == "bulletin" else "internal")) == "official"


def check_style(name: str, folder: Path) -> None:
    """Checks that an issue may have this style, one of the library's or in the folder.

    Raises:
        StyleError: the name leads out of the folder, or there is no such style.
    """
    if leads_out(name):
        raise StyleError([style_outside(name, None)])
    if not find_style(name, folder):
        raise StyleError([unknown_style(name)])


def problems_of_new(new: NewIssue, folder: Path) -> list[Problem]:
    """What is to be corrected in a written issue by the regulation, and the note of what is to be checked."""
    if new.last:
        places = [Message("期号、总期号和日期", "numbers and date")]
        if new.last.issue.publication.ear or new.last.issue.publication.ear_left:
            places.append(Message("报眼（照抄上一期）", "the ear (as in the last issue)"))
    else:
        places = [Message("写着“待填”的各处", "whatever says 待填")]
    issue, _ = examine(folder)
    errors = [problem for problem in check_regulation(issue) if has_errors([problem])] if issue else []
    named = Message("、".join(one.zh for one in places), ", ".join(one.en for one in places))
    what = Message(f"请核对：{named.zh}", f"to look at: {named.en}")
    remedy = Message(f"接着：layout import 稿件.docx --into {folder}", f"next: layout import FILE.docx --into {folder}")
    return [*errors, Problem("new-issue", what, remedy, severity=Severity.NOTE)]


def write_issue(new: NewIssue, folder: Path) -> None:
    """Writes the folder completely or not at all; an empty folder may exist.

    Raises:
        IssueError: The folder is not empty, or cannot be written.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise IssueError([_folder_exists(folder)])
    try:
        with whole_folder(folder) as draft:
            _fill(draft, new, folder)
    except OSError as error:
        raise IssueError([unwritable(folder, error)]) from None


def _fill(draft: Path, new: NewIssue, folder: Path) -> None:
    samples = (SAMPLES / ("official.yaml" if new.official else "issue.yaml")).read_text(encoding="utf-8")
    for name in re.findall(r"(?m)^ *(?:- )?(?:body_)?file: (\S+)$", samples):
        (draft / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(SAMPLES / name, draft / name)
    for path in new.last.files() if new.last else ():
        target = draft / path.relative_to(new.last.folder) if new.last else draft
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    address = _schema_of(new.last, folder)
    if not address:
        address = SCHEMA
        (draft / SCHEMA).write_text(json.dumps(schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = f"# yaml-language-server: $schema={address}\n{issue_text(new, samples)}"
    (draft / ISSUE_FILE).write_text(text, encoding="utf-8")


def issue_text(new: NewIssue, samples: str) -> str:
    """The text of `issue.yaml`: carried over keys, new number and date, example articles, pages."""
    days = new.last.print_date(new.date) if new.last else None
    carried = new.last.carried_over(days) if new.last else _first(new)
    counted: dict[str, object] = {"number": new.number}
    if new.total_number:
        counted["total_number"] = new.total_number
    dated = f"{yaml_of(counted)}date: {new.date.isoformat()}\n"
    settings = {"style": new.style, **({"profile": new.profile} if new.profile else {})}
    head = carried.pop("publication")
    for name in settings:
        carried.pop(name, None)
    pages = "" if new.official else _pages(new.last)
    return "\n".join([f"{head}{dated}{yaml_of(settings)}", samples, *([pages] if pages else []), *carried.values()])


def _pages(last: LastIssue | None) -> str:
    """Two pages to be planned; the names of the last issue's other pages as comments."""
    specs = last.issue.pages if last else ()
    names = [str(spec.name) for spec in specs if spec.name] or ["要闻", "综合"]
    names += ["综合"] * (2 - len(names))
    rows = ["# 不写 areas 的版由程序安排；layout plan 把版面图打印出来，可以贴在这里自己改。", "pages:"]
    rows += [f"  - {yaml_of({'name': name}).strip()}" for name in names[:2]]
    rows += [f"  # - {yaml_of({'name': name}).strip()}" for name in names[2:]]
    return "\n".join(rows) + "\n"


def _first(new: NewIssue) -> dict[str, str]:
    """The head and the imprint of a publication's first issue, with all that rule L1 requires."""
    blocks: dict[str, dict[str, object]] = {"publication": dict(new.publication)}
    if new.official:
        blocks["bulletin_foot"] = {"submitted_to": TO_FILL_IN, "issued_to": TO_FILL_IN, "approver": TO_FILL_IN}
        blocks["bulletin_foot"]["print_run"] = 50
    else:
        blocks["staff_box"] = {"主编": TO_FILL_IN, "责任编辑": TO_FILL_IN, "校对": TO_FILL_IN}
        blocks["colophon"] = {"distribution": TO_FILL_IN, "print_run": 1000, "printer": TO_FILL_IN}
    texts = {name: yaml_of({name: block}) for name, block in blocks.items()}
    if "colophon" in texts:
        texts["colophon"] += f"  print_date: {new.date.isoformat()}\n"
    return texts


def _schema_of(last: LastIssue | None, folder: Path) -> str:
    """The path from a new issue to the schema that the last one names, if that is outside the last one."""
    found = _MODELINE.search(last.text) if last else None
    if last is None or found is None or "://" in found[1]:
        return found[1] if found else ""
    file, home = (last.folder / found[1]).resolve(), last.folder.resolve()
    if not file.is_file() or file.is_relative_to(home):
        return ""
    return Path(os.path.relpath(file, folder.resolve())).as_posix()


def _folder_exists(folder: Path) -> Problem:
    return Problem(
        "folder-taken",
        Message(f"{folder} 里已经有东西了，没有动它", f"{folder} is not empty and was left alone"),
        Message("换一个文件夹名", "choose another folder"),
        SourceLocation(folder.as_posix()),
    )
