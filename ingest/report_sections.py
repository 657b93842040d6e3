"""The exchange-report format as data: its sections, their fields, and what each field means in a few words.

The YAML reader, the workbook reader and the blank templates all follow these tables, so they cannot drift
apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .fields import CONFIDENCE

#: Version that `southerly-report` must name.
VERSION = "1"

#: How the readers of both forms are known in the ledger.
INGESTER = "exchange-report/1"

#: How a value is read. `parts` is a mapping with fields of its own, `rows` a list of such mappings, `date` a
#: date that may say how exact it is; `never` is accepted, so that nobody has to strip a form, and not stored.
Kind = Literal[
    "text", "list", "country", "countries", "when", "date", "term", "flag", "count", "parts", "rows", "never"
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a section."""

    name: str
    kind: Kind
    says: str  # for the templates: what to write here
    required: bool = False
    scheme: str | None = None  # vocabulary of a `term`
    parts: tuple[Field, ...] = ()
    short: str | None = None  # the part that a bare value stands for: `funder: [WHO]`


@dataclass(frozen=True, slots=True)
class Section:
    """A top-level key of the YAML form and a sheet of the workbook form."""

    key: str
    sheet: str
    says: str
    fields: tuple[Field, ...]
    many: bool = True  # a list of items, or one mapping

    def field(self, name: str) -> Field | None:
        """Return the field of that name, or null."""
        return next((f for f in self.fields if f.name == name), None)


#: Choices that belong to the form and to no vocabulary of the ontology.
CHOICES: dict[str, tuple[str, ...]] = {
    "confidence": CONFIDENCE,
    "precision": ("day", "month", "year", "decade"),
    "end_status": ("ended", "ongoing", "unknown"),
    "action_status": ("planned", "started", "done", "dropped", "unknown"),
    "still_in_use": ("yes", "no", "partly", "unknown"),
    "attribution": ("stated", "inferred", "not claimed"),
    "evidence": ("self-report", "routine data", "evaluation", "press"),
    "review": ("candidate", "accepted", "refused"),
    "method": ("rule", "model"),
}


def _term(name: str, scheme: str, says: str) -> Field:
    return Field(name, "term", says, scheme=scheme)


_INNOVATION = Field("innovation", "text", "name of the practice, device, model or policy", required=True)
_PRACTICE_AREA = _term("practice_area", "practice-area", "field of care")
_EVIDENCE = (
    Field("quote", "text", "the report's own words, short"),
    Field("page", "text", "page of the report"),
    _term("confidence", "confidence", "how safely this follows from the report"),
    Field("note", "text", "anything that a reader should know"),
    _term("review", "review", "candidate if it still has to be checked; blank is as the whole report"),
)
_FACTORS = (
    Field("mechanism", "list", "what made the learning work"),
    Field("enabler", "list", "what helped"),
    Field("barrier", "list", "what hindered"),
)
_PARTY = (
    Field("country", "country", "country name or ISO code"),
    Field("sites", "list", "hospitals, districts or offices"),
    Field("organisation", "list", "organisation"),
    Field("focal_person", "never", "not stored"),
)
_DATE = (
    Field("value", "text", "date, as exactly as known"),
    _term("precision", "precision", "how exactly it is known"),
    _term("status", "end_status", "whether it has ended"),
)
_STATUS = _term("status", "claim-status", "actual, planned, hypothetical or negated")
_EXCHANGE_LINK = Field("exchange", "text", "exchange_id or title of the exchange, `none` if no exchange is meant")

SOURCE = Section(
    "source",
    "Source",
    "what is cited; a title, a url or a doi is needed",
    (
        Field("title", "text", "title of the report"),
        Field("url", "text", "web address"),
        Field("doi", "text", "digital object identifier"),
        Field("iati", "text", "IATI activity identifier"),
        Field("sha256", "text", "SHA-256 of the report's own file, by which it is known where it has no address"),
        Field("year", "text", "year of publication"),
        Field("date", "text", "date of publication or submission"),
        Field("authors", "text", "authors, as cited"),
        Field("publisher", "text", "journal, publisher or organisation"),
        Field("licence", "text", "licence of the report"),
        Field("page", "text", "pages that this form was filled from"),
        Field("completed_by", "never", "not stored"),
        Field("completed_on", "text", "day that this form was filled in"),
    ),
    many=False,
)

