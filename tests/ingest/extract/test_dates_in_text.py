"""The dates of events that a text names, in the forms that reports have, and the years that are of no event."""

from __future__ import annotations

import pytest
from southerly.ingest.extract.when import date_mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # spans
        ("held between March and May 2016", "2016-03/2016-05"),
        ("on 12–16 March 2018", "2018-03-12/2018-03-16"),
        ("from the 4th to the 8th of May 2015", "2015-05-04/2015-05-08"),
        ("from 12 January 2015 until 4 April", "2015-01-12/2015-04-04"),
        ("3, 4 and 5 May 2013", "2013-05-03/2013-05-05"),
        ("in March and April 2016", "2016-03/2016-04"),
        ("in June and September 2013", "2013-06 2013-09"),
        ("from late 2013 to early 2015", "2013/2015"),
        ("a programme for 2016-2020", "2016/2020"),
        ("in the 2014/15 financial year", "[2014..2015]"),
        ("Start date: 1 May 2014. End date: 30 April 2016.", "2014-05/2016-04"),
        ("They came on 4 March 2015 and left on 9 March.", "2015-03-04/2015-03-09"),
        # parts of a year and of a century
        ("in Q3 2019", "[2019-07..2019-09]"),
        ("in the second half of 2014", "[2014-07..2014-12]"),
        ("in the fall of 2016", "2016-23"),
        ("It has run since the mid-2000s.", "[2004..2006]"),
        ("since the nineties and in the '80s", "199X 198X"),
        ("2.º semestre de 2021, 1er trimestre 2019", "[2021-07..2021-12] [2019-01..2019-03]"),
        # bounds keep their side
        ("It had opened by November 2019.", "[..2019-11]"),
        ("before 2005 or since 2007", "[..2004] 2007"),
        # the order of day and month is that of the text's other dates; without them both stand
        ("Period: 01/03/2015 - 30/04/2015", "2015-03/2015-04"),
        ("Visit: 03/25/2014. Return: 04/02/2014.", "2014-03-25 2014-04-02"),
        ("She left on 01/03/2015.", "[2015-01-03..2015-03-01]"),
        ("three from each side, 2018/2019, and again in 2022", "2018/2019 2022"),
        ("Nurses came in the 1960s and 70s.", "196X 197X"),
        # other languages
        ("au cours de l'année 2015, puis fin 2016", "2015 2016"),
        ("entre os dias 4 e 12 de maio de 2013", "2013-05-04/2013-05-12"),
        ("du lundi 4 au vendredi 8 mai 2015", "2015-05-04/2015-05-08"),
        ("durante los años noventa y desde marzo de 2015", "199X 2015-03"),
    ],
)
def test_a_date_is_read_in_the_form_that_it_has(text: str, expected: str) -> None:
    assert [m.as_spell for m in date_mentions(text)] == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nurses went in May and again in November 2012.", "2012-05 2012-11"),
        ("Two groups came (14-28 October and 4-18 November 1995).", "1995-10-14/1995-10-28 1995-11-04/1995-11-18"),
        ("A visit in March 2011. Two years later a clinic opened.", "2011-03 2013"),
        ("They came in November 2010 and, in February of the following year, opened.", "2010-11 2011-02"),
        ("A visit took place in August 2014. Three months later it opened.", "2014-08 2014-11"),
        ("Signed in November 2021; the first group flew the following March.", "2021-11 2022-03"),
        ("It began in November 2019. By the following summer 340 were on it.", "2019-11 2020-22"),
        ("In 2014 they went. She opened the club that December.", "2014 2014-12"),
        ("They worked from September 2014 to February 2015. None was seen after November.", "2014-09/2015-02 2014-11"),
        ("Dates: 5-16 February 2012. Herat: since July. Move nets before August. Start: October.",
         "2012-02-05/2012-02-16 2012-07 2012-08 2012-10"),
        ("They came from 6 to 10 November 2017. It has run since 2013. It is big. The report came on 4 December.",
         "2017-11-06/2017-11-10 2013 2017-12-04"),
        ("The workshop is on 14 and 15 November 2018, the congress on 16 and 17 November.",
         "2018-11-14/2018-11-15 2018-11-16/2018-11-17"),
        ("Nurses went to Rio de Janeiro in 2010; the Rio de Janeiro Declaration of 2012; em janeiro de 2013",
         "2010 2012 2013-01"),
        ("Mon 23 Sept 2019: handover.\nTue 24: three bowel cases.\nWed 25: teaching all day.",
         "2019-09-23 2019-09-24 2019-09-25"),
        ("I taught in Pokhara in April 2015. The earthquake came on the 25th.", "2015-04 2015-04-25"),
        ("They came from 7 to 14 May 2018. On the 9th they saw a ward.", "2018-05-07/2018-05-14 2018-05-09"),
        # nor what is told by the way
        ("Nurses came in May 2018 to a ward that had opened in 2009. Two years later it closed.", "2018-05 2009"),
        ("Nurses came in May 2018. The ward had opened in 2009. In August they were nine.", "2018-05 2009 2018-08"),
        ("En octubre de 2016 vinieron; nos fuimos en mayo del año siguiente.", "2016-10 2017-05"),
        # what is to come lends its year to nothing
        ("We came in May. The bin is on the list for the 2025 budget.", "2025"),
        ("Malaria was rare in 2021. The next speaker, in June, will be an engineer.", "2021"),
        # what could be of another year, a habit, a verb: nothing
        ("They came in November 2010 and opened in February. It began in 2014.", "2010-11 2014"),
        ("It opened in 2010; every June the committee meets and may march.", "2010"),
        ("Two years later it opened.", ""),
    ],
)  # fmt: skip
def test_a_date_without_its_year_takes_it_only_from_a_date_that_leaves_no_other(text: str, expected: str) -> None:
    assert [m.as_spell for m in date_mentions(text)] == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minutes of a call, 14 May 2021\n\nFive came. Malawi showed sets in our February session.\nNext: 2022",
         "2021-05-14 2021-02 2022"),
        ("Who came to see us in 2019\n\nThe largest group came in February. In 2020 others will.", "2019 2019-02 2020"),
        ("Rehabilitation: closing day\n\nAmman, 30 May 2018\n\nThe printer came only in April.", "2018-05-30 2018-04"),
        ("LINK NEWS, Summer 2018\n\nLast winter we began.", "2017-24"),
        ("KIGALI, 14 May 2021 - The ministry today opened a bank. It was blessed yesterday.",
         "2021-05-14 2021-05-14 2021-05-13"),
        ("MANILA, 4 October 2016 - The course, held from 26 September to 3 October, ended. In 2012 it failed.",
         "2016-09-26/2016-10-03 2012"),
        ("Report of a tour, 7-14 October 2018\n\nIt was long. We saw a lot. In May it opened. In 2020 it closed.",
         "2018-10-07/2018-10-14 2020"),
        # without a heading "today" and "last year" are of no known day
        ("A good link.\n\nToday she runs. Last year we moved.", ""),
        # who published it, and when, is no event; what a title dates is one
        ("The Example Times, 17 September 2017\n\nThe ward opened in 2015.", "2015"),
        ("News & Features | 31 October 2017\nThe first nurses came in February.", "2017-02"),
        ("Study visit to Denmark, March 2017\n\nWe saw two wards.", "2017-03"),
        ("On 3 May 2018 nine nurses came.\nThey left.", "2018-05-03"),
        ("Example J Med. 2015 Jan 1;4(1):40-44\nNurses came in 2014. Post on 27-Mar-2020", "2014"),
        ("Nurses came in 2014.\n7. Example M and others: blood. Example Surg. 2008.", "2014"),
        ("A link\n\nReceived May 2013, accepted June 2013\n© 2020 Example Trust\n(c) 2021 Example", ""),
    ],
)  # fmt: skip
def test_what_leans_on_the_heading_is_of_its_day_or_year(text: str, expected: str) -> None:
    assert [m.as_spell for m in date_mentions(text)] == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officers were received in Navrongo from 9 to 13 March 2020.", "2020-03-09/2020-03-13"),
        ("Received: 3 May 2019; accepted 4 June 2019", ""),
        ("the wall of a ward.\n2011 - Haiti orders cases", "2011"),
        ("Figures for the monsoon of 2019 were compared.", "2019"),
        ("Nurses were trained for the review in 2019.", "2019"),
        ("Diary of a visit to Kenya\n\n4 May 2011. We saw the ward.", "2011-05-04"),
        ("Activity XM-PAC-2019-044 was begun in mid-2018.", "2018"),
        ("Posted on 3 May 2018 | by Ann\nNurses came in 2014.", "2014"),
    ],
)
def test_a_year_is_an_events_where_its_words_say_so(text: str, expected: str) -> None:
    assert [m.as_spell for m in date_mentions(text)] == expected.split()


