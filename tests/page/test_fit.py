"""Fitting: heights that the text decides, then measures in the style's order; nothing else, and all of it told."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from elements import png
from fit_samples import SAMPLES, WHITE, fullness, with_auto_heights
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from plan.random_issues import prose
from seeds import seeds

import layout
from issues import article, copy, issue, write
from layout.cli.main import main
from layout.composition import Composition
from layout.errors import Severity
from layout.page.copyfit.heights import Demand, settle_heights

HEAD = "秋收过半晒谷场上灯火通明收割机进村"
NEVER = dict.fromkeys(("headline", "deck", "crop", "spacing", "tracking"), "never")


def fitted(folder: Path, data: object) -> Composition:
    return layout.compose(layout.load(write(folder, data)))


def left(pages: Composition) -> dict[str, int]:
    """Lines left in each article's place; below 0 those too many."""
    return {fit.article: fit.lines - fit.lines_used for fit in pages.fit}


def told(pages: Composition, rule: str = "fit") -> list[str]:
    return [problem.what.en for problem in pages.problems if problem.rule == rule]


def heights(pages: Composition) -> list[int]:
    """The rows of page 1 that were settled."""
    return [int(word) for word in told(pages)[0].removeprefix("auto rows set to ").split()[:-1]]


def styled(folder: Path, **fit: Any) -> str:
    """A style like the town's, with other rules of fitting; its name in the issue."""
    (folder / "style").mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"name": "own", "extends": "town", "fit": fit}, allow_unicode=True)
    (folder / "style" / "style.yaml").write_text(text, encoding="utf-8")
    return "style"


def sizes(pages: Composition, id: str = "a") -> set[float]:
    frames = [frame for page in pages.pages for frame in page.frames]
    return {line.size for f in frames if f.article == id and f.role == "headline" for line in f.lines}


def steps(pages: Composition) -> set[float]:
    """How far apart the characters of the text stand, in em, in last lines of paragraphs, which nothing else widens."""
    found = set()
    for page in pages.pages:
        for frame in page.frames:
            for line in frame.lines if frame.role == "body" else ():
                if line.ends_paragraph and len(line.spans[0].xs) > 2:
                    xs = line.spans[0].xs
                    found.add(round((xs[1] - xs[0]) / line.size, 4))
    return found


# Heights.


def test_auto_rows_take_what_their_text_needs(tmp_path):
    articles = {"a": article(1500), "b": article(500)}
    pages = fitted(tmp_path, issue(articles, [{"auto": "a"}, {"auto": "b"}], {"a": 3, "b": 3}))
    assert all(lines >= 0 for lines in left(pages).values())
    high, low = heights(pages)
    assert high > 1.5 * low


def test_auto_rows_and_fixed_ones_fill_the_page(tmp_path):
    articles = {"a": article(900), "b": article(600)}
    pages = fitted(tmp_path, issue(articles, [{7: "nameplate"}, {"auto": "a"}, {"auto": "b"}], {"a": 3, "b": 2}))
    assert sum(heights(pages)) == 43


def test_rows_of_furniture_are_as_high_as_the_style_says(tmp_path):
    data = issue({"a": article(1900)}, [{"auto": "nameplate"}, {"auto": "a"}, {"auto": "staff_box"}], {"a": 3})
    assert heights(fitted(tmp_path, data | {"staff_box": {"主编": "周怡"}})) == [7, 39, 4]


def test_a_picture_gives_way_to_the_text_within_its_range(tmp_path):
    png(tmp_path)
    found = {}
    for characters in (1250, 1350):
        shown = [{"id": "p", "file": "photo.png", "crop": [1.2, 2.0], "alt": "田"}]
        data = issue({"a": article(characters, pictures=shown)}, [{"auto": "p"}, {"auto": "a"}], {"a": 3})
        pages = fitted(tmp_path, data)
        (picture,) = pages.pages[0].pictures
        assert 1.2 <= picture.width / picture.height <= 2.05
        assert left(pages)["a"] >= 0
        found[characters] = picture.height
    assert found[1350] < found[1250]


