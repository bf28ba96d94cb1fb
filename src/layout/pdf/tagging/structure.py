"""The structure tree: articles, headings and paragraphs whole, wherever their lines stand (ISO 32000-1 14.7)."""

from __future__ import annotations

from collections.abc import Mapping

from ...composition import Frame, PlacedLine
from ...roles import Role
from ..writer import Writer, numbers, text_string


class Element:
    """A structure element; `kids` as they stand in its K array."""

    __slots__ = ("kids", "number", "page", "parent", "rest", "tag")

    def __init__(self, tag: bytes, number: int, parent: int, rest: bytes = b"") -> None:
        self.tag = tag
        self.number = number
        self.parent = parent
        self.page = 0
        self.kids: list[bytes] = []
        self.rest = rest


class Structure:
    """Built while pages are painted; an element is written as soon as nothing can be added to it."""

    def __init__(self, writer: Writer, language: str, languages: Mapping[str, str]) -> None:
        """`languages`: those of articles, by name, that are not the document's `language` (rule L13; ISO 32000-1 14.9.2)."""
        self._writer = writer
        self._language, self._languages = language, languages
        self.root = writer.reserve()
        self._document = Element(b"Document", writer.reserve(), self.root)
        self._articles: dict[str, Element] = {}
        self._open: dict[tuple[str, str, int], Element] = {}
        self._lists: dict[str, tuple[Element, int]] = {}  # article → its last list, the number of that list's last item
        self._parents: list[tuple[int, int]] = []  # of the parent tree: key, object
        self._next = 0
        self._key = 0
        self._figures: list[tuple[str, int, int]] = []  # of the page: article, order, object
        self._page = 0
        self._marks: list[int] = []

    def begin_page(self, page: int) -> int:
        """The page's StructParents."""
        self._figures = []
        self._page = page
        self._marks = []
        self._key = self._reserve_key()
        return self._key

    def end_page(self) -> None:
        for article, order, _ in list(self._figures):
            self.reach(article, order)
        owners = b"[" + b" ".join(b"%d 0 R" % number for number in self._marks) + b"]"
        self._parents.append((self._key, self._writer.add(owners)))

    def paragraph(self, frame: Frame, line: PlacedLine) -> Element:
        """The element that a line belongs to: that of the lines before it, wherever they stand, or a new one."""
        key = (frame.article, frame.role, line.paragraph)
        if key not in self._open:
            article = self.article(frame.article)
            self._open[key] = (
                self._item(frame.article, line.paragraph)
                if frame.role is Role.LIST
                else self.new(frame.role.tag, article)
            )
        return self._open[key]

    def _item(self, article: str, number: int) -> Element:
        """The body of a list's next item; items whose numbers follow on each other are one list."""
        whole, last = self._lists.get(article, (None, 0))
        if whole is None or number != last + 1:
            if whole:
                self.close_element(whole)
            whole = self.new(b"L", self.article(article))
        self._lists[article] = whole, number
        item = self.new(b"LI", whole)
        body = self.new(b"LBody", item)
        self.close_element(item)
        return body

    def end_paragraph(self, frame: Frame, line: PlacedLine) -> None:
        """Nothing more comes to the paragraph of this line."""
        if element := self._open.pop((frame.article, frame.role, line.paragraph), None):
            self.close_element(element)

    def figure(self, article: str, alt: str, rectangle: tuple[float, float, float, float], order: int = 0) -> bytes:
        """A figure of one mark: what begins its marked content. `rectangle`: in the page's own units.

        Pictures are painted before text; `order` is the text of its article before which the figure is read.
        """
        rest = b"/Alt %s/A<</O/Layout/Placement/Block/BBox[%s]>>" % (text_string(alt), numbers(*rectangle))
        element = Element(b"Figure", self._writer.reserve(), self.article(article).number, rest)
        self._figures.append((article, order, element.number))
        properties = self.mark(element)
        self.close_element(element)
        return properties

    def reach(self, article: str, order: int) -> None:
        """Inserts the article's figures that are read before the text of this order, which comes next."""
        if not self._figures:
            return
        here = [figure for figure in self._figures if figure[0] == article and figure[1] <= order]
        if here:
            self._figures = [figure for figure in self._figures if figure not in here]
            self.article(article).kids += [b"%d 0 R" % number for _, _, number in here]

    def mark(self, element: Element) -> bytes:
        """The properties of marked content that belongs to an element."""
        mcid = len(self._marks)
        self._marks.append(element.number)
        element.page = element.page or self._page
        if element.page == self._page:
            element.kids.append(b"%d" % mcid)
        else:
            element.kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self._page, mcid))
        return b"/MCID %d" % mcid

    def annotation(self, element: Element, number: int) -> int:
        """Adds a link annotation to an element; returns the annotation's StructParent."""
        element.page = element.page or self._page
        element.kids.append(b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (number, self._page))
        key = self._reserve_key()
        self._parents.append((key, element.number))
        return key

    def close(self) -> None:
        """Writes what is still open, the parent tree and the root."""
        for element in self._open.values():
            self.close_element(element)
        for whole, _ in self._lists.values():
            self.close_element(whole)
        for element in self._articles.values():
            self.close_element(element)
        self._document.rest = b"/Lang %s" % text_string(self._language)
        self.close_element(self._document)
        rows = b" ".join(b"%d %d 0 R" % pair for pair in sorted(self._parents))
        tree = self._writer.add(b"<</Nums[%s]>>" % rows)
        self._writer.add(
            b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self._document.number, tree, self._next),
            self.root,
        )

    def _reserve_key(self) -> int:
        self._next += 1
        return self._next - 1

    def article(self, name: str) -> Element:
        """An article's element; the document for what belongs to none."""
        if not name:
            return self._document
        if name not in self._articles:
            language = self._languages.get(name, "")
            rest = b"/Lang" + text_string(language) if language else b""
            self._articles[name] = self.new(b"Art", self._document, rest)
        return self._articles[name]

    def new(self, tag: bytes, parent: Element, rest: bytes = b"") -> Element:
        """A new element; `rest` are the other entries of its dictionary."""
        element = Element(tag, self._writer.reserve(), parent.number, rest)
        parent.kids.append(b"%d 0 R" % element.number)
        return element

    def close_element(self, element: Element) -> None:
        """Writes an element to which nothing more is added."""
        page = b"/Pg %d 0 R" % element.page if element.page else b""
        self._writer.add(
            b"<</Type/StructElem/S/%s/P %d 0 R%s/K[%s]%s>>"
            % (element.tag, element.parent, page, b" ".join(element.kids), element.rest),
            element.number,
        )
