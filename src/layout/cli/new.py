"""`layout new`: begins an issue from the last one, a publication where there is none, or a style from another."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import LayoutError, Message
from ..runtime.messages import show_problems

if TYPE_CHECKING:
    from ..editor.new_issue.last_issue import LastIssue
    from ..editor.new_issue.starter import NewIssue


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", metavar="ISSUE", help="folder to begin the issue in")
    parser.add_argument("--from", dest="source", metavar="LAST", help="last issue; else the latest beside the folder")
    parser.add_argument("--publication", action="store_true", help="begin a publication: take over no last issue")
    parser.add_argument("--title", help="title of the publication")
    parser.add_argument("--sponsor", help="sponsor")
    parser.add_argument("--publisher", help="who compiles it")
    parser.add_argument("--permit-no", metavar="TEXT", help="printing permit number")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="date of issue; else one period after the last")
    parser.add_argument("--number", type=int, metavar="N", help="issue number in its year")
    parser.add_argument("--total-number", type=int, metavar="N", help="whole number")
    parser.add_argument(
        "--style", metavar="NAME", help="its style; without ISSUE: copy the style --from to this folder"
    )
    parser.add_argument("--profile", choices=("internal", "official"), help="rules to check by")
    parser.add_argument("-y", "--yes", action="store_true", help="ask nothing")


def run(options: argparse.Namespace) -> int:
    """Exit status 0 written, 1 not written with the reason, 2 wrong usage."""
    try:
        if options.folder:
            return _begin_issue(options)
        if options.style:
            return _begin_style(options)
    except LayoutError as error:
        show_problems(error.problems, options.language)
        return 1
    except EOFError:
        return _usage(Message("没有答完，什么也没写。", "Not all was answered; nothing was written."), options)
    return _usage(Message("写上新一期的文件夹名，如 layout new 2026-12", "name a folder: layout new 2026-12"), options)


def _usage(words: Message, options: argparse.Namespace) -> int:
    print(words.in_language(options.language), file=sys.stderr)
    return 2


def _begin_style(options: argparse.Namespace) -> int:
    from ..style.new import copy_style

    source = options.source or "town"
    folder = copy_style(source, Path(options.style))
    print(folder / "style.yaml")
    message = Message(
        f"样式抄自 {source}。把这个文件夹放在期号文件夹里，issue.yaml 写 style: {folder.name}",
        f"copied from {source}. Put the folder into an issue's folder and write style: {folder.name} in issue.yaml",
    )
    print(message.in_language(options.language), file=sys.stderr)
    return 0


def _begin_issue(options: argparse.Namespace) -> int:
    from ..editor.new_issue.last_issue import issues_to_follow
    from ..editor.new_issue.starter import check_style, write_issue

    folder = Path(options.folder)
    if options.date and not _date(options.date):
        message = Message(f"日期 {options.date} 不对，写成 2026-12-20", f"{options.date} is no date; write 2026-12-20")
        return _usage(message, options)
    if any(number is not None and number < 1 for number in (options.number, options.total_number)):
        return _usage(Message("期号从 1 起", "numbers begin with 1"), options)
    last = [] if options.publication else issues_to_follow(folder, options.source)
    if last and any((options.title, options.sponsor, options.publisher, options.permit_no)):
        message = Message(
            "刊名、单位和准印证号照上一期；另办刊物加 --publication",
            "title, sponsor, publisher and permit are the last issue's; add --publication to begin another",
        )
        return _usage(message, options)
    if options.style:
        check_style(options.style, last[0].folder if last else folder)
    interactive = sys.stdin.isatty() and not options.yes
    new = _next(options, last, interactive) if last else _first(options, interactive)
    write_issue(new, folder)
    print(folder / "issue.yaml")
    _report_new_issue(new, folder, options.language)
    return 0


def _next(options: argparse.Namespace, issues: list[LastIssue], interactive: bool) -> NewIssue:
    """The issue after the last one; options and answers replace what is computed."""
    from ..editor.new_issue.last_issue import next_date, next_number
    from ..editor.new_issue.starter import following_issue

    last, language = issues[0], options.language
    if {one.title for one in issues} - {last.title} and not options.source:
        message = Message(
            f"接《{last.title}》第{last.issue.number}期（{last.folder.name}）；别的刊物用 --from 指明",
            f"follows {last.title} no. {last.issue.number} ({last.folder.name}); --from chooses another",
        )
        print(message.in_language(language), file=sys.stderr)
    date = _date(options.date) or next_date(issues)
    if interactive and not options.date:
        date = _prompt_date(date, language)
    number = options.number or next_number(last.issue, date)
    if interactive and not options.number:
        number = _prompt_number(number, language)
    return following_issue(last, number, date, options.total_number, options.style, options.profile)


def _first(options: argparse.Namespace, interactive: bool) -> NewIssue:
    """The first issue of a publication; what is not answered is left to fill in."""
    from ..editor.new_issue.starter import first_issue, publication_fields

    publication = {}
    for name, (words, usual) in publication_fields(options.style, options.profile).items():
        given = getattr(options, name)
        publication[name] = given or (_prompt(words, usual, options.language) if interactive else usual)
    date = _date(options.date) or datetime.date.today()
    if interactive and not options.date:
        date = _prompt_date(date, options.language)
    return first_issue(publication, options.number, date, options.total_number, options.style, options.profile)


def _report_new_issue(new: NewIssue, folder: Path, language: str) -> None:
    """Prints what was written, what is to be checked, and the next step."""
    from ..editor.new_issue.starter import problems_of_new

    print(
        Message(
            f"《{new.title}》第{new.number}期，{new.date.isoformat()}。稿件是样稿，换成自己的。",
            f"{new.title} no. {new.number}, {new.date.isoformat()}. The articles are examples; put in your own.",
        ).in_language(language),
        file=sys.stderr,
    )
    show_problems(problems_of_new(new, folder), language)


def _date(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _prompt(words: Message, usual: str, language: str) -> str:
    """An answer, or by Enter what is usual."""
    print(f"{words.in_language(language)} [{usual}]: ", end="", file=sys.stderr, flush=True)
    return input().strip() or usual


def _prompt_date(usual: datetime.date, language: str) -> datetime.date:
    while True:
        if date := _date(_prompt(Message("出版日期", "date of issue"), usual.isoformat(), language)):
            return date


def _prompt_number(usual: int, language: str) -> int:
    while True:
        answer = _prompt(Message("期号", "issue number"), str(usual), language)
        if answer.isdecimal() and int(answer) > 0:
            return int(answer)
