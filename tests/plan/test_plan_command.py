"""`layout plan`: maps to paste, plans in small to choose among, and a finished issue planned again for the news."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image
from plan.random_issues import random_issue

import layout
from issues import article, write
from layout.cli.main import main

pytestmark = pytest.mark.slow  # whole issues are planned


@pytest.fixture
def sound(tmp_path: Path) -> dict[str, Any]:
    return random_issue(14, tmp_path / "issue", kind="sound", articles=(9, 9), stretch=0.9)


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["plan", *words, "--lang", "en"])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_its_maps_pasted_into_the_issue_are_its_pages(tmp_path, sound, capsys):
    folder = write(tmp_path / "issue", sound)
    status, told, _ = printed(capsys, str(folder))
    write(folder, sound | yaml.safe_load(told))
    assert status == 0
    assert all(spec.areas for spec in layout.load(folder).pages)


def test_plans_are_drawn_one_under_the_other(tmp_path, sound, capsys):
    folder, picture = write(tmp_path / "issue", sound), tmp_path / "plans.png"
    _, one, _ = printed(capsys, str(folder), "--thumbnails", str(picture))
    height = Image.open(picture).height
    _, three, _ = printed(capsys, str(folder), "--count", "3", "--thumbnails", str(picture))
    assert "# plan 3" in three
    assert "# plan" not in one
    assert 2.9 < Image.open(picture).height / height < 3.1


def test_a_picture_that_cannot_be_written_is_reported(tmp_path, sound, capsys):
    status, _, said = printed(
        capsys, str(write(tmp_path / "issue", sound)), "--thumbnails", str(tmp_path / "plans.txt")
    )
    assert (status, "unwritable" in said) == (1, True)


@pytest.mark.parametrize("pasted", [False, True])
def test_news_in_a_finished_issue_changes_few_pages_which_are_reported(tmp_path, sound, capsys, pasted):
    folder = write(tmp_path / "issue", sound)
    before = printed(capsys, str(folder))[1]
    kept = tmp_path / "plan.yaml"
    kept.write_text(before, encoding="utf-8")
    sound["articles"]["news"] = article(160, rank="minor")
    write(folder, sound | yaml.safe_load(before) if pasted else sound)
    status, told, said = printed(capsys, str(folder), "--again", *([] if pasted else [str(kept)]))

    old, new = yaml.safe_load(before)["pages"], yaml.safe_load(told)["pages"]
    changed = [number for number, (one, other) in enumerate(zip(old, new, strict=True), 1) if one != other]
    assert status == 0
    assert 1 <= len(changed) <= 2
    assert [number for number in range(1, len(new) + 1) if f"page {number} was planned anew" in said] == changed
    assert "news" in told
    assert "news" not in before


def test_a_page_drawn_by_worker_stays_when_a_kept_plan_is_planned_again(tmp_path, sound, capsys):
    folder = write(tmp_path / "issue", sound)
    before = yaml.safe_load(printed(capsys, str(folder))[1])
    kept = tmp_path / "plan.yaml"
    kept.write_text(yaml.safe_dump(before, allow_unicode=True, sort_keys=False), encoding="utf-8")
    by_hand = before["pages"][:1] + [{} for _ in before["pages"][1:]]
    sound["articles"]["news"] = article(160, rank="minor")
    write(folder, sound | {"pages": by_hand})
    after = yaml.safe_load(printed(capsys, str(folder), "--again", str(kept))[1])
    assert after["pages"][0] == before["pages"][0]
    assert after != before


def test_again_without_an_earlier_plan_is_refused(tmp_path, sound, capsys):
    folder = write(tmp_path / "issue", sound)
    status, told, said = printed(capsys, str(folder), "--again")
    assert (status, told, "no-plan" in said) == (1, "", True)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("pages: 3\n", encoding="utf-8")
    assert printed(capsys, str(folder), "--again", str(wrong))[:2] == (1, "")
