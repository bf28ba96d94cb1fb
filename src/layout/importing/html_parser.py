"""tinyhtml5 with limits: number and nesting of elements, attributes of one element."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, SupportsIndex

from tinyhtml5.constants import ReparseError  # type: ignore[import-untyped]
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]
from tinyhtml5.tokenizer import HTMLTokenizer  # type: ignore[import-untyped]

from ..runtime.limits import HTML_ATTRIBUTES, HTML_ELEMENTS, NESTING
from .sources import within

__all__ = ["parse_html"]


def parse_html(text: str, path: Path) -> Any:
    """The tree of a page. Raises ArticleError where it is over a limit."""
    # A stream, as the parser would test whether a short text is the name of a file.
    return _Parser(path).parse(io.StringIO(text))


class _Open(list[Any]):
    """The open elements; each new one is appended here, again where formatting is reconstructed."""

    def __init__(self, elements: list[Any], path: Path) -> None:
        super().__init__(elements)
        self._path, self._made = path, 0

    def append(self, element: Any) -> None:
        self._made += 1
        within(HTML_ELEMENTS, self._made, self._path)
        within(NESTING, len(self), self._path)
        super().append(element)

    def insert(self, index: SupportsIndex, element: Any) -> None:
        within(NESTING, len(self), self._path)
        super().insert(index, element)


class _Tokenizer(HTMLTokenizer):  # type: ignore[misc]
    path = Path()

    def attribute_name_state(self) -> Any:
        within(HTML_ATTRIBUTES, len(self.current_token["data"]), self.path)
        return super().attribute_name_state()


class _Parser(HTMLParser):  # type: ignore[misc]
    def __init__(self, path: Path) -> None:
        super().__init__(namespace_html_elements=False)
        self._path = path

    def _parse(self, stream: Any, container: Any = None, scripting: bool = False, **kwargs: Any) -> None:
        self.container, self.scripting = container, scripting
        self.tokenizer = _Tokenizer(stream, parser=self, **kwargs)
        self.tokenizer.path = self._path
        self.reset()
        try:
            self.main_loop()
        except ReparseError:
            self.reset()
            self.main_loop()

    def reset(self) -> None:
        super().reset()
        self.tree.open_elements = _Open(self.tree.open_elements, self._path)
