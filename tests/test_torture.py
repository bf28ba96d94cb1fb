"""A torture issue: every kind of picture file, transparency over a tint, gradients, drawings in RGB, a spot colour, forty
megapixels. Built right, or refused with the right words."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import NamedTuple

import numpy
import pikepdf
import pytest
import yaml
from pdf.picture_files import deep_png, noise
from pdf.readers import assert_clean, colours, plate_names, run
from PIL import Image, ImageCms, ImageDraw

import layout
from issues import article, issue, write
from layout.composition import Page, PlacedPicture
from layout.press.preflight.preflight import preflight
from layout.runtime.resources import data_folder

NEWSPRINT = data_folder("styles") / "printers" / "TR002-newsprint-240.icc"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 40"><defs>
<linearGradient id="g"><stop offset="0" stop-color="#0a5"/><stop offset="1" stop-color="#fd0"/></linearGradient>
<radialGradient id="r"><stop offset="0" stop-color="white"/><stop offset="1" stop-color="navy" stop-opacity=".5"/>
</radialGradient><pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><circle r="1" cx="2" cy="2"
fill="crimson"/></pattern><mask id="m"><rect width="20" height="40" fill="white"/></mask></defs>
<rect width="60" height="40" fill="url(#g)"/><circle cx="30" cy="20" r="12" fill="rgb(200,30,40)"/>
<rect x="40" width="20" height="20" fill="url(#p)"/><rect x="40" y="20" width="20" height="20" fill="url(#r)"/>
<rect width="60" height="10" fill="hsl(200 80% 40%)" opacity=".5" mask="url(#m)"/>
<image xlink:href="data:image/png;base64,RASTER" x="2" y="28" width="10" height="10"/></svg>"""
FURNITURE = """.ear { background: linear-gradient(to right, orange, var(--accent)); color: #000;
  box-shadow: 0 0 4pt rgb(20 40 60); border-radius: 3pt }
.ear b { color: oklch(.5 .2 30) }
"""


