"""Issues: every element, any map, and what may go wrong in `issue.yaml` and the bodies beside it."""

from __future__ import annotations

import contextlib
import io
import sys
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, get_args

import yaml
from PIL import Image

import layout
from layout.errors import LayoutError, Problem
from layout.issue.model import FURNITURE, Issue
from layout.issue.model import Kind as ArticleKind

from . import mutation, oracles, writing
from .case import BUILT, REFUSED, Input, Kind
from .watch import Fault

RANKS = ("lead", "major", "minor", "minor", "brief")
STYLES = ("town", "town", "town", "campus", "bulletin")
# Commands that read an issue; {issue} and {out} are filled in.
COMMANDS = [
    ["check", "{issue}"], ["check", "{issue}", "--changes"], ["capacity", "{issue}"], ["capacity", "{issue}", "--json"],
    ["compose", "{issue}"], ["plan", "{issue}"], ["fix", "{issue}", "--dry-run"], ["build", "{issue}", "-o", "{out}/a.pdf"],
    ["build", "{issue}", "-o", "{out}/a.pdf", "--screen"], ["build", "{issue}", "-o", "{out}/a.pdf", "--marks", "--allow-overset"],
]  # fmt: skip
LINKS = ("../secret.png", "../secret.md", "/etc/passwd", "/dev/zero", "photo.png", ".", "nothing", "link.png")


@lru_cache(maxsize=1)
def pictures() -> dict[str, bytes]:
    """Small files that issues show."""
    found = {}
    for name, size in {"photo.png": (1200, 800), "tall.png": (800, 1200), "dot.png": (1, 1)}.items():
        with io.BytesIO() as data:
            Image.new("1", size, 1).save(data, "PNG")
            found[name] = data.getvalue()
    found["flower.svg"] = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30"><path d="M0 0H9V9z"/></svg>'
    return found


@lru_cache(maxsize=1)
def words() -> list[str]:
    """Keys and values that mean something in `issue.yaml`."""
    from layout.issue import schema

    found: set[str] = set()
    waiting: list[Any] = [schema()]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found |= one.get("properties", {}).keys()
            found |= {value for value in one.get("enum", ()) if isinstance(value, str)}
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return [*sorted(found), "a", "b", "a-1", "auto", "."]


def article(random: Random, id: str, files: dict[str, bytes]) -> dict[str, Any]:
    kind = random.choice(("story",) * 12 + get_args(ArticleKind))
    made: dict[str, Any] = {"kind": kind, "rank": random.choice(RANKS), "headline": writing.head(random)}
    ids = _insets(random, id, made)
    if kind in ("briefs", "notices") and random.random() < 0.9:
        made["items"] = [
            {"headline": writing.head(random), "body": writing.paragraph(random)} for _ in range(random.randint(1, 4))
        ]
    elif kind == "verse":
        made["body"] = "\n\n".join("\n".join(writing.sentence(random, 7) for _ in range(4)) for _ in range(2))
    elif random.random() < 0.3:
        made["body_file"] = f"{id}.md"
        files[f"{id}.md"] = mutation.encoded(random, writing.body(random, ids) + "\n")
    else:
        made["body"] = writing.body(random, ids)
    if kind == "questions":
        files.pop(made.pop("body_file", ""), None)
        made["body"] = "\n\n".join(f"{'问答'[n % 2]}：{writing.paragraph(random)}" for n in range(4))
    fields: dict[str, Any] = {
        "kicker": writing.head(random),
        "deck": writing.head(random),
        "department": writing.head(random)[:6],
        "summary": writing.paragraph(random),
        "short_head": writing.head(random)[:8],
        "byline": random.choice(
            (writing.name(random), f"（{writing.name(random)}）", [{"name": writing.name(random)}])
        ),
        "editors_note": writing.paragraph(random),
        "dateline": "本镇讯",
        "box": random.choice(("tint", "frame", "oxford", "wavy", "double", "dotted")),
        "standing_head": "flower.svg",
        "headpiece": "flower.svg",
        "headline_box": random.choice(("reversed", "tint")),
        "headline_direction": "vertical",
        "direction": "vertical",
        "section": random.choice(("要闻", "民生")),
        "end_mark": True,
        "drop_initial": random.random() < 0.8,
        "length": random.randint(1, 2000),
        "fit": {random.choice(("headline", "deck", "crop", "heights")): random.choice(("never", "allow"))},
    }
    for field in random.sample(sorted(fields), random.randint(0, 6)):
        made[field] = fields[field]
    return made


