"""Recognises names of persons (by surname), departments (by ending) and posts (by word)."""

from __future__ import annotations

import re

from ...text.characters import SURNAMES


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HAN = "[\u3400-\u9fff]"
_COMPOUND = words(
    "欧阳 司徒 尉迟 司马 上官 诸葛 东方 皇甫 公孙 慕容 令狐 长孙 宇文 夏侯 轩辕 端木 南宫 西门 独孤 闻人 百里 东郭 呼延 赫连 "
    "澹台 濮阳 太叔 申屠 公冶 宗政 钟离 鲜于 闾丘 司空 第五 完颜 纳兰 拓跋"
)
# Surnames that are rarer than those of `characters.SURNAMES`.
_RARE = frozenset(
    "柏冉宗甘阎俞祁卓荀宣钱窦章苏葛奚范狄米贝明臧计伏成戴谈茅庞熊纪舒屈项祝董梁杜阮蓝席麻强贾路娄危江童颜郭梅盛刁邱骆高"
    "蔡田胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁邓郁单杭洪包左石崔吉钮龚程嵇邢裴陆荣翁羊惠甄家封储靳汲松井段富巫乌焦巴弓牧"
    "山谷车侯宓蓬全班仰仲伊宁仇栾暴斜厉戎武符刘景詹束龙叶幸司黎薄印怀蒲邰从索咸籍赖蔺屠池乔阴胥能苍双党翟谭贡劳逄姬申扶堵"
    "宰雍桑桂濮牛寿通边扈燕冀尚农温别庄晏柴瞿充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄东沃利蔚越隆师巩"
    "聂晁勾敖融冷辛阚那简饶空曾沙养鞠须丰巢关查后荆红游竺权盖益桓公孟佘佴伯赏墨哈谯笪年爱阳佟岳帅缑亢况郈有琴晋楚闫法汝鄢"
    "涂钦安常乐于时傅皮卞齐康伍余元卜顾平黄和穆萧尹姚邵湛汪毛禹水方俞任袁柳丰鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬华金魏陶姜"
    "戚谢邹喻云苏潘奚彭郎鲁韦昌马苗凤花白肖覃卫欣阿季简祁褚尤施酆昝贲诸滑曲芮羿邴糜隗郗宫钭祖韶郜蓟宿鄂蒙闻莘郦璩郏浦宦阙殳夔厍訾乜"
    "逯付亓仉佘兰冼苑邸"
)
_SURNAMES = frozenset(SURNAMES) | _RARE
_DEPARTMENT = re.compile(
    r"[^\d，。：、；！？\s]{1,12}(?:办|办公室|局|委|委员会|政府|人大|政协|工会|妇联|团委|中心|站|村委会|社区|小学|中学|学校|学院|大学"
    r"|医院|卫生院|支部|党委|协会|联合会|救援队|派出所|公司|编辑部|部|科|处|室|车间|班|队|组|段|所|厂|院|系|馆|库|社|街道|[一二三四五六七八九十]村|幼儿园)"
    r"|工会|妇联|团委|党委|人大|政协|机关"
)
POST = (
    r"(?:[^\d，。：、；！？\s（）()]{0,10}?)(?:总经理|经理|董事长|厂长|书记|主席|主任|部长|科长|处长|局长|镇长|区长|县长|市长|校长|院长|所长|站长"
    r"|队长|班长|组长|段长|教授|老师|教师|工程师|技师|技术员|工人|居民|村民|读者|职工|学生|同学|同志|代表|委员|记者|通讯员|评论员|撰稿人|实习生|志愿者)"
)
_POST = re.compile(POST)
NAME_WORD = rf"{_HAN}{{2,4}}(?:·{_HAN}{{2,6}})?"
_MARK = re.compile(r"[，。；！？：,;!?:\d]")
_MAKER = re.compile(
    rf"(?:文字?|图片?|摄影|撰文|摄|绘图|供图)\s*[/／:：|｜]\s*{NAME_WORD}(?:[\s\u3000、]+(?:文字?|图片?|摄影|撰文|摄|绘图|供图)\s*[/／:：|｜]\s*{NAME_WORD})+"
)


def is_name(word: str) -> bool:
    """Whether a word may be a person's name: two or three Han after a surname, or one with an interpunct."""
    if "·" in word:
        return bool(re.fullmatch(rf"{_HAN}{{1,5}}·{_HAN}{{1,6}}", word))
    if not re.fullmatch(rf"{_HAN}{{2,4}}", word):
        return False
    if word[:2] in _COMPOUND:
        return len(word) >= 3
    return len(word) <= 3 and word[0] in _SURNAMES


def names_in(text: str) -> list[str]:
    """The words of a line separated by spaces or 、, with spaced names of two characters (`柏 青`) joined."""
    words = [word for word in re.split(r"[\s\u3000、，,;；/]+", text.strip(" \u3000。；;.")) if word]
    found: list[str] = []
    spread = False
    for word in words:
        if len(word) == 1 and spread and re.fullmatch(_HAN, word):
            found[-1] += word
            spread = False
        else:
            found.append(word)
            spread = len(word) == 1 and bool(re.fullmatch(_HAN, word))
    return found


def is_department(word: str) -> bool:
    return len(word) <= 14 and bool(_DEPARTMENT.fullmatch(word))


def says_two_makers(text: str) -> bool:
    """Whether a line names author and photographer: 文/甲 图/乙."""
    return bool(_MAKER.fullmatch(text.strip()))


def is_byline(text: str) -> bool:
    """Whether the words of a line form a byline: department or post, then names (`安环部  卫守拙`)."""
    text = text.strip().strip("（()）").strip()
    if says_two_makers(text):
        return True
    if not text or len(text) > 36 or _MARK.search(text):
        return False
    words = names_in(text)
    names = 0
    most = len(words) - (len(words) > 1 and is_department(words[0]))  # 水利站 may be a name by its first character
    while names < most and is_name(words[-1 - names]) and not _POST.fullmatch(words[-1 - names]):
        names += 1
    front = words[: len(words) - names]
    if names == 0 or names > 4 or len(front) > 3:
        return False
    # A line with only words that could be names is a byline only where they are few.
    return all(is_department(word) or _POST.fullmatch(word) for word in front) if front else names <= 2
