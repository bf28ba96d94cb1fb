"""Units of several characters, which are not divided and stay with the number before them (rule B13)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNIT = re.compile(
    r"公[里斤顷吨分]|平方(?:公里|千米|厘米|米)|立方(?:厘米|分米|米)|[千兆]瓦时?|[千厘毫分微纳][米克升]|小时|分钟|海里"
    r"|人次|个月|美元|[千百]?[万亿][元吨亩人名户斤米只册份件个次]"
)
_BEFORE = frozenset("0123456789万亿千百十 ")


def unit_breaks(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each such unit that follows a number."""
    for found in _UNIT.finditer(text):
        start = found.start()
        if text[start - 1 : start] in _BEFORE and text[max(start - 4, 0) : start].rstrip()[-1:] in _BEFORE:
            yield found.span()
