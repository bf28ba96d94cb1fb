"""Text by the metre: paragraphs like a newsletter's, and paragraphs with every mark, number form and Latin mixture."""

from __future__ import annotations

from random import Random

_WORDS = (
    "村里 镇上 今年 秋天 渔港 码头 修路 种树 老人 孩子 学校 图书室 志愿者 晒谷场 合作社 水稻 菜园 "
    "堤坝 渔民 春天 夜里 清晨 台风 来临 之前 之后 检查 整修 完工 开张 举办 一起 大家 商量 决定 "
    "需要 继续 准备 收割 播种 邻居 热心 帮忙 打扫 街道 小桥 河边 柳树 灯光 明亮 温暖 新鲜 便利 "
    "安全 放心 满意 高兴 认真 耐心 仔细 我们 他们 这里 那里 已经 正在 将要 可以 应当 不少 许多 "
    "每天 每周 常常 渐渐 终于 原来 其实 因为 所以 但是 医生 护士 讲座 血压 体检 名单 通知 办法 "
    "经验 技术 师傅 学徒 木船 渔网 号子 社火 锣鼓 戏台 乡音 故事 路 桥 水 船 人 风 雨 田 的 了 "
    "在 和 把 让 也 都 还 又 说 看 走 来 去 做 写 听 是"
)
WORDS = _WORDS.split()
SURNAMES, GIVEN = "林陈何沈顾陆许宋", "晓文海明芳平山月秋兰"
TITLES = ["镇长", "主任", "老师", "医生", "师傅", "队长"]
NUMBERS = [
    "11月20日", "3.25亿元", "480万元", "120亩", "第3版", "26名", "8:30", "50%", "2026年", "第12期", "1,280户", "-5℃",
    "10～20岁", "2020—2026年", "15–18时", "1/2", "￥30", "No. 7", "10 kg", "3.8 km", "38.5℃", "5G", "2025-07-15", "12‰",
    "第三届", "±0.5毫米", "9·3", "3.5%~5%", "№7",
]  # fmt: skip
LATIN = [
    "WTO", "iPhone", "GDP", "AI", "Wi-Fi", "e-mail", "international", "the Yangtze delta", "C++", "Smith’s boat", "O2O",
    "editor@example.org", "https://www.example.org/issues/2026?page=3", "Hello, world!", "A/B", "“quoted words”",
    "communication", "state-of-the-art", "KTV", "App",
]  # fmt: skip
MARKS = "、，。．：；！？”’）〕】〗］｝》〉」』“‘（〔【〖［｛《〈「『–—～·/／%‰℃°々※-…"
RUNS_OF_MARKS = [
    "——",
    "……",
    "！！",
    "？！",
    "！！！",
    "。”",
    "”。",
    "》、《",
    "（（",
    "））",
    "：“",
    "。』」",
    "——“",
    "……”",
    "⸺",
    "⋯⋯",
]


class Writer:
    """Writes paragraphs; the same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def words(self, least: int, most: int) -> str:
        text, wanted = "", self.random.randint(least, most)
        while len(text) < wanted:
            text += self.random.choice(WORDS)
        return text

    def name(self) -> str:
        r = self.random
        return r.choice(SURNAMES) + "".join(r.choice(GIVEN) for _ in range(r.choice((1, 2, 2))))

    def clause(self, numbers: float, latin: float) -> str:
        r = self.random
        text = self.words(4, 13)
        roll = r.random()
        if roll < numbers:
            text += r.choice(NUMBERS[:12]) + self.words(2, 6)
        elif roll < numbers + latin:
            text += r.choice(LATIN) + self.words(2, 6)
        elif roll < 0.36:
            text = r.choice(
                [
                    f"{r.choice(TITLES)}{self.name()}{self.words(3, 8)}",
                    f"{text}“{self.words(3, 8)}”{self.words(2, 5)}",
                    f"{text}（{self.words(2, 6)}）",
                    f"《{self.words(3, 7)}》{self.words(3, 6)}",
                    f"{self.words(2, 4)}、{self.words(2, 4)}、{text}",
                    f"{text}——{self.words(3, 8)}",
                    f"{self.name()}说：“{self.words(4, 10)}。”{self.words(2, 4)}",
                    f"{self.name()}、{self.name()}、{self.name()}{self.words(3, 6)}",
                ]
            )
        return text

    def paragraph(self, length: int, numbers: float = 0.08, latin: float = 0.0) -> str:
        """As newsletters have it: a mark every nine characters or so, now and then a number."""
        text = ""
        while len(text) < length:
            count = self.random.randint(1, 4)
            text += "，".join(self.clause(numbers, latin) for _ in range(count)) + self.random.choice(
                "。。。。。。；！？"
            )
        return text

    def medley(self, length: int) -> str:
        """Everything at once, as no editor would write it."""
        r, text = self.random, ""
        while len(text) < length:
            text += r.choice(
                [
                    self.words(1, 9),
                    self.words(3, 12),
                    r.choice(MARKS),
                    r.choice(RUNS_OF_MARKS),
                    r.choice(NUMBERS),
                    r.choice(LATIN),
                    f" {r.choice(LATIN)} ",
                    " ",
                ]
            )
        return text
