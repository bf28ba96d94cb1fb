"""The font file of one face for what a style names: a font file, a face of a collection, an instance of a variable
font, or an installed family.

A style names a file or a family and, after `#`, separated by commas, the face and the values of axes:

    SourceHanSerif.ttc#2            the second face of a collection
    SourceHanSerif.ttc#思源宋体      the face of that name
    SourceHanSans-VF.ttf#weight=600 an instance; `Bold`, `wght=600`, `width=75` say it as well
    Noto Serif CJK SC#weight=700    an installed family

Anything else than a font file of one face is converted to one and stored in the cache by its content, so the rest of
the library reads TrueType and CFF files only.
"""

from __future__ import annotations

import atexit
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple

from ...runtime.cache import cache_folder
from ...runtime.files import read_bytes, whole_file
from ...runtime.limits import FONT_BYTES, LimitError
from ...runtime.ownership import make_own, who_else_writes
from .font_file import COLLECTION, FontFileError, every_name, faces_in, sfnt_tables

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
AXES = {"weight": "wght", "width": "wdth", "slant": "slnt", "italic": "ital", "字重": "wght", "字宽": "wdth"}
_FAMILY, _SUBFAMILY, _FULL, _POSTSCRIPT, _WWS_FAMILY, _WWS_SUBFAMILY = 1, 2, 4, 6, 16, 17
_REGULAR = 400
_VERSION = "1"  # part of the cache key; changes when the conversion does


class Choice(NamedTuple):
    """What a style names: a file or a family, names or numbers of faces, and values of axes."""

    file: Path
    names: tuple[str, ...]
    axes: Mapping[str, float]


def single_face(wanted: Path) -> Path:
    """The TrueType or CFF file of the face that a style names.

    Raises:
        FontFileError: there is no such file, family, face or axis, or the file is broken.
    """
    choice = _choice(wanted)
    path, number, names = choice.file, None, choice.names
    if not path.exists() and path.suffix.lower() not in SUFFIXES:
        path, number, names = _installed(path.name, choice)
    try:
        with path.open("rb") as file:
            is_collection = file.read(4) == COLLECTION
        if not is_collection and not _is_to_be_made(path):
            if names or (choice.axes and number is None):
                raise FontFileError(
                    "不是字体集，也不是可变字体，# 之后不能再选",
                    "it is no collection and no variable font: nothing to choose by #",
                )
            return path
        state = path.stat()
        axes = tuple(sorted(choice.axes.items()))
        return _made(path, names, axes, number, state.st_mtime_ns, state.st_size, _own_folder(cache_folder()))
    except FileNotFoundError:
        raise FontFileError("文件不存在", "there is no such file") from None
    except LimitError as error:
        raise FontFileError(error.problems[0].what.zh, error.problems[0].what.en) from None
    except OSError as error:
        raise FontFileError(f"读不出来：{error.strerror}", f"it cannot be read: {error.strerror}") from None


def _choice(wanted: Path) -> Choice:
    name, sign, rest = wanted.name.partition("#")
    if not sign or wanted.exists():
        return Choice(wanted, (), {})
    names, axes = [], {}
    for part in filter(None, map(str.strip, rest.split(","))):
        axis, equals, value = part.partition("=")
        if not equals:
            names.append(part)
            continue
        try:
            axes[AXES.get(axis.strip(), axis.strip())] = float(value)
        except ValueError:
            raise FontFileError(f"{part} 里等号后应是数", f"{part} wants a number after its sign") from None
    return Choice(wanted.with_name(name), tuple(names), axes)


def _is_to_be_made(path: Path) -> bool:
    """Whether a file of one face must be converted: a variable font, or CFF2 outlines, which PDF does not allow."""
    try:
        tables = sfnt_tables(path)
    except FontFileError:
        return False  # `read_font` reports what is wrong
    return "fvar" in tables or "CFF2" in tables


# --- installed families


class Installed(NamedTuple):
    """A face in one of the machine's font folders."""

    path: Path
    number: int
    names: frozenset[str]
    full: frozenset[str]
    weight: int
    is_plain: bool  # upright and of normal width


