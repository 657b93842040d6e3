"""How a report is known: by DOI, else by its normalised address, else by IATI identifier, else by content hash."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_HOSTS = {"doi.org", "dx.doi.org", "www.doi.org"}
_BRACKETS = {")": "(", "]": "[", ">": "<", "}": "{"}


def normal_doi(text: str) -> str | None:
    """Return a DOI in its lower-case bare form, or null if the text holds none (DOI Handbook §2: case-insensitive).

    Punctuation after it is not part of it; a closing bracket is, where it was opened inside.
    """
    # Only in an address can a DOI stand percent-encoded (RFC 3986 §2.1).
    found = _DOI.search(unquote(text) if "://" in text else text)
    if not found:
        return None
    doi = found.group(0).lower()
    while doi[-1] in ".,;:'\"" or (doi[-1] in _BRACKETS and doi.count(doi[-1]) > doi.count(_BRACKETS[doi[-1]])):
        doi = doi[:-1]
    return None if doi.endswith("/") and doi.count("/") == 1 else doi


def normal_url(text: str) -> str | None:
    """Return an address that is the same for the same page: no scheme, no `www.`, no trailing slash, host lower-case.

    The query stays, since many sites name their pages in it; a fragment goes. Null if the text is no web address.
    """
    try:
        parts: SplitResult = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return None
    host = parts.hostname.removeprefix("www.")
    at = f":{port}" if port and port not in {80, 443} else ""
    path = parts.path.rstrip("/")
    return f"{host}{at}{path}{'?' + parts.query if parts.query else ''}"


def report_key(
    *, doi: str | None = None, url: str | None = None, iati: str | None = None, content: str | None = None
) -> str | None:
    """Return the key of a report from what is known of it, the surest first; null if nothing is.

    >>> report_key(url="https://doi.org/10.1136/BMJGH-2022-008691")
    'doi:10.1136/bmjgh-2022-008691'
    >>> report_key(url="http://www.inkmc.net/index.php/2.-kmc-programs-4/page1/")
    'url:inkmc.net/index.php/2.-kmc-programs-4/page1'
    """
    if doi and (bare := normal_doi(doi)):
        return f"doi:{bare}"
    if url and (address := normal_url(url)):
        if address.split("/", 1)[0] in _DOI_HOSTS and (bare := normal_doi(unquote(address))):
            return f"doi:{bare}"
        return f"url:{address}"
    if iati and iati.strip():
        return f"iati:{iati.strip()}"
    return f"sha256:{content}" if content else None
