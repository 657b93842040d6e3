"""IATI files as a stream of activities: XML that is never trusted, one activity in memory at a time.

No entity, no document type, no network. libxml2's own limits (256 levels, 10 MB a text) stay on, and an activity has
one of its own, so that neither a long file nor a hostile one fills the memory. What stands in other namespaces, or
outside `/iati-activities/iati-activity`, is no activity and is passed over.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from .reading import Problem
from .table_batch import WHOLE, excerpt, unreadable
from .table_text import MAX_RATIO, MAX_UNPACKED, RATIO_FROM

Element: TypeAlias = Any  # lxml publishes no types

ROOT = "iati-activities"
ACTIVITY = "iati-activity"
MAX_ACTIVITY = 32 << 20  # octets
MAX_TAGS = 1_000_000  # of an activity: an element costs far more memory than the four octets it may be written in
_MAX_PROLOGUE = 1 << 20  # octets before the root: an XML declaration, comments
_BLOCK = 1 << 18
_ADVICE = re.compile(r",? (?:use|try) XML_PARSE_HUGE(?: option)?")  # libxml2's, to those who write programs
_GZIP = b"\x1f\x8b"
_WHOLE_FILE = "a whole, well-formed IATI file of activities (version 1.01 to 2.03)"
_AGAIN = "fetch it again from its publisher, or mend it, then ingest it once more"


@dataclass(frozen=True, slots=True)
class Head:
    """How an XML file begins."""

    root: str  # local name of the root element
    namespace: str | None
    doctype: bool  # whether a document type stands before it, which may declare entities


class Activities:
    """The activities of a file, in order. Once they are through, `problem` says what kept it from being read whole.

    An element is good until the next one is asked for.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self.octets = 0
        self.problem: Problem | None = None

    def __iter__(self) -> Iterator[Element]:
        self.problem = _refusal(read_head(self.path))
        if self.problem:
            return
        try:
            yield from self._parsed()
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            found = f"a compressed file that is damaged ({error}){self._told()}"
            self.problem = unreadable(found, "a whole gzip file", _AGAIN)

    def _parsed(self) -> Iterator[Element]:
        from lxml import etree

        parser = etree.XMLPullParser(events=("end",), tag=ACTIVITY, **_hardened())
        octets = tags = 0  # since the last activity's end
        for block in self._blocks():
            self.octets += len(block)
            octets += len(block)
            tags += block.count(b"<")
            broken = _fed(parser, block)
            for _, element in parser.read_events():
                if _is_activity(element):
                    octets = tags = 0
                    self.count += 1
                    yield element
                    _forget(element)
            if broken is not None:
                self.problem = self._broken(broken)
                return
            if octets > MAX_ACTIVITY or tags > MAX_TAGS:
                self.problem = self._endless(octets, tags)
                return
        broken = None if self.problem else _fed(parser, None)
        if broken is not None:
            self.problem = self._broken(broken)

    def _blocks(self) -> Iterator[bytes]:
        with self.path.open("rb") as file, unpacked(file) as content:
            while block := content.read(_BLOCK):
                read = self.octets + len(block)
                if content is not file and (
                    read > MAX_UNPACKED or (read > RATIO_FROM and read > MAX_RATIO * file.tell())
                ):
                    found = f"a compressed file that unpacks to more than {read >> 20:,} MB{self._told()}"
                    expected = f"at most {MAX_UNPACKED >> 20:,} MB, and at most {MAX_RATIO} times the packed size"
                    self.problem = unreadable(found, expected, "unpack it yourself, if you trust it")
                    return
                yield block

    def _told(self) -> str:
        """Tell what became of the activities before a break."""
        return f"; activities read before that: {self.count:,}" if self.count else "; no activity could be read"

    def _broken(self, error: str) -> Problem:
        hint = f"{_AGAIN}; what it said before, and does not say now, stays until then"
        return Problem(WHOLE, f"XML that breaks off or is wrong: {error}{self._told()}", _WHOLE_FILE, hint)

    def _endless(self, octets: int, tags: int) -> Problem:
        found = f"{octets >> 20} MB and {tags:,} tags since the last activity's end{self._told()}"
        expected = f"at most {MAX_ACTIVITY >> 20} MB and {MAX_TAGS:,} tags an activity"
        return Problem(locator_of(self.count + 1), found, expected, "split it, if you trust it")


