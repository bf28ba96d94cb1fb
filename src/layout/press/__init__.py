"""Prepress of a finished PDF: printers' profiles, preflight, report, imposition, outlining and delivery.

from layout.press.printer import load_printer
from layout.press.preflight.preflight import preflight
from layout.press.preflight.report import html_report
from layout.press.imposition import impose
from layout.press.delivery import deliver
from layout.press.ticket import Job

printer = load_printer("offset-coated")
findings = preflight("november.pdf", printer)        # each a Problem with rule, page and every place
html_report("november.pdf", findings, printer)       # one page with pictures
impose("november.pdf", "november-a3.pdf")            # saddle stitched, two pages side by side
deliver("november.pdf", "to-print", printer, Job("柳溪镇报", "第11期", "2026-11-20", run=3000))
"""
