"""A graph that follows the shapes, and things that break one of them each. All synthetic."""

from __future__ import annotations

from dataclasses import dataclass

PREFIXES = """
@prefix sou: <https://w3id.org/southerly/ontology#> . @prefix id: <https://w3id.org/southerly/id/> .
@prefix scheme: <https://w3id.org/southerly/scheme/> . @prefix ex: <https://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> . @prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix void: <http://rdfs.org/ns/void#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

CLAIM = r"a sou:Claim ; sou:status scheme:claim-status\/actual ; prov:wasDerivedFrom id:report\/url:example.org"

#: One of everything, filled as far as it goes; and the least that is enough.
SOUND = rf"""
id:report\/url:example.org a sou:Report , prov:Entity ; dcterms:identifier "url:example.org" ;
    dcterms:title "Synthetic report" ; sou:doi "10.5555/synthetic(1)" ; schema:url "https://example.org"^^xsd:anyURI ;
    dcterms:date "2001"^^xsd:gYear ; dc:creator "Nobody" ; dc:publisher "Synthetic press" ; dc:rights "CC0" ;
    rdfs:comment "for a test" ; schema:sameAs id:report\/doi:10.5555%2Fsynthetic .
id:report\/sha256:0f a sou:Report ; dcterms:identifier "sha256:0f" ; dcterms:title "T" ; dcterms:date "spring 2001" .

id:claim\/01 {CLAIM} ; a sou:OriginClaim , prov:Entity ; sou:innovationSaid "Cup" ;
    sou:kind scheme:innovation-kind\/device ; dcterms:subject "cups of all kinds" ; sou:country id:country\/GBR ;
    sou:countrySaid "Scotland" ; sou:subdivision "GB-SCT" ; sou:siteSaid "Alpha" ; sou:whenSaid "by 1996" ;
    sou:when "[..1996]"^^edtf:EDTF ; sou:latest "1996-12-31"^^xsd:date ; sou:leftCensored true ;
    sou:extra "{{\"note\": \"n\"}}"^^rdf:JSON ; sou:about id:innovation\/cup .
id:claim\/02 {CLAIM} ; a sou:OriginClaim ; sou:innovationSaid "Cup" .
id:claim\/03 {CLAIM} ; a sou:AdoptionClaim ; sou:innovationSaid "Cup" ; sou:country id:country\/KEN ;
    sou:when "1995~"^^edtf:EDTF ; sou:earliest "1995-01-01"^^xsd:date ; sou:latest "1995-12-31"^^xsd:date ;
    sou:endSaid "1999" ; sou:end "1999"^^edtf:EDTF ; sou:endEarliest "1999-01-01"^^xsd:date ;
    sou:endLatest "1999-12-31"^^xsd:date ; sou:stage scheme:adoption-stage\/pilot ; sou:domestic false ;
    sou:sourceCountry id:country\/COL ; sou:sourceCountrySaid "Colombia" ; sou:sourceSiteSaid "Beta" ;
    sou:sourceAdoptionSaid "a1" ; sou:channel "by boat" ; sou:exchangeSaid "tour" ; sou:partnerSaid "P" , "Q" ;
    sou:adaptation "smaller" ; sou:outcomeText "liked" ; sou:outcomeLevel scheme:outcome-level\/service ;
    sou:mechanism scheme:mechanism\/hands-on-learning , "hearsay" ; sou:enabler "rain" ; sou:barrier "dust" ;
    sou:listOrder "{{\"partners\": [\"Q\", \"P\"]}}"^^rdf:JSON ; sou:about id:innovation\/cup ;
    sou:aboutExchange id:exchange\/tour .
id:claim\/04 {CLAIM} ; a sou:AdoptionClaim ; sou:innovationSaid "Cup" ; sou:siteSaid "some wards" .
id:claim\/05 {CLAIM} ; a sou:ExchangeClaim ; sou:exchangeSaid "tour" ; dcterms:title "Synthetic tour" ;
    sou:exchangeType scheme:exchange-type\/study-tour ; sou:direction scheme:direction\/south-south ;
    sou:hostCountry id:country\/COL ; sou:visitingCountry id:country\/KEN , id:country\/UGA ;
    sou:hostOrganisation "O" ; sou:hostSite "Beta" ; sou:visitingOrganisation "V" ; sou:visitingSite "Alpha" ;
    sou:funder "F" ; sou:facilitator "G" ; sou:shown "Cup" , "Net" ; sou:participants "100+" ; sou:cadre "mixed" ;
    sou:decisionPower "yes" ; sou:debrief "no" ; sou:mission "to see cups" ; sou:learningLevel "system" .
