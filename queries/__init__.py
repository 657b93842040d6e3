"""Read-only questions, one file each, named by the command that asks them."""
