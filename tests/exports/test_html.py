"""The HTML report, read in a real browser without a network: what it shows is the ledger's, and nothing in it runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser, Page, sync_playwright
from southerly.exports.html_parts import address_of, link
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import View
from southerly.ontology.countries import country_label
from southerly.queries.conflicts import conflicts
from southerly.queries.curve import curve
from southerly.queries.filters import window
from southerly.queries.spread import spread
from southerly.queries.why import why

from .picture_claims import EVIL, EVIL_CLAIMS, EVIL_SAYINGS, LAMP, LAMP_CLAIMS, SAYINGS

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def lamps(new_ledger: Callable[[], Ledger], commit: Callable[..., Any]) -> Ledger:
    """Return a graph of an innovation that reports disagree on, and of one whose every text is hostile."""
    ledger = new_ledger()
    quoted = [claim | {"quote": "the synthetic words of a report"} for claim in LAMP_CLAIMS]
    commit(ledger, {"lamp": quoted, "evil": EVIL_CLAIMS}, sayings={"lamp": SAYINGS, "evil": EVIL_SAYINGS})
    return ledger


@pytest.fixture(scope="module")
def asked(lamps: Ledger) -> dict[str, Any]:
    """Return its own answers on the lamp."""
    with closing((view := View(lamps)).con):
        known = Identity(view)
        answers = {question.__name__: question(known, LAMP) for question in (spread, why, conflicts, curve)}
        return {name: answer.data for name, answer in answers.items()} | {
            "transfers": answers["spread"].to_networkx().number_of_edges()
        }


@pytest.fixture(scope="module")
def page_of(lamps: Ledger, exported: Any) -> Path:
    """Return the report on the lamp."""
    path: Path = exported(lamps, "html", innovation=LAMP)[0]
    return path.rename(path.with_suffix(".html"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("These tests read the report in Chromium, and there is none: `apt-get install chromium`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, path: Path, *, wide: int = 1280, script: bool = True) -> Iterator[Page]:
    """Open a file without a network, and see that it asked for nothing else and complained of nothing."""
    context = browser.new_context(offline=True, java_script_enabled=script, viewport={"width": wide, "height": 900})
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("request", lambda request: heard.append(f"request: {request.url}"))
    page.goto(path.as_uri())
    yield page
    context.close()
    assert [line for line in heard if line.split("#")[0] != f"request: {path.as_uri()}"] == []


def rows(page: Page, table: str) -> list[list[str]]:
    """Return the cells of a table's rows."""
    return [row.locator("th, td").all_inner_texts() for row in page.locator(f"#{table} tbody tr").all()]


@pytest.mark.parametrize("script", [True, False])
def test_the_tables_are_the_ledgers_with_a_script_and_without(
    browser: Browser, page_of: Path, asked: dict[str, Any], script: bool
) -> None:
    told = asked["spread"]
    with opened(browser, page_of, script=script) as page:
        adopters = rows(page, "adopters-table")
        assert [(row[0], row[1], row[3], row[6]) for row in adopters] == [
            (country_label(a["country"]), a["site"] or "", a["stage"] or "", str(a["reports"]))
            for a in told["adoptions"]
        ]
        learned = {row[0]: row[4] for row in adopters}
        assert learned["South Africa"] == "Zimbabwe, Synthetic Mission (stated)"
        assert learned["Uganda"] == "Kenya (inferred)"
        assert (learned["Tuvalu"], learned["United Kingdom"]) == ("Colombia (assumed)", "")
        assert len(rows(page, "transfers-table")) == asked["transfers"]
        assert [row[0] for row in rows(page, "origins-table")] == ["Colombia", "Zimbabwe"]
        assert page.get_by_text("Contested: reports name more than one country").is_visible()
        assert page.locator(".claim").count() == len(asked["why"]["claims"])
        assert page.locator("#tree").count() == 1