def scene(mode: str = "RGB", size: tuple[int, int] = (900, 600)) -> Image.Image:
    """Colour bars under a diagonal: what is lost or turned can be seen."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for number, colour in enumerate(("#c22", "#2a5", "#25a", "#da2", "#888", "#000")):
        draw.rectangle((number * size[0] // 6, 0, (number + 1) * size[0] // 6, size[1]), fill=colour)
    draw.line((0, 0, *size), fill="white", width=9)
    return picture if mode == "RGB" else picture.convert(mode)


def sixteen_bits(path: Path) -> None:
    Image.new("I;16", (900, 600), 40_000).save(path)


def drawing(path: Path) -> None:
    with io.BytesIO() as data:
        Image.new("RGB", (60, 60), "orange").save(data, "PNG")
        path.write_text(SVG.replace("RASTER", base64.b64encode(data.getvalue()).decode("ascii")))


def turned(path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    scene().transpose(Image.Transpose.ROTATE_90).save(path, quality=92, exif=exif)


def translucent(path: Path) -> None:
    picture = scene("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    picture.save(path)


def of_another_press(path: Path) -> None:
    profile = NEWSPRINT.read_bytes()
    separate = ImageCms.profileToProfile(
        scene(), ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(profile)), outputMode="CMYK"
    )
    assert separate is not None
    separate.save(path, quality=92, icc_profile=profile)


KINDS = {
    "rgb.jpg": lambda path: scene().save(path, quality=92),
    "grey.jpg": lambda path: scene("L").save(path, quality=92),
    "cmyk.jpg": lambda path: scene("CMYK").save(path, quality=92),
    "other-press.jpg": of_another_press,
    "turned.jpg": turned,
    "rgb.png": lambda path: scene().save(path),
    "palette.png": lambda path: scene().quantize(32).save(path),
    "deep.png": lambda path: deep_png(path, 3, (52000, 5000, 8000)),
    "sixteen.tif": sixteen_bits,
    "cmyk.tif": lambda path: scene("CMYK").save(path),
    "bitmap.tif": lambda path: scene("1", (2400, 1600)).save(path),
    "scene.webp": lambda path: scene().save(path, lossless=True),
    "drawing.svg": drawing,
}
COLOURED = ("rgb.jpg", "cmyk.jpg", "other-press.jpg", "turned.jpg", "rgb.png", "palette.png", "cmyk.tif", "scene.webp")
GREY = ("grey.jpg", "sixteen.tif", "bitmap.tif")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("torture")
    pictures = []
    for number, (name, make) in enumerate(KINDS.items()):
        make(folder / name)
        pictures.append({"file": name, "id": f"p{number}", "alt": name, "caption": f"第{number + 1}种图片"})
    noise(3100, 2080).resize((7750, 5200)).convert("RGB").save(folder / "big.jpg", quality=80)  # 40 megapixels
    pictures.append({"file": "big.jpg", "id": "big", "alt": "大图"})
    translucent(folder / "alpha.png")
    rows = [{8: " ".join(f"p{number}" for number in range(start, start + 3))} for start in (0, 3, 6, 9)]
    pages = [
        {"name": "甲", "areas": [{6: "nameplate nameplate ear"}, *rows, {12: "p12 big big"}]},
        {"name": "乙", "areas": [{4: "a.headline"}, {14: "a"}, {32: "b"}], "columns": {"a": 3, "b": 2}},
    ]
    style = {
        "name": "spot",
        "extends": "town",
        "colours": {"accent": {"spot": "PANTONE 186 C", "cmyk": [0, 100, 81, 4]}},
        "headlines": {"lead": {"colour": "accent"}},
        "boxes": {"pale": {"fill": "pale", "padding": 1}},
    }
    style["colours"]["pale"] = [40, 0, 0, 0]
    lead = article(500, rank="lead", kicker="专色的引题", pictures=pictures)
    tinted = article(420, box="pale", pictures=[{"file": "alpha.png", "id": "alpha", "alt": "半透明"}])
    data = issue({"a": lead, "b": tinted}, [])
    data["publication"]["ear"] = ["今日", "渐变上的字"]
    write(folder, data | {"pages": pages, "style": "style"})
    (folder / "style").mkdir()
    (folder / "style" / "style.yaml").write_text(yaml.safe_dump(style, allow_unicode=True))
    (folder / "style" / "furniture.css").write_text(FURNITURE)
    (folder / "shop.yaml").write_text("name: shop\nextends: offset-coated\nink: {spot_colours: 1}\n")
    return folder


@pytest.fixture(scope="module")
def report(folder: Path) -> layout.Report:
    report = layout.build(folder, folder / "out.pdf", printer=folder / "shop.yaml", allow_overset=True)
    assert report.pdf, [problem.in_language() for problem in report.problems]
    return report


class Sheet(NamedTuple):
    """A page and its plates, 0–255, at 72 dots an inch."""

    page: Page
    plates: dict[str, numpy.ndarray]

    def picture(self, name: str) -> PlacedPicture:
        (found,) = [picture for picture in self.page.pictures if Path(picture.file).name == name]
        return found

    def inks(self, x: float, y: float, plates: tuple[str, ...] = ("Cyan", "Magenta", "Yellow", "Black")) -> list[float]:
        """The mean of some dots about a point of the page (pt)."""
        row, column = round(y + 8.5), round(x + 8.5)
        return [float(self.plates[name][row - 3 : row + 4, column - 3 : column + 4].mean()) for name in plates]

    def within(self, name: str, across: float, down: float) -> list[float]:
        """The inks at a point of a picture's file, which must not have been cropped away."""
        picture = self.picture(name)
        left, top, right, bottom = picture.crop
        assert left < across < right
        assert top < down < bottom
        x = picture.x + (across - left) / (right - left) * picture.width
        return self.inks(x, picture.y + (down - top) / (bottom - top) * picture.height)


@pytest.fixture(scope="module")
def sheets(folder: Path, report: layout.Report, tmp_path_factory: pytest.TempPathFactory) -> list[Sheet]:
    pages = layout.compose(layout.load(folder)).pages
    made = tmp_path_factory.mktemp("plates")
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r72", "-dUsePDFX3Profile"]
    run(*command, "-o", made / "%d.tif", report.pdf)
    found: list[dict[str, numpy.ndarray]] = [{} for _ in pages]
    for file in made.glob("*(*.tif"):
        number, _, name = file.stem.partition("(")
        found[int(number.rstrip(".tif")) - 1][name.rstrip(")")] = 255 - numpy.asarray(Image.open(file).convert("L"))
    return [Sheet(page, plates) for page, plates in zip(pages, found, strict=True)]


@pytest.mark.slow
def test_it_is_built_and_passes_the_printers_gate(report: layout.Report) -> None:
    assert report.ok, [problem.in_language() for problem in report.problems]


def test_no_colour_but_the_press_colours_is_left(report: layout.Report) -> None:
    rules = {finding.rule for finding in preflight(report.pdf, "offset-coated", ink=False)}
    assert not rules & {"X5", "GWG R0027", "GWG R0030"}
    assert "GWG R0020" in rules  # a shop that takes no spot colours refuses the ink
    assert colours(report.pdf) <= {"k", "K", "/DeviceCMYK", "/DeviceGray", "/Separation"}


@pytest.mark.parametrize("name", COLOURED)
def test_a_coloured_picture_is_printed_in_its_colours(sheets: list[Sheet], name: str) -> None:
    cyan, magenta, yellow, _ = sheets[0].within(name, 1 / 12, 0.7)  # red
    assert min(magenta, yellow) > 150 > cyan + 50
    cyan, _, yellow, _ = sheets[0].within(name, 5 / 12, 0.7)  # blue
    assert cyan > 150 > yellow + 20
    assert sum(sheets[0].within(name, 11 / 12, 0.4)) > 200  # black


