"""Pieces of furniture for tests."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from layout.composition import Box

CSS = """
:root { --accent: device-cmyk(0 1 1 .15); --spot: separation("PANTONE 186 C" 1 0 1 .8 .05);
        --half: separation("PANTONE 186 C" .5 0 1 .8 .05) }
body { font-family: "Newsletter Song"; font-size: 9pt; color: device-cmyk(0 0 0 1) }
div { position: absolute }
.gradient { left: 0; top: 0; width: 200pt; height: 30pt;
            background: linear-gradient(to right, device-cmyk(0 1 1 .15), device-cmyk(0 0 1 0)) }
.shadow { left: 220pt; top: 4pt; width: 100pt; height: 20pt; background: device-cmyk(0 .1 .2 0);
          box-shadow: 0 0 6pt device-cmyk(0 0 0 .5); border: .5pt solid #000 }
.spot { left: 340pt; top: 0; color: var(--spot); font-weight: 900; font-size: 24pt }
.spots { left: 340pt; top: 40pt; width: 100pt; height: 20pt;
         background: linear-gradient(to right, var(--spot), var(--half)) }
.white { left: 0; top: 40pt; width: 100pt; height: 30pt; background: var(--accent); color: device-cmyk(0 0 0 0) }
.rgb { left: 220pt; top: 40pt; color: rgb(200 30 60); width: 100pt; border: 1pt dotted var(--accent);
       border-radius: 4pt; background: radial-gradient(device-cmyk(.3 0 0 0), device-cmyk(0 0 0 0)) }
.through { left: 450pt; top: 0; opacity: .6 }
.lab { left: 450pt; top: 40pt; color: oklch(.6 .2 30) }
"""
HTML = """
<div class=gradient>渐变上的黑字</div><div class=shadow>阴影</div><div class=spot>专色标题</div><div class=spots></div>
<div class=white>反白字</div><div class=rgb>红字</div><div class=lab>彩字</div>
<div class=through><img src="emblem.png" style="width:30pt">半透明</div>
<svg style="position:absolute;left:110pt;top:40pt;width:100pt;height:40pt" viewBox="0 0 200 80"><defs>
<linearGradient id="g"><stop offset="0" stop-color="device-cmyk(1 0 0 0)"/><stop offset="1" stop-color="lime"/>
</linearGradient></defs><rect width="200" height="80" fill="url(#g)"/>
<circle cx="50" cy="40" r="30" fill="#ff8800" stroke="black"/></svg>
"""


def emblem(path: Path, fill: tuple[int, int, int] = (200, 30, 40)) -> Path:
    """A round RGB emblem on nothing."""
    image = Image.new("RGBA", (120, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((4, 4, 116, 116), fill=(*fill, 255), outline=(255, 255, 255, 128), width=8)
    image.save(path)
    return path


def torture(folder: Path) -> Box:
    """Everything that WeasyPrint leaves in RGB, and some more."""
    emblem(folder / "emblem.png")
    return Box("furniture", 36.6, 400, 522, 80, html=HTML, css=CSS, base=str(folder), name="torture")


def plain(html: str, css: str = "", *, width: float = 300.0, height: float = 40.0, base: str = "") -> Box:
    body = 'body{font-family:"Newsletter Song";font-size:9pt}'
    return Box("furniture", 36.6, 400, width, height, html=html, css=body + css, base=base, name="nameplate")
