"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from layout.text.fonts.faces import Faces, load_faces

HERE = Path(__file__).parent
# The same examples every time: what is red is red for everybody. `--hypothesis-profile=search` looks for new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write goldens anew instead of comparing with them")


@pytest.fixture(scope="session")
def square() -> Faces:
    """The square test face: every Han 1 em, digits and letters ½ em."""
    return load_faces({"Square": HERE / "fonts" / "Square.ttf"})


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the file `goldens/NAME.txt` beside the test, or writes it with `--update`."""
    folder = Path(request.path).parent / "goldens"

    def compare(name: str, text: str) -> None:
        file = folder / f"{name}.txt"
        if request.config.getoption("--update"):
            folder.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return compare