@pytest.mark.parametrize(
    "text",
    [
        "KAMPALA, 12 June 2014 - Seven nurses came.",
        "Kenya to get help\nMay 27, 2018\nGENEVA, May 27 – Teachers were promised",
        "Feet for all\nBy ANI, Thursday, September 23, 2010\nIt is light.",
        "New nurses\n2024-06-25 15:15:53\nThey are nine.",
        "as Act No. 22 of 2007 asks",
        "Date of report: 3 May 2012",
        "Newsletter No. 4, May 2014",
        "A good day for all.\nKigali, 3 May 2015\n",
        "according to a 2014 review (Ministry of Health, 2016)",
        "the 2011 census and the Demographic and Health Survey, 2014",
        "Tel. +254 20 2010 334; P.O. Box 1998",
        "Vision 2020, Resolution 2014/17, page 2012",
        "training reached 2000 nurses and 1950 midwives",
        "about 2000 women; infants under 2000 g; 1800 ml",
        "Lancet 2014;383:100",
    ],
)
def test_years_of_publications_and_other_numbers_are_no_dates(text: str) -> None:
    assert [m.said for m in date_mentions(text)] == []


@pytest.mark.parametrize(
    ("text", "when", "named"),
    [
        ("since the late 1980s", "[1987..1989]", "198X"),
        ("in the mid-90s", "[1994..1996]", "199X"),
        ("au début des années 1980", "[1980..1983]", "198X"),
        ("before the late 1990s", "[..1999]", "199X"),
        ("Nurses came by 2016.", "[..2016]", "2016"),
    ],
)
def test_a_part_of_a_decade_is_bounded_and_names_the_decade(text: str, when: str, named: str) -> None:
    assert [(m.edtf, m.named) for m in date_mentions(text)] == [(when, named)]
