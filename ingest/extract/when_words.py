"""The shapes that dates have in prose, in four languages, and their words as `graph.dates` reads them."""

from __future__ import annotations

import re

from ...graph.dates import read_when

MONTH = (
    r"(?:(?<!rio de )jan(?:uary|vier|v|eiro)?|ene(?:ro)?|feb(?:ruary|rero)?|f[ée]v(?:rier|r|ereiro)?|mar(?:ch|s|zo|[çc]o)?|apr(?:il)?|"
    r"avril|abr(?:il)?|ma[yi]o?|june?|juin|jun(?:io|ho)|july?|juillet|jul(?:io|ho)|aug(?:ust)?|ao[ûu]t|ago(?:sto)?|"
    r"sept?(?:ember|embre|iembre)?|setembro|setiembre|oct(?:ober|obre|ubre)?|outubro|nov(?:ember|embre|iembre|embro)?|"
    r"dec(?:ember)?|d[ée]c(?:embre)?|dic(?:iembre)?|dez(?:embro)?)(?![a-zà-ÿ])\.?"
)
DAY = r"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|\.?[ºo°])?(?!\d))"
YEAR = r"(?:1[6-9]\d\d|20\d\d)"
WEEKDAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?"
)
_WEEKDAY = rf"(?:(?:{WEEKDAY}),?\s+)?"
_OF = r"\s*(?:(?:of|de|del|do)\s+)?"
_C = r"\s*,?\s*"
_THE = r"(?:(?:the|le|el|o|les|los|os)\s+)?(?:d[íi]as?\s+)?"
_DASH = r"\s*(?:-|‐|‑|–|—|/|\b(?:to|through|thru|until|till|al|au|à|a|até|hasta|jusqu['’]au|jusqu['’]en)\b)\s*"
_AND = r"\s*(?:\b(?:and|et|y|e|to)\b|-|–|—)\s*"
_PART = (
    r"(?:(?:(?:the\s+)?(?:very\s+)?(?:early in|late in|early|mid|late|beginning of|start of|close of|middle of|end of|first half of|second half of)|"
    r"(?:au |le )?d[ée]but(?: de)?|(?:a la |la |à la )?fin(?: de)?|(?:à la )?mi|(?:a |los )?(?:principios|comienzos|inicios) de|"
    r"(?:a |los )?(?:finales|fines) de|(?:a )?mediados de|(?:n?o )?in[íi]cio de|(?:n?o )?(?:final|fim) de|(?:em )?meados de)"
    r"(?:[\s-]+|(?<=-))(?:the\s+)?(?:year\s+)?)?"
)
_SEASON = r"(?:spring|summer|autumn|fall|winter|printemps|été|automne|hiver|primavera|verano|verão|otoño|outono|invierno|inverno)"
_ORDINAL = (
    r"(?:first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th|er|re|e|[èe]me|\.?[ºo°])|premier|deuxi[èe]me|troisi[èe]me|quatri[èe]me|"
    r"primer|primeiro|segundo|tercer|terceiro|cuarto|quarto)"
)
_TERM = rf"(?:{_ORDINAL}[ -](?:quarter|half|semester|trimestre|semestre){_OF}|[qht][1-4][\s,/-]*)"
_DECADE = r"(?:(?:the\s+)?(?:early|mid|late)[\s-]+)?(?:the\s+)?(?:(?:1[6-9]\d|20\d)0\s?['’]?|['’][2-9]0|(?:(?<=the )|(?<=early )|(?<=late )|(?<=mid-)|(?<=0s and )|(?<=0s or ))[2-9]0\s?['’]?)s(?![a-z])"
_TENS_ELSEWHERE = (
    r"(?:veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|vinte|trinta|quarenta|cinquenta|sessenta|oitenta|"
    r"trente|quarante|cinquante|soixante-dix|soixante|quatre-vingt-dix|quatre-vingts?)"
)
_DECADE_WORDS = (
    r"(?:(?:the\s+)?(?:early|mid|late)[\s-]+)?(?:the\s+)?(?:nineteen[- ])?(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b|"
    r"(?:(?:(?:n?o )?(?:final|fim|in[íi]cio)|(?:em )?meados) dos |(?:a )?(?:finales|fines|principios|comienzos|inicios|mediados) de los |(?:à la )?(?:fin|d[ée]but|milieu) des )?"
    rf"(?:ann[ée]es|a[ñn]os|d[ée]cada de(?: los| dos)?)\s+(?:(?:1[6-9]|20)\d0\b|[2-9]0\b|{_TENS_ELSEWHERE}(?![a-zà-ÿ-]))"
)
_FULL = (
    rf"(?:{_WEEKDAY}{DAY}{_OF}{MONTH}{_C}{_OF}{YEAR}"
    rf"|{MONTH}\s*{DAY}{_C}{YEAR}"
    rf"|{YEAR}(?:-[01]\d-|/[01]\d/|\.[01]\d\.)[0-3]\d(?!\d)"
    rf"|[0-3]?\d/[0-3]?\d/{YEAR}|[0-3]?\d\.[0-3]?\d\.{YEAR}|[0-3]?\d-[0-3]?\d-{YEAR}"
    rf"|(?:0[1-9]|1[0-2])/{YEAR}"
    rf"|{_PART}{MONTH}{_C}{_OF}{YEAR}"
    rf"|{_TERM}{YEAR}|{YEAR}\s?q[1-4]\b"
    rf"|{_SEASON}{_OF}{YEAR}(?:[-–/]\d\d(?!\d))?"
    rf"|{_DECADE}"
    rf"|{YEAR}\s?[-‐‑–/]\s?\d\d?(?!\d|[-/]\d)"
    rf"|{_PART}{YEAR})"
)
_SHORT = rf"(?:{_WEEKDAY}{DAY}{_OF}{MONTH}|{MONTH}\s*{DAY}|{DAY}|{_PART}{MONTH})"
_OPERATED = (
    r"(?:(?:(?:by|before|after|since|until|till|up to|prior to|about|around|circa|c\.|ca\.?|avant|apr[èe]s|depuis|desde|hasta|at[ée]|"
    r"d['’]ici(?: à)?|jusqu['’](?:en|à)|antes de|despu[ée]s de|depois de)[\s-]+)?)"
)
_NOW = r"(?:\s*(?:[-–—]|to)\s*(?:present|ongoing|now|date|today)\b)"
_EDGE = r"(?<![\w/.,$€£–-])"

