"""Which dates and years of a text are of no event: citations, publication dates, names, counts and codes."""

from __future__ import annotations

import re
from functools import cache

from ...ontology.countries import name_table, place_key
from ...ontology.normal import rows

_PUBLISHED = re.compile(
    r"(?:©\s*|\b(?:copyright|accessed|published|publication date|post on|full report of|piece is of|publi[ée]e?|publicado|retrieved|reprinted|printed|posted|updated|last updated|submitted|accepted|"
    r"revised|last modified|downloaded|consult[ée]e?|date of (?:this |the )?(?:report|publication|issue|writing)|report(?:ing)? date|date du rapport|"
    r"fecha del informe|data do relat[óo]rio|published online|version of|edition of|issue of|time of writing|signed off|prepared|compiled|this (?:report|paper|document|note) (?:is|was))\b[^.;|\n\d]{0,25}(?:\d\d?-[A-Z][a-z]{2}-)?"
    r"|\b(?:newsletter|bulletin|press release|news release|annual report|annual review|factsheet|issue|edition|volume|vol\.?|bolet[íi]n|boletim)\b(?:(?!\d{4})[^;\n]){0,30})$",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    r"(?:\b(?<![a-z]\s)|manuscript |paper |article )received(?: in revised form| on)?:?[ \t]*$", re.IGNORECASE
)  # a manuscript, and no guest
_CODED_BEFORE = re.compile(
    r"(?:\bet al\.?,?\s*\(?|\bin press\b\s*|\bdoi\S*|https?://\S*|www\.\S*|\bvol(?:ume)?\.?\s*\d*\s*|\bpp?\.\s*[\d–-]*\s*|\bpages?\s+|"
    r"[$€£₦¥#=<>±~]\s*|\b(?:n|US|Rs|Ksh|USh|Tsh|FCFA)\s*=?\s*\.?|\b(?:box|bag|room|ext|extension|telephone|tel|phone|fax|mobile|whatsapp|flight|route|"
    r"isbn|issn|iso|agenda|vision|horizon|strategy|ref|reference|table|figure|form|code|model|highway|version|windows|"
    r"resolution|circular|decree|directive|article|section|no|nos|nr|n[°º]|number|grant|contract|lot|unit|ward)\b[.:]?[ \t]*(?:no\.?\s*|number\s*)?[A-Z]{0,3}[-/]?)\Z",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"(?<![\w’'])(?!Q[1-4])[A-Z]{2,6}[\s-]?$"
)  # "NOK 2000", "WHO 2015", "GH-PAC-2015-04": money, a source, a code, not a day
_FISCAL = re.compile(r"\b(?:FY|AY|SY)[\s-]?$")
_COUNTING = re.compile(
    r"\b(?:over|about|some|nearly|almost|total of|than|at least|at most|only|around|approximately|roughly|up to|under|below|above|"
    r"exceed\w*|reach(?:ed|ing)?|train(?:ed|ing)|serv(?:ed|es|ing)|saw|seen|of the|all|another|further|additional|extra|plus|by|to|"
    r"and|of|with|for|from|had|has|have|were|are|these|those|estimated)\s+$",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:total|number|out|sample|cohort|group|average|population|all) of $", re.IGNORECASE)
_BARE = re.compile(r"(?<!\S)\d{4}$")
_ROUGHLY = re.compile(r"\b(?:about|around|up to|circa|ca?\.)\s", re.IGNORECASE)
_DATING = re.compile(
    r"\b(?:in|since|during|by|until|before|after|from|early|mid|late|the|its|their|our|year|en|em|depuis|desde|dès|of)[\s-]+$|\b(?:19|20)\d\d(?:,| and| or| to) $",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"\b(?:19|20)\d\d(?:,| and| or| to) $")
