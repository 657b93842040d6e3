"""Real papers, PDF reports and seeds: pages, paragraphs and front matter compared with independent counts of them."""

from __future__ import annotations

import csv
import html
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from southerly.graph.reports import normal_doi
from southerly.ingest.prose.blocks import Refused, find
from southerly.ingest.prose.forms import parse
from southerly.ingest.prose.jats import read_jats

pytestmark = pytest.mark.oracle

OUTSIDE = [
    "ref-list",
    "fn",
    "fn-group",
    "table-wrap-foot",
    "table",
    "caption",
    "sub-article",
    "response",
    "supplementary-material",
    "bio",
    "def",
]
PARAGRAPHS = (
    "count((/article/front/article-meta/abstract//p | /article/front/article-meta/trans-abstract//p | /article/body//p"
    " | /article/back//p | /article/floats-group//p)[normalize-space(.) != '']"
    f"[not({' or '.join(f'ancestor::{name}' for name in OUTSIDE)})])"
)


def jats(data: Path) -> list[Path]:
    found = sorted((data / "data" / "jats").glob("*.xml"))
    assert len(found) > 20
    return found


def test_every_article_gives_the_paragraphs_that_an_xpath_counts(data: Path) -> None:
    for path in jats(data):
        prose = read_jats(path)
        tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, load_dtd=False, recover=True))
        places = {
            b.locator
            for b in prose.blocks
            if b.kind in ("paragraph", "list") and "/p" in b.locator.rsplit("/", 1)[1].join("//")
        }
        wanted = int(tree.xpath(PARAGRAPHS))
        emptied = prose.account.dropped.get("empty", 0)  # paragraphs of citations, or of a table, alone
        assert wanted - emptied <= len(places) <= wanted, path.name
        for block in prose.blocks:
            assert len(tree.xpath(block.locator)) == 1, (path.name, block.locator)


def test_front_matter_is_that_of_the_manifest(data: Path) -> None:
    with (data / "data" / "jats" / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        manifest = {row["file"]: row for row in csv.DictReader(file)}
    for path in jats(data):
        prose, row = read_jats(path), manifest[path.name]
        assert prose.doi == (normal_doi(row["doi"]) if row["doi"] else None), path.name
        assert prose.title == " ".join(html.unescape(row["title"]).split()), path.name
        if row["licence_url"].startswith("creativecommons"):
            assert row["licence_url"] in (prose.licence or ""), path.name
        tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, load_dtd=False, recover=True))
        years = tree.xpath("/article/front/article-meta/pub-date[not(@pub-type='pmc-release')]/year/text()")
        assert prose.year == (min(years) if years else None), path.name


def test_no_reference_is_in_the_text(data: Path) -> None:
    for path in jats(data):
        prose = read_jats(path)
        tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, load_dtd=False, recover=True))
        assert prose.account.dropped.get("references", 0) == int(tree.xpath("count(//ref-list//ref)"))
        own = " ".join(
            tree.xpath("string(/article/body)").split()
        )  # some articles name key papers in a box of their own
        for title in tree.xpath("//ref-list//article-title")[:40]:
            words = " ".join("".join(title.itertext()).split())
            assert len(words) < 30 or words in own or words not in prose.text, (path.name, words)


def test_every_pdf_is_read_with_all_its_pages(data: Path) -> None:
    paths = sorted((data / "data" / "pdf_reports").glob("*.pdf"))
    assert len(paths) > 8
    for path in paths:
        document = pypdfium2.PdfDocument(path)
        prose = parse(path)
        assert prose.account.pages == len(document), path.name
        said = sum(len(document[n].get_textpage().get_text_range().split()) for n in range(len(document)))
        aside = sum(prose.account.dropped.values())
        assert prose.account.words > 0.9 * said or aside > 15, path.name


def test_a_pdf_says_what_its_jats_says(data: Path) -> None:
    pairs = [(p, data / "data" / "pdf_reports" / f"{p.stem}.pdf") for p in jats(data)]
    pairs = [pair for pair in pairs if pair[1].exists()]
    assert len(pairs) >= 4
    for xml, pdf in pairs:
        paper, printed = read_jats(xml), parse(pdf)
        assert printed.doi == paper.doi, pdf.name
        assert printed.title == paper.title, pdf.name
        assert printed.year == paper.year, pdf.name
        sentences = [
            s
            for b in paper.blocks
            if b.kind == "paragraph"
            for s in b.text.split(". ")
            if 60 < len(s) < 300 and s.isascii()
        ]
        plain = [s for s in sentences if not any(c.isdigit() for c in s)]
        found = sum(find(printed, sentence) is not None for sentence in plain[:40])
        assert found > 0.7 * len(plain[:40]), (pdf.name, found, len(plain[:40]))


def test_an_old_word_document_is_refused(data: Path) -> None:
    (path,) = (data / "data" / "pdf_reports").glob("*.doc")
    with pytest.raises(Refused, match="old Word document"):
        parse(path)


def test_the_seeds_are_read_without_what_stands_around_them(data: Path) -> None:
    wanted = {
        "issa-2017-shared-learning.txt": (
            "Effective debriefing",
            "10.1177/0141076817712251",
            ("Skip to main", "Easterly W."),
        ),
        "haffejee-2023-community-of-practice.txt": (
            "differing organizational mandates",
            "10.1108/jica-04-2023-0021",
            ("实践", "DOIUrl"),
        ),
        "ssle-experts-study-abstract.txt": ("Sixteen experts", None, ()),
    }
    for name, (words, doi, outside) in wanted.items():
        prose = parse(data / "seeds" / name)
        assert words in prose.text
        assert prose.doi == doi
        assert not any(other in prose.text for other in outside)
