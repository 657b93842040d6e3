"""Whether what a clause says happened, is planned, might happen, or did not; and how far an adoption has come."""

from __future__ import annotations

import re

_NEGATED = re.compile(
    r"\b(?:(?:has|have|had|did|does|do|was|were|is|are|been)(?:n['’]t| not| never)(?: yet)?|never|has yet to|have yet to|yet to be|no plans? to|declin\w+ to|refus\w+ to|"
    r"reject\w+|fail\w+ to|without (?:ever )?(?:adopting|introducing)|decided (?:against|not to)|rather than adopt\w*|nobody|none of|no (?:evidence|sign|hospital|site|country|ward|clinic|district) (?:of|that|has|had|adopted)|"
    r"not (?:been |yet been |yet )?(?:adopted|introduced|implemented|taken up|replicated|scaled)|n['’]a pas|n['’]ont pas|no ha|não)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?(?: is| are)? (?:to|for|on)|intend(?:s|ed)? to|aim(?:s|ed)? to|hop(?:es|ed|ing) to|will(?! to)|committed? (?:itself |themselves )?to|commit(?:s|ment) to|"
    r"(?:is|are|was|were) (?:due|expected|scheduled|set|about|going|ready|preparing) to|next year|by next|in the coming|prepar(?:es|ed|ing|ations?) (?:to|for)|agreed to|pledg\w+ to|resolv\w+ to|"
    r"(?:has|have) approved|seek(?:s|ing)? to|under (?:preparation|discussion)|(?:is|are) to (?:be )?(?:adopt|introduc|pilot|launch|start|open|scale|host|visit)\w*|prévoi\w+|planea\w*|pretende\w*|"
    r"action plans?|before adopting|ahead of (?:adopting|launch)|wants? to)\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:could|might|may(?! \d)|would|should|can be (?:adopted|adapted|used|replicated|applied|transferred|introduced)|if (?!not)|whether|potential(?:ly)?(?: for| to)?|possib\w+|"
    r"recommend\w*|suggest(?:s|ed|ing)? that|propos\w+|consider(?:s|ed|ing)? (?:adopting|introducing|using|whether)|explor(?:es|ed|ing) (?:whether|how|the)|discuss(?:es|ed|ing) (?:whether|how)|"
    r"worth (?:adopting|trying)|calls? (?:for|on)|urg\w+|pourrait|podría|poderia|interested in|feasib\w+|were it to|ought to|the case for)\b",
    re.IGNORECASE,
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


def status_of(clause: str) -> str:
    """Return actual, planned, hypothetical or negated: what a clause claims of what it speaks of."""
    if _NEGATED.search(clause):
        return "negated"
    if _HYPOTHETICAL.search(clause):
        return "hypothetical"
    return "planned" if _PLANNED.search(clause) else "actual"


def stage_of(clause: str) -> str | None:
    """Return the furthest adoption stage that the words of a clause show; null if none."""
    for stage, pattern in _STAGES:
        if pattern.search(clause):
            return stage
    return None
