"""The vocabulary, schemes, shapes and JSON-LD context that other tools read: their texts as they are published."""

from __future__ import annotations

from importlib.resources import files
from typing import Literal

#: OWL vocabulary, SKOS schemes and SHACL shapes in Turtle; JSON-LD context.
Name = Literal["southerly.ttl", "schemes.ttl", "shapes.ttl", "context.jsonld"]

#: Where the terms of `southerly.ttl` live.
NAMESPACE = "https://w3id.org/southerly/ontology#"


def ontology_text(name: Name) -> str:
    """Return the text of one of the files of this folder."""
    return (files(__package__) / name).read_text("utf-8")
