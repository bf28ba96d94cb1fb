"""Other programs read our files back. Whatever one of them says on standard error fails the test."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

# A remark of this build of MuPDF about itself, not about the file.
_OF_ITSELF = "warning: ICC support is not available"


def run(*command: str | Path) -> str:
    """Standard output of a program that has nothing to complain of."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if line.strip() and line != _OF_ITSELF]
    assert (done.returncode, complaints) == (0, []), (command, done.stdout[-500:], complaints)
    return done.stdout


def assert_clean(path: Path) -> None:
    """qpdf, MuPDF, poppler and Ghostscript read every page."""
    run("qpdf", "--check", path)
    run("mutool", "draw", "-q", "-r", "20", "-o", "/dev/null", path)
    with tempfile.TemporaryDirectory() as folder:
        run("pdftoppm", "-r", "20", "-png", path, Path(folder, "page"))
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=nullpage", path)


def text_of(path: Path) -> str:
    """The text in the order it was painted, without the ends of lines."""
    return "".join(run("pdftotext", "-raw", path, "-").split())


def plates(path: Path, *filters: str, dpi: int = 100) -> tuple[Any, ...]:
    """Cyan, magenta, yellow and black of the first page by Ghostscript, 255 for full ink."""
    with tempfile.TemporaryDirectory() as folder:
        tiff = Path(folder, "page.tif")
        command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiff32nc", f"-r{dpi}", "-dLastPage=1"]
        run(*command, "-dUsePDFX3Profile", *filters, "-o", tiff, path)
        with Image.open(tiff) as image:
            assert image.mode == "CMYK"
            return tuple(image.copy().split())


def ink(plate: Any) -> int:
    """The fullest ink anywhere on a plate."""
    return int(plate.getextrema()[1])


def plate_names(path: Path) -> set[str]:
    """The plates that Ghostscript separates the file into."""
    with tempfile.TemporaryDirectory() as folder:
        run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r20", "-o", Path(folder, "p%d.tif"), path)
        return {file.stem.partition("(")[2].rstrip(")") for file in Path(folder).glob("*(*.tif")}


def colours(path: Path) -> set[str]:
    """Every colour space a file names and every colour operator it uses, in pages, forms, patterns, images, groups."""
    found: set[str] = set()
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                found |= set(_spaces(thing.stream_dict))
                if thing.get("/Subtype") == "/Form" or thing.get("/PatternType") == 1:
                    found |= set(_operators(thing))
            elif isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
                found |= set(_spaces(thing))
        for page in pdf.pages:
            found |= set(_operators(page))
    return found


_SPACES = {"/DeviceRGB", "/DeviceGray", "/DeviceCMYK", "/CalRGB", "/CalGray", "/ICCBased", "/Lab", "/Separation"}


def _spaces(thing: Any) -> Iterator[str]:
    values = list(thing.values()) if isinstance(thing, pikepdf.Dictionary) else list(thing)
    for value in values:
        if isinstance(value, pikepdf.Name) and str(value) in _SPACES:
            yield str(value)
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            yield from _spaces(value)


def _operators(thing: Any) -> Iterator[str]:
    for instruction in pikepdf.parse_content_stream(thing):
        if str(instruction.operator) in ("rg", "RG", "g", "G", "k", "K"):
            yield str(instruction.operator)


def elements(path: Path) -> list[tuple[str, str]]:
    """The structure tree as (type, its marked text), after checking that tree, marks and parent tree agree."""
    with pikepdf.open(path) as pdf:
        root = pdf.Root.StructTreeRoot
        rows = list(root.ParentTree.Nums)
        keys = [int(key) for key in rows[::2]]
        assert keys == sorted(set(keys))
        parents = dict(zip(keys, rows[1::2], strict=True))
        text: dict[tuple[Any, int], str] = {}
        for page in pdf.pages:
            owners = parents[int(page.StructParents)]
            for mcid, shown in _marked(page):
                text[page.objgen, mcid] = shown
                assert owners[mcid].S is not None
            assert len(owners) == sum(1 for where, _ in text if where == page.objgen)
        seen: set[tuple[Any, int]] = set()
        told: list[tuple[str, str]] = []

        def walk(element: Any) -> str:
            place = len(told)
            told.append((str(element.S)[1:], ""))
            words = []
            for kid in element.K:
                if isinstance(kid, int) or "/MCID" in kid:
                    page = element.Pg if isinstance(kid, int) else kid.Pg
                    mcid = kid if isinstance(kid, int) else int(kid.MCID)
                    key = (page.objgen, int(mcid))
                    owner = parents[int(page.StructParents)][int(mcid)]
                    assert owner.objgen == element.objgen
                    assert key not in seen
                    seen.add(key)
                    words.append(text[key])
                elif kid.get("/Type") == "/OBJR":
                    assert parents[int(kid.Obj.StructParent)].objgen == element.objgen
                else:
                    assert kid.P.objgen == element.objgen
                    words.append(walk(kid))
            told[place] = (told[place][0], "".join(words))
            return "".join(words)

        for kid in root.K:
            walk(kid)
        assert seen == set(text)
        return told


def _marked(page: Any) -> Iterator[tuple[int, str]]:
    """Each piece of marked content with an identifier, and its text. Nothing may be painted outside of marks."""
    maps = {name: _unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    stack: list[int | None] = []
    font, shown = "", ""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                assert not any(mark is not None for mark in stack)
                properties = operands[1] if len(operands) > 1 else {}
                stack.append(int(properties["/MCID"]) if "/MCID" in properties else None)
                shown = ""
            case "EMC":
                mark = stack.pop()
                if mark is not None:
                    yield mark, shown
            case "Tf":
                font = str(operands[0])
            case "Tj":
                shown += _decoded(bytes(operands[0]), maps[font])
            case "TJ":
                for part in operands[0]:
                    if isinstance(part, pikepdf.String):
                        shown += _decoded(bytes(part), maps[font])
            case "f" | "S" | "B" | "Do" | "sh":
                assert stack
    assert not stack


def _unicode(font: Any) -> dict[int, str]:
    table: dict[int, str] = {}
    inside = False
    for row in font.ToUnicode.read_bytes().decode().splitlines():
        if row.endswith("bfchar"):
            inside = "begin" in row
        elif inside:
            code, text = row[1:-1].split("><")
            assert int(code, 16) not in table
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return table


def _decoded(data: bytes, table: dict[int, str]) -> str:
    return "".join(table[int.from_bytes(data[at : at + 2], "big")] for at in range(0, len(data), 2))
