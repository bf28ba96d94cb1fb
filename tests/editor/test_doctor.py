"""`layout doctor`: says what this machine has, what is missing, and how to get it."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from layout.cli.main import main
from layout.editor import doctor
from layout.editor.doctor import Diagnosis
from layout.runtime.resources import data_folder


def examined(capsys: pytest.CaptureFixture[str], *flags: str) -> tuple[int, str]:
    status = main(["doctor", "--lang", "zh", *flags])
    return status, capsys.readouterr().out


def only(check: Callable[[], Iterator[Diagnosis]]) -> Diagnosis:
    (finding,) = check()
    return finding


@pytest.mark.slow
def test_a_machine_on_which_these_tests_run_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = examined(capsys)
    assert status == 0, said
    assert "缺" not in said
    for name in ("Python", "Pango", "WeasyPrint", "字体", "ICC", "Ghostscript", "缓存", "试排"):
        assert name in said
    assert "试排一期: 排好了，印前检查通过" in said


@pytest.mark.slow
def test_in_english_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--no-trial", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert said.isascii()
    assert "Issues can be built here." in said


def test_a_font_that_was_changed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = tmp_path / "fonts"
    shutil.copytree(data_folder("fonts"), fonts, ignore=lambda _, names: [n for n in names if n.startswith("Song")])
    for file in data_folder("fonts").glob("Song*.ttf"):
        (fonts / file.name).symlink_to(file)
    with (fonts / "Hei-Bold.ttf").open("ab") as file:
        file.write(b"\0")
    (fonts / "Kai-Regular.ttf").unlink()
    monkeypatch.setattr("layout.runtime.resources.data_folder", lambda _: fonts)
    found = only(doctor.fonts)
    assert found.good is False
    assert found.found.zh == "Hei-Bold、Kai-Regular 缺失或被改过"


def test_a_printers_profile_without_its_icc_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(data_folder("styles") / "printers", tmp_path / "printers")
    (tmp_path / "printers" / "TR002-newsprint-240.icc").unlink()
    monkeypatch.setattr("layout.runtime.resources.data_folder", lambda _: tmp_path)
    monkeypatch.setattr("layout.press.printer.data_folder", lambda _: tmp_path, raising=False)
    found = only(doctor.colour_profiles)
    assert found.good is False
    assert "newsprint" in found.found.zh


def test_a_library_that_is_missing_or_old_stops(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = SimpleNamespace(
        returncode=1, stderr="Traceback\nOSError: cannot load library 'libpango-1.0-0'\n", stdout=""
    )
    monkeypatch.setattr(doctor, "_library", lambda name: None)
    monkeypatch.setattr(doctor.subprocess, "run", lambda *_, **__: broken)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    found = {finding.name.en: finding for finding in doctor.libraries()}
    assert found["Pango"].good is found["WeasyPrint"].good is False
    assert "cannot load library" in found["WeasyPrint"].found.en
    assert found["Pango"].remedy.zh.startswith("sudo apt-get install libpango")
    monkeypatch.setattr(doctor, "_pango_version", lambda: (1, 40, 0))
    assert next(doctor.libraries()).good is False
    status, said = examined(capsys)
    assert status == 1
    assert "还不能排版" in said
    assert "试排" not in said  # it could only fail


def test_no_ghostscript_is_no_hindrance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "brew" else None)

    def nothing(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "gs")

    monkeypatch.setattr(doctor.subprocess, "run", nothing)
    found = only(doctor.ghostscript)
    assert found.good is None
    assert found.remedy.zh == "brew install ghostscript"


@pytest.mark.parametrize(("system", "word"), [("nt", "Windows"), ("posix", "Pango")])
def test_where_no_package_manager_is_known(system: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    monkeypatch.setattr(doctor, "os", SimpleNamespace(name=system))
    assert word in doctor._how_to(0).zh


def test_a_package_of_another_version_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ["weasyprint==70.0", "pillow>=9", "nowhere>=1", 'pytest>=9; extra == "dev"']
    versions = {"weasyprint": "69.0", "pillow": "13.0.0"}

    def version(name: str) -> str:
        if name not in versions:
            raise importlib.metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(importlib.metadata, "requires", lambda _: needs)
    monkeypatch.setattr(importlib.metadata, "version", version)
    found = only(doctor.packages)
    assert found.good is False
    assert found.found.zh == "weasyprint 69.0，应为 70.0；没有 nowhere"


def test_a_cache_that_cannot_be_written_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("LAYOUT_CACHE", str(tmp_path / "file" / "cache"))
    first = next(doctor.cache())
    assert first.good is False
    assert "LAYOUT_CACHE" in first.remedy.zh


def test_an_old_python_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "sys", SimpleNamespace(version_info=(3, 10, 9)))
    assert only(doctor.python).good is False


def test_an_encoding_without_chinese_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    here = SimpleNamespace(getfilesystemencoding=lambda: "utf-8", stdout=SimpleNamespace(encoding="cp1252"))
    monkeypatch.setattr(doctor, "sys", here)
    found = only(doctor.encoding)
    assert found.good is None
    assert "cp1252" in found.found.zh


def test_whatever_breaks_on_trial_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no glyphs")

    monkeypatch.setattr("layout.production.build", broken)
    found = only(doctor.trial)
    assert found.good is False
    assert "no glyphs" in found.found.en


def test_ghostscript_here_says_its_version() -> None:
    version = subprocess.run(["gs", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    assert only(doctor.ghostscript).found.en == version
