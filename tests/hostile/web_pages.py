"""Pages of HTML and texts of Markdown that a stranger may send, each a function of a size."""

from __future__ import annotations

from collections.abc import Callable

LEDE = "<p>柳溪渡口的渡船照常开行，早晚各加一班。</p>"


def nested(tag: str, depth: int) -> str:
    return LEDE + f"<{tag}>" * depth + "渡船" + f"</{tag}>" * depth


KINDS: dict[str, Callable[[int], str]] = {
    **{f"nested {tag}": lambda size, tag=tag: nested(tag, size) for tag in ("div", "span", "ul", "table", "b", "q:x")},
    "nested links": lambda size: LEDE + "".join(f'<font color="{n}">' for n in range(size)) + "渡船",
    "lists of links": lambda size: LEDE + ("<div><a href=a>甲</a>" * size) + "</div>" * size,
    "attributes": lambda size: f"{LEDE}<p {' '.join(f'a{n}=1' for n in range(size))}>渡船</p>",
    "paragraphs": lambda size: LEDE * size,
    "spans": lambda size: (
        f'<table><tr><td colspan="99" rowspan="99">甲</td><td>乙</td></tr>{"<tr><td>甲</td></tr>" * size}</table>'
    ),
    "odd numbers": lambda size: f'<ol start="{"9" * size}"><li>甲</li></ol><ol start="²"><li>乙</li></ol>{LEDE}',
    "white space": lambda size: f"{' ' * size}x{LEDE}",
    "open comment": lambda size: LEDE + "<!-- " * size,
    "entities": lambda size: LEDE + "&amp;" * size + "&#x110000;&#xD800;",
    "data pictures": lambda size: LEDE + '<img src="data:image/png;base64,AAAA">' * (size % 50),
}
MARKDOWN: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "渡船\n\n" + "[" * size,
    "notes": lambda size: "渡船\n\n[^1]: 注\n\n" + "[^" * size,
    "quotes": lambda size: "渡船\n\n" + ">" * size + "船",
    "lists": lambda size: "渡船\n\n" + "\n".join("  " * n + "- 船" for n in range(min(size, 500))),
    "stars": lambda size: "渡船\n\n" + "*a **b " * size,
    "ticks": lambda size: "渡船\n\n" + " ".join("`" * (n % 50) for n in range(size)),
    "tables": lambda size: "|甲" * (size % 160) + "|\n" + "|-" * (size % 160) + "|\n" + "|x|\n" * (size % 160),
    "front matter brackets": lambda size: f"---\na: {'[' * size}{']' * size}\n---\n渡船照常开行。\n",
    "front matter aliases": lambda size: (
        "---\na: &a [x, x]\n"
        + "".join(
            f"b{n}: &b{n} [*{f'b{n - 1}' if n else 'a'}, *{f'b{n - 1}' if n else 'a'}]\n" for n in range(size % 60)
        )
        + "---\n渡船照常开行。\n"
    ),
}
