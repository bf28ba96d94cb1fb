"""The WeasyPrint backend: WeasyPrint draws a furniture fragment, and its warnings become problems."""

from __future__ import annotations

import re
import struct
import threading
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from hashlib import md5
from html import unescape
from logging import LogRecord
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ...errors import Message, Problem
from ...issue import svg
from ...runtime.gate import Gate, Outside
from ...runtime.resources import data_folder
from ...runtime.store import ArtifactStore
from ...style.sheets import find_in_sheet, place_in_sheet
from .. import images
from ..fonts import FaceFile
from ..form_xobject import FormXObject
from ..furniture_forms import FurnitureFragment
from ..inks import Inks, PlaceholderColours
from ..target import Target
from .content import NotPrintable
from .drawing import DrawnFont
from .engine import captured_warnings, draw, font_configuration, open_weasyprint
from .form_import import TextOverflow, import_form

# Colours that WeasyPrint makes lighter and darker itself, in RGB: the press has no such inks.
_SHADED = re.compile(r"(?<![\w-])(?:border|outline|column-rule)[\w-]*\s*:[^;}]*\b(groove|ridge|inset|outset)\b")
_FAMILIES = re.compile(r"font-family\s*:\s*([^;}]+?)\s*(?:!important\s*)?(?=[;}]|$)")
_INSIDE = re.compile(r"""<style[^>]*>(.*?)</style>|\bstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.S)
_GENERIC = {"serif", "sans-serif", "cursive", "inherit", "initial", "unset"}
# The page of a fragment is longer by this (pt): what does not fit is drawn below the box, where it is detected.
_SPARE = 3000.0
_IN_SHEET = re.compile(r" at (\d+):(\d+)")  # where in its style sheet WeasyPrint found fault
_SIDES = ("left", "top", "right", "bottom")
_busy = threading.Lock()  # WeasyPrint's log and the font environment belong to the process


class UnknownFont(ValueError):
    """WeasyPrint used a font that is none of the faces; the message names it."""


class WeasyPrintBackend:
    """Draws furniture fragments for one target."""

    def __init__(self, faces: Mapping[str, FaceFile], target: Target, inks: Inks, store: ArtifactStore) -> None:
        self._faces = faces
        self._target = target
        self._inks = inks
        self._store = store
        self._placeholders = PlaceholderColours()
        self._sheets: dict[str, tuple[Any, frozenset[str], list[LogRecord], list[str]]] = {}

    def draw(self, fragment: FurnitureFragment) -> tuple[FormXObject | None, set[str], list[Problem]]:
        """The form XObject, None where it cannot be drawn; the files it refers to; what is wrong."""
        if found := _SHADED.search(_css_of(fragment)):
            return None, set(), [_not_for_press(fragment, f"border-style: {found[1]}", found[0])]
        if unknown := _unknown_families(fragment, self._faces):
            return None, set(), [_unknown_font(fragment, family) for family in unknown]
        with _busy, captured_warnings() as records:
            font_configuration(self._faces)
            fetcher = self._fetcher
            fetcher.begin(fragment)
            form, problems = None, []
            try:
                form = self._form(fragment, fetcher, records)
            except UnknownFont as error:
                problems.append(_unknown_font(fragment, str(error)))
            except TextOverflow as error:
                problems.append(_overflow(fragment, str(error)))
            except NotPrintable as error:
                problems.append(_not_for_press(fragment, str(error)))
            except images.BadPicture as error:
                problems.append(_warning_problem(fragment, str(error)))
            except Exception as error:  # whatever a style makes WeasyPrint stumble over is the style's problem
                problems.append(_warning_problem(fragment, f"{type(error).__name__}: {error}"))
        problems.extend(_rejected_address(fragment, address) for address in fetcher.rejected)
        said = (record.getMessage() for record in records)
        problems.extend(
            _warning_problem(fragment, words) for words in said if not any(one in words for one in fetcher.rejected)
        )
        return form, fetcher.files, problems

    @cached_property
    def _fetcher(self) -> Any:
        return _fetcher(self._placeholders)

    def _form(self, fragment: FurnitureFragment, fetcher: Any, records: list[LogRecord]) -> FormXObject:
        weasyprint = open_weasyprint()

        def picture_of(name: str, width: float, height: float) -> FormXObject:
            data = fetcher.rasters[name[1:-1]]  # an i, the address's hash, a digit
            return images.convert_picture(data, width, height, images.WHOLE, self._target, self._store)

        left, top, right, bottom = fragment.edges
        facts = {"--width": fragment.width, "--height": fragment.height}
        facts |= {f"--bleed-{side}": edge for side, edge in zip(_SIDES, fragment.edges, strict=True)}
        page = (
            f"@page{{size:{fragment.width + left + right}pt {fragment.height + top + bottom + _SPARE}pt;margin:0}}"
            f":root{{position:relative;margin:{top}pt 0 0 {left}pt;width:{fragment.width}pt;height:{fragment.height}pt;"
            f"{';'.join(f'{name}:{length}pt' for name, length in facts.items())}}}body{{margin:0;height:100%}}"
        )
        base = Path(fragment.base).absolute().as_uri() + "/" if fragment.base else None
        sheets = [self._sheet(css, base, fragment.folders, fetcher, records) for css in (fragment.css, page)]
        html = weasyprint.HTML(string=self._placeholders.write(fragment.html), base_url=base, url_fetcher=fetcher)
        document = html.render(stylesheets=sheets, font_config=font_configuration(self._faces))
        return import_form(
            draw(document),
            self._inks,
            self._placeholders,
            _face_finder(self._faces),
            picture_of,
            fragment.width + left + right,
            fragment.height + top + bottom,
            cropped=fragment.cropped,
        )

    def _sheet(
        self, css: str, base: str | None, folders: tuple[str, ...], fetcher: Any, records: list[LogRecord]
    ) -> Any:
        """A style sheet, parsed once for all fragments; its imported files and its faults count for each of them."""
        key = f"{base}\n{folders}\n{css}"
        if key not in self._sheets:
            before, logged, refused = set(fetcher.files), len(records), len(fetcher.rejected)
            sheet = open_weasyprint().CSS(
                string=self._placeholders.write(css),
                base_url=base,
                url_fetcher=fetcher,
                font_config=font_configuration(self._faces),
            )
            files = frozenset(fetcher.files - before)
            self._sheets[key] = sheet, files, records[logged:], fetcher.rejected[refused:]
            return sheet
        sheet, files, faults, addresses = self._sheets[key]
        fetcher.files |= files
        fetcher.rejected += addresses
        records.extend(faults)
        return sheet


def _warning_problem(fragment: FurnitureFragment, message: str) -> Problem:
    """The problem of a WeasyPrint warning: at its place in the style sheet, or at the fragment."""
    if (at := _IN_SHEET.search(message)) and (mark := place_in_sheet(fragment.css, int(at[1]), int(at[2]))):
        said = message.replace(at[0], "")
        remedy = Message("改正样式表", "correct the style sheet")
        return Problem("style-sheet", Message(f"样式表：{said}", f"style sheet: {said}"), remedy, mark)
    place = fragment.name or "furniture"
    return Problem(
        "furniture",
        Message(f"{place}：排不出来：{message}", f"{place} cannot be drawn: {message}"),
        Message("检查样式的模板和 CSS", "look at the style's template and CSS"),
        fragment.mark,
    )


def _rejected_address(fragment: FurnitureFragment, address: str) -> Problem:
    """The problem of an address that may not be read: where the style sheet names it, or else at the fragment."""
    shown = address if len(address) < 200 else f"{address[:200]}…"
    place = fragment.name or "furniture"
    return Problem(
        "outside-folder",
        Message(f"{place}：不读 {shown}", f"{place}: {shown} is not read"),
        Message(
            "只读本期文件夹、样式文件夹里的文件，不上网；把它复制进来，写相对路径",
            "only files in the issue's and the style's folders are read, none from the network; copy it there",
        ),
        find_in_sheet(fragment.css, address) or fragment.mark,
    )


def _overflow(fragment: FurnitureFragment, text: str) -> Problem:
    place = fragment.name or "furniture"
    zh, en = (
        (f"“{text}”出了框", f"“{text}” runs out of its box") if text else ("内容多出一页", "its content does not fit")
    )
    return Problem(
        "furniture-overflow",
        Message(f"{place}：{zh}", f"{place}: {en}"),
        Message(
            "缩短文字、放大区域，或改样式的字号", "shorten the text, enlarge its area, or set it smaller in the style"
        ),
        fragment.mark,
    )


def _not_for_press(fragment: FurnitureFragment, what: str, written: str = "") -> Problem:
    """The problem at its line of the style sheet, once for all fragments that share it, or else at the fragment."""
    line = find_in_sheet(fragment.css, written)
    place = "" if line else fragment.name or "furniture"
    return Problem(
        "not-for-press",
        Message(f"{place}{place and '：'}{what} 不能印刷", f"{place}{place and ': '}{what} cannot be printed"),
        Message("换一种写法，颜色用 device-cmyk()", "write it another way, with colours as device-cmyk()"),
        line or fragment.mark,
    )


def _unknown_font(fragment: FurnitureFragment, family: str) -> Problem:
    place = fragment.name or "furniture"
    return Problem(
        "unknown-font",
        Message(f"{place}：没有字体 {family}", f"{place}: there is no font {family}"),
        Message(
            "用字库里的字体，或在样式的 fonts 里写上字体文件",
            "use a face at hand, or name its file under fonts in the style",
        ),
        fragment.mark,
    )


def _unknown_families(fragment: FurnitureFragment, faces: Mapping[str, FaceFile]) -> list[str]:
    """Lists of font families of which none is a face: WeasyPrint would substitute another without a warning."""
    cached = _GENERIC | {_identity(Path(face.path))[0].lower() for face in faces.values()}
    found: dict[str, None] = {}
    for families in _FAMILIES.findall(_css_of(fragment)):
        names = {name.strip(" \t\n'\"").lower() for name in families.split(",")}
        if not any(name in cached or "var(" in name for name in names):
            found[families] = None
    return list(found)


def _css_of(fragment: FurnitureFragment) -> str:
    """All CSS of a fragment: its style sheet, style elements and style attributes."""
    inside = ["".join(parts) for parts in _INSIDE.findall(fragment.html)]
    return ";\n".join([fragment.css, *(unescape(part) for part in inside)])


# What a fragment refers to.


def _fetcher(placeholders: PlaceholderColours) -> Any:
    """A URL fetcher for data addresses and the files that a fragment may read. SVG is passed on with its inks replaced;
    for a picture a blank one of the same size, which `form_import` replaces by the converted picture."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    shipped = Gate((data_folder("fonts"),))

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)
            self.begin(FurnitureFragment("", "", "", 0.0, 0.0))

        def begin(self, fragment: FurnitureFragment) -> None:
            self.base = fragment.base
            self.gate = fragment.gate()
            self.files: set[str] = set()
            self.rejected: list[str] = []  # addresses outside the folders that may be read
            self.rasters: dict[str, bytes] = {}

        def _read(self, url: str) -> Any:
            """A file that may be read, as an HTTP response."""
            try:
                path = path_of(url)
                if shipped.holds(path):  # a face of the library, by `local()`
                    return URLFetcherResponse(url, shipped.read(path), {"Content-Type": "font/ttf"})
                data = self.gate.read(path)
            except (Outside, ValueError):
                self.rejected.append(url)
                raise
            try:
                name = path.relative_to(Path(self.base).absolute()).as_posix() if self.base else str(path)
            except ValueError:
                name = str(path)
            self.files.add(name)
            kind = guess_type(path.name)[0] or "text/plain"
            return URLFetcherResponse(url, data, {"Content-Type": kind})

        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme = url.partition(":")[0].lower()
            if scheme == "file":
                response = self._read(url)
            elif scheme == "data":
                response = super().fetch(url, headers)
            else:
                self.rejected.append(url)
                raise Outside(f"not read: {url}")
            kind = response.content_type
            if not (kind.startswith("image/") or kind == "application/octet-stream"):
                return response
            data = response.read()
            if data.startswith(b"\x1f\x8b"):
                data = svg.unpacked(data)
            if kind == "image/svg+xml" or b"<svg" in data[:1000]:
                svg.check(data)  # raises on what exceeds a limit before anything is drawn
                text = placeholders.write(data.decode("utf-8", "replace"))
                return URLFetcherResponse(url, text.encode(), {"Content-Type": "image/svg+xml"})
            self.rasters[md5(url.encode(), usedforsecurity=False).hexdigest()] = data
            return URLFetcherResponse(url, _blank(*images.pixel_size(data)), {"Content-Type": "image/png"})

    return Fetcher()


