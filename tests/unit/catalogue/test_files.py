# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Files that strangers send: known by their content, read apart, refused as a whole where something is wrong."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest

from mainport.catalogue.reading import Limits, Words, read
from mainport.catalogue.rules.files import (
    CSV,
    DOCX,
    ODT,
    PDF,
    PNG,
    TEXT,
    XLSX,
    ZIP,
    BadFile,
    Trouble,
    clean_name,
    media_type,
)

MIB = 1024 * 1024
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def pdf(*pages: str, encryption: pikepdf.Encryption | None = None) -> bytes:
    made = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for words in pages:
        page = made.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pikepdf.Stream(made, f"BT /F1 11 Tf 50 700 Td ({words}) Tj ET".encode("ascii"))
    out = io.BytesIO()
    made.save(out, encryption=encryption) if encryption else made.save(out)
    return out.getvalue()


def packed(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, before: str = "", **more: str) -> bytes:
    document = f"{before}<w:document {W}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def odt(body: str, before: str = "") -> bytes:
    content = f"{before}<office:document-content {OFFICE}>{body}</office:document-content>"
    return packed({"mimetype": ODT, "content.xml": content})


def kind(content: bytes, name: str, limit: int = 100 * MIB) -> str:
    return media_type(name, io.BytesIO(content), size=len(content), limit=limit)


def refused(content: bytes, name: str, limit: int = 100 * MIB) -> Trouble:
    with pytest.raises(BadFile) as caught:
        kind(content, name, limit)
    return caught.value.trouble


@pytest.fixture
def words(tmp_path: Path) -> Callable[..., Words]:
    def taken(content: bytes, name: str, limits: Limits | None = None) -> Words:
        path = tmp_path / name
        path.write_bytes(content)
        return read(path, kind(content, name), limits or Limits(seconds=20))

    return taken


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (pdf("a"), "a.PDF", PDF),
        (docx("<w:p/>"), "a.docx", DOCX),
        (odt("<text:p/>"), "a.odt", ODT),
        ("naam;jaar\nÀ;1\n".encode(), "a.csv", CSV),
        ("naam;jaar\nÀ;1\n".encode("cp1252"), "a.csv", CSV),
        ("tekst".encode("utf-16"), "a.txt", TEXT),
        (packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "a.xlsx", XLSX),
        (packed({"data/een.csv": "1;2"}), "a.zip", ZIP),
        (b"\x89PNG\r\n\x1a\n0000", "a.png", PNG),
    ],
)
def test_known_by_content(content: bytes, name: str, expected: str) -> None:
    assert kind(content, name) == expected


@pytest.mark.parametrize(
    ("content", "name", "trouble"),
    [
        (b"", "a.pdf", Trouble.EMPTY),
        (b"%PDF-" + b"0" * 2000, "a.pdf", Trouble.TOO_LARGE),
        (b"MZ", "a.exe", Trouble.UNKNOWN_TYPE),
        (b"<svg/>", "a.svg", Trouble.UNKNOWN_TYPE),
        (b"<html>", "a.html", Trouble.UNKNOWN_TYPE),
        (b"x", "a", Trouble.UNKNOWN_TYPE),
        (b"MZ\x00\x01", "a.pdf", Trouble.OTHER_CONTENT),
        (b"PK\x03\x04 rubbish", "a.docx", Trouble.OTHER_CONTENT),
        (packed({"a": "b"}), "a.docx", Trouble.OTHER_CONTENT),
        (pdf("a")[:900], "a.docx", Trouble.OTHER_CONTENT),
        (b"\x00\x01\x02", "a.txt", Trouble.OTHER_CONTENT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.docx", Trouble.ENCRYPTED),
        (docx("", **{"word/vbaProject.bin": "x"}), "a.docx", Trouble.MACROS),
        (packed({"mimetype": ODT, "content.xml": "", "Basic/x.xml": ""}), "a.odt", Trouble.MACROS),
        (packed({"../../etc/passwd": "x"}), "a.zip", Trouble.OTHER_CONTENT),
        (packed({"/etc/passwd": "x"}), "a.zip", Trouble.OTHER_CONTENT),
        (packed({"C:\\windows": "x"}), "a.zip", Trouble.OTHER_CONTENT),
    ],
)
def test_refused(content: bytes, name: str, trouble: Trouble) -> None:
    assert refused(content, name, limit=1000) is trouble or refused(content, name) is trouble


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.xlsx", "a.zip"])
def test_zip_bomb_is_refused_unopened(name: str) -> None:
    main = {"a.docx": "word/document.xml", "a.odt": "content.xml", "a.xlsx": "xl/workbook.xml"}.get(name, "a.csv")
    bomb = packed({"[Content_Types].xml": "", main: b"0" * 40 * MIB})
    assert len(bomb) < MIB
    assert refused(bomb, name) is Trouble.BOMB


def test_encrypted_zip_is_refused() -> None:
    content = bytearray(packed({"a.csv": "1"}))
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):
        place = content.index(mark)
        content[place + (8 if mark == b"PK\x01\x02" else 6)] |= 1
    assert refused(bytes(content), "a.zip") is Trouble.ENCRYPTED


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("scriptie.pdf", "scriptie.pdf"),
        ("../../etc/passwd.TXT", "passwd.txt"),
        ("C:\\Users\\alice\\a.pdf", "a.pdf"),
        ("a\x00b\n.pdf", "a-b-.pdf"),
        ("a" * 400 + ".pdf", "a" * 150 + ".pdf"),
        ("", "file"),
        ("..", "file"),
        ("een\u202egnp.pdf", "een-gnp.pdf"),
    ],
)
def test_names(given: str, kept: str) -> None:
    assert clean_name(given) == kept


