"""The statements that write, remove and count the property graph. Made of the model alone; values are parameters."""

from __future__ import annotations

from .neo4j_model import CLASSES, MARKER, SHORTCUT, SHORTCUT_PROPERTIES, NodeClass


def write_query(cls: NodeClass, *, fresh: bool = False) -> str:
    """Return the statement that writes `$rows` of a class: nodes whose hash differs, and all that leaves them.

    Where the database holds nothing of ours yet it may be `fresh`: it then looks for nothing to take away first.
    """
    parts = [
        f"UNWIND $rows AS row MERGE (n:{':'.join((MARKER, *cls.labels))} {{id: row.id}})",
        "WITH n, row WHERE n.hash IS NULL OR n.hash <> row.hash SET n = row",
    ]
    if cls.links:
        parts.append("WITH n, row")
    if cls.links and not fresh:
        types = "|".join(sorted({link.type for link in cls.links}))
        # Not a pattern with the label at its end: a planner that knows of no such node yet would begin there.
        parts.append(f"CALL (n) {{ MATCH (n)-[r:{types}]->() WHERE endNode(r):{MARKER} DELETE r }}")
    for link in cls.links:
        # A node of the same class may come later; it is made bare, and filled in its turn.
        verb = f"MERGE (m:{MARKER}:{link.target}" if link.target == cls.keyed else f"MATCH (m:{link.target}"
        ids = f"UNWIND {link.cypher} AS id WITH DISTINCT n, id" if link.many else f"WITH n, {link.cypher} AS id"
        kept = "" if link.many else " WHERE id IS NOT NULL"
        parts.append(f"CALL (n, row) {{ {ids}{kept} {verb} {{id: id}}) CREATE (n)-[:{link.type}]->(m) }}")
    if cls.label == "Transfer":
        said = ", ".join(f"`{name}`: row.`{name}`" for name in SHORTCUT_PROPERTIES)
        if not fresh:
            parts.append(f"CALL (row) {{ MATCH ()-[r:{SHORTCUT} {{transfer: row.id}}]->() DELETE r }}")
        parts.append(
            "CALL (row) { MATCH (a:Country {id: 'country:' + row.to_country}) "
            f"MATCH (b:Country {{id: 'country:' + row.from_country}}) "
            f"CREATE (a)-[:{SHORTCUT} {{transfer: row.id, {said}}}]->(b) }}"
        )
    return "\n".join(parts)


def remove_query(cls: NodeClass) -> str:
    """Return the statement that removes the nodes of a class whose ids are `$rows`."""
    query = f"UNWIND $rows AS id MATCH (n:{cls.keyed} {{id: id}}) WHERE n:{MARKER} "
    if cls.label == "Transfer":
        query += f"CALL (id) {{ MATCH ()-[r:{SHORTCUT} {{transfer: id}}]->() DELETE r }} "
    return query + "DETACH DELETE n"


def degree(cls: NodeClass) -> str:
    """Return Cypher for the number of relationships that a node `n` of a class has of those that are its own."""
    if not cls.links:
        return "0"
    types = "|".join(sorted({link.type for link in cls.links}))
    counted = f"COUNT {{ (n)-[:{types}]->() }}"
    if cls.label == "Transfer":
        counted += f" + COUNT {{ ()-[:{SHORTCUT} {{transfer: n.id}}]->() }}"
    return counted


def of_no_class() -> str:
    """Return Cypher for: `n` is of no class that this version knows."""
    return " AND ".join(f"NOT n:{label}" for label in dict.fromkeys(c.label for c in CLASSES))
