"""The property graph: which labels and relationship types there are, and what each is made of.

Every node is made from one row of a table of `neo4j_tables`; its relationships follow from its own properties, so one
hash of the row stands for the node and all that leaves it. Whoever writes the graph (the pusher, the bulk importer's
CSV, the Cypher script) goes by this list, in its order: a node comes after those that it points to.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Goes up when nodes or relationships come to mean something else; part of every hash.
MODEL_VERSION = 1

#: On every node that Southerly writes, and on nothing else: what has it not is never read, changed or deleted.
MARKER = "Southerly"
#: The one node that says what was pushed, and who is pushing.
STATE = "SoutherlyGraph"


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship type that leaves a node class: to which label, and to which ids.

    `cypher` is the id, or list of ids, as an expression over `row`, the properties; `sql` is the same over the table
    `t`. Null, or an empty list, is no relationship; an id that is given twice is one.
    """

    type: str
    target: str
    cypher: str
    sql: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class NodeClass:
    """A class of nodes: its labels, the most telling last, its table, and what leaves its nodes."""

    labels: tuple[str, ...]
    table: str
    links: tuple[Link, ...] = ()

    @property
    def label(self) -> str:
        """The label that tells this class from all others."""
        return self.labels[-1]

    @property
    def keyed(self) -> str:
        """The label under which ids are unique, by which nodes are looked up."""
        return self.labels[0]


def _one(type_: str, target: str, column: str, prefix: str = "") -> Link:
    shown = f"'{prefix}' + " if prefix else ""
    stored = f"'{prefix}' || " if prefix else ""
    return Link(type_, target, f"{shown}row.`{column}`", f'{stored}t."{column}"')


def _many(type_: str, target: str, column: str, prefix: str = "") -> Link:
    if not prefix:
        return Link(type_, target, f"row.`{column}`", f't."{column}"', many=True)
    return Link(
        type_,
        target,
        f"[x IN row.`{column}` | '{prefix}' + x]",
        f"""list_transform(t."{column}", lambda x: '{prefix}' || x)""",
        many=True,
    )


def _place(type_: str, country: str, site_key: str) -> tuple[Link, Link]:
    """Return the two links of a place: to the site where one is meant, else to the country."""
    return (
        Link(
            type_,
            "Site",
            f"'site:' + row.`{country}` + ':' + row.`{site_key}`",
            f"'site:' || t.{country} || ':' || t.{site_key}",
        ),
        Link(
            type_,
            "Country",
            f"CASE WHEN row.`{site_key}` IS NULL THEN 'country:' + row.`{country}` END",
            f"CASE WHEN t.{site_key} IS NULL THEN 'country:' || t.{country} END",
        ),
    )


_CLAIM_LINKS = (
    _one("WAS_DERIVED_FROM", "Report", "report"),
    _one("ABOUT", "Innovation", "innovation_id"),
    _one("ABOUT_EXCHANGE", "Exchange", "exchange_key", "exchange:"),
    _one("COUNTRY", "Country", "country", "country:"),
)
_EXCHANGE_LINKS = (
    _many("SHOWN", "Innovation", "shown_ids"),
    _many("HOST_COUNTRY", "Country", "host_countries", "country:"),
    _many("VISITING_COUNTRY", "Country", "visiting_countries", "country:"),
)
_SOURCE = _one("SOURCE_COUNTRY", "Country", "source_country", "country:")
_ADOPTERS = _many("ADOPTER_COUNTRY", "Country", "countries", "country:")
_DERIVED = _many("WAS_DERIVED_FROM", "Claim", "claims")
_INNOVATION = _one("INNOVATION", "Innovation", "innovation")
_PRESENCE = _one("PRESENCE", "Presence", "presence")


def _claim(kind: str, *links: Link) -> NodeClass:
    return NodeClass(("Claim", f"{kind.capitalize()}Claim"), f"neo_{kind}_claim", (*_CLAIM_LINKS, *links))


