"""PDF reports: what is read, in which order, and what is set aside. All words here are synthetic."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from southerly.ingest.prose.blocks import Refused, find
from southerly.ingest.prose.pdf import read_pdf

Write = Callable[..., Path]


def column(left: float, top: float, *lines: str, size: float = 10) -> list[tuple[float, float, float, str]]:
    return [(left, top - 12 * n, size, line) for n, line in enumerate(lines)]


LEFT = (
    "The team from Alpha came to learn how the wards of",
    "Beta weigh newborns, and took the forms home with",
    "them for a first trial in the autumn of that year in",
)
RIGHT = (
    "two hospitals of the north, which had asked for help.",
    "A second visit came later, with nurses and a planner",
)


def test_a_paragraph_goes_on_from_line_to_line_and_column_to_column(tmp_path: Path, write_pdf: Write) -> None:
    page = [*column(50, 700, *LEFT), *column(320, 700, *RIGHT)]
    prose = read_pdf(write_pdf(tmp_path / "a.pdf", [page]))
    assert "that year in two hospitals of the north" in prose.text
    assert prose.text.index("weigh newborns") < prose.text.index("A second visit")


def test_columns_that_were_drawn_line_by_line_are_parted(tmp_path: Path, write_pdf: Write) -> None:
    left = [f"left line {n} of the one column of words" for n in range(12)]
    right = [f"right line {n} of the other column here" for n in range(12)]
    rows = [(x, 700 - 12 * n, 10.0, words) for n in range(12) for x, words in ((50.0, left[n]), (320.0, right[n]))]
    text = read_pdf(write_pdf(tmp_path / "a.pdf", [rows])).text
    assert text.index("left line 11") < text.index("right line 0")


def test_a_paragraph_over_two_pages_is_one_and_says_both(tmp_path: Path, write_pdf: Write) -> None:
    pages = [
        [*column(50, 700, *LEFT, "the southern districts, where the scales were brought by")],
        [
            *column(
                50,
                700,
                "boat, and the forms were printed again in the language of",
                "the district. Nothing else was needed.",
            )
        ],
    ]
    prose = read_pdf(write_pdf(tmp_path / "a.pdf", pages))
    place = find(prose, "brought by boat, and the forms")
    assert place is not None
    assert place.locator == f"page=1-2;char={place.start},{place.end}"
    assert place.quote == "brought by boat, and the forms"


def test_headers_footers_and_numbers_of_pages_are_set_aside_and_counted(tmp_path: Path, write_pdf: Write) -> None:
    pages = [
        [
            (50, 770, 8, f"Synthetic report of visits, volume 7, page {n}"),
            *column(50, 700, f"Visit {n} was short.", f"It was to place {n}."),
            (300, 30, 8, str(n)),
        ]
        for n in range(1, 5)
    ]
    prose = read_pdf(write_pdf(tmp_path / "a.pdf", pages))
    assert "volume 7" not in prose.text
    assert prose.account.dropped == {"headers and footers": 8}
    assert prose.account.pages == 4
    assert "Visit 3 was short." in prose.text


def test_words_cut_at_the_end_of_a_line_are_whole_with_their_own_hyphens(tmp_path: Path, write_pdf: Write) -> None:
    page = column(
        50, 700,
        "The community-led plan was good, and the visit of the commun-",
        "ity was long. A second plan, also community-",
        "led, followed it. They agreed on the informa-",
        "tion that they would share.",
    )  # fmt: skip
    text = read_pdf(write_pdf(tmp_path / "a.pdf", [page])).text
    assert "of the community was long" in text
    assert "also community-led, followed" in text
    assert "the information that" in text


def test_references_are_set_aside(tmp_path: Path, write_pdf: Write) -> None:
    page = [
        *column(50, 700, "The forms were good.", "They were kept."),
        (50, 640, 14, "References"),
        *column(50, 610, "1. Synthetic A. A paper about Gamma. 2001.", "2. Synthetic B. A paper about Delta. 2002."),
        (50, 560, 14, "Annex 1"),
        *column(50, 530, "The form itself."),
    ]
    prose = read_pdf(write_pdf(tmp_path / "a.pdf", [page]))
    assert "Gamma" not in prose.text
    assert "The form itself." in prose.text
    assert prose.account.dropped["references"] >= 2


def test_the_title_is_the_largest_type_not_the_name_of_a_file(tmp_path: Path, write_pdf: Write) -> None:
    page = [(50, 720, 20, "A synthetic visit to"), (50, 696, 20, "the wards of Beta"), *column(50, 640, *LEFT)]
    prose = read_pdf(write_pdf(tmp_path / "a.pdf", [page], title="report-final.dvi"))
    assert prose.title == "A synthetic visit to the wards of Beta"
    assert prose.blocks[0].kind == "title"


def test_what_a_report_says_of_itself(tmp_path: Path, write_pdf: Write) -> None:
    page = column(
        50,
        700,
        "Synthetic Journal (2019) 12:34",
        "https://doi.org/10.5555/synthetic.1",
        "licence creativecommons.org/licenses/by/4.0",
    )
    prose = read_pdf(write_pdf(tmp_path / "a.pdf", [page]))
    assert (prose.doi, prose.year, prose.licence) == (
        "10.5555/synthetic.1",
        "2019",
        "https://creativecommons.org/licenses/by/4.0/",
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.4\n1 0 obj\n<</Type", "damaged or cut off"),
        (b"just words", "no PDF"),
        (b"", "no PDF"),
    ],
)
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_pdf(path)
    assert found in refused.value.problem.found
    assert refused.value.problem.hint


def test_a_truncated_file_is_refused_or_read_never_a_crash(tmp_path: Path, write_pdf: Write) -> None:
    whole = write_pdf(tmp_path / "a.pdf", [column(50, 700, *LEFT)] * 3).read_bytes()
    for length in range(50, len(whole), 97):
        (tmp_path / "b.pdf").write_bytes(whole[:length])
        try:
            read_pdf(tmp_path / "b.pdf")
        except Refused:
            continue


def test_a_scan_is_said_to_be_one(tmp_path: Path, write_pdf: Write) -> None:
    with pytest.raises(Refused) as refused:
        read_pdf(write_pdf(tmp_path / "a.pdf", [[], []], picture=True))
    assert refused.value.problem.found == "2 pages that are pictures, without a text layer: a scan"
    assert "OCR" in refused.value.problem.hint


def test_an_endless_file_is_refused(tmp_path: Path, write_pdf: Write) -> None:
    with pytest.raises(Refused) as refused:
        read_pdf(write_pdf(tmp_path / "a.pdf", [[]] * 5001))
    assert "5,001 pages" in refused.value.problem.found


def test_an_encrypted_file_is_refused(tmp_path: Path, write_pdf: Write) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(50, 700, *LEFT)])
    locked = b"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O(%s)/U(%s)>>/ID[(a)(a)]" % (b"o" * 32, b"u" * 32)
    path.write_bytes(path.read_bytes().replace(b"/Root 1 0 R", b"/Root 1 0 R" + locked))
    with pytest.raises(Refused) as refused:
        read_pdf(path)
    assert "password" in refused.value.problem.found
