"""Furniture: pieces of a page that the style draws in HTML and CSS. WeasyPrint draws each once; it is kept frozen."""

from __future__ import annotations

import json
import logging
import os
import re
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, md5
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import Mark, Problem, Words
from . import pictures
from .fonts import Face, fingerprint
from .frozen import Frozen
from .inks import Inks, StandIns
from .store import Store, digest, versions
from .target import Target

# Colours that WeasyPrint makes lighter and darker itself, in RGB: the press has no such inks.
_SHADED = re.compile(r"(?<![\w-])(?:border|outline|column-rule)[\w-]*\s*:[^;}]*\b(groove|ridge|inset|outset)\b")
# The page a piece is drawn on is longer by this (pt): what does not fit is drawn below, and seen to be too much.
_SPARE = 3000.0
_drawing = threading.Lock()  # WeasyPrint's log and the font environment belong to the process


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML that is drawn in a box of `width` × `height` pt. Addresses in it start from the folder `base`.

    `--width` and `--height` are known to its CSS.
    """

    html: str
    css: str
    base: str
    width: float
    height: float
    name: str = ""
    mark: Mark | None = None
    cropped: bool = False  # a picture of which a part shows: what is outside the box is meant to be


class Taken(Exception):
    """Ends WeasyPrint's work: the finisher has what it wanted."""


class Workshop:
    """Draws pieces for one target, or takes them from the store."""

    def __init__(self, faces: Mapping[str, Face], target: Target, inks: Inks, store: Store) -> None:
        self._faces = faces
        self._target = target
        self._inks = inks
        self._store = store
        self._stand_ins = StandIns()
        self._sheets: dict[str, Any] = {}
        self._ground = ""

    def piece(self, piece: Piece) -> tuple[Frozen | None, list[Problem]]:
        """The frozen piece, None where it has problems."""
        key = digest("furniture", self._state(), piece.html, piece.css, f"{piece.width:.4f} {piece.height:.4f}")
        if (kept := self._store.get(key)) is not None:
            head, _, packed = kept.partition(b"\n")
            if all(_digest_of(_address(name, piece.base)) == hash_ for name, hash_ in json.loads(head)):
                return Frozen.unpack(packed), []
        with _drawing:
            frozen, files, problems = self._draw(piece)
        if frozen is not None and not problems:
            seen = [[name, _digest_of(_address(name, piece.base))] for name in sorted(files)]
            self._store.put(key, json.dumps(seen).encode() + b"\n" + frozen.pack())
            return frozen, []
        return None, problems

    def _state(self) -> str:
        """What every piece depends on beside its own text."""
        if not self._ground:
            target = self._target
            self._ground = digest(
                target.icc.read_bytes(),
                f"{target.edition} {target.thin} {target.max_ppi} {target.target_ppi} {target.jpeg_quality}",
                versions("weasyprint", "pydyf", "pillow"),
                *(name.encode() + fingerprint(face.path) for name, face in sorted(self._faces.items())),
            )
        return self._ground

    def _draw(self, piece: Piece) -> tuple[Frozen | None, set[str], list[Problem]]:
        if found := _SHADED.search(piece.css) or _SHADED.search(piece.html):
            return None, set(), [_not_for_press(piece, f"border-style: {found[1]}")]
        with _font_environment(self._faces), _log() as records:
            import weasyprint

            from .freeze import DoesNotFit, NotForPress, freeze

            fetcher = _fetcher(self._stand_ins, piece.base)
            size = f"width:{piece.width}pt;height:{piece.height}pt"
            page = (
                f"@page{{size:{piece.width}pt {piece.height + _SPARE}pt;margin:0}}"
                f":root{{position:relative;margin:0;{size};--width:{piece.width}pt;--height:{piece.height}pt}}"
                "body{margin:0;height:100%}"
            )
            result: list[Frozen] = []

            def finish(document: Any, pdf: Any) -> None:
                def picture_of(name: str, width: float, height: float) -> Frozen:
                    data = fetcher.rasters[name[1:-1]]
                    return pictures.convert(data, width, height, pictures.WHOLE, self._target, self._store)

                face_of = _face_finder(self._faces)
                result.append(
                    freeze(
                        document,
                        pdf,
                        self._inks,
                        self._stand_ins,
                        face_of,
                        picture_of,
                        piece.width,
                        piece.height,
                        cropped=piece.cropped,
                    )
                )
                raise Taken

            problems: list[Problem] = []
            try:
                base = Path(piece.base).absolute().as_uri() + "/" if piece.base else None
                source = weasyprint.HTML(string=self._stand_ins.write(piece.html), base_url=base, url_fetcher=fetcher)
                sheets = [self._sheet(piece.css, base, fetcher), self._sheet(page, base, fetcher)]
                source.render(stylesheets=sheets, font_config=_fonts_of(self._faces)).write_pdf(finisher=finish)
            except Taken:
                pass
            except DoesNotFit as error:
                problems.append(_too_much(piece, str(error)))
            except NotForPress as error:
                problems.append(_not_for_press(piece, str(error)))
            except pictures.BadPicture as error:
                problems.append(_complaint(piece, str(error)))
            except Exception as error:  # whatever a style makes WeasyPrint stumble over is the style's problem
                problems.append(_complaint(piece, f"{type(error).__name__}: {error}"))
        problems.extend(_complaint(piece, record.getMessage()) for record in records)
        return (result[0] if result else None), fetcher.files, problems

    def _sheet(self, css: str, base: str | None, fetcher: Any) -> Any:
        import weasyprint

        key = f"{base}\n{css}"
        if key not in self._sheets:
            self._sheets[key] = weasyprint.CSS(
                string=self._stand_ins.write(css),
                base_url=base,
                url_fetcher=fetcher,
                font_config=_fonts_of(self._faces),
            )
        return self._sheets[key]