#: A date that lasts: "12-16 March 2018", "between May and July 2016", "late 2013 to early 2015".
_NOT_ENGLISH_DAY = re.compile(
    rf"\b(?:(?:the|le|el|o|les|los|os)\s+)?(?:d[íi]as?\s+)(?=\d)|\b(?!mon|tue|wed|thu|fri|sat|sun)(?:{WEEKDAY}),?\s+(?=\d)",
    re.IGNORECASE,
)
RANGE = re.compile(
    rf"{_EDGE}(?:{MONTH}\s*{DAY}{_DASH}{DAY}{_C}{YEAR}"
    rf"|{DAY}\s*[-–]\s*{DAY}[./][01]?\d[./]{YEAR}|[0-3]?\d/[01]?\d\s*(?:[-–]|to)\s*[0-3]?\d/[01]?\d/{YEAR}"
    rf"|(?:between|entre)\s+{YEAR}\s+\([^()\n]{{1,30}}\)\s+(?:and|et|y|e)\s+{YEAR}"
    rf"|{DAY},?\s+(?:{DAY},?\s+)?(?:and|&|et|y|e)\s+{DAY}{_OF}{MONTH}{_C}{_OF}{YEAR}"
    rf"|(?:between|entre)\s+{_THE}{DAY}{_OF}{MONTH}{_C}{_OF}{YEAR}{_AND}{_THE}{DAY}{_OF}{MONTH}(?!\s*,?\s*{_OF}\d)"
    rf"|{DAY}{_OF}{MONTH}{_C}{_OF}{YEAR}{_DASH}{_THE}{_WEEKDAY}{DAY}{_OF}{MONTH}(?!\s*,?\s*{_OF}\d)|{MONTH}\s*{DAY}{_C}{YEAR}{_DASH}{MONTH}\s*{DAY}(?!\s*,?\s*\d)"
    rf"|{MONTH}{_C}{_OF}{YEAR}{_DASH}{MONTH}(?!\s*,?\s*{_OF}\d)"
    rf"|{MONTH}\s+(?:and|&|et|y|e)\s+{MONTH}{_C}{_OF}{YEAR}"
    rf"|(?:between|entre)\s+{_THE}{_WEEKDAY}(?:{_FULL}|{_SHORT}){_AND}{_THE}{_WEEKDAY}{_FULL}|(?:{_FULL}|{_SHORT}){_DASH}{_THE}{_WEEKDAY}{_FULL})(?!\w)"
)
#: Any other date with its year. Like RANGE it is matched against small letters.
PHRASE = re.compile(rf"{_EDGE}(?:{_DECADE_WORDS}|{_OPERATED}{_FULL}{_NOW}?)(?!\w)")
SINGLE = re.compile(rf"{YEAR}(?!\w)")
ANY_YEAR = re.compile(
    rf"(?=[\dtfsenad])(?:(?:(?<!\w)|(?<=FY)|(?<=AY))(?:{YEAR}|(?:1[6-9]\d|20\d)0s)|\b(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b|\b(?:a[ñn]os|ann[ée]es|d[ée]cada de(?: los| dos)?)\s(?:[2-9]0\b|{_TENS_ELSEWHERE}(?![a-zà-ÿ-]))|(?<=['’])[2-9]0s\b|(?:(?<=the )|(?<=early )|(?<=late )|(?<=mid-)|(?<=0s and )|(?<=0s or ))[2-9]0['’]?s\b)"
)
NUMERIC = re.compile(r"(?<![\d/.])([0-3]?\d)[/.-]([0-3]?\d)[/.-](?:1[6-9]|20)\d\d(?!\d)")

