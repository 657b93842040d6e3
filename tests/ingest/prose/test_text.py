"""Plain text and Markdown: paragraphs, and the chrome around them. All words here are synthetic."""

from __future__ import annotations

from pathlib import Path

import pytest
from southerly.ingest.prose.blocks import Prose, Refused
from southerly.ingest.prose.text import read_markdown, read_text

JOINED = (
    "The team from Alpha came to learn how newborns are weighed, and took the forms home with them "
    "for a first trial in the autumn."
)


def text(tmp_path: Path, words: str | bytes) -> Prose:
    path = tmp_path / "a.txt"
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return read_text(path)


def markdown(tmp_path: Path, words: str) -> Prose:
    path = tmp_path / "a.md"
    path.write_text(words, encoding="utf-8")
    return read_markdown(path)


def kinds(prose: Prose) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in prose.blocks]


def test_lines_broken_by_hand_are_joined_and_others_stand_alone(tmp_path: Path) -> None:
    prose = text(
        tmp_path,
        "A visit to the wards of Beta\n\n"
        "The team from Alpha came to learn how newborns are weighed,\n"
        "and took the forms home with them for a first trial in the\nautumn.\n\n"
        "What they saw:\n- scales that fold\n- forms in two languages\n",
    )
    assert kinds(prose) == [
        ("title", "A visit to the wards of Beta"),
        ("paragraph", JOINED),
        ("heading", "What they saw:"),
        ("list", "scales that fold"),
        ("list", "forms in two languages"),
    ]
    assert [block.locator for block in prose.blocks] == [f"paragraph={n}" for n in range(1, 6)]


def test_chrome_of_a_web_page_and_references_are_set_aside_and_counted(tmp_path: Path) -> None:
    prose = text(
        tmp_path,
        "Skip to main content\n. 2017 Jun 21;110(8):316–319. doi: 10.5555/Synthetic.7\n\n"
        "A synthetic paper on visits between wards\n\nThe visit was short.\n\nReferences\n\n"
        "  • 1.Synthetic A. About Gamma. 2001. [DOI] [Google Scholar]\n  • 2.Synthetic B. About Delta. 2002.\n",
    )
    assert prose.text == "A synthetic paper on visits between wards\n\nThe visit was short."
    assert (prose.title, prose.doi, prose.year) == (
        "A synthetic paper on visits between wards",
        "10.5555/synthetic.7",
        "2017",
    )
    assert prose.account.dropped == {"navigation": 2, "references": 3}


def test_labels_glued_into_a_structured_abstract_come_off(tmp_path: Path) -> None:
    prose = text(
        tmp_path, "PurposeThere is a need.Design/methodology/approachA study was made.FindingsThe goal was shared.\n"
    )
    assert [block.text for block in prose.blocks] == ["There is a need.", "A study was made.", "The goal was shared."]
    assert {block.locator for block in prose.blocks} == {"paragraph=1"}


def test_windows_1252_and_marks_of_byte_order_are_read(tmp_path: Path) -> None:
    assert text(tmp_path, "Visite à l’hôpital.\n".encode("cp1252")).text == "Visite à l’hôpital."
    assert text(tmp_path, b"\xff\xfe" + "Visite à pied.\n".encode("utf-16-le")).text == "Visite à pied."


def test_markdown_gives_headings_lists_tables_and_no_marks(tmp_path: Path) -> None:
    prose = markdown(
        tmp_path,
        "---\ntitle: A synthetic visit\nauthor: A. Synthetic\ndate: 2021-03-02\ndoi: 10.5555/synthetic.8\n---\n"
        "# What was seen\n\nThe **new** scales, see [the form](https://example.org/a_b).\nThey _fold_.\n\n"
        "* one\n* two\n\n```\ncode that is left out\n```\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nLast\n----\n> quoted words\n<!-- hidden -->\n",
    )
    assert kinds(prose) == [
        ("heading", "What was seen"),
        ("paragraph", "The new scales, see the form. They fold."),
        ("list", "one"),
        ("list", "two"),
        ("table", "a | b\n1 | 2"),
        ("heading", "Last"),
        ("paragraph", "quoted words"),
    ]
    assert (prose.title, prose.authors, prose.year, prose.doi) == (
        "A synthetic visit",
        "A. Synthetic",
        "2021",
        "10.5555/synthetic.8",
    )
    assert prose.account.dropped == {"code": 1}
    assert prose.blocks[1].section == "What was seen"


def test_what_is_no_text_or_too_much_of_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="NUL"):
        text(tmp_path, b"words\0words")
    with pytest.raises(Refused, match="more than 76 MB"):
        text(tmp_path, b"a" * 100_000_000)


def test_markup_that_never_ends_costs_no_time(tmp_path: Path) -> None:
    for nasty in (
        "[" * 19_000,
        "*a " * 6_000,
        "`" * 19_000,
        "<!--" * 20_000,
        "# " + "#" * 100_000 + "x",
        "- " * 100_000,
        "\n#" * 50_000,
        "---\n" * 50_000,
    ):
        assert len(markdown(tmp_path, nasty).text) <= len(nasty)
