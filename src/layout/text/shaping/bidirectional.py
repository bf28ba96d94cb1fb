"""The levels of a paragraph's characters by the bidirectional algorithm (UAX #9): odd ones run from right to left.

python-bidi gives a whole text in its display order and no levels, and a line of items is not a text; so the rules are
here, and its display order is what they are tested against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from unicodedata import bidirectional

_DEEPEST = 125  # BD2
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_EMBEDDINGS = {"LRE": "", "RLE": "", "LRO": "L", "RLO": "R"}
_REMOVED = frozenset({*_EMBEDDINGS, "PDF", "BN"})  # X9
_NEUTRAL = frozenset({"B", "S", "WS", "ON", *_ISOLATES, "PDI"})
_STRONG = frozenset({"L", "R", "AL"})
# Bidi_Paired_Bracket; canonically equivalent ones are one pair (BD14–16).
_PAIRS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋〈〉❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽"
    "⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
_OPENING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_CLOSING = dict(zip(_PAIRS[1::2], _PAIRS[1::2], strict=True)) | {"\u232a": "\u3009"}
_OPENING["\u2329"] = "\u3009"


def embedding_levels(text: str, base: int, classes: Sequence[str] | None = None) -> list[int]:
    """The level of each character of a paragraph of level `base` (0 from the left, 1 from the right).

    `classes` are the characters' Bidi_Class where they are not Unicode's own.
    """
    own = [bidirectional(character) or "L" for character in text] if classes is None else [*classes]
    ends = _isolate_ends(own)
    levels, resolved = _explicit_levels(own, ends, base)
    kept = [at for at, kind in enumerate(own) if kind not in _REMOVED]
    for sequence, before, after in [*_isolating_runs(kept, own, levels, ends, base)]:
        _resolve(text, sequence, resolved, levels, before, after)
    level = base
    for at, kind in enumerate(own):  # what is removed goes with what is before it
        if kind in _REMOVED:
            levels[at] = level
        level = levels[at]
    return levels


def _isolate_ends(kinds: Sequence[str]) -> dict[int, int]:
    """The matching PDI of each isolate initiator (BD9)."""
    ends: dict[int, int] = {}
    open_: list[int] = []
    for at, kind in enumerate(kinds):
        if kind in _ISOLATES:
            open_.append(at)
        elif kind == "PDI" and open_:
            ends[open_.pop()] = at
        elif kind == "B":
            open_.clear()
    return ends


def _first_strong(kinds: Sequence[str], start: int, end: int, ends: Mapping[int, int]) -> int:
    """The level that the first strong character gives, isolates skipped; 0 for none (P2, P3)."""
    at = start
    while at < end:
        if kinds[at] in _STRONG:
            return int(kinds[at] != "L")
        at = ends.get(at, end) if kinds[at] in _ISOLATES else at + 1
    return 0


def _explicit_levels(kinds: Sequence[str], ends: Mapping[int, int], base: int) -> tuple[list[int], list[str]]:
    """Levels and classes after the explicit embeddings, overrides and isolates (X1–X8)."""
    levels: list[int] = []
    resolved = [*kinds]
    stack = [(base, "", False)]
    lost_isolates = lost_embeddings = isolates = 0
    for at, kind in enumerate(kinds):
        level, override, _ = stack[-1]
        if kind in _EMBEDDINGS or kind in _ISOLATES:
            is_isolate = kind in _ISOLATES
            levels.append(level)
            if is_isolate and override:
                resolved[at] = override
            right = kind[0] == "R" or (kind == "FSI" and _first_strong(kinds, at + 1, ends.get(at, len(kinds)), ends))
            deeper = (level + 1) | 1 if right else (level + 2) & ~1
            if deeper <= _DEEPEST and not lost_isolates and not lost_embeddings:
                isolates += is_isolate
                stack.append((deeper, _EMBEDDINGS.get(kind, ""), is_isolate))
            elif is_isolate:
                lost_isolates += 1
            elif not lost_isolates:
                lost_embeddings += 1
            continue
        if kind == "PDI":
            if lost_isolates:
                lost_isolates -= 1
            elif isolates:
                lost_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                isolates -= 1
            level, override, _ = stack[-1]
        elif kind == "PDF":
            if not lost_isolates and lost_embeddings:
                lost_embeddings -= 1
            elif not lost_isolates and not stack[-1][2] and len(stack) > 1:
                stack.pop()
        elif kind == "B":
            stack = [(base, "", False)]
            lost_isolates = lost_embeddings = isolates = 0
            level, override = base, ""
        levels.append(level)
        if override and kind not in _REMOVED and kind != "B":
            resolved[at] = override
    return levels, resolved


def _isolating_runs(
    kept: Sequence[int], kinds: Sequence[str], levels: Sequence[int], ends: Mapping[int, int], base: int
) -> Iterator[tuple[list[int], str, str]]:
    """The isolating run sequences (X10): places, and the directions before and after each."""
    runs: list[list[int]] = []
    for at in kept:
        if runs and levels[runs[-1][-1]] == levels[at]:
            runs[-1].append(at)
        else:
            runs.append([at])
    starts = {run[0]: number for number, run in enumerate(runs)}
    order = {at: number for number, at in enumerate(kept)}
    matched = set(ends.values())
    for run in runs:
        if kinds[run[0]] == "PDI" and run[0] in matched:
            continue
        sequence = [*run]
        while kinds[sequence[-1]] in _ISOLATES and ends.get(sequence[-1], -1) in starts:
            sequence += runs[starts[ends[sequence[-1]]]]
        level = levels[sequence[0]]
        first, last = order[sequence[0]], order[sequence[-1]]
        before = levels[kept[first - 1]] if first else base
        unmatched = kinds[sequence[-1]] in _ISOLATES
        after = levels[kept[last + 1]] if last + 1 < len(kept) and not unmatched else base
        yield sequence, _direction(max(before, level)), _direction(max(after, level))


def _direction(level: int) -> str:
    return "R" if level & 1 else "L"


def _resolve(
    text: str, sequence: Sequence[int], resolved: list[str], levels: list[int], before: str, after: str
) -> None:
    """Weak classes, neutrals and implicit levels of one sequence (W1–W7, N0–N2, I1–I2)."""
    kinds = [resolved[at] for at in sequence]
    typed = [*kinds]
    _resolve_weak(kinds, before)
    embedding = _direction(levels[sequence[0]])
    _resolve_brackets([text[at] for at in sequence], typed, kinds, embedding, before)
    at, count = 0, len(kinds)
    while at < count:
        if kinds[at] not in _NEUTRAL:
            at += 1
            continue
        end = at
        while end < count and kinds[end] in _NEUTRAL:
            end += 1
        left = _as_strong(kinds[at - 1]) if at else before
        right = _as_strong(kinds[end]) if end < count else after
        kinds[at:end] = [left if left == right else embedding] * (end - at)
        at = end
    for at, kind in zip(sequence, kinds, strict=True):
        if levels[at] & 1:
            levels[at] += kind != "R"
        else:
            levels[at] += 1 if kind == "R" else 0 if kind == "L" else 2


def _as_strong(kind: str) -> str:
    """Numbers count as right-to-left among neutrals (N1)."""
    return "L" if kind == "L" else "R"


def _resolve_weak(kinds: list[str], before: str) -> None:
    strong = previous = before
    for at, kind in enumerate(kinds):  # W1–W3
        if kind == "NSM":
            kind = "ON" if previous in _ISOLATES or previous == "PDI" else previous
        previous = kind
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[at] = "R" if kind == "AL" else kind
    for at in range(1, len(kinds) - 1):  # W4
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in ("EN", "AN"))):
            kinds[at] = left
    at = 0
    while at < len(kinds):  # W5
        if kinds[at] != "ET":
            at += 1
            continue
        end = at
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if (at and kinds[at - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN"):
            kinds[at:end] = ["EN"] * (end - at)
        at = end
    strong = before
    for at, kind in enumerate(kinds):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            kinds[at] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _resolve_brackets(
    characters: Sequence[str], typed: Sequence[str], kinds: list[str], embedding: str, before: str
) -> None:
    """Paired brackets take the direction of what they enclose, or of what is before them (N0)."""
    for opening, closing in _bracket_pairs(characters, kinds):
        inside = {_as_strong(kind) for kind in kinds[opening + 1 : closing] if kind in ("L", "R", "EN", "AN")}
        if embedding in inside:
            direction = embedding
        elif inside:
            context = next(
                (_as_strong(kind) for kind in reversed(kinds[:opening]) if kind in ("L", "R", "EN", "AN")), before
            )
            direction = context if context != embedding else embedding
        else:
            continue
        for at in (opening, closing):
            kinds[at] = direction
            for mark in range(at + 1, len(kinds)):
                if typed[mark] != "NSM":
                    break
                kinds[mark] = direction


def _bracket_pairs(characters: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """The places of paired brackets, in the order of the opening ones (BD16)."""
    pairs: list[tuple[int, int]] = []
    open_: list[tuple[str, int]] = []
    for at, character in enumerate(characters):
        if kinds[at] != "ON":
            continue
        if character in _OPENING:
            if len(open_) == 63:
                return []
            open_.append((_CLOSING[_OPENING[character]], at))
        elif character in _CLOSING:
            for depth in range(len(open_) - 1, -1, -1):
                if open_[depth][0] == _CLOSING[character]:
                    pairs.append((open_[depth][1], at))
                    del open_[depth:]
                    break
    return sorted(pairs)


def reordered(levels: Sequence[int]) -> list[int]:
    """The places of a line's parts from left to right, by their levels (L2)."""
    order = [*range(len(levels))]
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            if end > at:
                order[at:end] = order[at:end][::-1]
            at = end + 1
    return order
