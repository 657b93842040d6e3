"""Which words of real reports name a site, and which only say "somewhere in the country"; judged by hand."""

import pytest
from southerly.graph.sites import site_key

NAMED = """
Roxbury, Boston (Soldados de Salud then PACT)|USA
Elias Pina|DOM
UK (London)|GBR
East London (Newham and Barts Health)|GBR
Puerto Rico Trauma Center|PRI
San Juan de Dios, Bogota|COL
North Wales|GBR
Cornwall: Falmouth, Truro, St Austell, Newquay|GBR
other parts of Westminster, London|GBR
Atlanta Streets Alive|USA
Cape Town|ZAF
Mississippi and Massachusetts|USA
Ministry of Health Sri Lanka|LKA
Tromso and Sel municipalities|NOR
Bangalore area|IND
Washington DC, Wards 7 and 8|USA
London (marginalised communities)|GBR
Lilongwe (Area 18 and Area 25 clinics)|MWI
Zanzibar|TZA
Zanzibar (psychiatric nurses)|TZA
GE engineers in China|CHN
Texas after Hurricane Harvey|USA
Houston|USA
Gujarat; Bhopal|IND
Thanh Hoa and nationwide|VNM
Kerala districts|IND
Maputo|MOZ
South Vietnam centre|VNM
Manama Mission Hospital|ZWE
Western Cape|ZAF
Western Cape emergency medical services|ZAF
St Luke's Hospice, Plymouth|GBR
Vodafone Romania|ROU
rural Rawalpindi|PAK
a district of Chicago|USA
City Health Works, Harlem, New York|USA
CURE Clubfoot Kenya|KEN
Malawi National Clubfoot Project|MWI
Veterans Health Administration Pittsburgh Healthcare System|USA
Dadaab camp (International Rescue Committee)|KEN
Kampala|UGA
International Hospital Kampala|UGA
Mombasa County|KEN
northern New Jersey then New York City|USA
Nepalese army|NPL
UN OCHA Colombia|COL
West Bank|PSE
India Health Fund|IND
"""

GENERIC = """
nationwide|BRA
worldwide|
ambulances|USA
tertiary hospitals|IDN
four hospitals|BGD
21 hospitals|UGA
14 villages|VNM
23 localities nationwide|GBR
neonatal intensive care units|USA
multicentre study site|BRA
many programmes|BRA
several developing countries (studies with local nets)|
14 countries (not listed)|
10 pilots on four continents|
'many other developing and developed countries'|
nearly 1,500 places worldwide|
Bangladesh|BGD
United States|USA
United States (community health centre programme)|USA
US hospitals with community programmes|USA
US primary care clinics|USA
US urologists and family practitioners|USA
Colombian hospital|COL
rural Uganda|UGA
rural India (GE distribution)|IND
over 100 municipalities (Fiks smittesporing)|NOR
refugee camps (Eritrean refugees)|ETH
Syrian refugees in Switzerland|CHE
"""


def rows(table):
    return [line.rsplit("|", 1) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("words", "country"), rows(NAMED))
def test_a_named_site_is_a_site(words, country):
    assert site_key(words, country or None)


@pytest.mark.parametrize(("words", "country"), rows(GENERIC))
def test_words_for_anywhere_in_a_country_are_no_site(words, country):
    assert site_key(words, country or None) is None


@pytest.mark.parametrize("blank", [None, "", "  ", "\t"])
def test_a_blank_cell_is_no_site(blank):
    assert site_key(blank, "KEN") is None


def test_spellings_of_one_site_are_one():
    assert site_key("Haukeland University Hospital", "NOR") == site_key(" HAUKELAND  university-hospital", "NOR")


def test_a_country_is_a_site_of_no_other_country():
    # "Bangladesh" said of an adopter in India is odd, and kept as said rather than taken for India itself
    assert site_key("Bangladesh", "IND") == "bangladesh"


def test_no_name_of_a_country_is_a_site_in_it():
    from southerly.ontology.countries import all_countries

    named = [(country.iso3, name) for country in all_countries() for name in (country.label, *country.names)]
    assert [pair for pair in named if site_key(pair[1], pair[0]) is not None] == []
