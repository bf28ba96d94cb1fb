"""Typst sets texts one after another into one file: with_typst.py system|alone FILE.pdf DATA.json… Says seconds."""

import sys
import time
from pathlib import Path

import typst

fonts, pdf, *texts = sys.argv[1:]
here = Path(__file__).parent
compiler = typst.Compiler(
    str(here / "newsletter.typ"),
    root="/",
    font_paths=[str(here.parents[2] / "fonts")],
    ignore_system_fonts=fonts == "alone",
)
for text in texts:
    start = time.perf_counter()
    compiler.compile(output=pdf, sys_inputs={"data": text})
    print(time.perf_counter() - start)
