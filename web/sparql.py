"""The SPARQL 1.1 Protocol over a graph (https://www.w3.org/TR/sparql11-protocol/): queries alone, no update."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from ..graph.errors import SoutherlyError, WrongUse
from ..graph.rdf_query import MAX_QUERY, Busy, Question, Reply, TooCostly, Unacceptable
from .accept import best

_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"
#: Media types of answers to SELECT and ASK that may be asked for, and what each means; the first is the usual one.
RESULTS = {
    _JSON: _JSON,
    _XML: _XML,
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    "application/json": _JSON,
    "application/xml": _XML,
    "text/xml": _XML,
}
#: The same of answers to CONSTRUCT and DESCRIBE.
GRAPHS = {
    **{name: name for name in ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")},
    **{name: name for name in ("application/trig", "application/n-quads")},
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "application/json": "application/ld+json",
    "text/plain": "application/n-triples",
}
_MAX_BODY = 4 * MAX_QUERY  # octets; what is percent-encoded takes three for one
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_FORMATS = "http://www.w3.org/ns/formats/"


@dataclass(frozen=True, slots=True)
class _Fault(Exception):
    """A request that cannot be answered: the status, and what to tell whoever sent it."""

    status: int
    reason: str
    headers: dict[str, str] | None = None


def sparql_route(ask: Callable[[Question], Reply], path: str = "/sparql") -> Route:
    """Return the endpoint over a function that answers questions."""

    async def endpoint(request: Request) -> Response:
        try:
            return await _respond(request, ask)
        except _Fault as fault:
            return PlainTextResponse(fault.reason + "\n", fault.status, fault.headers)

    return Route(path, endpoint, methods=["GET", "POST"])


async def _respond(request: Request, ask: Callable[[Question], Reply]) -> Response:
    fields = await _fields(request)
    if fields is None:
        return await run_in_threadpool(_description, request)
    accept = ", ".join(request.headers.getlist("accept")) or None
    question = Question(
        query=_query(fields),
        results=best(accept, RESULTS),
        graph=best(accept, GRAPHS),
        default_graphs=tuple(value for name, value in fields if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in fields if name == "named-graph-uri"),
    )
    try:
        reply = await run_in_threadpool(ask, question)
    except Unacceptable as error:
        offers = GRAPHS if error.kind == "graph" else RESULTS
        raise _Fault(406, f"{error}. Expected one of: {', '.join(offers)}.", {"Vary": "Accept"}) from None
    except WrongUse as error:
        raise _Fault(400, str(error)) from None
    except (TooCostly, Busy) as error:
        raise _Fault(503, str(error), {"Retry-After": "10"}) from None
    except SoutherlyError as error:
        raise _Fault(500, str(error)) from None
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if request.method == "HEAD":
        _close(reply.blocks)
        head = Response(media_type=_typed(reply.media), headers=headers)
        del head.headers["content-length"]  # nobody knows how long the answer to a GET would be
        return head
    return StreamingResponse(_whole(reply.blocks), media_type=_typed(reply.media), headers=headers)


def _whole(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield blocks, and let the process go when whoever asked has gone."""
    try:
        yield from blocks
    finally:
        _close(blocks)


def _close(blocks: Iterator[bytes]) -> None:
    close = getattr(blocks, "close", None)
    if close:
        close()


def _typed(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


async def _fields(request: Request) -> list[tuple[str, str]] | None:
    """Return the fields of a request by name; null if it has none, which asks for the service description."""
    asked = _pairs(request.url.query, "the address")
    if request.method != "POST":
        return asked or None
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    media, body = media.strip().lower(), await _body(request)
    if "charset=" in parameters.lower() and "utf-8" not in parameters.lower():
        raise _Fault(415, f"Found{parameters}; expected UTF-8 (SPARQL 1.1 Protocol §2.1.3). Encode the query in it.")
    if media == _FORM:
        return [*_pairs(_decoded(body), "the body"), *asked]
    if media == _QUERY:
        return [("query", _decoded(body)), *asked]
    if media == _UPDATE:
        raise _no_update()
    found = f"Found a body of type {media or '(none)'}" if body or media else "Found a body without a type"
    raise _Fault(
        415, f"{found}; expected {_QUERY} or {_FORM}. Name one in Content-Type.", {"Accept-Post": f"{_QUERY}, {_FORM}"}
    )


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BODY:
            raise _Fault(413, f"The body has more than {_MAX_BODY:,} octets; expected a query. Split it.")
    return bytes(body)


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Fault(400, f"The body is not UTF-8 at octet {error.start}. Encode the query in UTF-8.") from None


def _pairs(text: str, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (ValueError, UnicodeDecodeError) as error:
        raise _Fault(400, f"The fields of {where} cannot be read ({error}). Percent-encode them in UTF-8.") from None


def _query(fields: list[tuple[str, str]]) -> str:
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in fields):
        raise _no_update()
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise _Fault(400, f"Found {len(queries)} fields called “query”; expected one (SPARQL 1.1 Protocol §2.1.4).")
    return queries[0]


def _no_update() -> _Fault:
    return _Fault(403, "This endpoint answers queries and changes nothing. Feed the graph with `southerly ingest`.")


def _description(request: Request) -> Response:
    """Return what this service can do (SPARQL 1.1 Service Description)."""
    from rdflib import RDF, BNode, Graph, Namespace, URIRef

    accept = ", ".join(request.headers.getlist("accept")) or None
    offers = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/n-triples": "nt"}
    media = best(accept, {name: name for name in offers})
    if media is None:
        raise _Fault(406, f"Expected one of: {', '.join(offers)}; or ask a query.", {"Vary": "Accept"})
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    graph = Graph()
    graph.bind("sd", sd)
    service, dataset, default = BNode(), BNode(), BNode()
    graph.add((service, RDF.type, sd.Service))
    graph.add((service, sd.endpoint, URIRef(str(request.url.replace(query="")))))
    graph.add((service, sd.supportedLanguage, sd.SPARQL11Query))
    graph.add((service, sd.feature, sd.UnionDefaultGraph))
    for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"):
        graph.add((service, sd.resultFormat, URIRef(_FORMATS + name)))
    for name in ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD"):
        graph.add((service, sd.resultFormat, URIRef(_FORMATS + name)))
    graph.add((service, sd.defaultDataset, dataset))
    graph.add((dataset, RDF.type, sd.Dataset))
    graph.add((dataset, sd.defaultGraph, default))
    graph.add((default, RDF.type, sd.Graph))
    return Response(graph.serialize(format=offers[media]), media_type=_typed(media), headers={"Vary": "Accept"})