_TENS = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980, "nineties": 1990,
}  # fmt: skip
_ELSEWHERE = {
    "vinte": 1920, "veinte": 1920, "treinta": 1930, "trinta": 1930, "trente": 1930, "cuarenta": 1940, "quarenta": 1940,
    "quarante": 1940, "cincuenta": 1950, "cinquenta": 1950, "cinquante": 1950, "sesenta": 1960, "sessenta": 1960,
    "soixante": 1960, "setenta": 1970, "soixante-dix": 1970, "ochenta": 1980, "oitenta": 1980, "quatre-vingt": 1980,
    "quatre-vingts": 1980, "noventa": 1990, "quatre-vingt-dix": 1990,
}  # fmt: skip
_SAID_TENS = re.compile(rf"(?:nineteen[- ])?({'|'.join(_TENS)})\b", re.IGNORECASE)
_NUMBERED = {
    "first": 1, "premier": 1, "primer": 1, "primeiro": 1, "second": 2, "deuxieme": 2, "deuxième": 2, "segundo": 2,
    "third": 3, "troisième": 3, "troisieme": 3, "tercer": 3, "terceiro": 3, "fourth": 4, "quatrième": 4, "quatrieme": 4,
    "cuarto": 4, "quarto": 4,
}  # fmt: skip
_SEASONS = {
    "printemps": "spring", "primavera": "spring", "été": "summer", "verano": "summer", "verão": "summer",
    "automne": "autumn", "otoño": "autumn", "outono": "autumn", "hiver": "winter", "invierno": "winter",
    "inverno": "winter",
}  # fmt: skip


def _days_on(m: re.Match[str]) -> str:
    """Return "3-" of "3 and 4 May" and "3, 4 and 5 May"; days that do not follow each other stay apart."""
    days = [int(n) for n in re.findall(r"\d+", m[0])]
    last = re.match(r"\d+", m.string[m.end() :])
    whole = [*days, int(last[0])] if last else days
    return f"{days[0]}-" if whole == list(range(whole[0], whole[0] + len(whole))) else m[0]


