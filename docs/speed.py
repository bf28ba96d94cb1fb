"""The picture of where the time goes: python docs/speed.py [RUNS]. Let the machine do nothing else meanwhile."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).parents[1]
sys.path.insert(0, str(TOP / "tests" / "benchmark" / "peers"))

from copy_text import copies, four_articles  # noqa: E402  (the text of the benchmark)
from sources import write_issue  # noqa: E402

SIZES = {1: "2", 8: "16", 64: "128"}
STEPS = {
    "start": ("启动 start", "#8d8d8d"),
    "reading": ("读稿 read", "#c9a227"),
    "composing": ("排版 compose", "#a3201d"),
    "writing the PDF": ("写 PDF write", "#2f6690"),
    "preflight": ("印前检查 preflight", "#4f7942"),
}
TIMED = re.compile(r"^(.+): (\d+) ms$", re.MULTILINE)
LEFT, WIDTH, ROW, BAR = 150, 560, 34, 20


def main(runs: int) -> None:
    """Times a first build and rebuilds with another text, for each size, and draws the quickest."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for size, pages in SIZES.items():
            issues = [write_issue(copies(four_articles(), size, seed), work / f"x{size}-{seed}") for seed in range(2)]
            first, again = [], []
            for run in range(runs):
                cache = work / f"cache-{size}-{run}"
                first.append(build(issues[0], cache))
                again.append(build(issues[1], cache))
            for label, found in (("首次 first", first), ("再排 rebuild", again)):
                steps = min(found, key=lambda one: sum(one.values()))
                rows.append((f"{pages} 版 {label}", steps))
                print(
                    f"{pages:>4} pages, {label:<12}", *(f"{step} {ms:.0f} ms" for step, ms in steps.items()), sep="  "
                )
    target = TOP / "docs" / "pictures" / "speed.svg"
    target.write_text(drawing(rows), encoding="utf-8")
    print(target)


def build(issue: Path, cache: Path) -> dict[str, float]:
    """Milliseconds by step; `start` is what no step has: Python, imports, the end."""
    environment = os.environ | {"LAYOUT_CACHE": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "layout", "build", str(issue), "-o", str(cache / "out.pdf")]
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "--timings", "--lang", "en"], env=environment, capture_output=True, text=True, check=True
    )
    whole = 1000 * (time.perf_counter() - start)
    steps = {step: float(ms) for step, ms in TIMED.findall(done.stderr) if step in STEPS}
    return {"start": whole - sum(steps.values()), **steps}


def drawing(rows: list[tuple[str, dict[str, float]]]) -> str:
    """A bar a build, each as long as the others: shares of its time; the seconds stand at its end."""
    height = ROW * (len(rows) + 1) + 10
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 70} {height}" '
        'font-family="sans-serif" font-size="13">'
    ]
    x = float(LEFT)
    for label, colour in STEPS.values():
        out.append(f'<rect x="{x:g}" y="9" width="12" height="12" fill="{colour}"/>')
        out.append(f'<text x="{x + 17:g}" y="20" fill="#666">{label}</text>')
        x += 30 + sum(13 if ord(letter) > 255 else 7 for letter in label)
    for number, (label, steps) in enumerate(rows, 1):
        x, y, whole = float(LEFT), number * ROW + 4, sum(steps.values())
        out.append(f'<text x="{LEFT - 10}" y="{y + 15}" text-anchor="end" fill="#666">{label}</text>')
        for step, ms in steps.items():
            width = WIDTH * ms / whole
            out.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{STEPS[step][1]}"/>')
            x += width
        out.append(f'<text x="{x + 8:.1f}" y="{y + 15}" fill="#666">{whole / 1000:.2f} s</text>')
    return "\n".join([*out, "</svg>\n"])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
