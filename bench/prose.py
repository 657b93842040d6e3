"""How many pages a second Southerly reads of PDF reports, beside PDFium's own text of them.

    SOUTHERLY_DATA=… python bench/prose.py [FOLDER]

The peers are pypdfium2's `get_text_bounded` and `get_text_range`, page by page, which give the text alone: no lines,
blocks, places, headers set aside. Each round reads every PDF of the folder once; the numbers are medians of rounds, in
seconds of the processor, since those of the clock tell more of what else runs on the machine.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pypdfium2
from southerly.ingest.prose.pdf import read_pdf
from turns import rounds

_ROUNDS = 9


def main() -> None:
    """Print a line a reader."""
    given = sys.argv[1] if len(sys.argv) > 1 else Path(os.environ["SOUTHERLY_DATA"]) / "data" / "pdf_reports"
    paths = sorted(Path(given).glob("*.pdf"))
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    readers: dict[str, Callable[[Path], object]] = {
        "southerly, blocks": read_pdf,
        "get_text_bounded": bounded,
        "get_text_range": ranged,
    }
    times = rounds(paths, readers, _ROUNDS)
    peer = median(times["get_text_bounded"])
    print(f"{len(paths)} files, {pages} pages, medians of {_ROUNDS} rounds")  # noqa: T201 # a benchmark prints
    for name, seconds in times.items():
        each = median(seconds)
        print(f"{name:20} {pages / each:8.0f} pages a second, {peer / each:5.0%} of get_text_bounded")  # noqa: T201


def bounded(path: Path) -> int:
    """Return the length of a PDF's text, as pypdfium2 gives it."""
    document = pypdfium2.PdfDocument(path)
    return sum(len(document[number].get_textpage().get_text_bounded()) for number in range(len(document)))


def ranged(path: Path) -> int:
    """Return the length of a PDF's text by its other function."""
    document = pypdfium2.PdfDocument(path)
    return sum(len(document[number].get_textpage().get_text_range()) for number in range(len(document)))


if __name__ == "__main__":
    main()
