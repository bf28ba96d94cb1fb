"""Manuscripts: Word files part by part and changed in their XML, pages of the web, Markdown, text in any encoding."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from random import Random

from importing.word_file import WordFile, field, image, lost_words, numbered, p, picture, r, table, text_box

from layout.importing import ArticleError, Imported, import_article
from layout.importing.issue_file import id_of, write_into
from layout.issue.markdown import parse
from layout.records import Prose

from . import mutation, oracles, writing
from .case import BUILT, REFUSED, Input, Kind
from .pictures import escape, svg
from .styles import REACHES
from .watch import CANARY, Fault

LOOKS = ("", "", "<w:b/>", "<w:i/>", '<w:u w:val="single"/>', '<w:em w:val="dot"/>', "<w:strike/>", "<w:vanish/>", '<w:sz w:val="44"/>',
         '<w:vertAlign w:val="superscript"/>', '<w:rFonts w:eastAsia="楷体"/>', '<w:color w:val="FF0000"/>')  # fmt: skip
STYLES = ("", "", "", "", "a3", "1", "2", "a4", "a5", "yt", "zd", "a6", "TOC1", "nothing")
ELEMENTS = (
    "w:p",
    "w:r",
    "w:t",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:sdt",
    "w:sdtContent",
    "w:hyperlink",
    "w:ins",
    "w:del",
    "w:smartTag",
    "w:txbxContent",
)
VALUES = (
    "",
    "0",
    "-1",
    "99999999999",
    "1e9",
    "true",
    "nan",
    "a",
    "rId10",
    "rId999",
    "\u202e",
    "0" * 400,
    "../../secret.png",
    "1.5",
)
ISSUE = b"publication: {title: \xe8\xaf\x95\xe5\x88\x8a}\nnumber: 1\ndate: 2026-11-20\narticles:\n  a: {headline: \xe7\x94\xb2, body: \xe4\xb9\x99}\n"


def _runs(random: Random) -> list[str]:
    return [r(writing.paragraph(random)[:200], random.choice(LOOKS)) for _ in range(random.randint(1, 4))]


def word(random: Random) -> WordFile:
    """A sound Word file with whatever authors put into one."""
    made = WordFile()
    parts = []
    for _ in range(random.choice((1, 3, 6, 12))):
        match random.randrange(13):
            case 0:
                parts.append(table(*([writing.head(random) for _ in range(3)] for _ in range(random.randint(1, 5)))))
            case 1:
                data = image(random.choice((1, 40, 400)), random.choice((1, 40)), random.choice(("PNG", "JPEG", "GIF")))
                name = f"media/image{len(made.parts)}.{random.choice(('png', 'jpg', 'gif', 'emf'))}"
                parts.append(p(picture(made.part(name, data, "image"), alt=writing.head(random))))
            case 2:
                parts.append(numbered(writing.paragraph(random), random.choice((1, 2, 9)), random.choice((0, 1, 8))))
            case 3:
                parts.append(p(text_box(p(writing.head(random)), p(writing.paragraph(random)))))
            case 4:
                parts.append(
                    p(
                        field(
                            random.choice(("PAGE", "HYPERLINK https://example.org", "EQ \\o(a,b)", "TOC")),
                            *_runs(random),
                        )
                    )
                )
            case 5:
                parts.append(p(*_runs(random), "<w:r><w:br/></w:r>", r("续"), "<w:r><w:tab/></w:r>"))
            case 6:
                parts.append(p(f"<m:oMath><m:r><m:t>x+{random.randint(1, 9)}</m:t></m:r></m:oMath>"))
            case _:
                parts.append(
                    p(*_runs(random), style=random.choice(STYLES), side=random.choice(("", "", "center", "right")))
                )
    if random.random() < 0.3:
        made.numbering(_1=("decimal", "%1."), _2=("chineseCounting", "（%1）"))
    if random.random() < 0.2:
        made.notes("footnotes", _1=p(writing.paragraph(random)))
        parts.append(p(r("注"), '<w:r><w:footnoteReference w:id="1"/></w:r>'))
    made.body = "".join(parts)
    return made


def changed_package(random: Random, data: bytes) -> bytes:
    """The XML of a Word file with elements doubled, nested, moved and cut, values changed, or the archive damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = {random.choice(names) if random.random() < 0.4 else "word/document.xml" for _ in range(2)}
        for name in names:
            part = old.read(name)
            if name in chosen and name.endswith((".xml", ".rels")):
                part = changed_xml(random, part.decode()).encode("utf-8", "surrogatepass")
            if random.random() < 0.01:
                continue
            new.writestr(name if random.random() > 0.01 else f"../{name}", part)
        if random.random() < 0.05:
            new.writestr("word/media/bomb.png", bytes(30_000_000))
    data = out.getvalue()
    return mutation.change_bytes(random, data) if random.random() < 0.15 else data


