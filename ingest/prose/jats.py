"""Papers in JATS and NLM XML, 2.2 to 1.3: their words by section, each at its XPath; references are set aside.

No document type is loaded, no entity expanded, no network used: a public identifier is only a name here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from ..iati_xml import read_head
from ..reading import Problem
from ..table_batch import WHOLE, excerpt
from .blocks import Builder, Prose, Refused
from .jats_front import front_of
from .jats_words import BLOCKS, name, words_of

Element: TypeAlias = Any  # lxml publishes no types

MAX_OCTETS = 64 << 20
_EXPECTED = "a whole, well-formed JATS or NLM article"

#: What is not the report's own prose, and why it is set aside.
_ASIDE = {
    "ref-list": "references",
    "fn-group": "footnotes",
    "fn": "footnotes",
    "table-wrap-foot": "footnotes",
    "disp-formula": "formulas",
    "disp-formula-group": "formulas",
    "tex-math": "formulas",
    "math": "formulas",
    "supplementary-material": "files apart",
    "media": "files apart",
    "graphic": "files apart",
    "sub-article": "articles within",
    "response": "articles within",
    "bio": "affiliations",
    "object-id": "labels",
    "label": "labels",
    "sec-meta": "labels",
    "attrib": "labels",
    "code": "code",
    "preformat": "code",
}
_PASSED = {"title", "caption", "alternatives"}  # read with what they belong to


def is_jats(path: Path) -> bool:
    """Say whether an XML file is an article, by its root element."""
    head = read_head(path)
    return head is not None and (head.root == "article" or (head.doctype and head.root.endswith(":article")))


def read_jats(path: Path) -> Prose:
    """Read an article. Raises Refused for what is no whole article, or declares entities of its own."""
    root = _parsed(path)
    tree = root.getroottree()
    built = Builder()
    front = front_of(root)
    reader = _Reader(built, tree)
    for meta in _at(root, "front", "article-meta"):
        for group in _at(meta, "title-group", "article-title"):
            built.add(words_of(group), "title", reader.path(group))
        for abstract in meta.iterchildren():
            if name(abstract) in ("abstract", "trans-abstract"):
                reader.heading(abstract)
                reader.read(abstract)
        built.drop("affiliations", sum(1 for e in meta.iter() if name(e) in ("aff", "corresp")))
    for part in root.iterchildren():
        if name(part) in ("body", "back", "floats-group", "floats-wrap"):
            built.section = None
            reader.read(part)
        elif name(part) in _ASIDE:
            built.drop(_ASIDE[name(part)])
    return built.finish(**front)


def _parsed(path: Path) -> Element:
    from lxml import etree

    if (size := path.stat().st_size) > MAX_OCTETS:
        found = f"an XML file of {size >> 20:,} MB"
        raise Refused(Problem(WHOLE, found, f"at most {MAX_OCTETS >> 20} MB an article", "split it into its articles"))
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=False, collect_ids=False,
    )  # fmt: skip

    class Nothing(etree.Resolver):  # type: ignore[misc] # lxml publishes no types
        """Answers every request for a document type with nothing, so that none is looked for."""

        def resolve(self, _address: str, _public: str, context: Any) -> Any:
            return self.resolve_string("", context)

    parser.resolvers.add(Nothing())
    try:
        with path.open("rb") as file:
            root = etree.parse(file, parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        again = "fetch it again from its publisher, or mend it"
        raise Refused(
            Problem(WHOLE, f"XML that breaks off or is wrong: {excerpt(str(error), 160)}", _EXPECTED, again)
        ) from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.entities()):
        hint = "delete these declarations, if you trust the file"
        raise Refused(Problem(WHOLE, "declarations of entities (<!ENTITY …>)", "an article without them", hint))
    return root


class _Reader:
    """Walks through an article's parts in order and adds their words."""

    def __init__(self, built: Builder, tree: Any) -> None:
        self.built, self.tree = built, tree

    def path(self, element: Element) -> str:
        """Return the XPath of an element; a number in it tells it from a JSON Pointer."""
        path: str = self.tree.getpath(element)
        return path if "[" in path else f"{path}[1]"

    def heading(self, element: Element) -> None:
        """Add the heading of a section, where it has one."""
        for title in element.iterchildren():
            if name(title) == "title":
                self.built.add(words_of(title), "heading", self.path(title))

    def read(self, element: Element) -> None:
        """Add what stands in an element, its own heading apart."""
        for part in element.iterchildren():
            kind = name(part)
            if kind in _ASIDE:
                self.aside(part)
            elif kind in ("p", "verse-line", "speech"):
                self.paragraph(part, "paragraph")
            elif kind in ("fig", "table-wrap", "boxed-text", "fig-group", "table-wrap-group", "chem-struct-wrap"):
                self.float(part)
            elif kind == "table":
                self.table(part)
            elif kind == "list":
                self.items(part)
            elif kind == "def-item":
                self.built.add(
                    ": ".join(words_of(e) for e in part.iterchildren() if name(e) in ("term", "def")),
                    "list",
                    self.path(part),
                )
            elif kind not in _PASSED and kind:
                section = self.built.section
                self.heading(part)
                self.read(part)
                if kind == "sec":
                    self.built.section = section

    def aside(self, part: Element) -> None:
        """Count what is set aside: of references each one."""
        reason = _ASIDE[name(part)]
        count = sum(1 for e in part.iter() if name(e) == "ref") if reason == "references" else 1
        self.built.drop(reason, count)

    def paragraph(self, part: Element, kind: str) -> None:
        """Add a paragraph, then the lists, figures and tables that stand in it."""
        self.built.add(words_of(part), kind, self.path(part))
        for inner in _blocks_in(part):
            if name(inner) in _ASIDE:
                self.aside(inner)
            elif name(inner) == "list":
                self.items(inner)
            elif name(inner) == "table":
                self.table(inner)
            elif name(inner) in ("fig", "table-wrap", "boxed-text", "fig-group", "table-wrap-group"):
                self.float(inner)
            else:
                self.read(inner)

    def items(self, part: Element) -> None:
        """Add the items of a list, and those of lists in them."""
        self.heading(part)
        for item in part.iterchildren():
            for inner in item.iterchildren():
                if name(inner) == "p":
                    self.paragraph(inner, "list")
                elif name(inner) == "list":
                    self.items(inner)
                elif name(inner) in _ASIDE:
                    self.aside(inner)

    def float(self, part: Element) -> None:
        """Add the caption of a figure or table, then what is in it."""
        for caption in part.iterchildren():
            if name(caption) == "caption":
                for inner in caption.iterchildren():
                    if name(inner) in ("title", "p"):
                        self.built.add(words_of(inner), "caption", self.path(inner))
        if name(part) == "boxed-text":
            self.heading(part)
        for inner in part.iterchildren():
            if name(inner) == "alternatives":
                self.read(inner)
        self.read(part)

    def table(self, part: Element) -> None:
        """Add a table, a line a row."""
        rows = [" | ".join(_cells(row)) for row in part.iter() if name(row) == "tr"]
        self.built.add("\n".join(row for row in rows if row.strip(" |")), "table", self.path(part))


def _cells(row: Element) -> Iterator[str]:
    return (" ".join(words_of(cell).split()) for cell in row.iterchildren() if name(cell) in ("td", "th"))


def _blocks_in(part: Element) -> Iterator[Element]:
    """Yield the blocks inside a paragraph, also inside its emphasis, but not what is in them."""
    for inner in part.iterchildren():
        if name(inner) in BLOCKS:
            yield inner
        elif name(inner) not in ("xref", ""):
            yield from _blocks_in(inner)


def _at(element: Element, *steps: str) -> Iterable[Element]:
    """Return the elements at a path of local names, whatever namespace they are in."""
    found = [element]
    for step in steps:
        found = [inner for outer in found for inner in outer.iterchildren() if name(inner) == step]
    return found