def test_a_chart_is_not_made_too_low_to_read(tmp_path):
    data = [["一村", 41], ["二村", 38], ["三村", 25], ["四村", 19]]
    chart = {"id": "c", "kind": "bar", "title": "各村户数", "unit": "户", "data": data, "alt": "户数"}
    one = article(2600, charts=[chart])
    pages = fitted(tmp_path, issue({"a": one}, [{"auto": "a a c"}, {"auto": "a"}], {"a": 3}))
    (drawn,) = [box for page in pages.pages for box in page.boxes if box.name == "chart"]
    assert pages.overset
    assert drawn.height >= 0.8 * 4 * 15  # four bars by the style


def test_a_row_may_be_all_white_rather_than_text_be_cut(tmp_path):
    pages = fitted(tmp_path, issue({"a": article(100), "b": article(100)}, [{"auto": "a"}, {"auto": "b"}]))
    assert not pages.overset


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_samples_come_out_full_with_every_height_auto(tmp_path, name):
    loaded = layout.load(with_auto_heights(SAMPLES / name, tmp_path / name))
    pages = layout.compose(loaded)
    assert not [problem.in_language() for problem in pages.problems if problem.severity is Severity.ERROR]
    for page in fullness(loaded, pages):
        assert page.is_full, page


# Measures.


def with_headline(folder: Path, height: int, **fields: Any) -> Composition:
    long = article(500, headline=HEAD, rank="major", **fields)
    return fitted(folder, issue({"a": long}, [{height: "a ."}], {"a": 1}))


def test_a_headline_is_made_smaller_before_text_is_left_over(tmp_path):
    by_itself = sizes(with_headline(tmp_path, 40, fit=NEVER))
    found = [(told(pages), sizes(pages)) for pages in (with_headline(tmp_path, n) for n in range(30, 10, -1))]
    smaller = [(said, size) for said, size in found if any("headline smaller" in one for one in said)]
    assert smaller
    assert all(max(size) < max(by_itself) for _, size in smaller)


def test_a_headline_is_made_larger_to_fill_the_column(tmp_path):
    found = []
    for words in (12, 13):  # by itself such a headline is a little smaller than the largest size
        one = article(500, headline=HEAD[:words], rank="major", fit=NEVER | {"headline": "allow"})
        found += [fitted(tmp_path, issue({"a": one}, [{n: "a ."}], {"a": 1})) for n in range(30, 20, -1)]
    larger = [pages for pages in found if any("headline larger" in one for one in told(pages))]
    assert larger
    assert all(0 <= left(pages)["a"] <= 1 for pages in larger)


def test_measures_are_tried_in_the_order_of_the_style(tmp_path):
    deck = "一条水渠通三个村，晚稻不再等天下雨"
    for order, first in ((["headline", "deck"], "headline smaller"), (["deck", "headline"], "without its deck")):
        style = styled(tmp_path, order=order)
        for height in range(30, 15, -1):
            long = article(500, headline=HEAD, deck=deck, rank="lead")
            pages = fitted(tmp_path, issue({"a": long}, [{height: "a ."}], {"a": 1}, style=style))
            if told(pages):
                assert first in told(pages)[0]
                break
        else:
            pytest.fail("no height needed a measure")


def test_a_deck_goes_before_text_is_left_over(tmp_path):
    long = article(500, deck="一条水渠通三个村，晚稻不再等天下雨", fit=NEVER | {"deck": "allow"})
    found = [fitted(tmp_path, issue({"a": long}, [{n: "a . ."}], {"a": 1})) for n in range(45, 25, -1)]
    without = [pages for pages in found if told(pages)]
    assert without
    for pages in without:
        assert "without its deck" in told(pages)[0]
        assert not any(frame.role == "deck" for frame in pages.pages[0].frames)


