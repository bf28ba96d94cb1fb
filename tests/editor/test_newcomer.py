"""The way of somebody who has never done it: new, import three Word files, check, fit, build, preflight.

One file was saved by LibreOffice, two are made here by pandoc, which has nothing in common with the importer's library.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypandoc
import pytest
from PIL import Image

from layout.issue import load

pytestmark = pytest.mark.slow  # every command in a process of its own
SAVED_BY_LIBREOFFICE = Path(__file__).parents[1] / "importing" / "saved_by_libreoffice.docx"
FERRY = """\
---
title: 柳渡口换了新船
subtitle: 过河只要四分钟
---

7月1日清晨，柳渡口的新船离开北岸，船上坐着38个赶早市的人。四分钟以后，跳板搭上了南岸的石阶。**老船**靠在一边，缆绳还没有解。

新船长16米，能载40人，装了两台电机，开起来听得见水声。老船工沈阿根在岸上看了三趟，说：“船快了，人不急。”

![新船第一天开航，船工在清点人数。沈一舟摄](boat.jpg)

## 票价不变

渡口管理站算过一笔账：换电以后，一趟的电费不到油钱的三成，省下的钱用来添救生衣，票价还是每人一元，老人和学生免费。

| 班次 | 北岸开 | 南岸开 |
|------|-------:|-------:|
| 头班 |   5:30 |   5:45 |
| 末班 |  19:00 |  19:15 |

雾天照旧停航。渡口装了能见度仪，不足200米自动亮红灯，站里在岸边竖了牌子，写着停航时绕行的路。

（镇村建办）
"""
FAIR = """\
<h1>庙会迁到新街</h1>
<p>今年的庙会从老街迁到新街，9月12日开市，一共三天，摊位120个，比去年多出三成。</p>
<h2>摊位怎样定</h2>
<ol><li>本镇手艺人优先；</li><li>卖吃食的先验证照；</li><li>位置抽签，不收费用。</li></ol>
<p>镇文化站站长许青禾说，迁到新街，是因为老街的石板正在重铺。“石板回了家，庙会再回来。”</p>
<p>新街两头各设一处停车场，从渡口到新街有接驳车，每十分钟一班，不收费。</p>
<p>（镇文化站）</p>
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with what three authors sent."""
    pattern = Image.effect_noise((1800, 1200), 60).convert("RGB")
    pattern.save(tmp_path / "boat.jpg", quality=80)
    for name, text, kind in (("新船.docx", FERRY, "markdown"), ("庙会（终稿）.docx", FAIR, "html")):
        pypandoc.convert_text(
            text, "docx", format=kind, outputfile=str(tmp_path / name), extra_args=[f"--resource-path={tmp_path}"]
        )
    (tmp_path / "石板.docx").write_bytes(SAVED_BY_LIBREOFFICE.read_bytes())
    (tmp_path / "boat.jpg").unlink()
    return tmp_path


def layout(desk: Path, *arguments: str) -> tuple[int, str]:
    """Runs the command as a newcomer does, from the folder of issues; status and everything said."""
    done = subprocess.run(
        [sys.executable, "-m", "layout", *arguments, "--lang", "zh"],
        cwd=desk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_from_three_word_files_to_a_file_for_the_press(desk: Path) -> None:
    # A publication and its first issue, which is ready to print as it stands.
    status, said = layout(desk, "new", "2026-09", "--title", "柳渡通讯", "--publisher", "柳渡镇党群工作办公室",
                          "--sponsor", "柳渡镇人民政府", "--permit-no", "准印证号：柳内资准字第2026021号",
                          "--date", "2026-09-05")  # fmt: skip
    assert status == 0, said
    status, said = layout(desk, "check", "2026-09")
    assert status == 0, said
    assert said.count("还没有填：待填") == 5  # whom it is sent to, the printer, three posts

    # What the authors sent.
    status, said = layout(desk, "import", "新船.docx", "庙会（终稿）.docx", "石板.docx", "--into", "2026-09")
    assert status == 0, said
    assert "还没有版位" not in said  # pages without a map find room by themselves
    assert "修订" in said  # the file from LibreOffice holds tracked changes, which are reported
    issue = load(desk / "2026-09")
    assert list(issue.articles)[-3:] == ["新船", "庙会", "石板"]
    assert issue.articles["新船"].headline == "柳渡口换了新船"
    assert issue.articles["新船"].deck == "过河只要四分钟"
    assert issue.articles["新船"].byline == "镇村建办"
    assert issue.articles["新船"].pictures[0].credit == "沈一舟 摄"
    assert (issue.articles["新船"].pictures[0].width, issue.articles["新船"].pictures[0].height) == (1800, 1200)
    assert issue.articles["庙会"].byline == "镇文化站"

    # The examples go, the rest is filled in.
    file = desk / "2026-09" / "issue.yaml"
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"(?s)  # 样稿.*?  # 样稿到此为止。\n+", "", text)
    text = text.replace("distribution: 待填", "distribution: 本镇居民").replace(
        "printer: 待填", "printer: 柳渡印务有限公司"
    )
    file.write_text(text.replace("待填", "许青禾"), encoding="utf-8")
    assert len(load(desk / "2026-09").articles) == 3

    # Fit: the table of lengths says what has room and what has not; a slip is put right by itself.
    body = desk / "2026-09" / "庙会.md"
    body.write_text(body.read_text(encoding="utf-8").replace("，是因为", ",是因为"), encoding="utf-8")
    status, said = layout(desk, "fix", "2026-09")
    assert status == 0, said
    assert ", → ， [J12 full-width]" in said
    status, said = layout(desk, "check", "2026-09")
    assert status == 0, said
    assert "还没有填" not in said
    status, said = layout(desk, "capacity", "2026-09", "--json")
    assert status == 0, said
    slots = json.loads(said[said.index("[\n") : said.rindex("]") + 1])
    assert {slot["article"] for slot in slots} == {"新船", "庙会", "石板"}
    assert all(slot["room"] >= 0 for slot in slots)

    # For the press: the picture inside the file from LibreOffice is too small, so its author sends the original.
    status, said = layout(desk, "build", "2026-09")
    assert status == 1
    assert "石板-1.png" in said
    assert "换大图" in said
    assert not (desk / "out" / "2026-09.pdf").exists()
    Image.effect_noise((2400, 1800), 40).convert("RGB").save(desk / "2026-09" / "pictures" / "石板-1.png")
    status, said = layout(desk, "build", "2026-09")
    assert status == 0, said
    status, said = layout(desk, "preflight", "out/2026-09.pdf")
    assert status == 0, said
    with pikepdf.open(desk / "out" / "2026-09.pdf") as pdf:
        assert len(pdf.pages) == 2
    printed = subprocess.run(
        ["pdftotext", desk / "out" / "2026-09.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    printed = re.sub(r"\s", "", printed)
    for words in ("柳渡通讯", "柳渡口换了新船", "船快了，人不急。", "庙会迁到新街", "位置抽签，不收费用", "19:15"):
        assert words in printed


def test_the_next_issue_is_begun_with_one_word(desk: Path) -> None:
    assert layout(desk, "new", "2026-09", "--publication", "--date", "2026-09-05")[0] == 0
    status, said = layout(desk, "new", "2026-10")
    assert status == 0, said
    new = load(desk / "2026-10")
    assert (new.number, new.total_number, new.date.isoformat()) == (2, 2, "2026-10-05")