_COUNTED = re.compile(
    r"\s+(?:[a-z]+[- ]){0,2}?(?:participants|patients|people|persons|women|men|children|boys|girls|babies|infants|newborns|nurses|doctors|midwives|"
    r"physicians|clinicians|workers|staff|students|trainees|volunteers|users|clients|members|mothers|families|adults|"
    r"hospitals|clinics|facilities|schools|villages|households|communities|districts|homes|sites|centres|centers|"
    r"beds|births|deliveries|deaths|cases|tests|doses|visits|copies|kits|sets|packets|consultations|operations|surgeries|cataracts|"
    r"kilometres|miles|metres|litres|grams|hours|minutes|days|weeks|pages|words|dollars|euros|pounds|shillings|francs|"
    r"personnes|femmes|enfants|infirmi[eè]re?s|mujeres|niños|personas|mulheres|crianças|pessoas)\b|\s+were\b",
)
_MEASURED = re.compile(
    r"\s?(?:g|kg|mg|µg|ml|l|km|m|cm|mm|ha|kcal|cal|IU|mAh|W|V|Hz|%|percent|per cent|per 100,?000|USD|EUR|GBP|NOK|US\$)(?![\w])|[.,]\d|\s?[;:]\s?\d|/\d{3}|\)\s?[;:]\s?\d|\s\d{3}\b"
)
_NAMED_AFTER = re.compile(
    r"\s+(?:(?:national |population |general |housing )*(?:census|DHS|MICS|EDS)\b|Demographic|Multiple Indicator|(?:Cochrane |systematic |scoping |earlier |landmark |published |[A-Z]\w+ )?(?:review|paper|article|report|study(?! tour| visit)|trial|meta-analysis|publication|thesis|book|guideline|manual)s?\b|Annual Report|World Health Report|(?:[A-Z]\w+ ){0,4}Act\b|Edition\b|edition\b)"
)
_NAMED_BEFORE = re.compile(
    r"\b(?:(?:guidelines?|report|review|paper|framework|manual|handbook|toolkit)(?= ?\($)|(?<!for the )(?<!before the )(?:review|paper|article|report|thesis|book|guidelines?|edition|study) (?:of|from|in|dated|published in)|census(?: of| in)?|DHS|MICS|EDS|(?:Health|Indicator) Survey|Annual (?:Report|Review)|World Health Report|Act(?: No\.? ?\d+)?(?: of)?|FP|COVID|Report(?: for| of)?|Yearbook|Agenda|Development Goals(?: for| to)?)[ ,]*\(?$"
)
_CITED_NAME = re.compile(
    r"(?:\(|;\s*)(?:(?:see|e\.g\.|cf\.|source:?|in|from)\s+)?(?P<who>[A-ZÀ-Ý][\w’'.&/-]*(?:[ ,&]+(?:et al\.?|and|of|for|the|de|et|[A-ZÀ-Ý][\w’'.&-]*)){0,7}),?\s*$"
    r"|(?P<author>[A-ZÀ-Ý][\w’'-]+(?: et al\.?)?)\s\($"
    r"|(?P<list>[A-Z][\w’'-]+ (?:and|&) [A-Z][\w’'-]+),?\s$"
)
_DATELINE = re.compile(
    r"(?:\A|(?<=\n))[ \t*_#]*(?:[A-ZÀ-Ý][\w’'.-]*(?:[ ,/-]+(?:de|da|do|la|le|[A-ZÀ-Ý][\w’'.-]*)){0,4}(?:\s*\([^)\n]{2,40}\))?\s*[,|(.–—-]\s*)(?:(?:le|el|on)\s+)?(?:\w+day,?\s+)?$"
)
_AFTER_DATELINE = re.compile(
    r"\)?\s*(?:\([^)\n]{2,30}\)\s*|, [A-Z][\w-]+(?: [A-Z][\w-]+){0,2} (?=-|–|—))?(?:[-–—:|]|\.\s*[-–—])\s*(?!\d)\S"
)
_PLACED = re.compile(r"[ \t]*([A-ZÀ-Ý][^,\d\n]{2,30}), (?:(?:le|el|on)\s+)?")
_ENDED = re.compile(r"\.?[ \t]*(?:\n|\Z)")
_ALONE = re.compile(r"(?:\A|(?<=\n))[ \t*_#]*$"), re.compile(r"[ \t*_]*(?:\n|\Z)")  # a year as a heading
_HEAD = 3  # lines at the head of a text, of which one that is nothing but a day tells when it was published
_BY = re.compile(r"[ \t*_#]*(?:(?:by|par|por) [^\n\d]{2,40}?[,|]?[ \t]+)?(?:\w+day,?[ \t]+)?", re.IGNORECASE)
_CLOCK = re.compile(
    r"[ \t*_]*(?:(?:at )?\d\d?[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?)?[ \t*_.|]*(?:\n|\Z)", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]{3}")
#: What follows the date of a citation: its volume and pages. "2015 Jan 1;4(1):40-44"
_VOLUME = re.compile(r"(?:19|20)\d\d(?: [A-Z][a-z]{2,8}\.?(?:[ -][A-Z][a-z]{2,8}\.?)?(?: \d{1,2})?)?; ?\d+ ?[(:]")
_REFERENCE = re.compile(
    r"[ \t*_]*\[?\d{1,3}[.\]] [A-ZÀ-Ý][\w’'-]+ [A-Z]{1,3}(?:,|\.| and\b| &)"
)  # "7. Hoyler M and others: …"
_ISO_HEAD = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:\.| ?[|:])\s")  # a page that begins with the day it was put up
#: The line of a paper that tells when its manuscript came and was taken, or whose page this is.
_OF_A_PAPER = re.compile(
    r"[ \t*_]*(?:(?:received|recibido|recebido|re[çc]u)\b.*\b(?:accept|ace(?:p|i)t|accueilli)|(?:©|\(c\)|copyright)\s)",
    re.IGNORECASE,
)
_LONG = 200  # characters of a line that tells when a manuscript came and was taken
_FEW = 14  # words of a line at the head of a text that is a title or says who published it, and when
_SENTENCE = re.compile(r"[.!?:;][”\"’)]?\s*$")
#: What is dated by the day that it happened, in a title too: "Study visit to Denmark, March 2017"
_HAPPENS = re.compile(
    r"\b(?:visit|tour|trip|travel|mission|workshop|meeting|conference|congress|symposium|seminar|webinar|training|course|exchange|session|"
    r"dates?|period|held|from|since|launch|agenda|programme|program|schedule|itinerary|minutes|delegation|days?|week|start|end|beg[iu]n|forum|summit|"
    r"camp|placement|fellowship|internship|elective|taller|reuni[óo]n|atelier|visite|visita|oficina|encuentro|jornada|curso|pasant[íi]a|fecha|"
    r"voyage|s[ée]minaire|stage|journ[ée]e|estágio|semin[áa]rio|encontro|miss[ãa]o|misi[óo]n)",
    re.IGNORECASE,
)