id:claim\/06 {CLAIM} ; a sou:ExchangeClaim ; dcterms:title "Another" .
id:claim\/07 {CLAIM} ; a sou:OutcomeClaim ; sou:exchangeSaid "tour" ; sou:innovationSaid "Cup" ;
    sou:adopterCountry id:country\/KEN ; sou:stage scheme:outcome-stage\/output ; sou:outcomeText "cups were made" ;
    sou:outcomeLevel "village" ; sou:metric "cups" ; sou:value "12" ; sou:unit "a day" ; sou:adaptation "tin" .
id:claim\/08 {CLAIM} ; a sou:OutcomeClaim ; sou:exchangeSaid "tour" ; sou:outcomeText "little" .
id:claim\/09 {CLAIM} ; a sou:NameClaim ; sou:innovationSaid "Cup" ; sou:nameSaid "C" ; sou:nameType "acronym" .
id:claim\/0a {CLAIM} ; a sou:NameClaim ; sou:innovationSaid "Cup" ; sou:kind "vessel" .

id:evidence\/01-aa a sou:Evidence , oa:Annotation ; oa:hasBody id:claim\/01 ; oa:hasTarget ex:target ;
    sou:method "table" ; sou:confidence "low" ; sou:review scheme:review-state\/accepted ; sou:record 1 ;
    sou:locator "Sheet!B2" ; prov:wasGeneratedBy id:reading\/bb .
ex:target a oa:SpecificResource ; oa:hasSource id:carrier\/aa ; oa:hasSelector ex:cell , ex:quote .
ex:cell a sou:CellSelector ; rdf:value "Sheet!B2" . ex:quote a oa:TextQuoteSelector ; oa:exact "by 1996" .
ex:path a oa:XPathSelector ; rdf:value "/a/b[3]" . ex:row a oa:FragmentSelector ; rdf:value "row=12" ;
    dcterms:conformsTo <http://tools.ietf.org/rfc/rfc7111> .
id:carrier\/aa a sou:Carrier ; dcterms:title "cups.xlsx" .
id:reading\/bb a sou:Reading ; prov:used id:carrier\/aa ; prov:wasAssociatedWith id:ingester\/synthetic\/1 .
id:ingester\/synthetic\/1 a sou:Ingester ; rdfs:label "synthetic/1" .

id:innovation\/cup a sou:Innovation , skos:Concept ; skos:prefLabel "Cup" ; skos:altLabel "C" , "Vessel" ;
    sou:kind scheme:innovation-kind\/device , "vessel" ; dcterms:subject scheme:practice-area\/nutrition .
id:country\/COL a sou:Country , schema:Country ; rdfs:label "Colombia" ; skos:notation "COL" ; sou:region "Americas" ;
    schema:latitude 4.0 ; schema:longitude -74.0 ; geo:hasGeometry ex:point .
ex:point a geo:Geometry ; geo:asWKT "POINT(-74.0 4.0)"^^geo:wktLiteral .
id:site\/KEN:alpha a sou:Site ; rdfs:label "Alpha" ; schema:containedInPlace id:country\/KEN .
id:exchange\/tour a sou:Exchange ; rdfs:label "Synthetic tour" .
id:presence\/cup:COL a sou:Presence ; sou:innovation id:innovation\/cup ; sou:country id:country\/COL .
id:presence\/cup:KEN a sou:Presence ; sou:innovation id:innovation\/cup ; sou:country id:country\/KEN ;
    sou:learnedFrom id:presence\/cup:COL .
