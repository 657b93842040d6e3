"""Text folded for comparing quotes: what a typesetter changes is made alike, what a writer means is kept."""

from __future__ import annotations

import unicodedata

_ALIKE = dict.fromkeys("‘’‚‛′ʼ`´", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")  # soft hyphen, joiners, byte order mark


def folded(text: str) -> tuple[str, list[int]]:
    """Return a text folded (NFKC, quotes, dashes, white space, soft hyphens) and where each character comes from."""
    out: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        if char in _UNSEEN:
            continue
        for part in char if char.isascii() else unicodedata.normalize("NFKC", _ALIKE.get(char, char)):
            plain = _ALIKE.get(part, part)
            if plain.isspace():
                if out and out[-1] == " ":
                    continue
                plain = " "
            out.append(plain)
            offsets.append(at)
    return "".join(out), offsets
