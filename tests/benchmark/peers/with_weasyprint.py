"""WeasyPrint sets texts one after another into one file: with_weasyprint.py FILE.pdf PAGE.html… Says seconds."""

import sys
import time

import weasyprint
from weasyprint.text.fonts import FontConfiguration

pdf, *texts = sys.argv[1:]
fonts = FontConfiguration()
for text in texts:
    start = time.perf_counter()
    weasyprint.HTML(filename=text).write_pdf(pdf, font_config=fonts)
    print(time.perf_counter() - start)
