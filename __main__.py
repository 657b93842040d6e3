"""`python -m southerly`."""

from .cli import main

main(prog_name="southerly")
