"""The entries of the catalogue of rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from ..errors import NO_MESSAGE, Message, Severity

# How much a rule weighs, as an issue, a style or a printer's profile has it.
Weight = Literal["error", "warning", "note", "off"]
# What the field `checks` of an issue and of a style is.
CHECKS_ZH = "规则的轻重：“规则: error、warning、note 或 off（不列出）”；错误不能放轻"
CHECKS_EN = "severities of rules: error, warning, note, or off, which leaves it out; errors cannot be made lighter"
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Rule(Struct, frozen=True):
    """A rule in general; the text of a problem is what breaks it in particular.

    `severity` is the greatest that the program itself reports it with; None where the printer's profile decides.
    `source` is what the rule was taken from: a standard, a number of `docs/typography.md`, a page of the manual.
    """

    title: Message
    remedy: Message = NO_MESSAGE
    severity: Severity | None = ERROR
    source: str = ""


class RuleTable(Struct, frozen=True):
    """The rules of one stage by id. `adjustable`: an issue or a style may silence or raise those that are no errors."""

    title: Message
    rules: Mapping[str, Rule]
    adjustable: bool
