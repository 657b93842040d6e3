"""What reports say of dates, what that means in EDTF, and on which days it can have begun."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import edtf as library
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from southerly.graph.dates import ImpossibleDate, When, edtf_of_bounds, parse_edtf, read_when

# Hand-worked. A bound is written as the first and last day; "" is open.
SAID = """
1996                        | 1996                       | 1996-01-01 | 1996-12-31
2006.0                      | 2006                       | 2006-01-01 | 2006-12-31
2012-05                     | 2012-05                    | 2012-05-01 | 2012-05-31
2012-02                     | 2012-02                    | 2012-02-01 | 2012-02-29
1900-02                     | 1900-02                    | 1900-02-01 | 1900-02-28
2012-05-03                  | 2012-05-03                 | 2012-05-03 | 2012-05-03
2012-05-03 00:00:00         | 2012-05-03                 | 2012-05-03 | 2012-05-03
2012-05-03T23:10:00Z        | 2012-05-03                 | 2012-05-03 | 2012-05-03
2012-05-03T00:00:00.000+02:00 | 2012-05-03               | 2012-05-03 | 2012-05-03
2012/05/03                  | 2012-05-03                 | 2012-05-03 | 2012-05-03
2012.05.03                  | 2012-05-03                 | 2012-05-03 | 2012-05-03
May 2012                    | 2012-05                    | 2012-05-01 | 2012-05-31
Sept. 2012                  | 2012-09                    | 2012-09-01 | 2012-09-30
May-2012                    | 2012-05                    | 2012-05-01 | 2012-05-31
05/2012                     | 2012-05                    | 2012-05-01 | 2012-05-31
5 May 2012                  | 2012-05-05                 | 2012-05-05 | 2012-05-05
5th of May, 2012            | 2012-05-05                 | 2012-05-05 | 2012-05-05
05-May-2012                 | 2012-05-05                 | 2012-05-05 | 2012-05-05
May 5, 2012                 | 2012-05-05                 | 2012-05-05 | 2012-05-05
Saturday, 5 May 2012        | 2012-05-05                 | 2012-05-05 | 2012-05-05
2012 May 5                  | 2012-05-05                 | 2012-05-05 | 2012-05-05
25/12/2012                  | 2012-12-25                 | 2012-12-25 | 2012-12-25
12/25/2012                  | 2012-12-25                 | 2012-12-25 | 2012-12-25
25.12.2012                  | 2012-12-25                 | 2012-12-25 | 2012-12-25
04/04/2012                  | 2012-04-04                 | 2012-04-04 | 2012-04-04
03/04/2012                  | [2012-03-04..2012-04-03]   | 2012-03-04 | 2012-04-03
5/3/2012 0:00               | [2012-03-05..2012-05-03]   | 2012-03-05 | 2012-05-03
23 de outubro de 2018       | 2018-10-23                 | 2018-10-23 | 2018-10-23
1º de maio de 2012          | 2012-05-01                 | 2012-05-01 | 2012-05-01
1er août 2014               | 2014-08-01                 | 2014-08-01 | 2014-08-01
5 de enero de 2009          | 2009-01-05                 | 2009-01-05 | 2009-01-05
février 2011                | 2011-02                    | 2011-02-01 | 2011-02-28
MARÇO DE 2015               | 2015-03                    | 2015-03-01 | 2015-03-31
1995-2000                   | [1995..2000]               | 1995-01-01 | 2000-12-31
1995–2000                   | [1995..2000]               | 1995-01-01 | 2000-12-31
1995 - 2000                 | [1995..2000]               | 1995-01-01 | 2000-12-31
between 1995 and 1998       | [1995..1998]               | 1995-01-01 | 1998-12-31
2008 or 2009                | [2008..2009]               | 2008-01-01 | 2009-12-31
2013/14                     | [2013..2014]               | 2013-01-01 | 2014-12-31
2013-14                     | [2013..2014]               | 2013-01-01 | 2014-12-31
1999-00                     | [1999..2000]               | 1999-01-01 | 2000-12-31
2013-12                     | 2013-12                    | 2013-12-01 | 2013-12-31
2010/11                     | [2010..2011]               | 2010-01-01 | 2011-12-31
2019-21                     | [2019..2021]               | 2019-01-01 | 2021-12-31
1990-1999                   | 199X                       | 1990-01-01 | 1999-12-31
Dec 2012 - Jan 2013         | [2012-12..2013-01]         | 2012-12-01 | 2013-01-31
March - May 2012            | [2012-03..2012-05]         | 2012-03-01 | 2012-05-31
March/April 2012            | [2012-03..2012-04]         | 2012-03-01 | 2012-04-30
February 18-20, 2008        | [2008-02-18..2008-02-20]   | 2008-02-18 | 2008-02-20
March 11-25, 1987           | [1987-03-11..1987-03-25]   | 1987-03-11 | 1987-03-25
From 20th - 27th Oct, 2013  | [2013-10-20..2013-10-27]   | 2013-10-20 | 2013-10-27
9 to 15 October 2016        | [2016-10-09..2016-10-15]   | 2016-10-09 | 2016-10-15
Oct. 31 to Nov. 3, 2023     | [2023-10-31..2023-11-03]   | 2023-10-31 | 2023-11-03
30 November - 2nd December 2016 | [2016-11-30..2016-12-02] | 2016-11-30 | 2016-12-02
30 December - 2 January 2013 | [2012-12-30..2013-01-02]  | 2012-12-30 | 2013-01-02
20 Oct 2017 to 31 Dec 2020  | [2017-10-20..2020-12-31]   | 2017-10-20 | 2020-12-31
del 18 al 20 de febrero de 2008 | [2008-02-18..2008-02-20] | 2008-02-18 | 2008-02-20
2003-                       | [2003..]                   | 2003-01-01 |
2006 or later               | [2006..]                   | 2006-01-01 |
not before 2006             | [2006..]                   | 2006-01-01 |
2006+                       | [2006..]                   | 2006-01-01 |
after 2006                  | [2007..]                   | 2007-01-01 |
after May 2012              | [2012-06..]                | 2012-06-01 |
after 1990s                 | [2000..]                   | 2000-01-01 |
by 1996                     | [..1996]                   |            | 1996-12-31
By  1996                    | [..1996]                   |            | 1996-12-31
by the end of 1996          | [..1996]                   |            | 1996-12-31
by the early 1990s          | [..1993]                   |            | 1993-12-31
to 2016                     | [..2016]                   |            | 2016-12-31
until 2016                  | [..2016]                   |            | 2016-12-31
up to 2016                  | [..2016]                   |            | 2016-12-31
2016 or earlier             | [..2016]                   |            | 2016-12-31
to March 2008               | [..2008-03]                |            | 2008-03-31
at least since 2003         | [..2003]                   |            | 2003-12-31
before 1996                 | [..1995]                   |            | 1995-12-31
pre-1996                    | [..1995]                   |            | 1995-12-31
before 1960s                | [..1959]                   |            | 1959-12-31
before 1 March 2008         | [..2008-02]                |            | 2008-02-29
before the end of 1996      | [..1996]                   |            | 1996-12-31
before summer 2024          | [..2024]                   |            | 2024-12-31
before 03/04/2012           | [..2012-04-03]             |            | 2012-04-03
since 2006                  | 2006                       | 2006-01-01 | 2006-12-31
from 2003                   | 2003                       | 2003-01-01 | 2003-12-31
(2020 - Present)            | 2020                       | 2020-01-01 | 2020-12-31
2020 to date                | 2020                       | 2020-01-01 | 2020-12-31
ongoing since 2020          | 2020                       | 2020-01-01 | 2020-12-31
from 2020 onwards           | 2020                       | 2020-01-01 | 2020-12-31
1964/2008                   | 1964                       | 1964-01-01 | 1964-12-31
1990s                       | 199X                       | 1990-01-01 | 1999-12-31
1990's                      | 199X                       | 1990-01-01 | 1999-12-31
early 1990s                 | [1990..1993]               | 1990-01-01 | 1993-12-31
mid-1960s                   | [1964..1966]               | 1964-01-01 | 1966-12-31
mid 1960s                   | [1964..1966]               | 1964-01-01 | 1966-12-31
late 1980s                  | [1987..1989]               | 1987-01-01 | 1989-12-31
mid-to-late 1990s           | [1994..1999]               | 1994-01-01 | 1999-12-31
late 1960s-1970s            | [1967..1979]               | 1967-01-01 | 1979-12-31
early 2000s                 | [2000..2003]               | 2000-01-01 | 2003-12-31
1900s                       | 19XX                       | 1900-01-01 | 1999-12-31
19th century                | 18XX                       | 1800-01-01 | 1899-12-31
20XX                        | 20XX                       | 2000-01-01 | 2099-12-31
mid-2012                    | 2012                       | 2012-01-01 | 2012-12-31
late May 2012               | 2012-05                    | 2012-05-01 | 2012-05-31
about 1960                  | 1960~                      | 1960-01-01 | 1960-12-31
c. 1960                     | 1960~                      | 1960-01-01 | 1960-12-31
circa 1960                  | 1960~                      | 1960-01-01 | 1960-12-31
~1960                       | 1960~                      | 1960-01-01 | 1960-12-31
approximately May 2012      | 2012-05~                   | 2012-05-01 | 2012-05-31
about 1990s                 | 199X~                      | 1990-01-01 | 1999-12-31
1960?                       | 1960?                      | 1960-01-01 | 1960-12-31
May 2012?                   | 2012-05?                   | 2012-05-01 | 2012-05-31
about 1960?                 | 1960%                      | 1960-01-01 | 1960-12-31
c. 1995-2000                | [1995..2000]               | 1995-01-01 | 2000-12-31
summer 2024                 | 2024-22                    | 2024-01-01 | 2024-12-31
winter 2012-2013            | [2012..2013]               | 2012-01-01 | 2013-12-31
Q3 2019                     | [2019-07..2019-09]         | 2019-07-01 | 2019-09-30
2019-Q1                     | [2019-01..2019-03]         | 2019-01-01 | 2019-03-31
first half of 2019          | [2019-01..2019-06]         | 2019-01-01 | 2019-06-30
launched in 2012            | 2012                       | 2012-01-01 | 2012-12-31
2012 (pilot)                | 2012                       | 2012-01-01 | 2012-12-31
"""

# Every date of two analysts' tables that is not a bare year, month or day: the words, the EDTF.
TABLES = """
late 1980s | [1987..1989]
1950s | 195X
1970s | 197X
late 1990s | [1997..1999]
1980s | 198X
1990s | 199X
mid-1990s | [1994..1996]
1940s | 194X
1960s | 196X
early 1990s | [1990..1993]
2000-2007 | [2000..2007]
by 1996 | [..1996]
by 2004 | [..2004]
by 2007 | [..2007]
by 2008 | [..2008]
by 2010 | [..2010]
by 2012 | [..2012]
by 2013 | [..2013]
by 2014 | [..2014]
by 2015 | [..2015]
by 2016 | [..2016]
by 2017 | [..2017]
by 2018 | [..2018]
by 2019 | [..2019]
by 2020 | [..2020]
by 2021 | [..2021]
by 2022 | [..2022]
by 2023 | [..2023]
by 2024 | [..2024]
before 1960s | [..1959]
after 1985 | [1986..]
after 2006 | [2007..]
to 2016 | [..2016]
to 2017 | [..2017]
to March 2008 | [..2008-03]
2003- | [2003..]
mid-1960s | [1964..1966]
late 1960s-1970s | [1967..1979]
1985-2000 | [1985..2000]
1988-1992 | [1988..1992]
1995-1998 | [1995..1998]
1995-2000 | [1995..2000]
2005-2006 | [2005..2006]
2006-2011 | [2006..2011]
2007-2008 | [2007..2008]
2007-2010 | [2007..2010]
2007-2012 | [2007..2012]
2008-2011 | [2008..2011]
2009-2010 | [2009..2010]
2010-2011 | [2010..2011]
2011-2014 | [2011..2014]
2014-2017 | [2014..2017]
2015-2017 | [2015..2017]
2015-2022 | [2015..2022]
2016-2022 | [2016..2022]
2017-2018 | [2017..2018]
2017-2024 | [2017..2024]
2020-2021 | [2020..2021]
2023-2024 | [2023..2024]
five years (dates not in excerpt) | -
"""

# Examples of the standard and of the Library of Congress profile, levels 0 and 1, and one-of sets.
STANDARD = """
1985-04-12                   | 1985-04-12 | 1985-04-12
1985-04                      | 1985-04-01 | 1985-04-30
1985                         | 1985-01-01 | 1985-12-31
1985-04-12T23:20:30          | 1985-04-12 | 1985-04-12
1985-04-12T23:20:30Z         | 1985-04-12 | 1985-04-12
1985-04-12T23:20:30-04       | 1985-04-12 | 1985-04-12
1985-04-12T23:20:30+04:30    | 1985-04-12 | 1985-04-12
1964/2008                    | 1964-01-01 | 1964-12-31
2004-06/2006-08              | 2004-06-01 | 2004-06-30
2004-02-01/2005-02-08        | 2004-02-01 | 2004-02-01
2004-02-01/2005-02           | 2004-02-01 | 2004-02-01
2004-02-01/2005              | 2004-02-01 | 2004-02-01
2005/2006-02                 | 2005-01-01 | 2005-12-31
1984?                        | 1984-01-01 | 1984-12-31
2004-06~                     | 2004-06-01 | 2004-06-30
2004-06-11%                  | 2004-06-11 | 2004-06-11
201X                         | 2010-01-01 | 2019-12-31
20XX                         | 2000-01-01 | 2099-12-31
2004-XX                      | 2004-01-01 | 2004-12-31
1985-04-XX                   | 1985-04-01 | 1985-04-30
1985-XX-XX                   | 1985-01-01 | 1985-12-31
1985-04-12/..                | 1985-04-12 | 1985-04-12
1985-04/..                   | 1985-04-01 | 1985-04-30
1985/..                      | 1985-01-01 | 1985-12-31
../1985-04-12                |            | 1985-04-12
../1985-04                   |            | 1985-04-30
../1985                      |            | 1985-12-31
1985-04-12/                  | 1985-04-12 | 1985-04-12
1985/                        | 1985-01-01 | 1985-12-31
/1985-04                     |            | 1985-04-30
/1985                        |            | 1985-12-31
1984~/2004-06                | 1984-01-01 | 1984-12-31
1984/2004-06~                | 1984-01-01 | 1984-12-31
1984?/2004%                  | 1984-01-01 | 1984-12-31
1984-06?/2004-08?            | 1984-06-01 | 1984-06-30
1984-06-02?/2004-08-08~      | 1984-06-02 | 1984-06-02
[1667,1668,1670..1672]       | 1667-01-01 | 1672-12-31
[..1760-12-03]               |            | 1760-12-03
[1760-12..]                  | 1760-12-01 |
[1760-01,1760-02,1760-12..]  | 1760-01-01 |
[1667,1760-12]               | 1667-01-01 | 1760-12-31
[..1984]                     |            | 1984-12-31
[1670..1673,1668]            | 1668-01-01 | 1673-12-31
"""

UNREADABLE = """
five years (dates not in excerpt) | summer before article (undated) | unknown | n/a | undated | - | ? | 98 | '98
week of July 18th | Last month | concluded August 2 | May 12 | 18 - 20, 2008 | FY2019 | as of 2006 | early | by
14 villages | 1098 | 1098-05-03 | 1,998 | 2,012 | 2012.5 | 2012 participants | 2012a | 20120503 | Y17000 | 0
2012, 2013 | 2008 and 2012 | 2012 2013 | 2003 to 2008- | by 2003- | before | 1965s | 60s | 03/04/12 | 2012-W05
..1996 | 1996.. | {1667,1668} | 5 years ago | no 2012 | ended 2012 | 12:30 | 2010-5 | -1985 | two thousand
before before 2012 | between 1995 | 1995 and 1998 | a 2012 | 20-27/10/2013 | ½2012 | ٢٠١٢ | 2999 | Q5 2012
"""

IMPOSSIBLE = """
31 September 2012 | September 31, 2012 | 2023-13-01 | 2012-02-30 | 2011-02-29 | 29 Feb 2011 | 1900-02-29
0000 | 0000-01-01 | 12012 | 10000-01-01 | May 12012 | 31/09/2012 | 13/13/2012 | 2012/13/01 | 13/2012 | 2013-13
1998-1995 | 1998/1995 | [1998..1995] | 20-18 February 2008 | 1998-95 | late to early 1990s | 1980s-1970s
2012-02-30/2013 | by 31 June 2012 | May 2012 - April 2012 | 2012-02-30 00:00:00 | 00/05/2012 | 0 May 2012
2012-00 | H3 2012
"""

NO_EDTF = """
1985-4 | 85 | 19850412 | 1985-04-12T23 | 1985-04-12T25:00:00 | 1985-W05 | 1985-102 | XXXX | 1XXX | 19X5 | 1985-XX-12
201X-05 | 2004-06-uu | Y170000002 | -1985 | ?1985 | 1985?~ | / | ../.. | 1985/x | 1964/1970/2008 | [..] | [] | [1985
{1985} | [1985,] | [1985..,1990] | [1990,..1995] | [199X..] | [1984?] | by 1996 | circa | 1985Z | ２０１２ | 1985..
"""


def rows(table: str, columns: int) -> list[tuple[str, ...]]:
    cells = [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]
    assert {len(row) for row in cells} == {columns}
    return cells


def items(table: str) -> list[str]:
    return [item.strip() for line in table.strip().splitlines() for item in line.split("|")]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def bounds(when: When) -> tuple[date | None, date | None]:
    return when.earliest, when.latest


@pytest.mark.parametrize(("said", "edtf", "first", "last"), rows(SAID, 4))
def test_words_mean_days(said: str, edtf: str, first: str, last: str) -> None:
    when = read_when(said)
    assert (when.edtf, when.earliest, when.latest) == (edtf, day(first), day(last))


@pytest.mark.parametrize(("said", "edtf"), rows(TABLES, 2))
def test_analysts_tables(said: str, edtf: str) -> None:
    when = read_when(said)
    assert when.said == said
    assert when.edtf == (None if edtf == "-" else edtf)
    assert bounds(when) == ((None, None) if edtf == "-" else bounds(parse_edtf(edtf)))


@pytest.mark.parametrize(("text", "first", "last"), rows(STANDARD, 3))
def test_examples_of_the_standard(text: str, first: str, last: str) -> None:
    assert parse_edtf(text) == When(text, text, day(first), day(last))


@pytest.mark.parametrize("text", [row[0] for row in rows(STANDARD, 3)])
def test_edtf_reads_the_same_as_words(text: str) -> None:
    when = read_when(text)
    assert bounds(when) == bounds(parse_edtf(text))
    assert when.edtf is not None
    assert bounds(parse_edtf(when.edtf)) == bounds(when)  # what is stored is EDTF of the beginning, without times
    assert "/" not in when.edtf
    assert "T" not in when.edtf


@pytest.mark.parametrize(("code", "until"), [("21", 2021), ("22", 2022), ("23", 2023), ("24", 2024)])
def test_a_season_is_in_its_year_and_may_look_like_two_years(code: str, until: int) -> None:
    year = date(2001, 1, 1), date(2001, 12, 31)
    assert bounds(parse_edtf(f"2001-{code}")) == year
    assert bounds(read_when(f"2001-{code}")) == (date(2001, 1, 1), date(until, 12, 31))  # holds under both readings
    assert read_when(f"2031-{code}").edtf == f"2031-{code}"  # 2031-21 can be no two years


@pytest.mark.parametrize("said", items(UNREADABLE))
def test_other_words_are_kept_and_mean_nothing(said: str) -> None:
    assert read_when(said) == When(said, None, None, None)


@pytest.mark.parametrize("said", [None, "", "  \t\n", "\u00a0"])
def test_blank_says_nothing(said: str | None) -> None:
    assert read_when(said) == When(None, None, None, None)


def test_said_keeps_the_report_s_own_letters() -> None:
    assert read_when("  FÉVRIER \n 2011 ").said == "FÉVRIER 2011"


@pytest.mark.parametrize("said", items(IMPOSSIBLE))
def test_dates_that_no_calendar_has(said: str) -> None:
    with pytest.raises(ImpossibleDate) as caught:
        read_when(said)
    assert caught.value.text == said
    assert said in str(caught.value)
    assert caught.value.expected in str(caught.value)


def test_an_impossible_date_says_what_was_expected_and_survives_a_worker_process() -> None:
    with pytest.raises(ImpossibleDate) as caught:
        read_when("31 September 2012")
    assert caught.value.expected == "a day from 1 to 30 in 2012-09"
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (again.text, again.expected) == (caught.value.text, caught.value.expected)


@pytest.mark.parametrize("text", [*items(NO_EDTF), "", " 1985", "1985\n"])
def test_strict_edtf_refuses_all_else(text: str) -> None:
    with pytest.raises(ValueError, match="not EDTF"):
        parse_edtf(text)


@pytest.mark.parametrize("text", ["1985-13", "1985-25", "1985-02-29", "0000", "000X", "2008/1964", "[2000..1995]"])
def test_strict_edtf_refuses_what_no_calendar_has(text: str) -> None:
    with pytest.raises(ImpossibleDate):
        parse_edtf(text)


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [
        ("", "", None),
        ("1995-01-01", "1995-12-31", "1995"),
        ("2012-02-01", "2012-02-29", "2012-02"),
        ("2011-02-01", "2011-02-28", "2011-02"),
        ("2012-02-01", "2012-02-28", "[2012-02-01..2012-02-28]"),
        ("2012-05-03", "2012-05-03", "2012-05-03"),
        ("1990-01-01", "1999-12-31", "199X"),
        ("1900-01-01", "1999-12-31", "19XX"),
        ("1990-01-01", "2009-12-31", "[1990..2009]"),
        ("1995-01-01", "2004-12-31", "[1995..2004]"),
        ("1995-01-01", "2000-12-31", "[1995..2000]"),
        ("1995-03-01", "2000-12-31", "[1995-03..2000-12]"),
        ("1995-03-02", "2000-12-31", "[1995-03-02..2000-12-31]"),
        ("", "1996-12-31", "[..1996]"),
        ("", "1996-06-30", "[..1996-06]"),
        ("", "1996-06-29", "[..1996-06-29]"),
        ("2006-01-01", "", "[2006..]"),
        ("2006-02-01", "", "[2006-02..]"),
        ("0001-01-01", "0009-12-31", "[0001..0009]"),
        ("0001-01-01", "9999-12-31", "[0001..9999]"),
    ],
)
def test_bounds_have_one_edtf(first: str, last: str, edtf: str | None) -> None:
    assert edtf_of_bounds(day(first), day(last)) == edtf


def test_bounds_do_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="before the first"):
        edtf_of_bounds(date(2000, 1, 1), date(1999, 12, 31))


# Days on the edges of months, years, decades and centuries are where mistakes would be.
EDGES = st.builds(
    lambda year, month, before: date(year, month, 1) - timedelta(days=before),
    st.integers(2, 9999) | st.integers(1, 999).map(lambda n: n * 10),
    st.sampled_from([1, 1, 2, 3, 12]),
    st.booleans(),
)
DAYS = st.none() | st.dates() | EDGES


@given(DAYS, DAYS)
@example(date(9999, 12, 31), date(9999, 12, 31))
def test_edtf_of_bounds_has_these_bounds(one: date | None, other: date | None) -> None:
    first, last = sorted((one, other)) if one and other else (one, other)
    edtf = edtf_of_bounds(first, last)
    assume(edtf is not None)
    assert edtf is not None
    assert bounds(parse_edtf(edtf)) == (first, last)


VOCABULARY = """
by before after to until since from between and or - – / , . ? ~ + c. about early mid late end of spring winter
January Feb march 5 de maio mai 3rd 31 30 1 12 1995 2000 2012 2012-05 2012-05-03 2013-14 03/04/2012 1990s 1900s
19th century Q3 first half present ongoing onwards [ ] .. 199X 1098 0000 12012 in launched villages T00:00:00Z
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.text() | st.lists(WORDS, max_size=8).map(" ".join) | st.lists(WORDS, max_size=6).map("".join)


@given(TEXTS)
@example("Q" * 200)
@example("about 2000/01?")
@example("c. 03/04/2012")
@example("early-" * 30 + "1990s")
def test_any_text_is_read_kept_or_impossible(text: str) -> None:
    try:
        when = read_when(text)
    except ImpossibleDate:
        return
    assert (when.said is None) == (not text.split())
    if when.edtf is None:
        assert bounds(when) == (None, None)
        return
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest
    assert bounds(parse_edtf(when.edtf)) == bounds(when)
    if when.edtf[4:7] not in (
        "-21",
        "-22",
        "-23",
        "-24",
    ):  # a season may also be two years to the reader of words
        assert bounds(read_when(when.edtf)) == bounds(when)


@given(st.text(alphabet="0123456789X-/.,[]?~%TZ:+", max_size=24))
def test_strict_edtf_has_ordered_bounds_or_raises(text: str) -> None:
    try:
        when = parse_edtf(text)
    except ValueError:
        return
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest


SHAPES = [
    "{0:%Y}",
    "{0:%Y-%m}",
    "{0:%Y-%m-%d}",
    "{0:%Y}?",
    "{0:%Y-%m}~",
    "{0:%Y-%m-%d}%",
    "{0:%Y-%m}-XX",
    "{0:%Y}-XX",
]
SHAPES += ["{0:%Y}/{1:%Y}", "{0:%Y-%m}/{1:%Y-%m}", "{0:%Y-%m-%d}/{1:%Y}", "{0:%Y-%m-%d}/{1:%Y-%m-%d}"]


@given(st.sampled_from(SHAPES), st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)))
def test_the_edtf_library_agrees(shape: str, one: date, other: date) -> None:
    # Left out where it is wrong: it invents bounds for open intervals, knows only northern seasons, and its reader of
    # words takes "by 1996" for 1996.
    text = shape.format(*sorted((one, other)))
    theirs = library.parse_edtf(text)
    start = theirs.lower if "/" in text else theirs
    expected = date(*start.lower_strict()[:3]), date(*start.upper_strict()[:3])
    assert bounds(parse_edtf(text)) == expected


@given(st.sampled_from(["{}X", "{}XX"]), st.integers(100, 999))
def test_the_edtf_library_agrees_on_decades_and_centuries(shape: str, head: int) -> None:
    text = shape.format(head if shape == "{}X" else head // 10)
    theirs = library.parse_edtf(text)
    assert bounds(parse_edtf(text)) == (date(*theirs.lower_strict()[:3]), date(*theirs.upper_strict()[:3]))
