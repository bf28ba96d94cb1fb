"""The preflight report: text for a terminal, JSON for programs, or one page of HTML."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...errors import Message, PageRectangle, Problem, Severity
from ...rules.press import RULES
from ...units import MM
from ..printer import Printer
from ..slug_text import subset_font
from .findings import Finding
from .page_pictures import PagePicture, draw_pages

_LEAST_FRAME = 4.0  # mm: least size of a frame, for thin lines
_COLOURS = {Severity.ERROR: "#c8102e", Severity.WARNING: "#b26a00", Severity.NOTE: "#35618e"}
_KINDS = {
    Severity.ERROR: Message("错误", "error"),
    Severity.WARNING: Message("提醒", "warning"),
    Severity.NOTE: Message("说明", "note"),
}


def text_report(path: str | Path, findings: Sequence[Problem], printer: Printer, language: str = "en") -> str:
    """The findings with their remedies, one a line, and the verdict last."""
    lines = [finding.in_language(language) for finding in findings]
    return "\n".join([*lines, f"{Path(path).name} · {printer.name}: {_verdict(findings).in_language(language)}"]) + "\n"


def json_report(path: str | Path, findings: Sequence[Problem], printer: Printer) -> str:
    """JSON: file, printer, ok and the findings, with places in mm from the trim's top left."""
    text = (
        json.dumps(
            {
                "file": Path(path).name,
                "printer": printer.name,
                "ok": not any(finding.severity is Severity.ERROR for finding in findings),
                "findings": [_entry(finding) for finding in findings],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )
    return text.encode("utf-8", "backslashreplace").decode()  # for file names that are not UTF-8


def html_report(
    path: str | Path, findings: Sequence[Problem], printer: Printer, language: str = "zh", *, name: str = ""
) -> str:
    """One HTML page without external files or fonts: the verdict, all findings, and the pages with frames round them.

    A page that cannot be rendered is left out; a file that cannot be rendered, or is over a limit, has no pictures.
    """
    path = Path(path)
    name = name or path.name
    zh = language == "zh"
    # Rendering a page that is over a limit could take unlimited time.
    is_bounded = not any(finding.rule == "limit" for finding in findings)
    rows = "".join(_row(number, finding, language) for number, finding in enumerate(findings, 1))
    heads = ("", "规则", "页", "问题与办法", "毫米") if zh else ("", "Rule", "Page", "What and how to mend it", "mm")
    table = f"<table><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>{rows}</table>" if findings else ""
    is_bad = any(finding.severity is Severity.ERROR for finding in findings)
    title = "印前检查" if zh else "Preflight"
    pictures = draw_pages(path, [finding.page for finding in findings if finding.page]) if is_bounded else []
    figures = "".join(_figure(picture, findings, language) for picture in pictures)
    body = f"""<header class="{"bad" if is_bad else "good"}"><h1>{title}</h1>
<p><b>{html.escape(name)}</b> · {html.escape(printer.title)} · {html.escape(printer.condition.identifier)}</p>
<p class="verdict">{html.escape(_verdict(findings).in_language(language))}</p></header>
{table}
<main>{figures}</main>"""
    font = base64.b64encode(subset_font(re.sub(r'src="data:[^"]*"', "", body))).decode("ascii")
    return f"""<!doctype html>
<html lang="{"zh-CN" if zh else "en"}"><meta charset="utf-8"><title>{title}: {html.escape(name)}</title>
<style>@font-face {{ font-family: report; src: url(data:font/ttf;base64,{font}) }}{_STYLE}</style>
{body}
</html>
"""


def _verdict(findings: Sequence[Problem]) -> Message:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    if errors:
        zh = f"不能交印：{errors} 个错误，{warnings} 个提醒"
        return Message(zh, f"not ready for print: {errors} errors, {warnings} warnings")
    if warnings:
        return Message(f"可以交印，有 {warnings} 个提醒", f"ready for print, with {warnings} warnings")
    return Message("可以交印", "ready for print")


def _entry(finding: Problem) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "page": finding.page,
        "count": finding.count if isinstance(finding, Finding) else 1,
        "places": [place._asdict() for place in _places(finding)],
        "what": finding.what._asdict(),
        "remedy": finding.remedy._asdict(),
    }


def _places(finding: Problem) -> tuple[PageRectangle, ...]:
    if isinstance(finding, Finding):
        return finding.places
    return (finding.place,) if finding.place else ()


def _row(number: int, finding: Problem, language: str) -> str:
    kind = _KINDS[finding.severity].in_language(language)
    rule = RULES.get(finding.rule)
    title = f"<br><small>{html.escape(rule.title.in_language(language))}</small>" if rule else ""
    where = f"{finding.place.x:.0f}, {finding.place.y:.0f}" if finding.place else ""
    return (
        f'<tr class="{finding.severity.value}"><td><b>{number}</b> {kind}</td>'
        f"<td>{html.escape(finding.rule)}{title}</td><td>{finding.page or ''}</td>"
        f"<td>{html.escape(finding.what.in_language(language))}<br><small>{html.escape(finding.remedy.in_language(language))}</small></td>"
        f"<td>{where}</td></tr>"
    )


def _figure(picture: PagePicture, findings: Sequence[Problem], language: str) -> str:
    """A page as a picture with a frame round each place."""
    crop, trim = picture.crop, picture.trim
    width, height = (crop[2] - crop[0]) / MM, (crop[3] - crop[1]) / MM
    jpeg = base64.b64encode(picture.jpeg).decode("ascii")
    x, y = (trim[0] - crop[0]) / MM, (crop[3] - trim[3]) / MM
    frames = [
        f'<rect class="trim" x="{x:.2f}" y="{y:.2f}" width="{(trim[2] - trim[0]) / MM:.2f}"'
        f' height="{(trim[3] - trim[1]) / MM:.2f}"/>'
    ]
    labels: set[tuple[int, int]] = set()
    for index, finding in enumerate(findings, 1):
        if finding.page == picture.number:
            frames += _frames(index, finding, x, y, labels)
    name = f"第 {picture.number} 页" if language == "zh" else f"Page {picture.number}"
    return (
        f'<figure><div><img src="data:image/jpeg;base64,{jpeg}" alt="{name}">'
        f'<svg viewBox="0 0 {width:.2f} {height:.2f}">{"".join(frames)}</svg></div>'
        f"<figcaption>{name}</figcaption></figure>"
    )


def _frames(index: int, finding: Problem, x: float, y: float, labels: set[tuple[int, int]]) -> list[str]:
    """A frame round each place of a finding, with its number at the first, beside other numbers there."""
    colour = _COLOURS[finding.severity]
    frames = []
    for count, place in enumerate(_places(finding)):
        wide, high = max(place.width, _LEAST_FRAME), max(place.height, _LEAST_FRAME)
        left, top = x + place.x + (place.width - wide) / 2 - 1, y + place.y + (place.height - high) / 2 - 1
        frames.append(
            f'<rect x="{left:.2f}" y="{top:.2f}" width="{wide + 2:.2f}" height="{high + 2:.2f}" stroke="{colour}"/>'
        )
        if count:
            continue
        while (round(left / 8), round(top / 8)) in labels:
            left += 8
        labels.add((round(left / 8), round(top / 8)))
        frames.append(f'<circle cx="{left:.2f}" cy="{top:.2f}" r="4" fill="{colour}"/>')
        frames.append(f'<text x="{left:.2f}" y="{top + 1.6:.2f}">{index}</text>')
    return frames


_STYLE = """
@page { size: A4; margin: 10mm }
body { font: 13px/1.5 report, sans-serif; margin: 1.5em auto;
  max-width: 1100px; padding: 0 1em; color: #1a1a1a }
header { border-left: 6px solid; padding: .2em 1em; margin-bottom: 1em }
header.bad { border-color: #c8102e } header.good { border-color: #2e7d32 }
h1 { font-size: 1.5em; margin: 0 } header p { margin: .2em 0 }
.bad .verdict { color: #c8102e; font-weight: bold } .good .verdict { color: #2e7d32; font-weight: bold }
table { border-collapse: collapse; width: 100%; margin-bottom: 1em }
th { text-align: left; border-bottom: 2px solid #1a1a1a } td { border-bottom: 1px solid #ccc; vertical-align: top }
th, td { padding: .25em .6em } small { color: #666 } td:first-child { white-space: nowrap }
tr.error td:first-child { color: #c8102e } tr.warning td:first-child { color: #b26a00 }
tr.note td:first-child { color: #35618e }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 1em }
figure { margin: 0; break-inside: avoid } figure div { position: relative; box-shadow: 0 0 3px #888 }
figure img { width: 100%; display: block } figure svg { position: absolute; inset: 0; width: 100%; height: 100% }
figcaption { text-align: center; color: #666 }
svg rect { fill: none; stroke-width: 1 } svg .trim { stroke: #00a0c0; stroke-width: .4; stroke-dasharray: 2 1.5 }
svg text { font: bold 4.5px report, sans-serif; fill: #fff; text-anchor: middle }
"""
