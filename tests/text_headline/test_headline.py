"""Rules I1 to I7 and what else holds for a headline. Han are 1 em, figures, letters and marks ½ em, blanks ¼ em."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.errors import SourceLocation
from layout.text.fonts.faces import Face, Faces, load_faces
from layout.text.headline.fitting import FittedHeadline, break_headline, fit_headline

SIZES = (32.0, 30.0, 28.0, 26.0, 24.0)


@pytest.fixture(scope="module")
def face(square: Faces) -> Face:
    return square["Square"]


def lines(face: Face, text: str, measure: float, **more: object) -> tuple[str, ...]:
    return break_headline(text, measure_em=measure, face=face, **more).texts  # type: ignore[arg-type]


def fit(face: Face, text: str, width: float, **more: object) -> FittedHeadline:
    return fit_headline(text, width_pt=width, sizes=SIZES, face=face, **more)  # type: ignore[arg-type]


# I1: broken between words, lines even, the editor's | first.


def test_I1_lines_are_as_even_as_the_words_allow(face: Face) -> None:
    assert lines(face, "十里画廊迎来首批研学团队", 7) == ("十里画廊迎来", "首批研学团队")


def test_I1_of_places_as_good_as_each_other_the_middle_one_is_taken(face: Face) -> None:
    assert lines(face, "修路、架桥、引水、通电、植树、办学", 12) == ("修路、架桥、引水、", "通电、植树、办学")


def test_I1_a_term_of_the_publication_is_never_broken(face: Face) -> None:
    text, term = "全镇村村开展火焰蓝技能比武活动", "火焰蓝技能比武"
    assert any(term not in "|".join(lines(face, text, measure)) for measure in range(7, 15))
    for measure in range(7, 15):
        assert any(term in line for line in lines(face, text, measure, terms=[term])), measure


def test_I1_a_bar_breaks_a_headline_and_nothing_else_does(face: Face) -> None:
    assert lines(face, "十里|画廊迎来首批研学团队", 20) == ("十里", "画廊迎来首批研学团队")
    assert lines(face, "柳溪镇|三千亩晚稻|开镰", 20) == ("柳溪镇", "三千亩晚稻", "开镰")


def test_I1_a_part_between_bars_that_is_too_wide_is_reported(face: Face) -> None:
    made = break_headline("十里|画廊迎来首批研学团队", measure_em=8, face=face, mark=SourceLocation("issue.yaml", 7, 3))
    assert made.texts == ("十里", "画廊迎来首批研学团队")
    assert made.over == 2
    assert [problem.rule for problem in made.problems] == ["headline-part-too-wide"]
    assert made.problems[0].mark == SourceLocation("issue.yaml", 7, 3)


def test_I1_a_clause_ends_with_its_line(face: Face) -> None:
    assert lines(face, "春耕备耕农资储备充足，价格平稳", 10) == ("春耕备耕农资储备充足", "价格平稳")
    assert lines(face, "红薯“变身”记：从地头到餐桌", 8) == ("红薯“变身”记：", "从地头到餐桌")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("全镇财政收入达到3.25亿元人民币", "3.25亿元"),
        ("镇中心小学举办第三届读书节", "第三届"),
        ("学校定于11月17日起开放操场", "11月17日"),
        ("柳溪镇编制2026年预算草案", "2026年"),
        ("全镇七百二十三户居民参加兑换", "七百二十三户"),
        ("全镇秸秆综合利用率达到96.5%左右", "96.5%"),
        ("读者评议长篇小说《渡口人家》座谈会", "《渡口人家》"),
        ("老党员李德厚办起“菜园课堂”三年", "“菜园课堂”"),
        ("老党员李德厚办起菜园课堂三年", "李德厚"),
        ("镇党委书记欧阳明远到村调研", "欧阳明远"),
        ("种粮大户何满仓喜提新农机", "大户何满仓"),
        ("村播达人教你玩转Vlog短视频", "Vlog"),
    ],
)
def test_I1_numbers_names_titles_and_quoted_terms_stay_whole(face: Face, text: str, whole: str) -> None:
    for measure in range(len(whole) + 1, len(text)):
        made = break_headline(text, measure_em=measure, face=face)
        assert made.over or any(whole in line for line in made.texts), made.texts


@pytest.mark.parametrize("measure", [9, 10, 11, 12])
def test_B10_a_name_stays_with_the_office_before_it(face: Face, measure: float) -> None:
    assert any("党委书记欧阳明远" in line for line in lines(face, "镇党委书记欧阳明远到村调研", measure))


def test_a_word_wider_than_the_measure_is_not_split_but_reported(face: Face) -> None:
    made = break_headline("《柳溪镇志》开编", measure_em=4, face=face)
    assert "《柳溪镇志》" in made.texts[0]
    assert made.over == 1
    assert made.problems[0].rule == "headline-too-long"


# I2: function words.


@pytest.mark.parametrize("word", ["的", "得", "地", "了", "着", "吗", "呢", "等", "们"])
def test_I2_such_words_do_not_begin_a_line(face: Face, word: str) -> None:
    text = f"镇里的老人孩子{word}都来学校参加活动"
    for measure in range(7, 13):
        assert not any(line.startswith(word) for line in lines(face, text, measure)), measure


@pytest.mark.parametrize("word", ["和", "与", "及", "或", "在", "对", "把", "将", "向", "为"])
def test_I2_such_words_do_not_end_a_line(face: Face, word: str) -> None:
    text = f"镇党委领导班子{word}学校师生代表座谈"
    for measure in range(8, 13):
        assert not any(line.endswith(word) for line in lines(face, text, measure)), measure


def test_I2_a_word_that_only_begins_or_ends_so_may(face: Face) -> None:
    assert lines(face, "柳溪镇党委政府着力打造", 7)[1].startswith("着力")


# I3: marks.


def test_I3_marks_are_half_an_em_wide(face: Face) -> None:
    line = break_headline("“心桥”：读《河》、访人", measure_em=20, face=face).lines[0]
    at = dict(zip(line.text, line.xs, strict=True))
    assert at["心"] == 0.5
    assert at["“"] == -0.5  # its blank left half hangs out, its ink is flush
    assert at["："] - at["”"] == 0.5
    assert at["读"] - at["："] == 0.5
    assert at["河"] - at["《"] == 1.0
    assert at["访"] - at["、"] == 0.5


@pytest.mark.parametrize(
    ("typed", "as_printed"),
    [
        ("秋风起，稻谷香。", "秋风起 稻谷香"),
        ("谁来照顾留守老人？", "谁来照顾留守老人？"),
        ("年轻人回来了！", "年轻人回来了！"),
        ("“我们回家了。”", "“我们回家了”"),
        ("水泥路通了；路灯亮了、", "水泥路通了 路灯亮了"),
        ("张湾、柳林通车", "张湾、柳林通车"),
        ("秋风起　稻谷香", "秋风起 稻谷香"),
        ("小麦亩产1,200斤", "小麦亩产1,200斤"),
    ],
)
def test_I3_no_mark_at_the_end_and_a_space_for_a_comma(face: Face, typed: str, as_printed: str) -> None:
    assert lines(face, typed, 30) == (as_printed,)


def test_I3_the_space_is_an_em_where_there_is_room_and_half_an_em_where_not(face: Face) -> None:
    def space(measure: float) -> float:
        line = break_headline("邻里守望，平安同行", measure_em=measure, face=face).lines[0]
        return line.xs[5] - line.xs[4]

    assert space(12) == 1.0
    assert space(8.5) == 0.5
    assert space(8.75) == pytest.approx(0.75)


def test_I3_a_space_vanishes_where_the_line_breaks(face: Face) -> None:
    assert lines(face, "一件民生小事 一场三级会商", 7) == ("一件民生小事", "一场三级会商")


def test_D4_a_space_beside_latin_is_not_a_pause_unless_latin_clings_to_the_other_side(face: Face) -> None:
    assert lines(face, "用好 AI 助手种菜", 30) == ("用好AI助手种菜",)
    assert lines(face, "卫生院添了CT 乡亲看病不出镇", 30) == ("卫生院添了CT 乡亲看病不出镇",)
    assert lines(face, "外教教唱Jingle Bells的一课", 30) == ("外教教唱Jingle Bells的一课",)


def test_D1_a_gap_stands_between_han_and_latin_and_none_at_a_lines_end(face: Face) -> None:
    line = break_headline("建成5G站", measure_em=20, face=face, letterspace=False, gap=0.25).lines[0]
    assert line.xs == (0, 1, 2.25, 2.75, 3.5)
    assert break_headline("5G", measure_em=20, face=face).lines[0].width == 1.0


@pytest.mark.parametrize("whole", ["CO₂", "H₂O", "10⁸", "2⅓"])
def test_B17_a_small_digit_is_a_part_of_its_word_in_a_headline(face: Face, whole: str) -> None:
    text = f"镇上减排{whole}成效明显"
    for measure in (5, 6, 7, 8, 9):
        assert any(whole in line for line in lines(face, text, measure, max_lines=9))
    (one,) = break_headline(text, measure_em=30, face=face).lines
    after = one.xs[one.text.index("成")] - one.xs[one.text.index("成") - 1]
    assert after == pytest.approx(face.advances[whole[-1]] / 1000 + 0.125, abs=0.01)


def test_characters_know_where_they_were_typed(face: Face) -> None:
    first, second = break_headline("秋风起，稻谷香，|万亩良田迎丰收。", measure_em=12, face=face).lines
    assert (first.text, first.start, first.end) == ("秋风起 稻谷香", 0, 7)
    assert (second.text, second.start, second.end) == ("万亩良田迎丰收", 9, 16)


# I5: short heads.


@pytest.mark.parametrize(
    ("text", "measure", "space"),
    [
        ("夜校", 10, 2.0),
        ("夜校", 8, 2.0),
        ("夜校", 7, 1.5),
        ("夜校", 3, 1.0),
        ("夜校", 2.9, 0),
        ("好人榜", 10, 1.0),
        ("四季歌声", 10, 0.5),
        ("山乡新事多", 10, 0),
    ],
)
def test_I5_short_heads_are_letterspaced_by_more_than_a_character_only_within_half_the_measure(
    face: Face, text: str, measure: float, space: float
) -> None:
    line = break_headline(text, measure_em=measure, face=face).lines[0]
    assert [b - a for a, b in pairwise(line.xs)] == pytest.approx([1 + space] * (len(text) - 1))
    solid = break_headline(text, measure_em=measure, face=face, letterspace=False).lines[0]
    assert solid.width == len(text)


# I6: runts, lines.


def test_I6_no_line_of_one_or_two_characters(face: Face) -> None:
    for measure in (6, 7, 8, 9, 10):
        made = lines(face, "镇机关食堂推出半份菜单了", measure)
        assert all(len(line) > 2 for line in made), made


def test_I6_not_even_where_a_clause_ends_so(face: Face) -> None:
    assert lines(face, "春耕：备耕农资储备充足", 9)[0] != "春耕："


def test_I6_no_more_than_three_lines_unless_allowed(face: Face) -> None:
    text = "柳溪镇人民政府关于春节期间烟花爆竹禁放的通告"
    assert len(lines(face, text, 6)) == 3
    assert break_headline(text, measure_em=6, face=face).over > 0
    more = break_headline(text, measure_em=6, face=face, max_lines=6)
    assert more.over == 0
    assert len(more.lines) > 3


def test_I6_the_last_line_of_a_centred_head_is_not_much_longer_than_the_one_before(face: Face) -> None:
    text = "陈建国：三十年守好一座山"
    assert lines(face, text, 8, align="left") == ("陈建国：", "三十年守好一座山")
    first, last = lines(face, text, 8, align="center")
    assert len(last) - len(first) <= 2


def test_lines_may_have_measures_of_their_own(face: Face) -> None:
    assert break_headline("柳溪镇三千亩晚稻开镰收割", measure_em=(8, 4), face=face).texts == (
        "柳溪镇三千亩晚稻",
        "开镰收割",
    )
    assert break_headline("镇人大代表视察重点民生工程", measure_em=(5, 8), face=face).texts == (
        "镇人大代表",
        "视察重点民生工程",
    )


# I7: fitting.


def test_I7_a_headline_takes_the_largest_size_that_fills_its_width(face: Face) -> None:
    made = fit(face, "春耕备耕农资储备充足", 320)
    assert (made.size, made.fill, made.tracking, made.scale) == (32, 1.0, 0.0, 1.0)
    assert fit(face, "春耕备耕农资储备充足", 285).size == 28


def test_I7_letters_are_drawn_together_before_they_are_narrowed(face: Face) -> None:
    tight = fit(face, "县级融媒体中心挂牌", 24 * 8.7, max_lines=1)
    assert tight.size == 24
    assert -0.05 <= tight.tracking < 0
    assert tight.scale == 1.0
    narrow = fit(face, "柳溪镇志资料", 24 * 5.3, max_lines=1)
    assert narrow.tracking == -0.05
    assert 0.9 <= narrow.scale < 1.0
    assert narrow.fill <= 1 + 1e-6
    assert not narrow.problems


def test_I7_beyond_the_last_measures_a_headline_is_too_long_by_so_many_characters(face: Face) -> None:
    made = fit(face, "《柳溪镇志资料长编》", 24 * 5.0, max_lines=1)
    assert made.over == 4  # nine characters and two halves, narrowed by all that is allowed, in five em
    assert made.scale == 0.9
    assert "24 点" in made.problems[0].in_language("zh")
    assert "4" in made.problems[0].in_language("zh")


def test_I7_nothing_is_drawn_together_that_fits_as_it_is(face: Face) -> None:
    for width in range(150, 500, 7):
        made = fit(face, "柳溪镇三千亩晚稻开镰收割", width)
        if made.tracking or made.scale != 1:
            assert made.fill >= 0.699, width


def test_I7_a_smaller_size_in_one_line_is_better_than_a_box_half_empty(face: Face) -> None:
    made = fit(face, "修路、架桥、引水、通电、植树、办学", 380)
    assert (len(made.lines), made.size) == (1, 26)


@pytest.mark.parametrize("width", [180, 216, 252, 342, 432, 522])
def test_I7_a_headline_of_ordinary_length_fills_its_width(face: Face, width: float) -> None:
    made = fit(face, "镇中心小学举办第三届读书节，百名家长走进课堂", width)
    assert 0.65 <= made.fill <= 1 + 1e-6
    assert made.over == 0


def test_the_height_of_the_box_limits_the_lines(face: Face) -> None:
    text = "柳溪镇三千亩晚稻开镰收割"
    assert len(fit(face, text, 300, height_pt=80).lines) == 2
    low = fit(face, text, 300, height_pt=30)
    assert len(low.lines) == 1
    assert low.size <= 26
    assert fit(face, text, 300, height_pt=10).over == len(text)


@pytest.mark.parametrize(("align", "first"), [("left", 0), ("center", 54), ("right", 108)])
def test_lines_stand_left_centred_or_right_in_their_box(face: Face, align: str, first: float) -> None:
    line = fit(face, "四五个月之间", 300, align=align, max_lines=1).lines[0]
    assert line.width == 192
    assert line.xs == tuple(first + 32 * at for at in range(6))


def test_justified_lines_reach_both_edges(face: Face) -> None:
    made = fit_headline("春耕备耕“农资储备”", width_pt=320, sizes=(32,), face=face, align="justify")
    xs = made.lines[0].xs
    assert xs[0] == 0
    assert xs[-1] + 16 == pytest.approx(320)
    assert xs[5] - xs[4] == pytest.approx(32)  # an opening mark stays with its word


def test_E5_nothing_is_put_inside_dashes_and_latin_words(face: Face) -> None:
    made = fit_headline("春耕——用好AI助手", width_pt=330, sizes=(32,), face=face, align="justify")
    line = made.lines[0]
    steps = {line.text[at : at + 2]: b - a for at, (a, b) in enumerate(pairwise(line.xs))}
    assert steps["——"] == 32
    assert steps["AI"] == 16
    assert steps["春耕"] > 32


def test_I10_figures_stand_in_the_face_of_the_headline() -> None:
    heavy = load_faces()["Song-Black"]
    line = break_headline("达3.25亿元", measure_em=20, face=heavy, letterspace=False).lines[0]
    assert line.xs[2] - line.xs[1] == pytest.approx(heavy.advances["3"] / 1000)


# The segmenter.


def test_a_kept_answer_spares_the_segmenter() -> None:
    code = """
