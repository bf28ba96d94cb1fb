"""What all tests share."""

from __future__ import annotations

from collections import Counter
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


@pytest.hookimpl(optionalhook=True)  # pytest-xdist's, where it is installed and used
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Each file's tests run in one process, so that what its fixtures build is built once."""
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False  # the order is that of the tests as they are collected
    return LoadFileScheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In several processes, files with slow tests come first, then those with many: none of them is left for the end,
    when the other processes have nothing more to do."""
    if hasattr(config, "workerinput"):
        tests = Counter(item.path for item in items)
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: (item.path not in slow, -tests[item.path]))


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