def test_the_numbers_at_the_top_are_the_ledgers(browser: Browser, page_of: Path, asked: dict[str, Any]) -> None:
    told = asked["spread"]
    reports = {claim["report"]["id"] for claim in asked["why"]["claims"]}
    with opened(browser, page_of) as page:
        assert page.locator(".numbers li").all_inner_texts() == [
            f"{len(told['countries'])}\nadopting countries",
            f"{len(told['adoptions'])}\nadoptions",
            f"{asked['transfers']}\ntransfers",
            f"{len(reports)}\nreports",
            f"{len(asked['why']['claims'])}\nclaims",
            f"{len(asked['conflicts'])}\nconflict{'s' if len(asked['conflicts']) != 1 else ''}",
        ]
        summary = page.locator("section").first.inner_text()
        assert "It began in Colombia or Zimbabwe (contested: reports disagree)." in summary
        assert "only considered in United Kingdom" in summary
        assert "Of 1 adoption nobody says from where it was learned." in summary
        assert "1 claim of an adoption that cannot be put in any one country, for example “Africa”" in summary
        values = [row[0] for row in rows(page, "conflict-1")]
        assert values == [value["label"] for value in asked["conflicts"][0]["values"]]
        years = asked["curve"]["years"]
        page.get_by_text("Year by year").click()
        assert rows(page, "curve-table")[-1][:3] == [str(years[-1][key]) for key in ("year", "certain", "possible")]


def test_columns_sort_both_ways_by_what_they_mean(browser: Browser, page_of: Path) -> None:
    with opened(browser, page_of) as page:
        head = page.get_by_role("columnheader", name="Country").first
        head.get_by_role("button").click()
        first = [row[0] for row in rows(page, "adopters-table")]
        assert first == sorted(first)
        assert head.get_attribute("aria-sort") == "ascending"
        head.get_by_role("button").press("Enter")
        assert [row[0] for row in rows(page, "adopters-table")] == first[::-1]
        page.locator("#adopters-table").get_by_role("button", name="Began").click()
        began = [row[2] for row in rows(page, "adopters-table")]
        assert began[0] == "1979"
        assert began[-2:] == ["not stated", "not stated"]
        assert head.get_attribute("aria-sort") is None


def test_evidence_opens_from_the_tables_and_says_who_said_it_where(browser: Browser, page_of: Path) -> None:
    with opened(browser, page_of) as page:
        claim = page.locator("#adopters-table tbody tr", has_text="Fiji").get_by_role("link").last
        target = page.locator(str(claim.get_attribute("href")))
        assert not target.is_visible()
        claim.click()
        assert target.is_visible()
        said = target.inner_text()
        assert "the synthetic words of a report" in said
        assert "lamp row=7" in said
        assert "Synthetic report on lamps" in said
        button = page.get_by_role("button", name="Open all")
        button.click()
        assert page.locator(".claim:not([open])").count() == 0
        page.get_by_role("button", name="Close all").click()
        assert page.locator(".claim[open]").count() == 0
    with opened(browser, page_of, script=False) as page:
        assert page.get_by_role("button").count() == 0
        page.locator(".claim summary").first.click()
        assert page.locator(".claim[open] blockquote").first.is_visible()


def test_reports_are_cited_with_links_to_the_web_alone(browser: Browser, page_of: Path) -> None:
    with opened(browser, page_of) as page:
        links = {a.inner_text(): a.get_attribute("href") for a in page.locator("ol cite a").all()}
        assert links == {
            "Synthetic report on lamps": "https://example.org/lamp",
            "Synthetic review": "https://doi.org/10.9999/lamp-b",
        }
        assert "Alpha, A. (2004)" in page.locator("#report-1").inner_text()
        about = page.locator("section").last.inner_text()
        assert "CC BY 4.0: 1 report" in about
        assert "Natural Earth" in about
        assert "sha256:" in about


def test_nothing_hostile_runs_breaks_out_or_is_lost(browser: Browser, lamps: Ledger, exported: Any) -> None:
    path: Path = exported(lamps, "html", innovation=f"Synthetic {EVIL}")[0]
    with opened(browser, path := path.rename(path.with_suffix(".html"))) as page:
        assert page.evaluate("window.hit") is None
        assert page.locator("h1").inner_text() == f"Synthetic {EVIL}"
        assert page.locator("img, iframe, object, embed, link, [onerror], [style]").count() == 0
        assert page.locator("script").count() == 1
        assert page.locator("a[href^='javascript']").count() == 0
        assert rows(page, "adopters-table")[0][1] == f"Site {EVIL}"
        page.locator(".claim summary").first.click()
        assert f"words {EVIL}" in page.locator(".claim[open]").inner_text()
        assert f"Report {EVIL}" in page.locator("ol").inner_text()


