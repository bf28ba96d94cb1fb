"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.text.faces import Faces, load_faces

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def square() -> Faces:
    """The square test face: every Han 1 em, digits and letters ½ em."""
    return load_faces({"Square": HERE / "fonts" / "Square.ttf"})
