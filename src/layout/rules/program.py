"""What the commands report beside the rules: files they cannot write, work that is left, faults of their own."""

from __future__ import annotations

from ..errors import Message
from .rule import NOTE, WARNING, Rule

PROGRAM = {
    "silenced": Rule(
        Message(
            "几条没有列出：issue.yaml 或样式的 checks 关了",
            "problems not listed: the checks of the issue or style say so",
        ),
        Message("要看就从 checks 里删去", "delete them from checks to see them"),
        NOTE,
        "issue-format.md",
    ),
    "unwritable": Rule(
        Message("文件写不了", "a file cannot be written"),
        Message("检查名字、权限和磁盘空间", "look at its name, the permissions and the disk's space"),
        source="six-steps.md",
    ),
    "folder-taken": Rule(
        Message("文件夹里已经有东西", "a folder is not empty"),
        Message("换一个文件夹名", "choose another folder"),
        source="how-to.md",
    ),
    "new-issue": Rule(
        Message("新的一期要核对的地方", "what to look at in a new issue"),
        Message("接着用 layout import 导入稿件", "next, bring in articles with layout import"),
        NOTE,
        "how-to.md",
    ),
    "no-plan": Rule(
        Message("还没有版面图，不能重新安排", "there are no maps yet to plan again"),
        Message("先用 layout plan 排一次", "plan it first with layout plan"),
        source="planning.md",
    ),
    "no-pdf": Rule(
        Message("不是能读的 PDF", "a file is no PDF that can be read"),
        Message("给上一次排出的 PDF", "give the PDF of an earlier build"),
        source="how-to.md",
    ),
    "no-pages": Rule(
        Message("PDF 没有页面", "a PDF has no pages"),
        Message("选一个有页面的 PDF", "choose another PDF"),
        source="printing.md",
    ),
    "unknown-paper": Rule(
        Message("没有这种纸，或纸太小", "paper that is not known, or too small"),
        Message("用已有的名字或毫米数，或换大一点的纸", "use a name that is known, or mm, or larger paper"),
        source="printing.md",
    ),
    "no-ghostscript": Rule(
        Message("转曲要用 Ghostscript，没有装", "outlining needs Ghostscript, which is not installed"),
        Message("安装 ghostscript", "install ghostscript"),
        source="printing.md",
    ),
    "refused": Rule(
        Message("印前检查没有通过，文件另存", "preflight refuses the file, which is kept under another name"),
        Message("按上面各条改好再排", "correct what is reported above and build again"),
        NOTE,
        "printing.md",
    ),
    "cache": Rule(
        Message("没有用缓存：别人也能写它", "the cache is not used: others can write to it"),
        Message("见 layout doctor", "see layout doctor"),
        NOTE,
        "security.md",
    ),
    "not-built": Rule(
        Message("没有排成：进程中途没了，或内存不够", "an issue was not built: its process ended, or memory ran out"),
        Message("少几个进程（-j）再排一次", "build again with fewer processes (-j)"),
        source="archive.md",
    ),
    "weasyprint-version": Rule(
        Message(
            "装的不是核对过的 WeasyPrint：边饰排得较慢",
            "WeasyPrint is not the version checked: furniture is drawn more slowly",
        ),
        Message("装回核对过的版本", "install the version that is named"),
        WARNING,
        "releases.md",
    ),
    "missing-extra": Rule(
        Message("没有装这一件事要用的包", "a package that this needs is not installed"),
        Message("按提示装上那一组（extra）", "install the extra that is named"),
        source="six-steps.md",
    ),
    "memory": Rule(
        Message("内存不够", "there is not enough memory"),
        Message("分成几份，或换一台内存大些的机器", "divide it, or take a machine with more memory"),
        source="security.md",
    ),
    "fault": Rule(
        Message("程序自己出了错", "a fault of the program"),
        Message("把报告交给维护程序的人", "send the report to whoever keeps the program"),
        source="security.md",
    ),
    "not-composed": Rule(
        Message("没有排版，版面上的错误没有看", "nothing was composed: errors of the pages were not looked for"),
        Message("用 layout check 看", "see layout check"),
        NOTE,
        "tutorial.md",
    ),
}