def _insets(random: Random, id: str, made: dict[str, Any]) -> list[str]:
    """What stands beside the text; the names by which a body may call it."""
    picture = {"file": random.choice(("photo.png", "tall.png", "flower.svg")), "alt": "白"}
    choices: dict[str, list[dict[str, Any]]] = {
        "pictures": [
            picture
            | {"caption": writing.head(random), "credit": writing.name(random)}
            | random.choice(
                ({}, {"columns": random.randint(1, 4)}, {"lines": random.randint(2, 20)}, {"crop": [0.5, 2]})
            )
            for _ in range(random.randint(1, 3))
        ],
        "tables": [
            {
                "title": writing.head(random),
                "columns": [
                    {"title": "名"},
                    {"title": "数", "align": random.choice(("left", "center", "right", "decimal"))},
                ],
                "rows": [
                    [writing.head(random)[:8], round(random.uniform(-99, 99), 2)] for _ in range(random.randint(1, 12))
                ],
                "total": ["合计", 31.5],
                "note": writing.head(random),
            }
        ],
        "charts": [
            {
                "kind": random.choice(("bar", "column", "line", "pie")),
                "title": writing.head(random),
                "unit": "棵",
                "data": [
                    [writing.head(random)[:6], random.choice((1, 2.5, 6, 3.25, 1e9, 1e-9, 612))]
                    for _ in range(random.randint(1, 14))
                ]
                + random.choice(([], [], [["负", -5]], [["零", 0]])),
                "note": "注",
                "alt": "图",
            }
        ],
        "names": [
            {
                "heading": "一等",
                "names": [
                    random.choice(
                        (writing.name(random), {"name": writing.name(random), "deceased": True, "role": "女"})
                    )
                    for _ in range(random.randint(1, 30))
                ],
            }
        ],
        "pull_quotes": [{"text": writing.head(random) * random.randint(1, 3), "speaker": writing.name(random)}],
    }
    ids = []
    for field in random.sample(sorted(choices), random.choice((0, 0, 0, 1, 1, 2))):
        for number, inset in enumerate(choices[field], 1):
            inset["id"] = f"{id}-{field}-{number}"
            ids.append(inset["id"])
        made[field] = choices[field]
    if len(made.get("pictures", ())) > 1:
        made["groups"] = [{"id": f"{id}-group", "pictures": ids[:2] if "pictures" in ids[0] else [], "columns": 2}]
        if not made["groups"][0]["pictures"]:
            del made["groups"]
    return ids


