"""The records of an issue: content without geometry. They define and document `issue.yaml`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from ..errors import Problem
from ..records import Prose, Record, described
from ..rules.rule import CHECKS_EN, CHECKS_ZH, Weight
from ..text.language import DEFAULT_LANGUAGE, LanguageTag
from .body import Block, Body
from .floats import (
    ArticleElements,
    Chart,
    Float,
    NameGroup,
    Person,
    Picture,
    PictureGroup,
    PullQuote,
    Table,
    floats_of,
)
from .pages import FitRules, PageSpec
from .texts import Byline, HeadlineText, Text

__all__ = [
    "Article",
    "Block",
    "Body",
    "Chart",
    "Float",
    "Issue",
    "Item",
    "NameGroup",
    "PageSpec",
    "Person",
    "Picture",
    "PictureGroup",
    "Publication",
    "PullQuote",
    "Table",
    "floats_of",
]

Rank = Literal["lead", "major", "minor", "brief"]
Kind = Literal[
    "story",
    "briefs",
    "notices",
    "questions",
    "verse",
    "picture_news",
    "table",
    "names",
    "chart",
    "opinion",
    "letter",
    "filler",
]
# Names of furniture, reserved: no article or picture may have one of them.
FURNITURE = ("nameplate", "folio_line", "ear", "teasers", "staff_box", "colophon", "bulletin_head", "bulletin_foot")


class Publication(Record):
    """The publication: what does not change from issue to issue."""

    title: Text = described(zh="刊名", en="title of the publication")
    lang: LanguageTag = described(
        zh="语言；不写是简体中文",
        en="language; Simplified Chinese if left out",
        default=LanguageTag(),
        example="zh-Hant-TW",
    )
    sponsor: Text = described(zh="主办单位", en="sponsor", default=Text())
    organiser: Text = described(zh="承办单位", en="organiser", default=Text())
    publisher: Text = described(zh="编印单位", en="who compiles and prints it", default=Text())
    permit_no: Text = described(zh="准印证号（规则 L1）", en="printing permit number (rule L1)", default=Text())
    permit_notice: Text = described(zh="如“内部资料，免费交流”", en="notice of internal material", default=Text())
    serial_code: Text = described(
        zh="刊号（内部资料不能有）", en="serial code, not for internal material", default=Text()
    )
    emblem: str = described(zh="报徽：图片文件", en="emblem, a picture file", default="")
    logotype: str = described(zh="刊名题字：图片文件，代替排出的刊名", en="drawn title, a picture file", default="")
    ear: tuple[Text, ...] = described(zh="报眼，一项一行", en="lines of the ear beside the nameplate", default=())
    ear_left: tuple[Text, ...] = described(zh="左报眼，一项一行", en="lines of an ear at the left", default=())
    terms: tuple[str, ...] = described(
        zh="人名、地名、机构名：不拆到两行，写法前后一致",
        en="names that are never parted at a line's end and always written alike",
        default=(),
    )
    people: dict[str, Text] = described(
        zh="人名和职务：写错一个字、职务对不上就提醒；职务有几个用顿号隔开",
        en="people and their posts: a name misspelt or a post that does not agree is told",
        default_factory=dict,
        example="{张建国: 镇党委书记}",
    )


class Colophon(Record):
    """The imprint of this issue (rule L1)."""

    distribution: Text = described(zh="发送对象", en="whom it is sent to", default=Text())
    print_run: int | None = described(zh="印数", en="print run", default=None, minimum=1)
    printer: Text = described(zh="印刷单位", en="printer", default=Text())
    print_date: datetime.date | None = described(zh="印刷日期", en="print date", default=None)
    address: Text = described(zh="地址", en="address", default=Text())
    phone: Text = described(zh="电话", en="telephone", default=Text())
    email: Text = described(zh="邮箱", en="e-mail", default=Text())
    website: Text = described(zh="网址", en="website", default=Text())


class BulletinHead(Record):
    """The head of an official bulletin in addition to title, number, issuer and date (rule L4)."""

    classification: Text = described(zh="密级或“内部资料　注意保存”", en="classification", default=Text())
    note: Text = described(zh="目录或提示", en="contents or a note", default=Text())


class BulletinFoot(Record):
    """Recipients and print run of an official bulletin (rule L4)."""

    submitted_to: Text = described(zh="报", en="submitted to", default=Text())
    copied_to: Text = described(zh="送", en="copied to", default=Text())
    issued_to: Text = described(zh="发", en="issued to", default=Text())
    approver: Text = described(zh="签发", en="approved by", default=Text())
    editor: Text = described(zh="编辑", en="editor", default=Text())
    phone: Text = described(zh="电话", en="telephone", default=Text())
    print_run: int | None = described(zh="共印份数", en="copies printed", default=None, minimum=1)


class Item(Record):
    """One of several short pieces under one headline: briefs, notices."""

    prose: Prose = described(key="body", zh="正文", en="text", example="12月20日8:00在文化广场开市。")
    headline: HeadlineText = described(zh="标题", en="headline", default=HeadlineText())
    byline: Byline = described(zh="署名", en="byline", default=Byline())


class Article(ArticleElements):
    """An article. `body` is its text, from wherever it was read, including that of its items."""

    beside = frozenset({"body", "editors_note"})

    rank: Rank = described(zh="分量：头条、重要、一般、短讯", en="weight: lead, major, minor or brief", default="minor")
    kind: Kind = described(
        zh="体裁：报道、简讯、告示、问答、诗、图片新闻、表格、名单、图表、言论、来信、补白",
        en="kind of article; it decides how the text is set",
        default="story",
    )
    lang: LanguageTag = described(
        zh="语言；不写随刊物", en="language; that of the publication if left out", default=LanguageTag(), example="en"
    )
    section: str = described(zh="属于哪个栏目（版），供程序安排版面", en="section, for planning pages", default="")
    department: Text = described(
        zh="栏目名，印在标题前", en="standing head, printed before the headline", default=Text()
    )
    standing_head: str = described(zh="栏目头：图片文件", en="drawn standing head, a picture file", default="")
    kicker: HeadlineText = described(zh="引题", en="kicker", default=HeadlineText())
    headline: HeadlineText = described(
        zh="主题；| 是可以换行的地方", en="headline; | marks where a line may be broken", default=HeadlineText()
    )
    short_head: Text = described(zh="短题，用在接转行和导读", en="short head for jumps and teasers", default=Text())
    deck: HeadlineText = described(zh="副题", en="deck", default=HeadlineText())
    summary: Text = described(zh="提要", en="summary deck", default=Text())
    headline_direction: Literal["horizontal", "vertical"] = described(
        zh="横题或竖题", en="headline set across or downwards", default="horizontal"
    )
    headline_box: str = described(
        zh="题框样式，如反白、底纹", en="box of the headline, such as reversed or tint", default=""
    )
    headpiece: str = described(zh="题花：图片文件", en="headline ornament, a picture file", default="")
    dateline: Text = described(zh="消息头，如“本镇讯”", en="source line before the text", default=Text())
    byline: Byline | tuple[Person, ...] = described(
        zh="署名：一句话，或一组 {name, role, department}",
        en="byline: words, or a list of {name, role, department}",
        default=Byline(),
    )
    prose: Prose | None = described(key="body", zh="正文（Markdown）", en="text in Markdown", default=None)
    body_file: str = described(zh="正文所在的文件", en="file that holds the text", default="")
    note_prose: Prose | None = described(key="editors_note", zh="编者按", en="editor's note", default=None)
    items: tuple[Item, ...] = described(zh="简讯、告示的各条", en="the pieces of briefs or notices", default=())
    box: str = described(zh="框或底纹的样式名", en="box of the whole article: a name from the style", default="")
    drop_initial: bool | None = described(
        zh="首字下沉；不写由样式定", en="drop initial; else the style's", default=None
    )
    end_mark: bool | None = described(zh="文末加尾花；不写由样式定", en="end mark; else the style's", default=None)
    length: int | None = described(zh="约定的字数", en="characters agreed on", default=None, minimum=1)
    fit: FitRules = described(zh="这篇稿件上允许的微调", en="what fitting may do to it", default=FitRules())
    id: str = ""
    body: Body = Body()
    editors_note: Body = Body()

    @property
    def title(self) -> str:
        """The article's title in messages: its headline in one line, or else its name."""
        return self.headline.whole or self.department or self.id

    @property
    def short_title(self) -> str:
        """The title in jump lines and teasers."""
        return self.short_head or self.title

    @property
    def signature(self) -> str:
        """The byline in one line, without brackets."""
        if isinstance(self.byline, str):
            return self.byline
        people = (" ".join(filter(None, (who.department, who.role, who.name))) for who in self.byline)
        return "\u3000".join(people)


