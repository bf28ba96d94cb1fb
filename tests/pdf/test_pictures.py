"""Every kind of picture file comes out upright, cropped, no finer than is of use, and in the press's inks."""

from __future__ import annotations

import gzip
from pathlib import Path
from threading import Barrier
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageCms, ImageDraw

from layout.composition import Box, Colour, PlacedPicture
from layout.errors import SourceLocation
from layout.pdf import images
from layout.pdf.document import write_pdf
from layout.pdf.target import screen_target
from layout.runtime.store import ArtifactStore

from .compositions import faces, issue, page, press, write
from .picture_files import deep_png, deep_tiff, linear_grey, noise
from .readers import assert_clean, colours, ink, plates

pytestmark = pytest.mark.slow  # plates of every kind of picture

LEFT, TOP, WIDTH, HEIGHT = 100.0, 100.0, 200.0, 100.0
BLEED = 8.5
NEWSPRINT = press(printer="newsprint").icc


def scene(width: int = 400, height: int = 200) -> Image.Image:
    """A photograph of sorts: upper left red, upper right blue, lower left grey, lower right white, with grain."""
    image = Image.new("RGB", (width, height), (250, 250, 250))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height // 2), fill=(200, 20, 30))
    draw.rectangle((width // 2, 0, width, height // 2), fill=(20, 40, 160))
    draw.rectangle((0, height // 2, width // 2, height), fill=(90, 90, 90))
    return Image.blend(image, noise(width, height).convert("RGB"), 0.02)


def place(file: Path, **rest: Any) -> PlacedPicture:
    return PlacedPicture(str(file), LEFT, TOP, WIDTH, HEIGHT, **rest)


def image_of(path: Path) -> pikepdf.Stream:
    with pikepdf.open(path) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        whole = {str(key): value for key, value in image.stream_dict.items()}
        return {key: int(value) if isinstance(value, int) else str(value) for key, value in whole.items()}


def corners(path: Path) -> dict[str, tuple[int, ...]]:
    """Inks about the middle of each quarter of the picture, 0 to 255."""
    separated = plates(path, dpi=72)
    centres = {
        "upper left": (0.25, 0.25),
        "upper right": (0.75, 0.25),
        "lower left": (0.25, 0.75),
        "lower right": (0.75, 0.75),
    }
    found = {}
    for name, (x, y) in centres.items():
        left, top = round(BLEED + LEFT + x * WIDTH), round(BLEED + TOP + y * HEIGHT)
        spot = (left - 4, top - 4, left + 5, top + 5)  # the mean of some dots, for line art that is dithered
        found[name] = tuple(
            plate.resize((1, 1), Image.Resampling.BOX, box=spot).getpixel((0, 0)) for plate in separated
        )
    return found


def saved(folder: Path, kind: str) -> Path:
    """The scene as each kind of file."""
    image, options = scene(), {}
    name, _, extra = kind.partition(" ")
    path = folder / f"scene.{name}"
    match extra:
        case "grey":
            image = image.convert("L")
        case "cmyk":
            image = image.convert("CMYK")
        case "cmyk-profile":
            srgb = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, srgb, str(NEWSPRINT), outputMode="CMYK")
            options = {"icc_profile": NEWSPRINT.read_bytes()}
        case "profile":
            options = {"icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()}
        case "palette":
            image = image.quantize(64)
        case "alpha":
            image.putalpha(Image.linear_gradient("L").resize(image.size))
        case "16-bit":
            image = image.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
        case "bilevel":
            image = image.convert("1")
        case turn if turn.startswith("turned-"):
            exif = Image.Exif()
            exif[0x0112] = int(turn[-1])
            image = image if STORED[turn[-1]] is None else image.transpose(STORED[turn[-1]])
            options = {"exif": exif}
        case "lossless":
            options = {"lossless": True}
    image.save(path, **options)
    return path


# How a picture is stored that EXIF's orientation turns upright (Exif 2.32, 4.6.4 A).
STORED = {
    "1": None,
    "2": Image.Transpose.FLIP_LEFT_RIGHT,
    "3": Image.Transpose.ROTATE_180,
    "4": Image.Transpose.FLIP_TOP_BOTTOM,
    "5": Image.Transpose.TRANSPOSE,
    "6": Image.Transpose.ROTATE_90,
    "7": Image.Transpose.TRANSVERSE,
    "8": Image.Transpose.ROTATE_270,
}
KINDS = [
    *("jpg", "jpg grey", "jpg cmyk", "jpg cmyk-profile", "jpg profile", *(f"jpg turned-{n}" for n in STORED)),
    *("png", "png grey", "png palette", "png alpha", "png 16-bit", "png bilevel", "png profile"),
    *("tif", "tif grey", "tif cmyk", "tif 16-bit", "webp", "webp lossless", "webp alpha"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_is_printed_in_inks_and_upright(tmp_path: Path, kind: str) -> None:
    path = write(issue(page(pictures=(place(saved(tmp_path, kind)),))), tmp_path / "a.pdf")
    assert colours(path) <= {"/DeviceCMYK", "/DeviceGray"}
    found = corners(path)
    assert sum(found["lower right"]) < 60  # white
    assert found["lower left"][3] > 40 or sum(found["lower left"]) > 100  # grey
    if not any(word in kind for word in ("grey", "16-bit", "bilevel", "alpha")):
        cyan, magenta, yellow, _ = found["upper left"]
        assert min(magenta, yellow) > 150 > cyan + 60
        cyan, magenta, yellow, _ = found["upper right"]
        assert min(cyan, magenta) > 150 > yellow + 30


def test_all_kinds_together_are_read_by_all_programs(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(len(KINDS))]
    for folder in folders:
        folder.mkdir()
    placed = tuple(place(saved(folder, kind)) for folder, kind in zip(folders, KINDS, strict=True))
    assert_clean(write(issue(page(pictures=placed)), tmp_path / "a.pdf"))


@pytest.mark.parametrize("kind", ["jpg grey", "png grey", "png 16-bit", "tif 16-bit", "png bilevel"])
def test_grey_is_printed_with_black_alone(tmp_path: Path, kind: str) -> None:
    separated = plates(write(issue(page(pictures=(place(saved(tmp_path, kind)),))), tmp_path / "a.pdf"), dpi=72)
    assert [ink(plate) for plate in separated[:3]] == [0, 0, 0]
    assert ink(separated[3]) > 100


def test_a_grey_photograph_saved_in_rgb_is_printed_with_black_alone(tmp_path: Path) -> None:
    scene().convert("L").convert("RGB").save(tmp_path / "grey.jpg", quality=90)
    path = write(issue(page(pictures=(place(tmp_path / "grey.jpg"),))), tmp_path / "a.pdf")
    assert [ink(plate) for plate in plates(path, dpi=72)[:3]] == [0, 0, 0]


@pytest.mark.parametrize("other", [(122, 120, 120), (120, 122, 122), (118, 120, 120), (120, 120, 122)])
def test_two_of_256_steps_between_red_green_and_blue_are_grey_and_three_are_a_colour(
    tmp_path: Path, other: tuple[int, int, int]
) -> None:
    """As JPEG rounds a grey; one pixel of many makes the picture a coloured one."""
    further = tuple(value + (value > 120) - (value < 120) for value in other)
    for colour, grey in ((other, True), (further, False)):
        image = Image.new("RGB", (200, 150), (120, 120, 120))
        image.putpixel((101, 75), colour)
        image.save(tmp_path / f"{grey}.png")
        path = write(issue(page(pictures=(place(tmp_path / f"{grey}.png"),))), tmp_path / f"{grey}.pdf")
        assert (image_of(path)["/ColorSpace"] == "/DeviceGray") is grey


def test_sixteen_bits_keep_their_tone(tmp_path: Path) -> None:
    for kind in ("png grey", "png 16-bit", "tif 16-bit"):
        path = write(issue(page(pictures=(place(saved(tmp_path, kind)),))), tmp_path / "a.pdf")
        assert corners(path)["lower left"][3] == pytest.approx(255 - 91, abs=6)


RED, TEAL_INKS = (52000, 5000, 8000), (50000, 10000, 20000, 6000)


def test_sixteen_bits_of_every_channel_are_read(tmp_path: Path) -> None:
    Image.new("RGB", (400, 200), tuple(round(value / 257) for value in RED)).save(tmp_path / "eight.png")
    told = {}
    for name, file in {
        "eight": tmp_path / "eight.png",
        "png": deep_png(tmp_path / "a.png", 3, RED),
        "png alpha": deep_png(tmp_path / "b.png", 4, (*RED, 65535)),
        "tif": deep_tiff(tmp_path / "a.tif", 2, RED),
        "tif inks": deep_tiff(tmp_path / "b.tif", 5, TEAL_INKS),
        "tif grey": deep_tiff(tmp_path / "c.tif", 1, (40000,)),
        "tif negative": deep_tiff(tmp_path / "d.tif", 0, (25535,)),
    }.items():
        told[name] = corners(write(issue(page(pictures=(place(file),))), tmp_path / "a.pdf"))["upper left"]
    for name in ("png", "png alpha", "tif"):
        assert told[name] == pytest.approx(told["eight"], abs=2)
    assert told["tif inks"] == pytest.approx([value / 257 for value in TEAL_INKS], abs=2)
    assert told["tif grey"] == told["tif negative"] == pytest.approx((0, 0, 0, 255 - 40000 / 257), abs=2)


def test_planes_of_sixteen_bits_are_refused_by_name(tmp_path: Path) -> None:
    file = deep_tiff(tmp_path / "a.tif", 2, RED, planes=True)
    bad = issue(page(pictures=(place(file, mark=SourceLocation("issue.yaml", 9, 5)),)))
    (found,) = write_pdf(bad, tmp_path / "a.pdf", faces=faces(), target=press(), cache=None)
    assert (found.rule, found.mark) == ("picture-unreadable", SourceLocation("issue.yaml", 9, 5))
    assert "planes" in found.what.en
    assert "交错" in found.what.zh


def test_the_profile_of_a_grey_picture_counts(tmp_path: Path) -> None:
    """A linear grey of 55 is as light as one of sRGB's 128."""
    for name, image in {
        "l.tif": Image.new("L", (400, 200), 55),
        "la.png": Image.new("LA", (400, 200), (55, 255)),
    }.items():
        image.save(tmp_path / name, icc_profile=linear_grey())
        path = write(issue(page(pictures=(place(tmp_path / name),))), tmp_path / "a.pdf")
        assert corners(path)["upper left"] == pytest.approx((0, 0, 0, 127), abs=3)


def test_inks_with_the_printer_s_profile_or_none_stay_as_they_are(tmp_path: Path) -> None:
    patch = Image.new("CMYK", (400, 200), (0, 0, 0, 200))
    ImageDraw.Draw(patch).point([(n, n % 7) for n in range(200)], fill=(9, 9, 9, 9))
    for name, profile in (("none", b""), ("own", press().icc.read_bytes())):
        patch.save(tmp_path / f"{name}.tif", **({"icc_profile": profile} if profile else {}))
        path = write(issue(page(pictures=(place(tmp_path / f"{name}.tif"),))), tmp_path / "a.pdf")
        assert corners(path)["lower right"] == (0, 0, 0, 200)


def test_inks_of_another_press_become_those_of_the_same_colour_here(tmp_path: Path) -> None:
    there = Image.new("CMYK", (400, 200), (20, 200, 160, 30))
    there.save(tmp_path / "scene.tif", icc_profile=NEWSPRINT.read_bytes())
    found = corners(write(issue(page(pictures=(place(tmp_path / "scene.tif"),))), tmp_path / "a.pdf"))["upper left"]
    here = Image.new("CMYK", (1, 1), found)
    assert found != (20, 200, 160, 30)
    seen = [_seen(there, NEWSPRINT), _seen(here, press().icc)]
    assert seen[0] == pytest.approx(seen[1], abs=6)


def _seen(image: Image.Image, profile: Path) -> tuple[int, ...]:
    """What a reader sees, in RGB."""
    srgb = ImageCms.createProfile("sRGB")
    shown = ImageCms.profileToProfile(
        image,
        str(profile),
        srgb,
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        "RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    return tuple(shown.getpixel((0, 0)))


def test_the_crop_alone_is_embedded(tmp_path: Path) -> None:
    picture = place(saved(tmp_path, "png"), crop=(0.5, 0.0, 1.0, 0.5))
    path = write(issue(page(pictures=(picture,))), tmp_path / "a.pdf")
    image = image_of(path)
    assert (image["/Width"], image["/Height"]) == (200, 100)
    assert all(min(inks[:2]) > 150 for inks in corners(path).values())  # blue everywhere


def test_more_pixels_than_are_of_use_are_brought_down(tmp_path: Path) -> None:
    for name in ("big.jpg", "big.png"):
        scene(2400, 1200).save(tmp_path / name)
        image = image_of(write(issue(page(pictures=(place(tmp_path / name),))), tmp_path / "a.pdf"))
        assert image["/Width"] == pytest.approx(WIDTH / 72 * 300, abs=1)
        assert image["/Height"] == pytest.approx(HEIGHT / 72 * 300, abs=1)


def test_a_picture_is_never_made_larger(tmp_path: Path) -> None:
    image = image_of(write(issue(page(pictures=(place(saved(tmp_path, "jpg")),))), tmp_path / "a.pdf"))
    assert (image["/Width"], image["/Height"]) == (400, 200)


def test_photographs_become_jpeg_and_flat_art_stays_exact(tmp_path: Path) -> None:
    flat = Image.new("RGB", (400, 200), (200, 30, 40))
    flat.save(tmp_path / "flat.png")
    assert (
        image_of(write(issue(page(pictures=(place(tmp_path / "flat.png"),))), tmp_path / "a.pdf"))["/Filter"]
        == "/FlateDecode"
    )
    noisy = Image.merge("RGB", [noise(400, 200, seed) for seed in range(3)])
    noisy.save(tmp_path / "photo.png")
    assert (
        image_of(write(issue(page(pictures=(place(tmp_path / "photo.png"),))), tmp_path / "a.pdf"))["/Filter"]
        == "/DCTDecode"
    )


def test_what_is_clear_shows_the_tint_below(tmp_path: Path) -> None:
    image = Image.new("RGBA", (400, 200), (200, 30, 40, 255))
    ImageDraw.Draw(image).rectangle((200, 0, 400, 200), fill=(0, 0, 0, 0))
    image.save(tmp_path / "half.png")
    tint = Box("rule", LEFT, TOP, WIDTH, HEIGHT, fill=Colour(0.4, 0, 0, 0))
    found = corners(write(issue(page(boxes=(tint,), pictures=(place(tmp_path / "half.png"),))), tmp_path / "a.pdf"))
    assert found["upper right"] == pytest.approx((102, 0, 0, 0), abs=1)
    assert found["upper left"][1] > 200


def test_a_picture_used_twice_is_in_the_file_once(tmp_path: Path) -> None:
    file = saved(tmp_path, "jpg")
    path = write(issue(page(pictures=(place(file),)), page(number=2, pictures=(place(file),))), tmp_path / "a.pdf")
    with pikepdf.open(path) as pdf:
        images = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]
        assert len(images) == 1


def test_a_vector_picture_keeps_its_inks_and_its_crop(tmp_path: Path) -> None:
    (tmp_path / "plan.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><rect width="200" height="200" '
        'fill="device-cmyk(0 1 0 0)"/><rect x="200" width="200" height="200" fill="device-cmyk(1 0 0 0)"/></svg>'
    )
    whole = corners(write(issue(page(pictures=(place(tmp_path / "plan.svg"),))), tmp_path / "a.pdf"))
    assert (whole["upper left"], whole["lower right"]) == ((0, 255, 0, 0), (255, 0, 0, 0))
    picture = place(tmp_path / "plan.svg", crop=(0.5, 0.0, 1.0, 0.5))
    part = corners(write(issue(page(pictures=(picture,))), tmp_path / "b.pdf"))
    assert set(part.values()) == {(255, 0, 0, 0)}


@pytest.mark.parametrize("name", ["第 1 版 #3.svg", "图&“50%”.svg", "plan.svgz"])
def test_a_vector_picture_may_have_any_name_and_be_packed(tmp_path: Path, name: str) -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2">'
        b'<rect width="4" height="2" fill="device-cmyk(0 1 0 0)"/></svg>'
    )
    (tmp_path / name).write_bytes(gzip.compress(drawing) if name.endswith("z") else drawing)
    found = corners(write(issue(page(pictures=(place(tmp_path / name),))), tmp_path / "a.pdf"))
    assert set(found.values()) == {(0, 255, 0, 0)}


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "cut"])
def test_a_file_that_is_no_picture_is_reported_with_its_place(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "photo.jpg"
    if kind == "cut":
        whole = saved(tmp_path, "jpg").read_bytes()
        path.write_bytes(whole[: len(whole) // 3])
    elif kind != "missing":
        path.write_bytes(b"" if kind == "empty" else b"not a picture at all")
    picture = place(path, mark=SourceLocation("issue.yaml", 31, 15))
    found = write_pdf(issue(page(pictures=(picture,))), tmp_path / "a.pdf", faces=faces(), target=press(), cache=None)
    assert [(problem.rule, problem.mark) for problem in found] == [
        ("picture-unreadable", SourceLocation("issue.yaml", 31, 15))
    ]
    assert not (tmp_path / "a.pdf").exists()


def test_a_screen_gets_light_and_less_of_it(tmp_path: Path) -> None:
    scene(2400, 1200).save(tmp_path / "big.jpg")
    path = write(
        issue(page(pictures=(place(tmp_path / "big.jpg", alt="x"),))), tmp_path / "a.pdf", target=screen_target()
    )
    image = image_of(path)
    assert image["/ColorSpace"] == "/DeviceRGB"
    assert image["/Width"] == pytest.approx(WIDTH / 72 * 160, abs=1)


def test_a_converted_picture_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, cache = saved(tmp_path, "jpg"), tmp_path / "cache"
    ArtifactStore.clear_memory()
    first = write(issue(page(pictures=(place(file),))), tmp_path / "a.pdf", cache=cache).read_bytes()
    ArtifactStore.clear_memory()
    monkeypatch.setattr(images, "_convert", None)
    assert write(issue(page(pictures=(place(file),))), tmp_path / "a.pdf", cache=cache).read_bytes() == first


def test_pictures_are_converted_side_by_side_and_each_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of two conversions waits for the other to have begun; the second place of a picture asks for none."""
    first, second = tmp_path / "a.png", tmp_path / "b.png"
    Image.new("RGB", (40, 20), "teal").save(first)
    Image.new("RGB", (40, 20), "maroon").save(second)
    together, convert, done = Barrier(2, timeout=30), images._convert, []

    def watched(data: bytes, *rest: Any) -> Any:
        together.wait()
        done.append(data)
        return convert(data, *rest)

    monkeypatch.setattr(images, "_convert", watched)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    ArtifactStore.clear_memory()
    both = (place(first), place(second))
    write(issue(page(pictures=both), page(number=2, pictures=both)), tmp_path / "a.pdf")
    assert sorted(done) == sorted([first.read_bytes(), second.read_bytes()])
