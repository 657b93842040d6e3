"""The places of a sentence with the part each plays in an adoption: adopter, source, origin, owner, or none.

The words right before and after a place's tag decide; then the verb of each clause finds its doer and its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .adoption_cues import (
    ADOPTER_AFTER,
    ADOPTER_BEFORE,
    CARRIES,
    CHAIN,
    COMES_BEFORE,
    DOES,
    FROM,
    HELP_BEFORE,
    LINK,
    MODEL_AFTER,
    MODELLED,
    MONEY,
    MOVES,
    ORIGIN_AFTER,
    ORIGIN_BEFORE,
    OWNER_AFTER,
    PASSIVE_AFTER,
    PEOPLE_MOVE,
    SOURCE_AFTER,
    SOURCE_BEFORE,
    TAKEN_FROM,
    TAKES_UP,
)
from .discourse import PLACE, Line
from .exchange_cues import TOPONYM
from .innovations import InnovationMention
from .sentences import lowered
from .status import status_of
from .when import DateMention

_PLACE = re.compile(PLACE)
_REACH = 160  # characters beside a place in which its cue stands
#: Where one doer's part of a sentence ends and another's begins.
_STRAND = re.compile(
    rf"\s*(?:;|—|–\s|:\s|\.\s|,? (?=(?:but|although|though|however|whereas|while|despite|because)\b)|, (?=yet\b)|,? (?=and (?:then |later |so |in |its |the |<D\d+>,? ){{0,2}}{PLACE}(?!,| and| in turn)(?:['’]s?)? (?:[\w-]+ ){{0,3}}?(?:has|have|had|was|were|is|are|did|will|{DOES})\b)|,? (?=and (?:a|an|the|such|by|now|[\w-]+ [\w-]+ (?:was|were|has|have|is|are))\b))",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:^|[;,:.] ?|\b(?:and|but|while|where|that|because|then,?) )(?:back |meanwhile,? |elsewhere |once )?(?:in|at|across|within|for|from) (?:the |rural |neighbouring )?$",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(
    r"\b(?:in|at|to|into|across|within|throughout|by|for)(?: (?:the|rural|urban|all|its|their|both|other|several|some|many|two|three|four|five|six|seven|eight|nine|ten|\d+|districts|hospitals|clinics|facilities|parts|of|public|neighbouring|sites|counties|provinces|regions|health|centres|townships|parishes))* ?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:\b(?:in|at|to|from|with|by|of|near|for|about|between|visited|toured|into)(?: (?:the|its|their|a|an))?|['’]s) $",
    re.IGNORECASE,
)
_BY_PEOPLE = re.compile(r"\bby (?:the |a |an |two |three |[\w-]+ )?$", re.IGNORECASE)
_TAKEN_BY = re.compile(
    rf"^(?:['’]s?)? (?:[\w’'-]+ ){{0,4}}[\w’'-]+,? (?:which |that )?(?:the )?{PLACE}(?:['’]s?)? (?:[\w-]+ ){{0,3}}?{DOES}",
    re.IGNORECASE,
)
_HELPS = re.compile(
    r"^(?:['’]s?)? (?:technical )?(?:advice|help|support|assistance|guidance|trainers?|mentors?|experts?|technicians?|advis[eo]rs?|supervision|tutors?)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\b(?:in|at|of|from)(?: (?:the|its|their|a|an))? $", re.IGNORECASE)
_PEOPLE_OF = re.compile(
    r"\b(?:team|delegation|delegates|visitors|participants|nurses|midwives|doctors|officials|managers|clinicians|surgeons|leaders|workers|trainers|fellows|trainees|staff|ministry|government|experts|residents|state|hospitals?|clinics?|districts?|both|all|teams|counsellors|charity|members|cities|city|facilities) (?:of|from|in|at|across) (?:the |rural )?$",
    re.IGNORECASE,
)
_BE = re.compile(r"\b(?:was|were|been|being|is|are|be|got)(?: \w+)? $", re.IGNORECASE)
_INTRANSITIVE = re.compile(
    r"(?:opened|began|begun|started|launched|spread|reached|arrived|came|went live|in use|available|standard|routine|exists?|running|appeared|took root)$",
    re.IGNORECASE,
)


#: Words between a doer and its verb that change nothing: "Uganda, for its part, was taught".
_INTERJECTED = re.compile(
    r",? ?(?:, (?:for (?:its|their|his|her) part|in (?:its|their) turn|in turn|by contrast|in contrast|on the other hand|however|meanwhile|too|as well|though|likewise|similarly|also|in the end|at last|at first|in particular|for example|for instance|among others|itself|themselves)(?=,),)",
    re.IGNORECASE,
)
_LANGUAGES = frozenset({"english", "french", "spanish", "portuguese", "arabic", "german", "russian", "chinese"})
_SPOKEN = re.compile(r"\b(?:speaks?|spoke|speaking|into|in|between|from|to|and|or|both) $", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"(?:[.,;:)]|$| (?:and|or|to|into|took|was|were|is|are|versions?|translations?|speak\w+|lessons?)\b)"
)


def _is_language(line: Line, place: re.Match[str]) -> bool:
    """Say whether a word for a people means their language: "translated from English"."""
    if place.group()[1] != "C":
        return False
    mention = line.scene.countries[int(place.group()[2:-1])]
    said = line.text[mention.start - line.scene.start : mention.end - line.scene.start].lower()
    before, after = line.tagged[max(0, place.start() - 12) : place.start()], line.tagged[place.end() :]
    return said in _LANGUAGES and bool(_SPOKEN.search(before)) and bool(_NO_NOUN.match(after))


_WHICH = re.compile(r", (?:which|that)(?: [\w-]+){0,3}?(?: (?:in|at|of|from))?(?: the)? $", re.IGNORECASE)
_DONE_THERE = re.compile(
    r"^(?:['’]s?)?(?: [\w-]+){0,2}? (?:has|have|had) (?:long |already |always |been |since )*(?:practis|us|offer|run|do|operat|develop|appl|perfect)\w*",
    re.IGNORECASE,
)
#: "mentors helped Lesotho introduce nurse-led treatment".
_HELPED = re.compile(
    r"\b(?:help(?:ed|s|ing)?|support(?:ed|s|ing)?|assist(?:ed|s|ing)?|enabled|allowed|persuaded|encouraged|taught|coached|mentored|advised|guided)(?: (?:the|its|their|staff in|colleagues in|hospitals in|nurses in|teams in))* $",
    re.IGNORECASE,
)
_TO_ADOPT = re.compile(
    r"^(?:['’]s?)?(?: [\w-]+){0,3}? (?:to |in |with )?(?:introduc|adopt|set(?:ting)? up|start|launch|establish|implement|pilot|plan|build|open|adapt|replicat|roll(?:ing)? out|design|develop|creat)\w*\b",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(r"\bfollow(?:ed|s|ing)?(?: the (?:example|lead) of)? (?:the )?$", re.IGNORECASE)
_LEAD_OF = re.compile(r"^(?:['’]s? (?:lead|example)|,? (?:in|by) \w+ing\b)", re.IGNORECASE)
#: "Malawi's triage system came from".
_CAME_FROM = re.compile(
    r"^(?:['’]s?)?(?: [\w’'-]+){1,6}? (?:came|comes|was (?:brought|borrowed|learn(?:ed|t)|copied|adapted|taken)|is (?:borrowed|copied|adapted|taken)|stems|derives)(?: (?:to it|over|originally|directly))? from\b",
    re.IGNORECASE,
)
#: A clause without a doer of its own: "Peru joined but has not taken it up".
_SAME_DOER = re.compile(
    r"(?:; )?it (?=(?:[\w-]+ ){0,3}?(?:set up|adopted|introduced|launched|started|began|piloted|tried|rejected|abandoned|dropped|scaled|plans|will))|,? ?(?:but|yet|although|though|however,?|and|while) (?:(?:so far|then|later|now|still|also|since|in the end|never|not|soon|as yet|yet) )*(?:has|have|had|did|does|do|is|are|was|were|will|would|may|might|could|cannot|can|plans?|intends?|decided|rejected|dropped|chose|adopted|introduced)\b",
    re.IGNORECASE,
)


@dataclass
class End:
    """A place of a tagged sentence with its part."""

    tag: str
    start: int
    end: int
    role: str | None
    country: str | None
    strand: int = 0
    owner: bool = False  # it stands as whose: "Kenyan", "Kenya's"
    led: bool = False  # it opens its clause: "In Mali, …"
    verb: int = -1  # where the verb that made it an adopter stands


def strands_of(tagged: str) -> list[tuple[int, int]]:
    """Return the parts of a tagged sentence in which one doer acts, as places in it."""
    cuts = [0]
    cuts += [m.start() for m in _STRAND.finditer(tagged) if m.start() > cuts[-1]]
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(tagged)], strict=True) if b > a]


def ends_of(line: Line, strands: list[tuple[int, int]]) -> list[End]:
    """Return the countries and organisations of a tagged sentence with their parts."""
    plain = _Plain(line)
    places = [m for m in _PLACE.finditer(line.tagged) if not _is_language(line, m)]
    ends: list[End] = []
    for number, place in enumerate(places):
        floor = places[number - 1].end() if number else 0
        ceiling = places[number + 1].start() if number + 1 < len(places) else len(line.tagged)
        raw = line.tagged[max(floor, place.start() - _REACH) : place.start()]
        before = TOPONYM.sub("", plain.words(raw))
        after = _INTERJECTED.sub("", line.tagged[place.end() : min(ceiling, place.end() + _REACH)])
        end = End(place.group(), place.start(), place.end(), None, line.country_of(place.group()))
        end.strand = next((i for i, (a, b) in enumerate(strands) if a <= place.start() < b), 0)
        linked = bool(number) and bool(LINK.match(raw))
        end.led = bool(_LEADING.search(before))
        end.role = _role(before, re.sub(r"<D\d+>", "then", after), end, line)
        if linked and end.role in (None, "place"):
            end.role, end.strand = ends[-1].role, ends[-1].strand
        elif (
            end.role is None
            and number
            and _BY_PEOPLE.search(before)
            and ends[-1].role == "adopter"
            and line.people(end.tag)
        ):
            end.role = "source"  # "brought to Uganda by Canadian surgeons"
        elif end.role is None and number:
            end.role = _onward(line.tagged, before, place, ends[-1], floor)
        led = before.strip().lower() in {"from", "from the"} and (MOVES.search(line.tagged) or line.people(end.tag))
        if end.role in (None, "place") and (
            led
            or (
                end.role is None
                and FROM.search(before)
                and not MONEY.search(before)
                and MOVES.search(line.tagged[: place.start()])
            )
        ):
            end.role = "source"
        ends.append(end)
    listed = False
    for number in range(len(ends) - 2, -1, -1):  # "A, B and C adopted": the verb stands after the last of a list
        last = ends[number + 1]
        between = line.tagged[ends[number].end : last.start]
        doer = last.role == "adopter" and (
            listed or ADOPTER_AFTER.match(plain.words(line.tagged[last.end : last.end + _REACH]))
        )
        listed = bool(ends[number].role in (None, "place", "adopter") and LINK.match(between) and doer)
        if listed and ends[number].role != "adopter":
            ends[number].role, ends[number].strand = "adopter", last.strand
    _carriers(line, ends)
    for number, strand in enumerate(strands):
        _by_verb(line, ends, number, strand)
    _share_verb(line, ends)
    return ends


def _share_verb(line: Line, ends: list[End]) -> None:
    """Let a list share the part that a verb gave to one of its places: "used in Mozambique and Angola"."""
    pairs = [*pairwise(ends), *((b, a) for a, b in reversed(list(pairwise(ends))))]
    for known, other in pairs:
        first, second = sorted((known, other), key=lambda e: e.start)
        if known.role == "adopter" and known.verb >= 0 and other.role is None:
            outside = known.verb < first.start or known.verb > second.start
            if outside and LINK.match(line.tagged[first.end : second.start]):
                other.role, other.strand, other.verb = "adopter", known.strand, known.verb


class _Plain:
    def __init__(self, line: Line) -> None:
        self.line = line

    def words(self, part: str) -> str:
        """Return a part of a tagged sentence with the innovations and dates in it as words."""
        return re.sub(r"<I\d+>", "it", re.sub(r"<D\d+>", "sometime", part))


def _role(before: str, after: str, end: End, line: Line) -> str | None:
    told = re.sub(r"<I\d+>", "it", after)
    owner = end.owner = line.people(end.tag) or after[:2] in {"'s", "’s", "s'", "s’"}
    if PASSIVE_AFTER.match(told):
        return "adopter"
    if MODEL_AFTER.match(told) and MODELLED.search(before):
        return "source"
    if owner and (TAKEN_FROM.match(told) or _TAKEN_BY.match(line.tagged[end.end : end.end + _REACH])):
        return "source"
    if _WHICH.search(before) and _DONE_THERE.match(told):
        return "source"  # "the bench, which clinics in Zimbabwe have offered for years"
    if _HELPED.search(before) and _TO_ADOPT.match(told):
        return "adopter"
    if _FOLLOWED.search(before) and _LEAD_OF.match(told):
        return "source"
    if owner and _CAME_FROM.match(told):
        return "adopter"
    if SOURCE_BEFORE.search(before) and not MONEY.search(before):
        return "source"
    if ORIGIN_BEFORE.search(before) or ORIGIN_AFTER.match(told):
        return "origin"
    if HELP_BEFORE.search(before) and not MONEY.search(before) and (end.tag[1] == "C" or "technical" in before):
        return "source" if not _LOCATIVE.search(before) or before.rstrip().endswith((" by", "by the")) else "adopter"
    if _HELPS.match(told) and re.search(r"\b(?:with|by|from|under|through)(?: the| an?)? $", before, re.IGNORECASE):
        return "source"
    if (owner or MODEL_AFTER.match(told)) and re.search(
        rf"\b(?:{DOES}|us(?:e|es|ed|ing))(?: (?!in\b|at\b|by\b|to\b|across\b)[\w-]+){{0,2}} (?:the|a|an|this|their|its)? ?$",
        before,
        re.IGNORECASE,
    ):
        return "source"
    if SOURCE_AFTER.match(told) and not ADOPTER_AFTER.match(told):
        return "source"
    if ADOPTER_AFTER.match(told) and not _aside(before):
        return "adopter"
    if owner and OWNER_AFTER.match(after):
        return "owner"
    if ADOPTER_BEFORE.search(before) or COMES_BEFORE.search(before):
        return "adopter"
    return "place" if _LEADING.search(before) else None


def _aside(before: str) -> bool:
    """Say whether a place only tells where something is, not who acts: "the clinic in Ghana", not "nurses from Ghana"."""
    return bool(_ASIDE.search(before)) and not _PEOPLE_OF.search(before) and not _LEADING.search(before)


def _onward(tagged: str, before: str, place: re.Match[str], last: End, floor: int) -> str | None:
    """Return the part of a place that a move goes on to: "from A to B", "in A and then in B"."""
    if (
        last.role == "source"
        and re.search(r"(?:^| )(?:to|into)(?: the| rural)? ?$", before)
        and MOVES.search(tagged[:floor])
        and not PEOPLE_MOVE.search(tagged[:floor])
    ):
        return "adopter"
    if last.role == "adopter" and CHAIN.search(before) and re.search(r"\b(?:to|in|into|by)(?: the)? ?$", before):
        return "adopter"
    return None


def _carriers(line: Line, ends: list[End]) -> None:
    """Make the doer of "A introduced it in B" the source, for it is B that has it now."""
    for first, second in pairwise(ends):
        between = line.tagged[first.end : second.start]
        if (
            first.role in ("adopter", None)
            and second.role == "adopter"
            and first.country
            and second.country
            and first.country != second.country
            and first.strand == second.strand
            and not LINK.match(between)
            and not CHAIN.search(between)
            and CARRIES.search(between)
            and not _BE.search(between[: (CARRIES.search(between) or re.match("", between)).start()])  # type: ignore[union-attr]
            and re.search(r"\b(?:in|at|to|into|across)\b", between)
            and not _aside(line.tagged[max(0, first.start - _REACH) : first.start])
        ):
            first.role = "source"


def _carry_on(ends: list[End], number: int, strand: tuple[int, int], text: str) -> None:
    """Let a place that leads a sentence hold for its next clause: "In Mali a unit was built, but it was not adopted"."""
    before = [e for e in ends if e.strand == number - 1 and e.country]
    led = next((e for e in reversed(before) if e.led), None)
    if led is None and _SAME_DOER.match(text) and len({e.country for e in before}) == 1:
        led = before[-1] if before[-1].role in (None, "place", "adopter") else None
    m = TAKES_UP.search(lowered(text))
    if led and m and not any(e.strand == number - 1 and e.role == "adopter" and e is not led for e in ends):
        ends.append(End(led.tag, strand[0], strand[0], "adopter", led.country, number, verb=strand[0] + m.start()))


def _would_be(line: Line, doers: list[End], strand: str) -> list[End]:
    """Return who thinks of taking up what "could be adopted", where the sentence names no other place."""
    open_ = status_of(strand) in {"hypothetical", "planned"}
    return doers[-1:] if doers and open_ and line.people(doers[-1].tag) else []


def _by_verb(line: Line, ends: list[End], number: int, strand: tuple[int, int]) -> None:
    """Find who took something up in a clause that has a verb of uptake and no adopter yet."""
    here = [e for e in ends if e.strand == number and strand[0] <= e.start < strand[1]]
    text = line.tagged[strand[0] : strand[1]]
    if not here and number:
        _carry_on(ends, number, strand, text)
    if not here or any(e.role == "adopter" for e in here):
        return
    for m in TAKES_UP.finditer(lowered(text)):
        at = strand[0] + m.start()
        passive = bool(_BE.search(text[max(0, m.start() - 24) : m.start()]))
        itself = passive or bool(m["comes"]) or bool(_INTRANSITIVE.search(m.group()))
        own = ("owner",) if itself else ()  # "Ecuador's first milk bank opened"
        open_ = [e for e in here if e.role in (None, "place", *own) and e.country]
        behind = [e for e in open_ if e.start > at and _LOCATIVE.search(line.tagged[max(0, e.start - 60) : e.start])]
        led = [e for e in open_ if e.start < at and e.role == "place"]
        doers = [e for e in open_ if e.start < at and not _aside(line.tagged[max(0, e.start - _REACH) : e.start])]
        where = [e for e in open_ if e.start < at and _WHERE.search(line.tagged[max(0, e.start - 40) : e.start])]
        if itself:
            owners = [e for e in doers if e.role == "owner"]
            chosen = behind[:1] or led[-1:] or owners[-1:]
            chosen = chosen or (doers[-1:] if not passive else _would_be(line, doers, text) or where[-1:])
        else:
            chosen = doers[-1:] or led[-1:] or where[-1:]
            if not chosen:
                chosen = behind[:1]
        if chosen:
            chosen[0].role, chosen[0].verb = "adopter", at
            return


def nearest_innovation(line: Line, end: End) -> InnovationMention | None:
    """Return the innovation named nearest to a place of the sentence."""
    places = [(abs(m.start() - end.start), int(m.group(1))) for m in re.finditer(r"<I(\d+)>", line.tagged)]
    return line.innovations[min(places)[1]] if places else None


def date_of(line: Line, end: End, peers: list[End]) -> DateMention | None:
    """Return when: the date right behind the place, else the sentence's only date; with several, none but its own."""
    dates = [(m.start(), int(m.group(1))) for m in re.finditer(r"<D(\d+)>", line.tagged)]
    if not dates:
        return None
    behind = re.match(
        r"(?:['’]s)?(?: [\w-]+){0,2}?,?\s*(?:\(|in |since |from |by |during )*<D(\d+)>", line.tagged[end.end :]
    )
    if behind:
        return line.dates[int(behind.group(1))]
    if len(dates) == 1:
        at = dates[0][0]
        places = [m for m in _PLACE.finditer(line.tagged) if m.group() == end.tag or m.group()[1] in "CONF"]
        nearest = min(places, key=lambda m: abs(m.start() - at)) if places else None
        leads = at < 12 or all(m.start() < at for m in places) or all(m.start() > at for m in places)
        return line.dates[dates[0][1]] if leads or (nearest and nearest.start() == end.start) else None
    if len(dates) == len(peers) and "respectively" in line.text and end in peers:
        return line.dates[dates[peers.index(end)][1]]
    after = [d for d in dates if d[0] > end.start]
    return line.dates[after[0][1]] if after and len(peers) == 1 else None
