"""Content negotiation: which of the media types on offer a client likes best (RFC 9110 §12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def best(accept: str | None, offers: Mapping[str, str]) -> str | None:
    """Return what the best liked offer stands for, ties by the order of the offers; null if none is acceptable.

    Args:
        accept: the header; null is anything.
        offers: media type to what it stands for, so that `application/json` may mean a more telling type.

    >>> best("text/csv;q=0.5, text/*;q=0.1, */*;q=0", {"text/html": "html", "text/csv": "csv"})
    'csv'

    """
    ranges = list(_ranges(accept if accept and accept.strip() else "*/*"))
    liked = [(_quality(media, ranges), media) for media in offers]
    quality, media = max(liked, key=lambda pair: pair[0])
    return offers[media] if quality > 0 else None


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    """Return how much a type is liked: the most specific range that it lies in decides."""
    whole, kind = media, media.partition("/")[0] + "/*"
    for wanted in (whole, kind, "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = _number(value.strip())
        yield name, quality


def _number(text: str) -> float:
    """Return a weight between 0 and 1; one that is malformed counts as 0, for it cannot be a wish."""
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