CLASSES: tuple[NodeClass, ...] = (
    NodeClass(("Innovation",), "neo_innovation"),
    NodeClass(("Country",), "neo_country"),
    NodeClass(("Site",), "neo_site", (_one("CONTAINED_IN_PLACE", "Country", "country", "country:"),)),
    NodeClass(("Exchange",), "neo_exchange"),
    NodeClass(("Report",), "neo_report"),
    NodeClass(("Carrier",), "neo_carrier"),
    NodeClass(("Judgement",), "neo_judgement"),
    _claim("origin"),
    _claim("adoption", _SOURCE),
    _claim("exchange", *_EXCHANGE_LINKS),
    _claim("outcome", _ADOPTERS),
    _claim("name"),
    NodeClass(
        ("Evidence",),
        "neo_evidence",
        (_one("HAS_BODY", "Claim", "claim_id"), _one("HAS_SOURCE", "Carrier", "carrier_id")),
    ),
    NodeClass(
        ("Presence",),
        "neo_presence",
        (
            _INNOVATION,
            _one("COUNTRY", "Country", "country", "country:"),
            _many("LEARNED_FROM", "Presence", "learned_from"),
        ),
    ),
    NodeClass(
        ("Origin",), "neo_origin", (_INNOVATION, _one("PLACE", "Country", "country", "country:"), _PRESENCE, _DERIVED)
    ),
    NodeClass(
        ("Adoption",), "neo_adoption", (_INNOVATION, *_place("PLACE", "country", "site_key"), _PRESENCE, _DERIVED)
    ),
    NodeClass(
        ("Source",),
        "neo_source",
        (_one("ADOPTION", "Adoption", "adoption"), *_place("FROM", "from_country", "from_site_key"), _DERIVED),
    ),
    NodeClass(
        ("Transfer",),
        "neo_transfer",
        (
            _INNOVATION,
            _one("ADOPTION", "Adoption", "adoption"),
            *_place("FROM", "from_country", "from_site_key"),
            *_place("TO", "to_country", "to_site_key"),
            _DERIVED,
        ),
    ),
    NodeClass(("Conflict",), "neo_conflict", (_INNOVATION, _DERIVED)),
)

#: A transfer seen from the two countries, for browsing: `(to)-[:LEARNED_FROM]->(from)`, known by its transfer's id.
SHORTCUT = "LEARNED_FROM"
SHORTCUT_PROPERTIES = (
    "innovation", "innovation_label", "adoption", "basis", "rule", "direction", "when", "earliest", "latest",
    "channels", "reports", "review",
)  # fmt: skip

KEYED = tuple(dict.fromkeys(c.keyed for c in CLASSES))
TYPES = tuple(sorted({link.type for c in CLASSES for link in c.links} | {SHORTCUT}))

#: What a range index makes quick, by label.
RANGES: dict[str, tuple[str, ...]] = {
    "Country": ("iso3",),
    "Site": ("key", "country"),
    "Claim": ("innovation_key", "site_key", "exchange_key", "report", "earliest", "latest", "status", "kind"),
    "Evidence": ("claim_id",),
    "Adoption": ("innovation", "country", "earliest", "latest"),
    "Origin": ("innovation", "country", "earliest", "latest"),
    "Source": ("adoption",),
    "Transfer": ("innovation", "from_country", "to_country", "earliest", "latest"),
    "Conflict": ("innovation",),
    "Judgement": ("subject",),
}
#: Full-text index to (labels, properties).
FULLTEXT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "southerly_names": (("Innovation", "Country", "Site", "Exchange", "Report"), ("label", "names")),
    "southerly_quotes": (("Evidence",), ("quote",)),
}


def schema_statements() -> list[str]:
    """Return the statements that make constraints and indexes; each leaves alone what is there already."""
    statements = [
        f"CREATE CONSTRAINT southerly_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in (*KEYED, STATE)
    ]
    statements.append(f"CREATE INDEX southerly_shortcut IF NOT EXISTS FOR ()-[r:{SHORTCUT}]-() ON (r.transfer)")
    for label, names in RANGES.items():
        statements += [
            f"CREATE INDEX southerly_{label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.`{name}`)"
            for name in names
        ]
    for index, (labels, names) in FULLTEXT.items():
        properties = ", ".join(f"n.`{name}`" for name in names)
        statements.append(
            f"CREATE FULLTEXT INDEX {index} IF NOT EXISTS FOR (n:{'|'.join(labels)}) ON EACH [{properties}]"
        )
    return statements


def is_early(statement: str) -> bool:
    """Say whether a statement on the schema has to come before the data: writing looks things up by what it makes."""
    return "CONSTRAINT" in statement or SHORTCUT in statement