def test_a_picture_in_the_text_is_cropped_within_its_range(tmp_path):
    png(tmp_path)
    shown = [{"id": "p", "file": "photo.png", "crop": [1.2, 2.0], "alt": "田"}]
    one = article(500, pictures=shown, fit=NEVER | {"crop": "allow"})
    found = [fitted(tmp_path, issue({"a": one}, [{n: "a . ."}], {"a": 1})) for n in range(36, 50)]
    cropped = [pages for pages in found if told(pages)]
    assert {"lower" in told(pages)[0] for pages in cropped} == {True, False}
    for pages in cropped:
        (picture,) = pages.pages[0].pictures
        assert 1.15 <= picture.width / picture.height <= 2.1
        assert not told(pages, "crop-range")


def test_space_over_a_box_takes_up_a_line_or_two(tmp_path):
    one = article(400, box="tint", fit=NEVER | {"spacing": "allow"})
    above = article(300, fit=NEVER)
    found = [
        fitted(tmp_path, issue({"a": above, "b": one}, [{15: "a ."}, {n: "b ."}], {"a": 1, "b": 1}))
        for n in range(18, 35)
    ]
    spaced = [pages for pages in found if told(pages)]
    assert spaced
    assert all("space over it" in told(pages)[0] and left(pages)["b"] <= 1 for pages in spaced)


def tracked(folder: Path, height: int, seed: int, may: str = "allow") -> Composition:
    """Text of about 28 lines in a column of 28 em, and of no headline."""
    one = {"body": prose(Random(seed), 700), "fit": NEVER | {"tracking": may}}
    return fitted(folder, issue({"a": one}, [{height: "a ."}], {"a": 1}))


@pytest.mark.slow
def test_tracking_both_ways_stays_within_its_limit_and_only_where_it_mends_all(tmp_path):
    solutions = set()
    for seed in range(12):
        lines = 40 - left(tracked(tmp_path, 40, seed, "never"))["a"]
        for height in (lines - 3, lines - 2, lines - 1, lines + 2, lines + 3):
            pages = tracked(tmp_path, height, seed)
            (apart,) = steps(pages) or {1.0}
            assert abs(apart - 1) <= 0.0201
            if told(pages):
                assert 0 <= left(pages)["a"] <= 1
                assert left(tracked(tmp_path, height, seed, "never"))["a"] not in (0, 1)
                assert ("tighter" if apart < 1 else "wider") in told(pages)[0]
                solutions.add(apart > 1)
            else:
                assert apart == 1.0
    assert solutions == {True, False}


def test_a_headline_area_alone_that_is_no_rectangle_is_refused(tmp_path):
    data = issue({"a": article(100), "b": article(100)}, [{5: "a.headline b"}, {5: "a.headline a.headline"}, {9: "b"}])
    with pytest.raises(layout.IssueError, match=r"no-text-area|rectangle"):
        fitted(tmp_path, data)


@pytest.mark.parametrize("place", ["article", "page", "issue"])
def test_the_editor_may_forbid_it(tmp_path, place):
    own = {"fit": NEVER} if place == "article" else {}
    for height in range(30, 10, -1):
        data = issue({"a": article(500, headline=HEAD, rank="major", **own)}, [{height: "a ."}], {"a": 1})
        if place == "page":
            data["pages"][0]["fit"] = NEVER
        if place == "issue":
            data["fit"] = NEVER
        assert not told(fitted(tmp_path, data))


def test_the_nearest_rule_counts(tmp_path):
    """An article that is allowed what the issue forbids."""
    forbidden = {"fit": {"headline": "never"}}
    found = [
        fitted(tmp_path, issue({"a": article(500, headline=HEAD, rank="major", **own)}, [{n: "a ."}], {"a": 1}, **all_))
        for n in range(30, 10, -1)
        for own, all_ in ((forbidden, {"fit": {"headline": "allow"}}), ({"fit": {"headline": "allow"}}, forbidden))
    ]
    forbidding, allowing = found[::2], found[1::2]
    assert not any("headline" in one for pages in forbidding for one in told(pages))
    assert any("headline" in one for pages in allowing for one in told(pages))


