"""How fast claims become RDF, beside peers that make the same triples of the same table: medians, as ratios.

    python bench/rdf.py [ROWS] [RUNS] [PYTHON]

The claims are synthetic (and say so): adoptions in which hardly a value repeats, read from a table as any other. The
peers get them flat, as Parquet with a column a term: maplib maps them by a template, and morph-kgc, if PYTHON is an
interpreter that has it, by RML. Each writes N-Triples, Southerly N-Quads in order and with a few statements of the
reports, in a process of its own from start to end.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ingest import write_table

ID = "https://w3id.org/southerly/id/"
SOU = "https://w3id.org/southerly/ontology#"
SCHEME = "https://w3id.org/southerly/scheme/"
OA, RDF = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PROV, DCTERMS = "http://www.w3.org/ns/prov#", "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"

#: Statements of a claim and its evidence: subject's column, property, object: a column, or <a constant>; datatype.
STATEMENTS = (
    ("claim", f"{RDF}type", f"<{SOU}AdoptionClaim>", ""),
    ("claim", f"{RDF}type", f"<{SOU}Claim>", ""),
    ("claim", f"{SOU}status", f"<{SCHEME}claim-status/actual>", ""),
    ("claim", f"{SOU}innovationSaid", "innovation", f"{XSD}string"),
    ("claim", f"{SOU}kind", f"<{SCHEME}innovation-kind/care-process>", ""),
    ("claim", f"{SOU}country", "country", "iri"),
    ("claim", f"{SOU}siteSaid", "site", f"{XSD}string"),
    ("claim", f"{SOU}whenSaid", "when_said", f"{XSD}string"),
    ("claim", f"{SOU}when", "when", "http://id.loc.gov/datatypes/edtf/EDTF"),
    ("claim", f"{SOU}earliest", "earliest", f"{XSD}date"),
    ("claim", f"{SOU}latest", "latest", f"{XSD}date"),
    ("claim", f"{SOU}stage", f"<{SCHEME}adoption-stage/adopted>", ""),
    ("claim", f"{SOU}sourceCountry", "source_country", "iri"),
    ("claim", f"{SOU}partnerSaid", "partner", f"{XSD}string"),
    ("claim", f"{SOU}outcomeText", "outcome", f"{XSD}string"),
    ("claim", f"{SOU}extra", "extra", f"{RDF}JSON"),
    ("claim", f"{PROV}wasDerivedFrom", "report", "iri"),
    ("evidence", f"{RDF}type", f"<{SOU}Evidence>", ""),
    ("evidence", f"{RDF}type", f"<{OA}Annotation>", ""),
    ("evidence", f"{OA}hasBody", "claim", "iri"),
    ("evidence", f"{OA}hasTarget", "target", "iri"),
    ("evidence", f"{SOU}method", "method", f"{XSD}string"),
    ("evidence", f"{SOU}confidence", "confidence", f"{XSD}string"),
    ("evidence", f"{SOU}review", f"<{SCHEME}review-state/accepted>", ""),
    ("evidence", f"{SOU}record", "record", f"{XSD}integer"),
    ("evidence", f"{SOU}locator", "locator", f"{XSD}string"),
    ("evidence", f"{PROV}wasGeneratedBy", "reading", "iri"),
    ("target", f"{RDF}type", f"<{OA}SpecificResource>", ""),
    ("target", f"{OA}hasSource", "carrier", "iri"),
    ("target", f"{OA}hasSelector", "place", "iri"),
    ("place", f"{RDF}type", f"<{OA}FragmentSelector>", ""),
    ("place", f"{DCTERMS}conformsTo", "<http://tools.ietf.org/rfc/rfc7111>", ""),
    ("place", f"{RDF}value", "locator", f"{XSD}string"),
)


def write_flat(graph: Path, flat: Path) -> None:
    """Write the adoptions of a graph as the peers get them, with the addresses made."""
    from southerly.graph.ledger import Ledger
    from southerly.graph.view import View

    View(Ledger(graph)).con.execute(
        f"""
        COPY (
            SELECT '{ID}claim/' || substr(claim_id, 7) AS claim,
                '{ID}evidence/' || substr(claim_id, 7) || '-' || left(sha256(carrier), 12) AS evidence,
                evidence || '#target' AS target, evidence || '#place' AS place,
                '{ID}carrier/' || left(sha256(carrier), 12) AS carrier, '{ID}reading/' || md5(carrier) AS reading,
                '{ID}report/' || replace(url_encode(c.report), '%3A', ':') AS report,
                '{ID}country/' || country AS country, '{ID}country/' || source_country AS source_country, innovation,
                site, when_said, "when", earliest, latest, partners[1] AS partner, outcome, extra, method, confidence,
                record, locator
            FROM claim_at c JOIN evidence_at USING (claim_id) WHERE kind = 'adoption'
        ) TO '{flat}' (FORMAT parquet)
        """
    )


def southerly(graph: str, out: str) -> None:
    """Write the reports' graphs with the adoptions."""
    from southerly.graph.ledger import Ledger
    from southerly.graph.rdf_write import report_graphs
    from southerly.graph.view import View

    con = View(Ledger(Path(graph))).con
    con.execute("CREATE TEMP VIEW claims_of_adoption AS SELECT claim_id FROM visible WHERE kind = 'adoption'")
    with Path(out).open("wb") as file:
        for chunk in report_graphs(con, "claims_of_adoption"):
            file.write(chunk)


