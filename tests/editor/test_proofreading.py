"""Proofreading: what a careful reader would ask, where it stands, and how seldom it is asked for nothing."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import issues
import layout
from layout.cli.main import main
from layout.errors import Problem, Severity
from layout.issue import Issue, load
from layout.proofreading import proofread
from layout.proofreading.numerals import value_of
from layout.proofreading.regulation import check_regulation
from layout.text.headline.words import segment

SAMPLES = sorted(path.parent for path in (Path(__file__).parents[2] / "issues").glob("*/issue.yaml"))


def issue_of(folder: Path, body: str, people: dict[str, str] | None = None, **fields: Any) -> Issue:
    publication = {"title": "柳渡通讯", "people": people or {}, "terms": fields.pop("terms", [])}
    data = issues.issue({"ferry": {"headline": "渡口换了新船", "body": body} | fields}, [{"auto": "ferry"}])
    return load(issues.write(folder, data | {"publication": publication}))


def asked(folder: Path, body: str, *args: Any, **fields: Any) -> list[tuple[str, str]]:
    """The rule of each question and the words of the source that stand at its place."""
    issue = issue_of(folder, body, *args, **fields)
    lines = (folder / "issue.yaml").read_text(encoding="utf-8").splitlines()
    found = []
    for problem in proofread(issue):
        assert problem.severity is Severity.WARNING
        assert problem.mark
        assert problem.remedy.zh
        assert problem.remedy.en
        found.append((problem.rule, lines[problem.mark.line - 1][problem.mark.column - 1 :]))
    return found


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        ("厂里昨天 召开了动员会。", True),
        ("厂里昨天 召开了动员会，要求各车间 抓紧落实。", True),
        ("厂里昨天召开了动员会。\n\n王英 李芳 张伟", False),  # no sentence: they part names
        ("参加的有王英 李芳 张伟 赵磊，会开了一天。", False),
        ("本报记者 苏南枝报道了这件事。", False),
        ("厂里昨天　召开了动员会。", False),
        ("产值达1200.至此完工。", True),
        ("见附件：1.名单。", False),
    ],
)
def test_a_space_or_a_stop_that_may_be_meant_is_asked_about(body: str, asks: bool, tmp_path: Path) -> None:
    rules = {rule for rule, _ in asked(tmp_path, body)}
    assert bool(rules & {"stray-space", "western-stop"}) == asks


def test_stray_spaces_of_a_paragraph_are_one_question(tmp_path: Path) -> None:
    body = "厂里昨天 召开了动员会，要求各车间 抓紧落实，月底前 拿出办法。"
    assert asked(tmp_path, body) == [("stray-space", body[4:])]
    main(["fix", str(tmp_path)])
    assert body in (tmp_path / "issue.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "rule", "place"),
    [
        ("他说：“船快了，人不急。", "J5", "“船快"),
        ("他说：船快了”，人不急。", "J5", "”，人"),
        ("他说：“船上写着“柳渡”两个字。”", "J5", "“柳渡"),
        ("船头写着‘柳渡’两个字。", "J5", "‘柳渡"),
        ("船头写着「柳渡」两个字。", "J5", "「柳渡"),
        ("新书《渡口的书架上有。", "J4", "《渡口"),
        ("他读《《诗经》的船》两遍。", "J4", "《诗经"),
        ("他读〈诗经〉两遍。", "J4", "〈诗经"),
        ("他读<<诗经>>两遍。", "J4", "<<诗经"),
        ("新船可载40人（含船员。", "J12", "（含船"),
        ("新船下水，，可载40人。", "J12", "，，可"),
        ("新船下水。，可载40人。", "J12", "。，可"),
        ("新船下水了！！！！可载40人。", "J12", "！！！！"),
        ("新船—柳渡号下水。", "J12", "—柳渡"),
        ("船从10~20人减到8人。", "J12", "~20"),
        ("航班从6时~18时。", "J12", "~18"),
        ("工期为7月1日-8月2日。", "GB/T 15834 4.13.3", "-8月"),
        ("他说“，船快了”。", "J12", "“，船"),
        ("新船的的票价不变。", "doubled-word", "的的票"),
        ("新船下水了了三天。", "doubled-word", "了了三"),
        ("这是我们我们的船。", "doubled-word", "我们我们"),
        ("码头新装栏杆新装栏杆。", "doubled-word", "新装栏杆新"),
        ("7月十二日下水。", "GB/T 15835 4.3", "7月十"),
        ("七月12日下水。", "GB/T 15835 4.3", "七月12"),
        ("船上有20几人。", "GB/T 15835 4.2.2", "20几"),
        ("渡口有12名船工，十二名船工都来了。", "GB/T 15835 4.3", "十二名"),
    ],
)
def test_a_slip_is_asked_about_at_its_place(body: str, rule: str, place: str, tmp_path: Path) -> None:
    found = asked(tmp_path, body)
    assert [one[0] for one in found] == [rule]
    assert all(one[1].startswith(place) for one in found)


@pytest.mark.parametrize(
    "body",
    [
        "他说：“船上写着‘柳渡’两个字。”",
        "“第一段没有完。\n\n“第二段也没有。\n\n“第三段完了。”",
        "他读《〈诗经〉里的船》两遍。",
        "（一）小标题。1）先看，2）再问。",
        "It’s 12’ long.",
        "目的的确明确，的的确确是这样。为了了解船况，除了了望还要听。此事不了了之。",
        "看看船，慢慢走，天天如此，商量商量再说，研究研究。大家高高兴兴，从从容容。把把关，对对联。",
        "第十二届船赛，12届毕业生。“我撑了三十年船。”他干了30年。",
        "几十个人，十几个人，三十多名船工，30名乘客。",
        "农历腊月二十三，正月15日以前。二〇二六年七月。",
        "一、先看船\n\n（一）看船底\n\n1.看木板\n\n2.看铁钉\n\n（二）看船面\n\n二、再看人",
        "1.5米的船，2.4米的桨。",
        "电话5550-2318，10—20人，http://liudu.example/a-b。",
    ],
)
def test_good_text_is_left_alone(body: str, tmp_path: Path) -> None:
    assert asked(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("一. 先看船", "一."),
        ("一、先看船\n\n三、再看人", "三、"),
        ("（一）、先看船", "（一）、"),
        ("1、先看船", "1、"),
        ("1.先看船\n\n（一）看船底\n\n2.再看人", "（一）"),
    ],
)
def test_numbers_of_lists(body: str, place: str, tmp_path: Path) -> None:
    data = issues.issue({"ferry": {"headline": "渡口换了新船", "body_file": "ferry.md"}}, [{"auto": "ferry"}])
    issues.write(tmp_path, data)
    (tmp_path / "ferry.md").write_text(body, encoding="utf-8")
    found = [p for p in proofread(load(tmp_path)) if p.rule == "J11"]
    assert len(found) == 1
    assert found[0].mark
    assert body.splitlines()[found[0].mark.line - 1].startswith(place)


PEOPLE = {"张建国": "镇党委书记、镇人大主席", "沈一舟": "党委副书记", "周怡": "主编"}


@pytest.mark.parametrize(
    ("body", "rule", "place"),
    [
        ("镇党委书记张建囯到渡口看船。", "name", "张建囯"),
        ("张建过到渡口看船。", "name", "张建过"),
        ("章建国到渡口看船。", "name", "章建国"),
        ("张国建到渡口看船。", "name", "张国建"),
        ("沈亦舟也去了。", "name", "沈亦舟"),
        ("镇长张建国到渡口看船。", "post", "镇长张"),
        ("副书记张建国到渡口看船。", "post", "副书记"),
        ("张建国镇长说，船快了。", "post", "镇长说"),
        ("书记沈一舟也去了。", "post", "书记沈"),
        ("船泊在苇京镇。", "name", "苇京镇"),
    ],
)
def test_names_and_posts_are_held_to_the_list(body: str, rule: str, place: str, tmp_path: Path) -> None:
    found = asked(tmp_path, body, PEOPLE, terms=["苇泾镇", "望苇桥"])
    assert [one[0] for one in found] == [rule]
    assert found[0][1].startswith(place)


@pytest.mark.parametrize(
    "body",
    [
        "镇党委书记、镇人大主席张建国到渡口看船。书记张建国说，船快了。张建国主席说，人不急。",
        "党委副书记沈一舟也去了。原镇长张建国，时任副镇长张建国。",
        "一张建筑图，两张建国初期的照片。",
        "苇泾镇的人，苇荡镇的人，望苇街，望江桥。",
        "张建国和沈一舟、周怡都在。",
    ],
)
def test_other_names_are_no_misspellings(body: str, tmp_path: Path) -> None:
    assert asked(tmp_path, body, PEOPLE, terms=["苇泾镇", "望苇桥"]) == []


def test_headlines_captions_and_items_are_read_too_and_quotes_do_not_shift_the_place(tmp_path: Path) -> None:
    data = issues.issue({"ferry": {"headline": "'新船的的票价'", "body": "船快了。"}}, [{"auto": "ferry"}])
    issues.write(tmp_path, data)
    text = (tmp_path / "issue.yaml").read_text(encoding="utf-8").replace("'''新船的的票价'''", "'新船的的票价'")
    (tmp_path / "issue.yaml").write_text(text, encoding="utf-8")
    (problem,) = proofread(load(tmp_path))
    assert problem.mark
    line = text.splitlines()[problem.mark.line - 1]
    assert line[problem.mark.column - 1 :].startswith("的的")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_samples_give_no_false_alarm(sample: Path) -> None:
    assert [problem.in_language("zh") for problem in proofread(load(sample))] == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_list_of_everybody_named_in_a_sample_gives_no_false_alarm(sample: Path) -> None:
    issue = load(sample)
    assert [problem.in_language("zh") for problem in proofread(with_everybody(issue))] == []


def test_every_name_spoilt_in_a_sample_is_found() -> None:
    """Each name of three characters of the town issue with one other character of the same sound."""
    issue = load(Path(__file__).parents[2] / "issues" / "2026-11")
    names = [name for name in everybody(issue) if len(name) == 3]
    same_sound = {
        "国": "果",
        "平": "苹",
        "清": "青",
        "林": "琳",
        "华": "滑",
        "芳": "方",
        "炳": "丙",
        "文": "闻",
        "秋": "丘",
    }
    spoilt = 0
    for name in names:
        wrong = next((name.replace(c, other) for c, other in same_sound.items() if c in name[1:]), "")
        if not wrong or wrong in names:
            continue
        spoilt += 1
        articles = dict(issue.articles)
        block = next(b for a in articles.values() for b in a.body.blocks if name in b.text)
        runs = tuple(replace(run, text=run.text.replace(name, wrong)) for run in block.runs)
        for key, article in articles.items():
            blocks = tuple(replace(b, runs=runs) if b is block else b for b in article.body.blocks)
            articles[key] = replace(article, body=replace(article.body, blocks=blocks))
        found = proofread(replace(with_everybody(issue), articles=articles))
        assert any(p.rule == "name" and wrong in p.what.zh for p in found), (name, wrong)
    assert spoilt >= 5


def everybody(issue: Issue) -> list[str]:
    texts = [block.text for article in issue.articles.values() for block in article.body.blocks]
    found = {word.text for text in texts for word in segment(text) if word.name and 2 <= len(word.text) <= 3}
    return sorted(found)


def with_everybody(issue: Issue) -> Issue:
    people = dict.fromkeys(everybody(issue), "")
    return replace(issue, publication=replace(issue.publication, people=people))


@pytest.mark.parametrize(
    ("number", "value"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("三千", 3000), ("二〇二六", 2026), ("一万两千", 12000),
     ("十一万四千", 114000), ("两亿", 200000000)],
)  # fmt: skip
def test_numbers_in_han(number: str, value: int) -> None:
    assert value_of(number) == value


def test_random_text_is_never_too_much(tmp_path: Path) -> None:
    """Whatever stands in a text, reading it ends with questions whose places are in the file."""
    chance = random.Random(7)
    signs = "“”‘’《》〈〉（）「」，。、；：！？一二三十百千万亿12月日年个名的了张建国书记镇长.—…-~<>①（\n "
    body = "\n\n".join("".join(chance.choices(signs, k=40)) for _ in range(60))
    data = issues.issue({"ferry": {"headline": "船", "body_file": "ferry.md"}}, [{"auto": "ferry"}])
    data["publication"]["people"] = PEOPLE
    issues.write(tmp_path, data | {"profile": "internal"})
    (tmp_path / "ferry.md").write_text(body, encoding="utf-8")
    issue = load(tmp_path)
    lines = body.splitlines()
    for problem in [p for p in (*proofread(issue), *check_regulation(issue)) if p.mark and p.mark.file.endswith(".md")]:
        assert problem.mark
        assert 1 <= problem.mark.line <= len(lines)


# The regulation of internal material.


INTERNAL = """\
publication:
  title: 柳渡通讯
  publisher: 柳渡镇党群办
  permit_no: 准印证号：柳内资准字第2026021号
  permit_notice: 内部资料，免费交流