def _installed(name: str, choice: Choice) -> tuple[Path, int, tuple[str, ...]]:
    """The face of an installed family that is nearest to the chosen weight.

    Returns:
        Its file, its number in the file, and the names of `choice` that were not used to select it.
    """
    wanted, names = _folded(name), choice.names
    found = [face for face in _installed_faces(_font_folders()) if wanted in face.names | face.full]
    if names and (named := [face for face in found if face.full & {_folded(names[0]), _folded(name + names[0])}]):
        found, names = named, names[1:]
    if not found:
        raise FontFileError(
            f"没有这个文件，这台机器也没有字体“{name}”", f"there is no such file, nor a font “{name}” on this machine"
        )
    weight = choice.axes.get("wght", _REGULAR)
    best = min(
        found, key=lambda face: (wanted not in face.full, not face.is_plain, abs(face.weight - weight), str(face.path))
    )
    return best.path, best.number, names


def _font_folders() -> tuple[Path, ...]:
    """The system's font folders, the user's own first."""
    home, roots = Path.home(), []
    if os.name == "nt":
        roots += [Path(os.environ.get("LOCALAPPDATA", home), "Microsoft/Windows/Fonts")]
        roots += [Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")]
    roots += [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    roots += [Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share", "fonts"), home / ".fonts"]
    roots += [Path(folder, "fonts") for folder in shared.split(":") if folder]
    return tuple(folder for folder in dict.fromkeys(roots) if folder.is_dir())


@lru_cache(maxsize=4)
def _installed_faces(folders: tuple[Path, ...]) -> list[Installed]:
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix.lower() in SUFFIXES)
    return [face for path in files for face in _faces_of(path)]


def _faces_of(path: Path) -> Iterator[Installed]:
    with suppress(FontFileError, OSError):
        for number in range(faces_in(path)):
            tables = sfnt_tables(path, number, ("name", "OS/2", "post"))
            names = [*every_name(tables.get("name", b""))]
            os2, post = tables.get("OS/2", b""), tables.get("post", b"")
            weight = int.from_bytes(os2[4:6], "big") or _REGULAR
            is_plain = os2[6:8] in (b"", b"\0\5") and not any(post[4:8])
            families = {_folded(text) for kind, text in names if kind in (_FAMILY, _WWS_FAMILY)}
            full = {_folded(text) for kind, text in names if kind in (_FULL, _POSTSCRIPT)}
            yield Installed(path, number, frozenset(families), frozenset(full - families), weight, is_plain)


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()


# --- collections and variable fonts


@lru_cache(maxsize=8)
def _own_folder(cache: Path) -> Path:
    """The cache folder; where other users could write to it, a temporary folder of this process."""
    if who_else_writes(cache) is None:
        return cache
    folder = mkdtemp(prefix="layout-faces-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return Path(folder)


@lru_cache(maxsize=64)
def _made(
    path: Path,
    names: tuple[str, ...],
    axes: tuple[tuple[str, float], ...],
    number: int | None,
    _: int,
    __: int,
    cache: Path,
) -> Path:
    """The converted file, from the cache or made now; modification time and size are part of the memo's key only."""
    from importlib.metadata import version

    data = read_bytes(path, FONT_BYTES)
    made_by = [_VERSION, version("fonttools"), version("uharfbuzz")]
    key = blake2b(
        repr((names, axes, number, made_by)).encode(), digest_size=12, key=blake2b(data).digest()[:64]
    ).hexdigest()
    stored = cache / "faces" / key / f"{re.sub(r'[^A-Za-z0-9-]', '', path.stem) or 'face'}.otf"
    if stored.is_file():
        return stored
    try:
        made = _make(path, data, names, dict(axes), number)
    except FontFileError:
        raise
    except Exception:  # a broken font can raise anything in its readers
        raise FontFileError("文件已损坏", "it is broken") from None
    try:
        make_own(stored.parent)
        with whole_file(stored) as draft:
            draft.write_bytes(made)
    except OSError as error:
        where = stored.parent
        raise FontFileError(
            f"要先取出字款，但缓存 {where} 写不了：{error.strerror}",
            f"a face is to be made of it, and the cache {where} cannot be written: {error.strerror}",
        ) from None
    return stored


def _make(path: Path, data: bytes, names: tuple[str, ...], axes: dict[str, float], number: int | None) -> bytes:
    from fontTools.ttLib import TTFont

    is_installed = number is not None
    if number is None:
        number, names = _face_number(path, names)
    font = TTFont(BytesIO(data), fontNumber=number, lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    if "fvar" in font:
        font = _instance(font, names, axes)
    elif names or (axes and not is_installed):
        raise FontFileError("不是可变字体，没有字重可选", "it is no variable font: there is no weight to choose")
    if "CFF2" in font:
        from fontTools.cffLib.CFF2ToCFF import convertCFF2ToCFF

        convertCFF2ToCFF(font)
    out = BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def _face_number(path: Path, names: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """The number of the chosen face in a file, from 0, and the names that were not used to choose it."""
    count = faces_in(path)
    if count == 1:
        return 0, names
    listed = [[*every_name(sfnt_tables(path, at, ("name",)).get("name", b""))] for at in range(count)]
    reported = "、".join(f"#{at} {_title(known)}" for at, known in enumerate(listed, 1))
    told_en = reported.replace("、", ", ")
    if not names:
        raise FontFileError(f"是字体集，须写明哪一款：{reported}", f"it is a collection; say which face: {told_en}")
    wanted, rest = names[0], names[1:]
    if wanted.isdecimal() and 1 <= int(wanted) <= count:
        return int(wanted) - 1, rest
    for kinds in ((_FULL, _POSTSCRIPT), (_FAMILY, _WWS_FAMILY)):
        for at, known in enumerate(listed):
            if any(kind in kinds and _folded(text) == _folded(wanted) for kind, text in known):
                return at, rest
    raise FontFileError(f"字体集里没有“{wanted}”，只有：{reported}", f"the collection has no “{wanted}”, but {told_en}")


def _title(names: Iterable[tuple[int, str]]) -> str:
    known = dict(reversed([*names]))
    return known.get(_FULL) or known.get(_WWS_FAMILY) or known.get(_FAMILY) or "?"


def _instance(font: TTFont, names: tuple[str, ...], axes: dict[str, float]) -> TTFont:
    """An instance of a variable font; axes without a value have their default. HarfBuzz takes a hundredth of the time
    that fontTools takes for the glyphs of a Chinese font."""
    import uharfbuzz as hb
    from fontTools.ttLib import TTFont

    fvar = font["fvar"]
    place = {axis.axisTag: axis.defaultValue for axis in fvar.axes}
    for name in names:
        place |= _named_instance(font, name)
    for tag, value in axes.items():
        axis = next((axis for axis in fvar.axes if axis.axisTag == tag), None)
        if axis is None:
            listed = ", ".join(place)
            raise FontFileError(f"没有轴 {tag}，只有 {listed}", f"it has no axis {tag}, but {listed}")
        if not axis.minValue <= value <= axis.maxValue:
            raise FontFileError(
                f"{tag}={value:g} 超出 {axis.minValue:g}–{axis.maxValue:g}",
                f"{tag}={value:g} is not within {axis.minValue:g}–{axis.maxValue:g}",
            )
        place[tag] = value
    whole = BytesIO()
    font.save(whole, reorderTables=None)
    face = hb.Face(hb.Blob(whole.getvalue()))
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    for tag, value in place.items():
        wanted.pin_axis_location(face, tag, value)
    return TTFont(BytesIO(hb.subset(face, wanted).blob.data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)


def _named_instance(font: TTFont, name: str) -> dict[str, float]:
    known: dict[str, dict[str, float]] = {
        str(font["name"].getDebugName(instance.subfamilyNameID)): instance.coordinates
        for instance in font["fvar"].instances
    }
    for title, place in known.items():
        if _folded(title) == _folded(name):
            return place
    listed = ", ".join(known)
    raise FontFileError(f"没有叫“{name}”的字重，有 {listed}", f"it has no instance “{name}”, but {listed}")
