// What the page says, in the editor's two languages.

const WORDS = {
  zh: {
    back: "上一版（←）", forth: "下一版（→）", smaller: "缩小（−）", larger: "放大（+）",
    fit: "整版、等宽、实际大小（0）", spreads: "对页", spreads_key: "左右两版并排（s）",
    thumbnails: "各版", thumbnails_key: "各版缩略图（t）", marks: "标记", marks_key: "在版面上标出问题（m）",
    compare: "变动", compare_key: "标出和上一次比动了什么（c）", before: "上一次",
    before_key: "看上一次排的版面（b）", language_key: "换语言（l）", help: "按键（?）",
    pages: "版面", search: "查找问题（/）", open: "在编辑器中打开", open_key: "在编辑器中打开这一行（Enter）",
    close: "关闭", problems: "问题", slots: "版位", changes: "变动",
    page: (n, name) => (name ? `第${n}版 ${name}` : `第${n}版`),
    building: "排版中……", built: (ms) => `已排好，${ms} 毫秒`, checking: "印前检查中……",
    ready: "可以交印", warnings: (n) => `${n} 个提醒`, errors: (n) => `${n} 个错误`,
    stale: "稿件里有错，下面是上一次排好的版面", lost: "预览程序已经结束，重新运行 layout preview",
    no_problems: "没有问题", no_changes: "和上一次一样", lines: (n) => `${n} 行`,
    over: (n) => `超出 ${n} 字`, room: (n) => `还可写 ${n} 字`, full: "正好排满",
    holds: (has, holds) => `${has} / ${holds} 字`, agreed: (n) => `约定 ${n} 字`,
    moved: (n) => `移动了 ${n} 行`, fresh: (n) => `新排了 ${n} 行`, opened: "已在编辑器中打开",
    error: "错误", warning: "提醒", note: "说明", width: "等宽", whole: "整版", other: "EN",
    nothing: "这里没有稿件", undrawn: "这一版画不出来",
    keys: [
      ["← →", "上一版、下一版"], ["Home End", "头版、末版"], ["+ −", "放大、缩小"], ["0", "整版、等宽、实际大小"],
      ["s", "对页"], ["t", "各版缩略图"], ["m", "标出问题"], ["c", "标出变动"], ["b", "看上一次的版面"],
      ["/", "查找问题"], ["n p", "下一个、上一个问题"], ["Enter", "在编辑器中打开选中的一行"], ["l", "换语言"],
      ["点一行", "看它在哪个文件哪一行；双击直接打开"],
    ],
  },
  en: {
    back: "page before (←)", forth: "next page (→)", smaller: "smaller (−)", larger: "larger (+)",
    fit: "whole page, full width, true size (0)", spreads: "Spreads", spreads_key: "facing pages side by side (s)",
    thumbnails: "Pages", thumbnails_key: "all pages, small (t)", marks: "Marks", marks_key: "problems marked on the pages (m)",
    compare: "Changes", compare_key: "what moved since the last build (c)", before: "Before",
    before_key: "the pages of the last build (b)", language_key: "language (l)", help: "keys (?)",
    pages: "Pages", search: "find a problem (/)", open: "Open in editor", open_key: "open this line in the editor (Enter)",
    close: "Close", problems: "Problems", slots: "Slots", changes: "Changes",
    page: (n, name) => (name ? `Page ${n} ${name}` : `Page ${n}`),
    building: "composing…", built: (ms) => `built in ${ms} ms`, checking: "preflight…",
    ready: "ready for print", warnings: (n) => `${n} ${n === 1 ? "warning" : "warnings"}`,
    errors: (n) => `${n} ${n === 1 ? "error" : "errors"}`,
    stale: "There is a mistake in the files; the pages are those of the last good build",
    lost: "The preview has ended; run layout preview again",
    no_problems: "No problems", no_changes: "Nothing moved", lines: (n) => `${n} lines`,
    over: (n) => `${n} characters too many`, room: (n) => `room for ${n} characters`, full: "full",
    holds: (has, holds) => `${has} / ${holds} characters`, agreed: (n) => `${n} agreed on`,
    moved: (n) => `${n} lines moved`, fresh: (n) => `${n} lines are new`, opened: "opened in the editor",
    error: "error", warning: "warning", note: "note", width: "width", whole: "page", other: "中文",
    nothing: "nothing was typed here", undrawn: "this page cannot be drawn",
    keys: [
      ["← →", "page before, next page"], ["Home End", "first page, last page"], ["+ −", "larger, smaller"],
      ["0", "whole page, full width, true size"], ["s", "facing pages"], ["t", "small pages"], ["m", "problems marked"],
      ["c", "changes marked"], ["b", "pages of the last build"], ["/", "find a problem"],
      ["n p", "next problem, problem before"], ["Enter", "open the chosen line in the editor"], ["l", "language"],
      ["a\u00a0click", "shows the file and line of what is printed there; a double click opens it"],
    ],
  },
};

export let language = document.documentElement.dataset.language === "zh" ? "zh" : "en";

export function switchLanguage(to) {
  language = to;
  document.documentElement.lang = to === "zh" ? "zh-CN" : "en";
}

/** The words for a name; names of sentences with numbers in them take these. */
export function say(name, ...values) {
  const words = WORDS[language][name];
  return typeof words === "function" ? words(...values) : words;
}

/** A message of the program, which comes in both languages. */
export const read = (words) => words[language] || words.en;
