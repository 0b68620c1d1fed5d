"""Foreign files that are no papers: PDF, DOCX and HTML that are huge, packed, nested, locked, broken or empty. As with papers of text: a
German error or a draft with open points, within bounds of time and memory, and nothing is stored."""
import hashlib
import io
import os
import zipfile
import zlib

import hostile_papers
from hostile_papers import MIB, read, refused
from kit import Place, check, test

TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
RELATIONS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
             'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SENTENCE = "Das Ziel ist 2019 erreicht, wenn die Integrationsquote um mindestens 3 Prozent steigt."


def docx(document, **more):
    """A DOCX whose word/document.xml is `document` (bytes, or pieces of them)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", TYPES)
        book.writestr("_rels/.rels", RELATIONS)
        with book.open("word/document.xml", "w", force_zip64=True) as part:
            for piece in [document] if isinstance(document, bytes) else document:
                part.write(piece)
        for name, content in more.items():
            book.writestr(name.replace("__", "/") + ".xml", content)
    return target.getvalue()


def body(content):
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {WORD}><w:body>{content}</w:body></w:document>'.encode()


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(objects, trailer=b""):
    """A PDF of these objects, the first of them the catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(data))


def stream(content, entries=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def pages(contents, entries=b"", trailer=b""):
    """Pages of Helvetica, each showing one content stream."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(contents)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), kids),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for i, content in enumerate(contents):
        objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * i), stream(content, entries)]
    return pdf(objects + ([trailer] if trailer else []), b"/Encrypt %d 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]" % (len(objects) + 1) if trailer else b"")


def shown(lines):
    return ("BT /F 10 Tf 14 TL 60 780 Td " + " ".join(f"({line}) '" for line in lines) + " ET").encode("cp1252")


@test
def a_pdf_of_five_hundred_pages_is_read_or_refused_in_bounded_time():
    answer = read(Place(), "lang.pdf", pages([shown([f"Zielvereinbarung 2019, Seite {number}"] + [SENTENCE] * 40) for number in range(500)]), 0, 1)
    check(answer.code == 1 or answer.out.count("Integrationsquote") > 500, "pages are missing without a word")


@test
def a_pdf_that_unpacks_to_a_gigabyte_is_refused():
    one = zlib.compress(b"BT /F 10 Tf 14 TL 60 780 Td " + b"(Die Quote steigt um 3 Prozent.) ' " * (MIB // 35 * 16) + b"ET", 6)
    refused("bombe.pdf", pages([one] * 64, b"/Filter /FlateDecode"))
    packed = b" " * (512 * MIB)
    for _ in range(2):
        packed = zlib.compress(packed, 6)
    refused("verschachtelt.pdf", pages([packed], b"/Filter [/FlateDecode /FlateDecode]"))


@test
def a_pdf_that_is_locked_empty_or_cut_off_is_refused():
    refused("kennwort.pdf", locked(), "Kennwort")
    refused("keine_seite.pdf", pages([]))
    refused("leere_seiten.pdf", pages([b""] * 3), "Text")
    whole = pages([shown([SENTENCE] * 30)])
    for size in (9, 60, len(whole) // 3):
        read(Place(), "abgeschnitten.pdf", whole[:size], 1)
    loop = pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"])
    refused("kreis.pdf", loop)


def rc4(key, data):
    box, at, answer = list(range(256)), 0, bytearray()
    for i in range(256):
        at = (at + box[i] + key[i % len(key)]) % 256
        box[i], box[at] = box[at], box[i]
    i = at = 0
    for byte in data:
        i = (i + 1) % 256
        at = (at + box[i]) % 256
        box[i], box[at] = box[at], box[i]
        answer.append(byte ^ box[(box[i] + box[at]) % 256])
    return bytes(answer)


def locked():
    """With a password to open it (standard handler, 40 bits)."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    user = (b"geheim" + pad)[:32]
    owner = rc4(hashlib.md5(user).digest()[:5], user)
    key = hashlib.md5(user + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + bytes.fromhex("00112233445566778899AABBCCDDEEFF")).digest()[:5]
    entry = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (owner.hex().encode(), rc4(key, pad).hex().encode())
    return pages([shown([SENTENCE])], trailer=entry)


@test
def a_scan_without_tesseract_says_what_is_missing():
    place = Place()
    programs = place.path("programs")
    os.mkdir(programs)
    for name in ("pdftotext", "pdfimages", "pdftoppm"):
        os.symlink(f"/usr/bin/{name}", f"{programs}/{name}")
    image = stream(bytes(100 * 100), b"/Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8")
    scan = pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>", image, stream(b"500 0 0 700 40 40 cm /I Do")])
    answer = hostile_papers.run(place, "agreement", "read", place.write("scan.pdf", scan), "--format=json", path=programs)
    check(answer.code == 1 and "Tesseract" in answer.err and "apt-get install" in answer.err and answer.out == "", answer)
    place.unchanged()


@test
def a_docx_that_unpacks_to_hundreds_of_megabytes_is_refused():
    refused("bombe.docx", docx(b" " * MIB for _ in range(700)))
    refused("text.docx", docx(iter([f'<w:document {WORD}><w:body>'.encode()] + [paragraph(SENTENCE).encode() * 8000] * 150 + [b"</w:body></w:document>"])))
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as book:
        for number in range(30_000):
            book.writestr(f"word/{number}.xml", b"")
    refused("viele.docx", many.getvalue())


@test
def a_docx_with_entities_opens_no_file_and_does_not_swell():
    place = Place()
    secret = place.write("geheim.txt", "Das Kennwort ist Mondlicht.")
    for kind in ("SYSTEM", 'PUBLIC "a"'):
        outside = f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY aussen {kind} "file://{secret}">]><w:document {WORD}><w:body>{paragraph(SENTENCE + " &aussen;")}</w:body></w:document>'
        answer = read(place, "aussen.docx", docx(outside.encode()), 0, 1)
        check("Mondlicht" not in answer.out + answer.err, "an external entity was read")
    laughs = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    read(Place(), "lachen.docx", docx(f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY l0 "ha">{laughs}]><w:document {WORD}><w:body>{paragraph("&l9;")}</w:body></w:document>'.encode()), 1)


@test
def a_broken_docx_is_refused():
    whole = docx(body(paragraph(SENTENCE) * 200))
    for size in (4, 30, len(whole) // 2, len(whole) - 10):
        read(Place(), "abgeschnitten.docx", whole[:size], 1)
    at = whole.index(b"word/document.xml") + 60
    read(Place(), "bits.docx", whole[:at] + bytes(byte ^ 0x55 for byte in whole[at:at + 40]) + whole[at + 40:], 1)
    refused("xml.docx", docx(body(paragraph(SENTENCE))[:-40]))
    refused("leer.docx", docx(body("")))
    refused("anderes.docx", docx(b"<html/>"))


@test
def deep_nesting_is_read_or_refused_in_bounded_time():
    for depth in (200, 5_000, 400_000):
        table = "<w:tbl><w:tr><w:tc>" * depth + paragraph(SENTENCE) + "</w:tc></w:tr></w:tbl>" * depth
        read(Place(), "tief.docx", docx(body(table)), 0, 1)
        for name in ("div", "table><tr><td", "b", "ul><li", "span", "blockquote"):
            tags = name.split("><")
            html = "<html><body>" + f"<{name}>" * depth + SENTENCE + "".join(f"</{one}>" for one in reversed(tags)) * depth + "</body></html>"
            read(Place(), "tief.html", html.encode(), 0, 1)
    read(Place(), "offen.html", ("<html><body>" + "<div" * 500_000).encode(), 0, 1)


@test
def html_of_one_line_and_of_many_cells_is_read_in_bounded_time():
    read(Place(), "zeile.html", ("<html><body><p>" + (SENTENCE + " ") * (4 * MIB // len(SENTENCE))).encode(), 0, 1)
    read(Place(), "zellen.html", ("<html><body><table>" + "<tr>" + "<td>3,0 %</td>" * 2000 + "</tr>" * 60).encode(), 0, 1)
    read(Place(), "spannen.html", ('<html><body><table><tr><td colspan="999999999" rowspan="999999999">' + SENTENCE + "</td></tr>" + "<tr><td>1</td></tr>" * 50).encode(), 0, 1)
    read(Place(), "kommentar.html", ("<html><body>" + SENTENCE + "<!--" * 300_000).encode(), 0, 1)