@pytest.mark.parametrize("name", GREY)
def test_a_grey_picture_is_printed_in_black_alone(sheets: list[Sheet], name: str) -> None:
    for across in (3 / 12, 7 / 12, 11 / 12):
        assert sheets[0].within(name, across, 0.4)[:3] == [0, 0, 0]
    assert sheets[0].within(name, 11 / 12, 0.4)[3] > 90


def test_sixteen_bits_of_red_are_red(sheets: list[Sheet]) -> None:
    cyan, magenta, yellow, _ = sheets[0].within("deep.png", 0.5, 0.5)
    assert min(magenta, yellow) > 150 > cyan + 60


def test_a_drawing_in_rgb_keeps_its_gradient_and_its_raster(sheets: list[Sheet]) -> None:
    green, gold = (sheets[0].within("drawing.svg", across, 0.6) for across in (0.05, 0.6))
    assert green[0] > 120 > gold[0] + 60
    orange = sheets[0].within("drawing.svg", 7 / 60, 33 / 40)
    assert orange[2] > 180 > orange[0] + 120


def test_a_clear_picture_lets_the_tint_below_through(sheets: list[Sheet]) -> None:
    """Its alpha goes from nothing at the head to all at the foot, over 40 % cyan."""
    white = 2.5 / 6  # of the scene's bars the yellow one, which has no cyan of its own
    picture = sheets[1].picture("alpha.png")
    assert sheets[1].inks(picture.x - 6, picture.y + 20)[0] == pytest.approx(102, abs=1)
    head, foot = (sheets[1].within("alpha.png", white + 1 / 6, down) for down in (0.06, 0.94))
    assert head[0] == pytest.approx(102, abs=12)
    assert foot[0] < 40 < foot[2]


def test_the_headline_is_on_the_plate_of_its_spot_colour_alone(sheets: list[Sheet], report: layout.Report) -> None:
    assert plate_names(report.pdf) == {"Cyan", "Magenta", "Yellow", "Black", "PANTONE 186 C"}
    (head,) = [frame for frame in sheets[1].page.frames if frame.role == "headline" and frame.article == "a"]
    top, left = round(head.y + 8.5), round(head.x + 8.5)
    area = numpy.s_[top : top + round(head.height), left : left + round(head.width)]
    assert sheets[1].plates["PANTONE 186 C"][area].max() == 255
    for name in ("Cyan", "Magenta", "Yellow", "Black"):
        assert not sheets[1].plates[name][area].any()


def test_a_gradient_goes_from_ink_to_ink_under_black_text(sheets: list[Sheet]) -> None:
    (ear,) = [box for box in sheets[0].page.boxes if box.name == "ear"]
    left, right = (sheets[0].inks(ear.x + across * ear.width, ear.y + ear.height - 5) for across in (0.04, 0.96))
    assert left[1] + 60 < right[1]  # orange has little magenta, what is shown for the spot colour has all
    assert left[2] > 120


def test_a_picture_of_forty_megapixels_is_brought_to_what_the_press_can_use(report: layout.Report) -> None:
    with pikepdf.open(report.pdf) as pdf:
        widths = [int(o.Width) for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
    assert max(widths) < 3000


def test_readers_are_silent(report: layout.Report) -> None:
    assert_clean(report.pdf)


@pytest.mark.parametrize(
    ("css", "line", "word"),
    [
        (".ear b {}\n.ear { border: 2pt ridge var(--accent) }\n", 2, "ridge"),
        ("\n\n.ear { border: 3pt inset device-cmyk(1 0 0 0) }\n", 3, "inset"),
    ],
)
def test_inks_that_would_be_mixed_are_refused_by_name_file_and_line(
    folder: Path, tmp_path: Path, css: str, line: int, word: str
) -> None:
    sheet = folder / "style" / "furniture.css"
    sheet.write_text(css)
    try:
        report = layout.build(folder, tmp_path / "a.pdf", printer=folder / "shop.yaml", cache=False)
    finally:
        sheet.write_text(FURNITURE)
    assert report.pdf is None
    told = [problem for problem in report.problems if problem.rule == "not-for-press"]
    assert [(problem.mark.line, Path(problem.mark.file).name) for problem in told] == [(line, "furniture.css")]
    assert word in told[0].what.zh
    assert word in told[0].what.en


def test_a_broken_picture_is_refused_at_its_place_in_the_issue(folder: Path, tmp_path: Path) -> None:
    file = folder / "rgb.jpg"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    try:
        report = layout.build(folder, tmp_path / "a.pdf", printer=folder / "shop.yaml")
    finally:
        file.write_bytes(whole)
    assert report.pdf is None
    (told,) = [problem for problem in report.problems if "rgb.jpg" in problem.what.zh]
    assert told.mark
    assert Path(told.mark.file).name == "issue.yaml"
