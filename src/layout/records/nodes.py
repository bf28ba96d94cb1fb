"""Parsing of YAML 1.2 text into nodes with positions; errors become problems.

PyYAML composes, with libyaml where it is installed; the result is the same without. No scalar is resolved here: a
node only has whether it was written plain (`PLAIN`), and the type of its field decides what it means.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, cast

from msgspec import Struct, field
from msgspec.structs import replace

from ..errors import Fix, Message, Problem, Severity, SourceLocation
from ..runtime.files import NotAFile, read_bytes
from ..runtime.gate import ISSUE, Gate, Outside, lies_outside
from ..runtime.limits import ISSUE_FILE_BYTES, NESTING, YAML_BYTES, YAML_NODES, Limit, LimitError, over

PLAIN, QUOTED = "plain", "quoted"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
SURROGATE = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F]")  # as an escape
SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
LOST_COMMENT = re.compile(r" #[^\s#!]")
TAB_INDENT = re.compile(r"^ *\t\s*\S", re.MULTILINE)
# Input that libyaml and PyYAML read differently.
YAML_1_1_ONLY = re.compile(r"\t|\ufeff|\?(?:\s|$)|[&*]\w*[^\w\s,\]}]|[|>][-+0-9]*#|![^\s!]*[^\w\s!:/.-]")
# libyaml composes by recursion in C and could overflow the stack: the levels of possibly deep text are counted first.
DEEP = re.compile(r"^[ ?:-]{400}", re.MULTILINE)


class YamlNode(Protocol):
    """The protocol of PyYAML's nodes: `id` is scalar, sequence or mapping; `value` text, nodes, or pairs of nodes."""

    id: str
    tag: str
    value: Any
    style: str | None
    start_mark: Any
    end_mark: Any


class YamlSource(Struct, dict=True):
    """A text being read: its name in messages, its lines, and every problem found so far."""

    file: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def has_hash(self) -> bool:
        return " #" in self.text

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, cached."""
        return self.text.splitlines()

    def mark(self, node: YamlNode) -> SourceLocation:
        return SourceLocation(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def check_lost_text(self, node: YamlNode) -> None:
        """Warns of text like `第 #1 号`, where YAML treats everything from the `#` on as a comment."""
        if node.tag != PLAIN or not self.has_hash:
            return
        end, lines = node.end_mark, self.lines
        line = lines[end.line] if end.line < len(lines) else ""
        if LOST_COMMENT.match(line, end.column):
            mark = SourceLocation(self.file, end.line + 1, end.column + 2)
            what = Message(
                f"“{line[end.column + 1 :]}”会被当作注释", f"“{line[end.column + 1 :]}” is taken for a comment"
            )
            remedy = Message(
                "是正文就把整句加上引号，是注释就在 # 后空一格", "quote the text, or put a space after the #"
            )
            self.problems.append(Problem("lost-text", what, remedy, mark, Severity.WARNING))

    def add_error(
        self, rule: str, mark: SourceLocation, what: Message, remedy: Message, fix: Fix | None = None
    ) -> None:
        self.problems.append(Problem(rule, what, remedy, mark, fix=fix))


def read_utf8(path: Path, file: str, gate: Gate | None = None) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file, without a byte order mark and with LF line ends; `file` is its name in messages.

    Problems: `no-file`, `unreadable`, `limit`, `not-utf8` with the first place that is not UTF-8; `outside-folder`
    where it is outside the `gate`.
    """
    mark = SourceLocation(file)
    try:
        data = gate.read(path, ISSUE_FILE_BYTES) if gate else read_bytes(path, ISSUE_FILE_BYTES)
    except NotAFile:
        what = Message(f"{file} 不是普通文件", f"{file} is a device, a pipe or a folder")
        return "", [Problem("unreadable", what, Message("写一个文件的名字", "give the name of a file"), mark)]
    except (FileNotFoundError, NotADirectoryError):
        what = Message(f"找不到文件 {file}", f"there is no file {file}")
        return "", [Problem("no-file", what, Message("改正文件名，或补上文件", "mend the name, or add the file"), mark)]
    except Outside:
        return "", [lies_outside(path.name, mark, gate.home if gate else ISSUE)]
    except LimitError as error:
        return "", [replace(problem, mark=mark) for problem in error.problems]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        what = Message(f"文件 {file} 读不出来：{reason}", f"{file} cannot be read: {reason}")
        return "", [
            Problem("unreadable", what, Message("检查文件和权限", "look at the file and its permissions"), mark)
        ]
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), []
    except UnicodeDecodeError as error:
        return "", [_not_utf8(data, error.start, file)]