# --- Reading ---


def test_words_of_a_pdf(words: Callable[..., Words]) -> None:
    assert words(pdf("Een", "", "Drie"), "a.pdf") == Words("Een\f\fDrie", 3, 1)


def test_words_of_documents(words: Callable[..., Words]) -> None:
    body = "<w:p><w:r><w:t>Een</w:t><w:tab/><w:t>twee</w:t></w:r></w:p><w:p><w:r><w:t>Drie</w:t></w:r></w:p>"
    note = f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>Noot</w:t></w:r></w:p></w:footnote></w:footnotes>"
    assert words(docx(body, **{"word/footnotes.xml": note}), "a.docx").text == "Een twee\nDrie\nNoot\n"
    text = "<text:h>Kop</text:h><text:p>Een<text:s/><text:span>twee</text:span> drie</text:p>"
    assert words(odt(text), "a.odt").text == "Kop\nEen twee drie\n"


def test_words_of_texts_and_data(words: Callable[..., Words]) -> None:
    assert words("À;1\n".encode("cp1252"), "a.csv").text == "À;1\n"
    assert words("tekst".encode("utf-16"), "a.txt").text == "tekst"
    found = words(packed({"a.csv": "naam;1", "b.bin": b"\0"}), "a.zip")
    assert ("naam;1" in found.text, found.unread) == (True, 1)
    assert words(b"\x89PNG\r\n\x1a\n0000", "a.png") == Words("", None, 1)


def test_long_text_is_cut_and_told(words: Callable[..., Words]) -> None:
    found = words(b"a" * 5000, "a.txt", Limits(signs=1000))
    assert (len(found.text), found.unread) == (1000, 1)


def _bomb() -> bytes:
    """Half a megabyte that unpacks to 400 MB of words on one page."""
    packer = zlib.compressobj(9)
    chunk = b"BT /F1 12 Tf (AAAAAAAA) Tj ET\n" * 40_000
    content = b"".join([*(packer.compress(chunk) for _turn in range(340)), packer.flush()])
    made = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page = made.add_blank_page()
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    stream = pikepdf.Stream(made, b"")
    stream.write(content, filter=pikepdf.Name.FlateDecode)
    page.Contents = stream
    out = io.BytesIO()
    made.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _loop() -> bytes:
    """A form that draws itself."""
    made = pikepdf.new()
    page = made.add_blank_page()
    form = made.make_stream(b"/X Do /X Do")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 9, 9]
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page.Contents = pikepdf.Stream(made, b"/X Do")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_bomb_as_pdf_is_refused_within_its_limits(words: Callable[..., Words]) -> None:
    bomb = _bomb()
    assert len(bomb) < 2 * MIB
    with pytest.raises(BadFile) as caught:
        words(bomb, "a.pdf", Limits(seconds=10, mebibytes=512))
    assert caught.value.trouble in (Trouble.TOO_HEAVY, Trouble.TOO_SLOW)


