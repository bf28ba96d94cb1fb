"""Changes by chance: of data that becomes YAML or JSON, of lines, of bytes."""

from __future__ import annotations

import codecs
import re
from copy import deepcopy
from random import Random
from typing import Any

from . import writing

NUMBERS: list[Any] = [
    0, -1, 1, 2, 3, 13, 1000, 2**31, 2**63, 10**40, -(10**9), 0.5, -0.0, 1e308, 1e-320, float("nan"), float("inf"),
    float("-inf"), 1e400, 0.1 + 0.2,
]  # fmt: skip
SCALARS: list[Any] = [
    None, True, False, "", " ", "~", "null", "yes", "no", "010", "0x1F", "1_000", "12:30", ".nan", ".inf", "1/3", "0/0", "9/8",
    "auto", ".", "|", "a.b", "../secret.md", "/etc/passwd", "C:\\a", "\\\\host\\a", "a/../../secret.png", "issue.yaml", "\0",
    "https://example.org/a.png", "file:///etc/passwd", "/dev/zero", ".git", "con", "a" * 5000, "{{ 7 * 7 }}", "100mm", "-1pt",
    "1e9mm", "5em", "nanpt", "2026-02-30", "0001-01-01", "9999-12-31", "99999-01-01", "2026-11-20T08:00", [], {}, [[]], [{}],
]  # fmt: skip


def scalar(random: Random) -> Any:
    roll = random.random()
    if roll < 0.35:
        return random.choice(NUMBERS)
    if roll < 0.75:
        return deepcopy(random.choice(SCALARS))
    return writing.stirred(random, writing.head(random), 3)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of nested data."""
    found, waiting = [], [data]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        for key in keys:
            found.append((one, key))
            waiting.append(one[key])
    return found


def change_data(random: Random, data: Any, words: list[str]) -> None:
    """One change to nested data, in place; `words` are keys and names that mean something there."""
    every = places(data)
    if not every:
        return
    holder, key = random.choice(every)
    value = holder[key]
    other_holder, other_key = random.choice(every)
    match random.randrange(10):
        case 0 | 1 | 2:
            holder[key] = scalar(random)
        case 3:
            del holder[key]
        case 4:
            holder[key] = deepcopy(other_holder[other_key])
        case 5 if isinstance(holder, dict):
            holder[random.choice(words)] = scalar(random)
        case 6 if isinstance(holder, dict):
            name = str(key)
            at = random.randint(0, len(name))
            holder[
                random.choice((name[:at] + name[at + 1 :], name[:at] + "x" + name[at:], name.upper(), name + " "))
            ] = holder.pop(key)
        case 7:
            holder[key] = [deepcopy(value) for _ in range(random.choice((0, 1, 2, 9)))]
        case 8 if isinstance(value, str):
            holder[key] = writing.stirred(random, value, 3)
        case 8 if isinstance(value, int | float):
            holder[key] = random.choice(NUMBERS)
        case _:
            holder[key] = {random.choice(words): deepcopy(value)}


def change_value(random: Random, data: Any) -> None:
    """One value of nested data becomes another of its type: a number larger or smaller, a word one that stands elsewhere."""
    scalars = [(holder, key) for holder, key in places(data) if not isinstance(holder[key], dict | list)]
    if not scalars:
        return
    holder, key = random.choice(scalars)
    value = holder[key]
    factor = random.choice((0, 0.1, 0.5, 0.9, 1.1, 2, 10, 100, -1))
    if isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, int):
        holder[key] = round(value * factor)
    elif isinstance(value, float):
        holder[key] = value * factor
    elif found := re.fullmatch(r"([\d.]+)(pt|mm)", str(value)):
        holder[key] = f"{float(found[1]) * factor:g}{found[2]}"
    else:
        same = [h[k] for h, k in scalars if k == key] if random.random() < 0.7 else [h[k] for h, k in scalars]
        holder[key] = random.choice(same)


def change_text(random: Random, text: str) -> str:
    """One change to the lines of a text."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    line = lines[at]
    match random.randrange(11):
        case 0:
            del lines[at]
        case 1:
            lines.insert(random.randrange(len(lines) + 1), line)
        case 2:
            lines[at] = (
                random.choice(("  ", "\t", "    ", "- ", "? ", "&a ", "*a", "!!python/object:os.system ", "%")) + line
            )
        case 3:
            lines[at] = line[random.randint(0, 3) :]
        case 4:
            column = random.randint(0, len(line))
            lines[at] = line[:column] + random.choice(":#{}[]&*!|>'\"%@`,-?\t") + line[column:]
        case 5:
            lines[at] = writing.stirred(random, line)
        case 6:
            lines.insert(
                at,
                random.choice(
                    ("---", "...", "<<: *a", "a: &a [*a]", "? {a: b}", "!!binary x", "%YAML 1.1", "%TAG ! x")
                ),
            )
        case 7:
            lines[at] = line + random.choice((" # 注", "#注", "\r", " |", " >-", " |2", " &a", ": "))
        case 8:
            lines[at] = line.replace(": ", ":", 1) if random.random() < 0.5 else line.replace(":", "：", 1)
        case 9:
            lines[at] = "[" * random.choice((3, 150, 3000)) if random.random() < 0.3 else f"{line} {{a: [b, {{c: d}}]}}"
        case _:
            lines[at] = line[: random.randint(0, len(line))]
    return "\n".join(lines)


def encoded(random: Random, text: str) -> bytes:
    """Text as files have it: mostly UTF-8 with plain ends of lines."""
    roll = random.random()
    if roll < 0.97:
        data = text.encode("utf-8", "surrogatepass")
    else:
        name = random.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "big5", "latin-1"))
        data = text.encode(name, "replace")
    roll = random.random()
    if roll < 0.03:
        data = data.replace(b"\n", b"\r\n")
    elif roll < 0.05:
        data = data.replace(b"\n", b"\r")
    elif roll < 0.06:
        data = data.replace(b"\n", "\u2028".encode())
    elif roll < 0.07:
        data = codecs.BOM_UTF8 + codecs.BOM_UTF8 + data
    elif roll < 0.08:
        data = change_bytes(random, data)
    return data


def change_bytes(random: Random, data: bytes, start: int = 0) -> bytes:
    """Some bytes changed, a stretch cut or doubled, or the end cut off."""
    if len(data) <= start:
        return data
    found = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        if len(found) <= start:
            break
        at = random.randrange(start, len(found))
        match random.randrange(8):
            case 0 | 1:
                found[at] = random.randrange(256)
            case 2:
                found[at] ^= 1 << random.randrange(8)
            case 3:
                found[at : at + 4] = random.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1"))
            case 4:
                found[at : at + 2] = random.choice((b"\0\0", b"\xff\xff", b"\x80\0", b"\0\1"))
            case 5:
                del found[at : at + random.randint(1, 64)]
            case 6:
                found[at:at] = found[max(start, at - random.randint(1, 64)) : at]
            case _:
                if random.random() < 0.2:
                    del found[at:]
    return bytes(found)
