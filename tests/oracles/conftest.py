"""The folder of real data that oracle tests compare with."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder named by SOUTHERLY_DATA, which holds `data/` and `facts/`."""
    folder = Path(os.environ.get("SOUTHERLY_DATA", ""))
    if not (folder / "data").is_dir():
        pytest.fail("set SOUTHERLY_DATA to the folder that holds data/ and facts/")
    return folder
