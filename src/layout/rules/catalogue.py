"""The catalogue: every rule by which a problem is reported, from the tables of this package.

python -m layout.rules.catalogue        prints the page of the manual
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..errors import Message
from . import hygiene, importing, makeup, pages, press, proofreading, reading
from .program import PROGRAM
from .rule import NOTE, WARNING, Rule, RuleTable


def _hygiene_rules() -> dict[str, Rule]:
    fixed = Message("无须处理；layout fix 改到文件里", "nothing to do; layout fix changes the file")
    asked = Message("按意思改", "change it to what is meant")
    return {
        rule.name: Rule(rule.what, fixed if rule.sure else asked, NOTE if rule.sure else WARNING, "manuscripts.md")
        for rule in hygiene.HYGIENE_RULES
    }


_HYGIENE = _hygiene_rules()
_ASKED = {rule.name: _HYGIENE[rule.name] for rule in hygiene.HYGIENE_RULES if not rule.sure}
_DONE = {rule.name: _HYGIENE[rule.name] for rule in hygiene.HYGIENE_RULES if rule.sure}

TABLES = (
    RuleTable(Message("版面检查", "Makeup"), makeup.MAKEUP, True),
    RuleTable(Message("版面图", "Area maps"), pages.MAPS, True),
    RuleTable(Message("文字与标题", "Text and headlines"), pages.TEXT_RULES, True),
    RuleTable(Message("图、表、名单", "Pictures, tables, charts, lists"), pages.ELEMENT_RULES, True),
    RuleTable(Message("版面构件", "Furniture"), pages.FURNITURE_RULES, True),
    RuleTable(Message("微调与安排版面", "Fitting and planning"), pages.FITTING, True),
    RuleTable(Message("校对", "Proofreading"), proofreading.PROOFREADING | _ASKED, True),
    RuleTable(Message("规定", "Regulations"), proofreading.REGULATION, True),
    RuleTable(Message("印前检查", "Preflight"), press.RULES, True),
    RuleTable(Message("一期的内容", "The issue"), reading.ISSUE_RULES, True),
    RuleTable(Message("样式与印厂档案", "Styles and printers"), reading.STYLE_RULES, False),
    RuleTable(Message("文件与 YAML", "Files and YAML"), reading.FILE_RULES, True),
    RuleTable(Message("文字清理", "Hygiene"), _DONE, False),
    RuleTable(Message("导入：不收的", "Importing: rejected"), importing.REJECTED, False),
    RuleTable(Message("导入：没有把握的", "Importing: unsure"), importing.UNSURE, False),
    RuleTable(Message("导入：改了、略去的", "Importing: changed or left out"), importing.CHANGED, False),
    RuleTable(Message("导入：图片和对象", "Importing: pictures and objects"), importing.OBJECTS, False),
    RuleTable(Message("命令", "Commands"), PROGRAM, False),
)
CATALOGUE: Mapping[str, Rule] = {id: rule for table in TABLES for id, rule in table.rules.items()}
ADJUSTABLE_RULES = frozenset(id for table in TABLES if table.adjustable for id in table.rules)

_SEVERITIES = {"error": "错误 error", "warning": "提醒 warning", "note": "说明 note"}
_BY_PRINTER = "印厂档案定 printer's profile"


def problems_tables() -> str:
    """Every rule of the catalogue in tables of Markdown, in both languages, one for each stage."""
    return "\n".join(_table(table) for table in TABLES)


def _table(table: RuleTable) -> str:
    rows = [
        f"### {table.title.zh} · {table.title.en}\n",
        "| 规则 · rule | 什么 · what | 轻重 · severity | 出处 · source | 怎么改 · remedy |",
        "|--|--|--|--|--|",
    ]
    for id, rule in table.rules.items():
        severity = _SEVERITIES[rule.severity.value] if rule.severity else _BY_PRINTER
        what, remedy = (f"{words.zh}<br>{words.en}" if words.zh else "" for words in (rule.title, rule.remedy))
        cells = (f"`{id}`", what, severity, _linked(rule.source), remedy)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


def _linked(source: str) -> str:
    """A source, with its page of the manual as a link: `typography.md H12` → `[H12](typography.md)`."""
    found = re.fullmatch(r"(([a-z-]+)\.md)(?: (.+))?", source)
    return f"[{found[3] or found[2]}]({found[1]})" if found else source


if __name__ == "__main__":
    print(problems_tables(), end="")