def test_what_would_have_got_in_could_neither_run_nor_fetch(browser: Browser, page_of: Path) -> None:
    page = browser.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.goto(page_of.as_uri())
    page.evaluate(
        """() => {
            document.body.insertAdjacentHTML("beforeend", "<img src='https://x.example/y.png' onerror='hit = 1'>");
            document.body.append(Object.assign(document.createElement("script"), {text: "window.hit = 2"}));
        }"""
    )
    page.wait_for_function("document.images[0].complete")
    assert page.evaluate("window.hit") is None
    assert all("Content Security Policy" in line for line in heard)
    assert len(heard) >= 3
    page.close()


@pytest.mark.parametrize("wide", [1280, 375])
def test_the_page_never_scrolls_sideways(browser: Browser, page_of: Path, wide: int) -> None:
    with opened(browser, page_of, wide=wide) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
        box = page.locator(".scroll").first.bounding_box()
        assert box
        assert box["width"] > 0.9 * wide - 60


def test_paper_gets_all_that_is_folded(browser: Browser, page_of: Path) -> None:
    with opened(browser, page_of, script=False) as page:
        page.emulate_media(media="print")
        assert page.locator(".claim blockquote").last.is_visible()
        assert not page.get_by_role("navigation").is_visible()


def test_it_can_be_heard_and_steered_by_keys(page_of: Path) -> None:
    root = lxml_html.fromstring(page_of.read_bytes())
    assert root.get("lang") == "en"
    levels = [int(node.tag[1]) for node in root.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [node.get("id") for node in root.iter() if isinstance(node.tag, str) and node.get("id")]
    assert len(ids) == len(set(ids))
    for node in root.iter("svg"):
        assert node.get("role") == "img"
        assert all(node.xpath(f".//*[@id='{id_}']") for id_ in node.get("aria-labelledby").split())
    assert len(list(root.iter("svg"))) == 3
    for node in root.xpath("//*[@tabindex]"):
        assert (node.get("role"), bool(node.get("aria-label"))) == ("region", True)
    assert all(node.get("scope") for node in root.iter("th"))
    for anchor in root.xpath("//a[starts-with(@href, '#')]"):
        assert anchor.get("href")[1:] in ids


def test_filters_narrow_the_report_and_are_told(browser: Browser, lamps: Ledger, exported: Any) -> None:
    asked = {"innovation": LAMP, "bases": ("stated",), "window": window("1990", None)}
    path = exported(lamps, "html", **asked)[0]
    with opened(browser, path := path.rename(path.with_suffix(".html"))) as page:
        assert {row[3] for row in rows(page, "transfers-table")} == {"stated"}
        assert {row[0] for row in rows(page, "adopters-table")} == {"Kenya", "South Africa", "Uganda", "Fiji"}
        assert "since 1990-01-01" in page.locator("section").last.inner_text()
        assert page.get_by_text("The curve counts adoptions of all years").is_visible()
        assert page.get_by_text("possibly match").first.is_visible()


def test_the_order_of_feeding_leaves_no_trace(new_ledger: Any, commit: Any, exported: Any) -> None:
    one, two = new_ledger(), new_ledger()
    commit(one, {"lamp": LAMP_CLAIMS, "evil": EVIL_CLAIMS}, sayings={"lamp": SAYINGS})
    commit(two, {"evil": EVIL_CLAIMS})
    commit(two, {"lamp": LAMP_CLAIMS}, sayings={"lamp": SAYINGS})
    first, second = (exported(ledger, "html", innovation=LAMP)[0].read_bytes() for ledger in (one, two))
    assert first == second


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https:",
        "https://exa mple.org",
        "http://[bad",
        "",
        None,
    ],
)
def test_what_is_no_web_address_becomes_no_link(url: str | None) -> None:
    assert link(url, "words") == "words"


def test_an_address_is_escaped() -> None:
    assert 'href="https://example.org/?a=&quot;&amp;b"' in link('https://example.org/?a="&b', "words")
    assert address_of({"doi": '10.9999/a"b?c'}) == "https://doi.org/10.9999/a%22b%3Fc"