number: 7
date: 2026-07-15
profile: internal
articles:
  ferry:
    headline: 渡口换了新船
    body: 新船下水，票价2元。
pages:
  - areas:
      - 7: nameplate
      - 20: ferry
      - 4: staff_box
colophon:
  distribution: 本镇居民
  print_run: 3000
  printer: 柳渡印务有限公司
  print_date: 2026-07-14
"""


def regulated(folder: Path, old: str = "", new: str = "") -> list[Problem]:
    assert old in INTERNAL
    return check_regulation(load(issues.write(folder, INTERNAL.replace(old, new))))


def test_internal_material_as_it_should_be(tmp_path: Path) -> None:
    assert regulated(tmp_path) == []


@pytest.mark.parametrize("field", ["publisher", "permit_no", "permit_notice", "distribution", "print_run", "printer", "print_date"])  # fmt: skip
def test_everything_that_l1_asks_for_is_missed(field: str, tmp_path: Path) -> None:
    line = re.search(rf"  {field}: .*\n", INTERNAL)
    assert line
    (problem,) = regulated(tmp_path, line.group(), "")
    assert (problem.rule, problem.severity) == ("L1", Severity.ERROR)
    assert field in problem.remedy.zh


@pytest.mark.parametrize(
    ("old", "new", "rule", "severity", "said"),
    [
        ("内部资料，免费交流", "内部刊物", "L1", Severity.ERROR, "内部刊物"),
        ("      - 4: staff_box\n", "", "L1", Severity.ERROR, "印数印不出来"),
        ("      - 7: nameplate\n", "", "L1", Severity.ERROR, "没有刊头"),
        ("第2026021号", "第0000号", "L1", Severity.WARNING, "还没有填"),
        ("printer: 柳渡印务有限公司", "printer: 待填", "L1", Severity.WARNING, "还没有填：待填"),
        ("title: 柳渡通讯", "title: 柳渡报", "L2", Severity.ERROR, "柳渡报"),
        ("title: 柳渡通讯\n", "title: 柳渡通讯\n  serial_code: CN31-0001\n", "L2", Severity.ERROR, "刊号"),
        ("body: 新船", "dateline: 本刊讯\n    body: 新船", "L2", Severity.WARNING, "本刊"),
        ("body: 新船", "byline: 记者 沈一舟\n    body: 新船", "L2", Severity.WARNING, "记者"),
        ("distribution: 本镇居民", "distribution: 本镇居民，工本费每份2元", "L3", Severity.WARNING, "2元"),
        ("票价2元。", "广告热线5550-2318。", "L3", Severity.WARNING, "广告热线"),
    ],
)
def test_what_the_regulation_forbids(
    old: str, new: str, rule: str, severity: Severity, said: str, tmp_path: Path
) -> None:
    found = [p for p in regulated(tmp_path, old, new) if p.rule == rule]
    assert found
    assert severity in {p.severity for p in found}
    assert any(said in p.what.zh for p in found)
    assert all(p.mark and p.mark.file for p in found)


def test_words_that_only_look_forbidden(tmp_path: Path) -> None:
    body = "本报告送到样本刊室。记者节那天，他从日本报到。票价2元，每份盒饭8元。"
    assert regulated(tmp_path, "新船下水，票价2元。", body) == []


def test_without_the_profile_nothing_is_demanded(tmp_path: Path) -> None:
    text = INTERNAL.replace("profile: internal\n", "").replace("柳渡通讯", "柳渡报").replace("  print_run: 3000\n", "")
    assert check_regulation(load(issues.write(tmp_path, text))) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_samples_keep_to_their_profiles(sample: Path) -> None:
    assert check_regulation(load(sample)) == []


def test_an_official_bulletin_has_head_and_foot(tmp_path: Path) -> None:
    text = INTERNAL.replace("profile: internal", "profile: official")
    rules = [(p.rule, p.severity) for p in check_regulation(load(issues.write(tmp_path, text)))]
    assert rules == [("L4", Severity.WARNING)] * 4  # head, foot, whom it goes to, how many


def test_check_asks_and_a_build_is_stopped_by_what_the_regulation_demands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = INTERNAL.replace("      - 20: ferry\n", "      - 39: ferry\n").replace("新船下水", "新船的的确下水，，")
    folder = issues.write(tmp_path, text.replace("  printer: 柳渡印务有限公司\n", ""))
    assert main(["check", str(folder), "--lang", "zh"]) == 1
    said = capsys.readouterr().err
    assert re.search(r"issue\.yaml:12:18: 提醒: 标点连用“，，，” \[J12\]", said)
    assert re.search(r"issue\.yaml:\d+:\d+: 错误: 内部资料要印印刷单位 \[L1\]", said)
    report = layout.build(folder, tmp_path / "out.pdf")
    assert not report.ok
    assert not (tmp_path / "out.pdf").exists()
    assert {problem.rule for problem in report.problems if problem.severity is Severity.ERROR} == {"L1"}