id:adoption\/cup:KEN:alpha a sou:Adoption ; sou:innovation id:innovation\/cup ; sou:place id:site\/KEN:alpha ;
    sou:country id:country\/KEN ; sou:presence id:presence\/cup:KEN ; sou:when "1995"^^edtf:EDTF ;
    sou:earliest "1995-01-01"^^xsd:date ; sou:latest "1995-12-31"^^xsd:date ; sou:end "1999"^^edtf:EDTF ;
    sou:stage scheme:adoption-stage\/pilot ; sou:domestic false ; sou:considered false ; sou:leftCensored false ;
    sou:certain true ; sou:incomeGroup "L" ; sou:extrapolated false ; sou:reports 2 ; sou:publishers 1 ;
    prov:wasDerivedFrom id:claim\/03 .
id:origin\/cup:COL a sou:Origin ; sou:innovation id:innovation\/cup ; sou:place id:country\/COL ;
    sou:presence id:presence\/cup:COL ; sou:siteSaid "Beta" ; sou:when "198X"^^edtf:EDTF ; sou:contested false ;
    sou:reports 1 ; prov:wasDerivedFrom id:claim\/01 .
id:transfer\/t a sou:Transfer ; sou:innovation id:innovation\/cup ; sou:from id:country\/COL ;
    sou:to id:site\/KEN:alpha ; sou:fromCountry id:country\/COL ; sou:toCountry id:country\/KEN ;
    sou:adoption id:adoption\/cup:KEN:alpha ; sou:basis scheme:basis\/inferred ; sou:rule "exchange" ;
    sou:direction scheme:direction\/south-south ; sou:fromIncome "LM" ; sou:toIncome "L" ; sou:channel "by boat" ;
    sou:certain true ; sou:reports 1 ; sou:publishers 1 ; prov:wasDerivedFrom id:claim\/03 .