def _not_utf8(data: bytes, at: int, file: str) -> Problem:
    before = data[:at].decode("utf-8", "replace")
    mark = SourceLocation(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    what = Message("文件不是 UTF-8 编码", "the file is not in UTF-8")
    for encoding, signs in (("utf-16", (b"\xff\xfe", b"\xfe\xff")), ("gb18030", (b"",))):
        if not data.startswith(signs):
            continue
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        name = encoding.upper()
        what = Message(f"文件不是 UTF-8 编码，看来是 {name}", f"the file is not in UTF-8; it seems to be {name}")
        break
    remedy = Message("在编辑器里用“另存为”，编码选 UTF-8", "save it again from your editor with the encoding UTF-8")
    return Problem("not-utf8", what, remedy, mark)


def compose_yaml(source: YamlSource) -> YamlNode | None:
    """The root node of a YAML text; None where there is none, with the reason in the source's problems."""
    # A byte order mark inside a text comes from joining files; the two parsers treat it differently.
    # Unicode line separators do not end lines in YAML 1.2, but they do in these parsers.
    text = source.text = OTHER_BREAKS.sub(" ", source.text.replace("\ufeff", ""))
    bad = UNPRINTABLE.search(text)
    if bad:
        line, column = _place(text, bad.start())
        code = f"U+{ord(bad.group()):04X}"
        source.add_error(
            "yaml-character",
            SourceLocation(source.file, line, column),
            Message(f"有不可见的控制字符 {code}", f"there is a control character, {code}"),
            Message("删去这个字符", "delete it"),
        )
        return None
    root = _read(source, text)
    if root is not None and SURROGATE.search(text) and not _join_surrogates(source, root):
        return None
    return root


def _join_surrogates(source: YamlSource, root: YamlNode) -> bool:
    """Joins surrogate pairs, by which JSON escapes characters beyond U+FFFF; returns whether none is left unpaired."""
    seen: set[int] = set()
    waiting = [root]
    whole = True
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if not isinstance(node.value, str):
            waiting += [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
            continue
        try:
            node.value = node.value.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            whole = False
            lone = next(c for c in SURROGATE_PAIR.sub("", node.value) if "\ud800" <= c <= "\udfff")
            source.add_error(
                "yaml-character",
                source.mark(node),
                Message(f"\\u{ord(lone):04X} 是半个字符", f"\\u{ord(lone):04X} is half a character"),
                Message("直接写这个字，或两半都写", "write the character itself, or both its halves"),
            )
    return whole


def _read(source: YamlSource, text: str) -> YamlNode | None:
    import yaml

    try:
        if (size := len(text.encode())) > YAML_BYTES.most:
            return _beyond(source, YAML_BYTES, found=size)
        if (text.count("[") + text.count("{") > 400 or DEEP.search(text)) and (mark := _too_deep(text)):
            return _beyond(source, NESTING, mark)
        # libyaml accepts some errors; whether a file is valid must not depend on the machine.
        return _counted(source, _compose(text, quick=not YAML_1_1_ONLY.search(text)))
    except yaml.YAMLError:
        pass
    except RecursionError:
        return _beyond(source, NESTING)
    try:
        # The Python parser's position of an error is better than libyaml's and the same on every machine.
        return _counted(source, _compose(text, quick=False))
    except yaml.MarkedYAMLError as error:
        _explain(source, error)
    except yaml.YAMLError as error:
        _syntax(source, SourceLocation(source.file), Message("不合 YAML 的写法", f"this is not YAML: {error}"), _CHECK)
    except RecursionError:
        return _beyond(source, NESTING)
    return None


def _beyond(source: YamlSource, limit: Limit, at: Any = None, found: int | None = None) -> YamlNode | None:
    """No node, and the reason among the problems."""
    mark = SourceLocation(source.file, at.line + 1, at.column + 1) if at else SourceLocation(source.file)
    source.problems.append(over(limit, mark, found))
    return None


def _too_deep(text: str) -> Any:
    """Where the text has more levels than are taken; None where it has not. It is parsed without recursion."""
    import yaml

    parser, level = _composer(True)(text), 0
    try:
        while event := parser.get_event():
            if isinstance(event, yaml.CollectionStartEvent):
                level += 1
                if level > NESTING.most:
                    return event.start_mark
            elif isinstance(event, yaml.CollectionEndEvent):
                level -= 1
    finally:
        parser.dispose()
    return None


def _counted(source: YamlSource, root: YamlNode | None) -> YamlNode | None:
    """The root, if there are not too many nodes under it or too many levels; what an alias repeats counts again."""
    counts: dict[int, tuple[int, int]] = {}  # of a node that is done: nodes and levels under it, itself with them
    waiting = [root] if root else []
    open_nodes = set[int]()
    while waiting:
        node = waiting[-1]
        within = _within(node)
        if id(node) in counts:
            waiting.pop()
        elif id(node) in open_nodes:
            open_nodes.remove(id(node))
            known = [counts[id(one)] for one in within]
            counts[id(node)] = 1 + sum(count for count, _ in known), 1 + max((level for _, level in known), default=0)
            for limit, found in zip((YAML_NODES, NESTING), counts[id(node)], strict=True):
                if found > limit.most:
                    return _beyond(source, limit, node.start_mark)
        else:
            open_nodes.add(id(node))
            for one in within:
                if id(one) in open_nodes:  # an alias inside what it stands for
                    return _beyond(source, NESTING, one.start_mark)
            waiting += [one for one in within if id(one) not in counts]
    return root


def _within(node: YamlNode) -> list[YamlNode]:
    """The nodes right under a node."""
    if node.id == "scalar":
        return []
    return list(node.value) if node.id == "sequence" else [one for pair in node.value for one in pair]


def _place(text: str, at: int) -> tuple[int, int]:
    lines = text[:at].splitlines(keepends=True) or [""]
    if lines[-1].endswith(("\n", "\r", "\x85", "\u2028", "\u2029")):
        lines.append("")
    return len(lines), len(lines[-1]) + 1


_CHECK = Message(
    "对照一个写好的例子检查这一行和上一行", "compare this line and the one above with an example that works"
)
QUOTE = Message("给这一行的文字加上引号", "put the text of this line in quotes")
ALIGN = Message("同一层的各行用同样多的空格", "give lines of one level the same number of spaces")
HALF_WIDTH = Message("用半角的逗号和括号", "use ASCII commas and brackets")

# Messages of PyYAML and their meaning for an editor.
EXPLANATIONS = (
    (
        "mapping values are not allowed",
        "这里不能再有冒号，或缩进不齐",
        "a colon cannot stand here, or the indentation is wrong",
        QUOTE,
    ),
    (
        r"'\t' that cannot start any token",
        "这里有制表符",
        "there is a tab here",
        Message("把制表符换成空格", "put spaces in the place of the tab"),
    ),
    (
        "sequence entries are not allowed",
        "列表不能从这里开始",
        "a list cannot begin here",
        Message("“-”另起一行", "begin a new line with the “-”"),
    ),
    ("cannot start any token", "文字不能以这个符号开头", "text cannot begin with this sign", QUOTE),
    (
        "undefined alias",
        "以 * 开头的文字会被当作 YAML 的引用",
        "text that begins with * is taken for a YAML alias",
        QUOTE,
    ),
    (
        "alphabetic or numeric character",
        "以 * 或 & 开头的文字要加引号",
        "text that begins with * or & needs quotes",
        QUOTE,
    ),
    ("duplicate anchor", "同一个 & 名字用了两次", "the same & name is used twice", QUOTE),
    (
        "could not find expected ':'",
        "这一行缺冒号，或上一行的引号没有配对",
        "a colon is missing, or a quote above is not closed",
        Message("写成“键: 内容”，冒号是半角，后面空一格", "write “key: text”, with a space after the colon"),
    ),
    (
        "expected <block end>",
        "缩进与上文不齐",
        "the indentation does not agree with the lines above",
        ALIGN,
    ),
    (
        "found unexpected end of stream",
        "引号没有配对",
        "a quote is not closed",
        Message("补上后一个引号", "add the closing quote"),
    ),
    (
        "unknown escape character",
        "双引号里不认识的 \\ 写法",
        "an unknown \\ escape in double quotes",
        Message("改用单引号", "use single quotes"),
    ),
    (
        "expected ',' or",
        "括号没有配对，或缺逗号",
        "a bracket is not closed, or a comma is missing",
        HALF_WIDTH,
    ),
    (
        "but found another document",
        "一个文件只能有一份内容，这里又有 ---",
        "a file holds one document, and here is another ---",
        Message("删去这一行", "delete this line"),
    ),
)


def _explain(source: YamlSource, error: Any) -> None:
    at = error.problem_mark or error.context_mark
    mark = SourceLocation(source.file, at.line + 1, at.column + 1) if at else SourceLocation(source.file)
    tabs = [_place(source.text, found.start()) for found in TAB_INDENT.finditer(source.text)]
    tabs = [place for place in tabs if place[0] <= mark.line]
    if tabs and "cannot start any token" in (error.problem or ""):
        for line, _ in tabs:
            source.add_error(
                "tab-indent",
                SourceLocation(source.file, line),
                Message(
                    "这一行用制表符缩进，YAML 只认空格", "this line is indented with a tab; YAML takes spaces only"
                ),
                Message("把制表符换成空格", "put spaces in the place of the tab"),
            )
        return
    message = f"{error.problem or ''} {error.context or ''}"
    for sign, zh, en, remedy in EXPLANATIONS:
        if sign in message:
            _syntax(source, *_begun(source, error, sign, mark, Message(zh, en), remedy))
            return
    _syntax(source, mark, Message("不合 YAML 的写法", f"this is not YAML: {error.problem}"), _CHECK)


def _begun(
    source: YamlSource, error: Any, sign: str, mark: SourceLocation, what: Message, remedy: Message
) -> tuple[SourceLocation, Message, Message]:
    """Where an error begins that the parser notices later, what it is there, and what would mend it."""
    if sign in ("could not find expected ':'", "found unexpected end of stream") and error.context_mark:
        begin = error.context_mark
        mark = SourceLocation(source.file, begin.line + 1, begin.column + 1)
        colon = re.compile(r"：|:(?=\S)").search(source.lines[begin.line], begin.column)
        if sign.endswith("':'") and colon:
            mark = mark._replace(column=colon.start() + 1)
    elif sign == "mapping values are not allowed":
        line = source.lines[mark.line - 1]
        bracket = re.search("[｛［]", line)
        key = re.match(r" *(?:- )?[a-z_]+:", line)
        if bracket:
            full_width = Message("括号是全角的", "this bracket is a full-width one")
            return mark._replace(column=bracket.start() + 1), full_width, HALF_WIDTH
        if key and key.end() == mark.column:
            deeper = Message("缩进比上一行深", "this line is indented deeper than the one above")
            return mark._replace(column=len(line) - len(line.lstrip()) + 1), deeper, ALIGN
    return mark, what, remedy


def _syntax(source: YamlSource, mark: SourceLocation, what: Message, remedy: Message) -> None:
    source.add_error("yaml-syntax", mark, what, remedy)


class _Unresolved:
    """A resolver that resolves nothing; explicit tags are rejected later."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return PLAIN if implicit and implicit is not True and implicit[0] else QUOTED

    def descend_resolver(self, current_node: Any, current_index: Any) -> None: ...

    def ascend_resolver(self) -> None: ...


def _compose(text: str, *, quick: bool) -> YamlNode | None:
    composer = _composer(quick)(text)
    try:
        return cast("YamlNode | None", composer.get_single_node())
    finally:
        composer.dispose()


def _composer(quick: bool) -> Any:
    """The composer class, created on first use, as importing PyYAML takes time."""
    if quick not in _COMPOSERS:
        _COMPOSERS[quick] = _quick_composer() if quick else _plain_composer()
    return _COMPOSERS[quick]


_COMPOSERS: dict[bool, Any] = {}


def _quick_composer() -> Any:
    try:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:
        return _composer(False)
    return type("QuickComposer", (_Unresolved, CParser), {})


def _plain_composer() -> Any:
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class PlainComposer(_Unresolved, Reader, Scanner, Parser, Composer):
        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)

    return PlainComposer
