"""From a save to the new picture of one page in the browser: python tests/editor/latency.py [ISSUE] [SAVES]

Saves an article of a copy of the eight-page sample over and over, as an editor does, and times until the browser has
painted its page anew. It prints wall-clock time: let the machine do nothing else meanwhile.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from desk_browser import ROOT, chromium, preview

SAMPLE = ROOT / "issues" / "campus-autumn"
PAUSE = 1500  # ms between saves: the whole file has been held to the printer's rules meanwhile
# The moment, in ms since the epoch, at which another picture has been painted.
PAINTED = """picture => new Promise(done => new MutationObserver((_, watching) => {
  watching.disconnect();
  requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now())));
}).observe(picture, { attributeFilter: ["data-build"] }))"""


def measure(sample: Path, saves: int) -> list[float]:
    """Seconds from each save until the page that the longest article stands on is painted."""
    with tempfile.TemporaryDirectory() as folder:
        issue = Path(folder) / sample.name
        shutil.copytree(sample, issue)
        file = max(issue.rglob("*.md"), key=lambda path: path.stat().st_size)
        text = file.read_text(encoding="utf-8")
        with preview(issue) as address, chromium(viewport={"width": 1440, "height": 900}, locale="zh-CN") as context:
            page = context.new_page()
            page.goto(address)
            page.wait_for_selector("#stage img[data-build]", timeout=60_000)
            page.keyboard.press("s")
            turn_to(page, file.stem)
            page.wait_for_timeout(2 * PAUSE)
            return [save(page, file, text, odd=number % 2 == 0) for number in range(saves)]


def turn_to(page: Any, article: str) -> None:
    page.click("#tab-slots")
    page.click(f".slot[data-article='{article}']")
    page.wait_for_timeout(PAUSE)


def save(page: Any, file: Path, text: str, *, odd: bool) -> float:
    """Writes the article with one character changed, or as it was."""
    page.evaluate(f"() => {{ window.painted = ({PAINTED})(document.querySelector('#stage figure img')) }}")
    start = time.time()
    file.write_text(text.replace("的", "地", 1) if odd else text, encoding="utf-8")
    seconds = float(page.evaluate("window.painted")) / 1000 - start
    page.wait_for_timeout(PAUSE)
    return seconds


def main() -> None:
    sample = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    seconds = measure(sample, int(sys.argv[2]) if len(sys.argv) > 2 else 12)
    print(
        f"{sample.name}: best {min(seconds):.3f} s, median {statistics.median(seconds):.3f} s, "
        f"worst {max(seconds):.3f} s of {len(seconds)} saves"
    )


if __name__ == "__main__":
    main()
