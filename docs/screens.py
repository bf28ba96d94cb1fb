"""The pictures of preview, proof and terminal in README and tutorial: python docs/screens.py

Needs Chromium, as the tests of the preview do.
"""

from __future__ import annotations

import html
import io
import subprocess
import sys
import tempfile
import unicodedata
from base64 import b64encode
from pathlib import Path
from shutil import copytree
from typing import Any

import matplotlib
from PIL import Image

TOP = Path(__file__).parent.parent
sys.path.insert(0, str(TOP / "tests" / "editor"))
from desk_browser import chromium, preview  # noqa: E402

NAME = "2026-11"
MORE = "镇里还打算把电线也从北漾村的巷子里请下来，勘测队上月已经进场，先量了三条巷。老人们说，等挂灯笼的日子，抬头就只看见灯笼了。"
MONO = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSansMono.ttf"
PAGE = """<!doctype html><meta charset=utf-8><style>
@font-face {{ font-family: Terminal; src: url(data:font/ttf;base64,{mono}) }}
body {{ margin: 0; padding: 14px 18px; background: #1d1f24; color: #d7dae0; width: 104ch;
  font: 15px/1.55 Terminal, "Newsletter Hei"; white-space: pre-wrap }}
i {{ display: inline-block; width: 2ch; text-align: center; font-style: normal }}
b {{ color: #8fd18f; font-weight: 400 }} .error {{ color: #ff8a80 }} .warning {{ color: #ffcc80 }} .remedy {{ color: #9fc5ff }}
</style>{said}"""


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = copytree(TOP / "issues" / NAME, Path(place) / "issues" / NAME)
        with chromium(viewport={"width": 1400, "height": 860}, locale="zh-CN", device_scale_factor=1) as context:
            with preview(folder) as address:
                save("preview", screen(context.new_page(), address, folder / "street.md"), quality=70)
            message = terminal(Path(place), f"layout check issues/{NAME}")
            page = context.new_page()
            page.set_content(PAGE.format(said=message, mono=b64encode(MONO.read_bytes()).decode()))
            save("terminal", page.locator("body").screenshot(), quality=80)
        subprocess.run([sys.executable, "-m", "layout", "proof", str(folder), "-o", place, "--ppi", "110"], check=False)
        save("proof", (Path(place) / "page-2.png").read_bytes(), quality=55)


def screen(page: Any, address: str, article: Path) -> bytes:
    """The second spread with an article that is too long since the last save, marked and chosen."""
    page.goto(address)
    page.wait_for_selector("#status.good, #status.warning")
    page.wait_for_timeout(3000)
    text = article.read_text(encoding="utf-8").rstrip()
    article.write_text(f"{text}{MORE}\n", encoding="utf-8")
    page.wait_for_selector("#problem-list .error")
    page.wait_for_function("document.querySelector('#status').textContent.includes('错误')")
    page.keyboard.press("n")
    page.wait_for_timeout(3000)
    page.locator(":focus").evaluate_all("all => all.forEach(one => one.blur())")
    return bytes(page.screenshot())


def terminal(folder: Path, command: str) -> str:
    """A command and what it says, as HTML: Han twice as wide as Latin, as terminals have it."""
    words = [sys.executable, "-m", *command.split(), "--lang", "zh"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    lines = [f"<b>$</b> {command}", *map(coloured, (done.stderr + done.stdout).splitlines())]
    return "\n".join(lines) + "\n"


def coloured(line: str) -> str:
    kind = next(
        (kind for word, kind in (("错误:", "error"), ("提醒:", "warning"), ("→", "remedy")) if word in line), ""
    )
    cells = "".join(f"<i>{c}</i>" if unicodedata.east_asian_width(c) in "WF" else html.escape(c) for c in line)
    return f"<span class='{kind}'>{cells}</span>"


def save(name: str, picture: bytes, quality: int) -> None:
    target = TOP / "docs" / "pictures" / f"{name}.webp"
    Image.open(io.BytesIO(picture)).convert("RGB").save(target, quality=quality, method=6)
    print(target, target.stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
