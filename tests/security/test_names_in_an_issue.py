"""What an issue names lies in its folder: bodies, pictures, its style and the styles that this one extends."""

from __future__ import annotations

import asyncio
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hostile import STYLE, WORDS, build, furnished, secrets

import issues
import layout
from layout.cli.main import main
from layout.editor.session import EditingSession
from layout.production import build as build_whole

NAMES = [
    "../secrets/canary.{kind}",
    "{secrets}/canary.{kind}",
    "link.{kind}",
    "linked/canary.{kind}",
    "pictures/../../secrets/canary.{kind}",
    "./../secrets/canary.{kind}",
    "../issue/../secrets/canary.{kind}",
    "file://{secrets}/canary.{kind}",
    "/proc/self/environ",
    "/dev/zero",
    "\\\\server\\share\\canary.{kind}",
    "C:\\canary.{kind}",
    "C:canary.{kind}",
    "//server/share/canary.{kind}",
    "pipe",
    "loop",
    "x" * 5000,
    "..",
    ".",
]


def hostile(folder: Path, hidden: Path) -> None:
    """Links, a pipe and a loop in an issue's folder."""
    for kind in ("md", "png"):
        (folder / f"link.{kind}").symlink_to(hidden / f"canary.{kind}")
    (folder / "linked").symlink_to(hidden)
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe")


def an_issue(folder: Path, **fields: Any) -> Path:
    publication = fields.pop("publication", {})
    style = fields.pop("style", "town")
    article = issues.article(200, rank="lead", **fields)
    if "body_file" in fields:
        del article["body"]
    data = issues.issue({"a": article}, [{30: " ".join(["a"] * 6)}], style=style)
    data["publication"] |= publication
    return issues.write(folder, data)