def area_map(random: Random, names: list[str], style: str, vertical: list[str]) -> list[dict[Any, str]]:
    """A map that tiles the page: names side by side, now and then in the shape of an L."""
    rows: list[dict[Any, str]] = [{7: "nameplate"}] if random.random() < 0.5 else []
    left = list(names)
    narrow = style == "bulletin"
    room = (36 if narrow else 50) - (7 if rows else 0)
    while left:
        take = 1 if narrow or left[0] in vertical else random.randint(1, min(3, len(left)))
        cells, left = left[:take], left[take:]
        height = max(3, room // (len(left) + 1)) if left else 0
        room -= height
        width = random.choice((1, 2) if narrow else (1, 2, 3)) if take == 1 else take
        row = " ".join(cells if take > 1 else cells * width)
        if cells[0] in vertical:
            row = f"{cells[0]} {cells[0]}.headline" if narrow else f"{cells[0]} {cells[0]} {cells[0]}.headline"
        elif take == 1 and height > 9 and random.random() < 0.15:
            lines = random.randint(2, 6)
            rows.append({lines: " ".join([f"{cells[0]}.headline"] * width)})
            height -= lines
        if take == 2 and height > 12 and random.random() < 0.3:  # an L
            rows.append({height // 2: f"{cells[0]} {cells[0]} {cells[1]}"})
            row, height = f"{cells[0]} {cells[1]} {cells[1]}", height - height // 2
        rows.append({height or random.choice(("auto", "auto", max(3, room))): row})
    if room > 4 and random.random() < 0.2:
        rows.append(
            {random.choice((3, 4)): random.choice([name for name in FURNITURE if narrow or "bulletin" not in name])}
        )
    return rows


def issue(random: Random, files: dict[str, bytes]) -> dict[str, Any]:
    names = list("abcdefgh"[: random.choice((1, 1, 1, 2, 2, 2, 3, 3, 5))])
    articles = {name: article(random, name, files) for name in names}
    floats = [
        inset["id"]
        for one in articles.values()
        for inset in one.get("pictures", ())
        if random.random() < 0.3 and f"]({inset['id']})" not in one.get("body", "](") and "groups" not in one
    ]
    style = random.choice(STYLES)
    for one in articles.values():
        if random.random() < 0.8:
            one.pop("headline_direction", None)
    vertical = [name for name, one in articles.items() if "headline_direction" in one]
    pages: list[dict[str, Any]] = []
    if random.random() < 0.85:
        shown = names + floats
        random.shuffle(shown)
        count = random.choice((1, 1, 1, 2, 3))
        parts = [shown[at::count] for at in range(count)]
        if count > 1 and random.random() < 0.5:
            parts[-1] = [*parts[-1], parts[0][0]] if parts[0] else parts[-1]
        pages = [
            {
                "name": "要闻",
                "areas": area_map(random, part, style, vertical),
                "columns": {name: random.choice((1, 1, 2, 3)) for name in part if name in names},
            }
            for part in parts
            if part
        ]
    elif random.random() < 0.7:
        pages = [{"name": "要闻"} for _ in range(random.randint(1, 3))]
    data: dict[str, Any] = {
        "publication": {"title": writing.head(random)[:6], "sponsor": "试刊社", "publisher": "试刊社"},
        "number": random.randint(1, 99),
        "date": f"2026-{random.randint(1, 12):02}-20",
        "style": style,
        "articles": articles,
        "pages": pages,
    }
    more: dict[str, Any] = {
        "total_number": 86,
        "teasers": [{"article": random.choice(names)}],
        "staff_box": {"主编": writing.name(random), "校对": writing.name(random)},
        "colophon": {"print_run": 500, "print_date": "2026-11-19", "address": "河沿街2号"},
        "profile": random.choice(("internal", "official")),
        "bulletin_head": {"classification": "内部资料　注意保存"},
        "bulletin_foot": {"issued_to": "各村", "print_run": 60},
        "fit": {"heights": "allow", "tracking": "allow"},
    }
    for key in random.sample(sorted(more), random.choice((0, 0, 1, 2, 3))):
        data[key] = more[key]
    if not pages:
        del data["pages"]
    return data


def dump(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=random_free(data), sort_keys=False, width=10_000)


def random_free(data: Any) -> bool:
    """Surrogates cannot be written as they are: PyYAML escapes them where nothing else may be written."""
    return not any("\ud800" <= c <= "\udfff" for c in repr(data))


def generate(random: Random) -> Input:
    files = dict(pictures())
    data = issue(random, files)
    if random.random() < 0.25:
        for _ in range(random.choice((1, 1, 2, 3))):
            mutation.change_data(random, data, words())
    text = dump(data)
    if random.random() < 0.1:
        for _ in range(random.choice((1, 1, 2))):
            text = mutation.change_text(random, text)
    files["issue.yaml"] = mutation.encoded(random, text)
    options: dict[str, Any] = {}
    if random.random() < 0.2:
        options["pdf"] = True
    if random.random() < 0.04:
        options["twice"] = True
    if random.random() < 0.04:
        options["command"] = random.choice(COMMANDS)
    links = {}
    if random.random() < 0.03:
        links["link.png"] = random.choice(LINKS)
        if isinstance(data.get("articles"), dict):
            files["issue.yaml"] = files["issue.yaml"].replace(b"photo.png", b"link.png")
    return Input("issues", files, links, options)


# Trying one.


def attempt(given: Input, folder: Path) -> str:
    path = Path(folder.name)  # from the current folder, as an editor gives it
    try:
        issue = layout.load(path)
    except LayoutError as error:
        oracles.check_problems(error.problems, folder)
        _command(given)
        return REFUSED
    oracles.check_problems(issue.problems, folder)
    oracles.check_reading(folder / "issue.yaml", issue)
    try:
        pages = layout.compose(issue, check_pages=bool(given.options.get("twice")))
    except LayoutError as error:
        oracles.check_problems(error.problems, folder)
        _command(given)
        return REFUSED
    oracles.check_problems(pages.problems, folder)
    oracles.check_text(issue, pages)
    if given.options.get("twice") and layout.compose(layout.load(path)).to_json() != pages.to_json():
        raise Fault("two-compositions")
    _command(given)
    if given.options.get("pdf"):
        return print_out(issue, pages, folder, twice=bool(given.options.get("twice")))
    return BUILT


def print_out(issue: Issue, pages: layout.Composition, folder: Path, *, twice: bool = False) -> str:
    """Writes the PDF and holds it to the press's rules; with `twice` its bytes must be the same again."""
    out = folder.parent / "out" / "a.pdf"
    problems: list[Problem] = pages.write_pdf(out)
    oracles.check_problems(problems, folder)
    if any(problem.severity is layout.Severity.ERROR for problem in problems):
        return REFUSED
    oracles.check_pdf_text(out, pages)
    oracles.check_problems(layout.preflight(out, ink=False))
    if twice:
        again = out.with_name("b.pdf")
        pages.write_pdf(again)
        if again.read_bytes() != out.read_bytes():
            raise Fault("two-files")
    return BUILT


def _command(given: Input) -> None:
    if command := given.options.get("command"):
        run([part.format(issue="issue", out="out") for part in command])


def run(command: list[str]) -> tuple[int, str, str]:
    """The command in this process: its status, what it said, what it complained of."""
    from layout.cli.main import main

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(command)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
    said = err.getvalue()
    if "Traceback" in said:
        raise Fault("traceback", said[-400:])
    for text in (out.getvalue(), said):
        try:
            text.encode()
        except UnicodeEncodeError:
            raise Fault("message-not-text", ascii(text)[:200]) from None
    if status not in (0, 1, 2):
        raise Fault("exit-status", f"{status}: {said[-300:]}")
    assert sys.stdout is not out
    return status, out.getvalue(), said


KIND = Kind("issues", generate, attempt, weight=30, full=20_000)
