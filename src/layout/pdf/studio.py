"""The studio: WeasyPrint draws a piece of furniture, and what it complains of becomes a problem."""

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

from ..errors import Problem, Words
from ..issue import svg
from ..resources import data_folder
from ..runtime.gate import Gate, Outside
from ..style.sheets import find_in_sheet, place_in_sheet
from . import pictures
from .content import NotForPress
from .fonts import FaceFile
from .freeze import DoesNotFit, freeze
from .frozen import Frozen
from .furniture import Piece
from .inks import Inks, StandIns
from .store import Store
from .target import Target
from .workbench import fonts_of, open_weasyprint, overheard, painted

# Colours that WeasyPrint makes lighter and darker itself, in RGB: the press has no such inks.
_SHADED = re.compile(r"(?<![\w-])(?:border|outline|column-rule)[\w-]*\s*:[^;}]*\b(groove|ridge|inset|outset)\b")
_FAMILIES = re.compile(r"font-family\s*:\s*([^;}]+?)\s*(?:!important\s*)?(?=[;}]|$)")
_INSIDE = re.compile(r"""<style[^>]*>(.*?)</style>|\bstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.S)
_GENERIC = {"serif", "sans-serif", "cursive", "inherit", "initial", "unset"}
# The page a piece is drawn on is longer by this (pt): what does not fit is drawn below, and seen to be too much.
_SPARE = 3000.0
_IN_SHEET = re.compile(r" at (\d+):(\d+)")  # where in its style sheet WeasyPrint found fault
_SIDES = ("left", "top", "right", "bottom")
_busy = threading.Lock()  # WeasyPrint's log and the font environment belong to the process


class StrangeFont(ValueError):
    """A font that is none of the faces, by whatever way it came in; the message names it."""


class Studio:
    """Draws pieces for one target."""

    def __init__(self, faces: Mapping[str, FaceFile], target: Target, inks: Inks, store: Store) -> None:
        self._faces = faces
        self._target = target
        self._inks = inks
        self._store = store
        self._stand_ins = StandIns()
        self._sheets: dict[str, tuple[Any, frozenset[str], list[LogRecord], list[str]]] = {}

    def draw(self, piece: Piece) -> tuple[Frozen | None, set[str], list[Problem]]:
        """The frozen piece, None where it cannot be drawn; the files it refers to; what is wrong."""
        if found := _SHADED.search(_css_of(piece)):
            return None, set(), [_not_for_press(piece, f"border-style: {found[1]}", found[0])]
        if strangers := _strangers(piece, self._faces):
            return None, set(), [_no_such_font(piece, family) for family in strangers]
        with _busy, overheard() as records:
            fonts_of(self._faces)
            fetcher = self._fetcher
            fetcher.begin(piece)
            frozen, problems = None, []
            try:
                frozen = self._frozen(piece, fetcher, records)
            except StrangeFont as error:
                problems.append(_no_such_font(piece, str(error)))
            except DoesNotFit as error:
                problems.append(_too_much(piece, str(error)))
            except NotForPress as error:
                problems.append(_not_for_press(piece, str(error)))
            except pictures.BadPicture as error:
                problems.append(_complaint(piece, str(error)))
            except Exception as error:  # whatever a style makes WeasyPrint stumble over is the style's problem
                problems.append(_complaint(piece, f"{type(error).__name__}: {error}"))
        problems.extend(_refused(piece, address) for address in fetcher.refused)
        said = (record.getMessage() for record in records)
        problems.extend(_complaint(piece, words) for words in said if not any(one in words for one in fetcher.refused))
        return frozen, fetcher.files, problems

    @cached_property
    def _fetcher(self) -> Any:
        return _fetcher(self._stand_ins)

    def _frozen(self, piece: Piece, fetcher: Any, records: list[LogRecord]) -> Frozen:
        weasyprint = open_weasyprint()

        def picture_of(name: str, width: float, height: float) -> Frozen:
            data = fetcher.rasters[name[1:-1]]  # an i, the address's hash, a digit
            return pictures.convert(data, width, height, pictures.WHOLE, self._target, self._store)

        left, top, right, bottom = piece.edges
        facts = {"--width": piece.width, "--height": piece.height}
        facts |= {f"--bleed-{side}": edge for side, edge in zip(_SIDES, piece.edges, strict=True)}
        page = (
            f"@page{{size:{piece.width + left + right}pt {piece.height + top + bottom + _SPARE}pt;margin:0}}"
            f":root{{position:relative;margin:{top}pt 0 0 {left}pt;width:{piece.width}pt;height:{piece.height}pt;"
            f"{';'.join(f'{name}:{length}pt' for name, length in facts.items())}}}body{{margin:0;height:100%}}"
        )
        base = Path(piece.base).absolute().as_uri() + "/" if piece.base else None
        sheets = [self._sheet(css, base, piece.folders, fetcher, records) for css in (piece.css, page)]
        html = weasyprint.HTML(string=self._stand_ins.write(piece.html), base_url=base, url_fetcher=fetcher)
        document = html.render(stylesheets=sheets, font_config=fonts_of(self._faces))
        pdf, fonts = painted(document)
        return freeze(
            fonts,
            pdf,
            self._inks,
            self._stand_ins,
            _face_finder(self._faces),
            picture_of,
            piece.width + left + right,
            piece.height + top + bottom,
            cropped=piece.cropped,
        )

    def _sheet(
        self, css: str, base: str | None, folders: tuple[str, ...], fetcher: Any, records: list[LogRecord]
    ) -> Any:
        """A style sheet, read once for all pieces; the files it brings in and its faults belong to each of them."""
        key = f"{base}\n{folders}\n{css}"
        if key not in self._sheets:
            before, heard, refused = set(fetcher.files), len(records), len(fetcher.refused)
            sheet = open_weasyprint().CSS(
                string=self._stand_ins.write(css),
                base_url=base,
                url_fetcher=fetcher,
                font_config=fonts_of(self._faces),
            )
            files = frozenset(fetcher.files - before)
            self._sheets[key] = sheet, files, records[heard:], fetcher.refused[refused:]
            return sheet
        sheet, files, faults, addresses = self._sheets[key]
        fetcher.files |= files
        fetcher.refused += addresses
        records.extend(faults)
        return sheet


def _complaint(piece: Piece, message: str) -> Problem:
    """What WeasyPrint says of a piece; of its style sheet, at the place in its own file."""
    if (at := _IN_SHEET.search(message)) and (mark := place_in_sheet(piece.css, int(at[1]), int(at[2]))):
        said = message.replace(at[0], "")
        remedy = Words("改正样式表", "correct the style sheet")
        return Problem("style-sheet", Words(f"样式表：{said}", f"style sheet: {said}"), remedy, mark)
    place = piece.name or "furniture"
    return Problem(
        "furniture",
        Words(f"{place}：排不出来：{message}", f"{place} cannot be drawn: {message}"),
        Words("检查样式的模板和 CSS", "look at the style's template and CSS"),
        piece.mark,
    )


def _refused(piece: Piece, address: str) -> Problem:
    """Told where the style sheet names it, or else at the piece."""
    shown = address if len(address) < 200 else f"{address[:200]}…"
    place = piece.name or "furniture"
    return Problem(
        "outside-folder",
        Words(f"{place}：不读 {shown}", f"{place}: {shown} is not read"),
        Words(
            "只读本期文件夹、样式文件夹里的文件，不上网；把它复制进来，写相对路径",
            "only files in the issue's and the style's folders are read, none from the network; copy it there",
        ),
        find_in_sheet(piece.css, address) or piece.mark,
    )


def _too_much(piece: Piece, text: str) -> Problem:
    place = piece.name or "furniture"
    zh, en = (
        (f"“{text}”出了框", f"“{text}” runs out of its box") if text else ("内容多出一页", "its content does not fit")
    )
    return Problem(
        "furniture-overflow",
        Words(f"{place}：{zh}", f"{place}: {en}"),
        Words(
            "缩短文字、放大区域，或改样式的字号", "shorten the text, enlarge its area, or set it smaller in the style"
        ),
        piece.mark,
    )


def _not_for_press(piece: Piece, what: str, written: str = "") -> Problem:
    """Told at its line of the style sheet, once for all pieces that share it, or else at the piece."""
    line = find_in_sheet(piece.css, written)
    place = "" if line else piece.name or "furniture"
    return Problem(
        "not-for-press",
        Words(f"{place}{place and '：'}{what} 不能印刷", f"{place}{place and ': '}{what} cannot be printed"),
        Words("换一种写法，颜色用 device-cmyk()", "write it another way, with colours as device-cmyk()"),
        line or piece.mark,
    )


def _no_such_font(piece: Piece, family: str) -> Problem:
    place = piece.name or "furniture"
    return Problem(
        "unknown-font",
        Words(f"{place}：没有字体 {family}", f"{place}: there is no font {family}"),
        Words(
            "用字库里的字体，或在样式的 fonts 里写上字体文件",
            "use a face at hand, or name its file under fonts in the style",
        ),
        piece.mark,
    )


def _strangers(piece: Piece, faces: Mapping[str, FaceFile]) -> list[str]:
    """Lists of font families of which we have none: WeasyPrint would take another without a word."""
    known = _GENERIC | {_identity(Path(face.path))[0].lower() for face in faces.values()}
    found: dict[str, None] = {}
    for families in _FAMILIES.findall(_css_of(piece)):
        names = {name.strip(" \t\n'\"").lower() for name in families.split(",")}
        if not any(name in known or "var(" in name for name in names):
            found[families] = None
    return list(found)


def _css_of(piece: Piece) -> str:
    """All CSS of a piece: its sheet, style elements and style attributes."""
    inside = ["".join(parts) for parts in _INSIDE.findall(piece.html)]
    return ";\n".join([piece.css, *(unescape(part) for part in inside)])


# What a piece refers to.


def _fetcher(stand_ins: StandIns) -> Any:
    """Reads what a piece may read and data addresses, and hands WeasyPrint what it can draw: SVG with its inks replaced,
    and for a picture a blank one of the same size, whose place the converted picture takes when the piece is frozen."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    shipped = Gate((data_folder("fonts"),))

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)
            self.begin(Piece("", "", "", 0.0, 0.0))

        def begin(self, piece: Piece) -> None:
            self.base = piece.base
            self.gate = piece.gate()
            self.files: set[str] = set()
            self.refused: list[str] = []  # addresses that lead elsewhere
            self.rasters: dict[str, bytes] = {}

        def _read(self, url: str) -> Any:
            """A file that may be read, as the network would answer."""
            try:
                path = path_of(url)
                if shipped.holds(path):  # one of our own faces, as `local()`
                    return URLFetcherResponse(url, shipped.read(path), {"Content-Type": "font/ttf"})
                data = self.gate.read(path)
            except (Outside, ValueError):
                self.refused.append(url)
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
                self.refused.append(url)
                raise Outside(f"not read: {url}")
            kind = response.content_type
            if not (kind.startswith("image/") or kind == "application/octet-stream"):
                return response
            data = response.read()
            if data.startswith(b"\x1f\x8b"):
                data = svg.unpacked(data)
            if kind == "image/svg+xml" or b"<svg" in data[:1000]:
                svg.check(data)  # refuses what is over a limit before anything is drawn
                text = stand_ins.write(data.decode("utf-8", "replace"))
                return URLFetcherResponse(url, text.encode(), {"Content-Type": "image/svg+xml"})
            self.rasters[md5(url.encode(), usedforsecurity=False).hexdigest()] = data
            return URLFetcherResponse(url, _blank(*pictures.size_of(data)), {"Content-Type": "image/png"})

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


def _face_finder(faces: Mapping[str, FaceFile]) -> Callable[[Any], str]:
    """Which of our faces WeasyPrint took, by family, weight and number of glyphs."""
    known = {_identity(Path(face.path)): name for name, face in faces.items()}

    def find(font: Any) -> str:
        face = known.get((font.family, font.weight, font.glyph_count))
        if face is None:
            raise StrangeFont(f"{font.family} {font.weight}")
        return face

    return find


@lru_cache(64)
def _identity(path: Path) -> tuple[str, int, int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        names = font["name"]
        family = str(names.getDebugName(16) or names.getDebugName(1))
        return family, font["OS/2"].usWeightClass, struct.unpack_from(">H", font.reader["maxp"], 4)[0]
