"""What a clause says was taken up where no known innovation is named: the words of its object, as a suggestion.

The patterns are matched against the clause in small letters, and what they find is given as it stands in the text.
"""

from __future__ import annotations

import re

from .discourse import Line
from .innovations import InnovationMention
from .sentences import lowered
from .uptake_cues import DOES

#: Words that no name of a thing begins with, and words that end it.
_NOT_FIRST = r"(?!(?:shows?|showed|says?|said|explains?|explained|finds?|found|reports?|reported|suggests?|argues?|argued|notes|noted|means?|meant|it|them|one|ones|so|this|that|they|he|she|we|i|him|her|us|you|what|how|whether|who|which|where|when|why|up|out|in|on|across|at|to|from|by|with|after|since|for|of|and|or|as|but|not|no|there|here|again|into|through|giving|using|making|running|being|now|only|more|most|first|both|all|each|every|another|other|later|soon|still|then|if|while|because|is|are|was|were|has|have|had|an?|the|few|many|much|little|nothing|nobody|none|neither)\b)"
_STOP = r"(?!(?:modell?ed|based|patterned|called|known|in|on|at|to|from|by|with|after|since|across|when|that|which|who|whose|as|where|and|or|but|while|because|is|are|was|were|has|have|had|be|been|during|within|under|before|until|last|into|through|throughout|soon|there|then|they|it|seen|used|would|could|will|should|may|might|can|did|does|do|so|if|than|developed|devised|invented|pioneered|designed|created|first|originally|also|now|still|never|not|we|he|she|whether|back|home(?! (?:care|visit|based|birth|deliver)))\b)"
_WORDS = rf"(?P<np>{_NOT_FIRST}[a-z][\w’'-]*(?: {_STOP}[\w’'-]+){{0,5}})"
_LEAD = r"(?:(?:an?|no|the|its|their|his|her|our|my|its own|their own|of its own|two|three|four|five|six|seven|eight|nine|ten|\d+|some|several|similar|such|more|new|these|this|that|first|own|same|simple) )*(?:<[cnvhwf]\d+>(?:['’]s?)? )?(?:(?:own|new|first|similar) )*[“\"‘']?"
_ACTIVE = re.compile(
    rf"(?<![\w-])(?:{DOES}|us(?:e|es|ed|ing)|runs?|ran|offer(?:s|ed)?|share|made|makes?|picked up|got)(?:,? \w+ly| of)? {_LEAD}{_WORDS}"
)
#: "has begun to triage callers".
_TO_DO = re.compile(
    r"\b(?:begun|began|started|learn(?:ed|t)|decided|agreed|plans?|planned|intends?) (?:how )?to (?P<np>(?!be\b|have\b|see\b|do\b|make\b|use\b|run\b|adopt|introduc|pilot|launch|implement|start|open|scale|replicat|try\b|set\b|roll\b|test\b|offer\b|train\b|take\b|come\b|go\b|visit|travel|host|learn|work\b|help\b|send\b)[a-z]+ (?:the |a |an |their |its |all )?(?!to\b|in\b|on\b|at\b|for\b|with\b|from\b|up\b)[a-z][\w-]+)"
)
#: "taught their Bolivian colleagues vertical birth", "exported its drill to", "is weighing a voucher scheme".
_PASSED = re.compile(
    rf"\b(?:(?:taught|showed|shown)(?: (?:the|its|their|two|three|some))?(?: <\w\d+>(?:['’]s?)?)?(?: (?:colleagues|counterparts|partners|peers|visitors|hosts|staff|nurses|doctors|midwives|teams?))? |export(?:ed|s)|passed on|lent|learn(?:ed|t) (?:of|about)|learn(?:ed|t)|weigh(?:s|ed|ing)|consider(?:s|ed|ing)?|explor(?:es|ed|ing)|follow(?:ed|ing) <\w\d+> in \w+ing)(?: up)? ?{_LEAD}{_WORDS}"
)
#: "the practice of visiting families", "the idea of village drug shops".
_CALLED_SO = re.compile(
    rf"\b(?:practice|habit|custom|idea|method|notion|tradition|policy|concept|system|model|programme|program|scheme) of (?:having |the |a |an )?{_WORDS}"
)
#: "has trained sixty Sudanese nurses in dialysis", where no name in capitals follows: the one cue that minds case.
_TRAINED_IN = re.compile(
    rf"\b(?:train(?:ed|ing)|taught|coached|mentored|instructed)\b[^;.]{{3,50}}? (?:in the use of|to use|how to use|in|on) (?:the )?(?=(?-i:[a-z])){_WORDS}",
    re.IGNORECASE,
)
#: "could learn from Fiji's tax on sugary drinks".
_FROM_THEIRS = re.compile(
    rf"\b(?:learn\w*|borrow\w*|cop(?:y|ied|ying)|inspired|based|modell?ed|impressed|replicat\w+|adapt\w*|adopt\w*)(?: (?:from|by|on|after|with))?(?: the)? <c\d+>['’]s? {_WORDS}"
)
#: "Malawi's triage system came from".
_OWNED = re.compile(rf"<c\d+>['’]s? {_WORDS} (?:came|comes|was|is|were|are|stems|derives|has been|have been)\b")
_ANOTHERS = re.compile(rf"<[cn]\d+>(?:['’]s?)? {_WORDS}")
_SOMEBODY = re.compile(
    r"\b(?:authorit\w+|ministr\w+|governments?|officials?|agenc\w+|hospitals?|partners?|colleagues|counterparts?|trainers?|experts?|"
    r"midwives|physicians|surgeons|managers|facult\w+|hosts?|experiences?|lines|help|advice|support|border|capital|side)$"
)
_PASSIVE = re.compile(
    rf"(?:^|[,;:.] |\b(?:and|but|that|which|when|where|until|then|once|later|since then|soon|afterwards|today|now),? |<\w\d+>,? ){_LEAD}{_WORDS}[”\"’']?(?: (?:at|in|on|of|for|with) (?:the |a |an )?[\w -]{{3,30}}?)?(?:,? (?:which|that) [^,;.]{{3,60}}?,?|, [^,;.]{{3,60}},)? (?:was|were|has|have|had|been|being|is|are|has been|have been|had been|will be|could be|would be|may be|might be)(?: (?:also|now|since|then|later|soon|never|not|yet|first|still|been|be|to))* (?:{DOES}|in use|used)"
)
_TAKEN = re.compile(
    rf"<[cn]\d+>(?:['’]s?)? {_WORDS},? (?:which |that )?(?:the )?<\w\d+>(?:['’]s?)? (?:[\w-]+ ){{0,3}}?{DOES}"
)
_COMES = re.compile(
    rf"(?:^|[,;:.] |\b(?:and|but|that|where|until|then|once) |<\w\d+>,? ){_LEAD}{_WORDS}[”\"’']? (?:(?:has|have|had|since|then|later|now|soon|also|first) ){{0,3}}(?:opened|began|begun|started|went live|spread|reached|appeared|exists?|(?:is|are|was|were) (?:up and )?running|took root)\b"
)
_MODELLED = re.compile(
    rf"(?:^|[,;:.] |\b(?:and|but|that|of) ){_LEAD}{_WORDS}[”\"’']?,? (?:modell?ed (?:up)?on|based on|patterned on|inspired by|borrowed from|copied from|adapted from|like (?:the (?:one|ones)|those)|taken from|learn(?:ed|t) (?:in|from)|of the [\w-]+ type)"
)
#: "based its member card on the Filipino one".
_BASED = re.compile(
    rf"\b(?:based|modell?ed|patterned|built|shaped|designed|drew up|wrote|rewrote|redesigned|named) (?:its|their|our|his|her|my|the|an?) (?:own |new )?{_WORDS} (?:on|upon|after|from|to)\b"
)
#: What a sentence, or a part of it, begins with: its subject.
_SUBJECT = re.compile(rf"(?:^|[;:—–] |^[\w ]{{3,30}}, ){_LEAD}{_WORDS}")
_BEGAN = r"(?:developed|devised|invented|pioneered|designed|conceived|originat\w+|created|first (?:used|tried|tested|introduced|developed|set up|started|launched|opened|piloted)|dreamed up|thought up|worked out|born|began|begun)"
_BEGUN = re.compile(
    rf"(?:^|[,;:.] |\b(?:and|but|that|of) |<\w\d+>,? ){_LEAD}{_WORDS}[”\"’']?,?(?: \([^)]{{2,20}}\),?)? (?:(?:which|that|was|were|is|are|had|has|been|itself|had been|has been) ){{0,4}}{_BEGAN}\b"
)
_BEGINS = re.compile(
    rf"(?<![\w-])(?:pioneered|invented|devised|developed|came up with|dreamed up|worked out) {_LEAD}{_WORDS}"
)
_SEEN = re.compile(
    rf"\b(?:to (?:see|observe|learn(?: about| how)?|study|look at|find out about|understand)|(?:saw|observed|were shown|was shown|learned about|learnt about|heard (?:of|about)|watched|impressed by|struck by|struck <\w\d+> was|interested in|exchange on|visit on|tour on|demonstrated|showed (?:them|the visitors|<v\d+>))) (?:how )?{_LEAD}{_WORDS}"
)
#: Nouns that a practice goes by; a list to extend.
_PRACTICE = "vouchers?|passport|desk|trolley|huddles?|diary|rooms?|committees?|posts?|rounds?|refills?|insurance|scorecards?|councils?|caf[eé]s?|kitchens?|gardens?|shelters?|hotline|boxes|box|bags?|form|book|calendar|campaign|corners?|scheme|programme|program|model|approach|method|technique|checklist|clinics?|system|protocol|tool|bank|clubs?|groups?|kit|register|chart|card|round|school|fund|network|package|app|pathway|service|practice|drill|team"
_SPOKEN_OF = re.compile(
    rf"(?:\b(?:the|a|an|its|their|our)|<c\d+>['’]s) (?P<np>(?:{_STOP}[a-z][\w’'-]+ ){{1,3}}?(?:{_PRACTICE}))(?= (?:is|was|are|were|has|have|had|in|at|of|that|which|where|runs?|ran)\b|,)"
)
#: Objects that are no practice of their own.
_NO_THING = re.compile(
    r"\b(?:meetings?|reports?|letters?|agreements?|memorand\w+|surveys?|discussions?|talks|negotiations|visits?|tours?|trips?|exchanges?|partnerships?|links?|project|grants?|funds?|funding|money|"
    r"data|evaluation|analysis|results?|phase|year|month|week|day|time|journey|return|relationship|friendship|contacts?|lessons?|patients?|people|women|children|staff|nurses|doctors|process|action plans?|plans?|changes?|"
    r"ideas?|things?|way|ways|doors?|questions?|experiences?|number|percent|per cent|mortality|deaths?|rates?|guests?|visitors|teams?|delegation|study|studies|stay|ceremony|workshop|session|conference|example|placement|offer|own|same|new|first|kind|building|road|war|country|countries|office|part|place|date|decision|roster|secretariat|body|site|sites|treatment|questionnaire|resolution|updates?|during|between)$",
    re.IGNORECASE,
)
#: What says nothing alone, and something with a word before it: "a peer-review group".
_BARE = re.compile(
    r"(?:units?|wards?|wing|cent(?:re|er)s?|clinics?|hospitals?|groups?|services?|models?|approach|practices?|programmes?|programs?|methods?|schemes?|polic(?:y|ies)|courses?|systems?|training|help|support|advice|control|care|work|law|version|rounds?|tools?|pilots?|trials?|project)",
    re.IGNORECASE,
)
#: Words behind a name that are none of it: "the scheme nationwide".
_TRAILING = re.compile(
    r"(?: (?:(?:next|last|this) (?:year|month|week)|like (?:the|those|that)(?: ones?)?|of the same(?: kind| sort)?|went live|nationwide|nationally|locally|everywhere|too|together|again|alone|instead|early|late|elsewhere|next|daily|weekly|monthly|free|open|successfully|quickly|as|of|for|not|so|just))+$",
    re.IGNORECASE,
)
_NOT_NAMED = re.compile(
    r"(?:any|some|every|no)thing\b|(?:half|part|parts|most|all|charge|root|hold|care|note|advantage|action|steps?|place|what|how|less|more|more than|budgets?) (?:of|for|the|in|than)\b|[\w’'-]+ (?:took|said|told|had|saw|were|was|recommended|helped|decided|asked|agreed|came|wants?|learn(?:ed|t)|suggested)\b",
    re.IGNORECASE,
)
#: People and visits that are a practice none the less.
_STILL_A_THING = re.compile(
    r"\b(?:home visits?|(?:community|village|mobile|outreach|response|family|school|peer)(?: [\w-]+)? (?:teams?|nurses|doctors|workers|staff|visits?))$",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"^(?:[\w-]+ )?of (?:these|those|the) ", re.IGNORECASE)