INNOVATIONS = Section(
    "innovations",
    "Innovations",
    "names of the innovations in this report",
    (
        Field("name", "text", "name, as used below", required=True),
        Field("aliases", "list", "other names"),
        Field("acronym", "list", "acronym"),
        _term("kind", "innovation-kind", "kind of innovation"),
        _PRACTICE_AREA,
        *_EVIDENCE,
    ),
)

ORIGINS = Section(
    "origins",
    "Origins",
    "where an innovation began",
    (
        _INNOVATION,
        Field("country", "country", "country where it began"),
        Field("site", "text", "hospital, organisation or district where it began"),
        Field("when", "when", "when it began"),
        *_EVIDENCE,
    ),
)

ADOPTIONS = Section(
    "adoptions",
    "Adoptions",
    "who took an innovation up",
    (
        _INNOVATION,
        Field("country", "country", "country that adopted it"),
        Field("site", "text", "hospital, organisation or district that adopted it"),
        Field("when", "when", "when the adoption began"),
        Field("end", "when", "when it ended, if it did"),
        _term("stage", "adoption-stage", "how far it has got"),
        _STATUS,
        Field(
            "learned_from",
            "parts",
            "from whom it was learned",
            parts=(
                Field("country", "country", "country that it was learned from"),
                Field("site", "text", "site that it was learned from"),
            ),
        ),
        _term("channel", "channel", "how it travelled"),
        _EXCHANGE_LINK,
        Field("partners", "list", "organisations that helped"),
        Field("adaptation", "text", "what was changed to fit"),
        Field("outcome", "text", "what came of it"),
        _term("outcome_level", "outcome-level", "level of that outcome"),
        Field("mechanisms", "list", "what made it work"),
        Field("enablers", "list", "what helped"),
        Field("barriers", "list", "what hindered"),
        Field("first_observed", "flag", "yes if it was only first seen then and may have begun before"),
        *_EVIDENCE,
    ),
)

EXCHANGES = Section(
    "exchanges",
    "Exchange",
    "the learning exchange",
    (
        Field("exchange_id", "text", "short key, to refer to the exchange here and in other reports"),
        Field("title", "text", "name of the exchange", required=True),
        _term("exchange_type", "exchange-type", "type of exchange"),
        _STATUS,
        _term("direction", "direction", "who learns from whom"),
        Field("start_date", "date", "when it began", parts=_DATE[:2], short="value"),
        Field("end_date", "date", "when it ended", parts=_DATE, short="value"),
        Field("host", "rows", "those who show", parts=_PARTY, short="country"),
        Field("visitors", "rows", "those who come to learn", parts=_PARTY, short="country"),
        Field("funder", "list", "who pays"),
        Field("facilitator", "list", "who brokers or coordinates"),
        Field("language_of_exchange", "list", "languages used, and interpretation"),
        Field("mission_statement", "text", "the purpose in the report's own words, or yes"),
        Field(
            "learning_expected",
            "parts",
            "where learning is expected",
            parts=(
                Field("level", "list", "individual, service, system or policy"),
                Field("for", "text", "host, visitor or both"),
            ),
            short="level",
        ),
        Field("learning_questions", "list", "questions set before the exchange"),
        Field(
            "needs_assessment",
            "parts",
            "needs assessed beforehand",
            parts=(Field("done", "flag", "yes, no or unknown"), Field("summary", "text", "in a sentence")),
            short="done",
        ),
        Field(
            "practices",
            "rows",
            "innovations shown",
            parts=(
                Field("practice", "text", "name of the innovation", required=True),
                _PRACTICE_AREA,
                Field("shown_at_site", "text", "where it was shown"),
            ),
            short="practice",
        ),
        Field(
            "agreement",
            "parts",
            "formal agreement",
            parts=(
                Field("type", "text", "MoU, letter, none or unknown"),
                Field("date", "text", "date of it"),
            ),
            short="type",
        ),
        Field("participants_n", "text", "number of participants, if not listed below"),
        _term("participants_cadre", "cadre", "their cadre, if not listed below"),
        Field("debrief", "flag", "whether a debriefing was held, if not told below"),
        *_EVIDENCE,
    ),
)

PARTICIPANTS = Section(
    "participants",
    "Participants",
    "one row for a person or a group; names are never stored",
    (
        Field("name", "never", "not stored"),
        Field("role", "text", "role"),
        Field("organisation", "text", "organisation"),
        Field("country", "country", "country they come from"),
        _term("cadre", "cadre", "seniority"),
        Field("sex", "text", "sex, if the report says it"),
        Field("decision_power", "flag", "whether they can decide on change at home"),
        Field("count", "count", "number of people in this row"),
        _EXCHANGE_LINK,
    ),
)

