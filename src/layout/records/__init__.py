"""Records read from YAML: one mechanism for the issue, the styles and the printers' profiles.

A record is a frozen struct; its annotations define the values that YAML may have, `described` documents them:

    from typing import Literal
    from layout.records import Length, Record, described, read

    class RuleStyle(Record):
        width: Length = described(zh="线的粗细", en="width of the rule", default=Length(0.25))
        kind: Literal["solid", "double"] = described(zh="线型", en="kind of rule", default="solid")

    class Style(Record):
        name: str = described(zh="样式的名字", en="name of the style")          # no default: must be given
        units: int = described(zh="单位数", en="units", default=6, minimum=1)
        rules: dict[str, RuleStyle] = described(zh="线条", en="rules", default_factory=dict)

    style, problems = read(Style, "name: town\\nrules:\\n  story: {width: 0.5pt}\\n", "style.yaml")
    style.rules["story"].width          # 0.5
    style.rules["story"].marks["width"]     # style.yaml:3:18

Annotations may be `str`, `int`, `float`, `bool`, `date`, `Length`, `Em` and other classes with `parse`, `Prose`,
`Literal[...]`, records, `tuple[X, ...]`, `tuple[X, Y]`, `tuple[X, *tuple[Y, ...]]`, `dict[str, X]`, `X | Y` and
`X | None`. A scalar of YAML is read by the field's type: text takes `no`, `12:30` and `010` as typed, a number takes
`010` as ten (the core schema of YAML 1.2). A key without a value counts as left out. Unknown and repeated keys, wrong types,
values out of range and tags are rejected, all in one pass. `json_schema` and `field_table` describe the same classes to
editors and readers.
"""

from .nodes import read_utf8
from .record import Entry, Record, RecordField, described, fields_of, read_record, read_record_file
from .scalars import Em, Length, Prose, Scalar
from .schema import FieldRow, field_table, json_schema
from .shapes import nearest_match

__all__ = [
    "Em",
    "Entry",
    "FieldRow",
    "Length",
    "Prose",
    "Record",
    "RecordField",
    "Scalar",
    "described",
    "field_table",
    "fields_of",
    "json_schema",
    "nearest_match",
    "read_record",
    "read_record_file",
    "read_utf8",
]
