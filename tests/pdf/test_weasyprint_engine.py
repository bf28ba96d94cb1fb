"""WeasyPrint is opened in haste, and all the same it is WeasyPrint."""

from __future__ import annotations

import subprocess
import sys

OPENED = """
import ctypes.util, sys
find = ctypes.util.find_library
from layout.pdf.weasyprint.engine import open_weasyprint
{before}
pdf = open_weasyprint().HTML(string="<p style='font-family: Newsletter Song'>字").write_pdf()
assert pdf.startswith(b"%PDF"), pdf[:20]
assert ctypes.util.find_library is find
{after}
"""


def opened(before: str = "", after: str = "") -> str:
    """What a new process says that opens WeasyPrint and has it make a whole PDF of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", OPENED.format(before=before, after=after)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_cuts_subsets_is_imported_when_it_is_wanted() -> None:
    assert opened(after="print('fontTools.subset' in sys.modules)") == "False\n"
    wanted = "from weasyprint.pdf import fonts; print(type(fonts.subset.Subsetter()).__name__)"
    assert opened(after=wanted) == "Subsetter\n"


def test_a_library_of_an_unusual_name_is_found() -> None:
    """As where only find_library knows it: cffi is rejected the full names."""
    refused = """
import cffi.api
load = cffi.api._load_backend_lib
def refuse(backend, name, flags):
    if ".so." in name and not name.startswith("/"):
        raise OSError(name)
    return load(backend, name, flags)
cffi.api._load_backend_lib = refuse
"""
    assert opened(before=refused) == ""