import json, sys
from layout.text.fonts.faces import load_faces
from layout.text.headline.fitting import break_headline
face = load_faces()["Hei-Bold"]
cache = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
made = break_headline("镇中心小学举办第三届读书节", measure_em=9, face=face, cache=cache)
print(json.dumps([made.texts, "rjieba" in sys.modules, cache]))
"""
    import json

    def run(*arguments: str) -> tuple[list[str], bool, dict[str, list[list[float]]]]:
        ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        texts, imported, cache = json.loads(ran.stdout)
        return texts, imported, cache

    first, imported, cache = run()
    again, imported_again, _ = run(json.dumps(cache))
    assert imported
    assert not imported_again
    assert first == again


def test_headlines_of_one_line_or_broken_by_worker_need_no_segmenter() -> None:
    code = """
import sys
from layout.text.fonts.faces import load_faces
from layout.text.headline.fitting import break_headline
face = load_faces()["Hei-Bold"]
break_headline("镇中心小学举办第三届读书节", measure_em=20, face=face)
break_headline("镇中心小学|举办第三届读书节", measure_em=9, face=face)
assert "rjieba" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


# Whatever is typed.

TEXTS = st.lists(
    st.sampled_from(
        [
            "柳溪镇",
            "三千亩",
            "晚稻",
            "的",
            "和",
            "3.25亿元",
            "AI",
            " ",
            "，",
            "“",
            "”",
            "《",
            "》",
            "：",
            "——",
            "……",
            "、",
            "？",
            "|",
            "开镰",
            "了",
            "。",
        ]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, measure=st.integers(3, 20))
def test_whatever_is_typed_is_printed_and_no_mark_stands_where_it_must_not(text: str, measure: int) -> None:
    face = load_faces()["Hei-Bold"]
    made = break_headline(text, measure_em=measure, face=face)
    dropped = " ，。、：|"
    kept = "".join(char for line in made.texts for char in line if char not in dropped)
    assert kept == "".join(char for char in text if char not in dropped)
    for row, line in enumerate(made.lines):
        assert len(line.xs) == len(line.text)
        assert line.width <= measure + 1e-6 or made.over
        if "|" not in text:
            assert not row or line.text[0] not in "”》：——……、？，。的了"
            assert row == len(made.lines) - 1 or line.text[-1] not in "“《和"
    assert made == break_headline(text, measure_em=measure, face=face)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, width=st.integers(60, 500), height=st.none() | st.integers(20, 150))
def test_a_fitted_headline_stays_in_its_box_or_says_that_it_does_not(text: str, width: int, height: int | None) -> None:
    made = fit_headline(text, width_pt=width, sizes=SIZES, face=load_faces()["Hei-Bold"], height_pt=height)
    if not made.lines:
        assert not set(text) - set(" ，。、：|")
        return
    inside = all(line.width <= width + 1e-6 for line in made.lines)
    low = height is None or (1 + (len(made.lines) - 1) * 1.2) * made.size <= height + 1e-6
    assert (inside and low) or made.over
    assert bool(made.over) == bool(made.problems)
    assert -0.05 - 1e-9 <= made.tracking <= 2.0
    assert 0.9 - 1e-9 <= made.scale <= 1.1 + 1e-9