def changed_xml(random: Random, xml: str) -> str:
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        tags = list(re.finditer(r"<[^>]+>", xml))
        values = list(re.finditer(r'="([^"]*)"', xml))
        tag = random.choice(tags) if tags else None
        match random.randrange(9):
            case 0 | 1 if values:
                value = random.choice(values)
                xml = f'{xml[: value.start()]}="{random.choice(VALUES)}"{xml[value.end() :]}'
            case 2 if tag:
                xml = xml[: tag.start()] + xml[tag.end() :]
            case 3:
                element = random.choice(ELEMENTS)
                found = list(re.finditer(rf"<{element}[ >].*?</{element}>", xml, re.DOTALL))
                if found:
                    one = random.choice(found)
                    deep = random.choice((1, 3, 40))
                    xml = (
                        xml[: one.start()]
                        + f"<{element}>" * deep
                        + one.group()
                        + f"</{element}>" * deep
                        + xml[one.end() :]
                    )
            case 4 if tag:
                other = random.choice(ELEMENTS)
                xml = f"{xml[: tag.start()]}<{other}/>{xml[tag.start() :]}"
            case 5 if tag:
                name = random.choice(ELEMENTS)
                xml = xml.replace(tag.group().split()[0].strip("</>"), name)
            case 6:
                at = random.randint(0, len(xml))
                xml = (
                    xml[:at]
                    + random.choice(("&#0;", "&x;", "<", "]]>", "<!--", "&#xD800;", "\x01", "<?a?>", "\u202e"))
                    + xml[at:]
                )
            case 7:
                xml = '<!DOCTYPE a [<!ENTITY x SYSTEM "../secret.md"><!ENTITY y "yyyyyyyy">]>' + xml.replace(
                    "</w:t>", "&x;&y;</w:t>", 3
                )
            case _:
                texts = list(re.finditer(r">([^<]+)<", xml))
                if texts:
                    one = random.choice(texts)
                    xml = xml[: one.start(1)] + escape(writing.stirred(random, one[1])) + xml[one.end(1) :]
    return xml


def web(random: Random) -> str:
    """A page of the web, saved, with what stands round an article and whatever was pasted."""
    reach = escape(random.choice(REACHES))
    inner = []
    for _ in range(random.choice((1, 4, 9))):
        text = escape(writing.paragraph(random)[:200])
        inner.append(
            random.choice(
                [
                    f"<p>{text}</p>",
                    f"<p>{text}</p>",
                    f"<h2>{text[:20]}</h2>",
                    f"<div>{text}<br>{text}</div>",
                    f"<li>{text}",
                    f"<b>{text}",
                    f'<img src="{reach}" alt="图">',
                    f'<figure><img src="photo.png"><figcaption>{text[:20]}</figcaption></figure>',
                    f"<table><tr><td>{text[:9]}<td>1<tr><th>{text[:9]}</table>",
                    f"<blockquote>{text}</blockquote>",
                    f"<pre>{text}</pre>",
                    f'<span style="font-size: {random.choice(("9pt", "1e99pt", "..pt", "-3px"))}; display: none">{text}</span>',
                    text,
                    f'<iframe src="{reach}"></iframe>',
                    f"<svg><image href='{reach}'/></svg>",
                    "<script>1</script>",
                    "<p>" * 60,
                    "</div>" * 9,
                    f"<ruby>字<rt>zì</ruby>{text}",
                    f"<nav>{text}</nav>",
                    '<img src="data:image/png;base64,AAAA">',
                    "<template><p>x</template>",
                    f"<table><tr><td colspan=99999 rowspan=99999>{text[:9]}</table>",
                    "<select><option>a</select>",
                    "<math><mi>x</math>",
                    f'<a href="javascript:1">{text[:9]}</a>',
                    f"<!-- {text} -->",
                    "<![CDATA[x]]>",
                    "&nbsp;&#0;&#xD800;&bogus;",
                    "<ol start=-9><li>a",
                ]
            )
        )
    head = random.choice(
        ("", '<meta charset="gb2312">', '<meta charset="utf-7">', '<meta charset="nothing">', f'<base href="{reach}">')
    )
    return f"<html><head><title>{writing.head(random)}</title>{head}</head><body><h1>{writing.head(random)}</h1>{''.join(inner)}</body></html>"


