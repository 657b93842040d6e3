"""Which innovations a text speaks of: by a name of their own, by everyday words, or only by those who did something."""

from __future__ import annotations

import pytest
from southerly.ingest.extract.innovations import innovation_mentions
from southerly.ontology.normal import rows


def known(text: str) -> list[str]:
    return sorted({m.name for m in innovation_mentions(text) if m.known})


def named(text: str) -> list[str]:
    return sorted({m.name for m in innovation_mentions(text)})


@pytest.mark.parametrize(
    "text",
    [
        "Clean delivery kits were handed out by community health workers in three villages.",
        "Lady health workers showed the mothers kangaroo mother care at home.",
        "Los promotores de salud entregaron los dispositivos para la autotoma de VPH.",
        "Les agents de santé communautaire ont appris la méthode Ponseti.",
    ],
)
def test_workers_beside_an_innovation_are_those_who_did_it(text: str) -> None:
    assert "community health workers" in named(text)
    assert "community health workers" not in known(text)
    assert known(text)


@pytest.mark.parametrize(
    "text",
    [
        "Liberia adopted a programme of paid community health workers after the visit.",
        "The district of Synthetic started with forty village health volunteers, as in Thailand.",
    ],
)
def test_workers_of_whom_alone_a_text_speaks_are_its_innovation(text: str) -> None:
    assert known(text) == ["community health workers"]


def test_workers_far_from_another_innovation_are_spoken_of_for_themselves() -> None:
    between = "The second day was given to other matters of the district, and to lunch. " * 6
    text = f"Mothers were shown kangaroo mother care. {between} Paid community health workers were then introduced."
    assert known(text) == ["Kangaroo mother care", "community health workers"]


def test_names_marked_so_claim_nothing_beside_another_innovation() -> None:
    names = [
        r["name"] for r in rows("innovations.csv") if r["known"] == "alone" and not r["short"] and "." not in r["name"]
    ]
    claimed = {name: known(f"In one place {name} had begun.") for name in names}
    beside = {name: known(f"They were shown Buurtzorg there, and {name} here.") for name in names}
    assert len(names) > 1000
    assert {name for name, found in claimed.items() if not found} == set()
    assert {name for name, found in beside.items() if found != ["Buurtzorg"]} == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The visitors saw a family folder and the market.", "family folder"),
        ("The hospital has an oxygen plant of its own.", "oxygen factory"),
        ("The school had a deworming day, with songs.", "deworming"),
        ("In Oradea the mothers were given a food voucher.", "food vouchers and produce prescriptions"),
    ],
)
def test_everyday_words_are_linked_to_their_innovation_but_not_said_to_be_known(text: str, name: str) -> None:
    assert named(text) == [name]
    assert known(text) == []


def test_a_name_of_its_own_makes_everyday_words_known() -> None:
    assert known("The school had a deworming day, with songs.") == []
    mentions = innovation_mentions("Deworm the World came to Synthetic, and there was a deworming day in each school.")
    assert [(m.said, m.known) for m in mentions] == [("Deworm the World", True), ("deworming day", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The 1-3-7 surveillance approach was adapted.", ["1-3-7 surveillance approach"]),
        ("ETAT has not been started.", ["emergency triage assessment and treatment"]),
        ("L'État a payé, and a pack of hearts was prompt.", []),
        ("Practical Obstetric Multi-Professional Training (PROMPT) began.", ["PROMPT obstetric drills"]),
        ("They sat with the midwives.", []),  # SATS is a triage scale
        ("Une unité de soins maternels kangourou a ouvert.", ["Kangaroo mother care"]),
        ("El método canguro se enseña allí.", ["Kangaroo mother care"]),
        ("Se abrieron cuatro hogares de espera materna.", ["maternity waiting homes"]),
        ("Deux maisons d'attente ont été construites.", ["maternity waiting homes"]),
        ("Families saw ten model households.", ["health extension programme"]),
        ("Teen clubs meet on Saturdays.", ["teen clubs"]),
        ("O banco de leite humano abriu.", ["human milk banking"]),
        ("Les écoles des maris ont essaimé.", ["husbands' schools"]),
        ("As reuniões de morbimortalidade são mensais.", ["morbidity and mortality meetings"]),
    ],
)
def test_names_are_known_in_four_languages_singular_or_plural(text: str, expected: list[str]) -> None:
    assert known(text) == expected


def test_an_acronym_of_other_things_needs_its_full_name() -> None:
    assert known("VIA was used.") == []
    assert known("Visual inspection with acetic acid came first; VIA is now routine.") == [
        "visual inspection with acetic acid"
    ]
