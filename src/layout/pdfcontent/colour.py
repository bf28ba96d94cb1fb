"""Colour spaces and colours of a PDF as inks: which plates, how much of each, and which colours name no inks."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any

import pikepdf
from msgspec import Struct

from ..runtime.limits import LimitError
from .objects import FAULTS, dictionary, inflated, integer, items

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_DEVICE = {
    "DeviceGray": "DeviceGray",
    "G": "DeviceGray",
    "DeviceRGB": "DeviceRGB",
    "RGB": "DeviceRGB",
    "DeviceCMYK": "DeviceCMYK",
    "CMYK": "DeviceCMYK",
}
_COMPONENTS = {"DeviceGray": 1, "CalGray": 1, "DeviceRGB": 3, "CalRGB": 3, "Lab": 3, "DeviceCMYK": 4, "Indexed": 1}
_DEEPEST = 6  # spaces within spaces; more is a loop
_MOST_INKS = 64  # of a DeviceN; the format allows 32


class ColourSpace(Struct, frozen=True):
    """A colour space: its `family` by the specification's name, and what of it matters in print.

    `inks` are the plates a Separation or DeviceN names; `base` is the space that an Indexed or a Pattern space
    stands on; `profile` is the MD5 of an ICC profile, which is how portals compare profiles.
    """

    family: str
    components: int = 1
    inks: tuple[str, ...] = ()
    base: ColourSpace | None = None
    profile: str = ""

    @property
    def leaf(self) -> ColourSpace:
        """The space of the colour's own components, below an Indexed or Pattern space."""
        return self.base.leaf if self.base is not None else self

    @property
    def name(self) -> str:
        """What to call it in a message: `DeviceRGB`, `ICCBased (3 channels)`."""
        leaf = self.leaf
        return f"ICCBased ({leaf.components} channels)" if leaf.family == "ICCBased" else leaf.family

    @property
    def is_cmyk(self) -> bool:
        return self.leaf.family == "DeviceCMYK"

    @property
    def spots(self) -> tuple[str, ...]:
        """The plates it needs beyond the four of the process; `All` and `None` are no plates."""
        return tuple(ink for ink in self.leaf.inks if ink not in PROCESS and ink not in ("All", "None"))


GRAY = ColourSpace("DeviceGray", 1)
RGB = ColourSpace("DeviceRGB", 3)
CMYK = ColourSpace("DeviceCMYK", 4)
PATTERN = ColourSpace("Pattern", 0)
UNKNOWN = ColourSpace("unknown", 1)
DEVICE = {"DeviceGray": GRAY, "DeviceRGB": RGB, "DeviceCMYK": CMYK}


class PaintedColour(Struct, frozen=True, dict=True):
    """A colour as painted: a space and its components, 0–1. A pattern has no components of its own."""

    space: ColourSpace
    values: tuple[float, ...] = ()

    @cached_property
    def amounts(self) -> tuple[float, ...]:
        """Ink on each plate, 0–1, in CMYK, Separation, DeviceN and grey; empty where no inks are named."""
        family = self.space.family
        if family in ("DeviceCMYK", "Separation", "DeviceN"):
            return self.values
        if family in ("DeviceGray", "CalGray") and self.values:
            return (1 - self.values[0],)
        return ()

    @cached_property
    def is_white(self) -> bool:
        return bool(self.amounts) and max(self.amounts) <= 0.001

    @cached_property
    def is_black(self) -> bool:
        """Whether it is full black ink alone, in any colour space."""
        family, values = self.space.family, self.values
        if family == "DeviceCMYK":
            return len(values) == 4 and values[3] >= 0.999 and max(values[:3]) <= 0.001
        if family in ("Separation", "DeviceN") and "Black" in self.space.inks:
            return all(
                (v >= 0.999) if ink == "Black" else v <= 0.001 for ink, v in zip(self.space.inks, values, strict=False)
            )
        return family == "DeviceGray" and values == (0.0,)

    @cached_property
    def ink_count(self) -> int:
        if self.space.family == "Separation" and self.space.inks == ("All",):
            return 1 if self.is_white else 4
        return sum(amount > 0.001 for amount in self.amounts)

    @cached_property
    def total(self) -> float:
        """All inks together, in per cent, of a CMYK colour; 0 of any other."""
        return 100 * sum(self.values) if self.space.family == "DeviceCMYK" else 0.0

    @cached_property
    def strongest(self) -> float:
        """The strongest ink, in per cent: below some amount no dot holds on the plate."""
        return 100 * max(self.amounts, default=0.0)

    @cached_property
    def prints(self) -> bool:
        """Whether it leaves anything on white paper."""
        return not self.is_white and not (self.space.leaf.components == 3 and min(self.values, default=0) >= 0.999)


