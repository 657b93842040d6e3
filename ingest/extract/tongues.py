"""Whether the name of a people means its tongue: "the meetings are held in Russian, which few follow"."""

from __future__ import annotations

import re

_LANGUAGES = frozenset(
    """
    english french spanish portuguese german russian chinese italian dutch turkish vietnamese japanese korean
    indonesian ukrainian polish swedish norwegian danish
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
#: What goes before and after a language: "interpretation into Russian, which", "English as a shared tongue"
_BEFORE = frozenset(
    """
    in into speak speaks spoke my his her their our no little learn learns learning learnt learned language languages
    medical
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_BEHIND = re.compile(r"[,.;:)]|\s+(?:and|or|which|that|only|so|but|with|by|well|on|before|at|for)\b|\s*$")
_BEHIND_ALONE = re.compile(
    r" (?:as an? |is |was )|[ -](?:[Ll]anguages?|[Ss]peak(?:ers?|ing)|only|words?(?: for)?|subtitles|text|versions?|translations?|interpreters?|lessons"
    r"|proficiency)\b"
)
#: Those that reports are most often written in: "in English" means the tongue, but for "in English hospitals".
_OF_REPORTS = frozenset({"english", "french", "spanish", "portuguese", "german"})
_IN_BEFORE = frozenset({"in", "into", "speak", "speaks", "written"})
_OF_A_COUNTRY = re.compile(
    r" (?:hospital|clinic|ward|prison|gaol|school|town|cit(?:y|ies)|village|primary|general|public|social|health|universit|nurs"
    r"|maternit|practice)\w*"
)
#: The languages before the last of several: "searched in English, Spanish, Portuguese and French"
_SEVERAL = re.compile(
    r"\b(?:in|into|between|[Ll]anguages?:?|command of)\s+(?:[A-Z][a-z]+(?:,\s+(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+))*$"
)
#: In French, Spanish and Portuguese a tongue is a man's name of his people.
_OTHERS = (
    "français", "anglais", "espagnol", "portugais", "allemand", "italien", "russe", "arabe", "chinois",
    "español", "castellano", "inglés", "francés", "portugués", "alemán", "italiano", "ruso", "chino", "japonés",
    "português", "inglês", "francês", "espanhol", "alemão", "russo", "chinês",
)  # fmt: skip
_BEFORE_OTHERS = re.compile(
    r"(?:\b(?:en|em|al|ao|au|idiomas?|lenguas?|langues?|línguas?|además|original:|oficial|officielle)"
    r"|\b(?:habl|fal|parl|le[eíi]|escri|écri|tradu|aprend|appren|enseñ|ensin)\w*(?: encore| bien| mal)?"
    rf"|\b(?:{'|'.join(_OTHERS)})(?:,| y| e| et| ou| o| u)) $"
)
_REACH = 80  # characters before a name that are looked at


def is_tongue(text: str, start: int, end: int, before: str) -> bool:
    """Say whether the English name of a people, with the word before it, means a tongue."""
    if text[start:end].lower() not in _LANGUAGES:
        return False
    if _BEHIND_ALONE.match(text, end):
        return True
    if text[start:end].lower() in _OF_REPORTS and before.lower() in _IN_BEFORE and not _OF_A_COUNTRY.match(text, end):
        return True
    if _BEHIND.match(text, end) is None:
        return False
    return before.lower() in _BEFORE or _SEVERAL.search(text, max(0, start - _REACH), start) is not None


def is_tongue_of_others(text: str, start: int, end: int) -> bool:
    """Say whether the French, Spanish or Portuguese name of a people means a tongue."""
    said, before = text[start:end].lower(), text[max(0, start - _REACH) : start].lower()
    return said in _OTHERS and _BEFORE_OTHERS.search(before) is not None