def maplib(flat: str, out: str) -> None:
    """Map the table by one template."""
    import maplib as peer
    import polars as pl

    table = pl.read_parquet(flat)
    addresses = {value for _, _, value, kind in STATEMENTS if kind == "iri"} | {each[0] for each in STATEMENTS}
    parameters = ", ".join(f"ottr:IRI ?{name}" if name in addresses else f"?{name}" for name in table.columns)
    body = ", ".join(
        f"ottr:Triple(?{subject}, <{name}>, {value if value.startswith('<') else f'?{value}'})"
        for subject, name, value, _ in STATEMENTS
    )
    model = peer.Model()
    model.add_template(
        f"@prefix ottr: <http://ns.ottr.xyz/0.4/> .\n<https://synthetic.example/Claim> [{parameters}] :: {{ {body} }} ."
    )
    model.map("https://synthetic.example/Claim", table, validate_iris=False)
    model.write(out, format="ntriples")


def write_rml(flat: Path, folder: Path) -> Path:
    """Write what morph-kgc is asked: a triples map a subject."""
    maps = []
    for subject in dict.fromkeys(each[0] for each in STATEMENTS):
        objects = []
        for _, name, value, kind in (each for each in STATEMENTS if each[0] == subject):
            if value.startswith("<"):
                told = f"rr:constant {value}"
            else:
                typed = "rr:termType rr:IRI" if kind == "iri" else f"rr:datatype <{kind}>"
                told = f'rml:reference "{value}" ; {typed}'
            objects.append(f"rr:predicateObjectMap [ rr:predicate <{name}> ; rr:objectMap [ {told} ] ]")
        maps.append(
            f'<#{subject}> rml:logicalSource [ rml:source "{flat}" ; rml:referenceFormulation ql:Parquet ] ;\n'
            f'rr:subjectMap [ rml:reference "{subject}" ] ;\n' + " ;\n".join(objects) + " ."
        )
    rules, config = folder / "rules.ttl", folder / "morph.ini"
    rules.write_text(
        "@prefix rr: <http://www.w3.org/ns/r2rml#> .\n@prefix rml: <http://semweb.mmlab.be/ns/rml#> .\n"
        "@prefix ql: <http://semweb.mmlab.be/ns/ql#> .\n" + "\n".join(maps) + "\n",
        encoding="utf-8",
    )
    config.write_text(
        f"[CONFIGURATION]\noutput_file={folder / 'morph.nt'}\noutput_format=N-TRIPLES\n[claims]\nmappings={rules}\n",
        encoding="utf-8",
    )
    return config


def timed(*command: str) -> tuple[float, float, float]:
    """Return the wall and the processor seconds of a command, and the megabytes that it held at most."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).parent)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[:4]} failed")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3


def main() -> None:
    """Run the benchmark and print one JSON object."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    morph = sys.argv[3] if len(sys.argv) > 3 else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table, graph, flat = folder / "synthetic.csv", folder / "graph", folder / "flat.parquet"
        write_table(table, rows)
        ingest = (sys.executable, "-m", "southerly", "--graph", str(graph), "ingest", "--quiet", str(table))
        subprocess.run(ingest, check=True, capture_output=True)
        write_flat(graph, flat)
        commands: dict[str, tuple[str, ...]] = {
            "southerly": (sys.executable, __file__, "southerly", str(graph), str(folder / "southerly.nt")),
            "maplib": (sys.executable, __file__, "maplib", str(flat), str(folder / "maplib.nt")),
        }
        if morph:
            commands["morph"] = (morph, "-m", "morph_kgc", str(write_rml(flat, folder)))
        seconds: dict[str, list[float]] = {each: [] for each in commands}
        busy: dict[str, list[float]] = {each: [] for each in commands}
        held: dict[str, float] = {}
        for _ in range(runs):
            for each, command in commands.items():
                taken, processor, held[each] = timed(*command)
                seconds[each].append(taken)
                busy[each].append(processor)
        triples = {each: _lines(folder / f"{each}.nt") for each in commands}
        rates = {each: triples[each] / statistics.median(seconds[each]) for each in commands}
        report = {
            "rows": rows,
            "triples": triples,
            "median_seconds": {each: round(statistics.median(taken), 2) for each, taken in seconds.items()},
            "median_processor_seconds": {each: round(statistics.median(taken), 2) for each, taken in busy.items()},
            "triples_a_second": {each: round(rate) for each, rate in rates.items()},
            "times_as_fast_as": {each: round(rates["southerly"] / rates[each], 1) for each in commands},
            "peak_rss_mb": {each: round(mb) for each, mb in held.items()},
        }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] in {"southerly", "maplib"}:
        globals()[sys.argv[1]](*sys.argv[2:])
    else:
        main()