def path_of(url: str) -> Path:
    """The file that a `file:` address means. Raises ValueError where it is on another machine, or none."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if parts.netloc not in ("", "localhost") or path.startswith(("//", "\\")) or "\0" in path:
        raise ValueError(f"not on this machine: {url}")
    return Path(path)


def _blank(width: int, height: int) -> bytes:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("L", (width, height)).save(file, "PNG", compress_level=1)
    return file.getvalue()


def _face_finder(faces: Mapping[str, FaceFile]) -> Callable[[DrawnFont], str]:
    """The face that WeasyPrint used, by family, weight and, where it is given, number of glyphs."""
    by_identity = {_identity(Path(face.path)): name for name, face in faces.items()}

    def find(font: DrawnFont) -> str:
        found = [
            name
            for (family, weight, count), name in by_identity.items()
            if (family, weight) == (font.family, font.weight) and font.glyph_count in (None, count)
        ]
        if len(found) != 1:
            raise UnknownFont(f"{font.family} {font.weight}")
        return found[0]

    return find


@lru_cache(64)
def _identity(path: Path) -> tuple[str, int, int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        names = font["name"]
        family = str(names.getDebugName(16) or names.getDebugName(1))
        return family, font["OS/2"].usWeightClass, struct.unpack_from(">H", font.reader["maxp"], 4)[0]
