"""Districts and towns mean their country where the text names it, and nothing where two would do."""

from __future__ import annotations

import pytest
from southerly.ingest.extract.localities import told_localities
from southerly.ingest.extract.scene import scenes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Lesotho learned from Uganda. In Leribe and Mafeteng pairs now get one card.",
            {"Leribe": "LSO", "Mafeteng": "LSO"},
        ),
        ("Nurses from Qacha's Nek came home to Lesotho.", {"Qacha's Nek": "LSO"}),
        ("Des agents du Sénégal ont visité le Bénin. From Ménaka nobody came; Mali was not asked.", {"Ménaka": "MLI"}),
        ("Uganda was the host. In Leribe pairs now get one card.", {}),  # no country that has a Leribe
        ("Nigeria and Uganda took part. In Gombe a ward was opened.", {}),  # both have a Gombe
        ("Nigeria took part. In Gombe a ward was opened.", {"Gombe": "NGA"}),
        ("Lesotho took part. Leribe cheese was served.", {}),  # no word of place leads it
        ("", {}),
    ],
)
def test_a_place_is_that_of_the_country_the_text_names(text: str, expected: dict[str, str]) -> None:
    assert told_localities(scenes(text)) == expected
