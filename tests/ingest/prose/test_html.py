"""Web pages: the article without its menus; pages that are traps. All words here are synthetic."""

from __future__ import annotations

from pathlib import Path

import pytest
from southerly.ingest.prose.blocks import Refused
from southerly.ingest.prose.html import read_html

PARAGRAPH = "The team from Alpha came to learn how the wards of Beta weigh newborns, and took form {} home."
PAGE = f"""<!doctype html><html lang="en"><head><title>A synthetic visit to Beta</title>
<meta name="citation_doi" content="10.5555/synthetic.10"><meta name="author" content="Anna Synthetic">
<meta property="article:published_time" content="2019-04-05"></head>
<body><nav><ul><li><a href="/">Home page</a></li><li><a href="/b">About us all</a></li></ul></nav>
<article><h1>A synthetic visit to Beta</h1>{"".join(f"<p>{PARAGRAPH.format(n)}</p>" for n in range(1, 8))}
<ul><li>scales that fold away easily</li><li>forms in two languages</li></ul></article>
<footer>Copyright of nobody, all cookies accepted</footer></body></html>"""


def test_the_article_is_read_and_menus_are_not(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    prose = read_html(path)
    assert all(PARAGRAPH.format(n) in prose.text for n in range(1, 8))
    assert "Home page" not in prose.text
    assert "cookies" not in prose.text
    assert (prose.title, prose.doi, prose.year) == ("A synthetic visit to Beta", "10.5555/synthetic.10", "2019")
    assert prose.account.dropped["words outside the article"] > 5


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<html><body>" + "<div>" * 1_000_000, "tags"),
        ("<html><body>" + "<div>" * 100_000 + "words" + "</div>" * 90_000, "nested"),
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", "without an article"),
        ("", "without an article"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused(tmp_path: Path, content: str, found: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match=found):
        read_html(path)
