"""Sets of the character classes that `characters.CLASSES` and `characters.DERIVED` name by one letter each.

Those that are looked up in a row of classes, which is bytes, are bytes; those for pairs of classes are sets of letters.
"""

from __future__ import annotations

# In rows of classes.
DIVISIBLE_WORDS = b"ANuv"  # Western words, numbers, units and prefixes: a line may end inside them if it must
WESTERN_WORD, NUMBER = b"A", b"N"
DIVIDED = b"BUREw"  # parts of such a word after which a line may end
DIVIDED_AT_SEAM = b"BURw"  # the same, at a hyphen, a mark of an address or a range, not between any two letters
DIVIDED_RANGE = b"R"
NOT_AT_LINE_START = b",.!;TcK)>"  # pauses, stops and closing marks, of either width
MARKS = NOT_AT_LINE_START + b"(<"  # all marks that have white inside
HAN_UNDER_RUBY = b"HMmOk"  # what a reading may overhang (rule J7)
WHITE_BEFORE_RUBY = b",.!)"  # marks whose white half, on the right, it may overhang
NO_TYPE = b"(),.!:;TcK<>_zZoQ=e~-/"  # marks and spaces: they do not keep a last line from being a runt (rule E9)
TYPED_SPACES = b"_zZoQ"
SWALLOWED_SPACES = b"zo"  # typed spaces that are not printed
SHRINKS_ON_BOTH_SIDES = b":c"
TYPED_SPACE = ord("_")
HYPHEN_PART = ord("B")
JOINED_PART = "J"

# For pairs of classes.
SPACED, SPACED_NEXT = frozenset("ANuvr"), frozenset("ANuvBUREwJS")  # between two of these a typed space stands
GAPPED = frozenset("ANuvBUREwJS")  # what a gap separates from Han (rule D1), not from full-width marks (D3)
IN_SQUARE = frozenset("HMmOIYjk")
HELD = frozenset("~-/")  # no space is added beside them (rule E5)
HELD_BEFORE = frozenset("Xzogj_")  # no space is added before these
MEASURED = frozenset("ANuvlrBUREwJSXY%=eTgj")  # as wide as their characters; Western brackets are not trimmed (C13)
CENTRED = frozenset(":-/~")  # the glyph stands in the middle of the cell
DASHES = frozenset("=e")  # dash and ellipsis
