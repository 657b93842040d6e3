"""One report, one key, however its DOI or address is written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from southerly.graph.reports import normal_doi, normal_url, report_key

DOI = "10.1136/bmjgh-2022-008691"

dois = st.builds(
    "10.{}/{}".format,
    st.integers(1000, 99999),
    st.from_regex(r"\A[a-z0-9][a-z0-9._()/-]{0,18}[a-z0-9]\Z"),
)
addresses = st.builds(
    "https://{}.example/{}{}".format,
    st.from_regex(r"\A[a-z]{1,8}(?:\.[a-z]{1,8})?\Z"),
    st.from_regex(r"\A(?:[A-Za-z0-9._~-]{1,8}/){0,3}[A-Za-z0-9._~-]{0,8}\Z"),
    st.from_regex(r"\A(?:\?[a-z]{1,4}=[A-Za-z0-9]{1,6})?\Z"),
)


@pytest.mark.parametrize(
    "written",
    [
        DOI,
        "10.1136/BMJGH-2022-008691",
        "doi:10.1136/bmjgh-2022-008691",
        "DOI: 10.1136/bmjgh-2022-008691",
        "https://doi.org/10.1136/bmjgh-2022-008691",
        "http://dx.doi.org/10.1136/bmjgh-2022-008691",
        "https://doi.org/10.1136%2Fbmjgh-2022-008691",
        "  https://doi.org/10.1136/bmjgh-2022-008691.  ",
        "10.1136/bmjgh-2022-008691;",
        "(doi:10.1136/bmjgh-2022-008691)",
        "<https://doi.org/10.1136/bmjgh-2022-008691>",
    ],
)
def test_a_doi_is_one_however_it_is_written(written):
    assert report_key(doi=written) == f"doi:{DOI}"


@pytest.mark.parametrize(
    "written", ["https://DOI.org/10.1136/bmjgh-2022-008691", "http://www.doi.org/10.1136/BMJGH-2022-008691"]
)
def test_an_address_at_the_doi_resolver_is_the_doi(written):
    assert report_key(url=written) == f"doi:{DOI}"


@pytest.mark.parametrize(
    "doi", ["10.1016/S0140-6736(05)67858-7", "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"]
)
def test_brackets_that_belong_to_a_doi_stay(doi):
    assert normal_doi(doi) == doi.lower()


@pytest.mark.parametrize("text", ["", "10.1136", "n/a", "10.1136/", "10.12/x", "see the report"])
def test_what_holds_no_doi_gives_none(text):
    assert normal_doi(text) is None


@pytest.mark.parametrize(
    "written",
    [
        "https://synthetic.example/a/b",
        "http://synthetic.example/a/b/",
        "HTTPS://WWW.Synthetic.Example/a/b",
        "https://synthetic.example:443/a/b",
        "http://synthetic.example:80/a/b#part",
        " https://synthetic.example/a/b\n",
        "https://reader@synthetic.example/a/b",
    ],
)
def test_an_address_is_one_however_it_is_written(written):
    assert report_key(url=written) == "url:synthetic.example/a/b"


@pytest.mark.parametrize(
    "other",
    [
        "https://synthetic.example/A/b",
        "https://synthetic.example/a/b?id=1",
        "https://synthetic.example:8080/a/b",
        "https://data.synthetic.example/a/b",
    ],
)
def test_what_may_be_another_page_is_another_report(other):
    assert report_key(url=other) != "url:synthetic.example/a/b"


@pytest.mark.parametrize(
    "text", ["", "synthetic.example/a", "ftp://synthetic.example/a", "http://", "http://[bad", "http://a:b/", "n/a"]
)
def test_what_is_no_web_address_gives_none(text):
    assert normal_url(text) is None
    assert report_key(url=text) is None


def test_the_surest_key_comes_first():
    known = {"doi": DOI, "url": "https://synthetic.example/a", "iati": "SYN-1", "content": "ab12"}
    keys = []
    for name in known:
        keys.append(report_key(**known))
        known[name] = None
    assert keys == [f"doi:{DOI}", "url:synthetic.example/a", "iati:SYN-1", "sha256:ab12"]
    assert report_key() is None


def test_a_field_that_holds_nothing_usable_gives_way_to_the_next():
    assert report_key(doi="n/a", url="none", iati=" SYN-1 ") == "iati:SYN-1"


@given(dois)
def test_the_key_of_a_doi_is_its_own_key(doi):
    key = report_key(doi=doi)
    assert key == f"doi:{doi}"
    assert report_key(doi=key) == report_key(doi=doi.upper()) == report_key(url=f"https://doi.org/{doi}") == key


@given(addresses)
def test_the_key_of_an_address_is_its_own_key(url):
    key = report_key(url=url)
    assert key == f"url:{normal_url(url)}"
    assert report_key(url=f"http://{normal_url(url)}") == report_key(url=f"{url}#part") == key


@given(st.text(max_size=40))
def test_no_text_is_too_odd(text):
    for key in (normal_doi(text), normal_url(text), report_key(doi=text, url=text, iati=text)):
        assert key is None or key == key.strip()
    doi = normal_doi(text)
    assert doi is None or normal_doi(doi) == doi


@example("10.5555/...")
@example("10.5555/a%2525")
@given(st.from_regex(r"10\.[0-9]{4,9}/[\x21-\x7e]{0,12}"))
def test_a_normal_doi_is_its_own_normal_form(text):
    doi = normal_doi(text)
    assert doi is None or normal_doi(doi) == doi
