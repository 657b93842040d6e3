"""What a text names: countries, dates, organisations and innovations, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.ingest.extract.candidates import candidates
from southerly.ingest.extract.innovations import innovation_mentions
from southerly.ingest.extract.organisations import organisation_mentions
from southerly.ingest.extract.places import country_mentions
from southerly.ingest.extract.sentences import sentence_spans
from southerly.ingest.extract.when import date_mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tbilisi, Georgia hosted", ["GEO", "GEO"]),
        ("hospitals in Atlanta, Georgia", ["USA"]),
        ("Georgia is named, and nothing says which", []),
        ("Michael Jordan came with Chad Example", []),
        ("A team from Chad and Jordan", ["TCD", "JOR"]),
        ("Neither Kenya nor Tanzania came. Later India did.", ["KEN", "TZA", "IND"]),
        ("Niger State in Nigeria, not Niger", ["NGA", "NGA", "NER"]),
        ("Guinea-Bissau, Equatorial Guinea, Papua New Guinea and Guinea", ["GNB", "GNQ", "PNG", "GIN"]),
        ("the Democratic Republic of the Congo and the Republic of the Congo", ["COD", "COG"]),
        ("the Congo", []),
        ("New Mexico and Mexico", ["USA", "MEX"]),
        ("Zaire, Burma and Swaziland", ["COD", "MMR", "SWZ"]),
        ("Help us now; the US and U.S. teams", ["USA", "USA"]),
        ("US$ 5 million. CONTACT US NOW", []),
        ("East London NHS Foundation Trust", ["GBR"]),
        ("University of Queensland", []),
        ("East Pakistan", ["BGD"]),
        ("Scotland and Wales", ["GBR", "GBR"]),
        ("the Pan American Health Organization in Latin American cities", []),
        ("English-speaking; written in French", []),
        ("Kenyans, South Africans and a Nigerien doctor", ["KEN", "ZAF", "NER"]),
        ("the Poles, many Danes, Finns and Thais, few Serbs or Turks", ["POL", "DNK", "FIN", "THA", "SRB", "TUR"]),
        ("Poles carried the nets. Poles bent. From North and South Poles came Great Danes and Young Turks", []),
        ("Polish the Turks and Caicos Islands' turkey with Claire Danes", ["POL", "TCA"]),
        ("a child, turkey for dinner, and a chad", []),
        ("Friendship Bench. Kenya plans to", ["KEN"]),
        ("Felix Brazil came, with FIOCRUZ Brazil and InVS France", ["BRA", "FRA"]),
        ("a China-UK-Tanzania project of non-UK staff in the U.A.E.", ["CHN", "GBR", "TZA", "ARE"]),
        ("the transfers of Mexico, not of the Gulf of Mexico", ["MEX"]),
        ("around the Gulf of Guinea, the Sea of Japan and the Straits of Malacca; Gulf of the Oman", []),
        ("Nurses of Mwanza District in Malawi; Canadian nurses in London", ["MWI", "MWI", "CAN", "GBR"]),
        ("Mwanza District has a hospital, and so have Tanzania and Malawi", ["TZA", "TZA", "MWI"]),
        ("an Ibero-American summit", []),
        ("a tour of Korea by Thai staff", ["KOR", "THA"]),
        ("North Korea sent two Korean nurses", ["PRK", "PRK"]),
        ("Congolese nurses were among those whom the DRC sent", ["COD", "COD"]),
        ("Libya, Turkey and Georgia have approved it", ["LBY", "TUR", "GEO"]),
        ("St Lucia, St. Helena and Southern Sudan", ["LCA", "SHN", "SSD"]),
        ("needle exchange in Spanish gaols; everyone in French primary care; told in Spanish how", ["ESP", "FRA"]),
        ("Spanish lessons; the Portuguese versions; the Community of Portuguese Language Countries", []),
        ("searched in English, Spanish, Portuguese and French; more Portuguese speakers; Spanish-only pages", []),
        ("after learning Spanish for a year; held in Russian on Tuesdays; his Dutch only", []),
        ("the Organization of American States; the New England Journal of Medicine; 60 US cents a child", []),
    ],
)
def test_countries_are_named_or_nothing_is(text: str, expected: list[str]) -> None:
    assert [m.iso3 for m in country_mentions(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("February 18-20, 2008", ["2008-02-18/2008-02-20"]),
        ("From 20th - 27th Oct, 2013", ["2013-10-20/2013-10-27"]),
        ("Oct. 31 to Nov. 3, 2023", ["2023-10-31/2023-11-03"]),
        ("30 November - 2nd December 2016", ["2016-11-30/2016-12-02"]),
        ("A unidade abriu em 23 de outubro de 2018.", ["2018-10-23"]),
        ("du 5 au 9 mai 2014", ["2014-05-05/2014-05-09"]),
        ("From May to July 2012", ["2012-05/2012-07"]),
        ("between 2005 and 2010", ["2005/2010"]),
        ("It was known by 1996 and spread in the 1990s.", ["[..1996]", "199X"]),
        ("Nurses arrived on 18/02/2008.", ["2008-02-18"]),
        ("(Example et al., 2015) and Example (2016)", []),
        ("accessed 12 May 2019", []),
        ("the week of July 18th", []),
    ],
)
def test_dates_of_events_are_found_and_other_numbers_are_not(text: str, expected: list[str]) -> None:
    assert [m.as_spell for m in date_mentions(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Butabika Hospital and East London NHS Foundation Trust",
            ["Butabika Hospital", "East London NHS Foundation Trust"],
        ),
        ("The Ministry of Health and Social Welfare in Liberia", ["Ministry of Health and Social Welfare"]),
        ("the Ministry of Health (MoH) led; the MoH then", ["Ministry of Health", "Ministry of Health"]),
        ("In 2011 Oslo University Hospital opened", ["Oslo University Hospital"]),
        ("le Ministère de la Santé et l'Hôpital de Gao", ["Ministère de la Santé", "Hôpital de Gao"]),
        ("Department of Health in Western Cape", ["Department of Health"]),
        ("a district hospital and a learning exchange", []),
        ("They saw the Southern Region, the Labour Ward and the Intensive Care Unit.", []),
        (
            "The team thanked SynthConnect, an NGO of nurses, and Hope for Example.",
            ["SynthConnect", "Hope for Example"],
        ),
        ("the Ministry of Health, Labour and Welfare of Japan", ["Ministry of Health, Labour and Welfare"]),
        ("the University of Malawi", ["University of Malawi"]),
        ("Kenya's Synthetic Hospital; Saint Anne's Clinic", ["Synthetic Hospital", "Saint Anne's Clinic"]),
        ("Staff of the Example District Health Office", ["Example District Health Office"]),
        ("Example Hospital and Korle Bu", ["Example Hospital", "Korle Bu"]),
        ("Hope for Example, a Ugandan charity", ["Hope for Example"]),
        ("RHT (Rural Health Trust) paid; RHT came", ["Rural Health Trust", "Rural Health Trust", "Rural Health Trust"]),
        (
            "le ministère de la Santé du Bénin et l'Institut burkinabè de santé publique",
            ["ministère de la Santé", "Institut burkinabè de santé publique"],
        ),
        ("la Red Andina de Nutrición y la Secretaría de Salud", ["Red Andina de Nutrición", "Secretaría de Salud"]),
        ("Unit: Example\nCountry visited: Kenya\nProject code: 4", []),
        ("the Journal of the Example Society", []),
        ("Brazil leads the Global Network of Human Milk Banks today.", ["Global Network of Human Milk Banks"]),
    ],
)
def test_organisations_are_named_as_spelt(text: str, expected: list[str]) -> None:
    assert [m.name for m in organisation_mentions(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kangaroo Mother Care (KMC) began", [("Kangaroo mother care", True), ("Kangaroo mother care", True)]),
        (
            "PM+ and SASA!",
            [("Problem Management Plus (PM+)", True), ("SASA! community mobilisation against violence", True)],
        ),
        ("ICT skills and PB sandwiches", []),
        ("the Happy Lungs programme was new", [("Happy Lungs programme", False)]),
        ("the National Hospital programme", []),
    ],
)
def test_innovations_are_known_by_name_or_only_suggested(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(m.name, m.known) for m in innovation_mentions(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. Background\nThe directorate wished to see wards.\n2. Kenya: the register is in use.",
            ["1. Background", "The directorate wished to see wards.", "2. Kenya: the register is in use."],
        ),
        (
            "Achieved: partly.\n(a) Liberia took over the radio call.\n(b) Guinea did not.",
            ["Achieved: partly.", "(a) Liberia took over the radio call.", "(b) Guinea did not."],
        ),
        ("It is in use. (b) Togo did not take it up.", ["It is in use.", "(b) Togo did not take it up."]),
        ("IV. Other factors: no road. They went home.", ["IV. Other factors: no road.", "They went home."]),
        (  # a wrapped paragraph stays whole, though a line of it begins with a capital letter
            "In May 2012 a delegation of nine nurses and two midwives from the north of\nMalawi went to\nKenya.",
            ["In May 2012 a delegation of nine nurses and two midwives from the north of\nMalawi went to\nKenya."],
        ),
        ("They went to Kenya in 2012. It rained.", ["They went to Kenya in 2012.", "It rained."]),
    ],
)
def test_headings_and_items_are_sentences_of_their_own_and_their_numbers_are_not(
    text: str, expected: list[str]
) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == expected


_SCRAPS = """
Kenya Georgia US the of in from visited adopted 2008 18 February kangaroo mother care Hospital Ministry Health , . ; ( )
learned Friendship Bench study tour <C0> é 漢字 🦘 ' " – 1990s by to and plans could not
"""
_WORDS = st.sampled_from([*_SCRAPS.split(), "\n", "\n\n"])


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=60).map(" ".join)))
def test_whatever_the_text_every_mention_and_candidate_lies_in_it(text: str) -> None:
    for find in (country_mentions, date_mentions, organisation_mentions, innovation_mentions):
        last = 0
        for mention in find(text):
            assert last <= mention.start < mention.end <= len(text)
            last = mention.end
    spans = sentence_spans(text)
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in spans)
    for candidate in candidates(text):
        assert (candidate.start, candidate.end) in spans


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Médicos cubanos y la delegación paraguaya; la cooperación cubano-venezolana.", "CUB PRY CUB VEN"),
        ("es", "La Agencia Brasileña de Cooperación; el Dr. Alemán habló en español, francés y portugués.", "BRA"),
        ("es", "Las reuniones de los países latinoamericanos sobre encefalitis japonesa.", ""),
        (
            "fr",
            "La coopération allemande, les Béninois, des mères haïtiennes, l'hôpital sud-africain.",
            "DEU BEN HTI ZAF",
        ),
        ("fr", "Les pays latino-américains ; certains parlaient encore français. L'océan Indien.", ""),
        ("pt", "Enfermeiras brasileiras, médicos sul-africanos e cabo-verdianos.", "BRA ZAF CPV"),
        ("pt", "Os países de língua portuguesa; falam português e inglês.", ""),
        ("en", "cubanos y paraguaya", ""),
    ],
)
def test_peoples_are_named_in_the_small_letters_of_their_language(language: str, text: str, expected: str) -> None:
    assert [m.iso3 for m in country_mentions(text, language)] == expected.split()
