"""The words that reports use for dates, and the days that they can mean.

A text is cut into tokens of one letter each ("February 18-20, 2008" is `MD-DY`), so that the phrases that are
understood are one regular expression over letters. A text with any other word in it names no date: unknown is
better than wrong.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

# Numbers outside these years are rarely years when reports on health speak of them ("1098" is a helpline).
FIRST_YEAR, LAST_YEAR = 1500, 2100


class ImpossibleDate(ValueError):
    """The text is shaped like a date that no calendar has."""

    def __init__(self, text: str, expected: str) -> None:
        super().__init__(text, expected)  # both, so that the error survives the way back from a worker process
        self.text = text
        self.expected = expected

    def __str__(self) -> str:
        return f"“{self.text}” is no date: expected {self.expected}"


class Span(NamedTuple):
    """The first and the last day that are meant; null is open."""

    earliest: date | None
    latest: date | None
    edtf: str | None = None  # where the bounds do not say all: a season
    qualifier: str = ""  # EDTF: ? uncertain, ~ approximate, % both
    vague: bool = False  # a part of the span is meant, nobody knows which: "mid-2012", "1995-2000", 03/04/2012


def day(year: int, month: int = 1, number: int = 1) -> date:
    """Return a day. Raises ValueError that says what was expected if the calendar has none such."""
    if not 1 <= year <= 9999:
        raise ValueError("a year from 0001 to 9999")
    if not 1 <= month <= 12:
        raise ValueError("a month from 01 to 12")
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        raise ValueError(f"a day from 1 to {last} in {year:04}-{month:02}")
    return date(year, month, number)


def span(year: int, month: int | None = None, number: int | None = None) -> Span:
    """Return the days of a year, of a month, or the one day. Raises ValueError as `day` does."""
    if month is None:
        return Span(day(year), date(year, 12, 31))
    if number is None:
        return Span(day(year, month), date(year, month, monthrange(year, month)[1]))
    return Span(day(year, month, number), date(year, month, number))


def years(first: int, last: int) -> Span:
    """Return the days of several years. Raises ValueError as `day` does, or if they run backwards."""
    return between(span(first), span(last))


def between(start: Span, end: Span) -> Span:
    """Return the days from one span's start to another's end. Raises ValueError if they run backwards."""
    if start.earliest and end.latest and start.earliest > end.latest:
        raise ValueError("a range that ends no earlier than it begins")
    return Span(start.earliest, end.latest, vague=True)


def season(year: int, code: int) -> Span:
    """Return a season (21 spring to 24 winter), bounded by its year: its months depend on the hemisphere."""
    return span(year)._replace(edtf=f"{year:04}-{code}", vague=True)


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv enero ene janeiro",
            "february feb fevrier fevr fev febrero fevereiro",
            "march mar mars marzo marco",
            "april apr avril avr abril abr",
            "may mai mayo maio",
            "june jun juin junio junho",
            "july jul juillet juil julio julho",
            "august aug aout agosto ago",
            "september sept sep septembre septiembre setiembre setembro",
            "october oct octobre octubre outubro",
            "november nov novembre noviembre novembro",
            "december dec decembre diciembre dic dezembro dez",
        ),
        1,
    )
    for name in names.split()
}
# Thirds of a decade, by our convention: the words say no more than "near the beginning", "near the middle".
_PARTS = {"early": (0, 3), "beginning": (0, 3), "start": (0, 3), "mid": (4, 6), "middle": (4, 6)}
_PARTS |= {"late": (7, 9), "end": (7, 9)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

# One letter a meaning. T leads ("to 2016") or links ("9 to 15 May"); J only links; N needs W.
_WORDS = {
    "B": "by",
    "T": "to until till hasta ate",
    "J": "through thru al au a",
    "F": "before pre avant",
    "A": "after post apres",
    "I": "since from desde depuis starting",
    "W": "between entre",
    "N": "and y et e",
    "O": "or ou",
    "C": "about circa c ca approximately approx around roughly environ vers",
    "Q": "probably possibly perhaps",
    "E": "present ongoing now today current presente actualidad atual",
    "H": "onwards onward",
    # These change nothing: they say that what is dated began, or join a date's parts.
    " ": "in on the of de del du le el em en dans d l during year ano annee month ad ce dated sometime first "
    "pilot launched started began begun established founded introduced commenced opened implemented adopted "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
}
_LETTERS = {word: letter for letter, words in _WORDS.items() for word in words.split()}
_PHRASES = {
    phrase: letter
    for letter, phrases in {
        "B": "up to,no later than,not later than,on or before,in or before,at least since,since at least",
        "T": "jusqu'a,jusqu'en,jusqu'au",
        "F": "prior to,antes de,pre-",
        "A": "despues de,depois de,post-",
        "I": "a partir de",
        "U": "in or after,on or after,not before",
        "C": "cerca de",
        "E": "to date",
        "L": "or later,or after",
        "G": "or earlier,or before",
    }.items()
    for phrase in phrases.split(",")
}
_SYMBOLS = {"-": "-", "/": "O", "~": "C", "?": "Q", "+": "L"}

_NUMBER = re.compile(
    r"""(?P<century> (\d\d?) (?:st|nd|rd|th) [ -] century \b )
    | (?P<quarter> ([1-4](?:st|nd|rd|th)) [ -] (quarter|half) (?:[ ]of)? [ ] (\d{4}) (?!\d) )
    | (?P<decade> (\d{3}0) [ ]? '? s \b )
    | (?P<iso> (\d{4,5}) - (\d\d) - (\d\d) (?!\d) )
    | (?P<pair> (\d{4}) ([-/]) (\d\d) (?!\d|/\d) )
    | (?P<ymd> (\d{4}) (?P<_ymd>[/.]) (\d\d?) (?P=_ymd) (\d\d?) (?![\d/]) )
    | (?P<slash> (\d{4}) / (\d) (?![\d/]) )
    | (?P<year_quarter> (\d{4}) [ /-]? ([qh]) ([1-4]) \b )
    | (?P<year> \d{4,5} (?!\d) )
    | (?P<numeric> (\d\d?) (?P<_numeric>[/.-]) (\d\d?) (?P=_numeric) (\d{4}) (?!\d) )
    | (?P<month_year> (\d\d? (?=[/.]) | 0[1-9] | 1[0-2]) [/.-] (\d{4}) (?!\d) )
    | (?P<day> (\d\d?) (?:st|nd|rd|th|er|o\b)? (?!\d) )""",
    re.VERBOSE | re.ASCII,
)
_WORD = re.compile(
    r"""(?P<part> (early|beginning|start|mid|middle|late|end) (?![a-z]) [ -]* )
    | (?P<season> (spring|summer|autumn|fall|winter) (?:,?[ ]|[ ]of[ ]) (\d{4}) (?!\d) )
    | (?P<quarter> (?: ([qh])[ ]?([1-4])[ ,/-]* | (first|second|third|fourth)[ -](quarter|half)(?:[ ]of)?[ ] )
        (\d{4}) (?!\d) )
    | (?P<decade> (?:annees|anos|decada[ ]de|decade[ ]of[ ]the)[ ] (\d{3}0) s? (?!\d) )
    | (?P<phrase> (?:"""
    + "|".join(map(re.escape, sorted(_PHRASES)))
    + r""") (?![a-z]) )
    | (?P<word> [a-z]+ )""",
    re.VERBOSE | re.ASCII,
)
_OTHER = re.compile(r"(?P<gap>(?:[] ,;:()'\"[]|\.(?!\.))+)|(?P<symbol>[-/~?+])")
_YEAR = re.compile(r"(?<![\d+:.])\d{4}(?!\d)", re.ASCII)
_CLOCK = re.compile(
    r"(?<=\d)[t ]([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?( ?[ap]m)?( ?(z|utc|gmt|[+-]\d\d(:?\d\d)?))?$",
    re.ASCII,
)
_FLOAT = re.compile(r"^(\d{4})\.0+$", re.ASCII)  # what a spreadsheet makes of a year beside empty cells
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {0x2019: "'", 0x2018: "'"}

_DATE = r"P?(?:S|D[-O]?M[-O]?Y|MDY|Y[-O]?M(?:[-O]?D)?|M[-O]?Y|Y)|(?:P(?:[-JT]{0,2}P)*)?K"
_SHAPE = re.compile(
    rf"(?P<op>E?I|[BFATWU])?(?P<before>[CQ]*)(?P<left>{_DATE}|MD|DM|D|M)"
    rf"(?:(?P<link>[-JTON])C?(?P<right>{_DATE}|DY))?(?P<tail>[-JT]?E|[-HLG])?(?P<behind>[CQ]*)"
)
# Dates that borrow their year, and perhaps month, from the other end of a range.
_SHORT = {("MD", "DY"), ("MD", "MDY"), ("MD", "DMY"), ("DM", "DMY"), ("DM", "MDY"), ("D", "DMY"), ("M", "MY")}


def folded(text: str) -> str:
    """Return a text as `read_words` reads it: small letters, no marks, one kind of dash, no time of day."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).translate(_DASHES)
        plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _FLOAT.sub(r"\1", _CLOCK.sub("", " ".join(plain.split())))


def has_odd_year(text: str) -> bool:
    """Return whether a text has a number of four digits that is hardly meant as a year."""
    return any(not FIRST_YEAR <= int(year) <= LAST_YEAR and year != "0000" for year in _YEAR.findall(text))


def read_words(text: str) -> Span | None:
    """Return the days on which something can have begun by the words of a report; null if they name no date.

    The text is as `folded` leaves it. Raises ValueError that says what was expected if no calendar has it.
    """
    tokens = _tokens(text)
    shape = _SHAPE.fullmatch("".join(token.letter for token in tokens)) if tokens else None
    if not tokens or shape is None:
        return None
    left = tokens[slice(*shape.span("left"))]
    op, link, tail = shape["op"] or "", shape["link"], shape["tail"] or ""
    if (link == "N" or op == "W") and not (op == "W" and link in ("N", "-", "T", "J")):
        return None
    if tail and (link or op not in ("", "I")):
        return None
    found = _range(left, tokens[slice(*shape.span("right"))]) if link else _single(left)
    if found is None:
        return None
    if not link and op.strip("EI") == "" and tail not in ("-", "L", "G"):
        marks = set(shape["before"] + shape["behind"])
        return found._replace(qualifier="%" if len(marks) == 2 else {"C": "~", "Q": "?"}.get("".join(marks), ""))
    return _relative(found, op, tail)


def _relative(found: Span, op: str, tail: str) -> Span:
    """Return what "by", "before", "after" and the like make of a span; they reach into a vague one."""
    first, last = found.earliest, found.latest
    if op in ("B", "T") or tail == "G" or (op == "F" and found.vague):
        return Span(None, last)
    if op == "U" or tail in ("L", "-") or (op == "A" and found.vague):
        return Span(first, None)
    if op == "F" and first:
        return Span(None, first - timedelta(days=1))
    if op == "A" and last:
        return Span(last + timedelta(days=1), None)
    return found


class _Token(NamedTuple):
    letter: str
    values: tuple[str, ...]
    kind: str = ""


def _tokens(text: str) -> list[_Token] | None:
    """Return the tokens of a text without gaps and fillers; null if a word is not understood."""
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        first = text[at]
        found = (_WORD if "a" <= first <= "z" else _NUMBER if "0" <= first <= "9" else _OTHER).match(text, at)
        if found is None:
            return None
        at = found.end()
        kind, values = found.lastgroup or "", found[0]
        if kind == "word" and values in _MONTHS:
            tokens.append(_Token("M", (values,)))
        elif kind in ("word", "phrase", "symbol"):
            letter = (_LETTERS if kind == "word" else _PHRASES if kind == "phrase" else _SYMBOLS).get(values)
            if letter is None:
                return None
            if letter != " ":
                tokens.append(_Token(letter, ()))
        elif kind != "gap":
            inner = tuple(group for group in found.groups()[found.lastindex or 0 :] if group is not None)
            tokens.append(_Token(_KINDS.get(kind, "S"), inner or (values,), kind))
    return tokens


_KINDS = {"year": "Y", "day": "D", "part": "P", "decade": "K"}


def _single(tokens: list[_Token]) -> Span | None:
    """Return the days of one date; null if it lacks its year."""
    parts = [_PARTS[token.values[0]] for token in tokens if token.letter == "P"]
    last = tokens[-1]
    if last.letter == "K":
        return _decade(int(last.values[0]), parts)
    if last.letter == "S":
        found: Span | None = _SPANS[last.kind](*last.values)
    else:
        found = _calendar(_numbers(tokens))
    return found._replace(vague=True) if found and parts else found


def _range(left: list[_Token], right: list[_Token]) -> Span | None:
    """Return the days from the start of one date to the end of another, which may share month and year."""
    start, end = _numbers(left), _numbers(right)
    if "".join(start) in ("MD", "DM", "D", "M") or "".join(end) == "DY":
        if ("".join(start), "".join(end)) not in _SHORT:
            return None
        end = {"M": start.get("M", 0)} | end
        year = end["Y"] - (start.get("M", 0) > end["M"])  # "30 December - 2 January 2013" began the year before
        first, last = _calendar({"M": end["M"]} | start | {"Y": year}), _calendar(end)
    else:
        first, last = _single(left), _single(right)
    return between(first, last) if first and last else None


def _numbers(tokens: list[_Token]) -> dict[str, int]:
    """Return year, month and day by letter, in the order of the text."""
    return {
        token.letter: _MONTHS[token.values[0]] if token.letter == "M" else int(token.values[0])
        for token in tokens
        if token.letter in "DMY"
    }


def _calendar(numbers: dict[str, int]) -> Span | None:
    return span(numbers["Y"], numbers.get("M"), numbers.get("D")) if "Y" in numbers else None


def _decade(year: int, parts: list[tuple[int, int]]) -> Span:
    if year % 100 == 0 and year < 2000:  # "1900s" is the decade to some and the century to others
        return years(year, year + 99)
    if not parts:
        return years(year, year + 9)._replace(vague=False)
    return years(year + parts[0][0], year + parts[-1][1])


def _iso(year: str, month: str, number: str) -> Span:
    return span(int(year), int(month), int(number))


def _ymd(year: str, _: str, month: str, number: str) -> Span:
    return span(int(year), int(month), int(number))


def _numeric(a: str, _: str, b: str, year: str) -> Span:
    """Return the day, or where day-month and month-day both make sense the days from the one to the other."""
    one, other, in_year = int(a), int(b), int(year)
    if one > 12 or one == other:
        return span(in_year, other, one)
    if other > 12:
        return span(in_year, one, other)
    return between(span(in_year, min(one, other), max(one, other)), span(in_year, max(one, other), min(one, other)))


def _month(month: str, year: str) -> Span:
    return span(int(year), int(month))


def _quarter(kind: str, number: str, year: str) -> Span:
    if kind in _ORDINALS:  # "first quarter", the other way round than "Q1"
        kind, number = number, str(_ORDINALS[kind])
    length = 3 if kind.startswith("q") else 6
    last = int(number) * length
    if last > 12:
        raise ValueError("one of two halves of a year")
    return between(span(int(year), last - length + 1), span(int(year), last))._replace(vague=False)


def _pair(year: str, mark: str, number: str) -> Span:
    """Return "2013-14" as two years, "2013-12" as EDTF has it, and the span of both where either is meant."""
    start, two = int(year), int(number)
    if mark == "-" and 1 <= two <= 12:
        return span(start, two)
    end = start - start % 100 + two
    if (start + 1) % 100 == two:
        end = start + 1  # 1999-00
    if end > start:
        return years(start, end)
    if 1 <= two <= 12:
        return span(start, two)
    if mark == "-" and 21 <= two <= 24:
        return season(start, two)
    raise ValueError("a month from 01 to 12, or a second year after the first")


_SPANS: dict[str, Callable[..., Span]] = {
    "iso": _iso,
    "ymd": _ymd,
    "numeric": _numeric,
    "month_year": _month,
    "quarter": _quarter,
    "year_quarter": lambda year, kind, number: _quarter(kind, number, year),
    "century": lambda number: years(int(number) * 100 - 100, int(number) * 100 - 1)._replace(vague=False),
    "season": lambda name, year: season(int(year), _SEASONS[name]),
    "pair": _pair,
    "slash": lambda year, month: span(int(year), int(month)),
}