ex:dataset a void:Dataset ; dcterms:title "Synthetic" ; sou:digest "sha256:{"0" * 64}" ; sou:metadata "{{}}"^^rdf:JSON .
"""


@dataclass(frozen=True, slots=True)
class Broken:
    """A thing that breaks one shape, and what is said of it."""

    shape: str
    thing: str  # its name after the prefix
    said: str  # Turtle
    path: str | None  # of the result, as prefix and name; null where the thing as a whole is wrong
    message: str  # how it begins
    severity: str = "Violation"


def _claim(kind: str, said: str) -> str:
    return f"{CLAIM} ; a sou:{kind} ; {said}"


_ADOPTED = 'sou:innovationSaid "Cup" ; sou:siteSaid "Alpha" ; '
_NAMED = 'sou:innovationSaid "Cup" ; '
_LED = 'sou:exchangeSaid "tour" ; sou:outcomeText "little" ; '
_SEEN = r"""a sou:Evidence ; oa:hasBody id:claim\/01 ; oa:hasTarget ex:target ;
    sou:review scheme:review-state\/accepted ; prov:wasGeneratedBy id:reading\/bb ; """
_FUSED = r"""sou:innovation id:innovation\/cup ; sou:presence id:presence\/cup:KEN ; sou:reports 1 ;
    prov:wasDerivedFrom id:claim\/03 ; """
_TAKEN = rf"""a sou:Adoption ; {_FUSED} sou:place id:country\/KEN ; sou:country id:country\/KEN ; sou:domestic false ;
    sou:considered false ; sou:leftCensored false ; sou:certain true ; sou:extrapolated false ; """
_MOVED = r"""a sou:Transfer ; sou:innovation id:innovation\/cup ; sou:from id:country\/COL ; sou:to id:site\/KEN:alpha ;
    sou:fromCountry id:country\/COL ; sou:adoption id:adoption\/cup:KEN:alpha ; sou:basis scheme:basis\/stated ;
    sou:direction scheme:direction\/south-south ; sou:certain true ; sou:reports 1 ;
    prov:wasDerivedFrom id:claim\/03 ; """

BROKEN = [
    Broken(
        "Report", "ex:r1", 'a sou:Report ; dcterms:identifier "url:b" ; dcterms:title "T"', None, "A report's address"
    ),
    Broken(
        "Report", r"id:report\/r2", 'a sou:Report ; dcterms:title "T"', "dcterms:identifier", "A report's key, once"
    ),
    Broken(
        "Report",
        r"id:report\/r3",
        'a sou:Report ; dcterms:title "T" ; dcterms:identifier "url:b" ; sou:doi "https://doi.org/10.5555/b"',
        "sou:doi",
        "A report's DOI: one, without an address before it",
    ),
    Broken(
        "Report",
        r"id:report\/r4",
        'a sou:Report ; dcterms:title "T" ; dcterms:identifier "url:b" ; schema:url "www.example.org"^^xsd:anyURI',
        "schema:url",
        "A report's web address",
    ),
    Broken(
        "Report",
        r"id:report\/r5",
        'a sou:Report ; dcterms:title "T" ; dcterms:identifier "url:b" ; dcterms:date "2001-02"^^xsd:gYearMonth',
        "dcterms:date",
        "When a report was published",
    ),
    Broken(
        "ReportTitle",
        r"id:report\/r6",
        'a sou:Report ; dcterms:identifier "url:b"',
        None,
        "A report should have a title",
        "Warning",
    ),
    Broken(
        "Claim",
        r"id:claim\/1a",
        rf"{CLAIM} ; a sou:OriginClaim , sou:NameClaim ; {_NAMED}",
        None,
        "A claim's address, https://w3id.org/southerly/id/claim/ and its hash, and one of its kinds",
    ),
    Broken("Claim", r"id:claim\/1b", f"{CLAIM}", None, "A claim's address"),
    Broken("Claim", "ex:c1", _claim("NameClaim", _NAMED), None, "A claim's address"),
    Broken(
        "Claim",
        r"id:claim\/1c",
        rf"a sou:Claim , sou:NameClaim ; sou:status scheme:claim-status\/actual ; {_NAMED}",
        "prov:wasDerivedFrom",
        "The report that makes the claim: one address",
    ),
    Broken(
        "Claim",
        r"id:claim\/1d",
        _claim("NameClaim", rf"{_NAMED} sou:status scheme:claim-status\/planned"),
        "sou:status",
        "The status of a claim: one concept of the scheme claim-status",
    ),
    Broken(
        "ClaimStatus",
        r"id:claim\/1e",
        f'a sou:Claim , sou:NameClaim ; prov:wasDerivedFrom id:report\\/url:b ; {_NAMED} sou:status "actual"',
        "sou:status",
        "The status of a claim: one concept",
    ),
    Broken(
        "Claim",
        r"id:claim\/1f",
        _claim("OriginClaim", f'{_NAMED} sou:when "1996"'),
        "sou:when",
        "When it began: one EDTF date, typed edtf:EDTF",
    ),
    Broken(
        "Claim",
        r"id:claim\/20",
        _claim("OriginClaim", f'{_NAMED} sou:when "by 1996"^^edtf:EDTF'),
        "sou:when",
        "When it began: one EDTF date",
    ),
    Broken(
        "Claim",
        r"id:claim\/21",
        _claim("OriginClaim", f'{_NAMED} sou:earliest "1996-12-31"^^xsd:date ; sou:latest "1996-01-01"^^xsd:date'),
        "sou:earliest",
        "The first day on which it can have begun, no later",
    ),
    Broken(
        "Claim",
        r"id:claim\/22",
        _claim("OriginClaim", f'{_NAMED} sou:latest "1996"^^xsd:gYear'),
        "sou:latest",
        "Last day on which it can have begun: one xsd:date",
    ),
    Broken(
        "Claim",
        r"id:claim\/23",
        _claim(
            "AdoptionClaim", f'{_ADOPTED} sou:endEarliest "1996-12-31"^^xsd:date ; sou:endLatest "1996-01-01"^^xsd:date'
        ),
        "sou:endEarliest",
        "The first day on which it can have ended, no",
    ),
    Broken(
        "Claim",
        r"id:claim\/24",
        _claim(
            "AdoptionClaim", f'{_ADOPTED} sou:earliest "1996-12-31"^^xsd:date ; sou:endLatest "1996-01-01"^^xsd:date'
        ),
        "sou:earliest",
        "It should have begun before it ended",
        "Warning",
    ),
    Broken(
        "InnovationKind",
        r"id:claim\/25",
        _claim("NameClaim", rf"{_NAMED} sou:kind scheme:innovation-kind\/devcie"),
        "sou:kind",
        "The kind of innovation: a concept of the scheme innovation-kind, or the report's own words",
    ),
    Broken(
        "PracticeArea",
        r"id:claim\/26",
        _claim("NameClaim", rf"{_NAMED} dcterms:subject scheme:cadre\/mid"),
        "dcterms:subject",
        "The field of care: a concept of the scheme practice-area",
    ),
    Broken(
        "Words",
        r"id:claim\/27",
        _claim("NameClaim", f'{_NAMED} sou:kind "coupe"@fr'),
        "sou:kind",
        "The kind of innovation: a concept",
    ),
    Broken(
        "Claim",
        r"id:claim\/28",
        _claim("NameClaim", f'{_NAMED} sou:extra "note"'),
        "sou:extra",
        "What no other property carries: one JSON object",
    ),
    Broken(
        "Claim",
        r"id:claim\/29",
        _claim("NameClaim", f'{_NAMED} sou:about "Cup"'),
        "sou:about",
        "The innovation that a claim speaks of: the address",
    ),
    Broken(
        "ClaimVocabulary",
        r"id:claim\/2a",
        _claim("NameClaim", f'{_NAMED} sou:innovationsaid "Cup"'),
        "sou:innovationsaid",
        "A property of claims in the Southerly ontology",
        "Warning",
    ),
    Broken(
        "OriginClaim",
        r"id:claim\/30",
        _claim("OriginClaim", r"sou:country id:country\/COL"),
        "sou:innovationSaid",
        "The innovation's name as the report spells it: one text",
    ),
    Broken(
        "OriginClaim",
        r"id:claim\/31",
        _claim("OriginClaim", f'{_NAMED} sou:country "COL"'),
        "sou:country",
        "A country: one address, https://w3id.org/southerly/id/country/ and its ISO 3166 alpha-3 code",
    ),
    Broken("AdoptionClaim", r"id:claim\/32", _claim("AdoptionClaim", _NAMED), None, "An adopter: a country"),
    Broken(
        "AdoptionStage",
        r"id:claim\/33",
        _claim("AdoptionClaim", rf"{_ADOPTED} sou:stage scheme:outcome-stage\/output"),
        "sou:stage",
        "The stage of an adoption: a concept of the scheme adoption-stage",
    ),
    Broken(
        "Channel",
        r"id:claim\/34",
        _claim("AdoptionClaim", f"{_ADOPTED} sou:channel ex:boat"),
        "sou:channel",
        "How the innovation travelled: a concept of the scheme channel",
    ),
    Broken(
        "Mechanism",
        r"id:claim\/35",
        _claim("AdoptionClaim", f"{_ADOPTED} sou:mechanism ex:boat"),
        "sou:mechanism",
        "What made the learning work",
    ),
    Broken(
        "Enabler",
        r"id:claim\/36",
        _claim("AdoptionClaim", f"{_ADOPTED} sou:enabler ex:boat"),
        "sou:enabler",
        "What helped",
    ),
    Broken(
        "Barrier",
        r"id:claim\/37",
        _claim("OutcomeClaim", f"{_LED} sou:barrier ex:boat"),
        "sou:barrier",
        "What hindered",
    ),
    Broken(
        "AdoptionClaim",
        r"id:claim\/38",
        _claim("AdoptionClaim", f'{_ADOPTED} sou:domestic "no"'),
        "sou:domestic",
        "Whether the innovation began in the adopting country: true or false",
    ),
    Broken(
        "AdoptionClaim",
        r"id:claim\/39",
        _claim("AdoptionClaim", rf"{_ADOPTED} sou:sourceCountry id:country\/COL , id:country\/BRA"),
        "sou:sourceCountry",
        "The country that it was learned from: one address",
    ),
    Broken("ExchangeClaim", r"id:claim\/3a", _claim("ExchangeClaim", 'sou:funder "F"'), None, "An exchange's key"),
    Broken(
        "ExchangeType",
        r"id:claim\/3b",
        _claim("ExchangeClaim", 'dcterms:title "T" ; sou:exchangeType ex:tour'),
        "sou:exchangeType",
        "The type of exchange",
    ),
    Broken(
        "Direction",
        r"id:claim\/3c",
        _claim("ExchangeClaim", 'dcterms:title "T" ; sou:direction ex:up'),
        "sou:direction",
        "Who learns from whom",
    ),
    Broken(
        "Cadre",
        r"id:claim\/3d",
        _claim("ExchangeClaim", 'dcterms:title "T" ; sou:cadre ex:boss'),
        "sou:cadre",
        "The seniority of those who took part",
    ),
    Broken(
        "ExchangeClaim",
        r"id:claim\/3e",
        _claim("ExchangeClaim", 'dcterms:title "T" ; sou:debrief "unknown"'),
        "sou:debrief",
        "Whether a debriefing was held: yes or no. Leave it out",
    ),
    Broken(
        "ExchangeClaim",
        r"id:claim\/3f",
        _claim("ExchangeClaim", 'dcterms:title "T" ; sou:hostCountry id:country\\/co'),
        "sou:hostCountry",
        "A country that shows: an address",
    ),
    Broken(
        "ExchangeClaim",
        r"id:claim\/40",
        _claim("ExchangeClaim", 'dcterms:title "T" ; sou:participants 16'),
        "sou:participants",
        "How many took part, as said: one text",
    ),
    Broken(
        "OutcomeClaim",
        r"id:claim\/41",
        _claim("OutcomeClaim", 'sou:exchangeSaid "tour"'),
        "sou:outcomeText",
        "What the exchange led to, in words",
    ),
    Broken(
        "OutcomeClaim",
        r"id:claim\/42",
        _claim("OutcomeClaim", 'sou:outcomeText "little"'),
        None,
        "What the outcome concerns",
    ),
    Broken(
        "OutcomeStage",
        r"id:claim\/43",
        _claim("OutcomeClaim", rf"{_LED} sou:stage scheme:adoption-stage\/pilot"),
        "sou:stage",
        "The stage of an outcome: a concept of the scheme outcome-stage",
    ),
    Broken(
        "OutcomeLevel",
        r"id:claim\/44",
        _claim("OutcomeClaim", f"{_LED} sou:outcomeLevel ex:village"),
        "sou:outcomeLevel",
        "The level at which something changed",
    ),
    Broken(
        "NameClaim",
        r"id:claim\/45",
        _claim("NameClaim", f'{_NAMED} sou:nameType "nickname"'),
        "sou:nameType",
        "What the other name is: alias, acronym or translation",
    ),
    Broken(
        "Evidence", "ex:e1", f'{_SEEN} sou:method "guess" ; sou:locator "row=1"', "sou:method", "How the claim was got"
    ),
    Broken(
        "Evidence",
        "ex:e2",
        f'{_SEEN} sou:method "rule" ; sou:locator "row=1" ; sou:confidence "0.9"',
        "sou:confidence",
        "The confidence given: low, medium or high",
    ),
    Broken(
        "Evidence", "ex:e3", f'{_SEEN} sou:method "rule"', "sou:locator", "Evidence should say its place", "Warning"
    ),
    Broken(
        "Evidence",
        "ex:e4",
        r"""a sou:Evidence ; oa:hasBody id:claim\/01 ; oa:hasTarget ex:target ;
           sou:method "rule" ; sou:locator "row=1" ; sou:review scheme:review-state\/accepted""",
        "prov:wasGeneratedBy",
        "The reading that",
    ),
    Broken(
        "ReviewState",
        "ex:e5",
        r"""a sou:Evidence ; oa:hasBody id:claim\/01 ; oa:hasTarget ex:target ;
           sou:method "rule" ; sou:locator "row=1" ; prov:wasGeneratedBy id:reading\/bb ; sou:review "accepted" """,
        "sou:review",
        "The review state: one concept of the scheme review-state",
    ),
    Broken(
        "Target", "ex:t1", "a oa:SpecificResource . ex:a1 oa:hasTarget ex:t1", "oa:hasSource", "The carrier that was"
    ),
    Broken(
        "FragmentSelector",
        "ex:s1",
        'a oa:FragmentSelector ; rdf:value "row=1"',
        "dcterms:conformsTo",
        "The standard that the place is written in",
    ),
    Broken(
        "XPathSelector", "ex:s2", 'a oa:XPathSelector ; rdf:value "b[3]"', "rdf:value", "The place as an XPath from"
    ),
    Broken("CellSelector", "ex:s3", 'a sou:CellSelector ; rdf:value "B2"', "rdf:value", "The place in a workbook"),
    Broken("TextQuoteSelector", "ex:s4", 'a oa:TextQuoteSelector ; oa:exact ""', "oa:exact", "The report's own words"),
    Broken("Carrier", "ex:k1", "a sou:Carrier", "dcterms:title", "The name of the file"),
    Broken(
        "Reading", "ex:k2", r"a sou:Reading ; prov:used id:carrier\/aa", "prov:wasAssociatedWith", "The ingester that"
    ),
    Broken("Ingester", "ex:k3", 'a sou:Ingester ; rdfs:label ""', "rdfs:label", "The name and version of an ingester"),
    Broken(
        "Innovation", "ex:i1", 'a sou:Innovation ; skos:prefLabel "Cup" , "Mug"', "skos:prefLabel", "The innovation's"
    ),
    Broken(
        "Innovation",
        "ex:i2",
        'a sou:Innovation ; skos:prefLabel "Cup" ; skos:altLabel "Cup"',
        "skos:altLabel",
        "Another name than the label",
    ),
    Broken(
        "Country",
        r"id:country\/KEN",
        'a sou:Country ; rdfs:label "Kenya" ; skos:notation "KE"',
        "skos:notation",
        "The country's ISO 3166 alpha-3 code",
    ),
    Broken("Country", "ex:p1", 'a sou:Country ; rdfs:label "Kenya" ; skos:notation "KEN"', None, "A country's address"),
    Broken(
        "Country",
        r"id:country\/UGA",
        'a sou:Country ; rdfs:label "Uganda" ; skos:notation "UGA" ; schema:latitude 132.0',
        "schema:latitude",
        "Latitude: one xsd:decimal from -90 to 90",
    ),
    Broken(
        "Site",
        "ex:p2",
        'a sou:Site ; rdfs:label "Alpha" ; schema:containedInPlace "Kenya"',
        "schema:containedInPlace",
        "The country of a site",
    ),
    Broken(
        "Site",
        "ex:p3",
        r"a sou:Site ; schema:containedInPlace id:country\/KEN",
        "rdfs:label",
        "A site should have a name",
        "Warning",
    ),
    Broken("Exchange", "ex:x1", "a sou:Exchange", "rdfs:label", "An exchange should have a title", "Warning"),
    Broken(
        "Presence",
        "ex:q1",
        r"a sou:Presence ; sou:innovation id:innovation\/cup ; sou:country id:country\/KEN ; "
        r"sou:learnedFrom id:country\/COL",
        "sou:learnedFrom",
        "What it was learned from",
    ),
    Broken("Adoption", "ex:a2", f"{_TAKEN} sou:publishers 2", "sou:publishers", "No more publishers than reports"),
    Broken(
        "Adoption",
        "ex:a3",
        f'{_TAKEN} sou:publishers 1 ; sou:incomeGroup "LMIC"',
        "sou:incomeGroup",
        "The income group at the time: L, LM, UM or H",
    ),
    Broken(
        "Adoption",
        "ex:a4",
        f"{_TAKEN} sou:publishers 1".replace("sou:certain true ;", ""),
        "sou:certain",
        "Whether it certainly matches the filters: true or false",
    ),
    Broken(
        "Origin",
        "ex:o1",
        rf"a sou:Origin ; {_FUSED} sou:contested false",
        "sou:place",
        "Where it began: the address of",
    ),
    Broken(
        "Basis",
        "ex:h1",
        f"{_MOVED} sou:publishers 1 ; sou:toCountry id:country\\/KEN".replace("stated", "sure"),
        "sou:basis",
        "How the source is known: one concept of the scheme basis",
    ),
    Broken("Transfer", "ex:h2", f"{_MOVED} sou:publishers 1", "sou:toCountry", "The country that learned: one address"),
    Broken("Dataset", "ex:d1", 'dcterms:title "T" ; sou:digest "abc"', "sou:digest", "The digest of a graph: sha256:"),
]
