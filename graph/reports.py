"""How a report is known: by DOI, else by its normalised address, else by IATI identifier, else by content hash."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_HOSTS = {"doi.org", "dx.doi.org", "www.doi.org"}


def normal_doi(text: str) -> str | None:
    """Return a DOI in its lower-case bare form, or null if the text holds none (DOI Handbook §2: case-insensitive)."""
    found = _DOI.search(unquote(text.strip()))
    return found.group(0).rstrip(".,;").lower() if found else None


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
    if url:
        if (urlsplit(url.strip()).hostname or "").lower() in _DOI_HOSTS and (bare := normal_doi(url)):
            return f"doi:{bare}"
        if address := normal_url(url):
            return f"url:{address}"
    if iati and iati.strip():
        return f"iati:{iati.strip()}"
    return f"sha256:{content}" if content else None
