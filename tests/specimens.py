"""The specimen, with every element once, in each of the styles that come with the library."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
SPECIMEN = ROOT / "issues" / "specimen"
STYLES = ("town", "campus", "bulletin")
# A bulletin has two units, larger type, and a head and foot of its own.
BULLETIN = [
    {"name": "标题与正文", "areas": [{9: "bulletin_head"}, {27: "lead"}], "columns": {"lead": 1}},
    {"name": "竖题与色块", "areas": [{16: "side side.headline"}, {20: "reversed ornament"}]},
    {"name": "图片", "areas": [{36: "round"}], "columns": {"round": 2}},
    {"name": "题区", "areas": [{22: "round.2"}, {14: "spanned"}], "columns": {"round.2": 2, "spanned": 2}},
    {"name": "组图", "areas": [{18: "group"}, {18: "news teasers"}], "columns": {"group": 2}},
    {"name": "表格与名单", "areas": [{18: "tables"}, {18: "names"}]},
    {"name": "图表", "areas": [{9: "charts"}, {13: "bars columns"}, {14: "line pie"}]},
    {"name": "短文", "areas": [{14: "briefs notices"}, {22: "questions letter"}]},
    {"name": "框线", "areas": [{14: "verse filler"}, {12: "wavy double"}, {10: "lead.2"}]},
    {"name": "标点", "areas": [{8: "schemes kaiming"}, {8: "half lineend"}, {4: "staff_box"}, {8: "bulletin_foot"}]},
]
FOOT = {"submitted_to": "样张报送处。", "copied_to": "样张抄送处。", "issued_to": "各处。", "approver": "顾行简"}


def specimen(style: str, folder: Path) -> Path:
    """The specimen's folder, or a copy of it in another style."""
    if style == "town":
        return SPECIMEN
    shutil.copytree(SPECIMEN, folder)
    own = folder / "specimen-style" / "style.yaml"
    own.write_text(own.read_text(encoding="utf-8").replace("extends: town", f"extends: {style}"), encoding="utf-8")
    if style == "bulletin":
        file = folder / "issue.yaml"
        data: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
        data |= {
            "pages": BULLETIN,
            "bulletin_head": {"classification": "样张", "note": "每种构件各出现一次。"},
            "bulletin_foot": FOOT,
        }
        data["articles"]["round"]["short_head"] = "图文相绕"
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
    return folder