_LONGEST = 60


def thing_taken_up(line: Line, strand: str) -> InnovationMention | None:
    """Return what a clause of a tagged sentence says was taken up, in its own words; null if it says nothing definite."""
    return _first(
        line,
        strand,
        (
            _CALLED_SO,
            _TAKEN,
            _TO_DO,
            _TRAINED_IN,
            _PASSED,
            _ACTIVE,
            _PASSIVE,
            _COMES,
            _MODELLED,
            _BASED,
            _FROM_THEIRS,
            _OWNED,
        ),
    )


def thing_subject(line: Line) -> InnovationMention | None:
    """Return what a sentence is about by its place: "Patient hotlines, an idea taken from this visit, are offered in"."""
    return _first(line, line.tagged, (_SUBJECT,))


def thing_spoken_of(line: Line) -> InnovationMention | None:
    """Return the scheme, clinic, checklist or the like that a sentence speaks of, in its own words."""
    return _first(line, line.tagged, (_SPOKEN_OF,))


def thing_begun(line: Line) -> InnovationMention | None:
    """Return what a sentence says was developed or first tried somewhere, in its own words."""
    return _first(line, line.tagged, (_BEGUN, _BEGINS))


def thing_seen(line: Line) -> InnovationMention | None:
    """Return what visitors went to see or were shown, in the sentence's own words."""
    return _first(line, line.tagged, (_SEEN,))


