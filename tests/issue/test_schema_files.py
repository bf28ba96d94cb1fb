"""The schemas that editors of YAML read from the checkout: current, and found from every sample."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from layout.cli.main import main
from layout.runtime.resources import data_folder

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "schema"
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
SAMPLES = sorted(path.parent for path in (ROOT / "issues").glob("*/issue.yaml"))

jsonschema = pytest.importorskip("jsonschema")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["schema", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("name", "arguments"), [("issue", ()), ("style", ("--style",)), ("printer", ("--printer",))])
def test_the_committed_schema_is_what_the_command_prints(
    name: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    text, file = printed(capsys, *arguments), SCHEMAS / f"{name}.schema.json"
    if request.config.getoption("--update"):
        file.write_text(text, encoding="utf-8")
    # Written anew by `pytest --update`, or: layout schema --style > schema/style.schema.json
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_sample_names_the_schema_by_a_path_that_is_there(sample: Path) -> None:
    first = MODELINE.match((sample / "issue.yaml").read_text(encoding="utf-8"))
    assert first
    assert (sample / first[1]).resolve() == SCHEMAS / "issue.schema.json"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_sample_is_good_by_the_schema(sample: Path) -> None:
    schema = yaml.safe_load((SCHEMAS / "issue.schema.json").read_text(encoding="utf-8"))
    document = yaml.load((sample / "issue.yaml").read_text(encoding="utf-8"), _Core)
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(document)] == []


@pytest.mark.parametrize("file", sorted(data_folder("styles").glob("*/style.yaml")), ids=lambda file: file.parent.name)
def test_every_shipped_style_is_good_by_the_schema(file: Path) -> None:
    schema = yaml.safe_load((SCHEMAS / "style.schema.json").read_text(encoding="utf-8"))
    document = yaml.load(file.read_text(encoding="utf-8"), _Core)
    errors = jsonschema.Draft202012Validator(schema).iter_errors(document)
    assert [f"{'.'.join(map(str, error.path))}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("file", sorted(data_folder("styles").glob("printers/*.yaml")), ids=lambda file: file.stem)
def test_every_shipped_printer_is_good_by_the_schema(file: Path) -> None:
    """One that is whole, and those that only change it."""
    schema = yaml.safe_load((SCHEMAS / "printer.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    document = yaml.load(file.read_text(encoding="utf-8"), _Core)
    assert [error.message for error in validator.iter_errors(document)] == []
    assert [error.validator for error in validator.iter_errors(document | {"ink": {"limit": 500}})] == ["maximum"]


def test_every_field_is_described_in_chinese() -> None:
    schema = yaml.safe_load((SCHEMAS / "issue.schema.json").read_text(encoding="utf-8"))
    parts = [schema, *schema["$defs"].values()]
    fields = {name: field for part in parts for name, field in part.get("properties", {}).items()}
    assert len(fields) > 50
    assert [name for name, field in fields.items() if not re.search("[一-鿿]", field.get("description", ""))] == []


class _Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: dates stay text, `8:00` is no number, keys are text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, object]:
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


_Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":int", ":float", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
_Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))