def read_head(path: Path) -> Head | None:
    """Return how an XML file begins, without reading on; null if it is not XML, or no root comes in a megabyte."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file, unpacked(file) as content:
            return _read_head(content)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return None


def _read_head(content: BinaryIO) -> Head | None:
    block = content.read(_BLOCK)
    if not block[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
        return None  # in no encoding is it XML: spare the parser
    from lxml import etree

    seen = _Seen()
    parser = etree.XMLParser(target=seen, **_hardened())
    try:
        for _ in range(_MAX_PROLOGUE // _BLOCK):
            parser.feed(block)
            block = content.read(_BLOCK)
            if not block:
                break
    except (_Enough, etree.XMLSyntaxError):
        pass
    if seen.tag is None:
        return None
    namespace, _, local = seen.tag.rpartition("}")
    return Head(local, namespace.removeprefix("{") or None, seen.typed)


def unpacked(file: BinaryIO) -> BinaryIO:
    """Return a file's content: what is inside, if it is packed by gzip, whatever its name says."""
    packed = file.read(2) == _GZIP
    file.seek(0)
    return gzip.GzipFile(fileobj=file) if packed else file  # type: ignore[return-value] # it reads as a file does


def locator_of(number: int) -> str:
    """Return the XPath of an activity by its number, from one."""
    return f"/{ROOT}/{ACTIVITY}[{number}]"


class _Enough(Exception):
    """The root has come: nothing more is wanted."""


class _Seen:
    """A parser's target that only looks at how a file begins."""

    def __init__(self) -> None:
        self.tag: str | None = None
        self.typed = False

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        self.tag, self.typed = name, True  # the root's name too, should its declarations break the parser

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self.tag = tag
        raise _Enough

    def close(self) -> None:
        """Satisfy the parser, which calls it at the end of a file."""


def _hardened() -> dict[str, Any]:
    """Return the options of a parser that reads what nobody has vouched for."""
    no = dict.fromkeys(("resolve_entities", "load_dtd", "dtd_validation", "huge_tree", "recover", "collect_ids"), False)
    return no | {"no_network": True, "remove_comments": True, "remove_pis": True}


def _fed(parser: Any, block: bytes | None) -> str | None:
    """Give a parser the next octets, or their end; return what is wrong with the XML, if anything is."""
    from lxml import etree

    try:
        if block is None:
            parser.close()
        else:
            parser.feed(block)
    except etree.XMLSyntaxError as error:
        # The first complaint is the cause; the error raised is sometimes only its consequence.
        first = next(iter(parser.feed_error_log), None)
        text = f"{first.message.strip()}, line {first.line}" if first else error.msg
        text = _ADVICE.sub("", text)
        encoding = "; declare the encoding in the first line" if "encoding" in text else ""
        return excerpt(text, 160) + encoding
    return None


def _is_activity(element: Element) -> bool:
    """Say whether an element is an activity of the file, not one inside something else."""
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def _forget(element: Element) -> None:
    """Free an activity and all that stands before it. Its tail stays: the parser may still be writing it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]


def _refusal(head: Head | None) -> Problem | None:
    """Return why a file cannot hold activities, by how it begins."""
    if head is None:
        return unreadable("no XML, or XML that is wrong from its first lines", _WHOLE_FILE, _AGAIN)
    if head.doctype:
        found = "a document type (<!DOCTYPE …>), which can declare entities"
        return unreadable(found, f"an <{ROOT}> file without one", "delete that line, if you trust the file")
    if head.root == "iati-organisations":
        return unreadable("an IATI organisation file", "an IATI activity file", "ingest the publisher's activity files")
    if head.root == ACTIVITY and head.namespace is None:
        return unreadable("an <iati-activity> that stands alone", f"<{ROOT}> around it", "write the root around it")
    if head.root != ROOT or head.namespace is not None:
        within = f" in the namespace {excerpt(head.namespace)}" if head.namespace else ""
        return unreadable(
            f"an XML file of <{excerpt(head.root)}>{within}", f"<{ROOT}>", "check what kind of file it is"
        )
    return None