def test_pdf_that_draws_itself_ends(words: Callable[..., Words]) -> None:
    """Its reader falls over, in a process of its own."""
    with pytest.raises(BadFile):
        words(_loop(), "a.pdf")


def test_pdf_with_a_password(words: Callable[..., Words]) -> None:
    locked = pdf("Geheim", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(BadFile) as caught:
        words(locked, "a.pdf")
    assert caught.value.trouble is Trouble.ENCRYPTED


def test_damaged_pdf(words: Callable[..., Words]) -> None:
    with pytest.raises(BadFile) as caught:
        words(b"%PDF-1.7\nrubbish", "a.pdf")
    assert caught.value.trouble is Trouble.DAMAGED


def test_ten_thousand_pages(words: Callable[..., Words]) -> None:
    made = pikepdf.new()
    for _turn in range(10_000):
        made.add_blank_page()
    out = io.BytesIO()
    made.save(out)
    with pytest.raises(BadFile) as caught:
        words(out.getvalue(), "a.pdf")
    assert caught.value.trouble is Trouble.TOO_MANY_PAGES


@pytest.mark.parametrize("make", [docx, odt])
def test_entities_are_refused(make: Callable[..., bytes], words: Callable[..., Words]) -> None:
    """A billion laughs, and a file of the server asked for."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    for doctype in (f"<!DOCTYPE x [{laughs}]>", '<!DOCTYPE x [<!ENTITY l8 SYSTEM "file:///etc/passwd">]>'):
        body = "<w:p><w:r><w:t>&l8;</w:t></w:r></w:p>" if make is docx else "<text:p>&l8;</text:p>"
        with pytest.raises(BadFile) as caught:
            words(make(body, doctype), "a.docx" if make is docx else "a.odt")
        assert caught.value.trouble in (Trouble.BOMB, Trouble.DAMAGED)


def test_reader_has_no_secrets_and_writes_nothing(words: Callable[..., Words], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment holds what it needs and nothing more."""
    seen: dict[str, object] = {}
    import subprocess

    real = subprocess.run

    def run(*args: object, **kwargs: object) -> object:
        seen.update(kwargs)
        return real(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setenv("SECRET_KEY", "a secret")
    monkeypatch.setattr(subprocess, "run", run)
    words(b"tekst", "a.txt")
    assert "SECRET_KEY" not in seen["env"]  # type: ignore[operator]


def _spoilt(content: bytes, chance: random.Random) -> bytes:
    """The same with a piece changed, taken out, doubled or cut off."""
    spoilt = bytearray(content)
    for _turn in range(chance.randint(1, 8)):
        place, length = chance.randrange(len(spoilt)), chance.randint(1, 40)
        match chance.randrange(4):
            case 0:
                spoilt[place : place + length] = chance.randbytes(length)
            case 1:
                del spoilt[place : place + length]
            case 2:
                spoilt[place:place] = spoilt[place : place + length]
            case _:
                spoilt[place] ^= 1 << chance.randrange(8)
        if len(spoilt) < 10:
            break
    return bytes(spoilt)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf("Een", "Twee")),
        ("a.docx", docx("<w:p><w:r><w:t>Een</w:t></w:r></w:p>")),
        ("a.odt", odt("<text:p>Een</text:p>")),
        ("a.zip", packed({"a.csv": "1;2", "b/c.txt": "x"})),
        ("a.txt", "Een tekst met é en ü".encode()),
    ],
)
def test_spoilt_files_are_read_or_refused(name: str, content: bytes, words: Callable[..., Words]) -> None:
    chance = random.Random(name)
    for _turn in range(40):
        try:
            found = words(_spoilt(content, chance), name)
        except BadFile:
            continue
        assert isinstance(found, Words)


def test_words_of_a_workbook(words: Callable[..., Words]) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="Blad" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1">'
            '<c r="A1" t="inlineStr"><is><t>BSN</t></is></c><c r="B1"><v>111222333</v></c></row>'
            "</sheetData></worksheet>",
        }
    )
    assert words(content, "a.xlsx").text == "BSN\t111222333\n"
