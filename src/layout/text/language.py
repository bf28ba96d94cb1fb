"""The languages that text is set in: their tags (BCP 47) and the other ways in which people write them."""

from __future__ import annotations

import difflib
from typing import ClassVar, NamedTuple, Self

from ..errors import Message, Problem, SourceLocation


class Language(NamedTuple):
    """A language, by its tag (BCP 47), which is also what a PDF says (`/Lang`), with its names."""

    tag: str
    zh: str
    en: str


LANGUAGES = {
    row[0]: Language(*row)
    for row in (
        ("zh-Hans", "简体中文", "Simplified Chinese"),
        ("zh-Hant-TW", "台湾繁体中文", "Traditional Chinese, Taiwan"),
        ("zh-Hant-HK", "香港繁体中文", "Traditional Chinese, Hong Kong"),
        ("ja", "日文", "Japanese"),
        ("ko", "韩文", "Korean"),
        ("en", "英文", "English"),
        ("en-US", "美国英文", "English, United States"),
        ("en-GB", "英国英文", "English, United Kingdom"),
        ("ug", "维吾尔文", "Uyghur"),
        ("bo", "藏文", "Tibetan"),
        ("mn-Mong", "传统蒙古文", "Mongolian, traditional script"),
    )
}
DEFAULT_LANGUAGE = "zh-Hans"
# Their letters change shape or order with their neighbours.
SHAPED_LANGUAGES = frozenset({"ug", "bo", "mn-Mong"})
# Those that are not set yet.
UNSUPPORTED_LANGUAGES = frozenset({"mn-Mong"})
LEFTWARD_LANGUAGES = frozenset({"ug"})  # lines begin at the right

_ALIASES = {
    "zh": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-sg": "zh-Hans",
    "zh-my": "zh-Hans",
    "zh-hans-cn": "zh-Hans",
    "zh-hans-sg": "zh-Hans",
    "zh-hant": "zh-Hant-TW",
    "zh-tw": "zh-Hant-TW",
    "zh-hk": "zh-Hant-HK",
    "zh-mo": "zh-Hant-HK",
    "zh-hant-mo": "zh-Hant-HK",
    "ja-jp": "ja",
    "ja-jpan": "ja",
    "ko-kr": "ko",
    "ko-kore": "ko",
    "en-latn": "en",
    "en-uk": "en-GB",
    "ug-cn": "ug",
    "ug-arab": "ug",
    "ug-arab-cn": "ug",
    "bo-cn": "bo",
    "bo-tibt": "bo",
    "mn-mong-cn": "mn-Mong",
    "mvf": "mn-Mong",
    "mvf-mong": "mn-Mong",
}
# Names and mistaken tags for which a tag is proposed, never taken.
_PROPOSED = {
    "jp": "ja",
    "japanese": "ja",
    "cn": "zh-Hans",
    "chinese": "zh-Hans",
    "tw": "zh-Hant-TW",
    "hk": "zh-Hant-HK",
    "kr": "ko",
    "kp": "ko",
    "korean": "ko",
    "english": "en",
    "uk": "en-GB",
    "us": "en-US",
    "uig": "ug",
    "ug-cyrl": "ug",
    "ug-latn": "ug",
    "tibetan": "bo",
    "dz": "bo",
    "mn": "mn-Mong",
    "mn-cyrl": "mn-Mong",
    "yue": "zh-Hant-HK",
    "cdo": "zh-Hans",
    "nan": "zh-Hant-TW",
    "wuu": "zh-Hans",
    **{language.zh: tag for tag, language in LANGUAGES.items()},
    **{name: tag for tag, language in LANGUAGES.items() for name in (language.zh.replace("文", "语"),)},
    "中文": "zh-Hans",
    "繁体": "zh-Hant-TW",
    "繁體": "zh-Hant-TW",
    "日語": "ja",
}
_TAGS = {tag.lower(): tag for tag in LANGUAGES}


def language_tag(typed: str) -> str:
    """The tag of a language as typed (`zh_tw`, `JA`), "" where it is none of them."""
    plain = typed.strip().lower().replace("_", "-")
    return _TAGS.get(plain) or _ALIASES.get(plain, "")


def nearest_tag(typed: str) -> str:
    """The tag that is probably meant by one that is none of them, "" where none is near."""
    plain = typed.strip().lower().replace("_", "-")
    subtags = plain.split("-")
    for end in range(len(subtags), 0, -1):  # en-AU is near en, ja-Latn near ja
        part = "-".join(subtags[:end])
        if found := language_tag(part) or _PROPOSED.get(part, ""):
            return found
    near = difflib.get_close_matches(plain, list(_TAGS), 1)
    return _TAGS[near[0]] if near else ""


def unsupported(typed: str, mark: SourceLocation | None) -> Problem | None:
    """The problem of a language that is unknown or not set yet; None for one that is set, and for none."""
    tag = language_tag(typed)
    if not typed or (tag and tag not in UNSUPPORTED_LANGUAGES):
        return None
    listed = "、".join(tag for tag in LANGUAGES if tag not in UNSUPPORTED_LANGUAGES)
    remedy = Message(f"可以写：{listed}", f"write one of {listed.replace('、', ', ')}")
    if tag:
        language = LANGUAGES[tag]
        what = Message(f"{language.zh}（{tag}）还不能排", f"{language.en} ({tag}) is not set yet")
        return Problem("language", what, remedy, mark)
    if near := nearest_tag(typed):
        remedy = Message(f"是 {near}（{LANGUAGES[near].zh}）吗？", f"do you mean {near} ({LANGUAGES[near].en})?")
    what = Message(f"不能排语言“{typed}”", f"the language “{typed}” is not supported")
    return Problem("language", what, remedy, mark)


class LanguageTag(str):
    """The field `lang` of a record: a tag, or where it is unknown what was typed; "" inherits."""

    __slots__ = ()
    expects: ClassVar[Message] = Message("语言，如 zh-Hans、en、ja", "a language such as zh-Hans, en or ja")
    schema: ClassVar[dict[str, object]] = {"enum": [*LANGUAGES, "zh-Hant"]}

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(language_tag(text) or text)
