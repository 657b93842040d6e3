"""The shapes that names of organisations and sites have in prose, in four languages.

A run of capitals with the small words that link them; a name behind the word that says what bears it ("the charity",
"funded by"); a site whose kind is in small letters. Whether a run is a name is for `organisation_rules` to say.
"""

from __future__ import annotations

import re

UP = "A-ZÀ-ÖØ-Þ"
_CAP = rf"(?:(?:St|Dr|Mt|Ste|Sto|Sta)\.|[{UP}](?:\.[A-Z])+\.?|[{UP}][\w’'&‑–-]{{0,60}}|(?<!\d)(?!(?:1[5-9]|20)\d\d)\d{{1,4}}(?= [A-Z]))"
_LINK = (
    r"(?:(?:of|for|and|on|in|against) the|of|for|against|and|&|(?:pour|para) (?:la|le|les|el|los|las|o|a|os|as)|de la|de l[’']|de los|de las|del|des|de|do|da|dos|das|du|d[’']|et|y|e|"
    r"on|in|und|für|van|von|la|ng|sa)"
)
_SPACE = r"(?: |\n(?!\n|[^\n:]{1,40}:))"  # no name reaches into the next line of a form
PHRASE = re.compile(rf"{_CAP}(?:{_SPACE}(?:(?:{_LINK}[ \n]+){{1,2}}(?={_CAP})|d[’'](?={_CAP}))?{_CAP}){{0,24}}")
#: "Ministry of Health, Labour and Welfare"
LISTED = re.compile(rf"(?:(?:,{_SPACE}[{UP}]\w+){{1,3}},?{_SPACE}(?:and|&|et|y|e){_SPACE}(?:the )?[{UP}]\w+)")
GOVERNMENT = re.compile(
    rf"\b(?:Royal |Federal |[A-Z]\w+n )?Governments? of (?:the )?[{UP}][\w’'-]+(?: [{UP}][\w’'-]+)?|\b(?:[A-Z]\w+(?:an|ese|ish|ian)) Government\b"
)
DEFINED = re.compile(
    r"\s*\((?:the |hereafter |henceforth )?[“\"‘']?(?P<acr>[A-Z][A-Za-z&.\d/-]{1,13})[”\"’']?(?:[,;][^()]{0,30})?\)"
)
DEFINES = re.compile(r"\b(?P<acr>[A-Z][A-Za-z&.\d-]{1,11})\s*\((?:the )?$")
LETTERED = re.compile(r"[A-Z]")
TRAILING = re.compile(rf"(?:[ \n]+(?:{_LINK}|The|In|At|On))+$")
SPLIT = re.compile(
    r"(?<=[\w.’'])[ \n]+(and|et|y|e|in|und|with)[ \n]+(?P<article>(?:de )?(?:the|l[’']|la|le|el|o|a)\b[ \n]*|(?:the|da|do|del|du)[ \n]+)?"
)
OWNER = re.compile(rf"(?P<owner>[{UP}][\w-]+(?: [{UP}][\w-]+)?)['’]s? (?=[{UP}])")
IN_COUNTRY = re.compile(rf"[ \n]+(?:of the|of|del|de la|de|du|des|do|da|d[’'])[ \n]*(?=(?P<place>[{UP}][^,;()]*)$)")
REPUBLIC = re.compile(r" (?:de la|of the|da|de) (?:R[ée]publi\w+|Kingdom|Royaume|Reino)\b")
MINISTRY = re.compile(r"^(?:minist|secretar[íi]a de (?:estado|salud))", re.IGNORECASE)
_OWN = rf"[{UP}][\w’'&-]{{1,40}}(?: (?:(?:of|for|in|the|and|with|de|du|del) )?[{UP}][\w’'&-]{{1,40}}){{0,4}}"
_CALLED = (
    r"(?:charity|NGO|non-profit|social enterprise|start-up|association|organi[sz]ation|network|hospice|fundación|"
    r"asociación|ONG|red|réseau|rede|associação)"
)
_GAVE = (
    r"(?:(?:organi[sz]ed|funded|financed|sponsored|implemented|convened|hosted|brokered|arranged|supported|paid for) by|"
    r"(?:funding|support|money|grants?|backing) from)"
)
_FIELD = (
    r"(?:(?:organi[sz]ation|partner|implementer|funder|donor|host institution|organisme|organización|socio|financiador)"
    r"(?: \([a-z ]{3,20}\))?: ?)"
)
#: "the charity Hope for Busia", "funded by Busia Aid", "Reporting organisation: Busia Aid"
APPOSED = re.compile(
    rf"\b(?:{_CALLED} (?:(?:called|named|known as) )?[“\"‘']?(?P<called>{_OWN})|{_GAVE} (?:the )?(?P<gave>{_OWN})|{_FIELD}(?P<field>{_OWN}))"
)
_SMALL_SITE = (
    r"(?:(?:(?:camp|refugee|health|sub-county|community|district|mission|maternity|referral|teaching|provincial|regional|county|general|rural)[ \n])+"
    r"(?:hospital|clinic|cent(?:re|er)|department|post|dispensary)|hospital|dispensary)"
)
_NUMBERED = (
    r"(?:Polyclinic|Clinic|Hospital|Cent(?:re|er)|Post|Station|Dispensary|Maternity|Pharmacy) "
    r"(?:(?:No\.?|N[°º]|Nr\.?|#) ?\d{1,3}|\d{1,3}(?=[.,;)](?!\d)| (?:in|at|of|and|is|was|has|near|now) ))"
)
_MOTTO = (
    rf"(?:(?:Friends|Amis|Amigos|Sisters) (?:of|de|du|del)|(?:Hands|Action|Hope|Partners|Smiles|Light) for|Manos (?:de|del|para)|"
    rf"(?:Doctors|Nurses|Midwives|Surgeons|Physicians|Engineers|Pharmacists|Therapists) (?:for|[Ww]ithout|[Aa]cross|Beyond))"
    rf" [{UP}][\w’'-]+(?: [{UP}][\w’'-]+)?"
)
#: Names whose kind is in small letters, in a number or in a motto: "Gulmi camp clinic", "Polyclinic No. 5", "Hope for Busia"
SMALL = re.compile(
    rf"(?<!\w)(?=[{UP}])(?:(?P<site>[{UP}][\w’'-]{{1,40}}(?:[ \n][{UP}][\w’'-]{{1,40}}){{0,3}})[ \n](?P<kind>{_SMALL_SITE})"
    rf"|(?P<people>[{UP}]\w+) embassy|(?:[{UP}][\w’'-]{{1,40}} ){{0,3}}{_NUMBERED}|{_MOTTO}"
    rf"|St\.? [{UP}]\w+[’']s (?:ward|clinic|school|unit)|(?<=\b(?:at|to|of|by) )St\.? (?!John|George)[{UP}]\w+[’']s(?! [{UP}(]))\b"
)
#: "regional directorate of Busia"
OFFICE = re.compile(
    rf"\b(?:regional|provincial|district|municipal|state) (?:health )?(?:directorate|department|bureau|office) of [{UP}]\w+"
)
SAINT = re.compile(
    rf"\b(?:San|Santa|Santo|São|Saint|Sainte|St\.?)[ -][{UP}]\w+( de| of)[ ](?P<city>[{UP}][\w-]+(?: [{UP}]\w+)?)$"
)
#: "Directorate of Health of Kerala"
DIRECTED = re.compile(rf"(?P<name>(?:Directorate|Department) of .+?) of (?P<place>[{UP}][\w ]+)$")
TITLED = re.compile(
    r"\b(?:[Pp]roject|[Aa]ctivity|[Tt]itle|[Ss]ubject|[Pp]urpose): ?$"
)  # what follows is no body's name
AT = re.compile(r"\b(?:at|with|by|from|of) $")
WHEN = re.compile(
    r"[ \n]+(?:(?:on|in|since|last|until|from)[ \n]+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\b.*",
    re.DOTALL,
)
