"""Renders the scenes of this folder to ../NAME.jpg, 300 ppi in print: python render.py [NAME…]. Needs povray and Pillow."""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
SIZES = {
    "boiler-house": (1800, 1125),
    "steamers": (1400, 1000),
    "boat": (1800, 1125),
    "bridge": (1050, 700),
    "thermoses": (1400, 1050),
    "track": (1800, 1012),
}


def render(name: str) -> None:
    width, height = SIZES[name]
    with tempfile.TemporaryDirectory() as folder:
        png = Path(folder) / f"{name}.png"
        options = [f"+I{name}.pov", f"+O{png}", f"+W{width}", f"+H{height}", "+A0.2", "+AM1", "+R2", "-D", "-GA"]
        subprocess.run(["povray", *options], cwd=HERE, check=True, capture_output=True)
        picture = Image.open(png).convert("RGB")
        picture.save(HERE.parent / f"{name}.jpg", quality=92, subsampling=0, dpi=(300, 300), optimize=True)


if __name__ == "__main__":
    for name in sys.argv[1:] or SIZES:
        render(name)
        print(name)