def generate(random: Random) -> Input:
    options: dict[str, object] = {}
    files: dict[str, bytes] = {}
    roll = random.random()
    if roll < 0.5:
        name = "稿.docx"
        data = word(random).bytes()
        if random.random() < 0.7:
            data = changed_package(random, data)
        else:
            options["whole"] = True
    elif roll < 0.7:
        name = random.choice(("稿.html", "稿.htm"))
        text = web(random)
        data = mutation.encoded(random, mutation.change_text(random, text) if random.random() < 0.3 else text)
        files["photo.png"] = image(60, 40) if random.random() < 0.8 else svg(random)
    else:
        name = random.choice(("稿.txt", "稿.md", "稿.text"))
        text = "\n\n".join([writing.head(random), writing.body(random, []), f"（{writing.name(random)}）"])
        if random.random() < 0.2:
            text = f"---\nheadline: {writing.head(random)}\nbyline: {writing.stirred(random, writing.name(random))}\n---\n{text}"
        data = mutation.encoded(random, writing.stirred(random, text) if random.random() < 0.2 else text)
        if random.random() < 0.3:
            data = text.encode(
                random.choice(("gb18030", "big5", "utf-16", "utf-16-be", "utf-32", "shift_jis", "latin-1")), "replace"
            )
    if random.random() < 0.02:
        name = f"稿.{random.choice(('doc', 'pdf', 'zip', 'docx', 'html', 'odt', ''))}"
    files[name] = data
    if random.random() < 0.3:
        options["into"] = True
        files["issue.yaml"] = ISSUE
    return Input("manuscripts", files, {}, {"file": name} | options)


def attempt(given: Input, folder: Path) -> str:
    path = folder / str(given.options["file"])
    try:
        imported = import_article(path)
    except ArticleError as error:
        oracles.check_problems(error.problems)
        return REFUSED
    oracles.check_problems(imported.notes)
    check_article(imported)
    if given.options.get("whole") and (lost := lost_words(path, imported)):
        raise Fault("text-lost", lost)
    if given.options.get("into"):
        try:
            write_into(folder, imported, id_of(path))
        except ArticleError as error:
            oracles.check_problems(error.problems)
            return REFUSED
        check_issue(folder)
    return BUILT


def check_article(imported: Imported) -> None:
    """The issue's reader takes the body, and nothing came from outside."""
    _, problems = parse(Prose.of_file(imported.body, "稿.md"), verse=imported.fields.get("kind") == "verse")
    if problems:
        raise Fault("body-refused", problems[0].in_language())
    for text in (imported.body, *imported.fields.values(), *(one.caption + one.alt for one in imported.pictures)):
        text.encode()
        if CANARY in text:
            raise Fault("read-outside", "canary")


def check_issue(folder: Path) -> None:
    from layout.issue.reader import examine

    _, problems = examine(folder)
    wrong = [
        problem
        for problem in problems
        if problem.rule in ("yaml-syntax", "yaml-character", "unknown-key", "wrong-type", "markdown")
    ]
    if wrong:
        raise Fault("issue-spoilt", wrong[0].in_language())


KIND = Kind("manuscripts", generate, attempt, weight=10, full=5_000, writes=True)