PROGRAMME = Section(
    "programme",
    "Programme",
    "one row for an activity",
    (
        Field("date", "text", "date"),
        Field("site", "text", "place"),
        Field("activity", "text", "activity"),
        Field("practice", "text", "innovation shown"),
        Field("met_with", "never", "not stored: it names people"),
        _EXCHANGE_LINK,
    ),
)

DEBRIEF = Section(
    "debrief",
    "Debrief",
    "the debriefing",
    (
        Field("held", "flag", "whether one was held"),
        Field("date", "text", "date"),
        Field("with", "list", "hosts, own team, line managers or users"),
        Field("told_before_travel", "flag", "whether travellers knew of it before they left"),
        Field("worked_well", "list", "what worked well"),
        Field("did_not_work", "list", "what did not"),
        Field("lessons", "list", "lessons learned"),
        Field("recommendations", "list", "recommendations"),
        Field("report_shared_with", "list", "who received the report"),
        _EXCHANGE_LINK,
    ),
    many=False,
)

ACTION_PLAN = Section(
    "action_plan",
    "Action plan",
    "one row for an action",
    (
        Field("practice", "text", "innovation that the action takes up", required=True),
        Field("action", "text", "what will be done"),
        Field("adopter_country", "country", "country that will do it"),
        Field("adopter_site", "text", "site that will do it"),
        Field("responsible", "never", "not stored"),
        Field("due", "when", "when it is due"),
        Field("resources", "text", "what it needs"),
        _term("status", "action_status", "how far the action has got"),
        Field("status_date", "when", "date of that status"),
        _EXCHANGE_LINK,
        *_EVIDENCE,
    ),
)

OUTCOMES = Section(
    "outcomes",
    "Outcomes",
    "one row for a finding",
    (
        Field("practice", "text", "innovation that it concerns"),
        _PRACTICE_AREA,
        _EXCHANGE_LINK,
        Field("adopter_country", "countries", "country or countries where it happened"),
        Field("adopter_site", "text", "site where it happened"),
        Field("outcome", "text", "what the exchange led to; needed, unless there is a mechanism, enabler or barrier"),
        _STATUS,
        _term("level", "outcome-level", "level of the change"),
        _term("stage", "outcome-stage", "how far it has got"),
        Field("metric", "text", "what was measured"),
        Field("baseline", "text", "value before"),
        Field("value", "text", "value found"),
        Field("unit", "text", "unit"),
        Field("date_observed", "when", "when it was found"),
        *_FACTORS,
        Field("adaptation_made", "text", "what was changed to fit"),
        Field("fidelity", "text", "how closely the original was followed"),
        _term("attribution", "attribution", "whether the report credits the exchange"),
        _term("evidence", "evidence", "what it rests on"),
        Field("source_ref", "text", "where the figure comes from"),
        *_EVIDENCE,
    ),
)

FOLLOW_UP = Section(
    "follow_up",
    "Follow-up",
    "one row for a practice, 6, 12 and 24 months on",
    (
        Field("date", "when", "date of the follow-up", required=True),
        Field("practice", "text", "innovation followed up", required=True),
        Field("adopter_country", "countries", "country or countries where it was looked for"),
        Field("adopter_site", "text", "site where it was looked for"),
        _term("still_in_use", "still_in_use", "whether it is still in use"),
        Field("sites_now", "text", "number of sites that use it now"),
        Field("spread_to", "countries", "further countries that have taken it up"),
        Field("why_stopped", "list", "why it stopped, if it did"),
        _EXCHANGE_LINK,
        *_EVIDENCE,
    ),
)

SECTIONS = (
    SOURCE,
    INNOVATIONS,
    ORIGINS,
    ADOPTIONS,
    EXCHANGES,
    PARTICIPANTS,
    PROGRAMME,
    DEBRIEF,
    ACTION_PLAN,
    OUTCOMES,
    FOLLOW_UP,
)

#: In a report that was filled in by a program: which, and how. Its items await review unless they say otherwise.
FOUND_BY = Section(
    "found_by",
    "Found by",
    "what filled this report in",
    (
        _term("method", "method", "rule or model"),
        Field("reader", "text", "its name and version"),
    ),
    many=False,
)

#: `exchange` holds the one exchange of a report, `exchanges` several.
TOP_KEYS = ("southerly-report", "review", FOUND_BY.key, "exchange", *(s.key for s in SECTIONS))
