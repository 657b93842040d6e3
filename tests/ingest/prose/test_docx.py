"""Word documents: paragraphs and tables in their order; zips that are traps. All words here are synthetic."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from southerly.ingest.prose.blocks import Refused
from southerly.ingest.prose.docx import read_docx


def test_paragraphs_and_tables_come_in_their_order(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("A synthetic visit", 0)
    document.add_heading("What was seen", 1)
    document.add_paragraph("The scales fold.")
    table = document.add_table(2, 2)
    for cell, words in zip([c for row in table.rows for c in row.cells], ("a", "b", "1", "two\nlines"), strict=True):
        cell.text = words
    document.add_paragraph("one", style="List Bullet")
    document.add_paragraph("")
    document.add_heading("References", 1)
    document.add_paragraph("Synthetic A. About Gamma. 2001.")
    document.save(str(tmp_path / "a.docx"))
    prose = read_docx(tmp_path / "a.docx")
    assert [(b.kind, b.text, b.locator) for b in prose.blocks] == [
        ("title", "A synthetic visit", "paragraph=1"),
        ("heading", "What was seen", "paragraph=2"),
        ("paragraph", "The scales fold.", "paragraph=3"),
        ("table", "a | b\n1 | two lines", "paragraph=4"),
        ("list", "one", "paragraph=5"),
    ]
    assert prose.title == "A synthetic visit"
    assert prose.account.dropped == {"empty": 1, "references": 2}


def test_a_zip_that_unpacks_to_far_more_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (129 << 20))
    with pytest.raises(Refused, match="unpacks to"):
        read_docx(tmp_path / "a.docx")


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(Refused, match="damaged"):
        read_docx(tmp_path / "a.docx")


def test_an_entity_is_never_expanded(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(tmp_path / "a.docx") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    secret = tmp_path / "secret"
    secret.write_text("secret words", encoding="utf-8")
    head = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "more words">]>'.encode()
    inner = b"<w:body><w:p><w:r><w:t>plain &x; &y;</w:t></w:r></w:p>"
    document = (
        parts["word/document.xml"].replace(b"<w:document", head + b"<w:document", 1).replace(b"<w:body>", inner, 1)
    )
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as packed:
        for name, content in (parts | {"word/document.xml": document}).items():
            packed.writestr(name, content)
    try:
        words = read_docx(tmp_path / "b.docx").text
    except Refused:
        return
    assert "secret" not in words
    assert "more words" not in words
