"""WeasyPrint imported without parts that the library does not use, with the library's fonts alone, its warnings captured."""

from __future__ import annotations

import io
import logging
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stdout
from html import escape
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from ...runtime.resources import data_folder
from ..fonts import FaceFile
from .drawing import Drawing
from .private_api import is_held_version, quick_drawing, replaced_function

# Imported with WeasyPrint, which takes longer than all the rest of it.
_LAZY_MODULES = ("fontTools.subset", "fontTools.varLib.instancer")


class _LazyModule(ModuleType):
    """A module that is imported when something of it is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **options: getattr(import_module(self.__name__), name)(*args, **options)


def open_weasyprint() -> Any:
    """WeasyPrint; the first call imports it in two fifths of the processor time of a plain import.

    Two things do not run while it is imported. `ctypes.util.find_library` starts compilers and linkers to look
    for four libraries by names that no Linux has; the full names follow, and are found. `fontTools.subset` and
    `fontTools.varLib.instancer` cut subsets of fonts, which `quick_drawing` does not use; they are imported when
    something of them is called. Measured with Python 3.11, medians of eight pairs: 0.30 s, none of it in children,
    against 0.51 s and 0.18 s in children. `tests/pdf/test_weasyprint_engine.py` holds that everything works after it.
    """
    if "weasyprint" not in sys.modules:
        _import_quickly()
    return import_module("weasyprint")


def _import_quickly() -> None:
    """Where the quick import fails nothing has been imported after it, and a plain one follows."""
    import ctypes.util

    lazy = {name: _LazyModule(name) for name in _LAZY_MODULES if name not in sys.modules}
    sys.modules.update(lazy)
    linux = sys.platform.startswith("linux")
    try:
        with (
            replaced_function(ctypes.util, "find_library", lambda name: None) if linux else nullcontext(),
            redirect_stdout(io.StringIO()),  # to which WeasyPrint prints how to install a library that is missing
        ):
            import_module("weasyprint")
    except Exception:  # whatever it is, the plain import raises it again or succeeds
        for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
            del sys.modules[name]
    finally:
        for name in lazy:
            if sys.modules.get(name) is lazy[name]:
                del sys.modules[name]


def warm_up(faces: Mapping[str, FaceFile]) -> None:
    """Opens WeasyPrint for these faces and draws a character: the first drawing takes longer than the rest."""
    fonts = font_configuration(faces)
    draw(open_weasyprint().HTML(string="<p>字").render(font_config=fonts))


def draw(document: Any) -> Drawing:
    """A rendered document as a drawing: by the private API for the versions in `HELD_TO`, else by the public one."""
    if is_held_version():
        return quick_drawing(document)
    from .public_api import plain_drawing

    return plain_drawing(document)


@contextmanager
def _fontconfig_for(folders: Iterable[Path]) -> Iterator[None]:
    """fontconfig sees these folders alone; its own file must have an absolute address."""
    with tempfile.TemporaryDirectory() as folder:
        file, ours = Path(folder, "fonts.conf"), data_folder("fonts")  # a style's own configuration is not read
        parts = [
            f"<include>{escape(str(path / file.name))}</include>" if path == ours else f"<dir>{escape(str(path))}</dir>"
            for path in folders
        ]
        file.write_text(f"<fontconfig>{''.join(parts)}</fontconfig>", encoding="utf-8")
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(file)
        try:
            yield
        finally:
            if before is None:
                os.environ.pop("FONTCONFIG_FILE", None)
            else:
                os.environ["FONTCONFIG_FILE"] = before


_configurations: dict[tuple[str, ...], Any] = {}


def font_configuration(faces: Mapping[str, FaceFile]) -> Any:
    """WeasyPrint's configuration of the fonts, made once: to read them takes longer than to draw a fragment."""
    key = tuple(sorted(str(face.path) for face in faces.values()))
    if key not in _configurations:
        folders = list(dict.fromkeys(Path(face.path).absolute().parent for face in faces.values()))
        with _fontconfig_for(folders):
            open_weasyprint()
            _configurations[key] = import_module("weasyprint.text.fonts").FontConfiguration()
    return _configurations[key]


@contextmanager
def captured_warnings() -> Iterator[list[logging.LogRecord]]:
    """Collects everything that WeasyPrint logs as a warning or an error."""
    records: list[logging.LogRecord] = []

    class Recorder(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger, recorder = logging.getLogger("weasyprint"), Recorder(logging.WARNING)
    propagate = logger.propagate
    logger.addHandler(recorder)
    logger.propagate = False
    try:
        yield records
    finally:
        logger.removeHandler(recorder)
        logger.propagate = propagate
