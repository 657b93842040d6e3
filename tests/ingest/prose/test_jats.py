"""JATS and NLM papers: words by section at their XPaths; citations, references and affiliations left out. Synthetic."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from southerly.ingest.prose.blocks import Prose, Refused
from southerly.ingest.prose.jats import is_jats, read_jats

DOCTYPE = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) v1.2//EN" "http://127.0.0.1:9/none.dtd">'
FRONT = """
<front><journal-meta><journal-title-group>
<journal-title>Synthetic Journal</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmid">1</article-id>
<article-id pub-id-type="doi">10.5555/Synthetic.9</article-id>
<title-group>
<article-title>Visits <italic>between</italic> wards<xref ref-type="fn" rid="f">*</xref></article-title></title-group>
<contrib-group><contrib contrib-type="author">
<name><surname>Synthetic</surname><given-names>A</given-names></name></contrib>
<contrib contrib-type="author">
<collab>The Synthetic Group</collab></contrib></contrib-group><aff>Ward of Alpha</aff>
<pub-date pub-type="pmc-release"><year>2001</year></pub-date><pub-date pub-type="epub"><year>2013</year></pub-date>
<pub-date pub-type="ppub"><year>2014</year></pub-date>
<permissions>
<license xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://creativecommons.org/licenses/by/4.0/"/></permissions>
<abstract><p>The abstract.</p></abstract></article-meta></front>"""


def read(tmp_path: Path, body: str, head: str = DOCTYPE, front: str = FRONT, back: str = "") -> Prose:
    path = tmp_path / "a.xml"
    path.write_text(
        f'{head}<article xml:lang="en">{front}<body>{body}</body><back>{back}</back></article>', encoding="utf-8"
    )
    assert is_jats(path)
    return read_jats(path)


def test_what_an_article_says_of_itself(tmp_path: Path) -> None:
    prose = read(tmp_path, "<p>Words.</p>")
    assert prose.title == "Visits between wards"
    assert prose.authors == "A Synthetic; The Synthetic Group"
    assert (prose.doi, prose.year, prose.publisher) == ("10.5555/synthetic.9", "2013", "Synthetic Journal")
    assert (prose.licence, prose.language) == ("http://creativecommons.org/licenses/by/4.0/", "en")
    assert prose.account.dropped == {"affiliations": 1}


def test_numbers_of_citations_go_and_everything_else_stays(tmp_path: Path) -> None:
    cited = '<xref ref-type="bibr" rid="r1">1</xref>'
    prose = read(
        tmp_path,
        f"<p>Seen before [{cited}, {cited}]. Twice<sup>{cited}–{cited}</sup> in 10<sup>3</sup> wards ({cited}), "
        'as <xref ref-type="fig" rid="f1">Figure 1</xref> shows &#8220;well&#8221;&nbsp;enough.</p>',
    )
    assert prose.blocks[-1].text == "Seen before. Twice in 103 wards, as Figure 1 shows “well” enough."


def test_sections_lists_tables_and_figures_are_blocks_at_their_paths(tmp_path: Path) -> None:
    prose = read(
        tmp_path,
        "<sec><title>One</title><p>First.</p><sec><title>Deeper</title><p>Second."
        "<list><list-item><p>item</p></list-item></list></p></sec>"
        "<p>Third.</p></sec><fig><label>1</label><caption><p>The figure.</p></caption></fig>"
        "<table-wrap><caption><title>The table.</title></caption>"
        "<table><tr><th>a</th><th>b</th></tr>"
        "<tr><td>1</td><td>2</td></tr></table></table-wrap>",
        back="<ref-list><ref><mixed-citation>Nobody 2001</mixed-citation></ref><ref/></ref-list>"
        "<ack><p>Thanks.</p></ack>",
    )
    told = [(b.kind, b.text, b.section) for b in prose.blocks[2:]]
    assert told == [
        ("heading", "One", "One"),
        ("paragraph", "First.", "One"),
        ("heading", "Deeper", "Deeper"),
        ("paragraph", "Second.", "Deeper"),
        ("list", "item", "Deeper"),
        ("paragraph", "Third.", "One"),
        ("caption", "The figure.", None),
        ("caption", "The table.", None),
        ("table", "a | b\n1 | 2", None),
        ("paragraph", "Thanks.", None),
    ]
    assert prose.account.dropped == {"affiliations": 1, "labels": 1, "references": 2}
    tree = etree.parse(
        str(tmp_path / "a.xml"), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    )
    for block in prose.blocks:
        (element,) = tree.xpath(block.locator)
        assert block.kind == "table" or "".join(element.itertext()).startswith(block.text[:5])


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        ('<!DOCTYPE article [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', "<p>&b;</p>", "declarations of entities"),
        ('<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "<p>&x;</p>", "declarations of entities"),
        (DOCTYPE, "<p>" * 3000, "breaks off or is wrong"),
        (DOCTYPE, "<sec>" * 300 + "</sec>" * 300, "breaks off or is wrong"),
    ],
)
def test_hostile_xml_is_refused(tmp_path: Path, head: str, body: str, found: str) -> None:
    with pytest.raises(Refused, match=found):
        read(tmp_path, body, head=head)


def test_other_xml_is_no_article(tmp_path: Path) -> None:
    for words in ("<iati-activities/>", "<html/>", "words", ""):
        (tmp_path / "b.xml").write_text(words, encoding="utf-8")
        assert not is_jats(tmp_path / "b.xml")
