"""The manual's tables of printers' profiles and preflight rules, in both languages.

python -m layout.press.manual        prints them
"""

from __future__ import annotations

from typing import Any

import yaml

from ..records import RecordField, fields_of, json_schema
from ..rules.press import RULES
from .printer import BASE, Printer, load_printer, shipped_folder, shipped_printers

_WEIGHTS = {"error": "错误 error", "warning": "提醒 warning", "note": "说明 note", "off": "不查 off"}


def printer_schema() -> dict[str, Any]:
    """JSON Schema of a printer's profile; as a profile may extend another, no key is required."""
    return json_schema(Printer, title="printer.yaml", whole=False)


def printer_reference() -> str:
    """All keys of a profile, with their values in the base profile."""
    first = yaml.safe_load((shipped_folder() / f"{BASE}.yaml").read_text(encoding="utf-8"))
    rows = [f"| 键 · key | 值 | `{BASE}` | 意思 |", "|--|--|--|--|"]
    for name, field in fields_of(Printer).items():
        inner = next(iter(field.shape.records()), None)
        if inner is None:
            rows.append(_row(name, field, "" if name == "rules" else first.get(name, "")))
        else:
            rows += [_row(f"{name}.{key}", item, first[name].get(key, "")) for key, item in fields_of(inner).items()]
    return "\n".join(rows) + "\n"


def _row(key: str, field: RecordField, value: object) -> str:
    message = "" if value == "" else f"`{str(value).lower() if isinstance(value, bool) else value}`"
    cells = (f"`{key}`", field.shape.expects.zh, message, f"{field.words.zh}<br>{field.words.en}")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def rule_table() -> str:
    """All rules: name, remedy and severity in the shipped profiles."""
    printers = [load_printer(name) for name in shipped_printers()]
    rows = ["| 规则 | 查什么 · what | 怎么改 · remedy | 轻重 · weight |", "|--|--|--|--|"]
    for number, rule in RULES.items():
        if rule.severity:  # no printer decides
            continue
        first, *others = (printer.rules[number] for printer in printers)
        weight = _WEIGHTS[first]
        weight += "".join(
            f"<br>{printer.name}: {_WEIGHTS[other]}"
            for printer, other in zip(printers[1:], others, strict=True)
            if other != first
        )
        what, remedy = (f"{words.zh}<br>{words.en}" for words in (rule.title, rule.remedy))
        rows.append(f"| `{number}` | {what} | {remedy} | {weight} |")
    return "\n".join(rows) + "\n"


def manual() -> str:
    """Both tables with headings, as they are printed at the end of the manual."""
    return f"## 档案各项 · Every key of a profile\n\n{printer_reference()}\n## 规则 · The rules\n\n{rule_table()}"


if __name__ == "__main__":
    print(manual(), end="")