def thing_of_another(line: Line, country: str) -> InnovationMention | None:
    """Return what a sentence calls another country's, in its own words: "the Cuban literacy method", "Fiji's tax"."""
    for m in _ANOTHERS.finditer(lowered(line.tagged)):
        tag = line.tagged[m.start() : m.end()].split(">", 1)[0] + ">"
        if country not in line.countries_of(tag):
            name = line.tagged[m.start("np") : m.end("np")]
            if not _SOMEBODY.search(name) and (found := _mention(line, name)):
                return found
    return None


def _first(line: Line, part: str, patterns: tuple[re.Pattern[str], ...]) -> InnovationMention | None:
    """Return the first thing that patterns find in a part of a tagged sentence, the surest pattern first."""
    low = lowered(part)
    for pattern in patterns:
        for m in pattern.finditer(part if pattern is _TRAINED_IN else low):
            if found := _mention(line, part[m.start("np") : m.end("np")]):
                return found
    return None


def _mention(line: Line, phrase: str) -> InnovationMention | None:
    name = _OF_THESE.sub("", _TRAILING.sub("", phrase)).strip(" -’'")
    head = re.split(r" (?:of|for) ", name, maxsplit=1)[0]
    if (
        len(name) < 4
        or len(name) > _LONGEST
        or (_NO_THING.search(head) and not _STILL_A_THING.search(head))
        or _BARE.fullmatch(name)
        or _NOT_NAMED.match(name)
        or name.endswith("ly")
    ):
        return None
    at = line.text.find(name)
    if at < 0:
        return None
    start = line.scene.start + at
    return InnovationMention(start, start + len(name), name, name, None, False)
