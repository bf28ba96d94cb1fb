"""A torture issue: every kind of picture file, transparency over a tint, RGB drawings, a spot colour. Built right or refused."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms, ImageDraw

import layout
from issues import article, issue, write
from layout.press.preflight import preflight
from layout.resources import data_folder

NEWSPRINT = data_folder("styles") / "printers" / "TR002-newsprint-240.icc"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><defs><linearGradient id="g">
<stop offset="0" stop-color="#0a5"/><stop offset="1" stop-color="#fd0"/></linearGradient></defs>
<rect width="60" height="40" fill="url(#g)"/><circle cx="30" cy="20" r="12" fill="rgb(200,30,40)"/></svg>"""


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


def turned(path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    scene(size=(600, 900)).save(path, exif=exif)


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
    "palette.png": lambda path: scene("P").save(path),
    "alpha.png": translucent,
    "sixteen.tif": sixteen_bits,
    "cmyk.tif": lambda path: scene("CMYK").save(path),
    "bitmap.tif": lambda path: scene("1", (2400, 1600)).save(path),
    "scene.webp": lambda path: scene().save(path, lossless=True),
    "drawing.svg": lambda path: path.write_text(SVG),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("torture")
    pictures = []
    for number, (name, make) in enumerate(KINDS.items()):
        make(folder / name)
        pictures.append({"file": name, "id": f"p{number}", "alt": name, "caption": f"第{number + 1}种图片"})
    big = Image.effect_noise((4000, 2700), 60).resize((7750, 5200)).convert("RGB")
    big.save(folder / "big.jpg", quality=80)  # 40 megapixels
    pictures.append({"file": "big.jpg", "id": "big", "alt": "大图"})
    rows = [{8: " ".join(f"p{number}" for number in range(start, start + 3))} for start in (0, 3, 6, 9)]
    pages = [
        {"name": "甲", "areas": [{6: "nameplate"}, *rows, {12: "p12 big big"}]},
        {"name": "乙", "areas": [{4: "a.headline"}, {20: "a"}], "columns": {"a": 3}},
    ]
    style = {
        "name": "spot",
        "extends": "town",
        "colours": {"accent": {"spot": "PANTONE 186 C", "cmyk": [0, 100, 81, 4]}},
    }
    data = issue({"a": article(900, kicker="专色的引题", pictures=pictures)}, [])
    write(folder, data | {"pages": pages, "style": "style"})
    (folder / "style").mkdir()
    import yaml

    (folder / "style" / "style.yaml").write_text(yaml.safe_dump(style, allow_unicode=True))
    (folder / "shop.yaml").write_text("name: shop\nextends: offset-coated\nink: {spot_colours: 1}\n")
    return folder


@pytest.fixture(scope="module")
def report(folder):
    return layout.build(folder, folder / "out.pdf", printer=folder / "shop.yaml")


def test_it_is_built_and_passes_the_printers_gate(report):
    assert report.ok, [problem.say() for problem in report.problems]


def test_no_colour_but_the_press_colours_is_left(report):
    rules = {finding.rule for finding in preflight(report.pdf, "offset-coated", ink=False)}
    assert not rules & {"X5", "GWG R0027", "GWG R0030"}
    assert "GWG R0020" in rules  # a shop that takes no spot colours refuses the ink


def test_the_spot_colour_has_a_plate_of_its_own(report, tmp_path):
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r36"]
    subprocess.run([*command, f"-sOutputFile={tmp_path}/p%d.tif", str(report.pdf)], check=True, capture_output=True)
    assert any("PANTONE 186 C" in file.name for file in tmp_path.iterdir())


def test_a_picture_of_forty_megapixels_is_brought_to_what_the_press_can_use(report):
    with pikepdf.open(report.pdf) as pdf:
        widths = [int(o.Width) for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
    assert max(widths) < 3000


def test_readers_are_silent(report, tmp_path):
    for command in (
        ["qpdf", "--check", str(report.pdf)],
        ["pdftoppm", "-r", "36", str(report.pdf), str(tmp_path / "p")],
        ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=nullpage", str(report.pdf)],
    ):
        done = subprocess.run(command, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
