"""Whether what a clause says happened, is planned, might happen, or did not; and how far an adoption has come.

The patterns of status are matched against small letters, most of them only where a word begins: that is sooner.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .sentences import cues, lowered

_NEGATED = re.compile(
    r"\b(?=\w)(?:(?:has|have|had|did|does|do|was|were|is|are|been)(?:n['’]t| not| never)(?: yet)?|never|has yet to|have yet to|yet to be|no plans? to|declin\w+ to|refus\w+ to|"
    r"reject\w+|fail\w+ to|without (?:ever )?(?:adopting|introducing)|decided (?:against|not to)|vot(?:ed|ing) against|turned (?:it |this |them |the \w+ )?down|was turned down|neither|nor|(?:adopt|chang|introduc|start|copi|t(?:oo|a)k)\w* (?:up )?(?:nothing|neither|none)|taken (?:up )?(?:nothing|neither|none)|not (?:\w+ ){0,3}?(?:adopt|introduc|implement|follow|copied|copy|replicat|launch|start|begun|taken|set up|install|pilot)\w*|shelved|ruled (?:it |this |the \w+ )?out|nothing (?:came|has come|had come|was done)|did nothing|came to nothing|fell through|opted (?:out|not|against)|chose not|thought better|shied away|vetoed|unconvinced|stuck (?:to|with) (?:its|their)|stopped short|remains? on paper|not interested|no interest|unwilling|(?:is|are|was|were) without|does without|do without|no longer to|dropped the (?:idea|plan|proposal)|abandoned the (?:idea|plan)|gave up the (?:idea|plan)|could not|couldn['’]t|cannot|not (?:been |yet |be )*able to|(?:is|was|are|were) unable to|did not want|wants? nothing|sees? no need|(?:is|are|was|were) no plans?|has no|none (?:has|have|had)|no (?:step|decision|action) (?:has|have|was|had)|no such [\w-]+|nothing has|rather than adopt\w*|nobody|none of|no (?:[\w-]+ )?(?:evidence|sign|hospital|site|country|ward|clinic|district|ministry|cent(?:re|er)|facility)s? (?:in (?:the )?x )?(?:of|that|has|have|had|adopted|practised|used|offered|runs?)|not achieved|"
    r"not (?:been |yet been |yet )?(?:adopted|introduced|implemented|taken up|replicated|scaled)|n['’]a pas|n['’]ont pas|no ha|não)\b",
)
_PLANNED = re.compile(
    r"\b(?=\w)(?:(?<!family )plan(?:s|ned|ning)?(?: is| are)? (?:to|for|on|an?|its|their)|means? to|would like to|wish(?:es|ed)? to|intend(?:s|ed)? to|would|aim(?:s|ed)? to|hop(?:e|es|ed|ing) to|will(?! to)|committed? (?:itself |themselves )?to|commit(?:s|ment) to|"
    r"(?:is|are|was|were) (?:due|expected|scheduled|set|about|going|ready|preparing) to|next year|by next|in the coming|prepar(?:es|ed|ing|ations?) (?:to|for)|agreed to|pledg\w+ to|resolv\w+ to|"
    r"(?:has|have) approved|seek(?:s|ing)? to|(?:has|have|had) (?:agreed|budgeted|ordered|earmarked|pledged|promised|undertaken|decided|signed up|resolved|committed)|in preparation|under preparation|on the (?:agenda|drawing board)|shortly|(?:is|are) to (?:be )?(?:adopt|introduc|pilot|launch|start|open|scale|host|visit)\w*|prévoi\w+|planea\w*|pretende\w*|"
    r"(?:has|have|had) yet to decide|before adopting|ahead of (?:adopting|launch)|wants? to)\b",
)
_HYPOTHETICAL = re.compile(
    r"\b(?=\w)(?:could|might|may(?! \d)|would(?= (?:be |have |need|require|prefer|benefit))|should(?! be (?:said|noted|mentioned|added|remembered|stressed))|can be (?:adopted|adapted|used|replicated|applied|transferred|introduced)|if (?!not)|whether(?! or not)|potential(?:ly)?(?: for| to)?|possibl[ey]|possibility of|"
    r"recommend\w* (?:that|to|for|the|adopt\w*|introduc\w*|start\w*|us\w+)\b|suggest(?:s|ed|ing)? that|propos(?:e[sd]?|ing|als?) (?:that|to|for|the|a|an|adopt\w*|introduc\w*|start\w*)\b|(?:is|are|was|were) considering|considers|explor(?:es|ing)|consider(?:s|ed|ing)? (?:adopting|introducing|using|whether)|explor(?:es|ed|ing) (?:whether|how|the)|discuss(?:es|ed|ing) (?:whether|how)|"
    r"worth (?:adopting|trying)|thinking (?:of|about)|thought (?:of|about)|toy(?:s|ed|ing) with|weigh(?:s|ed|ing)|wonder(?:s|ed|ing)|under discussion|(?:is|are|was|were) (?:looking|studying|weighing|debating|discussing)|look(?:s|ed|ing) into|calls? (?:for|on)|urg(?:e|es|ed|ing)|pourrait|podría|poderia|interested in|(?:is|are|be) interested|could use|feasib\w+|were it to|ought to|the case for)\b",
)
_ANNOUNCED = cues(
    "announc|promis|pledg|agreed|decided|confirmed|declared|undertook|vowed|wish|would|plan|next|coming|x |- to ",
    r"\b(?:announc\w+|promis\w+|pledg\w+|agreed|decided|confirmed|declared|undertook|vowed|would like to|wish(?:es|ed)? to)\b(?: that)?(?: \w+){0,4} (?:would|to|will)\b|\b(?:on|upon|after|following) (?:their|the|his|her|our|its) (?:return|visit|tour|exchange)\b[^.;]{0,40}\bwould\b|\bplans?\s*:|(?:^|[:;–—-] ?)(?:the )?x(?: \w+){0,2} to (?:be )?(?:adopt|introduc|pilot|launch|start|open|scal|replicat|set up|roll|test|try|establish|implement)\w*|\b(?:next year|in the coming|by the end of next|within the next|from next|in the next)\b|- to (?:try|start|pilot|introduce|set up|adopt)\b|\bwould like to\b",
)


#: The stage that a clause's words show, the furthest first.
_STAGES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (stage, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for stage, words in (
        ("abandoned", r"abandon\w+|discontinu\w+|dropped|(?:was|were) (?:closed|stopped|withdrawn|ended)|no longer (?:us\w+|runs?|in use)|de-?adopt\w+|phased out|shut down|lapsed|fell into disuse"),
        ("sustained", r"sustain\w+|still (?:us\w+|runs?|in use|operat\w+|going|offer\w*)|institutionali[sz]ed|years (?:on|later),? (?:it|the|they|is|still)|continues? to (?:run|use|offer|be used)|remains? in use|embedded in (?:routine|national)|routine (?:practice|care)|has (?:since )?become standard"),
        ("scaled", r"scal(?:ed|ing)(?: it)?[- ]?(?:up|out)?|roll(?:ed|ing) (?:it )?out|nationwide|national(?:ly)? (?:programme|program|policy|roll|scale|coverage|adopt\w*)?|nation-?wide|expanded (?:to|across|nationally)|in all (?:\d+ )?(?:districts|regions|provinces|states|counties|hospitals)|across (?:the country|all)|replicated (?:in|across) (?:\w+ ){0,2}(?:districts|regions|provinces|hospitals|countries|cities)|every district|généralis\w+|\d+ (?:districts|regions|provinces|cities|counties)"),
        ("pilot", r"pilot\w*|trial(?:led|ed|s|ling|ing)?|tested|tests|feasibility|proof of concept|first two (?:sites|clinics)|experimental\w*|randomi[sz]ed"),
        ("adapted", r"adapt(?:ed|s|ing|ation)|modified|tailored|culturally|localised|localized|translated (?:it|the)|adjusted|redesigned"),
        ("adopted", r"adopt(?:ed|s|ing|ion)?|introduc\w+|implement\w+|took up|taken up|takes up|set up|sets up|establish\w+|launch\w+|start(?:ed|s)|began|open(?:ed|s)|inaugurat\w+|uses?|used|using|runs|in use|integrated|incorporated|copied|replicated|imported|brought|reached|arrived|spread|offer(?:s|ed)|practis\w+|made (?:it )?(?:policy|standard)|followed suit"),
        ("considered", r"consider\w+|explor\w+|discuss\w+|interest(?:ed)?|debat\w+|weigh\w+"),
    )
)  # fmt: skip


_MAY = re.compile(r"\bMay\b")  # the month, which is no "may"


@lru_cache(maxsize=200)  # a clause is asked about for each of the places in it
def status_of(clause: str) -> str:
    """Return actual, planned, hypothetical or negated: what a clause claims of what it speaks of."""
    low = lowered(_MAY.sub("month", clause) if "May" in clause else clause)
    if _NEGATED.search(low):
        return "negated"
    if _ANNOUNCED.search(low):
        return "planned"
    if _HYPOTHETICAL.search(low):
        return "hypothetical"
    return "planned" if _PLANNED.search(low) else "actual"


def stage_of(clause: str) -> str | None:
    """Return the furthest adoption stage that the words of a clause show; null if none."""
    for stage, pattern in _STAGES:
        if pattern.search(clause):
            return stage
    return None
