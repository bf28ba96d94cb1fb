"""A file's metadata: XMP, the information dictionary, the output intent."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from html import escape
from pathlib import Path

from ..runtime.store import ArtifactStore, digest, versions
from .target import Target
from .writer import Writer, text_string

PRODUCER = "newsletter-layout"
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?(Z|[+-]\d{2}:?\d{2})?")
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# PDF/A allows PDF/UA's identifier only with an extension schema that describes it (ISO 19005-2 6.6.2.3).
_UA_EXTENSION = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)


def dates(date: str) -> tuple[str, str]:
    """An ISO date as XMP and as a PDF date (ISO 32000-1 7.9.4) have it; what has no time of day is midnight in China.

    No date at all is the beginning of 1970: the clock is never read.
    """
    match = _DATE.match(date)
    year, month, day, hour, minute, second, zone = match.groups() if match else ("1970", "01", "01", *[None] * 4)
    hour, minute, second = hour or "00", minute or "00", second or "00"
    zone = zone or "+08:00"
    if zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    message = "Z" if zone == "Z" else f"{zone[:3]}'{zone[4:]}'"
    return (
        f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}",
        f"D:{year}{month}{day}{hour}{minute}{second}{message}",
    )


def write_metadata(writer: Writer, about: Mapping[str, str], target: Target) -> tuple[int, int]:
    """The XMP stream and the information dictionary, which agree. To be called when everything else is written:
    the document's identifier is the hash of what the file holds."""
    title = about.get("title", "") or "untitled"
    author = about.get("author", "")
    language = about.get("language", "") or "zh-Hans"
    xmp_date, pdf_date = dates(about.get("date", ""))
    producer = PRODUCER
    identifier = writer.identifier
    uuid = "-".join(identifier[a:b] for a, b in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
    items = [
        "<dc:format>application/pdf</dc:format>",
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>',
        f"<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>" if author else "",
        f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>",
        *(f"<xmp:{kind}Date>{xmp_date}</xmp:{kind}Date>" for kind in ("Create", "Modify", "Metadata")),
        f"<xmp:CreatorTool>{producer}</xmp:CreatorTool>",
        f"<pdf:Producer>{producer}</pdf:Producer>",
        f"<xmpMM:DocumentID>uuid:{uuid}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{uuid}</xmpMM:InstanceID>",
        "<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
    ]
    spaces = ["dc", "pdf", "xmp", "xmpMM"]
    if target.edition == "print":
        items += ["<pdf:Trapped>False</pdf:Trapped>", "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"]
        spaces.append("pdfxid")
    else:
        items += ["<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"]
        items += ["<pdfuaid:part>1</pdfuaid:part>", _UA_EXTENSION]
        spaces += ["pdfaid", "pdfuaid", "pdfaExtension", "pdfaSchema", "pdfaProperty"]
    names = " ".join(f'xmlns:{space}="{_NAMESPACES[space]}"' for space in spaces)
    xmp = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {names}>{"".join(items)}</rdf:Description></rdf:RDF></x:xmpmeta>\n'
        '<?xpacket end="w"?>'
    )
    stream = writer.stream(b"/Type/Metadata/Subtype/XML", xmp.encode(), level=0)
    entries = {
        "Title": title,
        "Author": author,
        "Creator": producer,
        "Producer": producer,
        "CreationDate": pdf_date,
        "ModDate": pdf_date,
    }
    info = b"".join(b"/%s%s" % (key.encode(), text_string(value)) for key, value in entries.items() if value)
    if target.edition == "print":
        info += b"/Trapped/False/GTS_PDFXVersion(PDF/X-4)"
    return stream, writer.add(b"<<" + info + b">>")


def write_output_intent(writer: Writer, target: Target, store: ArtifactStore) -> int:
    """The press condition (ISO 15930-7 6.2), or sRGB for a screen (ISO 19005-2 6.2.3)."""
    if target.edition == "screen":
        stream = writer.stream(b"/N 3/Alternate/DeviceRGB", Path(__file__).with_name("srgb.icc").read_bytes())
        return writer.add(
            b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
            b"/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)/DestOutputProfile %d 0 R>>" % stream
        )
    profile = target.icc.read_bytes()
    key = digest("profile", profile, versions())
    if (deflated := store.get(key)) is None:
        deflated = zlib.compress(profile, 6)
        store.put(key, deflated)
    stream = writer.stream(b"/N 4/Filter/FlateDecode", deflated)
    return writer.add(
        b"<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier%s/OutputCondition%s/RegistryName%s/Info%s"
        b"/DestOutputProfile %d 0 R>>"
        % (
            text_string(target.condition_identifier),
            text_string(target.condition),
            text_string(target.registry),
            text_string(target.info),
            stream,
        )
    )