def is_of_no_event(text: str, start: int, end: int) -> bool:
    """Say whether a date that stands in a text is that of a publication or a number of another kind."""
    before, said = text[max(0, start - 90) : start], text[start:end].strip()
    line = text.rfind("\n", 0, start) + 1
    if _PUBLISHED.search(before) or _RECEIVED.search(before) or _OF_A_PAPER.match(text, line, line + _LONG):
        return True
    if is_of_a_volume(text, start, end):
        return True
    if _REFERENCE.match(text, line) or (start == line and _ISO_HEAD.match(text, start)):
        return True
    if said.isdigit() and _ALONE[0].search(text, max(0, start - 20), start) and _ALONE[1].match(text, end):
        return True
    exact = bool(_WORDS.search(_ROUGHLY.sub("", said))) or len(re.findall(r"\d+", said)) >= 3
    if exact:
        return is_dateline(text, start, end)
    return _is_number(text, before, start, end) or _is_cited(text, before, end)


def is_of_a_volume(text: str, start: int, end: int) -> bool:
    """Say whether a date is that of the volume of a journal: "2015 Jan 1;4(1):40-44"."""
    return any(m.start() <= start < m.end() for m in _VOLUME.finditer(text, max(0, start - 12), end + 24))


def is_dateline(text: str, start: int, end: int) -> bool:
    """Say whether a day opens a news item or closes a letter: "KIGALI, 15 March 2012 - Seven nurses"."""
    line = text.rfind("\n", 0, start) + 1
    if _BY.fullmatch(text, line, start) and _CLOCK.match(text, end) and 0 < text.count("\n", 0, line) < _HEAD:
        return True
    place = _PLACED.fullmatch(text, line, start)
    if place and _ENDED.match(text, end) and place_key(place[1]) in _places():
        return True  # the last line of a letter
    return (
        start - line < 80
        and bool(_DATELINE.search(text[line:start]) and _AFTER_DATELINE.match(text, end))
        and (line < start or line == 0)
    )


def is_of_publication(text: str, start: int, end: int) -> bool:
    """Say whether a day or month stands in a title, or beside the publisher, at the head of a text.

    "The Example Times, 17 September 2017", "News | 31 October 2017", but not "Study visit to Denmark, March 2017".
    """
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if last < 0 or text.count("\n", 0, first) >= _HEAD:
        return False
    line = text[first:last]
    return len(line.split()) <= _FEW and not _SENTENCE.search(line) and not _HAPPENS.search(line)


def _is_number(text: str, before: str, start: int, end: int) -> bool:
    if _FISCAL.search(before):
        return False
    if _CODED_BEFORE.search(before) or _NAMED_BEFORE.search(before) or _NAMED_AFTER.match(text, end):
        return True
    if _ABBREVIATED.search(before) or _MEASURED.match(text, end) or re.search(r"[\d+]\s$", before):
        return True
    year = _BARE.search(text, start, end)
    counted = _COUNTED.match(text, end)
    if year is None or counted is None:
        return False
    if counted.group().endswith(" were") and before.endswith(" of "):
        return bool(_TOTAL.search(before))  # "a sample of 2019 were" counts, "the floods of 2019 were" does not
    if year.start() > start:
        return bool(_ROUGHLY.match(text, start))
    return not _DATING.search(before) or (bool(_COUNTING.search(before)) and not _YEAR_BEFORE.search(before))


def _is_cited(text: str, before: str, end: int) -> bool:
    """Say whether a year in brackets cites somebody; "(Kampala, 2012)" and "Botswana (2009)" cite nobody."""
    cited = _CITED_NAME.search(before)
    if cited is None or (cited["list"] and not re.match(r"\s*\)", text[end:])):
        return False
    if not re.match(r"[a-z]?\s*(?:[);,:]|p\.)", text[end : end + 6]):
        return False
    who = (cited["who"] or cited["author"] or cited["list"]).rstrip(", ")
    return place_key(who) not in _places() and place_key(who.split(",")[0]) not in _places()


@cache
def _places() -> frozenset[str]:
    return frozenset(name_table()) | {place_key(row["name"]) for row in rows("cities.csv")}
