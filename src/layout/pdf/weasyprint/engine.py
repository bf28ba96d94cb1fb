"""The WeasyPrint backend's workbench: WeasyPrint, opened without what we have no use for, with our fonts alone, and overheard."""

from __future__ import annotations

import io
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stdout, suppress
from html import escape
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from ...runtime.resources import data_folder
from ..fonts import FaceFile

# Imported with WeasyPrint, which takes longer than all the rest of it: tools that cut subsets of fonts.
_LAZY_MODULES = ("fontTools.subset", "fontTools.varLib.instancer")


class _LazyModule(ModuleType):
    """A module that is imported when something of it is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **options: getattr(import_module(self.__name__), name)(*args, **options)


@contextmanager
def replaced_function(module: ModuleType, name: str, ours: Callable[..., Any]) -> Iterator[None]:
    """Meanwhile a function of a module is `ours`, to this thread alone."""
    theirs, us = getattr(module, name), threading.get_ident()

    def either(*args: Any, **options: Any) -> Any:
        return (ours if threading.get_ident() == us else theirs)(*args, **options)

    setattr(module, name, either)
    try:
        yield
    finally:
        setattr(module, name, theirs)


def open_weasyprint() -> Any:
    """WeasyPrint. The first time it is imported, which takes a third of the time that it takes by itself."""
    if "weasyprint" not in sys.modules:
        _import_quickly()
    return import_module("weasyprint")


def _import_quickly() -> None:
    """Imports WeasyPrint with the full names of its libraries alone, which every Linux has.

    To look for them by other names compilers are started. Where that is needed nothing has been imported after this.
    """
    import ctypes.util

    lazy = {name: _LazyModule(name) for name in _LAZY_MODULES if name not in sys.modules}
    sys.modules.update(lazy)
    linux = sys.platform.startswith("linux")
    try:
        with (
            replaced_function(ctypes.util, "find_library", lambda name: None) if linux else nullcontext(),
            redirect_stdout(io.StringIO()),  # where it tells how to install what it does not find
        ):
            import_module("weasyprint")
    except Exception:  # whatever it is, it comes again without our haste, or is mended by that
        for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
            del sys.modules[name]
    finally:
        for name in lazy:
            if sys.modules.get(name) is lazy[name]:
                del sys.modules[name]


def warm_up(faces: Mapping[str, FaceFile]) -> None:
    """Opens WeasyPrint for these faces and has it draw a character: its first drawing takes longer than the rest."""
    fonts = font_configuration(faces)
    to_pydyf(open_weasyprint().HTML(string="<p>字").render(font_config=fonts))


class _Finished(Exception):
    """Ends WeasyPrint's work: there is all we want."""


def to_pydyf(document: Any) -> tuple[Any, dict[Any, Any]]:
    """A rendered document as a pydyf.PDF, and the fonts it shows, of which that PDF has nothing.

    Each of our files has its own subsets. To read the fonts' files and cut subsets takes WeasyPrint longer than to draw.
    """
    fonts: dict[Any, Any] = {}
    taken: list[Any] = []

    def set_fonts_aside(*_: Any, **__: Any) -> list[Any]:  # called for bookmarks, after painting and before subsetting
        fonts.update(document.fonts)
        document.fonts.clear()
        return []

    def take(_: Any, pdf: Any) -> None:
        taken.append(pdf)
        raise _Finished

    document.make_bookmark_tree = set_fonts_aside
    with (
        suppress(_Finished),
        replaced_function(import_module("weasyprint.pdf.fonts"), "get_hb_object_data", lambda *_: b""),
    ):
        document.write_pdf(finisher=take)
    return taken[0], fonts


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
    """WeasyPrint's view of the fonts, made once: reading them takes longer than drawing a piece."""
    key = tuple(sorted(str(face.path) for face in faces.values()))
    if key not in _configurations:
        folders = list(dict.fromkeys(Path(face.path).absolute().parent for face in faces.values()))
        with _fontconfig_for(folders):
            open_weasyprint()
            _configurations[key] = import_module("weasyprint.text.fonts").FontConfiguration()
    return _configurations[key]


@contextmanager
def captured_warnings() -> Iterator[list[logging.LogRecord]]:
    """Everything WeasyPrint complains of meanwhile."""
    records: list[logging.LogRecord] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger, keeper = logging.getLogger("weasyprint"), Keeper(logging.WARNING)
    propagate = logger.propagate
    logger.addHandler(keeper)
    logger.propagate = False
    try:
        yield records
    finally:
        logger.removeHandler(keeper)
        logger.propagate = propagate
