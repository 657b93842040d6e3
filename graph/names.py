"""What makes two spellings one name: the normal form that identity is decided on.

>>> name_key("  Friendship  BENCH ")
'friendship-bench'
>>> name_key("Método Madre Canguro")
'metodo-madre-canguro'
"""

from __future__ import annotations

import re
import unicodedata

# Letters and digits of every script stay; everything between them is a boundary. Combining marks are gone by then.
_BOUNDARY = re.compile(r"[\W_]+")


def name_key(text: str) -> str:
    """Return the normal form of a name: NFKC, casefolded, marks stripped, all other runs a single hyphen.

    A name made of symbols alone ("+") keeps its characters' code points, so that it never becomes empty.
    """
    if text.isascii():  # nothing to fold but case, and most names are
        bare = text.lower()
    else:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        bare = unicodedata.normalize("NFC", "".join(c for c in folded if not unicodedata.combining(c)))
    key = _BOUNDARY.sub("-", bare).strip("-")
    if key:
        return key
    return "-".join(f"u{ord(c):x}" for c in text.strip())


def tidy(text: str) -> str:
    """Return the words of a cell with outer space cut, inner space single and Unicode composed (NFC)."""
    return unicodedata.normalize("NFC", " ".join(text.split()))
