"""Reports what hygiene will change in an imported text, rule by rule, with both forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..issue import hygiene
from ..issue.markdown import parse
from ..records import Prose
from ..rules.hygiene import BY_NAME
from .manuscript import ImportLog

AROUND = 3  # characters shown at each side
_HEADLINES = frozenset({"kicker", "headline", "deck", "department", "byline", "dateline"})


def report_print_changes(fields: Mapping[str, str], body: str, notes: ImportLog, *, verse: bool) -> None:
    """One note a rule of hygiene, with every place: `正文第 3 行“会议,20”→“会议，20”`."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for zh, en, typed, headline, indented in _texts(fields, body, verse):
        for edit, rules in hygiene.named_edits(typed, headline=headline, verse=indented):
            before, after = typed[max(0, edit.start - AROUND) : edit.start], typed[edit.end : edit.end + AROUND]
            old = f"{before}{typed[edit.start : edit.end]}{after}".replace("\n", "⏎")
            new = f"{before}{edit.new}{after}".replace("\n", "⏎")
            found.setdefault(rules[0], []).append((zh, en, old, new))
    for rule, changes in found.items():
        what = BY_NAME[rule].what
        zh = "；".join(f"{place}“{old}”→“{new}”" for place, _, old, new in changes)
        en = "; ".join(f"{place} “{old}” → “{new}”" for _, place, old, new in changes)
        notes.report(
            "hygiene",
            f"印出来要改 {len(changes)} 处（{what.zh}）：{zh}",
            f"changed in print, {len(changes)} ({what.en}): {en}",
        )


def _texts(fields: Mapping[str, str], body: str, verse: bool) -> Iterator[tuple[str, str, str, bool, bool]]:
    """Each text with its place in Chinese and English, and whether it is of the headline block, or verse."""
    for name, text in fields.items():
        if name not in ("kind", "editors_note"):
            for line in text.split("|"):
                yield name, name, line, name in _HEADLINES, False
    for block in parse(Prose.of_file(body, ""), verse=verse)[0].blocks:
        if block.edits:
            at = block.mark.line
            yield f"正文第 {at} 行", f"line {at} of the text", block.source, False, block.kind == "verse"
