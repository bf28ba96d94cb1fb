import pytest

from layout.press.printer import Printer, load_printer


@pytest.fixture(scope="session")
def coated() -> Printer:
    return load_printer("offset-coated")