PLACES = {
    "body": lambda name: {"body_file": name},
    "picture": lambda name: {"pictures": [{"file": name, "alt": "船", "caption": "船"}]},
    "standing head": lambda name: {"standing_head": name},
    "headpiece": lambda name: {"headpiece": name},
    "emblem": lambda name: {"publication": {"emblem": name}},
    "logotype": lambda name: {"publication": {"logotype": name}},
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", PLACES)
def test_no_name_in_an_issue_leads_out_of_its_folder(place: str, name: str, tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    kind = "md" if place == "body" else "png"
    folder = an_issue(tmp_path / "issue", **PLACES[place](name.format(secrets=hidden, kind=kind)))
    hostile(folder, hidden)
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    assert told.rules & {"outside-folder", "no-file", "picture-kind", "pattern", "kind", "empty-body"}, told.says()
    assert not told.pdf


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    folder = an_issue(tmp_path / "issue", body_file="now.md")
    (folder / "texts").mkdir()
    (folder / "texts" / "second.md").write_text(issues.copy(200), encoding="utf-8")
    (folder / "now.md").symlink_to("texts/second.md")
    assert build(folder).pdf


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    an_issue(tmp_path / "issue")
    (tmp_path / "now").symlink_to("issue")
    assert build(tmp_path / "now").pdf


@pytest.mark.parametrize("target", ["../secrets/issue.yaml", "/proc/self/environ", "/dev/zero", "pipe"])
def test_an_issue_file_that_is_a_link_out_is_not_read(
    target: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    hidden = secrets(tmp_path / "secrets")
    folder = tmp_path / "issue"
    folder.mkdir()
    (folder / "issue.yaml").symlink_to(target)
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    assert told.rules & {"outside-folder", "no-issue"}, told.says()
    for command in (["check"], ["build", "-o", str(tmp_path / "a.pdf")], ["fix"], ["plan"], ["capacity"], ["compose"]):
        assert main([command[0], str(folder), *command[1:]]) == 1
        said = "".join(capsys.readouterr())
        assert WORDS not in said
        assert "Traceback" not in said
        assert said.strip()


# Styles.

STYLES = [
    "../secrets",
    "{secrets}",
    "linked",
    "./../secrets",
    "linked/../linked",
    "C:\\secrets",
    "~",
    "..",
    "file:///x",
]


@pytest.mark.parametrize("name", STYLES)
def test_no_style_leads_out_of_the_issue(name: str, tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    folder = an_issue(tmp_path / "issue", style=name.format(secrets=hidden))
    (folder / "linked").symlink_to(hidden)
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    assert told.rules & {"outside-folder", "unknown-style"}, told.says()


@pytest.mark.parametrize("name", STYLES)
def test_no_style_extends_one_from_elsewhere(name: str, tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    folder = furnished(tmp_path / "issue", style=f"name: own\nextends: '{name.format(secrets=hidden)}'\n")
    (folder / "linked").symlink_to(hidden)
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    assert told.rules & {"outside-folder", "unknown-style"}, told.says()


def test_a_style_that_is_the_issue_s_folder_extends_nothing_beside_that(tmp_path: Path) -> None:
    folder = an_issue(tmp_path / "issue", style=".")
    (folder / "style.yaml").write_text("name: here\nextends: beside\n", encoding="utf-8")
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "style.yaml").write_text(f"name: {WORDS}\nextends: town\n", encoding="utf-8")
    told = build(folder)
    assert "unknown-style" in told.rules
    assert WORDS not in told.says()


def test_a_style_below_the_current_folder_is_not_the_issue_s_to_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here" / "mine").mkdir(parents=True)
    (tmp_path / "here" / "mine" / "style.yaml").write_text("name: mine\nextends: town\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    folder = an_issue(tmp_path / "issue", style="mine")
    assert "unknown-style" in build(folder).rules
    assert build(folder, style="mine").pdf


def test_a_style_file_that_is_a_link_out_is_not_read(tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    folder = furnished(tmp_path / "issue")
    (folder / "own" / "style.yaml").unlink()
    (folder / "own" / "style.yaml").symlink_to(hidden / "style.yaml")
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    assert "outside-folder" in told.rules


FILES = ["../../secrets/canary.{kind}", "{secrets}/canary.{kind}", "link.{kind}", "linked/canary.{kind}", "/dev/zero"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", ["template", "css", "font"])
def test_no_file_of_a_style_lies_elsewhere(place: str, name: str, tmp_path: Path) -> None:
    hidden = secrets(tmp_path / "secrets")
    (hidden / "canary.ttf").write_bytes(WORDS.encode())
    kind = {"template": "html", "css": "css", "font": "ttf"}[place]
    name = name.format(secrets=hidden, kind=kind)
    style = f"{STYLE}fonts: {{Mine: {name}}}\n" if place == "font" else STYLE.replace(f"own.{kind}", name)
    folder = furnished(tmp_path / "issue", style=style)
    for kind in ("html", "css", "ttf"):
        (folder / "own" / f"link.{kind}").symlink_to(hidden / f"canary.{kind}")
    (folder / "own" / "linked").symlink_to(hidden)
    told = build(folder)
    told.assert_nothing_came_in(hidden)
    assert told.rules & {"outside-folder", "missing-file"}, told.says()
    assert not told.pdf


@pytest.mark.parametrize("stranger", ["pipe", "link"])
def test_fontconfig_finds_nothing_strange_beside_a_font(stranger: str, tmp_path: Path) -> None:
    square = Path(__file__).parents[1] / "fonts" / "Square.ttf"
    folder = furnished(tmp_path / "issue", style=f"{STYLE}fonts: {{Mine: fonts/Square.ttf}}\n")
    (folder / "own" / "fonts").mkdir()
    (folder / "own" / "fonts" / "Square.ttf").write_bytes(square.read_bytes())
    assert build(folder).pdf
    strange = folder / "own" / "fonts" / "a.ttf"
    if stranger == "pipe":
        os.mkfifo(strange)
    else:
        strange.symlink_to("/etc")
    assert "outside-folder" in build(folder).rules


# The caller's word.


def beside(tmp_path: Path) -> tuple[Path, Path]:
    """An issue in the town's style, and a style elsewhere that has another grid."""
    issue = an_issue(tmp_path / "issue")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "style.yaml").write_text(
        "name: harbour\nextends: town\ngrid: {leading: 16pt, lines: 48}\n"
    )
    return issue, tmp_path / "elsewhere"


def test_the_caller_may_name_a_style_anywhere(tmp_path: Path) -> None:
    issue, style = beside(tmp_path)
    usual, own = layout.load(issue), layout.load(issue, style=style)
    leadings = []
    for one in (usual, own):
        frames = [frame for frame in layout.compose(one).pages[0].frames if frame.role == "body"]
        pairs = [pair for frame in frames for pair in pairwise(frame.lines)]
        leadings.append({round(below.baseline - above.baseline, 2) for above, below in pairs})
    assert leadings[1] == {16.0}
    assert leadings[0] != leadings[1]
    report = build_whole(issue, tmp_path / "own.pdf", cache=False, style=style)
    assert report.ok
    assert (tmp_path / "own.pdf").read_bytes() != build_whole(issue, tmp_path / "a.pdf", cache=False).pdf.read_bytes()


@pytest.mark.parametrize("command", ["build", "check", "compose", "capacity", "plan", "proof"])
def test_every_command_that_reads_an_issue_takes_a_style(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    issue, style = beside(tmp_path)
    more = ["-o", str(tmp_path / "out")] if command == "proof" else []
    main([command, str(issue), "--style", str(style), *more])
    assert main([command, str(issue), "--style", str(tmp_path / "nowhere"), *more]) == 1
    assert "nowhere" in "".join(capsys.readouterr())


def test_the_preview_takes_a_style(tmp_path: Path) -> None:
    issue, style = beside(tmp_path)
    desk = EditingSession(issue, "offset-coated", None, style)
    try:
        asyncio.run(desk.rebuild())
        assert not desk.errors
        assert desk.build
        assert desk.build.style.name == "harbour"
    finally:
        desk.close()


def test_a_new_issue_names_no_style_that_it_could_not_use(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    _, style = beside(tmp_path)
    for name in (str(style), "../elsewhere"):
        assert main(["new", str(tmp_path / "new"), "--publication", "--style", name, "--yes"]) == 1
        assert "outside-folder" in "".join(capsys.readouterr())
    assert not (tmp_path / "new").exists()