def _years_on(m: re.Match[str]) -> str:
    """Return "2009 to 2011" of "2009-11": in prose hardly November, and the years hold that too."""
    return f"{m[1]}{m[2]} to {m[1]}{m[3]}" if int(m[2]) < int(m[3]) <= int(m[2]) + 6 else m[0]


def _year_at_end(m: re.Match[str]) -> str:
    """Return "to 4 April 2015" of "2015 to 4 April", which has its year at the first end alone."""
    return f"{m[1]}{m[2]} {m[1]}" if re.search(MONTH, m[2], re.IGNORECASE) else m[0]


def _term(m: re.Match[str]) -> str:
    """Return "Q2 " of "deuxième trimestre de", "H1 " of "1er semestre"."""
    number = m[1] if m[1].isdigit() else _NUMBERED[m[1].lower()]
    return f"{'Q' if m[2].lower() == 'trimestre' else 'H'}{number} "


def _months_on(m: re.Match[str]) -> str:
    """Return "June-" of "June and July"; months that do not follow each other stay apart."""
    first, second = (read_when(f"{month.rstrip('.')} 2000").earliest for month in (m[1], m[2]))
    return f"{m[1]}-" if first and second and second.month == first.month + 1 else m[0]


_PARTS_ELSEWHERE = (
    (re.compile(r"\b(?:au |le )?d[ée]but(?: des?)?\s+|\b(?:a )?(?:los )?(?:principios|comienzos|inicios) de(?: los)?\s+|\b(?:n?o )?in[íi]cio d(?:e|os)\s+", re.IGNORECASE), "early "),
    (re.compile(r"(?:\bà la |\ba la |\bla )?\bfin(?: des?)?\s+|\b(?:a )?(?:los )?(?:finales|fines) de(?: los)?\s+|\b(?:n?o )?(?:final|fim) d(?:e|os)\s+", re.IGNORECASE), "late "),
    (re.compile(r"\b(?:à la )?mi-\s*|\b(?:au )?milieu des\s+|\b(?:a )?mediados de(?: los)?\s+|\b(?:em )?meados d(?:e|os)\s+", re.IGNORECASE), "mid "),
    (re.compile(r"\b(?:the )?very (?=early|late|beginning|end)", re.IGNORECASE), ""),
    (re.compile(r"\b(?:ann[ée]es|a[ñn]os|d[ée]cada de(?: los| dos)?)\s+(\d\d)?(\d0)\b", re.IGNORECASE), lambda m: f"{m[1] or '19'}{m[2]}s"),
    (re.compile(rf"\b(?:ann[ée]es|a[ñn]os|d[ée]cada de(?: los| dos)?)\s+({_TENS_ELSEWHERE})(?![a-zà-ÿ-])", re.IGNORECASE), lambda m: f"{_ELSEWHERE[m[1].lower()]}s"),
    (re.compile(r"(?:\bthe )?(?<!\d)['’]?([2-9]0)['’]?s\b"), r"19\1s"),
    (re.compile(r"^(\d\d)(\d\d)\s?[-–/]\s?(0\d|1[0-2])$"), _years_on),
    (re.compile(rf"({YEAR})\s?/\s?({YEAR})$"), r"\1 to \2"),
    (re.compile(r"\bsetiembre\b", re.IGNORECASE), "septiembre"),
    (re.compile(r"\b(early|late) in\b", re.IGNORECASE), r"\1"),
    (re.compile(r"\bclose of\b", re.IGNORECASE), "end of"),
    (re.compile(r"(\d)\.?[ºo°](?=\s)"), r"\1"),
    (_SAID_TENS, lambda m: f"{_TENS[m[1].lower()]}s"),
    (re.compile(rf"\b({'|'.join(_NUMBERED)}|[1-4])(?:st|nd|rd|th|er|re|e|[èe]me)?[ -](trimestre|semest(?:re|er))\s+(?:(?:of|de|du|do|del)\s+)?", re.IGNORECASE), _term),
    (re.compile(r"\b(?:the )?(first|second) half of\s+(?=\d{4})", re.IGNORECASE), lambda m: f"H{_NUMBERED[m[1].lower()]} "),
    (re.compile(r"\b(?:the )?(?:last|final) (quarter|half) of\s+(?=\d{4})", re.IGNORECASE), lambda m: "Q4 " if m[1].lower() == "quarter" else "H2 "),
    (re.compile(r"\b(?:the )?(?:first|second) half of\s+", re.IGNORECASE), ""),
    (re.compile(r"\bT([1-4])(?=[\s,/-]*\d{4})"), r"Q\1"),
    (re.compile(rf"\b({'|'.join(_SEASONS)})\s+(?:(?:de|del|do)\s+)?(?=\d{{4}})", re.IGNORECASE), lambda m: f"{_SEASONS[m[1].lower()]} "),
    (re.compile(r"\b(spring|summer|autumn|fall|winter) (\d{4})[-–/]\d\d$", re.IGNORECASE), r"\1 \2"),
    (re.compile(r"^(\d\d?)\s*[-–]\s*(\d\d?)[./](\d\d?)[./](\d{4})$"), r"\4-\3-\1 to \4-\3-\2"),
    (re.compile(r"(\d{3})(\d)\s?[-–]\s?(\d)$"), lambda m: f"{m[1]}{m[2]}-{m[1]}{m[3]}" if int(m[3]) > int(m[2]) else m[0]),
    (re.compile(r"^(\d\d?)(?:st|nd|rd|th)?,?\s+(?:\d\d?(?:st|nd|rd|th)?,?\s+)?(?:and|&|et|y|e)\s+(?=\d)"), _days_on),
    (re.compile(rf"^({MONTH})\s+(?:and|&|et|y|e)\s+(?=({MONTH}))", re.IGNORECASE), _months_on),
    (_NOT_ENGLISH_DAY, ""),
    (re.compile(r"\s+\([^()]*\)(?=\s+(?:and|et|y|e)\s)"), ""),
    (re.compile(r"^(\d\d?/\d\d?)\s*(?:[-–]|to)\s*(\d\d?/\d\d?)/(\d{4})$"), r"\1/\3 to \2/\3"),
    (re.compile(rf"(?<!\d)({YEAR})(\D+?\d\d?\D+|\D*{MONTH}|\D+\d\d?)$", re.IGNORECASE), _year_at_end),
    (re.compile(r"\bd['’]ici(?: à)?\s+", re.IGNORECASE), "by "),
    (re.compile(r"\bjusqu['’](?:en|à)\s+", re.IGNORECASE), "until "),
    (re.compile(r"\b(?:up to|prior to)\b", re.IGNORECASE), lambda m: "until" if m[0].lower() == "up to" else "before"),
    (re.compile(r"\bd[ée]c\b\.?(?=\s*\d)", re.IGNORECASE), "dec"),
    (re.compile(r"(\d{4})(?:\s*(?:[-–—]|to)\s*)date\b", re.IGNORECASE), r"\1 - present"),
)  # fmt: skip


def plain_words(said: str, day_first: bool | None) -> str:
    """Return a phrase in the words that `graph.dates` reads; figures as year, month, day where their order is known."""
    words = " ".join(said.replace("‑", "-").replace("‐", "-").split())
    for pattern, plain in _PARTS_ELSEWHERE:
        words = pattern.sub(plain, words)
    if day_first is not None:
        words = NUMERIC.sub(lambda m: _in_order(m, day_first=day_first), words)
    return words


def _in_order(m: re.Match[str], *, day_first: bool) -> str:
    day, month = (m[1], m[2]) if day_first else (m[2], m[1])
    return f"{m[0][-4:]}-{int(month):02}-{int(day):02}" if 1 <= int(month) <= 12 else m[0]