def first_colour(space: ColourSpace) -> PaintedColour:
    """The initial colour of a space (ISO 32000-1 8.6.3): black or full tint; no components where it is unknown."""
    if space.family == "DeviceCMYK":
        return PaintedColour(space, (0.0, 0.0, 0.0, 1.0))
    if space.family in ("Separation", "DeviceN"):
        return PaintedColour(space, (1.0,) * space.components)
    return PaintedColour(space, (0.0,) * space.components)


class ColourSpaces:
    """Reads colour spaces out of a document, each one once."""

    def __init__(self) -> None:
        self._cache: dict[tuple[int, int], ColourSpace] = {}
        self._profiles: dict[tuple[int, int], str] = {}

    def read(self, value: Any, resources: dict[str, Any] | None = None, depth: int = 0) -> ColourSpace:
        """The space a name or an array stands for; `resources` is the ColorSpace dictionary to look names up in.

        What cannot be understood is `UNKNOWN`, not an error.
        """
        if depth > _DEEPEST or value is None:
            return UNKNOWN
        if isinstance(value, pikepdf.Name):
            return self._named(name_of(value), resources or {}, depth)
        if not isinstance(value, pikepdf.Array) or not len(value):
            return UNKNOWN
        key = value.objgen
        if key != (0, 0) and key in self._cache:
            return self._cache[key]
        try:
            space = self._array(value, resources, depth)
        except (LimitError, *FAULTS):
            space = UNKNOWN
        if key != (0, 0):
            self._cache[key] = space
        return space

    def _named(self, name: str, resources: dict[str, Any], depth: int) -> ColourSpace:
        if name == "Pattern":
            return PATTERN
        family = _DEVICE.get(name)
        if family is not None:
            # A default space takes the device space's place (ISO 32000-1 8.6.5.6).
            default = resources.get("/Default" + family.removeprefix("Device"))
            return self.read(default, None, depth + 1) if default is not None else DEVICE[family]
        found = resources.get("/" + name)
        return UNKNOWN if found is None else self.read(found, resources, depth + 1)

    def _array(self, value: pikepdf.Array, resources: dict[str, Any] | None, depth: int) -> ColourSpace:
        family = name_of(value[0])
        if family in _DEVICE or len(value) == 1:
            return self._named(family, resources or {}, depth)
        if family == "ICCBased":
            stream = dictionary(value[1])
            return ColourSpace("ICCBased", integer(stream.get("/N", 0)), profile=self._profile(stream))
        if family in ("Indexed", "I"):
            return ColourSpace("Indexed", 1, base=self.read(value[1], resources, depth + 1))
        if family == "Pattern":
            return ColourSpace("Pattern", 0, base=self.read(value[1], resources, depth + 1))
        if family == "Separation":
            return ColourSpace("Separation", 1, inks=(name_of(value[1]),))
        if family == "DeviceN":
            inks = tuple(name_of(ink) for _, ink in zip(range(_MOST_INKS), items(value[1]), strict=False))
            return ColourSpace("DeviceN", len(inks), inks=inks)
        return ColourSpace(family, _COMPONENTS.get(family, 1))

    def _profile(self, stream: Any) -> str:
        key = stream.objgen
        if key not in self._profiles:
            self._profiles[key] = hashlib.md5(inflated(stream), usedforsecurity=False).hexdigest()
        return self._profiles[key]


def name_of(value: Any) -> str:
    """A PDF name without its solidus. Old Chinese files code names in GB 18030."""
    try:
        return str(value).removeprefix("/")
    except UnicodeDecodeError:
        return bytes(value).decode("gb18030", "replace").removeprefix("/")