def test_typed_heights_change_only_where_that_is_allowed(tmp_path):
    articles = {"a": article(1270), "b": article(1060)}
    data = issue(articles, [{24: "a"}, {26: "b"}], {"a": 3, "b": 3})
    assert not any("in place of" in one for one in told(fitted(tmp_path, data)))
    moved = told(fitted(tmp_path, data | {"fit": {"heights": "allow"}}))
    assert {one for one in moved if "in place of" in one} == {
        "row 1: 26 lines in place of 24",
        "row 2: 24 lines in place of 26",
    }


# What is reported.


def test_what_stays_over_is_reported_in_characters_and_lines(tmp_path):
    pages = fitted(tmp_path, issue({"a": article(4000)}, [{20: "a"}], {"a": 3}))
    (over,) = pages.overset
    assert over.characters > 2000
    assert left(pages)["a"] == -over.lines
    (said,) = told(pages, "overset")
    assert f"{over.characters} characters ({over.lines} lines)" in said


def test_what_stays_empty_is_reported_in_characters_to_write_and_they_fill_it(tmp_path):
    data = issue({"a": article(900, fit=NEVER)}, [{50: "a"}], {"a": 3})
    (problem,) = [one for one in fitted(tmp_path, data).problems if one.rule == "underset"]
    more = int(problem.what.en.split()[-2])
    data["articles"]["a"]["body"] += "\n\n" + "\n\n".join(copy(119, n) for n in range(more // 119))
    pages = fitted(tmp_path, data)
    assert abs(left(pages)["a"]) < 0.06 * pages.fit[0].lines


def test_steps_say_by_how_many_lines_they_help(tmp_path):
    for height in range(30, 10, -1):
        pages = with_headline(tmp_path, height)
        (one, *more) = told(pages) or [""]
        if "headline smaller" in one and not more:
            gained = int(one.rpartition(", ")[2].split()[0])
            assert left(pages)["a"] - left(with_headline(tmp_path, height, fit=NEVER))["a"] == gained
            return
    pytest.fail("no height needed the measure alone")


# Capacity.


def slots(folder: Path, capsys: pytest.CaptureFixture[str], status: int = 0) -> tuple[dict[str, Any], str]:
    assert main(["capacity", str(folder), "--json", "--lang", "en"]) == status
    said = capsys.readouterr()
    return {slot["article"]: slot for slot in json.loads(said.out)}, said.err


def test_capacity_before_writing(tmp_path, capsys):
    empty = {"headline": "秋收过半晒谷场上灯火通明", "length": 5000}
    write(tmp_path, issue({"a": empty, "b": article(200)}, [{20: "a"}, {20: "b"}], {"a": 3, "b": 3}))
    found, said = slots(tmp_path, capsys)
    assert 700 < found["a"]["holds"] < 1000
    assert found["a"]["has"] == 0
    assert found["a"]["room"] == found["a"]["holds"]
    assert "[length]" in said


def test_a_slot_holds_what_capacity_says(tmp_path, capsys):
    data = issue({"a": {"headline": "秋收过半晒谷场上灯火通明"}}, [{30: "a"}], {"a": 3})
    holds = slots(write(tmp_path, data), capsys)[0]["a"]["holds"]
    for part, fits in ((0.94, True), (1.06, False)):
        data["articles"]["a"]["body"] = "\n\n".join(copy(120, n) for n in range(round(holds * part / 120)))
        data["fit"] = NEVER
        assert (left(fitted(tmp_path, data))["a"] >= 0) is fits


def test_lengths_agreed_on_share_open_heights_before_anything_is_written(tmp_path, capsys):
    empty = {name: {"headline": "秋收过半晒谷场上灯火通明", "length": n} for name, n in (("a", 1200), ("b", 500))}
    write(tmp_path, issue(empty, [{"auto": "a"}, {"auto": "b"}], {"a": 3, "b": 3}))
    found, said = slots(tmp_path, capsys)
    assert found["a"]["holds"] >= 1200
    assert found["b"]["holds"] >= 500
    assert not said


def test_capacity_after_writing_reports_lines_and_characters_over(tmp_path, capsys):
    write(tmp_path, issue({"a": article(2500)}, [{20: "a"}], {"a": 3}))
    found, _ = slots(tmp_path, capsys, status=1)
    assert found["a"]["has"] == 2500
    assert found["a"]["room"] < -1000
    assert found["a"]["lines"] < -60


# Whatever the articles.

MAPS = (
    (["a", "b"], {}),
    (["a.headline", "a a p", "a a a", "b b c"], {"a": 3, "b": 2}),
    (["p p a", "p p a", "a a a", "b c c", "d d d"], {"a": 3, "b": 1, "c": 2, "d": 3}),
    (["nameplate", "a.headline a.headline b", "a a b", "c p p", "c d d"], {"a": 2, "b": 1, "c": 1, "d": 2}),
    (["a a b", "a a b", "c c c", "c c p"], {"a": 2, "b": 1, "c": 3}),
)
WORDS = "镇里新修的水渠通了水今年晚稻又是丰收老街上的灯换成了暖色孩子们走着去上学"


def random_page(folder: Path, seed: int, stretch: float = 1.0) -> dict[str, Any]:
    """Articles of random length in a map whose heights are all auto; `stretch` makes each longer or shorter."""
    random = Random(seed)
    rows, columns = MAPS[seed % len(MAPS)]
    png(folder)
    names = sorted({cell.partition(".")[0] for row in rows for cell in row.split()} - {"p", "nameplate"})
    total = random.randint(1300, 2100)
    shares = [random.randint(2, 6) for _ in names]
    articles: dict[str, Any] = {}
    for name, share in zip(names, shares, strict=True):
        start, words = random.randrange(20), random.randint(7, 14)
        length = max(30, round(total * share / sum(shares) * stretch))
        rank = random.choice(("major", "minor", "minor"))
        articles[name] = {"rank": rank, "headline": WORDS[start : start + words], "body": prose(random, length)}
        if random.random() < 0.3:
            articles[name]["deck"] = "一条渠管三个村"
    if any("p" in row.split() for row in rows):
        articles["a"]["pictures"] = [{"id": "p", "file": "photo.png", "alt": "渠", "caption": "新渠通水的早晨。"}]
    return issue(articles, [{"auto": row} for row in rows], columns)


def assert_sound(data: dict[str, Any], pages: Composition) -> None:
    """Text in is text out, nothing overlaps, baselines stand on the grid, and what does not fill is reported."""
    (page,) = pages.pages
    over = {one.article: one.characters for one in pages.overset}
    for id, one in data["articles"].items():
        frames = sorted((f for f in page.frames if f.article == id and f.role == "body"), key=lambda f: f.column)
        lines = [line for frame in frames for line in frame.lines]
        typed = one["body"].replace("\n", "")
        printed = "".join(line.text for line in lines)
        assert typed.startswith(printed)
        assert len(typed) - len(printed) == over.get(id, 0)
        for line in lines:
            on_grid = (line.baseline - lines[0].baseline) / 15
            assert on_grid == pytest.approx(round(on_grid), abs=1e-6)
    bodies = [frame for frame in page.frames if frame.role in ("body", "headline", "deck", "caption")]
    things = [(f.x, f.y, f.width, f.height) for f in bodies]
    things += [(p.x, p.y, p.width, p.height) for p in page.pictures]
    for one, other in combinations(things, 2):
        apart = max(one[0] - other[0] - other[2], other[0] - one[0] - one[2])
        down = max(one[1] - other[1] - other[3], other[1] - one[1] - one[3])
        assert max(apart, down) > -0.5, (one, other)
    rules = {problem.rule for problem in pages.problems}
    for fit in pages.fit:
        if fit.lines_used > fit.lines:
            assert fit.article in over
        elif fit.lines - fit.lines_used > 3:
            assert "underset" in rules


@pytest.mark.parametrize("seed", seeds(25, 6))
def test_random_pages_fill_or_it_is_said_what_does_not(tmp_path, seed):
    data = random_page(tmp_path, seed)
    pages = fitted(tmp_path, data)
    assert_sound(data, pages)
    assert fitted(tmp_path, data).to_json() == pages.to_json()


@pytest.mark.parametrize("stretch", [0.8, 1.2])
@pytest.mark.parametrize("seed", seeds(15, 3))
def test_articles_a_fifth_longer_or_shorter_still_fill_or_are_reported(tmp_path, seed, stretch):
    data = random_page(tmp_path, seed, stretch)
    assert_sound(data, fitted(tmp_path, data))


ROWS = ([20, 30], [3, 10, 21, 16], [9, 8, 10, 11, 12], [7, 4, 9, 18, 12], [15, 15, 10, 10])


@pytest.mark.parametrize("seed", seeds(20, 5))
def test_a_page_that_can_be_full_is_full(tmp_path, seed):
    """Articles as long as their places in a map of typed heights: with all heights auto they fill the page again, but
    for a line in the place of one of them."""
    data, random = random_page(tmp_path, seed), Random(seed)
    auto = data["pages"][0]["areas"]
    moved = [height + random.choice((-1, 0, 1)) for height in ROWS[seed % len(MAPS)]]
    moved[-1] += 50 - sum(moved)
    data["pages"][0]["areas"] = [{n: row["auto"]} for n, row in zip(moved, auto, strict=True)]
    for fit in fitted(tmp_path, data | {"fit": NEVER}).fit:
        data["articles"][fit.article]["body"] = prose(random, fit.capacity)
    data["pages"][0]["areas"] = auto
    loaded = layout.load(write(tmp_path, data))
    pages = layout.compose(loaded)
    (page,) = fullness(loaded, pages)
    assert page.white < WHITE, (page, told(pages), left(pages))
    assert page.over <= 1, (page, told(pages), left(pages))


# The solver.


def need(rows: tuple[int, ...], wants: int) -> Demand:
    return Demand("a", "text", rows, 0, wants, wants, wants + 1, 60.0, 0.0, 1.0, 3.0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(3, 30), min_size=2, max_size=5), st.integers(0, 1000))
def test_rows_that_can_all_have_what_they_want_get_it(wanted, seed):
    heights = list(wanted)
    Random(seed).shuffle(heights)
    needs = [
        replace(need(tuple(int(at == row) for at in range(len(wanted))), lines), most=lines)
        for row, lines in enumerate(wanted)
    ]
    found = settle_heights(needs, heights, [(1, 200)] * len(wanted), [len(wanted)])
    assert list(found) == wanted


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.integers(1, 80)), min_size=1, max_size=6
    ),
    st.lists(st.integers(2, 20), min_size=4, max_size=4),
)
def test_the_solver_never_makes_a_page_worse_and_keeps_its_height(things, heights):
    needs = [need(tuple(rows), wants) for rows, wants in things]
    bounds = [(1, 100)] * 4
    found = settle_heights(needs, heights, bounds, [4])
    assert sum(found) == sum(heights)
    assert all(low <= height <= high for height, (low, high) in zip(found, bounds, strict=True))
    assert sum(one.cost(one.supply(found)) for one in needs) <= sum(one.cost(one.supply(heights)) for one in needs)
    assert settle_heights(needs, found, bounds, [4]) == found
