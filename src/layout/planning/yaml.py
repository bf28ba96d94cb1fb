"""A plan as YAML, for the editor to paste into `issue.yaml` or to save beside it."""

from __future__ import annotations

from pathlib import Path

from ..errors import LayoutError
from ..issue.pages import PageSpec
from ..records import Record, described, read_record, read_utf8
from .planner import Plan

SIGNS = ":#{}[],&*?|<>=!%@`\"'\\\n"
WORDS = {"true", "false", "yes", "no", "on", "off", "null", "~"}


def plan_yaml(plan: Plan) -> str:
    """The `pages` of an issue as YAML, with heights and names aligned."""
    return "pages:\n" + "\n".join(_page(spec) for spec in plan.pages)


class Maps(Record):
    """The document that `plan_yaml` writes."""

    pages: tuple[PageSpec, ...] = described(zh="各版", en="pages")


def read_plan(file: Path) -> tuple[PageSpec, ...]:
    """Reads the pages of a plan from a file.

    Raises:
        LayoutError: with every problem of the file.
    """
    text, problems = read_utf8(file, file.as_posix())
    maps = None
    if not problems:
        maps, problems = read_record(Maps, text, file.as_posix())
    if maps is None or problems:
        raise LayoutError(problems)
    return maps.pages


def _page(spec: PageSpec) -> str:
    lines = [f"  - name: {_word(spec.name)}"]
    if spec.editor:
        lines.append(f"    editor: {_word(spec.editor)}")
    if spec.sections:
        lines.append(f"    sections: {_list(spec.sections)}")
    for name in ("spread", "pinned"):
        if getattr(spec, name):
            lines.append(f"    {name}: true")
    fit = [(name, getattr(spec.fit, name)) for name in spec.fit.__struct_fields__ if not name.startswith("mark")]
    if values_set := [f"{name}: {value}" for name, value in fit if value]:
        lines.append(f"    fit: {{{', '.join(values_set)}}}")
    if spec.areas:
        lines.append("    areas:")
    heights = [_height(row.height.lines, row.height.share) for row in spec.areas]
    wide = max(map(len, heights), default=0)
    for row, height in zip(spec.areas, heights, strict=True):
        lines.append(f"      - {height}:{' ' * (wide - len(height))} {' '.join(row.cells)}")
    for key, values in (("columns", spec.columns), ("head_spans", spec.head_spans)):
        if values:
            lines.append(
                f"    {key}: {{{', '.join(f'{_word(name)}: {_count(value)}' for name, value in values.items())}}}"
            )
    return "\n".join(lines) + "\n"


def _height(lines: int | None, share: object) -> str:
    return str(lines) if lines else str(share) if share else "auto"


def _count(value: int | tuple[int, ...]) -> str:
    return str(value) if isinstance(value, int) else _list(tuple(map(str, value)))


def _list(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_word, values))}]"


def _word(text: str) -> str:
    """A scalar, in quotes where YAML would read it otherwise."""
    plain = text == text.strip() and text[:1] not in ("", "-", ".") and not any(sign in SIGNS for sign in text)
    if plain and not text.replace(".", "").isdigit() and text.lower() not in WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