class Teaser(Record):
    """A line of the teasers; its page number is found at make-up."""

    article: str = described(zh="稿件名", en="name of the article")
    text: Text = described(zh="导读文字；不写用短题或标题", en="words; else its short head or headline", default=Text())


class Issue(Record):
    """An issue. `folder` is its folder, `problems` are warnings found while reading, `chosen_style` the name or folder
    of a style that the caller chose instead of the issue's."""

    beside = frozenset({"folder", "problems", "chosen_style"})

    publication: Publication = described(zh="刊物", en="the publication")
    number: int = described(zh="期号（年内第几期）", en="issue number in its year", minimum=1, maximum=99_999)
    date: datetime.date = described(zh="出版日期", en="date of issue", example="2026-11-20")
    articles: dict[str, Article] = described(zh="稿件：“名字: …”", en="articles by name", least=1)
    total_number: int | None = described(zh="总期号", en="whole number", default=None, minimum=1, maximum=999_999)
    style: str = described(zh="样式名，或本期文件夹里的样式文件夹", en="name of the style", default="town")
    profile: Literal["", "internal", "official"] = described(
        zh="按哪种规定检查：internal 内部资料性出版物，official 机关公文性简报",
        en="rules to check by: internal material, or an official bulletin",
        default="",
    )
    pages: tuple[PageSpec, ...] = described(
        zh="各版；不写由程序安排", en="pages; left out, they are planned", default=()
    )
    teasers: tuple[Teaser, ...] = described(
        zh="导读；不写由程序从各版挑", en="teasers; left out, chosen from the pages", default=()
    )
    staff_box: dict[str, Text] = described(
        zh="编辑栏：一行一条“职务: 姓名”，照印",
        en="staff box: lines “post: names”, printed as they are",
        default_factory=dict,
        example="{主编: 顾行简, 校对: 卫昭}",
    )
    colophon: Colophon = described(zh="版权页", en="imprint", default=Colophon())
    bulletin_head: BulletinHead = described(zh="简报的报头", en="head of a bulletin", default=BulletinHead())
    bulletin_foot: BulletinFoot = described(zh="简报的报尾", en="foot of a bulletin", default=BulletinFoot())
    fit: FitRules = described(zh="全期允许的微调", en="what fitting may do in the issue", default=FitRules())
    checks: dict[str, Weight] = described(
        zh=CHECKS_ZH, en=CHECKS_EN, default_factory=dict, example="{tombstone: off, no-alt: error}"
    )
    folder: Path = Path()
    problems: tuple[Problem, ...] = ()
    chosen_style: str = ""

    def floats(self) -> Mapping[str, tuple[str, Float]]:
        """The floats of all articles: name → (name of the article, float)."""
        return {float_.id: (article.id, float_) for article in self.articles.values() for float_ in floats_of(article)}

    def language_of(self, article: str) -> str:
        """The language of an article, by its name, or of the publication for a name of furniture."""
        own = self.articles[article].lang if article in self.articles else ""
        return own or (self.publication.lang if self.publication is not None else "") or DEFAULT_LANGUAGE

    def metadata(self) -> dict[str, str]:
        """The document metadata of the PDF: title, author, date (ISO), language, number."""
        number = f"第{self.number}期" + (f"（总第{self.total_number}期）" if self.total_number else "")
        return {
            "title": f"{self.publication.title} {number}",
            "author": str(self.publication.publisher or self.publication.sponsor),
            "date": self.date.isoformat(),
            "language": "zh-CN" if self.language_of("") == DEFAULT_LANGUAGE else self.language_of(""),
            "number": str(self.number),
        }