def _complaint(piece: Piece, message: str) -> Problem:
    place = piece.name or "furniture"
    return Problem(
        "furniture",
        Words(f"{place}：排不出来：{message}", f"{place} cannot be drawn: {message}"),
        Words("检查样式的模板和 CSS", "look at the style's template and CSS"),
        piece.mark,
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


def _not_for_press(piece: Piece, what: str) -> Problem:
    place = piece.name or "furniture"
    return Problem(
        "not-for-press",
        Words(f"{place}：{what} 不能印刷", f"{place}: {what} cannot be printed"),
        Words("换一种写法，颜色用 device-cmyk()", "write it another way, with colours as device-cmyk()"),
        piece.mark,
    )


# What a piece refers to.


def _address(name: str, base: str) -> Path:
    return Path(base, name) if base else Path(name)


def _digest_of(path: Path) -> str:
    try:
        return blake2b(path.read_bytes(), digest_size=20).hexdigest()
    except OSError:
        return ""


def _fetcher(stand_ins: StandIns, base: str) -> Any:
    """Reads files and data addresses alone, and hands WeasyPrint what it can draw: SVG with its inks replaced, and
    for a picture a blank one of the same size, whose place the converted picture takes when the piece is frozen."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"file", "data"})
            self.files: set[str] = set()
            self.rasters: dict[str, bytes] = {}

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("file:"):
                path = Path(unquote(urlsplit(url).path))
                try:
                    name = path.relative_to(Path(base).absolute()).as_posix() if base else str(path)
                except ValueError:
                    name = str(path)
                self.files.add(name)
            response = super().fetch(url, headers)
            kind = response.content_type
            if not (kind.startswith("image/") or kind == "application/octet-stream"):
                return response
            data = response.read()
            if kind == "image/svg+xml" or b"<svg" in data[:1000]:
                text = stand_ins.write(data.decode("utf-8", "replace"))
                return URLFetcherResponse(url, text.encode(), {"Content-Type": "image/svg+xml"})
            self.rasters[md5(url.encode(), usedforsecurity=False).hexdigest()] = data
            return URLFetcherResponse(url, _blank(*pictures.size_of(data)), {"Content-Type": "image/png"})

    return Fetcher()


def _blank(width: int, height: int) -> bytes:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("L", (width, height)).save(file, "PNG", compress_level=1)
    return file.getvalue()


# The process's fonts and log.


@contextmanager
def _font_environment(faces: Mapping[str, Face]) -> Iterator[None]:
    """fontconfig sees the faces' folder alone while WeasyPrint works; its own file must have an absolute address."""
    before = os.environ.get("FONTCONFIG_FILE")
    for folder in dict.fromkeys(Path(face.path).absolute().parent for face in faces.values()):
        if (folder / "fonts.conf").is_file():
            os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
            break
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("FONTCONFIG_FILE", None)
        else:
            os.environ["FONTCONFIG_FILE"] = before


_configurations: dict[tuple[str, ...], Any] = {}


def _fonts_of(faces: Mapping[str, Face]) -> Any:
    """WeasyPrint's view of the fonts, made once: reading them takes longer than drawing a piece."""
    from weasyprint.text.fonts import FontConfiguration

    key = tuple(sorted(str(face.path) for face in faces.values()))
    if key not in _configurations:
        _configurations[key] = FontConfiguration()
    return _configurations[key]


@contextmanager
def _log() -> Iterator[list[logging.LogRecord]]:
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


def _face_finder(faces: Mapping[str, Face]) -> Callable[[Any], str]:
    """Which of our faces WeasyPrint took, by family, weight and number of glyphs."""
    from .freeze import NotForPress

    known = {_identity(Path(face.path)): name for name, face in faces.items()}

    def find(font: Any) -> str:
        weight = font.weight if isinstance(font.weight, int) else 400
        face = known.get((font.family, weight, font.glyph_count))
        if face is None:
            raise NotForPress(f"font {font.family} {weight}")
        return face

    return find


@lru_cache(64)
def _identity(path: Path) -> tuple[str, int, int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        names = font["name"]
        family = str(names.getDebugName(16) or names.getDebugName(1))
        return family, font["OS/2"].usWeightClass, struct.unpack_from(">H", font.reader["maxp"], 4)[0]
