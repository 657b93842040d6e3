"""Whether the name of a country or city is a person's: "Michael Jordan", "Chad Brown"."""

from __future__ import annotations

from ...ontology.normal import fold
from .gazetteer import place_names

#: Names of places that are people's too.
_PERSONAL = frozenset(
    """
    chad jordan georgia israel kenya india cuba jersey sydney adelaide virginia carolina florida victoria
    houston denver boston phoenix paris london milan bali lima dominique maurice guinea ireland england holland
    france german brazil turkey cyprus danes poles turks devon
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
#: Words that begin with a capital beside a country's name without making it a person's.
_NOT_A_PERSON = frozenset(
    """
    a an the in on at of from to for and or by with as but when while after before since where both all many
    most some north south east west northern southern eastern western central upper lower greater rural urban
    new old republic kingdom government ministry department ministries hospital hospitals university college
    school national federal state states health care medical nursing nurses doctors team teams delegation
    partnership partnerships programme program project minister ministers president district districts province
    region city county red cross council institute institution foundation trust association society service
    services centre center agency bureau office embassy commission committee network women children community
    communities teachers experts officials participants staff visitors colleagues partners delegates model
    strategy policy plan act mission january february march april may june july august september october
    november december this that these those its their our his her in
    neither nor either not unlike like only even also again besides beyond outside inside across around within through
    throughout under over between among against despite although though because if unless until once yet still thus
    hence therefore so moreover furthermore however meanwhile instead later earlier soon now then today here there
    elsewhere thereafter afterwards subsequently eventually finally first second third last recently currently previously
    originally initially one two three four five six seven eight nine ten eleven twelve
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


def is_a_persons(text: str, start: int, end: int, name: str, before: str, after: str) -> bool:
    """Say whether a place's folded name, with the words before and after it, is a person's: a capitalised neighbour tells."""
    if name not in _PERSONAL:
        return False
    beside = text[end : end + 1] == " " and after[:1].isupper() and after.lower() not in _NOT_A_PERSON
    led = (
        text[start - 1 : start] == " "
        and before[:1].isupper()
        and not before.endswith(".")
        and not before[-1:].isupper()  # "FIOCRUZ Brazil": a body's acronym, and no first name
        and before.lower() not in _NOT_A_PERSON
    )
    titled = before.rstrip(".") in {"Mr", "Mrs", "Ms", "Dr", "Prof", "Professor", "Sir", "Lord", "Dame"}
    known = {fold(before), fold(after)} & place_names().keys()
    return titled or ((beside or led) and not known)
