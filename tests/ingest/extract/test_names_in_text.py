"""Organisations and sites in the shapes that their names have, and countries beside words that look like theirs."""

from __future__ import annotations

import pytest
from southerly.ingest.extract.organisations import organisation_mentions
from southerly.ingest.extract.places import country_mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # where a name ends
        ("at the Example Institute of Public Health on Thursday", "Example Institute of Public Health"),
        ("le ministère de la Santé de la République islamique de Mauritanie", "ministère de la Santé"),
        ("a link of Fen Hospitals in England and Example Hill Hospital", "Fen Hospitals | Example Hill Hospital"),
        ("the Hospital San Ejemplo de Tarija, Bolivia", "Hospital San Ejemplo"),
        ("el Hospital Materno de Tarija", "Hospital Materno de Tarija"),
        ("National Blood Service and Central Medical Stores", "National Blood Service | Central Medical Stores"),
        ("Enfermeiras do Hospital Exemplo e da Direcção Exemplo", "Hospital Exemplo | Direcção Exemplo"),
        # where it begins
        ("by the WHO Regional Office for Africa", "WHO Regional Office for Africa"),
        ("Al Ejemplo Hospital; La Esperanza Clinic", "Al Ejemplo Hospital | La Esperanza Clinic"),
        ("Al Hospital Ejemplo. La Fundación Ejemplo", "Hospital Ejemplo | Fundación Ejemplo"),
        ("Nairobi's Example Hospital; Nairobi's University Teaching Hospital",
         "Example Hospital | University Teaching Hospital"),
        ("Twinning of Example Hospital and Third Clinic. Soon Fourth Clinic",
         "Example Hospital | Third Clinic | Fourth Clinic"),
        ("Bishop Example Hospital; Bishop Example of Example Town", "Bishop Example Hospital"),
        ("the Maternity Unit of Example Hospital", "Example Hospital"),
        # kinds at the end, in small letters, in a number
        ("Example Town Municipality and Cwm Example Ward", "Example Town Municipality | Cwm Example Ward"),
        ("the stroke bay of Example General", "Example General"),
        ("Then the Director General and the Permanent Secretary came.", ""),
        ("Example camp clinic; One hospital; the French hospital", "Example camp clinic"),
        ("at Health Centre No. 3 and Polyclinic No 12", "Health Centre No. 3 | Polyclinic No 12"),
        ("paid for by the Dutch Embassy", "Dutch Embassy"),
        # names without a kind, by the words beside them
        ("a visit organised by Exemple Nourrir to Niger", "Exemple Nourrir"),
        ("a visit organised by Kenya and funded by Dr Example Person", ""),
        ("Reporting organisation: Straight Example. Sector: health", "Straight Example"),
        ("la red Ejemplo Wawa; the Casa Exemple network", "Ejemplo Wawa | Casa Exemple"),
        ("a month at Example Steps Rwanda; at Western Rwanda", "Example Steps Rwanda"),
        ("by Doctors for Example and Hands for Mothers", "Doctors for Example | Hands for Mothers"),
        ("toured Example and the wards; from Beirut the evening clinic", ""),
        # other languages
        ("Stichting Voorbeeld, Ysbyty Enghraifft, Hospital ng Santa Halimbawa",
         "Stichting Voorbeeld | Ysbyty Enghraifft | Hospital ng Santa Halimbawa"),
        ("Visitaron el Puesto de Salud El Ejemplo.", "Puesto de Salud El Ejemplo"),
        ("à l'hôpital Exemple ; l'ONG Santé Exemple", "hôpital Exemple | Santé Exemple"),
        ("la Región Sanitaria de Ejemplo; la Mutuelle de santé de Exemple",
         "Región Sanitaria de Ejemplo | Mutuelle de santé de Exemple"),
        # titles and headings are nobody's names
        ("Project: Stronger Blood Services in the Delta", ""),
        ("They talked of Options for the Ministry. Strengthening Stroke Services was the theme.", ""),
    ],
)  # fmt: skip
def test_a_name_is_cut_where_it_begins_and_ends(text: str, expected: str) -> None:
    assert " | ".join(m.name for m in organisation_mentions(text)) == expected


def test_a_short_form_stands_for_the_name_that_was_told() -> None:
    text = "Le Centre Médical Exemple de Mbachilé s'est ouvert. Les infirmières du centre de Mbachilé sont venues."
    assert [m.name for m in organisation_mentions(text)] == ["Centre Médical Exemple de Mbachilé"] * 2
    text = "They came to St Example's Hospital. At St Example's they met nurses."
    assert [m.name for m in organisation_mentions(text)] == ["St Example's Hospital"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("interpretation into Russian was good; meetings in Russian, which few follow", []),
        ("Russian nurses; the Russian team", ["RUS", "RUS"]),
        ("My Spanish is weak; English as a shared language helped", []),
        ("plaster of Paris, New Amsterdam, East Azerbaijan province", []),
        ("the hospitals of Paris, Amsterdam and Azerbaijan", ["FRA", "NLD", "AZE"]),
        ("nurses in Cumbria and Devon; Devon Example spoke in Antwerp", ["GBR", "GBR", "BEL"]),
    ],
)
def test_a_language_a_thing_or_a_person_is_no_country(text: str, expected: list[str]) -> None:
    assert [m.iso3 for m in country_mentions(text)] == expected


def test_maurice_is_an_island_in_french_and_a_man_elsewhere() -> None:
    assert [m.iso3 for m in country_mentions("Maurice, sollicitée, hésite", "fr")] == ["MUS"]
    assert country_mentions("Maurice, the driver, waited") == []
