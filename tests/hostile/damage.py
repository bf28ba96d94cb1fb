"""Good files, damaged: cut short, bits turned, stretches doubled, taken out or overwritten. Seeded."""

from __future__ import annotations

from random import Random


def damaged(data: bytes, seed: int) -> bytes:
    random = Random(seed)
    found = bytearray(data)
    kind = random.randrange(6)
    if kind == 0:
        return bytes(found[: random.randrange(len(found))])
    at = random.randrange(len(found))
    length = random.choice((1, 2, 8, 64, 1024))
    if kind == 1:
        for _ in range(random.choice((1, 4, 32))):
            found[random.randrange(len(found))] ^= 1 << random.randrange(8)
    elif kind == 2:
        del found[at : at + length]
    elif kind == 3:
        found[at:at] = found[at : at + length]
    elif kind == 4:
        found[at : at + length] = random.choice((b"\0", b"\xff", b"9", b"<", b"(")) * length
    else:
        to = random.randrange(len(found))
        found[to : to + length] = found[at : at + length]
    return bytes(found)
