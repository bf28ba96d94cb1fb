"""The documentation site builds without a warning: every link has its end, every picture is there."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from fenced import ROOT

pytestmark = pytest.mark.slow
pytest.importorskip("sphinx", reason="pip install 'newsletter-layout[docs]'")


class Page(HTMLParser):
    """What a page points to, and the places in it that can be pointed to."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.links.add(value)
            elif name in ("id", "name") and value:
                self.anchors.add(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "--builder", "html"]
    done = subprocess.run(
        [*command, "-d", str(folder / "known"), str(ROOT / "docs"), str(folder / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


def test_every_page_is_in_the_site_and_every_command_in_the_reference(site: Path) -> None:
    from layout.cli.main import COMMANDS

    for page in (ROOT / "docs").rglob("*.md"):
        assert (site / page.relative_to(ROOT / "docs")).with_suffix(".html").is_file(), page
    commands = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    assert not [name for name in COMMANDS if f'"{name}"' not in commands and f">{name}<" not in commands]


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    import layout

    anchors = Page(site / "reference" / "library.html").anchors
    assert [name for name in layout.__all__ if f"layout.{name}" not in anchors] == []


def test_links_within_the_site_have_their_end(site: Path) -> None:
    pages = {file.resolve(): Page(file) for file in site.rglob("*.html")}
    broken = []
    for file, page in pages.items():
        for link in page.links:
            path, anchor = urldefrag(link)
            if "://" in path or path.startswith(("data:", "mailto:")):
                continue
            target = (file.parent / unquote(path.split("?")[0])).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            there = pages.get(target)
            if not target.exists() or (anchor and there and unquote(anchor) not in there.anchors):
                broken.append(f"{file.relative_to(site)}: {link}")
    assert broken == []
