"""Draws the emblem, a crossed collar in a round seal, to ../emblem.svg: python emblem.py."""

from drawing import ORANGE, SAND, TEAL, path, svg


def emblem() -> None:
    """A crossed collar in a round seal: 青衿."""
    ring = f'<circle cx="100" cy="100" r="96" fill="{TEAL}"/><circle cx="100" cy="100" r="87" fill="{SAND}"/><circle cx="100" cy="100" r="82" fill="{TEAL}"/>'
    neck = path("M56 34Q100 16 144 34Q132 66 104 98Q74 70 56 34Z", SAND)
    under = path("M56 34C66 58 80 76 103 99", "none", ORANGE, 11)
    over = path("M144 34C128 70 98 112 48 158", "none", ORANGE, 13)
    seam = path("M158 52C142 92 112 134 68 174", "none", SAND, 3.4) + path(
        "M42 52C50 68 60 82 74 97", "none", SAND, 3.4
    )
    svg("emblem", 200, 200, ring, neck, under, over, seam)


if __name__ == "__main__":
    emblem()
