"""The tables that headlines are broken by: words, classes of words, and what a break between them costs.

A cost near 0 is a seam of the sentence, 1 to 2 an ordinary gap between words, 5 and more a place to be used only
where no other fits; below 0 a place where a break is welcome (rules I1, I2).
"""

from __future__ import annotations

import re


def _list(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Rule I2. Single words, so that 着力 and 了解 may begin a line and 面对 may end one.
NOT_FIRST = frozenset("的得地了着吗呢等们吧啊呀啦嘛么")
NOT_LAST = frozenset("和与及或在对把将向为以从被由让给使于至")
CLOSING = frozenset(
    "”’）〕】〗］｝》〉」』〞〟〙〛｠，、：；。！？…—～·%‰℃°),.:;!?]"
)  # never first (rules A1, A2, A5, A7, A8)
OPENING = frozenset("“‘（〔【〖［｛《〈「『〝〘〚｟([")  # never last (rule A3)
PAIRS = {"“": "”", "《": "》", "「": "」", "『": "』"}
WHOLE_QUOTATION = 7  # a quoted term or a title of no more characters than this stays on one line (rule J4)

PAUSE_COST, QUESTION_COST, COLON_COST = -1.5, -1.0, -0.5
ENUMERATION_COST = WORD_SPACE_COST = 1.0
STRONG = 8.0  # only where no other break fits the measure
LONG_QUOTATION = 2.5  # added inside a quotation too long to be kept whole
STRADDLED = {2: 1.5, 3: 4.0, 4: 4.0, 5: 6.0, 6: 6.0, 8: 6.0}  # a dictionary word of so many characters lies across
STRADDLED_IN_DICTIONARY = 0.3  # the same for two or three characters between words that the dictionary has

# Rules B5, B6: a number, its unit, and words for "about" and "since".
_DIGITS = r"[0-9]+(?:[.,:/~～–\-][0-9]+)*[%‰℃°]?"
_NUMERALS = r"[〇零一二两三四五六七八九十百千万亿半数几]+"
_UNIT = (
    r"(?:平方公里|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|小时|分钟|年度|年级|个月|人次|学年|学期|周年|块钱"
    r"|[年月日号时分秒点天周岁季元角亩斤吨克米里尺升度人名位户家所座个条项件批次场届期版册本篇部首张台辆套盏间栋幢棵株"
    r"头只匹尾口艘架门种类级层楼线代辈番倍成宗起份盒箱袋瓶杯桌把支枚颗粒道处片块幅双对组])"
)
_ONE = rf"(?:{_DIGITS}|{_NUMERALS})[余多来]?[万亿千百十]*[余多来]?{_UNIT}?"
NUMBER_WORD = re.compile(rf"[第每约近逾超]?{_ONE}(?:{_ONE})*(?:以上|以下|左右|起|止|余|多)?(?=(.?))")
_LETTER = r"[0-9A-Za-z\u00b2\u00b3\u00b9\u00bc-\u00be\u00c0-\u024f\u2070-\u209c\u2150-\u215f]"  # small digits too
LATIN = re.compile(rf"{_LETTER}+(?:[.,:/&'’+\-]{_LETTER}+)*[%‰℃°+]?")
COMPOUND_SURNAMES = _list("欧阳 司马 上官 诸葛 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 长孙 宇文 端木 独孤")
# A word that ends so is a person's office or occupation, and stays with the name after it (rule B10).
ROLE_ENDS = frozenset("长记任员民人师生者手兵医工匠席理家户授士志爷奶叔婶姐嫂哥弟妹妈")
SET_UP = frozenset("上下进出起来去成好到完住开满遍够透")  # complements of verbs: 建|成, 用|好
SET_UP_LONG = _list("起来 下来 出来 进来 上来 过来 起 下去 上去 出去 进去")
LEVELS = frozenset("省市县区镇乡村校党")  # opens a name as often as it closes one: 镇中心小学

PLACES_AFTER = _list(
    "里 上 中 下 前 后 内 外 边 间 旁 期间 以上 以下 以内 以外 以来 以后 以前 之间 之后 之前 之中 之上"
)
# One character that makes a noun of the word before it: 执法|队, 对接|会, 网格|员.
TAILS = frozenset(
    "会队所站院室馆厅堂部局处科组团社园场厂店节赛奖课班营网群圈线路桥渠库坝员者家手长工师生民户费款金证卡法案率量制性力"
)
# A noun that ends so is a place or an organisation; the noun after it is not part of its name.
BODIES = re.compile("(?:..[省市县区镇乡村街社校院所站局委馆厂]|[大中小]学|中心|公司|政府)$")
# Verbs that are as often part of a noun: 理论|学习|中心组, 森林|防火|预警.
NOUNS_TOO = _list(
    "学习 建设 管理 服务 发展 工作 养护 防火 防汛 抗旱 防疫 防控 治理 改造 加工 种植 养殖 运输 教育 培训 审计 "
    "执法 产销 采摘 扶贫 振兴 创业 就业 消费 生产 销售 储备 烘干 灌溉 登记 普查 调查 阅读 健身 演练 接种 体检 "
    "义诊 供水 供电 排水 施工 研学 补贴 补助 保险 信访 巡察 整改 规划 交易 物流 旅游 采购 招标 承包 流转 清洁 绿化 照明 "
    "消防 预警 应急 值班 养老 托育 护理 康复"
)
# Nouns that mostly qualify the next: 重点|企业.
QUALIFYING = _list(
    "重点 专题 专场 文明 平安 民生 先进 优秀 传统 特色 综合 专项 公共 基层 重大 高端 智慧 数字 绿色 生态 现代 美丽 和美 幸福 民俗 廉政 校园 红色"
)
# Verbs whose object is the subject of the next verb: 组织|民兵|开展演练. The break is before that verb.
PIVOTS = _list(
    "组织 带动 鼓励 引导 帮助 邀请 号召 动员 提醒 推动 指导 助力 让 请 派 教 送 到 走进 来到 深入 前往 赴 进"
)
# Adverbs of manner before a verb: 义务|写, 上门|办证.
HOW = _list(
    "义务 免费 集体 公开 联合 上门 现场 实地 线上 线下 深夜 全程 定期 带头 主动 依法 就近 统一 集中 自发 自愿 合力 联手 "
    "全力 齐心 同步 实时 全面 全部 深入 分组 分批"
)
# Words that belong to the number after them: 最后|一所.
WITH_NUMBERS = _list("最后 最近 唯一 每 这 那 哪 前 后 头 同 另 首 近 又")

# Parts of speech as the segmenter tags them, reduced to one letter each: n noun, w noun made of a verb, v verb,
# a adjective, d adverb, p preposition, c conjunction, m number, t time, f place after a noun, r pronoun,
# b classifying adjective, u particle, q measure word, i set phrase, h prefix, k suffix, x other; here also Q, the end
# of a quotation or a title.
WORD_CLASSES = {
    "vn": "w", "an": "n", "nr": "n", "ns": "n", "nt": "n", "nz": "n", "ng": "n", "nrt": "n", "nrfg": "n", "j": "n",
    "s": "n", "g": "n", "zg": "n", "eng": "n", "vg": "v", "vd": "d", "ad": "d", "ag": "a", "z": "a", "dg": "d",
    "tg": "t", "mq": "m", "rr": "r", "rz": "r", "l": "i", "y": "u", "e": "u", "o": "u",
}  # fmt: skip
# Sets of classes.
BEFORE_TAIL = frozenset("nwva")  # what 队, 会, 员 may make a noun of
GIVEN_NAME = frozenset("na")  # what the segmenter takes a given name for
QUALIFIED = frozenset("nwab")  # what 全镇 or 重点 before it qualifies
CLOSED_BY_ONE = frozenset("nwmabrQ")  # with such a word before it a word of one character closes a phrase: 十二个村
PREDICATE = frozenset("vd")
PHRASE_ENDS = frozenset("vxdpc")  # a prepositional phrase ends before these

# What a break between two words costs, by the class of the word before and of the word after.
PAIR_COSTS = {
    "nv": 0.0, "np": 0.1, "nd": 0.1, "nc": 0.8, "na": 0.4, "ni": 0.2, "nt": 0.3, "nm": 0.6, "nr": 0.3, "nb": 0.8,
    "nn": 2.0, "nw": 0.8, "nf": 6.0, "nq": 6.0,
    "wn": 2.0, "wv": 1.2, "ww": 1.6, "wp": 0.3, "wd": 0.3, "wm": 1.2, "wb": 1.0, "wf": 6.0,
    "vn": 1.2, "vw": 1.8, "vv": 0.8, "va": 1.2, "vd": 1.0, "vp": 1.8, "vm": 1.5, "vi": 1.2, "vb": 0.9, "vr": 1.0,
    "vt": 1.2, "vc": 1.0, "vf": 6.0, "vq": 3.0,
    "an": 2.2, "aw": 2.2, "av": 2.8, "aa": 1.5, "ac": 1.0,
    "tn": 0.4, "tv": 0.5, "tp": 0.3, "td": 0.4, "tt": 1.5, "tf": 5.0, "tw": 0.6,
    "mn": 1.5, "mw": 1.5, "mv": 0.6, "mb": 1.5, "ma": 1.5, "mt": 1.0, "mm": 2.0, "mp": 0.5, "md": 0.5, "mf": 5.0,
    "mq": 20.0,
    "bn": 2.6, "bw": 2.6, "bv": 1.5, "ba": 2.0, "bb": 2.0,
    "rn": 2.2, "rv": 0.6, "rd": 0.8, "rp": 0.8, "rr": 1.5, "rm": 2.0,
    "fn": 0.6, "fv": 0.2, "fp": 0.3, "fd": 0.3, "fw": 0.4, "qn": 1.5, "in": 1.2, "iv": 0.4, "ii": 0.3,
    "un": 0.8, "uw": 0.8, "uv": 0.6, "um": 0.8, "ud": 0.8, "ua": 0.8, "ub": 0.6, "ut": 0.5, "up": 0.5,
    "Qn": 1.2, "Qw": 0.8, "Qv": 0.1, "Qp": 0.1, "Qd": 0.1, "QQ": 1.0, "nQ": 1.2, "vQ": 0.9, "uQ": 0.6, "wQ": 1.0,
}  # fmt: skip
COST_AFTER = {"d": 5.0, "p": 4.0, "c": 6.0, "h": STRONG}  # least cost after a word of such a class
COST_BEFORE = {"k": STRONG, "q": 5.0, "f": 5.0}  # least cost before a word of such a class
OTHER_PAIR_COST = 1.0
IN_PHRASE, AFTER_PHRASE = 1.5, 0.8  # added within a prepositional phrase, and between it and its verb
